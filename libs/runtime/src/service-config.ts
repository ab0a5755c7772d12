/** Settings of a service that runs as a process of its own. */
import { ConfigFaults, gatewayFaults, stopFaults, variables } from './config.ts';
import { BadValue, path } from './variable.ts';
import { readVariables } from './read-variables.ts';
import type { Environment } from './read-variables.ts';
import type { Variable } from './variable.ts';

/** Instances of one service that one setting may name. */
const maxInstances = 64;
const addressPattern = /^[A-Za-z0-9.-]+:\d{1,5}$/;

/** `host:port,host:port`. */
function addressList(text: string): readonly string[] {
  const addresses = text.split(',').map((one) => one.trim());
  const wrong = addresses.find((one) => !addressPattern.test(one));
  if (wrong !== undefined || addresses.length > maxInstances) throw new BadValue(`is not a list host:port,host:port: "${wrong ?? `more than ${maxInstances}`}"`);
  return addresses;
}

/** `intake=host:port,land=host:port|host:port`: by service, each as grpcClient takes it. */
function peerAddresses(text: string): ReadonlyMap<string, string> {
  const peers = new Map<string, string>();
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [service = '', instances = ''] = part.trim().split('=');
    if (!/^[a-z][a-z0-9-]*$/.test(service) || peers.has(service)) throw new BadValue(`names no service, or one twice: "${part}"`);
    peers.set(service, addressList(instances.replaceAll('|', ',')).join(','));
  }
  return peers;
}

/** `land=intake,intake=land`: by service, who keeps a copy of its records. */
function keeperNames(text: string): Readonly<Record<string, string>> {
  const keepers = new Map<string, string>();
  for (const part of text.split(',').map((one) => one.trim()).filter((one) => one !== '')) {
    const [service = '', keeper = '', ...more] = part.split('=');
    if (![service, keeper].every((name) => /^[a-z][a-z0-9-]*$/.test(name)) || more.length > 0 || keepers.has(service)) throw new BadValue(`is not service=keeper, or names one twice: "${part}"`);
    if (service === keeper) throw new BadValue(`lets ${service} keep its own records`);
    keepers.set(service, keeper);
  }
  return Object.fromEntries(keepers);
}

function listenAddress(text: string): string {
  if (!/^(\d{1,3}\.){3}\d{1,3}$/.test(text)) throw new BadValue('is not an IPv4 address');
  return text;
}

