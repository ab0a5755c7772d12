/** Folders that changed, by an index value: level-triggered, resumable by commit. */
import type { FolderId } from '@lienthong/folder';
import type { Commit, FolderStore, IndexFields } from './ports/folder-store.ts';

export type Change = { readonly id: FolderId; readonly commit: Commit };

type Watcher = { readonly field: string; readonly value: string; changed: boolean; wake: (() => void) | null };

export class ChangeWatch {
  readonly #store: FolderStore;
  readonly #page: number;
  readonly #ignored: FolderId;
  readonly #watchers = new Set<Watcher>();
  #closed = false;

  /** `ignored`: a record of the kernel's own. */
  constructor(store: FolderStore, page: number, ignored: FolderId) {
    this.#store = store;
    this.#page = page;
    this.#ignored = ignored;
  }

  get watchers(): number { return this.#watchers.size; }

  /** Called after each durable write with the fields as they stand. */
  notify(index: IndexFields): void {
    for (const watcher of this.#watchers) {
      if (watcher.field === '' || index[watcher.field]?.includes(watcher.value)) mark(watcher);
    }
  }

  /** Ends all watches. */
  close(): void {
    this.#closed = true;
    for (const watcher of this.#watchers) mark(watcher);
  }

  /**
   * Folders with `value` under `field` (both '': all) that were written after `cursor`, then those written from now on. A folder that changes often may come
   * once for several changes; the last change always comes. Ends with the signal or when the service stops.
   */
  async *watch(field: string, value: string, cursor: Commit, signal: AbortSignal): AsyncGenerator<Change> {
    const watcher: Watcher = { field, value, changed: true, wake: null };
    const abort = (): void => mark(watcher);
    this.#watchers.add(watcher);
    signal.addEventListener('abort', abort);
    try {
      let at = cursor;
      while (!signal.aborted && !this.#closed) {
        watcher.changed = false;
        const rows = await this.#store.changedSince(at, this.#page, field === '' ? undefined : { field, value });
        for (const row of rows) {
          if (signal.aborted) return;
          at = row.commit;
          if (row.id !== this.#ignored) yield row;
        }
        if (rows.length < this.#page) await changed(watcher, () => signal.aborted || this.#closed);
      }
    } finally {
      this.#watchers.delete(watcher);
      signal.removeEventListener('abort', abort);
    }
  }
}

function mark(watcher: Watcher): void {
  watcher.changed = true;
  watcher.wake?.();
  watcher.wake = null;
}

async function changed(watcher: Watcher, ended: () => boolean): Promise<void> {
  if (watcher.changed || ended()) return;
  await new Promise<void>((wake) => { watcher.wake = wake; });
}
