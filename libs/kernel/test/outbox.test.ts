/** What is under way to one destination: when it is sent again. */
import { expect, test } from 'vitest';
import { limitsOf } from '../src/options.ts';
import { Outbox } from '../src/outbox.ts';
import type { FolderUpdate } from '../src/wire/folder-update.ts';

const limits = limitsOf({ resendAfterMs: 1_000, maxResendAfterMs: 1_000 });

/** An outbox at a time that the test sets. */
function outboxAt(clock: { now: number }): { readonly box: Outbox; readonly sent: FolderUpdate[] } {
  const sent: FolderUpdate[] = [];
  const world = { now: () => clock.now, later: () => () => {} } as never;
  const bus = { publish: async (_to: string, batch: readonly FolderUpdate[]) => { sent.push(...batch); }, subscribe: () => Promise.reject(new Error('not here')) };
  return { box: new Outbox('beta', { bus, world, limits, commit: () => 0, failed: () => {} }), sent };
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
