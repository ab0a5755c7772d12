/**
 * Calendars and outages are not pinned to a dossier: when holidays, swap days or an outage are announced, whoever holds the limit writes what it comes to now. Others
 * fold that entry and read no calendar for it, so all copies tell the same due time.
 */
import type { Draft, Instant, Outage, OutageNote, PinnedRules } from './types.ts';
import { today } from './context.ts';
import type { LawContext } from './context.ts';
import { limitSince } from './dossier.ts';
import type { Dossier, Leg, Limit, Root } from './dossier.ts';
import { clockOffice, dossierDue, legDue, sessionsOf } from './limits.ts';
import { expectedLimit } from './expected-limit.ts';
import type { ExpectedLimit } from './expected-limit.ts';
import { rulesOfLeg } from './pinned-rules.ts';
import { isTimeRefusal } from './time/index.ts';
import type { TimeRefusal } from './time/index.ts';

/** Times that one limit may be written anew. Instances that run with different data would otherwise answer each other for ever. */
export const maxRecomputations = 16;

type Recomputed = Extract<Draft, { readonly kind: 'due-recomputed' }>;

export function recomputedLeg(dossier: Dossier, leg: Leg, context: LawContext): Recomputed | null {
  const { takenOver } = leg;
  if ((leg.status !== 'open' && leg.status !== 'deciding') || takenOver === null || takenOver.round !== leg.round) return null;
  const due = (): Instant | null => legDue(dossier, leg, context).due;
  // A date that was set stays, whatever the calendar says; like any other, an outage moves it.
  const wanted = leg.extendedDueAt === null ? limitOfLeg(dossier, leg, context) : takenOver;
  const since = limitSince(takenOver);
  return recomputed(leg.id, takenOver, wanted, currentOutages(leg.outages, since), outagesFrom(since, due, leg.outages, today(dossier, context), (one) => one.offices?.includes(takenOver.office) === true, context), context);
}

/** Outages of single offices let their legs stand; one of all offices, and the one in which the paper was taken, the whole dossier. */
export function recomputedDossier(dossier: Dossier, root: Root, context: LawContext): Recomputed | null {
  const { body, receivedAt } = root, wanted = root.apology === null ? limitUnder(root.rules, dossier, root, context) : root.limit;
  const due = (): Instant | null => dossierDue(dossier, context).due;
  return recomputed(root.id, root.limit, wanted, root.outages, outagesFrom(receivedAt, due, root.outages, today(dossier, context), (one) => one.offices === undefined || one.id === body.lateRecord?.outage, context), context);
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

const currentOutages = (noted: readonly OutageNote[], since: Instant): readonly OutageNote[] => noted.filter((one) => one.to === null || one.to > since);

/** Outages that end after `from` and begin before the limit ends; while the clock stands, those that have begun. */
function outagesFrom(from: Instant, dueNow: () => Instant | null, noted: readonly OutageNote[], now: Instant, wanted: (outage: Outage) => boolean, context: LawContext): readonly OutageNote[] {
  const { outages } = context.reference.calendar;
  if (outages === undefined || outages.length === 0) return [];
  const due = dueNow();
  return outages.filter((one) => wanted(one) && (one.to === null || one.to > from) && (due === null ? one.from <= now || noted.some((other) => other.id === one.id) : one.from < due))
    .map((one) => ({ id: one.id, from: Math.max(one.from, from), to: one.to, ground: one.source.act })).sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
}

/** What cannot be computed changes nothing: the limit stands as it was written. */
function recomputed(item: string, known: Limit, wanted: ExpectedLimit | TimeRefusal, noted: readonly OutageNote[], outages: readonly OutageNote[], context: LawContext): Recomputed | null {
  if (isTimeRefusal(wanted) || known.recomputed >= maxRecomputations) return null;
  const { startsAt, dueAt, provisional } = wanted;
  if (startsAt === known.startsAt && dueAt === known.dueAt && provisional === known.provisional && sameOutages(noted, outages)) return null;
  const grounds = [...new Set(outages.map((one) => one.ground))];
  return { item, kind: 'due-recomputed', body: { startsAt, dueAt, provisional, outages, ground: [`lịch làm việc ${(context.reference.calendar.digest ?? context.reference.digest).slice(0, 12)}`, ...grounds].join('; ') } };
}

function sameOutages(a: readonly OutageNote[], b: readonly OutageNote[]): boolean {
  return a.length === b.length && a.every((one, n) => one.id === b[n]!.id && one.from === b[n]!.from && one.to === b[n]!.to);
}
