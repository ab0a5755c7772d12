/**
 * What made it late. A dossier is late because somebody took more of its limit than the plan gave: each leg its own limit, a transfer or the post nothing. So the
 * working time beyond that is what its lateness is laid at, interval by interval, in proportion. A leg is late for what its own time went to after its due moment.
 */
import type { Instant, ItemId, OfficeId } from './types.ts';
import { limitSince } from './dossier.ts';
import type { Dossier, Leg } from './dossier.ts';
import { sinceThere } from './itinerary.ts';
import { clockOffice, runningSince, sessionsOf } from './limits.ts';
import { phases } from './phases.ts';
import type { LegAt, Phase } from './phases.ts';
import { isLate, punctualityOfDossier, punctualityOfLeg } from './punctuality.ts';
import type { Punctuality } from './punctuality.ts';
import { suspensions } from './suspensions.ts';
import { inside, isTimeRefusal, lengthOf, outside } from './time/index.ts';
import type { Stretch } from './time/index.ts';
import { accountable, isApplicants, merged } from './timeline.ts';
import type { Accountable, Calendars, IntervalCause } from './timeline.ts';

export type LateInterval = {
  readonly from: Instant; readonly to: Instant; readonly who: Accountable; readonly cause: IntervalCause; readonly office: OfficeId; readonly leg: string;
  /** Working milliseconds of the lateness that are laid at it; those of all intervals sum exactly to the lateness. */
  readonly millis: number;
  /** 0 … 1, `millis` of the whole lateness. */
  readonly share: number;
};
export type Lateness = { /** Null: the dossier as a whole. */ readonly leg: ItemId | null; readonly name: string; readonly office: OfficeId; readonly punctuality: Punctuality; readonly intervals: readonly LateInterval[] };

/** The late dossier first, then its late legs in the order of the itinerary; empty when nothing is late. */
export function lateness(dossier: Dossier, now: Instant, context: Calendars): Lateness[] {
  const found: Lateness[] = [];
  const whole = punctualityOfDossier(dossier, now, context);
  const lived = phases(dossier, now);
  if (isLate(whole)) found.push({ leg: null, name: '', office: clockOffice(dossier), punctuality: whole, intervals: ofDossier(dossier, whole, lived, now, context) });
  for (const leg of dossier.legs.values()) {
    const one = punctualityOfLeg(dossier, leg, now, context);
    if (isLate(one)) found.push({ leg: leg.id, name: leg.plan.name, office: leg.office, punctuality: one, intervals: ofLeg(leg, one, lived, now, context) });
  }
  return found;
}

type Piece = Omit<LateInterval, 'millis' | 'share'>;

// ---------------------------------------------------------------- a leg

/** From the due moment on: the leg's own time by its office's hours, as the citizen's or the law's where the leg stood still. */
function ofLeg(leg: Leg, { due, ended }: Punctuality & { readonly due: Instant }, lived: readonly Phase[], now: Instant, context: Calendars): LateInterval[] {
  const { office } = leg.takenOver!;
  const hours = context.work.stretches(due, ended ?? now, sessionsOf(office, context));
  const late = isTimeRefusal(hours) ? [{ from: due, to: ended ?? now }] : hours;
  const pieces = lived.flatMap((phase): Piece[] => {
    const base = timeOfLeg(leg, phase);
    return inside([phase], late).map(({ from, to }) => ({ from, to, ...base, leg: leg.plan.name }));
  });
  return apportioned(joined(pieces), lengthOf(late));
}

/** Whose time a leg's own is in a phase. */
function timeOfLeg(leg: Leg, phase: Phase): Pick<Piece, 'who' | 'cause' | 'office'> {
  const isIt = (one: LegAt): boolean => one.leg === leg.id, paused = phase.paused.find(isIt), awaiting = phase.awaiting.find(isIt);
  if (phase.earlier) return { who: 'earlier-system', cause: 'earlier-system', office: '' };
  if (paused !== undefined) return { who: isApplicants(paused.cause) ? 'applicant' : 'law', cause: paused.cause, office: '' };
  if (awaiting !== undefined) return awaiting.from === 'post' ? { who: 'post', cause: 'carriage', office: '' } : { who: 'transfer', cause: 'handover', office: awaiting.office };
  return { who: 'office', cause: 'work', office: phase.working.find(isIt)?.office ?? leg.office };
}

// ---------------------------------------------------------------- the dossier

function ofDossier(dossier: Dossier, { due, ended, lateMillis }: Punctuality & { readonly due: Instant }, lived: readonly Phase[], now: Instant, context: Calendars): LateInterval[] {
  const until = ended ?? now, since = runningSince(dossier, context);
  const hoursIn = (whole: readonly Stretch[], office: OfficeId): Stretch[] => whole.flatMap(({ from, to }) => {
    const hours = context.work.stretches(from, to, sessionsOf(office, context));
    return isTimeRefusal(hours) ? [{ from, to }] : [...hours];
  });
  const still = merged(suspensions(dossier).filter((one) => one.cause !== 'redo'));
  const counted: Counted = (phase, office) => outside(hoursIn(inside([phase], [{ from: since, to: until }]), office), still);
  const over = beyondPlan(dossier, lived, counted, context);
  return apportioned(joined(over.length > 0 ? over : afterDue(lived, hoursIn, due, until)), lateMillis);
}

