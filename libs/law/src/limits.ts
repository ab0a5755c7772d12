/** When a leg and the dossier are due now, suspensions and supplements taken into account. */
import type { Instant, OfficeId, Span, ToldDue } from './types.ts';
import type { LawContext } from './context.ts';
import type { Dossier, Leg } from './dossier.ts';
import { basisOfDossier, basisOfLeg, exchangeMs, firstLegs, pausesOfWhole, restsOn } from './due-basis.ts';
import type { DueBasis } from './due-basis.ts';
import { papersOf } from './papers-of-legs.ts';
import { rulesOfLeg } from './pinned-rules.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import { suspensionsOf } from './suspensions.ts';
import { isTimeRefusal, mergedSuspensions, printInstant } from './time/index.ts';
import type { Suspension, TimeRefusal, WorkingTime } from './time/index.ts';
import { isOf } from './told-due.ts';

const millisPerMinute = 60_000;

/** Due now; null while it stands still or has not begun. */
export type DueNow = { readonly due: Instant | null; readonly suspendedSince: Instant | null };
type Calendars = Pick<LawContext, 'work' | 'reference'>;

export function legDue(dossier: Dossier, leg: Leg, context: Calendars): DueNow {
  const { takenOver } = leg;
  if (takenOver === null || takenOver.round !== leg.round) return { due: null, suspendedSince: null };
  const basis = basisOfLeg(dossier, leg, takenOver);
  if (basis === null) return { due: null, suspendedSince: takenOver.at };
  return standing(basis, isOf(takenOver.told, restsOn(basis)) ? { due: takenOver.told.dueAt, suspendedSince: null } : countedLegDue(dossier, leg, takenOver, basis, context));
}

/** What began before the due time lets it stand; a limit that has passed cannot be suspended. */
function standing({ standsSince }: DueBasis, counted: DueNow): DueNow {
  return counted.due !== null && standsSince !== null && standsSince < counted.due ? { due: null, suspendedSince: standsSince } : counted;
}

/** The due time of a leg by the calendar of today, with what it rests on; null: it is as it is written or stands as `settled` tells it, its office waits for a paper, or the calendar does not tell. */
export function legDueToTell(dossier: Dossier, leg: Leg, settled: ToldDue | null, context: Calendars): ToldDue | null {
  const basis = leg.takenOver === null ? null : basisOfLeg(dossier, leg, leg.takenOver);
  return basis === null ? null : toTell(basis, settled, () => countedLegDue(dossier, leg, leg.takenOver!, basis, context));
}

/** The same of the dossier as a whole. */
export function dossierDueToTell(dossier: Dossier, settled: ToldDue | null, context: Calendars): ToldDue | null {
  const basis = basisOfDossier(dossier);
  return toTell(basis, settled, () => countedDossierDue(dossier, basis, context));
}

function toTell(basis: DueBasis, settled: ToldDue | null, counted: () => DueNow): ToldDue | null {
  const moments = restsOn(basis), due = moments.length === 0 || isOf(settled, moments) ? null : counted().due;
  return due === null ? null : { dueAt: due, restsOn: moments };
}

function countedLegDue(dossier: Dossier, leg: Leg, takenOver: NonNullable<Leg['takenOver']>, basis: DueBasis, context: Calendars): DueNow {
  const limit = limitDue(dossier, leg, takenOver, basis, context);
  if (leg.extendedDueAt === null) return limit;
  return later(limit, { at: leg.extendedDueAt, since: leg.extendedAt ?? leg.extendedDueAt }, basis.pauses, { span: leg.plan.limit, sessions: sessionsOf(takenOver.office, context) }, context);
}

type SetDate = { /** When it fell due as it was set. */ readonly at: Instant; /** When it was set. */ readonly since: Instant };

/** A supplement may have let the limit run anew since a date was set; nothing is due before either. */
function later(limit: DueNow, set: SetDate, pauses: Pauses, counted: Counted, context: Pick<LawContext, 'work'>): DueNow {
  if (limit.suspendedSince !== null) return limit;
  const moved = movedDate(set, pauses, counted, context);
  return moved.due === null || (limit.due ?? 0) < moved.due ? moved : limit;
}

type Pauses = ReturnType<typeof mergedSuspensions>;
type Counted = { readonly span: Span; readonly sessions: string };

