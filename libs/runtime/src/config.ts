/** The settings of the hub. This package is the only place that reads the environment. */
import { addressRanges, BadValue, oneOf, path, webAddress, wholeNumber } from './variable.ts';
import { readVariables, rowsOf } from './read-variables.ts';
import type { ConfigRow, Environment } from './read-variables.ts';
import { crashAt } from './crash-at.ts';
import type { Variable } from './variable.ts';

export const highestPort = 65_535;
const longestStopMs = 600_000;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

function named(text: string): string {
  if (!/^[a-z0-9-]{1,32}$/.test(text)) throw new BadValue('is not a name of a–z 0–9 -, 1–32 characters');
  return text;
}

function partnerCode(text: string): string {
  if (!/^[^|\p{C}]{1,50}$/u.test(text)) throw new BadValue('is not a text of 1–50 characters without |');
  return text;
}

/** Every variable of the hub. The order is the order in which people read them. */
export const variables = {
  httpPort: {
    name: 'LIENTHONG_HTTP_PORT', default: '8080', unit: `TCP port on 127.0.0.1, 0–${highestPort}; 0: any free one`,
    purpose: { vi: 'Cổng của trang web tra cứu và kiểm tra sức khỏe.', en: 'Port of the web pages and of the health checks.' },
    parse: wholeNumber(0, highestPort),
  },
  grpcPort: {
    name: 'LIENTHONG_GRPC_PORT', default: '50051', unit: `TCP port on 127.0.0.1, 0–${highestPort}; 0: any free one`,
    purpose: { vi: 'Cổng gRPC của mọi dịch vụ.', en: 'gRPC port of all services.' },
    parse: wholeNumber(0, highestPort),
  },
  dataDir: {
    name: 'LIENTHONG_DATA_DIR', default: './data', unit: 'directory, made when absent',
    purpose: { vi: 'Thư mục chứa dữ liệu, tài liệu và khóa ký.', en: 'Directory of the store, the documents and the signing keys.' },
    parse: path,
  },
  referenceDir: {
    name: 'LIENTHONG_REFERENCE_DIR', default: '', unit: 'directory; empty: reference in the data directory',
    purpose: { vi: 'Danh mục do cơ quan nhập, phí và thời hạn do tỉnh quyết định.', en: 'What the office brought to the catalogue: procedures, local fees and limits.' },
    parse: path,
  },
  logLevel: {
    name: 'LIENTHONG_LOG_LEVEL', default: 'info', unit: logLevels.join(' | '),
    purpose: { vi: 'Mức nhật ký thấp nhất được ghi ra stderr.', en: 'Lowest level that is logged to stderr.' },
    parse: oneOf(...logLevels),
  },
  rehearsals: {
    name: 'LIENTHONG_REHEARSALS', default: 'allow', unit: 'allow | refuse',
    purpose: { vi: 'Có nhận hồ sơ diễn tập (đồng hồ riêng, không tính vào thống kê) hay không.', en: 'Whether rehearsals (own clock, left out of statistics) may be submitted.' },
    parse: oneOf('allow', 'refuse'),
  },
  publicUrl: {
    name: 'LIENTHONG_PUBLIC_URL', default: '', unit: 'http(s) address; empty: the address of the HTTP port',
    purpose: { vi: 'Địa chỉ công khai in trong mã QR của giấy tiếp nhận.', en: 'Public address that the QR code of a receipt leads to.' },
    parse: webAddress,
  },
  stopGraceMs: {
    name: 'LIENTHONG_STOP_GRACE_MS', default: '10000', unit: `milliseconds, 0–${longestStopMs}`,
    purpose: { vi: 'Khi dừng: thời gian chờ các yêu cầu đang xử lý tự kết thúc.', en: 'When stopping: how long work that has begun may take to finish by itself.' },
    parse: wholeNumber(0, longestStopMs),
  },
  stopForceMs: {
    name: 'LIENTHONG_STOP_FORCE_MS', default: '20000', unit: `milliseconds, 1–${longestStopMs}, above the grace time`,
    purpose: { vi: 'Khi dừng: sau thời gian này tiến trình kết thúc dù còn việc.', en: 'When stopping: after this the process ends whatever is left.' },
    parse: wholeNumber(1, longestStopMs),
  },
  gatewayUrl: {
    name: 'LIENTHONG_GATEWAY_URL', default: '', unit: 'http(s) address; empty: no payment gateway',
    purpose: { vi: 'Địa chỉ nền tảng thanh toán; thử với: lienthong sandbox gateway.', en: 'Address of the payment gateway; to try it: lienthong sandbox gateway.' },
    parse: webAddress,
  },
  gatewayName: {
    name: 'LIENTHONG_GATEWAY_NAME', default: 'dvcqg', unit: 'a–z 0–9 -, 1–32 characters; stands in the accounts of the ledger',
    purpose: { vi: 'Tên nền tảng thanh toán trong sổ.', en: 'Name of the payment gateway in the books.' },
    parse: named,
  },
  gatewayPartner: {
    name: 'LIENTHONG_GATEWAY_PARTNER', default: 'LIENTHONG', unit: 'text without |, 1–50 characters',
    purpose: { vi: 'Mã đối tác (MaDoiTac) tại nền tảng thanh toán.', en: 'Code of this hub at the payment gateway (MaDoiTac).' },
    parse: partnerCode,
  },
  gatewaySecretFile: {
    name: 'LIENTHONG_GATEWAY_SECRET_FILE', default: '', unit: 'file that holds the secret; must be there when a gateway is set',
    purpose: { vi: 'Tệp chứa khóa bí mật để tính và kiểm tra MaXacThuc.', en: 'File of the secret with which MaXacThuc is made and checked.' },
    parse: path,
  },
  rehearsalGatewayUrl: {
    name: 'LIENTHONG_REHEARSAL_GATEWAY_URL', default: '', unit: 'http(s) address; empty: rehearsals pay in cash only',
    purpose: { vi: 'Địa chỉ nền tảng thanh toán thử cho hồ sơ diễn tập: lienthong sandbox gateway --partner DIENTAP. Không bao giờ là nền tảng thật.', en: 'Address of the sandbox at which rehearsals pay: lienthong sandbox gateway --partner DIENTAP. Never the real platform.' },
    parse: webAddress,
  },
  rehearsalGatewaySecretFile: {
    name: 'LIENTHONG_REHEARSAL_GATEWAY_SECRET_FILE', default: '', unit: 'file that holds the secret; must be there when a sandbox for rehearsals is set, with another secret than the real one',
    purpose: { vi: 'Tệp chứa khóa bí mật của nền tảng thử cho hồ sơ diễn tập.', en: 'File of the secret of the sandbox for rehearsals.' },
    parse: path,
  },
  postKeysFile: {
    name: 'LIENTHONG_POST_KEYS_FILE', default: '', unit: 'file with one office=key on a line, keys of 16 characters or more; empty: there is no page for postmen',
    purpose: { vi: 'Tệp khóa của các bưu cục được dùng trang bưu tá (/post).', en: 'Keys of the post offices that may use the postman\'s page (/post).' },
    parse: path,
  },
  trustedProxies: {
    name: 'LIENTHONG_TRUSTED_PROXIES', default: '', unit: 'IP addresses or CIDR ranges with a comma between; empty: none, whoever connects is who asks',
    purpose: { vi: 'Các máy proxy đặt trước trang web: chỉ tin X-Forwarded-For của chúng, để mỗi người dân có giới hạn thử sai riêng.', en: 'Proxies in front of the pages: only their X-Forwarded-For is believed, so that each person has a limit of guesses of their own.' },
    parse: addressRanges,
  },
  crashAt,
} as const satisfies Record<string, Variable<unknown>>;

