/** Sealing: before a successor writes anything, every registered store has durably stopped taking entries of its predecessors. */
import type { AuthorId, Head } from './types.ts';

/**
 * The authors of which one store takes nothing more in folders that do not hold their succession, each with the incarnation of the store that sealed it.
 * To be kept durably, for the whole store.
 */
export type Seals = ReadonlyMap<AuthorId, AuthorId>;

export const noSeals: Seals = new Map();

/** What a store tells a successor: it counts only for the incarnation that gives it, and lists all authors that its store has sealed. */
export type Seal = { readonly giver: AuthorId; readonly sealed: readonly AuthorId[] };

/** Which successor waits for its predecessors to be sealed; newest predecessor first. */
export type PendingSuccession = { readonly successor: AuthorId; readonly predecessors: readonly AuthorId[] };

/**
 * The record once `giver`, the present incarnation of the store, has sealed `author`; durable before anything is shown of the author.
 * A successor seals its predecessors in its own store, too, before it asks others.
 */
export function seal(seals: Seals, author: AuthorId, giver: AuthorId): Seals {
  return seals.has(author) ? seals : new Map(seals).set(author, giver);
}

/**
 * The record once a seal of another store was received: what it lists is sealed here, too, durably before the seal counts.
 * For this store may have forgotten seals that an earlier incarnation of it gave, and others rely on them.
 */
export function adoptSeals(seals: Seals, received: Seal, giver: AuthorId): Seals {
  return received.sealed.reduce((all, author) => (author === giver ? all : seal(all, author, giver)), seals);
}

/** True when the store takes nothing of `author` in folders that do not hold the author's succession. */
export function isSealed(seals: Seals, author: AuthorId): boolean {
  return seals.has(author);
}

/** What `giver`, the present incarnation of the store, tells others. */
export function sealOf(seals: Seals, giver: AuthorId): Seal {
  return { giver, sealed: [...seals.keys()] };
}

/** True when the successor may write: the present incarnation of every registered service (its own aside) has sealed all predecessors. */
export function mayAct(succession: PendingSuccession, registered: readonly AuthorId[], received: readonly Seal[]): boolean {
  return waitsFor(succession, registered, received).length === 0;
}

/** The registered incarnations whose seal is still missing. A seal that an earlier incarnation gave does not count: its store may have been rewound behind it. */
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