/** The due time that was set, moved by what has suspended it since. */
function movedDate({ at, since }: SetDate, pauses: Pauses, { span, sessions }: Counted, { work }: Pick<LawContext, 'work'>): DueNow {
  const onTheWall = /(?:d|min)$/.test(span) && !span.endsWith('wd');
  let due = at;
  for (const pause of pauses) {
    const from = Math.max(pause.from, since);
    if (from >= due) break;
    if (pause.to === null) return { due: null, suspendedSince: pause.from };
    if (pause.to <= from) continue;
    const lost = onTheWall ? pause.to - from : work.workingMillisBetween(from, pause.to, sessions);
    const moved = typeof lost !== 'number' ? lost : onTheWall ? { due: due + lost } : work.addWorking(due, lost / millisPerMinute, sessions);
    if (isTimeRefusal(moved)) return dueNow(moved);
    due = moved.due;
  }
  return { due, suspendedSince: null };
}

function limitDue(dossier: Dossier, leg: Leg, { startsAt, dueAt, office }: NonNullable<Leg['takenOver']>, basis: DueBasis, context: Calendars): DueNow {
  if (restsOn(basis).length === 0) return { due: dueAt, suspendedSince: null };
  return countedLeg(dossier, leg, startOfLeg(dossier, leg, context) ?? startsAt, basis.pauses, sessionsOf(office, context), context);
}

function countedLeg(dossier: Dossier, leg: Leg, received: Instant, pauses: readonly Suspension[], sessions: string, context: Pick<LawContext, 'work'>): DueNow {
  return dueNow(context.work.dueWithSuspensions(restartOf(dossier, received, sessions, context, leg), leg.plan.limit, rulesOfLeg(dossier.root!, leg).counting, pauses, sessions));
}

/** Where the limit of a leg starts in this round: at its takeover, or when the paper on which its office works has come, if that was later. Null: nobody has taken it over, or the paper is not there yet. */
export function startOfLeg(dossier: Dossier, leg: Leg, context: Calendars): Instant | null {
  return leg.takenOver === null ? null : withPapers(dossier, leg, leg.takenOver.startsAt, context);
}

function withPapers(dossier: Dossier, leg: Leg, startsAt: Instant, context: Calendars): Instant | null {
  const papers = papersOf(dossier, leg);
  if (papers === null) return startsAt;
  if (papers.awaited !== null) return null;
  return papers.arrivedAt <= startsAt ? startsAt : Math.max(startsAt, afterRestart(papers.arrivedAt, rulesOfLeg(dossier.root!, leg).handOver, sessionsOf(leg.office, context), context));
}

/** The dossier as a whole: what suspends a leg suspends it, save what one office asks another to redo, which is no delay of the citizen's; an apology's date replaces the first one, and is moved by what suspends it later. */
export function dossierDue(dossier: Dossier, context: Calendars): DueNow {
  const { told } = dossier.root!.limit, basis = basisOfDossier(dossier);
  return standing(basis, isOf(told, restsOn(basis)) ? { due: told.dueAt, suspendedSince: null } : countedDossierDue(dossier, basis, context));
}

function countedDossierDue(dossier: Dossier, basis: DueBasis, context: Calendars): DueNow {
  const { apology, rules, limit: { dueAt } } = dossier.root!;
  const limit = restsOn(basis).length === 0 ? { due: dueAt, suspendedSince: null } : countedWhole(dossier, basis.pauses, context);
  return apology === null ? limit : later(limit, { at: apology.newDueAt, since: apology.at }, basis.pauses, { span: rules.limit, sessions: sessionsOf(clockOffice(dossier), context) }, context);
}

function countedWhole(dossier: Dossier, pauses: Pauses, context: Calendars): DueNow {
  const { limit, counting } = dossier.root!.rules;
  return dueNow(context.work.dueWithSuspensions(runningSince(dossier, context), limit, counting, pauses, sessionsOf(clockOffice(dossier), context)));
}

/** When a dossier falls due by its rules alone, as if what makes it stand still ended now; null: the calendar does not tell. A date that a person has set goes before. */
export function dossierDueUnder(dossier: Dossier, now: Instant, context: Calendars): Instant | null {
  return dossier.root!.apology?.newDueAt ?? countedWhole(dossier, endedBy(now, pausesOfWhole(dossier)), context).due;
}

/** The same of a leg that was taken over. */
export function legDueUnder(dossier: Dossier, leg: Leg, now: Instant, context: Calendars): Instant | null {
  const received = startOfLeg(dossier, leg, context);
  if (received === null) return null;
  const { due } = countedLeg(dossier, leg, received, endedBy(now, suspensionsOf(dossier, leg)), sessionsOf(leg.office, context), context);
  return due === null || leg.extendedDueAt === null ? due : Math.max(due, leg.extendedDueAt);
}

