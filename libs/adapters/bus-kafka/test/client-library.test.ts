/** What is changed inside the client library: when this fails, it is another version, and each point must be looked at again. */
import { createRequire } from 'node:module';
import { zstdCompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { describe, expect, test, vi } from 'vitest';
import { awaitShares } from '../src/group-sharing.ts';
import { clientWaits, kafkaBusDefaults } from '../src/limits.ts';
import { quietIdleTimers } from '../src/request-timer.ts';
import { registerZstd } from '../src/zstd-codec.ts';

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
});
