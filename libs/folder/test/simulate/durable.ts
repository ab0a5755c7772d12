/** What survives a crash: the store, and beside it what is kept outside the store. */
import type { AuthorId, Entry, FolderId, Seal, Seals } from '../../src/index.ts';
import { noSeals } from '../../src/index.ts';
import type { Shown } from './messages.ts';

/** The store of one service. Replaced as a whole by a restore. */
export type Store = {
  incarnation: AuthorId;
  /** Counts durable writes; goes back with a restore. */
  commit: number;
  folders: Map<FolderId, readonly Entry<string>[]>;
  seals: Seals;
  /** Highest mark seen of each incarnation. */
  marks: Map<AuthorId, number>;
  /** Seals received for the present incarnation, with what was shown. */
  received: readonly { readonly seal: Seal; readonly shown: readonly Shown[] }[];
};

/** Kept beside the keys. */
export type Outside = { readonly generations: AuthorId[]; mark: { incarnation: AuthorId; commit: number } };

/** Told to the operator: own entries of `author` beyond `afterCommit`, and the very ones named, may have lost their effect. */
export type AtRisk = { readonly author: AuthorId; readonly afterCommit: number; readonly named: Set<string> };

export function emptyStore(incarnation: AuthorId): Store {
  return { incarnation, commit: 0, folders: new Map(), seals: noSeals, marks: new Map(), received: [] };
}

/** A backup. Entries and records are never changed in place. */
export function copyStore(store: Store): Store {
  return { ...store, folders: new Map(store.folders), marks: new Map(store.marks) };
}