const endedBy = (now: Instant, pauses: readonly Suspension[]): Pauses => mergedSuspensions(pauses.map(({ from, to }) => ({ from, to: to ?? Math.max(from, now) })));

/** Where the whole limit runs from now: its start, or the delivery of the supplement that let it run anew. */
export function runningSince(dossier: Dossier, context: Calendars): Instant {
  return restartOf(dossier, startOfDossier(dossier, context), sessionsOf(clockOffice(dossier), context), context);
}

/** Where the whole limit starts: as written; for boundary-free intake at the competent office's own receipt, once it came later than expected (NĐ 309/2026 art. 8.3). */
export function startOfDossier(dossier: Dossier, context: Calendars): Instant {
  const { body, limit } = dossier.root!;
  if (body.clock !== 'competent-office') return limit.startsAt;
  let first: Instant | null = null;
  for (const leg of firstLegs(dossier)) {
    const received = leg.firstStartsAt === null ? null : withPapers(dossier, leg, leg.firstStartsAt, context);
    if (received !== null && (first === null || received < first)) first = received;
  }
  return first === null || first <= limit.startsAt + exchangeMs ? limit.startsAt : first;
}

/** The office by whose calendar the whole limit runs: the counter's, or the competent one's where its receipt starts the clock. */
export function clockOffice(dossier: Dossier): OfficeId {
  const { body } = dossier.root!;
  return (body.clock === 'competent-office' ? firstLegs(dossier)[0]?.plan.office : undefined) ?? body.counter;
}

/** When a span that begins now ends, counted from the very moment. */
export function limitEnd(from: Instant, span: Span, sessions: string, work: WorkingTime): Instant | TimeRefusal {
  const due = work.dueAt(from, span, 'elapsed', sessions);
  return isTimeRefusal(due) ? due : due.due;
}

export function sessionsOf(office: OfficeId, context: Pick<LawContext, 'reference'>): string {
  return context.reference.office(office)?.sessions ?? 'default';
}

/** Once a supplement is delivered the limit runs from its beginning again, where the procedure says so; an ask that came to nothing moves nothing. Of a leg: in the round in which it came. */
function restartOf(dossier: Dossier, startsAt: Instant, sessions: string, context: Pick<LawContext, 'work'>, leg?: Leg): Instant {
  const root = dossier.root!, { supplement, handOver } = leg === undefined ? root.rules : rulesOfLeg(root, leg);
  let starts = startsAt;
  if (supplement.restarts) {
    for (const one of dossier.requests.values()) {
      if (one.plan.request === 'supplement' && one.ended?.outcome === 'delivered' && (leg === undefined || one.plan.blocks === leg.id)) starts = Math.max(starts, afterRestart(one.ended.at, handOver, sessions, context));
    }
  }
  return starts;
}

function afterRestart(at: Instant, handOver: boolean, sessions: string, context: Pick<LawContext, 'work'>): Instant {
  const start = context.work.startOfClock(at, { sessions, handOver });
  return isTimeRefusal(start) ? at : start.starts;
}

function dueNow(due: { readonly due: Instant } | TimeRefusal): DueNow {
  if (!isTimeRefusal(due)) return { due: due.due, suspendedSince: null };
  return { due: null, suspendedSince: due.refused === 'SUSPENDED' ? due.since : null };
}

/** A refusal of the clock, as the caller of a command sees it. `field`: of the request, where that gave the span or the date. */
export function timeRefusal(refused: TimeRefusal, field = ''): Refusal {
  switch (refused.refused) {
    case 'NO_CALENDAR': return refuse('NO_CALENDAR', { year: String(refused.year) }, field);
    case 'NO_SESSIONS': return refuse('NO_SESSIONS', { sessions: refused.sessions, date: refused.date });
    case 'BAD_SPAN': return refuse('BAD_SPAN', { span: refused.span }, field);
    case 'HOURS_WITH_FIRST_DAY_EXCLUDED': return refuse('BAD_SPAN', { span: refused.span }, field);
    case 'BAD_INSTANT': return refuse('FIELD_INVALID', { field: 'time', problem: refused.text }, 'time');
    case 'SUSPENDED': return refuse('BLOCKED', { leg: '', blockedBy: printInstant(refused.since) });
  }
}
