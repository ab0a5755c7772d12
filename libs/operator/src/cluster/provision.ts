/** Topics of a hub, and databases of its services: made where they are missing, compared where they are not. */
import { provisionTopics, silentLog, sslOf, topicDefaults, Topics } from '@lienthong/bus-kafka';
import type { Provisioned } from '@lienthong/bus-kafka';
import { provisionMongo } from '@lienthong/store-mongo';
import { clusterServices } from './cluster-layout.ts';

/** Two of three copies must be written; a single broker has but one. `tls`: as `sslOf` takes it. */
export function kafkaTopics(brokers: readonly string[], nodes: 1 | 3, namespace = 'lienthong', tls = ''): Promise<Provisioned> {
  const settings = nodes === 3 ? topicDefaults : { ...topicDefaults, replicas: 1, minInSync: 1 };
  return provisionTopics({ brokers: [...brokers], clientId: `${namespace}-provision`, log: silentLog, ...sslOf(tls) }, new Topics(namespace), clusterServices, settings);
}

/** Schema version of each service's database. */
export async function mongoDatabases(uri: string, namespace = 'lienthong'): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>();
  for (const service of clusterServices) versions.set(service, await provisionMongo(uri, service, namespace));
  return versions;
}
