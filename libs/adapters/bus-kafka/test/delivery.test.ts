/** Handing over: again until it is taken; what alone is refused holds up nothing else. */
import { describe, expect, test } from 'vitest';
import type { FolderUpdate } from '@lienthong/kernel';
import { Delivery } from '../src/delivery.ts';
import { silentLog } from '../src/bus-log.ts';
import { kafkaBusDefaults } from '../src/limits.ts';

const update = (folder: string, mark: number): FolderUpdate => ({ folder, sender: 'alpha~0123456789abcdef', heads: {}, entries: [], wantsReply: false, mark });
const limits = { ...kafkaBusDefaults, isolateAfter: 2, maxHandlerUpdates: 2, apartForMs: 1_000, maxApart: 2 };

/** Refuses every batch that touches one of `refusing`. */
function deliveryTo(refusing: Set<string>) {
  const calls: number[][] = [];
  let now = 0;
  const delivery = new Delivery({
    limits, log: silentLog, now: () => now,
    handler: async (batch) => { calls.push(batch.map(({ mark }) => mark)); if (batch.some(({ folder }) => refusing.has(folder) || refusing.has('*'))) throw new Error('no'); },
  });
  return { delivery, calls, pass: (ms: number) => { now += ms; } };
}

describe('a batch', () => {
  test('is handed over in pieces, in order', async () => {
    const { delivery, calls } = deliveryTo(new Set());
    expect(await delivery.deliver(0, [1, 2, 3].map((mark) => update('a', mark)))).toEqual({ ok: true });
    expect(calls).toEqual([[1, 2], [3]]);
  });

  test('that is refused is refused as a whole, again and again', async () => {
    const { delivery } = deliveryTo(new Set(['*']));
    for (let n = 1; n <= 5; n++) {
      expect(await delivery.deliver(0, [update('a', 1), update('b', 2)])).toEqual({ ok: false, cause: 'no' });
      expect(delivery.refusals(0)).toBe(n);
    }
    expect([delivery.leftToSender, delivery.refusals(1)]).toEqual([0, 0]);
  });

  test('of one folder alone is never given up: the store may be what refuses', async () => {
    const { delivery } = deliveryTo(new Set(['a']));
    for (let n = 0; n < 6; n++) expect(await delivery.deliver(0, [update('a', 1)])).toMatchObject({ ok: false });
    expect(delivery.leftToSender).toBe(0);
  });

  test('after some refusals is taken apart: the folder that alone is refused is left to its sender', async () => {
    const { delivery, calls } = deliveryTo(new Set(['b']));
    const batch = [update('a', 1), update('b', 2), update('a', 3)];
    expect(await delivery.deliver(0, batch)).toMatchObject({ ok: false });
    expect(await delivery.deliver(0, batch)).toMatchObject({ ok: false });
    expect(await delivery.deliver(0, batch)).toEqual({ ok: true });
    expect(calls.slice(-2)).toEqual([[1, 3], [2]]);
    expect([delivery.leftToSender, delivery.refusals(0)]).toEqual([1, 0]);
  });
});

describe('a folder that was left to its sender', () => {
  async function leftBehind(refusing: Set<string>) {
    const made = deliveryTo(refusing);
    for (let n = 0; n < 3; n++) await made.delivery.deliver(0, [update('a', 1), update('b', 2)]);
    made.calls.length = 0;
    return made;
  }

  test('is handed over by itself, after the others, and holds them up no more', async () => {
    const { delivery, calls } = await leftBehind(new Set(['b']));
    expect(await delivery.deliver(0, [update('b', 3), update('a', 4)])).toEqual({ ok: true });
    expect([calls, delivery.leftToSender]).toEqual([[[4], [3]], 2]);
  });

  test('is one like the others once it is taken', async () => {
    const refusing = new Set(['b']);
    const { delivery, calls } = await leftBehind(refusing);
    refusing.clear();
    await delivery.deliver(0, [update('b', 3), update('a', 4)]);
    await delivery.deliver(0, [update('b', 5), update('a', 6)]);
    expect(calls).toEqual([[4], [3], [5, 6]]);
  });

  test('is one like the others after a while', async () => {
    const { delivery, calls, pass } = await leftBehind(new Set(['b']));
    pass(limits.apartForMs);
    expect(await delivery.deliver(0, [update('b', 3), update('a', 4)])).toMatchObject({ ok: false });
    expect(calls).toEqual([[3, 4]]);
  });
});
