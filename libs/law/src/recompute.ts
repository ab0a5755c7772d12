/**
 * Calendars and outages are not pinned to a dossier: when holidays, swap days or an outage are announced, whoever holds the limit writes what it comes to now. Others
 * fold that entry and read no calendar for it, so all copies tell the same due time. When what suspended a limit is over, its holder tells likewise when it falls due now.
 */
import type { Draft, Instant, Outage, OutageNote, PinnedRules, ToldDue } from './types.ts';
import { today } from './context.ts';
import type { LawContext } from './context.ts';
import { decisionOfLeg, limitSince } from './dossier.ts';
import type { Dossier, Leg, Limit, Root } from './dossier.ts';
import { clockOffice, dossierDue, dossierDueToTell, legDue, legDueToTell, sessionsOf } from './limits.ts';
import { expectedLimit } from './expected-limit.ts';
import type { ExpectedLimit } from './expected-limit.ts';
import { rulesOfLeg } from './pinned-rules.ts';
import { isTimeRefusal } from './time/index.ts';
import type { TimeRefusal } from './time/index.ts';
import { isOf, outagesSince, sameOutages } from './told-due.ts';

/** Times that one limit may be written anew. Instances that run with different data would otherwise answer each other for ever. */
export const maxRecomputations = 16;

type Recomputed = Extract<Draft, { readonly kind: 'due-recomputed' }>;

/** Of a leg that is decided only what suspended it is told still: the calendar of a later day moves nothing. */
export function recomputedLeg(dossier: Dossier, leg: Leg, context: LawContext): Recomputed | null {
  const { takenOver } = leg, runs = leg.status === 'open' || leg.status === 'deciding';
  if (takenOver === null || takenOver.round !== leg.round || (!runs && decisionOfLeg(leg) === null)) return null;
  const noted = outagesSince(leg.outages, limitSince(takenOver)), wanted = runs ? wantedOfLeg(dossier, leg, takenOver, noted, context) : null;
  const next = wanted === null ? leg : { ...leg, takenOver: { ...takenOver, ...wanted }, outages: [...leg.outages.filter((one) => !noted.includes(one)), ...wanted.outages] };
  const told = legDueToTell(wanted === null ? dossier : { ...dossier, legs: new Map(dossier.legs).set(leg.id, next), derived: null }, next, runs ? null : takenOver.told, context);
  return recomputed(leg.id, takenOver, { noted, wanted, told }, context);
}

function wantedOfLeg(dossier: Dossier, leg: Leg, takenOver: NonNullable<Leg['takenOver']>, noted: readonly OutageNote[], context: LawContext): NewLimit | null {
  const due = (): Instant | null => legDue(dossier, leg, context).due;
  const outages = outagesFrom(limitSince(takenOver), due, leg.outages, today(dossier, context), (one) => one.offices?.includes(takenOver.office) === true, context);
  // A date that was set stays, whatever the calendar says; like any other, an outage moves it.
  return newLimit(takenOver, noted, leg.extendedDueAt === null ? limitOfLeg(dossier, leg, context) : takenOver, outages);
}

/** Once closing has begun, only what suspended the dossier is told still. */
export function recomputedDossier(dossier: Dossier, root: Root, context: LawContext): Recomputed | null {
  const { limit, outages: noted } = root, runs = root.closing === null, wanted = runs ? wantedOfDossier(dossier, root, context) : null;
  const told = dossierDueToTell(wanted === null ? dossier : { ...dossier, root: { ...root, limit: { ...limit, ...wanted }, outages: wanted.outages }, derived: null }, runs ? null : limit.told, context);
  return recomputed(root.id, limit, { noted, wanted, told }, context);
}

/** Outages of single offices let their legs stand; one of all offices, and the one in which the paper was taken, the whole dossier. */
function wantedOfDossier(dossier: Dossier, root: Root, context: LawContext): NewLimit | null {
  const { body, receivedAt, limit } = root, due = (): Instant | null => dossierDue(dossier, context).due;
  const outages = outagesFrom(receivedAt, due, root.outages, today(dossier, context), (one) => one.offices === undefined || one.id === body.lateRecord?.outage, context);
  return newLimit(limit, root.outages, root.apology === null ? limitUnder(root.rules, dossier, root, context) : limit, outages);
}

