/** Open folders of one service; of too many, those go first that nobody has asked for lately. Held folders (under their lock) are in use and may be dropped too: they are read again. */
import { Generations } from '@lienthong/folder';
import type { AuthorId, FolderId, Heads } from '@lienthong/folder';
import type { HubError } from './errors.ts';
import type { OpenFolder } from './open-folder.ts';
import type { ServiceName } from './rules.ts';

/**
 * What is remembered of a folder that has left memory before everybody had acknowledged it. `heads`: all that is held of it; null where only the folder itself tells
 * who must still hear what. `others`: services that keep a copy.
 */
export type LeftFolder = Pick<OpenFolder<unknown>, 'id' | 'version'> & { readonly acked: Map<AuthorId, Heads>; readonly heads: Heads | null; readonly others: readonly ServiceName[] };

/** Folders remembered as set aside; of more, the oldest are tried again. */
const maxSetAside = 10_000;

/** Dropped folders of which acknowledgements are remembered; of more, the oldest are asked for again by the sweep. */
const maxLeft = 10_000;

export class FolderCache<S> {
  readonly #open: Generations<FolderId, OpenFolder<S>>;
  /** Folders on which the law of this version failed, until the process ends. */
  readonly #aside = new Map<FolderId, HubError>();
  /** Acknowledgements ride the next write: of a folder that is dropped before it comes they would be forgotten, and with many folders again and again. */
  readonly #left = new Generations<FolderId, LeftFolder>(maxLeft);

  /** `max`: folders kept. */
  constructor(max: number) {
    this.#open = new Generations(max, { gone: (open) => this.#forget(open) });
  }

  get size(): number { return this.#open.size; }
  /** Entries that wait, in memory, for those that they hang on. */
  get heldBack(): number { return this.#open.values().reduce((sum, { folder }) => sum + folder.buffered.length, 0); }

  /** The folder if it is open. */
  peek(id: FolderId): OpenFolder<S> | undefined { return this.#open.get(id); }

  /** Likewise; it stays longer. */
  get(id: FolderId): OpenFolder<S> | undefined { return this.#open.use(id); }

  put(open: OpenFolder<S>): void { this.#open.set(open.id, open); }

  drop(id: FolderId): void {
    const open = this.#open.delete(id);
    if (open !== undefined) this.#forget(open);
  }

  #forget(open: OpenFolder<S>): void {
    if (!open.unsettled) return;
    const { id, version, aux: { acked }, others, durableHeads } = open;
    const isTold = others !== null && open.pending === null && open.trouble === null && open.folder.branches.size === 0;
    if (isTold || acked.size > 0) this.#left.set(id, { id, version, acked, heads: isTold ? durableHeads : null, others: others ?? [] });
  }

  /** Of a folder that is not open. */
  left(id: FolderId): LeftFolder | undefined { return this.#left.get(id); }

  /** Likewise; told once, to whoever opens it again. */
  takeLeft(id: FolderId): LeftFolder | undefined { return this.#left.delete(id); }

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
