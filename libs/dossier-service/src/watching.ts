/** What streams of changes share: cursors that say from where on, and a word now and then that nothing has changed. */
import { HubError } from '@lienthong/kernel';
import type { Host } from './host.ts';

/** A watcher hears at least this often that it is up to date. */
export const quietMs = 30_000;

/** Cursor of a watcher: incarnation of the store and its commit. */
export function cursorAt(host: Host, commit: number): string {
  return `${host.participant.context().author}@${commit}`;
}

/** Throws CURSOR_UNKNOWN where the cursor is none of this store. */
export function commitOfCursor(host: Host, cursor: string): number {
  const [author, commit] = cursor.split('@');
  if (author !== host.participant.context().author || !/^\d+$/.test(commit ?? '')) throw new HubError('CURSOR_UNKNOWN', { cursor }, { field: 'cursor' });
  return Number(commit);
}

/** Says 'quiet' whenever nothing has come for `quietMs`. */
export async function* withQuiet<T>(source: AsyncIterable<T>, host: Host): AsyncIterable<T | 'quiet'> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      let cancel = (): void => {};
      const quiet = new Promise<'quiet'>((resolve) => { cancel = host.world.later(quietMs, () => resolve('quiet')); });
      const came = await Promise.race([next, quiet]).finally(() => cancel());
      if (came === 'quiet') { yield came; continue; }
      if (came.done === true) return;
      yield came.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}
