/** What is changed inside the client library: when this fails, it is another version, and each point must be looked at again. */
import { createRequire } from 'node:module';
import { zstdCompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { describe, expect, test, vi } from 'vitest';
import { boundFetches } from '../src/bounded-fetches.ts';
import { awaitShares } from '../src/group-sharing.ts';
import { clientWaits, kafkaBusDefaults, unpackingLimits } from '../src/limits.ts';
import { quietIdleTimers } from '../src/request-timer.ts';
import { registerZstd } from '../src/zstd-codec.ts';
import { foreignBatch } from './foreign-batch.ts';

const require = createRequire(import.meta.url);
type Queue = { push(request: object): void; destroy(): void; fulfillRequest(response: object): void; maybeThrottle(ms: number): void; readonly pending: unknown[]; readonly inflight: Map<number, unknown> };

function newQueue(maxInFlightRequests: number | null): Queue {
  const RequestQueue = require('kafkajs/src/network/requestQueue') as new (options: object) => Queue;
  return new RequestQueue({ maxInFlightRequests, requestTimeout: 1_000, enforceRequestTimeout: false, clientId: 'c', broker: 'b', logger: { debug() {}, warn() {} } });
}
const request = (correlationId: number, sent: number[]) => ({ entry: { correlationId, resolve() {}, reject() {} }, expectResponse: true, sendRequest: () => { sent.push(correlationId); } });

describe('the client library', () => {
  test('is the version that was looked into', () => expect((require('kafkajs/package.json') as { version: string }).version).toBe('2.2.4'));

  test('sets no timer for an empty queue', () => {
    expect(quietIdleTimers()).toBe(true);
    expect(quietIdleTimers()).toBe(true);
    vi.useFakeTimers();
    try {
      const queue = newQueue(null);
      const sent: number[] = [];
      queue.push(request(1, sent));
      queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 });
      expect([sent, vi.getTimerCount()]).toEqual([[1], 0]);
    } finally { vi.useRealTimers(); }
  });

  test('still sends what waits: when there is room, and when a throttle ends', () => {
    vi.useFakeTimers();
    try {
      const sent: number[] = [];
      const full = newQueue(1);
      full.push(request(1, sent));
      full.push(request(2, sent));
      expect(sent).toEqual([1]);
      full.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 });
      expect(sent).toEqual([1, 2]);
      const throttled = newQueue(null);
      throttled.maybeThrottle(500);
      throttled.push(request(3, sent));
      vi.advanceTimersByTime(499);
      expect(sent).toEqual([1, 2]);
      vi.advanceTimersByTime(20);
      expect(sent).toEqual([1, 2, 3]);
      full.destroy();
      throttled.destroy();
    } finally { vi.useRealTimers(); }
  });

  test('waits for a share of a group longer than for a member that has died', () => {
    expect([awaitShares(clientWaits.shareWithinMs), awaitShares(1)]).toEqual([true, true]);
    expect(clientWaits.shareWithinMs).toBeGreaterThan(kafkaBusDefaults.sessionTimeoutMs + clientWaits.requestTimeoutMs / 2);
    const { requests } = require('kafkajs/src/protocol/requests') as { readonly requests: { readonly SyncGroup: { protocol(version: object): (given: object) => object } } };
    const made = requests.SyncGroup.protocol({ version: 3 })({ groupId: 'g', generationId: 1, memberId: 'm', groupAssignment: [] });
    expect(made).toMatchObject({ request: { apiName: 'SyncGroup' }, response: {}, requestTimeout: clientWaits.shareWithinMs });
  });

  test('reads and writes zstd', async () => {
    registerZstd();
    const codec = kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD]() as { compress(encoder: { buffer: Buffer }): Promise<Buffer>; decompress(bytes: Buffer): Promise<Buffer> };
    const bytes = Buffer.from('hồ sơ '.repeat(1_000));
    const packed = await codec.compress({ buffer: bytes });
    expect(packed.byteLength).toBeLessThan(bytes.byteLength / 10);
    expect(await codec.decompress(packed)).toEqual(bytes);
    await expect(codec.decompress(Buffer.from('no zstd'))).rejects.toThrow();
  });

  test('finds, in place of records that unpack to too much, as many numbered ones that say so', async () => {
    registerZstd();
    const codec = kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD]() as { decompress(bytes: Buffer): Promise<Buffer> };
    const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => { readVarIntBytes(): Buffer };
    const decodeOne = require('kafkajs/src/protocol/recordBatch/record/v0/decoder') as (decoder: object, batch: object) => { offset: string; key: unknown; value: unknown; headers: Record<string, Buffer> };
    const records = new Decoder(await codec.decompress(zstdCompressSync(Buffer.alloc(9 * 1024 * 1024))));
    const found = Array.from({ length: 3_000 }, () => decodeOne(new Decoder(records.readVarIntBytes()), { firstOffset: '7', firstTimestamp: '0', magicByte: 2 }));
    expect(found.map(({ offset }) => Number(offset))).toEqual(Array.from({ length: 3_000 }, (_, number) => 7 + number));
    expect(found.map(({ key, value, headers }) => `${key} ${value} ${headers.not_unpacked}`)).toEqual(Array.from({ length: 3_000 }, () => 'null null a batch that unpacks to more than 8388608 bytes'));
  });

  describe('reads of a fetch', () => {
    const { maxBatchRecords, maxReadBytes, maxReadRecords } = unpackingLimits, partition = 3;
    type Message = { readonly offset: string; readonly headers: Record<string, Buffer> };

    /** What the library makes of an answer with these bytes of one partition. */
    async function readFrom(records: Buffer): Promise<readonly Message[]> {
      boundFetches();
      const Encoder = require('kafkajs/src/protocol/encoder') as new () => Record<'writeInt32' | 'writeInt16' | 'writeInt64' | 'writeString' | 'writeBytes', (value: unknown) => never> & { readonly buffer: Buffer };
      const answer = new Encoder();
      const write = (...fields: readonly (readonly [keyof Omit<InstanceType<typeof Encoder>, 'buffer'>, unknown])[]): void => { for (const [kind, value] of fields) answer[kind](value); };
      write(['writeInt32', 0], ['writeInt16', 0], ['writeInt32', 0], ['writeInt32', 1], ['writeString', 'topic'], ['writeInt32', 1]);
      write(['writeInt32', partition], ['writeInt16', 0], ['writeInt64', 1_000_000], ['writeInt64', 1_000_000], ['writeInt64', 0], ['writeInt32', 0], ['writeInt32', -1], ['writeBytes', records]);
      const { decode } = require('kafkajs/src/protocol/requests/fetch/v11/response') as { decode(bytes: Buffer): Promise<{ responses: { partitions: { partition: number; messages: Message[] }[] }[] }> };
      const [found] = (await decode(answer.buffer)).responses[0]!.partitions;
      expect(found!.partition).toBe(partition);
      return found!.messages;
    }
    const shown = (messages: readonly Message[]): readonly string[] => [messages[0]?.offset ?? '', messages.at(-1)?.offset ?? '', String(messages[0]?.headers.not_unpacked ?? '')];
    const told = (count: number): string => `a batch of ${count} records from offset 7, at most ${maxBatchRecords}`;

    test.each<[string, number, readonly string[]]>([
      ['all of a batch with fewer records than the limit', maxBatchRecords - 1, ['7', '7', '']],
      ['all of a batch at the limit', maxBatchRecords, ['7', '7', '']],
      ['one that stands for a batch above it, at the end of the batch', maxBatchRecords + 1, [String(7 + maxBatchRecords), String(7 + maxBatchRecords), told(maxBatchRecords + 1)]],
      ['one that stands for more than could be laid on the stack', 200_000, ['200006', '200006', told(200_000)]],
    ])('%s', async (_what, count, expected) => {
      const messages = await readFrom(foreignBatch(count, 7));
      expect([messages.length, ...shown(messages)]).toEqual([count > maxBatchRecords ? 1 : count, ...expected]);
    });

    test('batches until there is enough, and no batch that has not come whole', async () => {
      const whole = Array.from({ length: 5 }, (_, number) => foreignBatch(maxBatchRecords, number * maxBatchRecords));
      expect(await readFrom(Buffer.concat(whole))).toHaveLength(maxReadRecords);
      for (const [bytes, expected] of [[maxReadBytes - 1, 2], [maxReadBytes, 1], [maxReadBytes + 1, 1]] as const) expect(await readFrom(Buffer.concat([foreignBatch(1, 0, Buffer.alloc(bytes)), foreignBatch(1, 1), foreignBatch(0, 2)]))).toHaveLength(expected);
      expect(await readFrom(Buffer.concat([foreignBatch(2), foreignBatch(3, 2).subarray(0, -1)]))).toHaveLength(2);
      expect(await readFrom(foreignBatch(3).subarray(0, 40))).toEqual([]);
      expect(await readFrom(Buffer.alloc(0))).toEqual([]);
    });

    test('so much that all of it finds room among what waits to be a dead letter', () => {
      expect(maxReadRecords + maxBatchRecords).toBeLessThan(kafkaBusDefaults.maxQueuedRecords);
      expect(maxBatchRecords).toBeGreaterThan(kafkaBusDefaults.maxSendRecords);
    });
  });
});
