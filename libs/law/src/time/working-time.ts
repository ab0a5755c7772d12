/** The working calendar as the rest of the law uses it: built once per calendar, then every question is a look-up. */
import type { Calendar, Instant, LocalDate, Span } from '../types.ts';
import { civilOfDay, dayOf } from './civil.ts';
import { weekPlan } from './day-plan.ts';
import type { WeekPlan } from './day-plan.ts';
import { dayIndex, dayTable, instantWhenWorked, ranPast, uncovered, workedAt } from './day-table.ts';
import type { DayTable } from './day-table.ts';
import { budgetOf, dueIfNeverSuspended, dueIn } from './due-at.ts';
import type { Counting, Due } from './due-at.ts';
import { dayOfInstant, millisPerMinute } from './instant.ts';
import { parseSpan } from './span.ts';
import type { ParsedSpan } from './span.ts';
import { startIn } from './start-of-clock.ts';
import type { Start } from './start-of-clock.ts';
import { workingStretches } from './stretches.ts';
import type { Stretch } from './stretches.ts';
import { endWithSuspensions, mergedSuspensions } from './suspensions.ts';
import type { Suspension } from './suspensions.ts';
import { isTimeRefusal } from './time-refusal.ts';
import type { TimeRefusal } from './time-refusal.ts';

/** Opening hours of a day, minutes after midnight, half-open. `counts`: they count for limits (on a weekly rest day only where the calendar says so). */
export type DaySessions = { readonly sessions: readonly { readonly from: number; readonly to: number }[]; readonly counts: boolean };

/** Instants are milliseconds since the epoch, days are those of +07:00; `sessions` is the id of the weekly sessions that the office keeps. */
export type WorkingTime = {
  readonly calendar: Calendar;
  /** Whether limits run on that day. */
  workingDay(sessions: string, date: LocalDate): boolean | TimeRefusal;
  /** When the counter is open on that day. */
  sessionsOf(sessions: string, date: LocalDate): DaySessions | TimeRefusal;
  /** When the clock of what was received starts. */
  startOfClock(received: Instant, rule: { readonly sessions: string; readonly handOver: boolean }): Start | TimeRefusal;
  /** When a limit that began at `starts` ends. `elapsed` counts from the next working moment; calendar days and minutes from `starts` itself. */
  dueAt(starts: Instant, span: Span, counting: Counting, sessions: string): Due | TimeRefusal;
  /** As `dueAt`, with stretches that do not count. */
  dueWithSuspensions(starts: Instant, span: Span, counting: Counting, suspensions: readonly Suspension[], sessions: string): Due | TimeRefusal;
  /** The first moment at which `minutes` more were worked; `from` itself for 0. Not negative, finite. */
  addWorking(from: Instant, minutes: number, sessions: string): Due | TimeRefusal;
  /** Milliseconds worked from `a` to `b`, exact; negative when `b` is earlier. */
  workingMillisBetween(a: Instant, b: Instant, sessions: string): number | TimeRefusal;
  /** The same in minutes; a fraction where the instants lie within a minute. */
  workingMinutesBetween(a: Instant, b: Instant, sessions: string): number | TimeRefusal;
  /** The working hours between two moments, in order; none when `b` is not later. */
  stretches(a: Instant, b: Instant, sessions: string): readonly Stretch[] | TimeRefusal;
};

/** Runs of consecutive years: where one year has no rows, counting cannot pass. */
function yearRuns(years: ReadonlySet<number>): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = [];
  for (const year of [...years].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === year - 1) last[1] = year; else runs.push([year, year]);
  }
  return runs;
}

type TableOf = (sessions: string, day: number) => DayTable | TimeRefusal;

/** Tables are built when first asked for: of many sessions in the data, few are used by one service. */
function tables(calendar: Calendar): TableOf {
  const runs = yearRuns(calendar.years), built = new Map<string, readonly DayTable[]>();
  const build = (sessions: string): readonly DayTable[] => {
    const versions: readonly WeekPlan[] = calendar.sessions.filter((s) => s.id === sessions).map(weekPlan).sort((a, b) => a.firstDay - b.firstDay);
    return runs.map(([first, last]) => dayTable(calendar, sessions, versions, first, last));
  };
  return (sessions, day) => {
    let found = built.get(sessions);
    if (found === undefined) { found = build(sessions); built.set(sessions, found); }
    for (const table of found) if (day >= table.firstDay && day < table.firstDay + table.days) return table;
    return { refused: 'NO_CALENDAR', year: civilOfDay(day).year };
  };
}

