/** What streams of changes share: cursors that say from where on, and a word now and then that nothing has changed. */
import { HubError } from '@lienthong/kernel';
import { dayOfInstant, instantOfDay } from '@lienthong/law';
import type { Instant } from '@lienthong/law';
import type { Host } from './host.ts';

/** A watcher hears at least this often that it is up to date. */
export const quietMs = 30_000;

/** Cursor of a watcher: incarnation of the store and its commit. */
export function cursorAt(host: Host, commit: number): string {
  return `${host.participant.context().author}@${commit}`;
}

/** Throws CURSOR_UNKNOWN where the cursor is none of this store, or the store was put back behind it: what is written then would not come behind it. */
export async function commitOfCursor({ participant }: Host, cursor: string): Promise<number> {
  const [author, commit] = cursor.split('@');
  if (author !== participant.context().author || !/^\d{1,15}$/.test(commit ?? '') || !await participant.hasReached(Number(commit))) throw new HubError('CURSOR_UNKNOWN', { cursor }, { field: 'cursor' });
  return Number(commit);
}

/** How long nothing may come before a word is due: a day that begins after `lookedAt` is one, for what lasts until a day ends with it. */
function quietFor(now: Instant, lookedAt: Instant, wake: Instant | null): number {
  return Math.max(0, Math.min(quietMs, instantOfDay(dayOfInstant(lookedAt) + 1, 0) - now, wake === null ? quietMs : wake - now));
}

/** Says 'quiet' whenever nothing has come for `quietMs`, when a day begins, and at the time that `wake` gives; null: at none. */
export async function* withQuiet<T>(source: AsyncIterable<T>, host: Host, wake: () => Instant | null = () => null): AsyncIterable<T | 'quiet'> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next(), lookedAt = host.world.now();
  try {
    for (;;) {
      let cancel = (): void => {};
      const quiet = new Promise<'quiet'>((resolve) => { cancel = host.world.later(quietFor(host.world.now(), lookedAt, wake()), () => resolve('quiet')); });
      const came = await Promise.race([next, quiet]).finally(() => cancel());
      lookedAt = host.world.now();
      if (came === 'quiet') { yield came; continue; }
      if (came.done === true) return;
      yield came.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}
