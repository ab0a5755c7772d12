/** Folders that changed, by an index value: level-triggered, resumable by commit. */
import type { FolderId } from '@lienthong/folder';
import type { Commit, FolderStore, IndexFields } from './ports/folder-store.ts';

export type Change = { readonly id: FolderId; readonly commit: Commit };

/** `news`: what was written since the last look, in order; null: not followed, the store must be asked. */
type Watcher = { readonly field: string; readonly value: string; news: Map<FolderId, Commit> | null; ended: boolean; wake: (() => void) | null };

export class ChangeWatch {
  readonly #store: FolderStore;
  readonly #page: number;
  readonly #ignored: FolderId;
  readonly #sharedStore: boolean;
  readonly #watchers = new Set<Watcher>();
  #closed = false;

  /** `page`: changes in one look. `ignored`: a record of the kernel's own. `sharedStore`: others write it too, so that only the store knows. */
  constructor(store: FolderStore, page: number, ignored: FolderId, sharedStore: boolean) {
    this.#store = store;
    this.#page = page;
    this.#ignored = ignored;
    this.#sharedStore = sharedStore;
  }

  get watchers(): number { return this.#watchers.size; }

  /** Called after each durable write, in the order of commits, with the fields as they stand. */
  notify(index: IndexFields, id: FolderId, commit: Commit): void {
    for (const watcher of this.#watchers) {
      if (watcher.field === '' || index[watcher.field]?.includes(watcher.value)) this.#tell(watcher, id, commit);
    }
  }

  #tell(watcher: Watcher, id: FolderId, commit: Commit): void {
    const { news } = watcher;
    if (news !== null) {
      news.delete(id);
      if (this.#sharedStore || news.size >= this.#page) watcher.news = null;
      else news.set(id, commit);
    }
    wake(watcher);
  }

  /** Ends all watches. */
  close(): void {
    this.#closed = true;
    for (const watcher of this.#watchers) end(watcher);
  }

  /**
   * Folders with `value` under `field` (both '': all) that were written after `cursor`, then those written from now on. A folder that changes often may come
   * once for several changes; the last change always comes. Says 'current' once, when all that was written after `cursor` has been told. Ends with the signal
   * or when the service stops.
   */
  async *watch(field: string, value: string, cursor: Commit, signal: AbortSignal): AsyncGenerator<Change | 'current'> {
    const watcher: Watcher = { field, value, news: null, ended: false, wake: null };
    const abort = (): void => end(watcher);
    this.#watchers.add(watcher);
    signal.addEventListener('abort', abort);
    try {
      let at = cursor;
      let shown = 0;
      let isCurrent = false;
      while (!signal.aborted && !this.#closed) {
        const asked = watcher.news === null;
        const { rows, more } = await this.#look(watcher, at);
        for (const row of rows) {
          if (signal.aborted) return;
          // What the store showed already is told again when its write comes back.
          if (row.commit <= shown) continue;
          at = Math.max(at, row.commit);
          if (row.id !== this.#ignored) yield row;
        }
        if (asked) shown = at;
        if (more) continue;
        if (!isCurrent) yield 'current';
        isCurrent = true;
        await changed(watcher);
      }
    } finally {
      this.#watchers.delete(watcher);
      signal.removeEventListener('abort', abort);
    }
  }

  /** What was written after `at`: as it was told, or, where it was not followed, as the store says. */
  async #look(watcher: Watcher, at: Commit): Promise<{ readonly rows: readonly Change[]; readonly more: boolean }> {
    const { news, field, value } = watcher;
    watcher.news = new Map();
    if (news !== null) return { rows: Array.from(news, ([id, commit]) => ({ id, commit })), more: false };
    const rows = await this.#store.changedSince(at, this.#page, field === '' ? undefined : { field, value });
    const more = rows.length === this.#page;
    if (more) watcher.news = null;
    return { rows, more };
  }
}

function wake(watcher: Watcher): void {
  watcher.wake?.();
  watcher.wake = null;
}

function end(watcher: Watcher): void {
  watcher.ended = true;
  wake(watcher);
}

async function changed(watcher: Watcher): Promise<void> {
  if (watcher.ended || watcher.news === null || watcher.news.size > 0) return;
  await new Promise<void>((done) => { watcher.wake = done; });
}
