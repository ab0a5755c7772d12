/** For every minute of a dossier, whose time it was. The intervals have no gap and no overlap: they sum exactly to its lifetime. */
import type { Instant, ItemId, OfficeId } from './types.ts';
import type { LawContext } from './context.ts';
import type { Dossier } from './dossier.ts';
import { sessionsOf } from './limits.ts';
import { phases } from './phases.ts';
import type { LegAt, Phase } from './phases.ts';
import { suspensions } from './suspensions.ts';
import type { SuspensionCause } from './suspensions.ts';
import { inside, isTimeRefusal, mergedSuspensions, outside } from './time/index.ts';
import type { Stretch } from './time/index.ts';

export type Accountable = 'office' | 'transfer' | 'applicant' | 'law' | 'post' | 'outage' | 'outside-hours' | 'earlier-system';
export type IntervalCause = SuspensionCause | 'work' | 'handover' | 'return' | 'carriage' | 'closed' | 'earlier-system';
export type Interval = {
  readonly from: Instant; readonly to: Instant; readonly who: Accountable; readonly cause: IntervalCause;
  /** Of whom it is, to whom it was being transferred, or who was closed or failed; '' for the applicant, the law and the post. */
  readonly office: OfficeId;
  /** Short names of the legs concerned. */
  readonly legs: readonly string[];
};

export type Calendars = Pick<LawContext, 'work' | 'reference'>;

/** The life of a dossier until it closed, or until `now`, cut where the accountable changes. What the calendar does not know is taken for open. */
export function timeline(dossier: Dossier, now: Instant, context: Calendars): Interval[] {
  const found: Interval[] = [];
  for (const phase of phases(dossier, now)) for (const one of cut({ from: phase.from, to: phase.to, ...accountable(phase) }, dossier, phase, context)) append(found, one);
  return found;
}

/** Neighbours of the same accountable are one interval. */
function append(found: Interval[], next: Interval): void {
  const last = found.at(-1);
  if (last !== undefined && last.to === next.from && last.who === next.who && last.cause === next.cause && last.office === next.office && last.legs.join() === next.legs.join()) found[found.length - 1] = { ...last, to: next.to };
  else found.push(next);
}

type Whose = Pick<Interval, 'who' | 'cause' | 'office' | 'legs'>;

/** Who answers for a phase: an office at work comes first, then who keeps it from working: where others are to do work again, the way of that work to them. */
export function accountable(phase: Phase): Whose {
  const { working, moving } = phase, paused = moving.length > 0 ? phase.paused.filter((one) => one.cause !== 'redo') : phase.paused;
  if (phase.earlier) return whose('earlier-system', 'earlier-system', '', []);
  if (working.length > 0) return whose('office', 'work', working[0]!.office, working);
  const waits = paused.find((one) => isApplicants(one.cause)) ?? paused[0];
  if (waits !== undefined) return whose(isApplicants(waits.cause) ? 'applicant' : 'law', waits.cause, '', paused);
  const awaited = phase.awaiting.find((one) => one.from === 'post') ?? phase.awaiting[0];
  if (awaited !== undefined) return awaited.from === 'post' ? whose('post', 'carriage', '', phase.awaiting) : whose('transfer', 'handover', awaited.office, phase.awaiting);
  if (moving.length > 0) return whose('transfer', 'handover', moving[0]!.office, moving);
  if (phase.unpaid) return whose('applicant', 'payment', '', []);
  return phase.carried ? whose('post', 'carriage', '', []) : whose('office', 'return', phase.returnOffice, []);
}

/** NĐ 301/2026 art. 3.4: the time in which the requester completes papers, pays or confirms. */
export function isApplicants(cause: SuspensionCause): boolean {
  return cause === 'supplement' || cause === 'payment' || cause === 'consent';
}

function whose(who: Accountable, cause: IntervalCause, office: OfficeId, legs: readonly LegAt[]): Whose {
  return { who, cause, office, legs: legs.map((leg) => leg.name) };
}

/** An office answers neither for an announced outage nor for the hours in which it is closed; whoever else has the time has the nights, too. */
function cut(interval: Interval, dossier: Dossier, phase: Phase, context: Calendars): Interval[] {
  if (interval.who === 'earlier-system') return withoutWaits(interval, dossier);
  if (interval.who !== 'office' && interval.who !== 'transfer') return [interval];
  const whole = [interval];
  const failed = inside(whole, outagesOf(dossier, [...phase.working, ...phase.moving, ...phase.awaiting].map((one) => one.leg)));
  const up = outside(whole, failed);
  const hours = context.work.stretches(interval.from, interval.to, sessionsOf(interval.office, context));
  const open = isTimeRefusal(hours) ? up : inside(up, hours);
  return [
    ...open.map((one) => ({ ...interval, ...one })), ...failed.map((one): Interval => ({ ...interval, ...one, who: 'outage', cause: 'outage' })),
    ...outside(up, open).map((one): Interval => ({ ...interval, ...one, who: 'outside-hours', cause: 'closed' })),
  ].sort((a, b) => a.from - b.from);
}

/** In the earlier system the clock stood for whoever it waited for; where waits overlap, the one that began first has the time. */
function withoutWaits(interval: Interval, dossier: Dossier): Interval[] {
  let left: Stretch[] = [interval];
  const found: Interval[] = [];
  for (const one of dossier.root!.body.earlier?.waits ?? []) {
    found.push(...inside(left, [one]).map((stretch): Interval => ({ ...interval, ...stretch, who: isApplicants(one.cause) ? 'applicant' : 'law', cause: one.cause })));
    left = outside(left, [one]);
  }
  return [...found, ...left.map((one) => ({ ...interval, ...one }))].sort((a, b) => a.from - b.from);
}

/** Outages of all offices, and those of these legs. */
function outagesOf(dossier: Dossier, legs: readonly ItemId[]): Stretch[] {
  return merged(suspensions(dossier).filter((one) => one.cause === 'outage' && (one.leg === '' || legs.includes(one.leg))));
}

/** Sorted and without overlap; what lasts still ends never. */
export function merged(list: readonly { readonly from: Instant; readonly to: Instant | null }[]): Stretch[] {
  return mergedSuspensions(list).map(({ from, to }) => ({ from, to: to ?? Infinity }));
}
