/**
 * The vocabulary of a folder: logs of immutable entries that only grow, and items that move from holder to holder.
 * No domain word, no clock, no hash function lives here; what an entry says (`kind`, `body`) is opaque.
 */

/** Lowercase hex of the injected hash function over an entry's bytes (64 characters for SHA-256). */
export type Hash = string;

/** Id of a folder: `hash(stable client id, request id)`, lowercase hex. */
export type FolderId = string;

/** An incarnation: `<service>~<16 lowercase hex>`; the writer of one log per folder. */
export type AuthorId = string;

/** Derived, never written: `<author>/<seq>/<n>`, the n-th item created by entry (author, seq); n counts from 0. */
export type ItemId = string;

/** Names one entry of a folder. */
export type EntryRef = { readonly author: AuthorId; readonly seq: number };

/** The last entry of a log that somebody holds: its sequence number and its hash. */
export type Head = { readonly seq: number; readonly hash: Hash };

/** A version vector. An absent author means "nothing of it". */
export type Heads = Readonly<Record<AuthorId, Head>>;

/** Who signed, and what: a signature over `hash` covers the author's chain up to and including this entry. */
export type Proof = {
  readonly keyId: string;
  readonly signature: Uint8Array;
  /** The way from the entry's hash to the root of a tree, where the signature is over that root and covers others, too. Absent: it is over the hash itself. */
  readonly path?: Uint8Array;
};

/** The claim of a successor: which branch of the predecessor's log counts. `head` null: nothing of it in this folder. */
export type Succeeds = { readonly predecessor: AuthorId; readonly head: Head | null };

/** One immutable fact, as its author wrote it. */
export type Entry<B = unknown> = {
  readonly folder: FolderId;
  readonly author: AuthorId;
  /** 1, 2, 3 … per folder and author. */
  readonly seq: number;
  /** Hash of the author's previous entry; '' for seq 1. */
  readonly prev: Hash;
  /** Heads of other logs that moved since this author's previous entry. The union over the log is the version vector. */
  readonly seen: Heads;
  /** The item it acts on; '' for an origin (the first entry of a folder) and for a succession. */
  readonly item: ItemId;
  /** Fencing token of `item`; the entry has effect only if its author holds that term. 0 when `item` is ''. */
  readonly term: number;
  /** Holders of the items this entry creates, in order; each starts at term 1. */
  readonly creates: readonly AuthorId[];
  /** The next holder of `item`, whose term is `term + 1`; '' when the item stays. */
  readonly handsTo: AuthorId;
  /** True when the item ends with this entry. Later entries on it are kept without effect. */
  readonly ends: boolean;
  /** Entries that this one answers or is based on. */
  readonly cites: readonly EntryRef[];
  readonly succeeds: Succeeds | null;
  /** Released kinds never change meaning. */
  readonly kind: string;
  readonly body: B;
  /** Milliseconds since the epoch at the author's clock, monotone over `seen`. */
  readonly recordedAt: number;
  /** Milliseconds since the epoch; the time that counts in law. */
  readonly effectiveAt: number;
  /** The bytes as the author wrote them: stored, hashed, signed, forwarded as they are. */
  readonly bytes: Uint8Array;
  readonly hash: Hash;
  /** Present on the last entry of each write; what travels ends on a signed entry. */
  readonly proof: Proof | null;
};

/** Why an entry that is in the folder has no effect. */
export type NoEffect =
  | 'outdated-term'     // its term is not the item's current term
  | 'not-holder'        // its author does not hold the item
  | 'unknown-item'      // the item does not exist (its creation had no effect)
  | 'item-ended'        // the item ended before
  | 'rival-origin'      // another origin counts
  | 'voided'            // beyond the head that a succession chose
  | 'beyond-fork'       // at or after the first of two entries with one (author, seq), until a branch is chosen
  | 'bad-succession';   // the author may not succeed, or the chosen branch is not held

/** Where an item stands after the entries folded so far. */
export type Item = {
  readonly id: ItemId;
  readonly holder: AuthorId;
  readonly term: number;
  readonly ended: boolean;
  readonly createdBy: EntryRef;
  /** The last entry that had effect on it. */
  readonly last: EntryRef;
};

/** Two entries of one author with one seq: both are kept as evidence. */
export type Fork<B = unknown> = { readonly author: AuthorId; readonly seq: number; readonly one: Entry<B>; readonly other: Entry<B> };

/** Checks a proof. Injected; true when the key that `proof.keyId` names belongs to `author` and signed `hash`. */
export type Verify = (author: AuthorId, hash: Hash, proof: Proof) => boolean;

/** True when `successor` is named by a certificate as the successor of `predecessor`. Injected. */
export type MaySucceed = (successor: AuthorId, predecessor: AuthorId) => boolean;

/** Why bytes were not taken into a folder; the sender's bytes are at fault, not their effect. */
export type Rejection = { readonly author: AuthorId; readonly seq: number; readonly reason: 'wrong-folder' | 'bad-seq' | 'bad-proof' | 'sealed' };