function sessionsIn(table: DayTable, day: number): DaySessions | TimeRefusal {
  const index = day - table.firstDay, plan = table.plans[index];
  const refusal = uncovered(table, index, index);
  if (refusal !== null || plan === undefined) return refusal ?? ranPast(table, index);
  const { from, to } = plan.open;
  return { sessions: from.map((start, i) => ({ from: start / millisPerMinute, to: (to[i] ?? start) / millisPerMinute })), counts: plan.counts };
}

/** Minutes of the wall clock need no calendar. */
function minutesWithSuspensions(starts: Instant, span: ParsedSpan, suspensions: readonly Suspension[]): Due | TimeRefusal {
  let due = starts + span.count * millisPerMinute;
  for (const { from, to } of mergedSuspensions(suspensions)) {
    if (from >= due) break;
    if (to === null) return { refused: 'SUSPENDED', since: from };
    due += Math.max(0, to - Math.max(starts, from));
  }
  return { due, provisional: false };
}

function suspendedDue(tableOf: TableOf, starts: Instant, text: Span, counting: Counting, suspensions: readonly Suspension[], sessions: string): Due | TimeRefusal {
  const span = parseSpan(text);
  if ('refused' in span) return span;
  if (span.unit === 'min') return minutesWithSuspensions(starts, span, suspensions);
  const table = tableOf(sessions, dayOfInstant(starts));
  if ('refused' in table) return table;
  if (suspensions.length === 0) return dueIfNeverSuspended(table, starts, span, counting);
  const budget = budgetOf(table, starts, span, counting);
  if (budget !== null && 'refused' in budget) return budget;
  const end = budget === null ? null : endWithSuspensions(table, budget, suspensions);
  return isTimeRefusal(end) ? end : dueIn({ table, startIndex: dayIndex(table, starts) }, end);
}

function addedWork(table: DayTable, from: Instant, minutes: number): Due | TimeRefusal {
  if (!(minutes >= 0 && minutes < Infinity)) throw new RangeError(`minutes to add: ${minutes}`);
  const index = dayIndex(table, from);
  return dueIn({ table, startIndex: index }, minutes === 0 ? from : instantWhenWorked(table, workedAt(table, from) + minutes * millisPerMinute));
}

function workBetween(tableOf: TableOf, a: Instant, b: Instant, sessions: string): number | TimeRefusal {
  if (b < a) { const back = workBetween(tableOf, b, a, sessions); return isTimeRefusal(back) ? back : 0 - back; }
  const table = tableOf(sessions, dayOfInstant(a));
  if ('refused' in table) return table;
  const first = dayIndex(table, a), last = dayIndex(table, b);
  if (last >= table.days) return ranPast(table, first);
  return uncovered(table, first, last) ?? workedAt(table, b) - workedAt(table, a);
}

/** Indexes a calendar. Throws RangeError on sessions that overlap or leave the day; such data is refused when it is loaded. */
export function workingTime(calendar: Calendar): WorkingTime {
  const tableOf = tables(calendar);
  const onDay = (sessions: string, date: LocalDate): DaySessions | TimeRefusal => {
    const day = dayOf(date), table = tableOf(sessions, day);
    return 'refused' in table ? table : sessionsIn(table, day);
  };
  const between = (a: Instant, b: Instant, sessions: string): number | TimeRefusal => workBetween(tableOf, a, b, sessions);
  return {
    calendar,
    sessionsOf: onDay,
    workingDay: (sessions, date) => { const day = onDay(sessions, date); return 'refused' in day ? day : day.counts; },
    startOfClock: (received, { sessions, handOver }) => {
      const table = tableOf(sessions, dayOfInstant(received));
      return 'refused' in table ? table : startIn(table, received, handOver);
    },
    dueAt: (starts, span, counting, sessions) => suspendedDue(tableOf, starts, span, counting, [], sessions),
    dueWithSuspensions: (starts, span, counting, suspensions, sessions) => suspendedDue(tableOf, starts, span, counting, suspensions, sessions),
    addWorking: (from, minutes, sessions) => {
      const table = tableOf(sessions, dayOfInstant(from));
      return 'refused' in table ? table : addedWork(table, from, minutes);
    },
    workingMillisBetween: between,
    stretches: (a, b, sessions) => {
      const table = tableOf(sessions, dayOfInstant(a));
      return 'refused' in table ? table : workingStretches(table, a, b);
    },
    workingMinutesBetween: (a, b, sessions) => { const millis = between(a, b, sessions); return isTimeRefusal(millis) ? millis : millis / millisPerMinute; },
  };
}
