/** When a leg, a charge, a dossier is over. */
import { sameRef } from './dossier.ts';
import type { Charge, Dossier, Leg } from './dossier.ts';
import { awaitsConfirmation } from './originals.ts';
import { collectionUnderWay } from './collection.ts';
import { endingReason, resultsToReturn, skipped, stale } from './itinerary.ts';
import type { EndingReason } from './itinerary.ts';
import { standsWrongly } from './reversal.ts';
import type { Bodies } from './types.ts';

/** A leg that asks nothing more of anybody. One that was revoked must be redone or stopped, unless the whole dossier ends; what it took back does not stand in a register. */
export function ended(leg: Leg, dossier: Dossier): boolean {
  if (standsWrongly(leg) !== null) return false;
  if (leg.status === 'revoked') return endingReason(dossier) !== null;
  return leg.status === 'complete' || leg.status === 'refused' || leg.status === 'stopped' || skipped(dossier, leg);
}

/** A decided change of a register that does not stand in it yet. */
export function unapplied(leg: Leg): boolean {
  const { completion } = leg;
  if (leg.plan.register === undefined || completion === null || completion.verdict !== 'done' || leg.status !== 'complete') return false;
  return leg.applied === null || !sameRef(leg.applied, completion.ref);
}

/** The register is behind what was decided: with the decision, or with an amendment of a result. */
export function registerBehind(leg: Leg): boolean {
  return unapplied(leg) || leg.amending !== null;
}

/** Closing was answered for this round: no other is raised, unless the leg has gone stale, or what it took back is wanted after all, for the reason to end has turned. */
export function settled(dossier: Dossier, leg: Leg): boolean {
  return leg.settledRound === leg.round && !stale(dossier, leg) && ended(leg, dossier);
}

/**
 * The reason to end once it cannot turn any more: before that no money moves. A withdrawal may come too late, and a refusal may go stale or be taken back until every leg has
 * settled; what intake wrote (stopped, withdrawn) it wrote after every leg had answered.
 */
export function finalEnding(dossier: Dossier): EndingReason | null {
  const { root } = dossier;
  if (root === null) return null;
  if (root.stopped !== null) return 'stopped';
  if (root.withdrawalOutcome === 'withdrawn') return 'withdrawn';
  return root.closing !== null && allSettled(dossier) ? endingReason(dossier) : null;
}

const allSettled = (dossier: Dossier): boolean => dossier.legs.values().every((leg) => settled(dossier, leg));

/** A fee for the result was paid, and no result was ever handed out. Only when the dossier ends does it stay so. */
export function paidForNothing(dossier: Dossier, charge: Charge): boolean {
  return charge.status === 'paid' && charge.plan.blocks === dossier.root?.id && dossier.root.returned.length === 0;
}

/** Why it was not owed any more when it was paid; undefined: it was, or is not paid. */
function endedBefore(dossier: Dossier, charge: Charge): string | undefined {
  const entry = charge.status === 'paid' ? dossier.entries.find(({ item, kind }) => item === charge.id && (kind === 'charge-cancelled' || kind === 'charge-exempted')) : undefined;
  return entry === undefined ? undefined : (entry.body as Bodies['charge-cancelled'] | Bodies['charge-exempted']).ground;
}

/** Paid after it had been cancelled or exempted. */
export const paidInVain = (dossier: Dossier, charge: Charge): boolean => endedBefore(dossier, charge) !== undefined;

/** On what ground the law itself gives back what `owesRefund` says. */
export const refundGround = (dossier: Dossier, charge: Charge): string => endedBefore(dossier, charge) ?? finalEnding(dossier) ?? 'withdrawn';

/** What was paid for a request that was not decided is paid back, where the law lets it be; a refusal is a decision. What was not owed when it was paid goes back however the dossier ends. */
export function owesRefund(dossier: Dossier, charge: Charge): boolean {
  const ending = finalEnding(dossier);
  if (paidForNothing(dossier, charge)) return ending !== null;
  if ((ending !== null || dossier.root?.closing != null) && paidInVain(dossier, charge)) return true;
  return charge.status === 'paid' && charge.plan.refundable && ending !== null && ending !== 'refused';
}

/** Closing may be asked: all legs have ended, nobody waits for an answer, what was to be returned is returned. */
export function readyToClose(dossier: Dossier): boolean {
  const { root } = dossier;
  if (root === null || root.closing !== null) return false;
  if (root.withdrawal !== null && root.withdrawalOutcome === null) return false;
  for (const leg of dossier.legs.values()) if (!ended(leg, dossier) || stale(dossier, leg) || registerBehind(leg)) return false;
  for (const one of dossier.charges.values()) if (collectionUnderWay(dossier, one)) return false;
  return answered(dossier) && handedOut(dossier);
}

/** Every leg settled at its current round, every request, charge and consignment ended, what was delivered to an office seen by it, every result with the citizen. */
export function closable(dossier: Dossier): boolean {
  const { root } = dossier;
  if (root === null || root.closing === null || root.closed !== null) return false;
  if (!allSettled(dossier)) return false;
  for (const one of dossier.charges.values()) if (one.status === 'open' || owesRefund(dossier, one) || collectionUnderWay(dossier, one)) return false;
  for (const one of dossier.consignments.values()) if (one.ended === null || awaitsConfirmation(dossier, one)) return false;
  return answered(dossier) && handedOut(dossier);
}

function answered(dossier: Dossier): boolean {
  for (const one of dossier.requests.values()) if (one.ended === null) return false;
  return true;
}

/** Who withdrew wants no result; every other result that stands is returned, also where a later leg refused. */
function handedOut(dossier: Dossier): boolean {
  return endingReason(dossier) === 'withdrawn' || resultsToReturn(dossier).length === 0;
}
