/** The life of a dossier replayed: who had something to do, between one moment at which something changed and the next. */
import type { Instant, ItemId, OfficeId } from './types.ts';
import type { Dossier, Leg, Root } from './dossier.ts';
import { handOf } from './hand-of.ts';
import { blockingCharges, blockingRequests, endingReason, ready, resultsToReturn, returnBlockedBy, skipped, stale, suspended } from './itinerary.ts';
import { moments } from './moments.ts';
import { papersOf } from './papers-of-legs.ts';
import { heldUp } from './suspensions.ts';
import type { SuspensionCause } from './suspensions.ts';

export type LegAt = { readonly leg: ItemId; readonly name: string; readonly office: OfficeId };
export type Phase = {
  readonly from: Instant; readonly to: Instant;
  /** Another system had the dossier; what it did there is not known leg by leg. */
  readonly earlier: boolean;
  /** Legs that somebody works on; legs that stand still, and why; legs on their way to an office. */
  readonly working: readonly LegAt[]; readonly paused: readonly (LegAt & { readonly cause: SuspensionCause })[]; readonly moving: readonly LegAt[];
  /** The result is there, and what is owed for it is not paid. */
  readonly unpaid: boolean;
  /** The post has something on its way, the result or an original: the dossier is not closed before it has come. */
  readonly carried: boolean;
  /** Legs whose office waits for originals, and who is to bring them: the post, or whoever has them. */
  readonly awaiting: readonly (LegAt & { readonly from: 'post' | 'holder' })[];
  /** Where the result is returned. */
  readonly returnOffice: OfficeId;
};

/** From the receipt until it closed, or until `now`; no gap and no overlap. */
export function phases(dossier: Dossier, now: Instant): Phase[] {
  const end = dossier.root?.closed?.at ?? now, found: Phase[] = [];
  for (const { from, until, standing } of moments(dossier)) {
    const to = Math.min(until ?? end, end);
    if (to > from && standing.root !== null) found.push(...sinceBrought({ from, to, earlier: false, ...whoHasIt(standing) }, standing.root));
  }
  return found;
}

/** Until a dossier was brought here, nobody here had it. */
function sinceBrought(phase: Phase, { body, recordedAt }: Root): Phase[] {
  if (body.earlier === undefined || phase.from >= recordedAt) return [phase];
  const before: Phase = { ...phase, to: Math.min(phase.to, recordedAt), earlier: true, working: [], paused: [], moving: [], awaiting: [], unpaid: false, carried: false };
  return phase.to > recordedAt ? [before, { ...phase, from: recordedAt }] : [before];
}

function whoHasIt(dossier: Dossier): Omit<Phase, 'from' | 'to' | 'earlier'> {
  const coming = officesAwaited(dossier), awaiting: Phase['awaiting'][number][] = [];
  const working: LegAt[] = [], later: LegAt[] = [], paused: (LegAt & { cause: SuspensionCause })[] = [], moving: LegAt[] = [];
  for (const leg of dossier.legs.values()) {
    const at = { leg: leg.id, name: leg.plan.name, office: leg.office }, from = leg.status === 'open' ? awaitedFrom(dossier, leg, coming) : null;
    if (stale(dossier, leg)) (ready(dossier, leg) ? working : later).push(at);
    else if (leg.status === 'revoked' && endingReason(dossier) === null) working.push(at);
    else if ((suspended(dossier, leg) && (leg.status === 'open' || leg.status === 'addressed')) || heldUp(dossier, leg)) paused.push({ ...at, cause: causeOf(dossier, leg) });
    else if (from !== null) awaiting.push({ ...at, from });
    else if (leg.status === 'open' || leg.status === 'deciding') working.push(at);
    else if (leg.status === 'addressed' && !skipped(dossier, leg) && (leg.plan.task === true || ready(dossier, leg))) moving.push(at);
  }
  const due = resultsToReturn(dossier).length > 0;
  const carried = [...dossier.consignments.values()].some((one) => one.ended === null);
  // What changed before it is not done yet: until it is, nothing can be said of it, unless nobody else moves.
  const isTheirTurn = working.length + moving.length + awaiting.length === 0 && paused.every((one) => one.cause === 'redo');
  return { working: isTheirTurn ? later : working, paused, moving, awaiting, unpaid: due && returnBlockedBy(dossier).length > 0, carried, returnOffice: dossier.root!.returnOffice };
}

/** Null: its office waits for nothing. */
function awaitedFrom(dossier: Dossier, leg: Leg, coming: ReadonlySet<OfficeId>): 'post' | 'holder' | null {
  return coming.has(leg.office) ? 'post' : papersOf(dossier, leg)?.awaited ?? null;
}

/** Offices to which originals are with the post: until they come the office cannot finish. */
function officesAwaited(dossier: Dossier): ReadonlySet<OfficeId> {
  const found = new Set<OfficeId>();
  for (const one of dossier.consignments.values()) if (one.plan.carries === 'originals' && one.plan.to !== 'home' && handOf(one).kind === 'post') found.add(one.plan.to);
  return found;
}

/** The citizen's part goes first: what the citizen has done, nobody else's wait hides. */
const order: readonly SuspensionCause[] = ['supplement', 'payment', 'consent', 'verification-abroad', 'posting', 'consultation', 'redo'];

function causeOf(dossier: Dossier, leg: Leg): SuspensionCause {
  const causes = new Set<SuspensionCause>(blockingRequests(dossier, leg).filter((one) => one.plan.suspends).map((one) => one.plan.request));
  if (blockingCharges(dossier, leg).length > 0) causes.add('payment');
  return order.find((one) => causes.has(one)) ?? 'redo';
}
