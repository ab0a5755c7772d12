/** What spans items is derived here from their records and never written: readiness, staleness, suspension, outcome, closing. */
import { having, seldom } from '@lienthong/folder';
import type { Seldom } from '@lienthong/folder';
import type { EntryRef, Instant, ItemId, ResultFee, Text, UsedOutput } from './types.ts';
import { outputOf, resultsOf } from './amended-results.ts';
import { sameRef } from './dossier.ts';
import type { Charge, Dossier, Leg, Request } from './dossier.ts';
import type { LegSuspension } from './suspensions.ts';

/** Worked out once per folded entry; everything else in this file looks it up. */
export type Derived = {
  readonly skipped: ReadonlySet<ItemId>;
  before: Seldom<ItemId, readonly Leg[]>;
  /** Absent: not asked yet. While a leg is being worked out it counts as stale, so that no circle satisfies itself. */
  stale: Seldom<ItemId, boolean>;
  satisfied: Seldom<ItemId, boolean>;
  readonly requests: ReadonlyMap<ItemId, readonly Request[]>;
  readonly charges: ReadonlyMap<ItemId, readonly Charge[]>;
  suspensions: readonly LegSuspension[] | null;
  results: readonly StandingResult[] | null;
  ending: EndingReason | null | undefined;
};
export type EndingReason = 'withdrawn' | 'stopped' | 'refused';

export function derivedOf(dossier: Dossier): Derived {
  return dossier.derived ??= {
    skipped: skippedLegs(dossier), before: seldom(), stale: seldom(), satisfied: seldom(), suspensions: null, results: null, ending: undefined,
    requests: blockers(dossier.requests, (one) => one.ended === null), charges: blockers(dossier.charges, (one) => one.status === 'open'),
  };
}

const noLegs: ReadonlySet<ItemId> = new Set();

function skippedLegs(dossier: Dossier): ReadonlySet<ItemId> {
  let found: Set<ItemId> | undefined;
  for (const leg of dossier.legs.values()) for (const id of leg.skips) if (dossier.legs.get(id)?.status === 'addressed') (found ??= new Set()).add(id);
  return found ?? noLegs;
}

function blockers<T extends { readonly plan: { readonly blocks: ItemId } }>(items: ReadonlyMap<ItemId, T>, open: (one: T) => boolean): Seldom<ItemId, readonly T[]> {
  let found = seldom<ItemId, T[]>();
  for (const one of items.values()) {
    if (!open(one)) continue;
    const others = found.get(one.plan.blocks);
    if (others === undefined) found = having(found, one.plan.blocks, [one]);
    else others.push(one);
  }
  return found;
}

// ---------------------------------------------------------------- order

/** The last leg of the chain that grew behind `leg` by insertion; the leg itself when nothing was inserted. */
function tail(dossier: Dossier, leg: Leg): Leg {
  const last = leg.inserted.at(-1);
  const next = last === undefined ? undefined : dossier.legs.get(last);
  return next === undefined ? leg : tail(dossier, next);
}

/** The legs that `leg` waits for, insertions resolved: an inserted leg takes the place of the old one in all its successors. */
export function predecessors(dossier: Dossier, leg: Leg): readonly Leg[] {
  const derived = derivedOf(dossier);
  let found = derived.before.get(leg.id);
  if (found === undefined) {
    found = leg.insertedAfter === null ? plannedBefore(dossier, leg) : insertedBefore(dossier, leg, leg.insertedAfter);
    derived.before = having(derived.before, leg.id, found);
  }
  return found;
}

function plannedBefore(dossier: Dossier, leg: Leg): Leg[] {
  const found: Leg[] = [];
  for (const id of leg.after) {
    const one = dossier.legs.get(id);
    if (one !== undefined) found.push(tail(dossier, one));
  }
  return found;
}

function insertedBefore(dossier: Dossier, leg: Leg, after: ItemId): Leg[] {
  const origin = dossier.legs.get(after);
  if (origin === undefined) return [];
  const position = origin.inserted.indexOf(leg.id) - 1;
  const previous = position < 0 ? undefined : dossier.legs.get(origin.inserted[position]!);
  return [previous === undefined ? origin : tail(dossier, previous)];
}