function mongoAddress(text: string): string {
  if (!/^mongodb(\+srv)?:\/\//.test(text)) throw new BadValue('does not begin with mongodb://');
  return text;
}

/** In the order in which people read them. */
export const serviceVariables = {
  grpcHost: {
    name: 'LIENTHONG_GRPC_HOST', default: '127.0.0.1', unit: 'IPv4 address',
    purpose: { vi: 'Địa chỉ mà dịch vụ lắng nghe.', en: 'Address at which the service listens.' },
    parse: listenAddress,
  },
  grpcPort: variables.grpcPort,
  httpPort: variables.httpPort,
  dataDir: {
    name: 'LIENTHONG_DATA_DIR', default: './data', unit: 'directory, made when absent',
    purpose: { vi: 'Thư mục riêng của tiến trình này.', en: 'Directory of this instance alone.' },
    parse: path,
  },
  keysDir: {
    name: 'LIENTHONG_KEYS_DIR', default: '', unit: 'directory, made when absent; empty: keys in the data directory',
    purpose: { vi: 'Khóa ký của dịch vụ và mốc kho dữ liệu; các tiến trình của cùng một dịch vụ dùng chung. Không bao giờ lùi lại cùng với kho.', en: 'Signing keys of the service, and how far its store had come; all instances of one service share it. Never goes back in time with the store.' },
    parse: path,
  },
  mongo: {
    name: 'LIENTHONG_MONGO', default: 'mongodb://127.0.0.1:27017', unit: 'mongodb://…; one database per service is made in it',
    purpose: { vi: 'Kho dữ liệu MongoDB.', en: 'The MongoDB that holds stores and documents.' },
    parse: mongoAddress,
  },
  documents: {
    name: 'LIENTHONG_DOCUMENTS', default: '', unit: 'directory that all services share; empty: in MongoDB',
    purpose: { vi: 'Nơi chứa tài liệu.', en: 'Where documents are kept.' },
    parse: path,
  },
  referenceDir: {
    name: 'LIENTHONG_REFERENCE_DIR', default: '', unit: 'directory that all services share; empty: reference in the data directory',
    purpose: { vi: 'Danh mục do cơ quan nhập, phí và thời hạn do tỉnh quyết định.', en: 'What the office brought to the catalogue: procedures, local fees and limits.' },
    parse: path,
  },
  kafka: {
    name: 'LIENTHONG_KAFKA', default: '127.0.0.1:9092', unit: 'host:port,host:port',
    purpose: { vi: 'Các máy Kafka.', en: 'Kafka brokers to begin with.' },
    parse: addressList,
  },
  kafkaTls: {
    name: 'LIENTHONG_KAFKA_TLS', default: '', unit: 'PEM file of the authority that signed the brokers\' certificates; empty: no TLS',
    purpose: { vi: 'Mã hóa kết nối tới Kafka.', en: 'Encrypts the connections to Kafka.' },
    parse: path,
  },
  peers: {
    name: 'LIENTHONG_PEERS', default: '', unit: 'service=host:port,service=host:port|host:port',
    purpose: { vi: 'Địa chỉ gRPC của các dịch vụ khác.', en: 'Where the other services answer gRPC; instances of one with | between.' },
    parse: peerAddresses,
  },
  keepers: {
    name: 'LIENTHONG_KEEPERS', default: '', unit: 'service=service,service=service; the same for all services; empty: nobody keeps any',
    purpose: { vi: 'Dịch vụ giữ bản sao sổ bộ của từng dịch vụ.', en: 'Who keeps a copy of the records of each service.' },
    parse: keeperNames,
  },
  namespace: {
    name: 'LIENTHONG_NAMESPACE', default: 'lienthong', unit: 'a–z 0–9 -, 1–32 characters',
    purpose: { vi: 'Phần đầu tên của cơ sở dữ liệu, chủ đề và nhóm: mỗi hub một tên.', en: 'First part of the names of databases, topics and groups: one per hub.' },
    parse: (text: string): string => {
      if (!/^[a-z][a-z0-9-]{0,31}$/.test(text)) throw new BadValue('is not a name of a–z 0–9 -, 1–32 characters');
      return text;
    },
  },
  instance: {
    name: 'LIENTHONG_INSTANCE', default: 'one', unit: 'a–z 0–9 -, 1–63 characters; another for each instance of a service, the same after a restart',
    purpose: { vi: 'Tên của tiến trình này trong số các tiến trình cùng dịch vụ.', en: 'Name of this instance among those of its service.' },
    parse: (text: string): string => {
      if (!/^[a-z0-9-]{1,63}$/.test(text)) throw new BadValue('is not a name of a–z 0–9 -, 1–63 characters');
      return text;
    },
  },
  logLevel: variables.logLevel,
  rehearsals: variables.rehearsals,
  publicUrl: variables.publicUrl,
  stopGraceMs: variables.stopGraceMs,
  stopForceMs: variables.stopForceMs,
  gatewayUrl: variables.gatewayUrl,
  gatewayName: variables.gatewayName,
  gatewayPartner: variables.gatewayPartner,
  gatewaySecretFile: variables.gatewaySecretFile,
  rehearsalGatewayUrl: variables.rehearsalGatewayUrl,
  rehearsalGatewaySecretFile: variables.rehearsalGatewaySecretFile,
  postKeysFile: variables.postKeysFile,
  trustedProxies: variables.trustedProxies,
  crashAt: variables.crashAt,
} as const satisfies Record<string, Variable<unknown>>;

export type ServiceConfig = { readonly [K in keyof typeof serviceVariables]: ReturnType<(typeof serviceVariables)[K]['parse']> };

/** Nobody would ever keep, or be kept for, under a name that no service has: the copies would be missing on the day they are needed. Either may be missing because it was wrong itself. */
function keeperFaults({ keepers, peers }: Partial<Pick<ServiceConfig, 'keepers' | 'peers'>>, service: string): readonly string[] {
  if (keepers === undefined || peers === undefined) return [];
  const unknown = new Set(Object.entries(keepers).flat().filter((name) => name !== service && !peers.has(name)));
  return [...unknown].map((name) => `${serviceVariables.keepers.name} names ${name}, which is no service known here: correct the name, or give its address in ${serviceVariables.peers.name}`);
}

/** What tools and checks beside a service need of its settings. Throws ConfigFaults, which names everything that is wrong. */
export function readServiceConfig(environment: Environment = process.env): ServiceConfig {
  return readAll(environment, () => []);
}

/** The settings of a process of this service. Throws ConfigFaults, also for keepers that no service is. */
export function readConfigOf(service: string, environment: Environment = process.env): ServiceConfig {
  return readAll(environment, (config) => keeperFaults(config, service));
}

function readAll(environment: Environment, faultsOf: (config: Partial<ServiceConfig>) => readonly string[]): ServiceConfig {
  const faults: string[] = [];
  const config = readVariables(serviceVariables, environment, faults) as ServiceConfig;
  faults.push(...stopFaults(config), ...gatewayFaults(config), ...faultsOf(config));
  if (faults.length > 0) throw new ConfigFaults(faults);
  return config;
}
