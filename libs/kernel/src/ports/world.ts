/** All that a service takes from outside its stores: time, chance, keys. Injected, so that a simulator can be the world. */
import type { AuthorId, Hash, MaySucceed, Proof, Verify } from '@lienthong/folder';
import type { CrashPoint } from './crash-points.ts';
import type { Commit } from './folder-store.ts';

export type World = {
  /** Milliseconds since the epoch, whole. */
  now(): number;
  /** `n` bytes nobody can guess; 1 ≤ n ≤ 65,536. */
  randomBytes(n: number): Uint8Array;
  /** SHA-256, 64 lowercase hex characters. */
  hash(bytes: Uint8Array): Hash;
  /** Signs with the key of `author`. Throws when this process does not hold that key. */
  sign(author: AuthorId, hash: Hash): Proof;
  /** Likewise, for whoever can wait until the end of a busy turn: one signature covers what the author has signed so in it. Alone, it is that of `sign`. Rejects where `sign` throws. */
  signTogether(author: AuthorId, hash: Hash): Promise<Proof>;
  verify: Verify;
  maySucceed: MaySucceed;
  /** Runs once after at least `ms` milliseconds; the answer cancels it. */
  later(ms: number, run: () => void): () => void;
  /** Of tests: where this process may be made to die. */
  readonly crashPoint?: CrashPoint;
};

/** Keys and certificates of the services, kept outside their stores. */
export type Keys = Pick<World, 'sign' | 'signTogether' | 'verify' | 'maySucceed'> & {
  /** The present incarnation of a service; the first is made when there is none. Durable when it answers. */
  incarnationOf(service: string): AuthorId;
  /** A new incarnation with a new key, and a certificate that names the present one as its predecessor. Durable when it answers. */
  newIncarnation(service: string): AuthorId;
  /** Whether a certificate of this incarnation is known here: nobody can prove to be another. */
  knows(author: AuthorId): boolean;
  /** The incarnations that came before, newest first. */
  predecessorsOf(author: AuthorId): readonly AuthorId[];
};

/** How far the store of one incarnation had come when it last answered anybody. Kept outside the store, beside the keys. */
export type Mark = {
  readonly incarnation: AuthorId; readonly commit: Commit;
  /** The highest commit that an incarnation before it had marked; absent: none. A store that is lost twice takes with it what it had noted of the first loss. */
  readonly before?: Commit;
};

/** Order of every write: commit durable, then mark raised, then the answer. */
export type HighWaterMark = {
  /** Undefined: never raised. */
  read(): Mark | undefined;
  /** Durable when it returns; as `raisedMark` says. */
  raise(mark: Mark): void;
};

/** What is kept when `next` is raised over `kept`. */
export function raisedMark(kept: Mark | undefined, next: Mark): Mark {
  if (kept === undefined) return next;
  if (kept.incarnation === next.incarnation) return kept.commit >= next.commit ? kept : { ...kept, commit: next.commit };
  return { ...next, before: Math.max(kept.commit, kept.before ?? 0, next.before ?? 0) };
}

/** How far a store is known to have come under any incarnation; 0: nothing is known. */
export function furthest(mark: Mark | undefined): Commit { return Math.max(mark?.commit ?? 0, mark?.before ?? 0); }

/**
 * Whether a store is older than what it has already told others: it was restored from a backup, or lost.
 * Its incarnation may then write nothing more. A store that nobody has marked is not behind.
 */
export function isBehind(store: { readonly incarnation: AuthorId | undefined; readonly commit: Commit }, mark: Mark | undefined): boolean {
  if (mark === undefined) return false;
  return store.incarnation !== mark.incarnation || store.commit < mark.commit;
}
