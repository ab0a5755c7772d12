/** Where a service keeps its copies of folders and its registers. One folder, one record, one atomic write. */
import type { AuthorId, FolderId } from '@lienthong/folder';

/** Counter of a service's store: rises with each durable write; the high-water mark and the cursor of watchers. */
export type Commit = number;

/** A part kept beside the entries: personal data with its salt, or register parameters. Opaque here. */
export type Aside = { readonly name: string; readonly bytes: Uint8Array | null };

export type StoredFolder = {
  readonly id: FolderId;
  /** 1 for the first write, then one more with each. */
  readonly version: number;
  readonly commit: Commit;
  /** The incarnation that wrote last. */
  readonly incarnation: AuthorId;
  /** Segments in the order in which they were appended. Never rewritten. */
  readonly segments: readonly Uint8Array[];
  /** Small record replaced by each write that brings one: acknowledged heads, claims. At most `maxAuxBytes`. */
  readonly aux: Uint8Array;
  readonly wakeAt: number | null;
  /** True while some destination has not acknowledged all. */
  readonly unsettled: boolean;
};

/** Fields by which folders are found, e.g. `{ code: ['…'], desk: ['office-1', 'office-2'] }`. Replaced as a whole by each write that brings one. */
export type IndexFields = Readonly<Record<string, readonly string[]>>;

export type Append = {
  readonly id: FolderId;
  /** 0: the folder must not exist yet (this is the uniqueness of a submission). */
  readonly expectedVersion: number;
  readonly incarnation: AuthorId;
  /** Entries as bytes; absent when only `aux` or flags change. */
  readonly segment?: Uint8Array;
  readonly aux?: Uint8Array;
  readonly index?: IndexFields;
  readonly asides?: readonly Aside[];
  readonly wakeAt: number | null;
  readonly unsettled: boolean;
};

/** A conflict is a value: somebody else wrote first. */
export type Appended = { readonly ok: true; readonly version: number; readonly commit: Commit } | { readonly ok: false; readonly conflict: 'version' | 'incarnation' };

export type FolderVersion = { readonly id: FolderId; readonly version: number };

/** Both the same as before: the folder is what it was. After a loss a version comes again, but under another incarnation. */
export type FolderStanding = Pick<StoredFolder, 'version' | 'incarnation'>;

export type FolderStore = {
  load(id: FolderId): Promise<StoredFolder | undefined>;
  /** How folders stand, without what they hold; those that are not there are left out. At most `maxRowsPerQuery`. */
  standings(ids: readonly FolderId[]): Promise<ReadonlyMap<FolderId, FolderStanding>>;
  /** Durable when it answers (disk flush included). What waits is committed together. Order of calls for one id is kept. */
  append(change: Append): Promise<Appended>;
  /** Asides by name; missing ones are left out. */
  asides(id: FolderId, names: readonly string[]): Promise<readonly Aside[]>;
  /**
   * Ids whose index has `value` under `field`, at most `limit`, in the order of the store: by id, or as they came. `after`: from behind this folder on, whether or not it
   * is listed; behind one that the store does not have nothing is left out.
   */
  find(field: string, value: string, limit: number, after?: FolderId): Promise<readonly FolderId[]>;
  /** Ids with `wakeAt <= now`, earliest first. */
  due(now: number, limit: number): Promise<readonly { id: FolderId; wakeAt: number }[]>;
  /** Ids with `unsettled`, likewise. */
  unsettled(limit: number, after?: FolderId): Promise<readonly FolderId[]>;
  /**
   * Clears `unsettled` of folders whose version is still the one named; others are passed over. Changes neither version nor commit. Durable when it answers.
   * At most `maxRowsPerQuery`.
   */
  settle(folders: readonly FolderVersion[]): Promise<void>;
  /** Folders whose last write is later than `commit`, in order of commit, each once with its last commit; optionally only those with `value` under `field`. */
  changedSince(commit: Commit, limit: number, where?: { field: string; value: string }): Promise<readonly { id: FolderId; commit: Commit }[]>;
  /** The last durable commit. 0 for an empty store. */
  lastCommit(): Promise<Commit>;
  /** Whether all that was asked is durable; then no more is accepted. */
  close(): Promise<void>;
};

export const maxAuxBytes = 64 * 1024;
/** A segment holds what one message can bring (4 MiB), with room for another framing. */
export const maxSegmentBytes = 8 * 1024 * 1024;
export const maxAsideBytes = 1024 * 1024;
export const maxAsidesPerAppend = 1024;
export const maxIndexValues = 1024;
export const maxIndexTextCharacters = 512;
/** No query answers more rows than this at once. */
export const maxRowsPerQuery = 10_000;

/** A store that knows whose it is. */
export type OwnedStore = FolderStore & {
  /** The incarnation whose appends are taken. Undefined: none set yet; then all are taken. */
  incarnation(): Promise<AuthorId | undefined>;
  /**
   * Durable when it answers; from then on appends of any other incarnation are a conflict. Appends asked for earlier are decided before.
   * In a store that is behind its mark (`isBehind`) all appends are conflicts until a new incarnation is set; the old ones are refused with STORE_BEHIND.
   */
  setIncarnation(author: AuthorId): Promise<void>;
};

/** Why a store cannot be used; `remedy` tells whoever runs it what to do, in Vietnamese and English. */
export type StoreFault =
  | 'STORE_DAMAGED'   // the file is not what was written: truncated, overwritten, another format
  | 'STORE_NEWER'     // written by a newer version of the hub
  | 'STORE_BUSY'      // another process has it open
  | 'STORE_FAILED'    // the disk refused a write: full, read-only, broken
  | 'STORE_UNREACHABLE' // the server of a networked store did not answer in time: whether a write happened is unknown
  | 'STORE_OVERLOADED' // more is waiting than is ever answered in time; nothing was written
  | 'STORE_BEHIND'    // older than its mark: the incarnation asked for may not go on, take a new one
  | 'STORE_CLOSED';   // asked after close

export class StoreError extends Error {
  readonly code: StoreFault;
  readonly file: string;
  readonly remedy: { readonly vi: string; readonly en: string };
  constructor(code: StoreFault, file: string, remedy: { readonly vi: string; readonly en: string }, cause?: unknown) {
    super(`${code} ${file}: ${remedy.en}`, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.file = file;
    this.remedy = remedy;
  }
}

/** Throws a RangeError naming the limit: the writer cuts before it asks, so more than a limit is a broken invariant. */
export function assertWithinLimits(change: Append): void {
  if (change.wakeAt !== null && !Number.isSafeInteger(change.wakeAt)) throw new RangeError(`folder ${change.id}: wakeAt is whole milliseconds, not ${change.wakeAt}`);
  if (change.aux) atMost(change, 'aux bytes', change.aux.byteLength, maxAuxBytes);
  if (change.segment) atMost(change, 'segment bytes', change.segment.byteLength, maxSegmentBytes);
  if (change.asides) atMost(change, 'asides', change.asides.length, maxAsidesPerAppend);
  for (const aside of change.asides ?? []) if (aside.bytes) atMost(change, 'aside bytes', aside.bytes.byteLength, maxAsideBytes);
  let values = 0;
  for (const field in change.index) {
    for (const text of change.index[field] ?? []) atMost(change, 'characters of an index value', text.length, maxIndexTextCharacters);
    atMost(change, 'index values', values += change.index[field]?.length ?? 0, maxIndexValues);
  }
}

function atMost({ id }: Append, what: string, size: number, limit: number): void {
  if (size > limit) throw new RangeError(`folder ${id}: ${size} ${what}, at most ${limit}`);
}
