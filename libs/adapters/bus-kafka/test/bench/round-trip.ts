/**
 * What the bus costs over bare kafkajs, on one topic of one partition: the time from publish to handler with one update under way, and updates per second in batches.
 * `node round-trip.ts [seconds per measure] [nodes: 1 or 3] [host:port,… of a Kafka that runs]` prints one line of JSON. Without the last it starts a Kafka of its own.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { encodeUpdate } from '@lienthong/kernel';
import type { FolderUpdate } from '@lienthong/kernel';
import { startKafka } from '@lienthong/testkit/servers/start-kafka';
import { kafkaBus, provisionTopics, topicDefaults, Topics } from '../../src/index.ts';
import { silentLog } from '../../src/bus-log.ts';
import { testSignatures } from '../signatures.ts';

const batchSize = 500;
/** Batches published and not yet acknowledged. */
const batchesUnderWay = 4;
const updateBytes = 2_000;

const update = (mark: number): FolderUpdate => ({ folder: 'a'.repeat(64), sender: 'alpha~0123456789abcdef', heads: {}, entries: [{ bytes: randomBytes(updateBytes), proof: null }], wantsReply: false, mark });
const sample = update(1);

/** Sends updates, and tells of each that arrived. */
type Way = { readonly send: (updates: readonly FolderUpdate[]) => Promise<void>; readonly onArrival: (arrived: (count: number) => void) => Promise<void>; readonly end: () => Promise<void> };

async function bare(brokers: readonly string[], topics: Topics): Promise<Way> {
  const client = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const topic = topics.of('bare');
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const consumer = client.consumer({ groupId: topics.groupOf('bare'), maxWaitTimeInMs: 100 });
  await Promise.all([producer.connect(), consumer.connect()]);
  return {
    send: async (updates) => { await producer.send({ topic, messages: updates.map((one) => ({ key: one.folder, value: Buffer.from(encodeUpdate(one)) })) }); },
    onArrival: async (arrived) => {
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({ eachBatch: async ({ batch }) => { arrived(batch.messages.length); } });
    },
    end: async () => { await Promise.all([producer.disconnect(), consumer.disconnect()]); },
  };
}

async function hub(brokers: readonly string[], topics: Topics): Promise<Way> {
  const bus = kafkaBus({ brokers, clientId: 'bench', prefix: topics.prefix, signatures: testSignatures, fatal: (cause) => { throw cause; } });
  return {
    send: (updates) => bus.publish('hub', updates),
    onArrival: async (arrived) => { await bus.subscribe('hub', async (batch) => { arrived(batch.length); }); },
    end: () => bus.stop(),
  };
}

type Figures = { readonly round_trip_ms_p50: number; readonly round_trip_ms_p99: number; readonly per_s: number; readonly cpu_ms_per_1000: number };

async function measured(way: Way, seconds: number): Promise<Figures> {
  let total = 0;
  let waiting: { readonly from: number; readonly done: () => void } | undefined;
  await way.onArrival((count) => { total += count; if (waiting !== undefined && total >= waiting.from) waiting.done(); });
  const arrivedAll = (from: number): Promise<void> => (total >= from ? Promise.resolve() : new Promise((done) => { waiting = { from, done }; }));
  const once = async (): Promise<number> => {
    const began = performance.now(), from = total + 1;
    await Promise.all([way.send([sample]), arrivedAll(from)]);
    return performance.now() - began;
  };
  for (let warm = 0; warm < 20; warm++) await once();
  const times: number[] = [];
  for (const until = performance.now() + seconds * 1_000; performance.now() < until;) times.push(await once());
  const { perSecond, cpu } = await throughput(way, seconds, total, arrivedAll);
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]! * 10) / 10;
  return { round_trip_ms_p50: at(0.5), round_trip_ms_p99: at(0.99), per_s: Math.round(perSecond), cpu_ms_per_1000: Math.round(cpu * 10) / 10 };
}

async function throughput(way: Way, seconds: number, before: number, arrivedAll: (from: number) => Promise<void>): Promise<{ readonly perSecond: number; readonly cpu: number }> {
  const batch = Array.from({ length: batchSize }, (_, n) => update(n + 1));
  const began = performance.now(), until = began + seconds * 1_000, used = process.cpuUsage();
  let sent = 0;
  const run = async (): Promise<void> => { while (performance.now() < until) { await way.send(batch); sent += batchSize; } };
  await Promise.all(Array.from({ length: batchesUnderWay }, run));
  await arrivedAll(before + sent);
  const { user, system } = process.cpuUsage(used);
  return { perSecond: sent / (performance.now() - began) * 1_000, cpu: (user + system) / 1_000 / sent * 1_000 };
}

const [, , seconds = '5', nodes = '1', bootstrap = ''] = process.argv;
const own = bootstrap === '' ? await startKafka({ nodes: nodes === '3' ? 3 : 1, servers: 'auto' }) : undefined;
if (own !== undefined && 'skipped' in own) throw new RangeError(own.skipped);
try {
  const brokers = own === undefined ? bootstrap.split(',') : own.bootstrap;
  const topics = new Topics(`bench-${randomUUID().slice(0, 8)}`);
  const copies = Number(nodes);
  await provisionTopics({ brokers, clientId: 'bench', log: silentLog }, topics, ['bare', 'hub'], { ...topicDefaults, partitions: 1, replicas: copies, minInSync: Math.min(2, copies) });
  const figures: Record<string, Figures> = {};
  for (const [name, open] of Object.entries({ bare, hub })) {
    const way = await open(brokers, topics);
    figures[name] = await measured(way, Number(seconds));
    await way.end();
  }
  console.log(JSON.stringify({ nodes: copies, update_bytes: encodeUpdate(sample).byteLength, ...figures }));
} finally { await own?.stop(); }
