/** The topics of a hub: made where they are missing, compared where they are not. Nothing that exists is changed. */
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type { Admin, ITopicConfig } from 'kafkajs';
import type { ServiceName } from '@lienthong/kernel';
import { kafkaClient } from './connection.ts';
import type { KafkaConnection } from './connection.ts';
import { clientWaits, kafkaBusDefaults } from './limits.ts';
import type { Topics } from './topics.ts';

export type TopicSettings = {
  /** Of each service's topic, fixed for life: the partition of a folder must not change. Instances beyond it have nothing to read. */
  readonly partitions: number;
  /** Copies of each record, and how many of them a send waits for. */
  readonly replicas: number;
  readonly minInSync: number;
  /** Updates are kept so long, for a service that was away; what it misses is compared and sent anew. */
  readonly retentionMs: number;
  readonly deadRetentionMs: number;
};

const dayMs = 86_400_000;
export const topicDefaults: TopicSettings = { partitions: 6, replicas: 3, minInSync: 2, retentionMs: 7 * dayMs, deadRetentionMs: 90 * dayMs };

export type TopicDifference = { readonly topic: string; readonly setting: string; readonly wanted: string; readonly found: string };
export type Provisioned = { readonly created: readonly string[]; readonly differences: readonly TopicDifference[] };

const knownWithinMs = 30_000;
const pollMs = 100;
const notKnownYet = ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'];

type Wanted = { readonly topic: string; readonly partitions: number; readonly replicas: number; readonly config: Readonly<Record<string, string>> };

/** Idempotent; several may run at once. Throws when Kafka cannot be reached or refuses. */
export async function provisionTopics(connection: KafkaConnection, topics: Topics, services: readonly ServiceName[], settings: TopicSettings = topicDefaults): Promise<Provisioned> {
  const admin = kafkaClient(connection, clientWaits.maxRetries).admin();
  await admin.connect();
  try {
    const wanted = wantedTopics(topics, services, settings);
    const before = new Set(await admin.listTopics());
    const missing = wanted.filter(({ topic }) => !before.has(topic));
    if (missing.length > 0) await admin.createTopics({ topics: missing.map(asConfig), waitForLeaders: false });
    const differences = await whenKnown(() => differencesOf(admin, wanted));
    return { created: missing.map(({ topic }) => topic), differences };
  } finally {
    await admin.disconnect();
  }
}

function wantedTopics(topics: Topics, services: readonly ServiceName[], settings: TopicSettings): readonly Wanted[] {
  const { partitions, replicas, minInSync, retentionMs, deadRetentionMs } = settings;
  // The broker packs what others pack otherwise: a client that knows one codec reads everything.
  const config = { 'min.insync.replicas': String(minInSync), 'max.message.bytes': String(kafkaBusDefaults.maxBatchBytes), 'compression.type': 'zstd' };
  const kept = (topic: string): Wanted => ({ topic, partitions, replicas, config: { ...config, 'cleanup.policy': 'delete', 'retention.ms': String(retentionMs) } });
  const dead: Wanted = { topic: topics.dead, partitions: 1, replicas, config: { ...config, 'cleanup.policy': 'compact,delete', 'retention.ms': String(deadRetentionMs) } };
  return [...services.map((service) => kept(topics.of(service))), dead];
}

function asConfig({ topic, partitions, replicas, config }: Wanted): ITopicConfig {
  return { topic, numPartitions: partitions, replicationFactor: replicas, configEntries: Object.entries(config).map(([name, value]) => ({ name, value })) };
}

/** A topic that has just been made is not known to every node at once. */
async function whenKnown<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + knownWithinMs; ; await sleep(pollMs)) {
    try {
      return await ask();
    } catch (cause) {
      if (Date.now() > until || !notKnownYet.includes((cause as { readonly type?: string }).type ?? '')) throw cause;
    }
  }
}

async function differencesOf(admin: Admin, wanted: readonly Wanted[]): Promise<readonly TopicDifference[]> {
  const { topics: found } = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: wanted.map(({ topic, config }) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: Object.keys(config) })) });
  return wanted.flatMap(({ topic, partitions, replicas, config }) => {
    const metadata = found.find(({ name }) => name === topic)?.partitions ?? [];
    const entries = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
    const pairs: [string, string, string][] = [
      ['partitions', String(partitions), String(metadata.length)],
      ['replicas', String(replicas), String(Math.min(...metadata.map((one) => one.replicas.length)))],
      ...Object.entries(config).map(([name, value]): [string, string, string] => [name, value, entries.find(({ configName }) => configName === name)?.configValue ?? '']),
    ];
    return pairs.filter(([, value, is]) => normalized(value) !== normalized(is)).map(([setting, value, is]) => ({ topic, setting, wanted: value, found: is }));
  });
}

/** The order of a list says nothing. */
const normalized = (value: string): string => value.split(',').sort().join(',');
