/** What is published is handled at least once, in batches; the simulator may decide otherwise. */
import { describe, expect, test } from 'vitest';
import type { FolderUpdate } from '@lienthong/kernel';
import { memoryBus } from '../src/index.ts';

const update = (n: number): FolderUpdate => ({ folder: String(n).padStart(64, '0'), sender: 'alpha~0123456789abcdef', heads: {}, entries: [], wantsReply: false, mark: n });
const marks = (batch: readonly FolderUpdate[]): number[] => batch.map((one) => one.mark);
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
const turns = async (count = 5): Promise<void> => { for (let n = 0; n < count; n++) await turn(); };

describe('the memory bus', () => {
  test('hands over what waits together, in order, up to the batch size', async () => {
    const bus = memoryBus({ maxBatch: 3, concurrency: 1 });
    const got: number[][] = [];
    await bus.publish('beta', [1, 2, 3, 4].map(update));
    await bus.subscribe('beta', async (batch) => { got.push(marks(batch)); });
    await turns();
    expect(got).toEqual([[1, 2, 3], [4]]);
    expect(bus.waiting('beta')).toBe(0);
  });

  test('hands a batch that failed over again', async () => {
    const bus = memoryBus({ retryMs: 1, later: (_ms, run) => setImmediate(run) });
    const got: number[][] = [];
    await bus.subscribe('beta', async (batch) => { got.push(marks(batch)); if (got.length === 1) throw new Error('not yet'); });
    await bus.publish('beta', [update(1)]);
    await turns();
    expect(got).toEqual([[1], [1]]);
  });

  test('runs no more batches at once than allowed, and stops only when they have ended', async () => {
    const bus = memoryBus({ maxBatch: 1, concurrency: 2 });
    const ends: (() => void)[] = [];
    const subscription = await bus.subscribe('beta', () => new Promise((end) => ends.push(end)));
    await bus.publish('beta', [1, 2, 3].map(update));
    await turns();
    expect(ends).toHaveLength(2);
    let stopped = false;
    const stopping = subscription.stop().then(() => { stopped = true; });
    ends[0]!();
    await turns();
    expect([stopped, ends.length]).toEqual([false, 2]);
    ends[1]!();
    await stopping;
    expect(bus.waiting('beta')).toBe(1);
  });

  test('gives a new subscriber again what a dead one never answered', async () => {
    const bus = memoryBus({ concurrency: 1 });
    await bus.subscribe('beta', () => new Promise(() => {}));
    await bus.publish('beta', [update(1)]);
    await turns();
    const got: number[][] = [];
    await bus.subscribe('beta', async (batch) => { got.push(marks(batch)); });
    await turns();
    expect(got).toEqual([[1]]);
  });

  test('refuses what it has no room for', async () => {
    const bus = memoryBus({ maxWaiting: 2 });
    await bus.publish('beta', [1, 2].map(update));
    await expect(bus.publish('beta', [update(3)])).rejects.toMatchObject({ code: 'OVERLOADED' });
  });

  test('travels as the simulator decides: lost, twice, in another order', async () => {
    const held: (() => void)[] = [];
    const bus = memoryBus({ carry: ({ update: { mark }, deliver }) => { if (mark === 2) { held.push(deliver); return; } if (mark !== 1) { deliver(); deliver(); } } });
    const got: number[] = [];
    await bus.subscribe('beta', async (batch) => { got.push(...marks(batch)); });
    await bus.publish('beta', [1, 2, 3].map(update));
    held.forEach((deliver) => deliver());
    await turns();
    expect(got).toEqual([3, 3, 2]);
  });
});
