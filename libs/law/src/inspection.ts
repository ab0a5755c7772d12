/** What must stand in a register by what a dossier says, and what becomes of a decision that does not: a store that was lost may have taken it along. */
import { sameRef } from './dossier.ts';
import type { Dossier, Leg } from './dossier.ts';
import { mine } from './context.ts';
import type { LawContext } from './context.ts';
import { unapplied } from './closing.ts';
import type { Bodies, Draft, EntryRef } from './types.ts';

/** What a leg's register must show, and what it must not: decisions and amendments whose change stands in it, and decisions whose change was put back. */
export type InRegister = { readonly decided: EntryRef | null; readonly amended: readonly EntryRef[]; readonly putBack: readonly EntryRef[] };

export function inRegister(dossier: Dossier, leg: Leg): InRegister {
  const decided = leg.status === 'complete' && leg.applied !== null && leg.completion !== null && !unapplied(leg) ? leg.completion.ref : null;
  const told = dossier.entries.filter(({ item }) => item === leg.id);
  const amended = told.flatMap(({ kind, body }) => (kind === 'amendment-applied' ? [(body as Bodies['amendment-applied']).amended] : []));
  const putBack = told.flatMap(({ kind, body }) => (kind === 'register-reversed' ? [(body as Bodies['register-reversed']).decision] : []));
  return { decided, amended: decided === null ? [] : amended.filter((one) => leg.completion!.amendments.some(({ ref }) => sameRef(ref, one))), putBack };
}

/** Legs held here by which a register was changed. */
export function legsInRegister(dossier: Dossier, context: LawContext): readonly Leg[] {
  return [...dossier.legs.values()].filter((leg) => leg.plan.register !== undefined && mine(dossier, context, leg));
}

export function changesRegister(dossier: Dossier, context: LawContext): boolean {
  return legsInRegister(dossier, context).some((leg) => {
    const { decided, putBack } = inRegister(dossier, leg);
    return decided !== null || putBack.length > 0;
  });
}

/** A decision that stands nowhere, or in a part of its records, goes back to its desk; none of a dossier that closes or is closed does, whose results are handed out: a person sees to it. */
export function takenBackAsLost(dossier: Dossier, leg: Leg, decision: EntryRef, stands: 'nothing' | 'a part', reason: string): readonly Draft[] {
  if (dossier.root === null || dossier.root.closing !== null || leg.amending !== null) return [];
  const revoked: Draft = { item: leg.id, kind: 'completion-revoked', body: { round: leg.round, reason }, cites: [decision] };
  return stands === 'a part' ? [revoked] : [revoked, { item: leg.id, kind: 'register-reversed', body: { decision }, cites: [decision] }];
}
