/** Which folder has a value that no other can have, such as a code: most look-ups ask for what was written a moment ago, and need no store then. */
import { Generations } from '@lienthong/folder';
import type { FolderId } from '@lienthong/folder';
import type { FolderCache } from './folder-cache.ts';
import type { IndexFields } from './ports/folder-store.ts';

/** Values remembered of each field; of more, the oldest are looked up in the store. */
const maxValues = 20_000;
const none: readonly string[] = [];

export class UniqueValues<S> {
  readonly #open: FolderCache<S>;
  readonly #folders: ReadonlyMap<string, Generations<string, FolderId>>;

  /** `fields`: of which no two folders have the same value. */
  constructor(fields: readonly string[], open: FolderCache<S>) {
    this.#folders = new Map(fields.map((field) => [field, new Generations<string, FolderId>(maxValues)]));
    this.#open = open;
  }

  /** Called with each index that became durable. */
  note(index: IndexFields, id: FolderId): void {
    for (const [field, folders] of this.#folders) for (const value of index[field] ?? none) folders.set(value, id);
  }

  /** The folder, while it is open here and its index still says so. Undefined: the store knows. */
  find(field: string, value: string): FolderId | undefined {
    const id = this.#folders.get(field)?.get(value);
    return id !== undefined && this.#open.peek(id)?.index[field]?.includes(value) ? id : undefined;
  }
}
