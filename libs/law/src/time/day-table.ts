/**
 * Working time of one office over a run of years, as prefix sums: how much was worked before each day. Both directions (instant → work done, work done → instant)
 * are then a look-up or a binary search, never a walk by minute.
 */
import type { Calendar, Instant } from '../types.ts';
import { dayOfCivil, printDay } from './civil.ts';
import type { DayNumber } from './civil.ts';
import { closed, planOfDay } from './day-plan.ts';
import type { DayPlan, Hours, WeekPlan } from './day-plan.ts';
import { dayOfInstant, instantOfDay, millisOfDay } from './instant.ts';
import type { TimeRefusal } from './time-refusal.ts';

/** Index arrays are by day since `firstDay`, or by working day (the k-th counting day since `firstDay`, k from 0). */
export type DayTable = {
  readonly sessions: string;
  readonly firstYear: number; readonly lastYear: number;
  readonly firstDay: DayNumber; readonly days: number;
  readonly plans: readonly DayPlan[];
  /** Working days before each day; one more entry for the end. */
  readonly workingBefore: Int32Array;
  /** Day index of each working day. */
  readonly workingDays: Int32Array;
  /** Milliseconds worked before each working day; one more entry for the end. */
  readonly workedBefore: Float64Array;
  /** Rows applied though not announced yet, before each day. */
  readonly computedBefore: Int32Array;
  /** Days on which no sessions are in force, before each day. */
  readonly uncoveredBefore: Int32Array;
};

/** At a typed array's index that is known to lie inside it. */
const at = (array: Int32Array | Float64Array, index: number): number => array[index] as number;

/** Builds the table for years `firstYear` … `lastYear`, all of which must have calendar rows. Later versions of the weekly sessions win where two are in force. */
export function dayTable(calendar: Calendar, sessions: string, versions: readonly WeekPlan[], firstYear: number, lastYear: number): DayTable {
  const firstDay = dayOfCivil(firstYear, 1, 1), days = dayOfCivil(lastYear + 1, 1, 1) - firstDay;
  const plans: DayPlan[] = [], workingDays: number[] = [], workedBefore: number[] = [];
  const workingBefore = new Int32Array(days + 1), computedBefore = new Int32Array(days + 1), uncoveredBefore = new Int32Array(days + 1);
  let worked = 0;
  for (let index = 0; index < days; index += 1) {
    const day = firstDay + index, row = calendar.days.get(printDay(day));
    const version = versions.findLast((v) => v.firstDay <= day && day <= v.lastDay);
    const plan = version === undefined ? closed : planOfDay(version, day, row);
    plans.push(plan);
    if (plan.counts) { workingDays.push(index); workedBefore.push(worked); worked += plan.open.total; }
    workingBefore[index + 1] = workingDays.length;
    computedBefore[index + 1] = at(computedBefore, index) + (row?.status === 'computed' ? 1 : 0);
    uncoveredBefore[index + 1] = at(uncoveredBefore, index) + (version === undefined ? 1 : 0);
  }
  workedBefore.push(worked);
  return { sessions, firstYear, lastYear, firstDay, days, plans, workingBefore, workingDays: Int32Array.from(workingDays), workedBefore: Float64Array.from(workedBefore), computedBefore, uncoveredBefore };
}

/** The working hours of a day of the table; none when it is off or does not count. */
export function countedHours(table: DayTable, index: number): Hours {
  const plan = table.plans[index];
  return plan?.counts === true ? plan.open : closed.open;
}

export const dayIndex = (table: DayTable, instant: Instant): number => dayOfInstant(instant) - table.firstDay;

/** Working days before day `index`: also the number of the first working day from there on. */
export const workingDaysBefore = (table: DayTable, index: number): number => at(table.workingBefore, index);

/** The working day by number, as day index; undefined beyond the table. */
export const workingDayByNumber = (table: DayTable, k: number): number | undefined => table.workingDays[k];

/** Milliseconds worked before the k-th working day; k may be one past the last. */
export const workedBeforeDay = (table: DayTable, k: number): number => at(table.workedBefore, k);

/** Milliseconds worked within a day before `millis` after midnight. */
export function workedOfDay(hours: Hours, millis: number): number {
  for (let i = hours.from.length - 1; i >= 0; i -= 1) {
    const from = hours.from[i] as number;
    if (millis > from) return (hours.before[i] as number) + Math.min(millis, hours.to[i] as number) - from;
  }
  return 0;
}

/** Milliseconds after midnight when `worked` milliseconds of a day are done, 0 < worked ≤ total: at a break, the closing before it. */
export function millisWhenWorked(hours: Hours, worked: number): number {
  let i = hours.from.length - 1;
  while (i > 0 && (hours.before[i] as number) >= worked) i -= 1;
  return (hours.from[i] as number) + worked - (hours.before[i] as number);
}

/** Milliseconds worked since the table began. The instant must lie inside the table. */
export function workedAt(table: DayTable, instant: Instant): number {
  const index = dayIndex(table, instant);
  return at(table.workedBefore, at(table.workingBefore, index)) + workedOfDay(countedHours(table, index), millisOfDay(instant));
}

/** The first instant at which `worked` > 0 milliseconds are done since the table began: a closing, never an opening. Null beyond the table. */
export function instantWhenWorked(table: DayTable, worked: number): Instant | null {
  let low = 0, high = table.workingDays.length;
  if (worked > at(table.workedBefore, high)) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(table.workedBefore, middle) < worked) low = middle; else high = middle;
  }
  const index = at(table.workingDays, low);
  return instantOfDay(table.firstDay + index, millisWhenWorked(countedHours(table, index), worked - at(table.workedBefore, low)));
}

/** The closing of the k-th working day; null beyond the table. */
export function closingOfWorkingDay(table: DayTable, k: number): Instant | null {
  const index = table.workingDays[k];
  return index === undefined ? null : instantOfDay(table.firstDay + index, countedHours(table, index).to.at(-1) as number);
}

/** The opening of the k-th working day; null beyond the table. */
export function openingOfWorkingDay(table: DayTable, k: number): Instant | null {
  const index = table.workingDays[k];
  return index === undefined ? null : instantOfDay(table.firstDay + index, countedHours(table, index).from[0] as number);
}

/** Whether a row that is not announced yet was applied between two days of the table, both included. */
export function usesComputedRows(table: DayTable, fromIndex: number, toIndex: number): boolean {
  return at(table.computedBefore, Math.min(toIndex, table.days - 1) + 1) > at(table.computedBefore, fromIndex);
}

/** Refuses when a day between the two, both included, has no sessions in force; names the first such day. */
export function uncovered(table: DayTable, fromIndex: number, toIndex: number): TimeRefusal | null {
  const before = at(table.uncoveredBefore, fromIndex), end = Math.min(toIndex, table.days - 1);
  if (at(table.uncoveredBefore, end + 1) === before) return null;
  let index = fromIndex;
  while (at(table.uncoveredBefore, index + 1) === before) index += 1;
  return { refused: 'NO_SESSIONS', sessions: table.sessions, date: printDay(table.firstDay + index) };
}

/** Why a computation that began on day `fromIndex` ran past the table: days without sessions on its way, or a year without rows after it. */
export function ranPast(table: DayTable, fromIndex: number): TimeRefusal {
  return uncovered(table, fromIndex, table.days - 1) ?? { refused: 'NO_CALENDAR', year: table.lastYear + 1 };
}