export function successors(dossier: Dossier, leg: Leg): Leg[] {
  return itineraryLegs(dossier).filter((one) => predecessors(dossier, one).includes(leg));
}

/** Legs of the itinerary, without the tasks of consultations. */
export function itineraryLegs(dossier: Dossier): Leg[] {
  return [...dossier.legs.values()].filter((leg) => leg.plan.task !== true);
}

/** Legs that were planned at the receipt. */
export function plannedLegs(dossier: Dossier): Leg[] {
  return [...dossier.legs.values()].filter((leg) => dossier.root !== null && sameRef(leg.createdBy, dossier.root.origin));
}

/** Passed over by a leg before it, and not begun. */
export function skipped(dossier: Dossier, leg: Leg): boolean {
  return derivedOf(dossier).skipped.has(leg.id);
}

// ---------------------------------------------------------------- what stands on what

/** The legs on whose outputs `leg` stands: those that it waits for, skipped ones resolved to what lies before them. */
function inputLegs(dossier: Dossier, leg: Leg): readonly Leg[] {
  const before = predecessors(dossier, leg);
  return before.some((one) => skipped(dossier, one)) ? before.flatMap((one) => (skipped(dossier, one) ? inputLegs(dossier, one) : [one])) : before;
}

/**
 * Its completion does not stand on all that it should stand on now: an output before it was redone or taken back, is stale itself, or a leg was inserted since.
 * Its holder must confirm, redo or revoke. So with a refusal: it rests on what it cites.
 */
export function stale(dossier: Dossier, leg: Leg): boolean {
  const completion = leg.completion;
  if (completion === null || (leg.status !== 'complete' && leg.status !== 'refused')) return false;
  const derived = derivedOf(dossier);
  let found = derived.stale.get(leg.id);
  if (found === undefined) {
    derived.stale = having(derived.stale, leg.id, true);
    found = inputLegs(dossier, leg).some((one) => !stillCurrent(dossier, one, completion.used));
    derived.stale = having(derived.stale, leg.id, found);
  }
  return found;
}

function stillCurrent(dossier: Dossier, source: Leg, used: readonly UsedOutput[]): boolean {
  if (source.completion === null || source.status !== 'complete') return false;
  const output = outputOf(source.completion);
  return used.some((one) => one.leg === source.id && one.round === source.round && sameRef(one.output, output)) && !stale(dossier, source);
}

/** Whether those who wait for `leg` may go on. */
export function satisfied(dossier: Dossier, leg: Leg): boolean {
  const derived = derivedOf(dossier);
  let found = derived.satisfied.get(leg.id);
  if (found === undefined) {
    derived.satisfied = having(derived.satisfied, leg.id, false);
    found = skipped(dossier, leg) ? ready(dossier, leg) : leg.status === 'complete' && !stale(dossier, leg);
    derived.satisfied = having(derived.satisfied, leg.id, found);
  }
  return found;
}

/** All that it waits for is there. */
export function ready(dossier: Dossier, leg: Leg): boolean {
  return predecessors(dossier, leg).every((one) => satisfied(dossier, one));
}

/** What a completion of `leg` now would stand on: the current outputs before it, skipped legs resolved to what lies before them. */
export function currentInputs(dossier: Dossier, leg: Leg): UsedOutput[] {
  return inputLegs(dossier, leg).flatMap((one) => (one.completion === null ? [] : [{ leg: one.id, round: one.round, output: outputOf(one.completion) }]));
}

// ---------------------------------------------------------------- blocking and suspension

const none: readonly never[] = [];

export function blockingRequests(dossier: Dossier, leg: Leg): readonly Request[] {
  return derivedOf(dossier).requests.get(leg.id) ?? none;
}

export function blockingCharges(dossier: Dossier, leg: Leg): readonly Charge[] {
  return derivedOf(dossier).charges.get(leg.id) ?? none;
}

/** A leg with an open item that blocks it may not complete: nobody resumes it, the item's end does. */
export function blocked(dossier: Dossier, leg: Leg): boolean {
  return blockingRequests(dossier, leg).length > 0 || blockingCharges(dossier, leg).length > 0;
}

/** Since when a leg had its turn in an earlier system; null: it had none there, or nobody tells. */
export function sinceThere({ root }: Dossier, leg: Leg): Instant | null {
  return root !== null && leg.after.length === 0 && sameRef(leg.createdBy, root.origin) ? root.body.earlier?.legSince ?? null : null;
}

