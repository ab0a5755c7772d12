/** Where others write the same store: whether the copy in memory is still what the store holds. Those who ask while it is looked are answered together by the next look. */
import type { FolderId } from '@lienthong/folder';
import type { OpenFolder } from './open-folder.ts';
import { maxRowsPerQuery } from './ports/folder-store.ts';
import type { FolderStanding, FolderStore } from './ports/folder-store.ts';

type Asking = { readonly id: FolderId; readonly answer: (standing: FolderStanding | undefined) => void; readonly fail: (cause: unknown) => void };

export class CopyCheck {
  readonly #store: FolderStore;
  readonly #asking: Asking[] = [];
  #looking = false;

  constructor(store: FolderStore) {
    this.#store = store;
  }

  /** False: another instance has written it since it was read here. By a look that begins after the call. */
  async isCurrent<S>({ id, version, incarnation }: OpenFolder<S>): Promise<boolean> {
    const found = await new Promise<FolderStanding | undefined>((answer, fail) => {
      this.#asking.push({ id, answer, fail });
      // What is asked in this turn is asked together.
      if (this.#asking.length === 1) queueMicrotask(() => this.#look());
    });
    return (found?.version ?? 0) === version && (found?.incarnation ?? '') === incarnation;
  }

  #look(): void {
    if (this.#looking || this.#asking.length === 0) return;
    const asked = this.#asking.splice(0, maxRowsPerQuery);
    this.#looking = true;
    void this.#answer(asked).finally(() => { this.#looking = false; this.#look(); });
  }

  async #answer(asked: readonly Asking[]): Promise<void> {
    try {
      const found = await this.#store.standings([...new Set(asked.map(({ id }) => id))]);
      for (const { id, answer } of asked) answer(found.get(id));
    } catch (cause) {
      for (const { fail } of asked) fail(cause);
    }
  }
}