export type Config = { readonly [K in keyof typeof variables]: ReturnType<(typeof variables)[K]['parse']> };

/** The settings, each from the environment or from its default. Throws ConfigFaults, which names everything that is wrong. */
export function readConfig(environment: Environment = process.env): Config {
  const faults: string[] = [];
  const config = readVariables(variables, environment, faults) as Config;
  faults.push(...stopFaults(config), ...gatewayFaults(config));
  if (faults.length > 0) throw new ConfigFaults(faults);
  return config;
}

/** What is wrong between the two times of stopping; each may be missing because it was wrong itself. */
export function stopFaults({ stopForceMs, stopGraceMs }: { readonly stopForceMs?: number; readonly stopGraceMs?: number }): readonly string[] {
  if (stopForceMs === undefined || stopGraceMs === undefined || stopForceMs > stopGraceMs) return [];
  return [`${variables.stopForceMs.name}=${stopForceMs} is not above ${variables.stopGraceMs.name}=${stopGraceMs}`];
}

/** What this hub is called at the sandbox for rehearsals, and in its books; nothing real may bear these names. */
export const rehearsalPartner = 'DIENTAP', rehearsalGatewayName = 'dien-tap';

type GatewayNames = { readonly gatewayUrl?: string; readonly gatewayName?: string; readonly gatewayPartner?: string; readonly gatewaySecretFile?: string; readonly rehearsalGatewayUrl?: string; readonly rehearsalGatewaySecretFile?: string };

