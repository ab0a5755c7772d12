/** What spans items is derived here from their records and never written: readiness, staleness, suspension, outcome, closing. */
import type { EntryRef, Instant, ItemId, UsedOutput } from './types.ts';
import { sameRef } from './dossier.ts';
import type { Charge, Dossier, Leg, Request } from './dossier.ts';

/** The last leg of the chain that grew behind `leg` by insertion; the leg itself when nothing was inserted. */
function tail(dossier: Dossier, leg: Leg): Leg {
  const last = leg.inserted.at(-1);
  const next = last === undefined ? undefined : dossier.legs.get(last);
  return next === undefined ? leg : tail(dossier, next);
}

/** The legs that `leg` waits for, insertions resolved: an inserted leg takes the place of the old one in all its successors. */
export function predecessors(dossier: Dossier, leg: Leg): Leg[] {
  if (leg.insertedAfter !== null) {
    const origin = dossier.legs.get(leg.insertedAfter);
    if (origin === undefined) return [];
    const before = origin.inserted.indexOf(leg.id) - 1;
    const previous = before < 0 ? undefined : dossier.legs.get(origin.inserted[before]!);
    return [previous === undefined ? origin : tail(dossier, previous)];
  }
  const found: Leg[] = [];
  for (const id of leg.after) {
    const one = dossier.legs.get(id);
    if (one !== undefined) found.push(tail(dossier, one));
  }
  return found;
}

export function successors(dossier: Dossier, leg: Leg): Leg[] {
  return itineraryLegs(dossier).filter((one) => predecessors(dossier, one).includes(leg));
}

/** Legs of the itinerary, without the tasks of consultations. */
export function itineraryLegs(dossier: Dossier): Leg[] {
  return [...dossier.legs.values()].filter((leg) => leg.plan.task !== true);
}

export function skipped(dossier: Dossier, leg: Leg): boolean {
  if (leg.status !== 'addressed') return false;
  for (const other of dossier.legs.values()) if (other.skips.length > 0 && other.skips.includes(leg.id)) return true;
  return false;
}

/** Its completion stands on an output that is no longer the current one. Its holder must confirm, redo or revoke. */
export function stale(dossier: Dossier, leg: Leg): boolean {
  const completion = leg.completion;
  if (completion === null || leg.status !== 'complete') return false;
  return completion.used.some((used) => !stillCurrent(dossier, used));
}

function stillCurrent(dossier: Dossier, used: UsedOutput): boolean {
  const source = dossier.legs.get(used.leg);
  if (source === undefined || source.completion === null || source.status !== 'complete') return false;
  return source.round === used.round && sameRef(source.completion.ref, used.output) && !stale(dossier, source);
}

/** Whether those who wait for `leg` may go on. */
export function satisfied(dossier: Dossier, leg: Leg): boolean {
  if (skipped(dossier, leg)) return predecessors(dossier, leg).every((one) => satisfied(dossier, one));
  return leg.status === 'complete' && leg.completion!.round === leg.round && !stale(dossier, leg);
}

/** All that it waits for is there. */
export function ready(dossier: Dossier, leg: Leg): boolean {
  return predecessors(dossier, leg).every((one) => satisfied(dossier, one));
}

/** What a completion of `leg` now would stand on: the current outputs before it, skipped legs resolved to what lies before them. */
export function currentInputs(dossier: Dossier, leg: Leg): UsedOutput[] {
  const inputs: UsedOutput[] = [];
  for (const one of predecessors(dossier, leg)) {
    if (skipped(dossier, one)) inputs.push(...currentInputs(dossier, one));
    else if (one.completion !== null) inputs.push({ leg: one.id, round: one.round, output: one.completion.ref });
  }
  return inputs;
}

// ---------------------------------------------------------------- blocking and suspension

export function blockingRequests(dossier: Dossier, leg: Leg): Request[] {
  return [...dossier.requests.values()].filter((one) => one.ended === null && one.plan.blocks === leg.id);
}

export function blockingCharges(dossier: Dossier, leg: Leg): Charge[] {
  return [...dossier.charges.values()].filter((one) => one.status === 'open' && one.plan.blocks === leg.id);
}

/** A leg with an open item that blocks it may not complete: nobody resumes it, the item's end does. */
export function blocked(dossier: Dossier, leg: Leg): boolean {
  return blockingRequests(dossier, leg).length > 0 || blockingCharges(dossier, leg).length > 0;
}

export type LegSuspension = { readonly leg: ItemId; readonly item: ItemId; readonly cause: 'supplement' | 'payment' | 'posting' | 'redo' | 'consultation'; readonly from: Instant; readonly to: Instant | null; readonly ground: string };

