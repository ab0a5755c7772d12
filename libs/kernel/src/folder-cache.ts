/** Open folders of one service, the least recently used dropped first. Held folders (under their lock) are in use and may be dropped too: they are read again. */
import type { FolderId } from '@lienthong/folder';
import type { HubError } from './errors.ts';
import type { OpenFolder } from './open-folder.ts';

/** Folders remembered as set aside; of more, the oldest are tried again. */
const maxSetAside = 10_000;

export class FolderCache<S> {
  readonly #max: number;
  readonly #open = new Map<FolderId, OpenFolder<S>>();
  /** Folders on which the law of this version failed, until the process ends. */
  readonly #aside = new Map<FolderId, HubError>();

  /** `max`: folders kept. */
  constructor(max: number) {
    this.#max = max;
  }

  get size(): number { return this.#open.size; }

  /** The folder if it is open. */
  peek(id: FolderId): OpenFolder<S> | undefined { return this.#open.get(id); }

  get(id: FolderId): OpenFolder<S> | undefined {
    const found = this.#open.get(id);
    if (found === undefined) return undefined;
    this.#open.delete(id);
    this.#open.set(id, found);
    return found;
  }

  put(open: OpenFolder<S>): void {
    this.#open.set(open.id, open);
    for (const id of this.#open.keys()) {
      if (this.#open.size <= this.#max) return;
      this.#open.delete(id);
    }
  }

  drop(id: FolderId): void { this.#open.delete(id); }
  clear(): void { this.#open.clear(); }

  /** Why a folder was set aside. */
  trouble(id: FolderId): HubError | undefined { return this.#aside.get(id); }
  setAside(id: FolderId, error: HubError): void {
    this.#aside.set(id, error);
    for (const oldest of this.#aside.keys()) {
      if (this.#aside.size <= maxSetAside) return;
      this.#aside.delete(oldest);
    }
  }

  /** The law may have been mended, or what it stumbled on has changed: it is tried again. */
  takeBack(id: FolderId): void {
    this.#aside.delete(id);
    this.#open.delete(id);
  }

  get setAsideFolders(): ReadonlyMap<FolderId, HubError> { return this.#aside; }
}