/** The whole limit as some rules have it: from the receipt, suspensions left aside. */
export function limitUnder({ handOver, limit, counting }: Pick<PinnedRules, 'handOver' | 'limit' | 'counting'>, dossier: Dossier, { body, receivedAt }: Root, context: LawContext): ExpectedLimit | TimeRefusal {
  const competent = body.clock === 'competent-office' ? sessionsOf(clockOffice(dossier), context) : null;
  return expectedLimit({ receivedAt, handOver, limit, counting, counter: sessionsOf(body.counter, context), competent, ...(body.earlier === undefined ? {} : { waits: body.earlier.waits }) }, context.work);
}

/** A clock that started at once keeps its start as long as that is a working moment; one that waited for an opening may find another. */
export function limitOfLeg(dossier: Dossier, leg: Leg, { work, reference }: LawContext): ExpectedLimit | TimeRefusal {
  const { at, startsAt, office } = leg.takenOver!;
  const { handOver, counting } = rulesOfLeg(dossier.root!, leg);
  const sessions = sessionsOf(office, { reference });
  const start = startsAt > at ? work.startOfClock(at, { sessions, handOver }) : work.startOfClock(startsAt, { sessions, handOver: false });
  if (isTimeRefusal(start)) return start;
  const due = work.dueAt(start.starts, leg.plan.limit, counting, sessions);
  return isTimeRefusal(due) ? due : { startsAt: start.starts, dueAt: due.due, provisional: start.provisional || due.provisional };
}

/** Outages that end after `from` and begin before the limit ends; while the clock stands, those that have begun. */
function outagesFrom(from: Instant, dueNow: () => Instant | null, noted: readonly OutageNote[], now: Instant, wanted: (outage: Outage) => boolean, context: LawContext): readonly OutageNote[] {
  const { outages } = context.reference.calendar;
  if (outages === undefined || outages.length === 0) return [];
  const due = dueNow();
  return outages.filter((one) => wanted(one) && (one.to === null || one.to > from) && (due === null ? one.from <= now || noted.some((other) => other.id === one.id) : one.from < due))
    .map((one) => ({ id: one.id, from: Math.max(one.from, from), to: one.to, ground: one.source.act })).sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
}

type NewLimit = ExpectedLimit & { readonly outages: readonly OutageNote[] };

/** What cannot be computed changes nothing: the limit stands as it was written. */
function newLimit(known: Limit, noted: readonly OutageNote[], wanted: ExpectedLimit | TimeRefusal, outages: readonly OutageNote[]): NewLimit | null {
  if (isTimeRefusal(wanted) || known.recomputed >= maxRecomputations) return null;
  const { startsAt, dueAt, provisional } = wanted;
  return startsAt === known.startsAt && dueAt === known.dueAt && provisional === known.provisional && sameOutages(noted, outages) ? null : { startsAt, dueAt, provisional, outages };
}

type Change = { readonly noted: readonly OutageNote[]; /** Null: the limit stands as written. */ readonly wanted: NewLimit | null; /** Null: nothing has suspended it, or it runs no more and that was told. */ readonly told: ToldDue | null };

function recomputed(item: string, known: Limit, { noted, wanted, told }: Change, context: LawContext): Recomputed | null {
  if (wanted === null && (told === null || !isNews(known, told))) return null;
  const { startsAt, dueAt, provisional, outages } = wanted ?? { ...known, outages: noted }, grounds = [...new Set(outages.map((one) => one.ground))];
  const ground = [`lịch làm việc ${(context.reference.calendar.digest ?? context.reference.digest).slice(0, 12)}`, ...grounds].join('; ');
  return { item, kind: 'due-recomputed', body: { startsAt, dueAt, provisional, outages, ground, ...(told === null ? {} : { told }) } };
}

/** Something has suspended it that was not told; or the calendar has moved what was. */
function isNews(known: Limit, told: ToldDue): boolean {
  if (!isOf(known.told, told.restsOn)) return true;
  return known.told.dueAt !== told.dueAt && known.recomputed < maxRecomputations;
}
