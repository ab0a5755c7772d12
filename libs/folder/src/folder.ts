/** One copy of a folder in memory, and the questions that can be put to it. */
import { refKey } from './entry-ref.ts';
import { seldom } from './seldom.ts';
import type { Seldom } from './seldom.ts';
import type { AuthorId, Entry, EntryRef, FolderId, Fork, Hash, Head, Item, ItemId, NoEffect } from './types.ts';

/** A period in which one author held an item. The n-th tenure (from 1) of an item is its term n. */
export type Tenure<B = unknown> = {
  readonly holder: AuthorId;
  /** The entry that created the item or handed it on. */
  readonly since: Entry<B>;
  /** The succession by which the holder took it over from the holder before; null when `since` names the holder. */
  readonly via: Entry<B> | null;
};

/** An item with its tenures. Changed in place by the fold. */
export type ItemState<B = unknown> = {
  readonly id: ItemId;
  holder: AuthorId;
  term: number;
  ended: boolean;
  readonly createdBy: EntryRef;
  last: EntryRef;
  readonly tenures: Tenure<B>[];
  endedBy: Entry<B> | null;
};

/** One author's chain. Where a log is forked: the branch that a succession chose, else the branch whose first own entry has the smaller hash. */
export type Log<B = unknown> = {
  /** Entry `seq` stands at index `seq - 1`. The last one is signed. */
  entries: Entry<B>[];
  /** Union of `seen` over the entries. */
  seen: Seldom<AuthorId, Head>;
  /** How many successions the log begins with. */
  opening: number;
  /** First `seq` with two entries; 0 when there is none. */
  forkedAt: number;
};

/** The succession that counts for one predecessor. */
export type Succession<B = unknown> = {
  readonly entry: Entry<B>;
  readonly head: Head | null;
  /** True once its entry was folded: from then on the successor holds what the predecessor held. */
  folded: boolean;
};

export type Folder<B = unknown> = {
  readonly id: FolderId;
  readonly logs: Map<AuthorId, Log<B>>;
  /** Entries not folded yet: a gap before them, no signature over them, or something that they had seen is not held. At most `maxBufferedEntries`. */
  buffered: Entry<B>[];
  /** Evidence, ordered by author, seq and hash; `one` has the smaller hash. */
  forks: Fork<B>[];
  readonly items: Map<ItemId, Item & ItemState<B>>;
  /** `<author>/<seq>` of entries in `logs` that have no effect. */
  effects: Seldom<string, NoEffect>;
  /** All entries held, those of branches outside `logs` too; causes before consequences. */
  readonly order: Entry<B>[];
  /** Of forked logs: held entries that are not in `logs`. */
  branches: Seldom<AuthorId, Map<Hash, Entry<B>>>;
  /** By predecessor. */
  successions: Seldom<AuthorId, Succession<B>>;
  /** Whether a certificate allows the succession entry with this hash, as far as known. */
  permitted: Seldom<Hash, { readonly entry: Entry<B>; readonly allowed: boolean }>;
  /** The origin that counts. */
  origin: Entry<B> | null;
  /** The latest `recordedAt` held; milliseconds since the epoch. */
  recordedAt: number;
};

/** Entries kept in memory that cannot be folded yet, per folder. Beyond it the newest are dropped: they come again when copies are compared. */
export const maxBufferedEntries = 1024;

/** A copy that holds nothing. */
export function emptyFolder<B = unknown>(id: FolderId): Folder<B> {
  return {
    id, logs: new Map(), buffered: [], forks: [], items: new Map(), effects: seldom(), order: [], branches: seldom(), successions: seldom(), permitted: seldom(),
    origin: null, recordedAt: 0,
  };
}

/** The held entry (author, seq) with this hash, on whatever branch. */
export function heldEntry<B>(folder: Folder<B>, author: AuthorId, seq: number, hash: Hash): Entry<B> | undefined {
  const found = folder.logs.get(author)?.entries[seq - 1];
  if (found !== undefined && found.hash === hash) return found;
  const other = folder.branches.get(author)?.get(hash);
  return other !== undefined && other.seq === seq ? other : undefined;
}

/** True when this very entry is held, with all that it hangs on. */
export function holds<B>(folder: Folder<B>, author: AuthorId, head: Head): boolean {
  return heldEntry(folder, author, head.seq, head.hash) !== undefined;
}

/** True when the entry stands in its author's log; false for one on a branch that does not count. */
export function inLog<B>(folder: Folder<B>, entry: Entry<B>): boolean {
  return folder.branches.size === 0 || folder.logs.get(entry.author)?.entries[entry.seq - 1]?.hash === entry.hash;
}

/** True when `ancestor`, which is held, is the entry at `head`, which is held too, or one before it on the same branch. */
export function isUnder<B>(folder: Folder<B>, ancestor: Entry<B>, head: Head): boolean {
  if (head.seq < ancestor.seq) return false;
  if (!folder.branches.has(ancestor.author)) return true;
  let entry = heldEntry(folder, ancestor.author, head.seq, head.hash);
  while (entry !== undefined && entry.seq > ancestor.seq) entry = heldEntry(folder, entry.author, entry.seq - 1, entry.prev);
  return entry !== undefined && entry.hash === ancestor.hash;
}

/** The entry in the author's log; undefined when it is not held. */
export function entryAt<B>(folder: Folder<B>, ref: EntryRef): Entry<B> | undefined {
  return folder.logs.get(ref.author)?.entries[ref.seq - 1];
}

/** Whether the entry in the author's log has effect, or why not; undefined when it is not held. */
export function effectOf<B>(folder: Folder<B>, ref: EntryRef): 'effective' | NoEffect | undefined {
  if (entryAt(folder, ref) === undefined) return undefined;
  return folder.effects.size === 0 ? 'effective' : folder.effects.get(refKey(ref)) ?? 'effective';
}

/** Entries that have effect, causes before consequences. */
export function* effective<B>(folder: Folder<B>): Iterable<Entry<B>> {
  for (const entry of folder.order) {
    if (inLog(folder, entry) && (folder.effects.size === 0 || !folder.effects.has(refKey(entry)))) yield entry;
  }
}

/** True when `author` holds the item and it has not ended. */
export function canWrite<B>(folder: Folder<B>, author: AuthorId, item: ItemId): boolean {
  const found = folder.items.get(item);
  return found !== undefined && found.holder === author && !found.ended;
}