type Counted = (phase: Phase, office: OfficeId) => Stretch[];

/** Working time of each leg beyond its own limit, and all that was spent between offices. */
function beyondPlan(dossier: Dossier, lived: readonly Phase[], counted: Counted, context: Calendars): Piece[] {
  const found: Piece[] = [];
  const left = new Map<ItemId, number>();
  for (const phase of lived) {
    for (const leg of phase.working) found.push(...beyondLimit(dossier, leg, phase, counted, left, context));
    if (phase.working.length > 0 || phase.paused.some((one) => one.cause !== 'redo')) continue;
    const { who, cause, office, legs } = accountable(phase);
    if (phase.earlier) found.push(...beyondEarlierPlan(dossier, phase, counted, left, context).map(({ from, to, leg }): Piece => ({ from, to, who, cause, office, leg })));
    if (who !== 'transfer' && who !== 'post') continue;
    for (const { from, to } of counted(phase, office === '' ? clockOffice(dossier) : office)) found.push({ from, to, who, cause, office, leg: legs[0] ?? '' });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** Of what another system had it for: the time after the legs that were done there were to be done; and of the legs that had their turn, what they took there beyond their limits. */
function beyondEarlierPlan(dossier: Dossier, phase: Phase, counted: Counted, left: Map<ItemId, number>, context: Calendars): Pick<Piece, 'from' | 'to' | 'leg'>[] {
  const { plannedUntil, legSince = phase.to } = dossier.root!.body.earlier!;
  const before = { ...phase, from: Math.max(phase.from, plannedUntil), to: Math.min(phase.to, legSince) }, after = { ...phase, from: Math.max(phase.from, legSince) };
  const standing = [...dossier.legs.values()].filter((leg) => after.from < after.to && sinceThere(dossier, leg) !== null);
  return [
    ...(before.from < before.to ? counted(before, clockOffice(dossier)).map((one) => ({ ...one, leg: '' })) : []),
    ...standing.flatMap((leg) => beyondLimit(dossier, { leg: leg.id, name: leg.plan.name, office: leg.office }, after, counted, left, context)),
  ];
}

function beyondLimit(dossier: Dossier, at: LegAt, phase: Phase, counted: Counted, left: Map<ItemId, number>, context: Calendars): Piece[] {
  let budget = left.get(at.leg) ?? budgetOf(dossier.legs.get(at.leg), context);
  const found: Piece[] = [];
  for (const { from, to } of counted(phase, at.office)) {
    const within = Math.min(budget, to - from);
    budget -= within;
    if (from + within < to) found.push({ from: from + within, to, who: 'office', cause: 'work', office: at.office, leg: at.name });
  }
  left.set(at.leg, budget);
  return found;
}

/** Working milliseconds that the plan gives a leg: its limit as it was written at the takeover, once, however many rounds it takes; and the time before its clock began, where it was taken over before that. */
function budgetOf(leg: Leg | undefined, context: Calendars): number {
  if (leg === undefined || leg.takenOver === null) return 0;
  const { dueAt, office } = leg.takenOver, from = limitSince(leg.takenOver);
  const millis = context.work.workingMillisBetween(from, leg.extendedDueAt ?? dueAt, sessionsOf(office, context));
  return isTimeRefusal(millis) ? dueAt - from : millis;
}

/** Where everybody kept to the plan and the whole limit was too short for it: whoever had it after the due moment. */
function afterDue(lived: readonly Phase[], hoursIn: (whole: readonly Stretch[], office: OfficeId) => Stretch[], due: Instant, until: Instant): Piece[] {
  return lived.flatMap((phase) => {
    const { who, cause, office, legs } = accountable(phase);
    return hoursIn(inside([phase], [{ from: due, to: until }]), office).map(({ from, to }): Piece => ({ from, to, who, cause, office, leg: legs[0] ?? '' }));
  });
}

// ---------------------------------------------------------------- shares

/** Stretches of the same accountable that follow each other are one interval, nights between them left out of its length. */
function joined(pieces: readonly Piece[]): (Piece & { readonly length: number })[] {
  const found: (Piece & { length: number })[] = [];
  for (const one of pieces) {
    const last = found.findLast((other) => other.leg === one.leg);
    if (last !== undefined && last === found.at(-1) && last.who === one.who && last.cause === one.cause && last.office === one.office) found[found.length - 1] = { ...last, to: one.to, length: last.length + one.to - one.from };
    else found.push({ ...one, length: one.to - one.from });
  }
  return found;
}

/** Divides whole milliseconds in proportion to the lengths; what rounding leaves goes to the earliest, so that the sum is exact. */
function apportioned(pieces: readonly (Piece & { readonly length: number })[], total: number): LateInterval[] {
  const sum = pieces.reduce((all, one) => all + one.length, 0);
  if (sum === 0 || total === 0) return [];
  const millis = pieces.map((one) => Math.floor(total * (one.length / sum)));
  let rest = total - millis.reduce((all, one) => all + one, 0);
  for (let n = 0; rest > 0; n = (n + 1) % millis.length, rest--) millis[n]!++;
  return pieces.map(({ length: _length, ...one }, n) => ({ ...one, millis: millis[n]!, share: millis[n]! / total }));
}
