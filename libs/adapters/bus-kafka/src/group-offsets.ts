/** How far the consumers of each service have come, and sending them back to the beginning: for whoever runs the hub. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { ServiceName } from '@lienthong/kernel';
import { kafkaClient } from './connection.ts';
import type { KafkaConnection } from './connection.ts';
import { clientWaits } from './limits.ts';
import type { Topics } from './topics.ts';

/** Records of each service's topic that its group has not yet resolved. Throws when Kafka cannot be reached, or a topic is missing. */
export function lagOf(connection: KafkaConnection, topics: Topics, services: readonly ServiceName[]): Promise<ReadonlyMap<ServiceName, number>> {
  return asAdmin(connection, async (admin) => new Map(await Promise.all(services.map(async (service) => [service, await lagOn(admin, topics, service)] as const))));
}

async function lagOn(admin: Admin, topics: Topics, service: ServiceName): Promise<number> {
  const ends = await admin.fetchTopicOffsets(topics.of(service));
  const [group] = await admin.fetchOffsets({ groupId: topics.groupOf(service), topics: [topics.of(service)] });
  const resolved = new Map(group?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
  let lag = 0n;
  for (const { partition, low, high } of ends) {
    const first = BigInt(low), at = resolved.get(partition) ?? -1n;
    lag += BigInt(high) - (at < first ? first : at);
  }
  return Number(lag);
}

/** Every service reads its topic again from the first record that is kept: a repeat of what it holds changes nothing. Only while none of its instances runs; throws otherwise. */
export async function rereadTopics(connection: KafkaConnection, topics: Topics, services: readonly ServiceName[]): Promise<void> {
  await asAdmin(connection, async (admin) => {
    for (const service of services) await admin.resetOffsets({ groupId: topics.groupOf(service), topic: topics.of(service), earliest: true });
  });
}

/** The topics of services with all that is in them are gone when this resolves; `provisionTopics` makes them anew. What was on its way there is told again by those who sent it. */
export async function deleteTopics(connection: KafkaConnection, topics: Topics, services: readonly ServiceName[]): Promise<void> {
  await asAdmin(connection, (admin) => admin.deleteTopics({ topics: services.map((service) => topics.of(service)) }));
}

/** A coordinator or leader that has just changed is asked again. */
const maxAsked = 20, askAgainMs = 500;

async function asAdmin<T>(connection: KafkaConnection, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(connection, clientWaits.maxRetries).admin();
  await admin.connect();
  try {
    for (let asked = 1; ; asked++) {
      try {
        return await work(admin);
      } catch (cause) {
        if (asked === maxAsked || (cause as { readonly retriable?: boolean }).retriable !== true) throw cause;
        await sleep(askAgainMs);
      }
    }
  } finally {
    await admin.disconnect();
  }
}
