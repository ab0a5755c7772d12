/** What lies in a service's database: one head, a document per folder, and what is too large or too private for it beside. */
import type { Binary } from 'mongodb';
import type { AuthorId, FolderId } from '@lienthong/folder';
import type { Commit } from '@lienthong/kernel/ports/folder-store';

/**
 * The one document that orders all writes of a store. It is only ever replaced whole, where `seq` and `nonce` are those that were read: so whoever
 * changes it has seen everything before, and a database that was dropped or put back is noticed at the next write.
 */
export type HeadDocument = {
  readonly _id: 'head';
  /** One more with each change. */
  readonly seq: number;
  /** Chance, new with each change: two pasts with one `seq` are told apart. */
  readonly nonce: string;
  /** The last commit number given out. */
  readonly end: Commit;
  /** The incarnation that may append; null: none set yet. */
  readonly owner: AuthorId | null;
  /** Writes that got numbers and were not yet known to have ended when this was written, oldest first. */
  readonly flights: readonly Flight[];
};

/** Writes that one instance was about to make. Each ends by landing, by finding that somebody else was first, or by being fenced off. */
export type Flight = {
  readonly seq: number;
  /** Commit numbers from `from` to `to` are theirs. */
  readonly from: Commit;
  readonly to: Commit;
  /** The instance, and its clock when it began: how long others wait for it, never what they conclude. */
  readonly by: string;
  readonly at: number;
  readonly items: readonly FlightItem[];
};

/** While the folder's document is still at `version` and `fence` (absent: both 0), the write may yet land. */
export type FlightItem = {
  readonly id: FolderId;
  readonly version: number;
  readonly fence: number;
  /** The number that the folder bears when this has landed. */
  readonly commit: Commit;
  /** Documents were to be written beside it: to be tidied when it has ended. */
  readonly beside: boolean;
};

/** A segment that lies beside the folder, written under commit `w` as number `at`. */
export type SegmentRef = { readonly w: Commit; readonly at: number };

export type FolderDocument = {
  readonly _id: FolderId;
  /** As the port counts; 0: nothing has landed yet, only a fence stands here. */
  readonly version: number;
  /** How often a write was fenced off; changes nothing else. */
  readonly fence: number;
  readonly commit: Commit;
  readonly incarnation: AuthorId;
  readonly segments: readonly (Binary | SegmentRef)[];
  /** Number of segments. */
  readonly count: number;
  /** Bytes of the segments that lie in this document. */
  readonly inline: number;
  readonly aux: Binary;
  readonly wakeAt: number | null;
  readonly unsettled: boolean;
  /** `indexKey` of each field and value. */
  readonly index: readonly string[];
  /** The last commits that landed here, oldest first: whether a write whose answer was lost has landed. */
  readonly recent: readonly Commit[];
  /** Commits of landed writes that brought asides, oldest first. */
  readonly asides: readonly Commit[];
};

/** Written before the folder's own write, and without meaning unless that lands. */
export type BesideDocument = {
  readonly _id: string;
  readonly f: FolderId;
  /** The commit under which it was written. */
  readonly w: Commit;
  /** Name of an aside; null: a segment. */
  readonly n: string | null;
  /** null: the aside was removed. */
  readonly b: Binary | null;
};

/**
 * How many of a folder's last commits it remembers: as many writes may land there while one waits to hear what became of its own. A folder that
 * remembers fewer has forgotten none, so this may be lowered for folders that exist, never raised.
 */
export const recentCommits = 8;

export const indexKey = (field: string, value: string): string => `${field}\u0000${value}`;
export const segmentKey = (id: FolderId, { w, at }: SegmentRef): string => `${id}/${w}/s${at}`;
export const asideKey = (id: FolderId, w: Commit, at: number): string => `${id}/${w}/a${at}`;

/** Of the asides that lie beside a folder those that count, by name, what was removed among them: the newest that landed. `asides`: of the folder. */
export function newestLanded(documents: readonly BesideDocument[], asides: readonly Commit[] = []): ReadonlyMap<string, BesideDocument> {
  const landed = new Set(asides), newest = new Map<string, BesideDocument>();
  for (const one of documents) if (one.n !== null && landed.has(one.w) && one.w > (newest.get(one.n)?.w ?? 0)) newest.set(one.n, one);
  return newest;
}
