/** Buses over the Kafka of this test run, under names that no other test uses. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { sharedKafka } from '@lienthong/testkit/servers/shared-kafka';
import type { BusUnderTest } from '@lienthong/testkit/contracts/event-bus-contract';
import { kafkaBus, provisionTopics, topicDefaults, Topics } from '../src/index.ts';
import { testSignatures } from './signatures.ts';
import type { BusLog, KafkaBus, KafkaBusLimits, KafkaConnection } from '../src/index.ts';

export const kafka = await sharedKafka(inject('servers'));
export const services = ['alpha', 'beta', 'gamma'];
const partitions = 3;
/** Short, so that the death of a member is noticed within a test. */
const quickly: Partial<KafkaBusLimits> = { sessionTimeoutMs: 2_000, heartbeatMs: 300, redeliverAfterMs: 50, maxRedeliverAfterMs: 400 };

export type KafkaWorld = BusUnderTest & {
  readonly bus: KafkaBus;
  readonly connection: KafkaConnection;
  readonly topics: Topics;
  /** What buses reported as the end of their consumers, and what they logged. */
  readonly fatal: Error[];
  readonly told: string[];
  open(limits?: Partial<KafkaBusLimits>): KafkaBus;
};

/** One node unless `settings` say otherwise. */
export async function kafkaWorld(bootstrap: readonly string[], settings: { readonly replicas?: number; readonly minInSync?: number; readonly limits?: Partial<KafkaBusLimits> } = {}): Promise<KafkaWorld> {
  const told: string[] = [];
  const fatal: Error[] = [];
  const tell = (fields: object, sentence: string): void => { told.push(`${sentence} ${JSON.stringify(fields)}`); };
  const log: BusLog = { error: tell, warn: tell, info: tell };
  const connection: KafkaConnection = { brokers: bootstrap, clientId: 'test', log };
  const topics = new Topics(`t${randomUUID().slice(0, 8)}`);
  const { replicas = 1, minInSync = 1 } = settings;
  await provisionTopics(connection, topics, services, { ...topicDefaults, partitions, replicas, minInSync });
  const opened: KafkaBus[] = [];
  const open = (limits: Partial<KafkaBusLimits> = {}): KafkaBus => {
    const bus = kafkaBus({ brokers: bootstrap, clientId: `test-${opened.length}`, prefix: topics.prefix, signatures: testSignatures, log, limits: { ...quickly, ...settings.limits, ...limits }, fatal: (cause) => { fatal.push(cause); } });
    opened.push(bus);
    return bus;
  };
  return {
    connection, topics, fatal, told, open, bus: open(), another: open,
    dieWithABatch: (service) => dieWithABatch(bootstrap, topics.prefix, service),
    dispose: async () => { await Promise.all(opened.map((bus) => bus.stop())); },
  };
}

const reader = fileURLToPath(new URL('./reading-process.ts', import.meta.url));

/** A process that reads, answers nothing and is killed with what it was given. */
function dieWithABatch(bootstrap: readonly string[], prefix: string, service: string): Promise<readonly number[]> {
  const child = fork(reader, [bootstrap.join(','), prefix, service]);
  return new Promise((given, failed) => {
    let marks: readonly number[] | undefined;
    child.once('message', (told) => { marks = told as number[]; child.kill('SIGKILL'); });
    child.once('error', failed);
    child.once('exit', (code) => { if (marks === undefined) failed(new Error(`the reader ended by itself (${code})`)); else given(marks); });
  });
}
