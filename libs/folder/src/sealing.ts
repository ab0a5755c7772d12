/** Sealing: before a successor writes anything, every registered store has durably stopped taking entries of its predecessors. */
import type { AuthorId, Head } from './types.ts';

/** What one store has durably sealed: each sealed author with the incarnation of the store that gave the seal. */
export type Seals = ReadonlyMap<AuthorId, AuthorId>;

export const noSeals: Seals = new Map();

/** What a store tells whoever asks: it counts only for the incarnation that gives it, and lists all authors that it has sealed. */
export type Seal = { readonly giver: AuthorId; readonly sealed: readonly AuthorId[] };

/** Which successor waits for which predecessors, newest first. */
export type PendingSuccession = { readonly successor: AuthorId; readonly predecessors: readonly AuthorId[] };

/** The record after `giver` has sealed `predecessor`; to be made durable before anything is shown. Sealing again, also by a later incarnation, is harmless. */
export function seal(seals: Seals, predecessor: AuthorId, giver: AuthorId): Seals {
  return seals.get(predecessor) === giver ? seals : new Map(seals).set(predecessor, giver);
}

/** True when the store takes nothing of `author` until it holds the author's succession. */
export function isSealed(seals: Seals, author: AuthorId): boolean {
  return seals.has(author);
}

/** What `giver` may tell about its record: only what this very incarnation has sealed. */
export function sealOf(seals: Seals, giver: AuthorId): Seal {
  const sealed: AuthorId[] = [];
  for (const [author, by] of seals) if (by === giver) sealed.push(author);
  return { giver, sealed };
}

/**
 * True when the successor may write: the present incarnation of every registered service (its own aside) has sealed all predecessors.
 * A seal of an incarnation that has itself been replaced since does not count, for its store may have lost it.
 */
export function mayAct(succession: PendingSuccession, registered: readonly AuthorId[], received: readonly Seal[]): boolean {
  return waitsFor(succession, registered, received).length === 0;
}

/** The registered incarnations whose seal is still missing. */
export function waitsFor(succession: PendingSuccession, registered: readonly AuthorId[], received: readonly Seal[]): readonly AuthorId[] {
  return registered.filter((giver) => {
    if (giver === succession.successor) return false;
    const sealed = new Set(received.filter((one) => one.giver === giver).flatMap((one) => one.sealed));
    return !succession.predecessors.every((predecessor) => sealed.has(predecessor));
  });
}

/** The longest head that was shown of a predecessor's log in one folder; of two as long, the one with the smaller hash. Null: nothing was shown. */
export function chooseHead(shown: readonly Head[]): Head | null {
  return shown.reduce<Head | null>((best, head) => (best === null || head.seq > best.seq || (head.seq === best.seq && head.hash < best.hash) ? head : best), null);
}
