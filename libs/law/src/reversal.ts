/** A change that stands in a register although its decision was taken back: it is put back, or a person sees to it. It is never left. */
import { sameRef } from './dossier.ts';
import type { Leg } from './dossier.ts';
import type { EntryRef } from './types.ts';

/** The decision whose change stands in the register and no longer stands itself; null: none. A leg that decides or has decided anew writes over it by that. */
export function standsWrongly(leg: Leg): EntryRef | null {
  return leg.status === 'complete' || leg.status === 'deciding' ? null : leg.applied;
}

/** What the register owes now: to see whether the change can be put back and keep its records for that, then to do it. Null: nothing, or a person's turn. */
export function reversalOwed(leg: Leg): 'reserve' | 'apply' | null {
  const decision = standsWrongly(leg);
  if (decision === null) return null;
  const { reversal } = leg;
  if (reversal === null || !sameRef(reversal.decision, decision)) return 'reserve';
  return reversal.state === 'asked' ? 'reserve' : reversal.state === 'decided' ? 'apply' : null;
}

/** The register could not put it back: somebody has built on it. */
export function reversalRefused(leg: Leg): boolean {
  const decision = standsWrongly(leg);
  return decision !== null && leg.reversal?.state === 'refused' && sameRef(leg.reversal.decision, decision);
}
