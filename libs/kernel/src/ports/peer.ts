/** Calls between services about copies of folders. Nothing here has a request id: repeating any call changes nothing. */
import type { AuthorId, FolderId, Head, Heads, ItemId } from '@lienthong/folder';
import type { ServiceName } from '@lienthong/law';
import type { SealedEntry } from '../wire/folder-update.ts';
import type { Aside, Commit } from './folder-store.ts';

/** Who calls, and how far its store has come (0: empty). */
export type Hello = { readonly author: AuthorId; readonly mark: Commit };
export type HelloAnswer = {
  readonly author: AuthorId;
  readonly mark: Commit;
  /** The highest mark of the caller's service that was durably seen here, and of which incarnation; undefined: none. */
  readonly seen: { readonly author: AuthorId; readonly commit: Commit } | undefined;
  /** Clock of the answerer, milliseconds since the epoch. */
  readonly now: number;
};

export type FolderHeads = { readonly folder: FolderId; readonly heads: Heads };
export type HeadsAnswer = { readonly author: AuthorId; readonly folders: readonly FolderHeads[] };

/** `mark` and `partial`: as in an update. */
export type Pulled = { readonly author: AuthorId; readonly heads: Heads; readonly entries: readonly SealedEntry[]; readonly mark: Commit; readonly partial?: true };

/** What is held of a sealed author in one folder; more than one head when its log is forked. */
export type Shown = { readonly folder: FolderId; readonly heads: readonly Head[] };
export type SealAnswer = {
  /** Who gives the seal; it counts only for this incarnation. */
  readonly author: AuthorId;
  /** All authors that the giver has sealed. */
  readonly sealed: readonly AuthorId[];
  readonly shown: readonly Shown[];
  /** '' after the last page. */
  readonly next: string;
  /** Highest mark of the sealed author that was durably seen; 0: none. */
  readonly mark: Commit;
};

/** One other service. Every call has a deadline and rejects with a HubError when it is not met. */
export type Peer = {
  hello(hello: Hello, deadlineMs: number): Promise<HelloAnswer>;
  /** Heads as durable when asked; an unknown folder has none. At most 1,000 folders; of several some may be left out, to be asked about again. */
  heads(from: AuthorId, folders: readonly FolderId[], deadlineMs: number): Promise<HeadsAnswer>;
  /** What lies beyond `have`. */
  pull(from: AuthorId, folder: FolderId, have: Heads, deadlineMs: number): Promise<Pulled>;
  /** Parts kept beside the entries, for an item that the caller holds or is to hold; unknown ones are left out. */
  pullAsides(from: AuthorId, folder: FolderId, item: ItemId, names: readonly string[], deadlineMs: number): Promise<readonly Aside[]>;
  /** Shows what is held of `author`; showing is sealing. `page`: '' for the first. */
  seal(from: AuthorId, author: AuthorId, page: string, deadlineMs: number): Promise<SealAnswer>;
};

/** How a service reaches the others. */
export type Peers = {
  /** Throws UNKNOWN_SERVICE for one that is not registered. */
  to(service: ServiceName): Peer;
};

/** What a service offers to the others; the transport has checked who calls. */
export type PeerService = {
  hello(hello: Hello): Promise<HelloAnswer>;
  heads(from: AuthorId, folders: readonly FolderId[]): Promise<HeadsAnswer>;
  pull(from: AuthorId, folder: FolderId, have: Heads): Promise<Pulled>;
  pullAsides(from: AuthorId, folder: FolderId, item: ItemId, names: readonly string[]): Promise<readonly Aside[]>;
  seal(from: AuthorId, author: AuthorId, page: string): Promise<SealAnswer>;
};