/** A gateway without a secret would believe everybody, and one for rehearsals that is the real one would take money for nothing. */
export function gatewayFaults({ gatewayUrl = '', gatewayName = '', gatewayPartner = '', gatewaySecretFile = '', rehearsalGatewayUrl = '', rehearsalGatewaySecretFile = '' }: GatewayNames): readonly string[] {
  const bare = (url: string): string => url.replace(/\/+$/, '').toLowerCase(), both = gatewayUrl !== '' && rehearsalGatewayUrl !== '', { rehearsalGatewayUrl: rehearsed } = variables;
  return [
    ...(gatewayUrl !== '' && gatewaySecretFile === '' ? [`${variables.gatewayUrl.name} is set and ${variables.gatewaySecretFile.name} is not`] : []),
    ...(rehearsalGatewayUrl !== '' && rehearsalGatewaySecretFile === '' ? [`${rehearsed.name} is set and ${variables.rehearsalGatewaySecretFile.name} is not`] : []),
    ...(both && bare(gatewayUrl) === bare(rehearsalGatewayUrl) ? [`${rehearsed.name} is ${variables.gatewayUrl.name}: rehearsals would be paid for real`] : []),
    ...(both && gatewaySecretFile !== '' && gatewaySecretFile === rehearsalGatewaySecretFile ? [`${variables.rehearsalGatewaySecretFile.name} is ${variables.gatewaySecretFile.name}: a rehearsal could be taken for real`] : []),
    ...(gatewayPartner === rehearsalPartner ? [`${variables.gatewayPartner.name}=${rehearsalPartner} is the name of rehearsals`] : []),
    ...(gatewayName === rehearsalGatewayName ? [`${variables.gatewayName.name}=${rehearsalGatewayName} is the name of rehearsals`] : []),
  ];
}

/** Where the outside reaches the web pages: the public address, or the port that was bound. */
export function publicUrlOf(config: Pick<Config, 'publicUrl'>, boundHttpPort: number): string {
  return config.publicUrl === '' ? `http://127.0.0.1:${boundHttpPort}` : config.publicUrl;
}

/** All that is wrong with the environment, so that it can be mended in one go. */
export class ConfigFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`cấu hình sai / wrong configuration:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nXem / see: npm run lienthong -- config`);
    this.name = 'ConfigFaults';
    this.faults = faults;
  }
}

/** Every variable with its present value, for `--json`. Wrong values are shown as they are. */
export function configRows(environment: Environment = process.env): readonly ConfigRow[] {
  return rowsOf(variables, environment);
}

/** Every variable with value, default, unit and purpose, as text for people. */
export function printConfig(environment: Environment = process.env): string {
  return configRows(environment)
    .map((row) => [
      `${row.name}=${row.value}${row.given ? '' : '   (mặc định / default)'}`,
      `    ${row.purpose.vi} / ${row.purpose.en}`,
      `    mặc định / default: ${row.default === '' ? '–' : row.default}; đơn vị / unit: ${row.unit}`,
      ...(row.fault === undefined ? [] : [`    SAI / WRONG: ${row.fault}`]),
    ].join('\n'))
    .join('\n\n') + '\n';
}