/** Intervals that do not count, per leg, oldest first. */
export function suspensions(dossier: Dossier): LegSuspension[] {
  const found: LegSuspension[] = [];
  for (const one of dossier.requests.values()) {
    if (one.plan.suspends) found.push({ leg: one.plan.blocks, item: one.id, cause: one.plan.request, from: one.openedAt, to: one.ended?.at ?? null, ground: one.plan.ground });
  }
  for (const one of dossier.charges.values()) {
    if (one.plan.blocks !== '') found.push({ leg: one.plan.blocks, item: one.id, cause: 'payment', from: one.openedAt, to: one.status === 'open' ? null : one.changedAt, ground: one.plan.ground });
  }
  return found.sort((a, b) => a.from - b.from);
}

export function suspended(dossier: Dossier, leg: Leg): boolean {
  return blockingCharges(dossier, leg).length > 0 || blockingRequests(dossier, leg).some((one) => one.plan.suspends);
}

// ---------------------------------------------------------------- results, outcome, closing

export type StandingResult = { readonly leg: ItemId; readonly ref: EntryRef; readonly code: string; readonly number: string; readonly digest: string };

/** Results of current completions, each named by the completion that issued it. */
export function standingResults(dossier: Dossier): StandingResult[] {
  const found: StandingResult[] = [];
  for (const leg of dossier.legs.values()) {
    if (leg.completion === null || leg.status !== 'complete' || leg.completion.round !== leg.round || stale(dossier, leg)) continue;
    for (const result of leg.completion.results) found.push({ leg: leg.id, ref: leg.completion.ref, code: result.code, number: result.number, digest: result.digest ?? '' });
  }
  return found;
}

const has = (refs: readonly EntryRef[], ref: EntryRef): boolean => refs.some((one) => sameRef(one, ref));

/** Completions whose results the citizen does not hold yet. */
export function resultsToReturn(dossier: Dossier): EntryRef[] {
  const done = (dossier.root?.returned ?? []).flatMap((one) => one.results);
  const open: EntryRef[] = [];
  for (const one of standingResults(dossier)) if (!has(done, one.ref) && !has(open, one.ref)) open.push(one.ref);
  return open;
}

/** Results that are neither returned nor on their way by post. */
export function resultsToSend(dossier: Dossier): EntryRef[] {
  const ordered = dossier.root?.ordered ?? [];
  return resultsToReturn(dossier).filter((ref) => !has(ordered, ref));
}

export function refusedBy(dossier: Dossier): Leg | undefined {
  return itineraryLegs(dossier).find((leg) => leg.status === 'refused');
}

/** The decision on the request has been taken: after it a withdrawal comes too late. */
export function decidedAlready(dossier: Dossier): boolean {
  return itineraryLegs(dossier).some((leg) => leg.plan.decides && leg.status === 'complete');
}

/** A pending announcement of a register change must be decided before anything else ends the leg. */
export function undecidedIntent(leg: Leg): boolean {
  return leg.status === 'deciding';
}

export function ended(leg: Leg, dossier: Dossier): boolean {
  return leg.status === 'complete' || leg.status === 'refused' || leg.status === 'stopped' || leg.status === 'revoked' || skipped(dossier, leg);
}

/** Why work ends before the itinerary does, or null while it goes on. */
export function endingReason(dossier: Dossier): 'withdrawn' | 'stopped' | 'refused' | null {
  const root = dossier.root;
  if (root === null) return null;
  if (root.stopped !== null) return 'stopped';
  if (root.withdrawal !== null && root.withdrawalOutcome !== 'declined' && !decidedAlready(dossier)) return 'withdrawn';
  return refusedBy(dossier) === undefined ? null : 'refused';
}

/** Closing may be asked: all legs have ended, nobody waits for an answer, what was to be returned is returned. */
export function readyToClose(dossier: Dossier): boolean {
  const root = dossier.root;
  if (root === null || root.closing !== null) return false;
  if (root.withdrawal !== null && root.withdrawalOutcome === null) return false;
  const legs = [...dossier.legs.values()];
  if (!legs.every((leg) => ended(leg, dossier) && !stale(dossier, leg))) return false;
  if ([...dossier.requests.values()].some((one) => one.ended === null)) return false;
  return endingReason(dossier) !== null || resultsToReturn(dossier).length === 0;
}

/** Every leg settled at its current round, every charge and consignment ended. */
export function closable(dossier: Dossier): boolean {
  const root = dossier.root;
  if (root === null || root.closing === null || root.closed !== null) return false;
  return [...dossier.legs.values()].every((leg) => leg.settledRound === leg.round && !stale(dossier, leg))
    && [...dossier.charges.values()].every((one) => one.status !== 'open')
    && [...dossier.consignments.values()].every((one) => one.ended !== null);
}
