/** Which processes the production shape has, and what each is started with. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** All that take part in dossiers; the pages come beside them. */
export const clusterServices = ['intake', 'land', 'business-registration', 'social-protection', 'general-agency', 'payments', 'postal', 'oversight'] as const;
export type ClusterService = (typeof clusterServices)[number] | 'portal';

/** One process: a service may have several. */
export type Part = { readonly service: ClusterService; readonly instance: number; readonly port: number };

export const partName = ({ service, instance }: Pick<Part, 'service' | 'instance'>): string => `${service}-${instance}`;

export const mainOf = (service: ClusterService): string => fileURLToPath(new URL(`../../../../services/${service}/src/main.ts`, import.meta.url));

/** Whose records each keeps: those of the one before it. `oversight` has none, and keeps none. */
const keeping = clusterServices.filter((service) => service !== 'oversight');
const keepers = keeping.map((service, n) => `${service}=${keeping[(n + 1) % keeping.length]}`).join(',');

export type Servers = { readonly kafka: readonly string[]; readonly mongo: string };

/** `land=127.0.0.1:1,127.0.0.1:2` per service, as grpcClient takes them. */
export function addressesOf(parts: readonly Part[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { service, port } of parts) {
    const before = found.get(service);
    found.set(service, before === undefined ? `127.0.0.1:${port}` : `${before},127.0.0.1:${port}`);
  }
  return found;
}

/** Settings of one process. `relayed`: what it calls the others by, where that is not their own address. */
export function settingsOf(part: Part, parts: readonly Part[], servers: Servers, directory: string, relayed: ReadonlyMap<string, string> = addressesOf(parts)): Record<string, string> {
  const peers = [...relayed].filter(([service]) => service !== 'portal').map(([service, address]) => `${service}=${address.replaceAll(',', '|')}`).join(',');
  const portal = parts.find(({ service }) => service === 'portal');
  return {
    LIENTHONG_INSTANCE: String(part.instance), LIENTHONG_DATA_DIR: join(directory, partName(part)), LIENTHONG_KEYS_DIR: join(directory, 'keys', part.service),
    LIENTHONG_REFERENCE_DIR: join(directory, 'reference'), LIENTHONG_MONGO: servers.mongo, LIENTHONG_KAFKA: servers.kafka.join(','), LIENTHONG_PEERS: peers, LIENTHONG_KEEPERS: keepers, LIENTHONG_LOG_LEVEL: 'info',
    ...(part.service === 'portal' ? { LIENTHONG_HTTP_PORT: String(part.port) } : { LIENTHONG_GRPC_PORT: String(part.port) }),
    ...(portal === undefined ? {} : { LIENTHONG_PUBLIC_URL: `http://127.0.0.1:${portal.port}` }),
  };
}
