/** What is under way to one destination: when it is sent again. */
import { expect, test } from 'vitest';
import { limitsOf } from '../src/options.ts';
import { Outbox } from '../src/outbox.ts';
import type { FolderUpdate } from '../src/wire/folder-update.ts';

const limits = limitsOf({ resendAfterMs: 1_000, maxResendAfterMs: 1_000 });

/** An outbox at a time that the test sets. */
function outboxAt(clock: { now: number }, withLimits = limits): { readonly box: Outbox; readonly sent: FolderUpdate[] } {
  const sent: FolderUpdate[] = [];
  const world = { now: () => clock.now, later: () => () => {} } as never;
  const bus = { publish: async (_to: string, batch: readonly FolderUpdate[]) => { sent.push(...batch); }, subscribe: () => Promise.reject(new Error('not here')) };
  return { box: new Outbox('beta', { bus, world, limits: withLimits, commit: () => 0, failed: () => {} }), sent };
}

const update = (wantsReply: boolean): FolderUpdate => ({ folder: 'f', sender: 'alpha~1', heads: {}, entries: [], wantsReply, mark: 0 });

// every 900 ms something leaves for the same folder, which asks for an answer or not → whether what was sent first is sent again after 1,000 ms
test.each([
  ['answers to the other', false, ['f']],
  ['the same once more', true, []],
] as const)('while %s leave, what was not acknowledged is overdue: %j', async (_what, wantsReply, overdue) => {
  const clock = { now: 0 }, { box, sent } = outboxAt(clock);
  box.expect('f', {}, false);
  for (clock.now = 900; clock.now < 1_900; clock.now += 900) {
    box.offer({ folder: 'f', again: false, answer: true, make: () => update(wantsReply) }, 'now');
    await box.drained();
  }
  clock.now = 1_850;
  expect([sent.length, box.overdue(clock.now, 10)]).toEqual([2, overdue]);
});

test('copies wait for each other, up to so many: with the last all of them leave, and the next begin to wait', async () => {
  const { box, sent } = outboxAt({ now: 0 }, limitsOf({ maxWaitingCopies: 3 }));
  const offer = async (folder: string): Promise<string[]> => {
    box.offer({ folder, again: false, answer: true, make: () => ({ ...update(false), folder }) }, 'later');
    await new Promise(setImmediate);
    return sent.map((one) => one.folder);
  };
  expect([await offer('a'), await offer('b'), await offer('b')]).toEqual([[], [], []]);
  expect(await offer('c')).toEqual(['a', 'b', 'c']);
  expect([await offer('d'), await offer('e')]).toEqual([['a', 'b', 'c'], ['a', 'b', 'c']]);
  expect([await offer('f'), box.waiting]).toEqual([['a', 'b', 'c', 'd', 'e', 'f'], 0]);
});

// how long forty acknowledgements took, in milliseconds → for how long the next is waited for, at most 30,000
test.each([
  ['at once', 0, 1_000],
  ['faster than the least wait', 200, 1_000],
  ['slower', 2_000, 8_000],
  ['far slower', 20_000, 30_000],
  ['by a clock that was put back', -5_000, 1_000],
  ['by a clock that was put forward', 86_400_000, 30_000],
] as const)('acknowledgements that come %s: what comes next is overdue after a while that fits', (_what, tookMs, patienceMs) => {
  const clock = { now: 1_000_000 }, { box } = outboxAt(clock, limitsOf({ resendAfterMs: 1_000, maxResendAfterMs: 30_000 }));
  for (let n = 0; n < 40; n++) {
    box.expect(`f${n}`, {}, false);
    clock.now += tookMs;
    box.settle(`f${n}`);
  }
  const from = clock.now;
  box.expect('next', {}, false);
  const overdueAfter = (ms: number): boolean => box.overdue(from + ms, 10).length > 0;
  expect([overdueAfter(Math.floor(patienceMs * 0.9)), overdueAfter(Math.ceil(patienceMs * 1.01))]).toEqual([false, true]);
});

test('what is sent again waits twice as long each time, and counts from when it was sent first', () => {
  const clock = { now: 0 }, { box } = outboxAt(clock, limitsOf({ resendAfterMs: 1_000, maxResendAfterMs: 60_000 }));
  box.expect('f', {}, false);
  for (const at of [1_000, 3_000, 7_000]) {
    expect([box.overdue(at - 1, 10), box.overdue(at, 10)]).toEqual([[], ['f']]);
    clock.now = at;
    box.expect('f', {}, true);
  }
  clock.now = 8_000;
  box.settle('f');
  box.expect('next', {}, false);
  // An eighth of 8,000 ms is the usual now; four times that is waited.
  expect([box.overdue(8_000 + 3_999, 10), box.overdue(8_000 + 4_000, 10)]).toEqual([[], ['next']]);
});
