/** Open folders of one service; of too many, those go first that nobody has asked for since they were last passed over (nearly the least recently used, without moving each at each use). Held folders (under their lock) are in use and may be dropped too: they are read again. */
import type { AuthorId, FolderId, Heads } from '@lienthong/folder';
import type { HubError } from './errors.ts';
import type { OpenFolder } from './open-folder.ts';

/** Folders remembered as set aside; of more, the oldest are tried again. */
const maxSetAside = 10_000;

/** Dropped folders of which acknowledgements are remembered; of more, the oldest are asked for again by the sweep. */
const maxHeard = 10_000;

/** `used`: since it was opened or passed over. */
type Kept<S> = { readonly open: OpenFolder<S>; used: boolean };

export class FolderCache<S> {
  readonly #max: number;
  readonly #open = new Map<FolderId, Kept<S>>();
  /** Folders on which the law of this version failed, until the process ends. */
  readonly #aside = new Map<FolderId, HubError>();
  /** Acknowledgements ride the next write: of a folder that is dropped before it comes they would be forgotten, and with many folders again and again. */
  readonly #heard = new Map<FolderId, ReadonlyMap<AuthorId, Heads>>();

  /** `max`: folders kept. */
  constructor(max: number) {
    this.#max = max;
  }

  get size(): number { return this.#open.size; }

  /** The folder if it is open. */
  peek(id: FolderId): OpenFolder<S> | undefined { return this.#open.get(id)?.open; }

  get(id: FolderId): OpenFolder<S> | undefined {
    const found = this.#open.get(id);
    if (found === undefined) return undefined;
    found.used = true;
    return found.open;
  }

  put(open: OpenFolder<S>): void {
    this.#open.set(open.id, { open, used: true });
    // Whoever is passed over is so once, and comes last then.
    for (const [id, kept] of this.#open) {
      if (this.#open.size <= this.#max) return;
      if (kept.used) this.#passOver(id, kept);
      else this.drop(id);
    }
  }

  #passOver(id: FolderId, kept: Kept<S>): void {
    kept.used = false;
    this.#open.delete(id);
    this.#open.set(id, kept);
  }

  drop(id: FolderId): void {
    const open = this.peek(id);
    this.#open.delete(id);
    if (open === undefined || !open.unsettled || open.aux.acked.size === 0) return;
    this.#heard.delete(id);
    this.#heard.set(id, open.aux.acked);
    for (const oldest of this.#heard.keys()) {
      if (this.#heard.size <= maxHeard) return;
      this.#heard.delete(oldest);
    }
  }

  /** What had been acknowledged of a folder when it was dropped; told once, to whoever opens it again. */
  heard(id: FolderId): ReadonlyMap<AuthorId, Heads> | undefined {
    const heard = this.#heard.get(id);
    this.#heard.delete(id);
    return heard;
  }

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
    this.drop(id);
  }

  get setAsideFolders(): ReadonlyMap<FolderId, HubError> { return this.#aside; }
}
