/** Another client of Kafka that knows the format of records and no service: it reads all topics, and writes into them what it likes. */
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { setTimeout as pause } from 'node:timers/promises';
import { mergeHeads } from '@lienthong/folder';
import type { AuthorId, Entry, FolderId, Heads } from '@lienthong/folder';
import { decodeEntry, decodeUpdate, encodeEntry, encodeUpdate } from '@lienthong/kernel';
import type { FolderUpdate, SealedEntry } from '@lienthong/kernel';
import { sha256 } from '@lienthong/keys';
import type { DirectoryKeys } from '@lienthong/keys';
import kafkajs from 'kafkajs';
import type { Admin, Kafka, Producer } from 'kafkajs';

/** A record as it stands in a topic. */
export type ForeignRecord = { readonly topic: string; readonly key: Buffer | null; readonly value: Buffer };

const groupPrefix = 'lienthong.', topicEnding = '.v1';
const topicOf = (service: string): string => `${groupPrefix}${service}${topicEnding}`;

/** Longest wait until services have read what was written, and between two looks, in milliseconds. */
const maxTakenMs = 180_000, lookEveryMs = 100;

/** Topics keep everything in zstd, which the library does not bring along. */
const decompress = promisify(zstdDecompress);
const codec = { compress: async (): Promise<Buffer> => { throw new Error('this client writes plainly'); }, decompress: (bytes: Buffer): Promise<Buffer> => decompress(bytes) };

export class ForeignClient {
  readonly #kafka: Kafka;
  readonly #admin: Admin;
  readonly #producer: Producer;
  #reads = 0;

  private constructor(brokers: readonly string[]) {
    kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] ??= () => codec;
    this.#kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
    this.#admin = this.#kafka.admin();
    this.#producer = this.#kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  }

  static async connect(brokers: readonly string[]): Promise<ForeignClient> {
    const client = new ForeignClient(brokers);
    await Promise.all([client.#admin.connect(), client.#producer.connect()]);
    return client;
  }

  async close(): Promise<void> { await Promise.all([this.#admin.disconnect(), this.#producer.disconnect()]); }

  /** All that stands in the topics of these services now, each topic's partitions in their order. */
  async read(services: readonly string[]): Promise<readonly ForeignRecord[]> {
    const groupId = `foreign-${this.#reads++}`, consumer = this.#kafka.consumer({ groupId }), found: ForeignRecord[] = [];
    const missing = new Map<string, bigint>();
    for (const topic of services.map(topicOf)) for (const { partition, low, high } of await this.#admin.fetchTopicOffsets(topic)) if (BigInt(high) > BigInt(low)) missing.set(`${topic}/${partition}`, BigInt(high) - 1n);
    await consumer.connect();
    try {
      await consumer.subscribe({ topics: services.map(topicOf), fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ topic, partition, message: { key, value, offset } }) => {
          if (value !== null) found.push({ topic, key, value });
          const last = missing.get(`${topic}/${partition}`);
          if (last !== undefined && BigInt(offset) >= last) missing.delete(`${topic}/${partition}`);
        },
      });
      await until('the topics are read', async () => missing.size === 0);
    } finally { await consumer.disconnect(); }
    return found;
  }

  /** In this order; resolves when the services have gone past all of it. */
  async write(records: readonly ForeignRecord[]): Promise<void> {
    for (const { topic, key, value } of records) await this.#producer.send({ topic, messages: [{ key, value }] });
    const topics = new Set(records.map(({ topic }) => topic));
    await until('what was written is taken', async () => (await Promise.all([...topics].map((topic) => this.#isTaken(topic)))).every(Boolean));
  }

  /** An update for each of these services. */
  async tell(services: readonly string[], update: FolderUpdate): Promise<void> {
    const value = Buffer.from(encodeUpdate(update));
    await this.write(services.map((service) => ({ topic: topicOf(service), key: Buffer.from(update.folder), value })));
  }

  async #isTaken(topic: string): Promise<boolean> {
    const ends = await this.#admin.fetchTopicOffsets(topic);
    const [group] = await this.#admin.fetchOffsets({ groupId: topic.slice(0, -topicEnding.length), topics: [topic] });
    const at = new Map(group?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
    return ends.every(({ partition, low, high }) => BigInt(high) === BigInt(low) || (at.get(partition) ?? -1n) >= BigInt(high));
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + maxTakenMs; !(await holds()); await pause(lookEveryMs)) if (Date.now() > end) throw new Error(`not within ${maxTakenMs} ms: ${what}`);
}

/** A folder as far as records show it. */
export type SeenFolder = { readonly heads: Heads; readonly entries: readonly Entry[] };

export function seenOf(records: readonly ForeignRecord[], folder: FolderId): SeenFolder {
  const entries = new Map<string, Entry>();
  let heads: Heads = {};
  for (const update of records.map(({ value }) => decodeUpdate(value)).filter((one) => one.folder === folder)) {
    heads = mergeHeads(heads, update.heads);
    for (const { bytes, proof } of update.entries) { const hash = sha256(bytes); entries.set(hash, decodeEntry(bytes, hash, proof)); }
  }
  return { heads, entries: [...entries.values()] };
}

/** The entry that its author wrote there last. */
export function lastOf({ entries }: SeenFolder, author: AuthorId): Entry {
  return entries.filter((entry) => entry.author === author).reduce((last, entry) => (entry.seq > last.seq ? entry : last));
}

type Written = Pick<Entry, 'folder' | 'author' | 'seq' | 'prev' | 'seen' | 'item' | 'term' | 'kind' | 'body' | 'recordedAt'> & Partial<Pick<Entry, 'ends' | 'cites'>>;

/** An entry in the right form, signed by `signer` with these keys, whoever it names as its author. */
export function written(entry: Written, keys: DirectoryKeys, signer: AuthorId): SealedEntry {
  const bytes = encodeEntry({ creates: [], handsTo: '', ends: false, cites: [], succeeds: null, effectiveAt: entry.recordedAt, ...entry }, Buffer.from(JSON.stringify(entry.body)));
  return { bytes, proof: keys.sign(signer, sha256(bytes)) };
}