export function suspended(dossier: Dossier, leg: Leg): boolean {
  return blockingCharges(dossier, leg).length > 0 || blockingRequests(dossier, leg).some((one) => one.plan.suspends);
}

// ---------------------------------------------------------------- results, outcome

export type StandingResult = { readonly leg: ItemId; readonly ref: EntryRef; readonly at: Instant; readonly code: string; readonly number: string; readonly digest: string };

/** Results of current completions, each named by the entry that issued it: the completion, or what corrected or reissued it. */
export function standingResults(dossier: Dossier): readonly StandingResult[] {
  return derivedOf(dossier).results ??= [...dossier.legs.values()].flatMap((leg) => {
    if (leg.completion === null || leg.status !== 'complete' || leg.completion.results.length === 0 || stale(dossier, leg)) return [];
    return resultsOf(leg.completion).map(({ ref, at, result }) => ({ leg: leg.id, ref, at, code: result.code, number: result.number, digest: result.digest ?? '' }));
  });
}

const has = (refs: readonly EntryRef[], ref: EntryRef): boolean => refs.some((one) => sameRef(one, ref));

/** What issued a result that the citizen does not hold yet. After closing nothing waits at a counter: who corrects or reissues a result then hands it out itself. */
export function resultsToReturn(dossier: Dossier): EntryRef[] {
  if (dossier.root !== null && dossier.root.closed !== null) return [];
  const open: EntryRef[] = [];
  for (const { ref } of standingResults(dossier)) if (!has(open, ref) && !(dossier.root?.returned ?? []).some((one) => has(one.results, ref))) open.push(ref);
  return open;
}

/** Fees for the result that are not asked for yet. */
export function resultFeesOwed(dossier: Dossier): readonly ResultFee[] {
  const { root } = dossier;
  return root === null || root.resultCharges !== null ? none : root.rules.resultFees ?? none;
}

/** What must be paid before a result is handed out: names of charges, open or about to be. Empty: nothing stands in the way. */
export function returnBlockedBy(dossier: Dossier): readonly Text[] {
  const { root } = dossier;
  if (root === null) return none;
  return [...resultFeesOwed(dossier), ...(derivedOf(dossier).charges.get(root.id) ?? none).map((one) => one.plan)].map((one) => one.name);
}

/** Results that are neither returned nor on their way by post. */
export function resultsToSend(dossier: Dossier): EntryRef[] {
  const ordered = dossier.root?.ordered ?? [];
  return resultsToReturn(dossier).filter((ref) => !has(ordered, ref));
}

/** A leg that refused, as long as the refusal is not stale. */
export function refusedBy(dossier: Dossier): Leg | undefined {
  for (const leg of dossier.legs.values()) if (leg.status === 'refused' && leg.plan.task !== true && !stale(dossier, leg)) return leg;
  return undefined;
}

/** The decision on the request has been taken: after it a withdrawal comes too late. */
export function decidedAlready(dossier: Dossier): boolean {
  for (const leg of dossier.legs.values()) if (leg.plan.decides && leg.plan.task !== true && leg.status === 'complete') return true;
  return false;
}

/** Every leg of the way is decided, or passed over, and stands. */
export function decidedWholly(dossier: Dossier): boolean {
  return itineraryLegs(dossier).every((leg) => skipped(dossier, leg) || (leg.status === 'complete' && !stale(dossier, leg)));
}

/** Why work ends before the itinerary does, or null while it goes on. What intake has written stands; before that it may still turn. */
export function endingReason(dossier: Dossier): EndingReason | null {
  const derived = derivedOf(dossier);
  return derived.ending === undefined ? derived.ending = reasonToEnd(dossier) : derived.ending;
}

function reasonToEnd(dossier: Dossier): EndingReason | null {
  const { root } = dossier;
  if (root === null) return null;
  if (root.stopped !== null) return 'stopped';
  if (root.withdrawalOutcome === 'withdrawn') return 'withdrawn';
  if (root.withdrawal !== null && root.withdrawalOutcome === null && !decidedAlready(dossier)) return 'withdrawn';
  return refusedBy(dossier) === undefined ? null : 'refused';
}
