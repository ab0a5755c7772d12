/**
 * When a time limit ends, without and with suspensions. One rule serves both: a limit is an amount of time (a budget) that runs from a point on one of three
 * rulers (work done, calendar days, the wall clock), then ends at once or is carried to a closing.
 */
import type { Instant } from '../types.ts';
import {
  closingOfWorkingDay, countedHours, dayIndex, instantWhenWorked, ranPast, uncovered, usesComputedRows, workedAt, workedBeforeDay, workedOfDay, workingDayByNumber, workingDaysBefore,
} from './day-table.ts';
import type { DayTable } from './day-table.ts';
import { instantOfDay, millisOfDay, millisPerDay, millisPerMinute } from './instant.ts';
import type { ParsedSpan } from './span.ts';
import { nextWorkingInstant } from './start-of-clock.ts';
import type { TimeRefusal } from './time-refusal.ts';

/** How days are counted: `elapsed` from the very moment, or with the first day excluded (Civil Code art. 147). */
export type Counting = 'elapsed' | 'first-day-excluded';
export type Due = { readonly due: Instant; /** Rests on calendar rows that are not announced yet. */ readonly provisional: boolean };

/** What is left to run, and where from: on the ruler of work done or on the wall clock, in milliseconds. `untilClosing`: it ends with the day in which it runs out. */
export type Budget =
  | { readonly ruler: 'work'; readonly from: number; readonly millis: number; readonly untilClosing: boolean }
  | { readonly ruler: 'wall'; readonly from: Instant; readonly millis: number; readonly untilClosing: boolean };

type Bounds = { readonly table: DayTable; readonly startIndex: number };

/** N working days from a moment: the same position (work done that day) in the N-th later working day, its closing when that day is shorter. */
function elapsedDays(table: DayTable, starts: Instant, count: number): Budget | null {
  const from = nextWorkingInstant(table, starts);
  if (from === null) return null;
  const index = dayIndex(table, from), k = workingDaysBefore(table, index) + count, target = workingDayByNumber(table, k);
  const position = workedOfDay(countedHours(table, index), millisOfDay(from));
  // An end on an opening is the closing before it: with nothing worked that day, the last day is not needed.
  if (target === undefined && (position > 0 || workingDayByNumber(table, k - 1) === undefined)) return null;
  const worked = workedAt(table, from);
  const end = workedBeforeDay(table, k) + (target === undefined ? 0 : Math.min(position, countedHours(table, target).total));
  return { ruler: 'work', from: worked, millis: end - worked, untilClosing: false };
}

/** The closing of the N-th working day after the day of `starts`. */
function wholeDays(table: DayTable, starts: Instant, count: number): Budget | null {
  const k = workingDaysBefore(table, dayIndex(table, starts) + 1);
  if (workingDayByNumber(table, k + count - 1) === undefined) return null;
  const from = workedBeforeDay(table, k);
  return { ruler: 'work', from, millis: workedBeforeDay(table, k + count) - from, untilClosing: true };
}

/** What a span asks for. Hours with the first day excluded are refused; a span that runs past the table gives null. */
export function budgetOf(table: DayTable, starts: Instant, span: ParsedSpan, counting: Counting): Budget | null | TimeRefusal {
  switch (span.unit) {
    case 'wd': return counting === 'elapsed' ? elapsedDays(table, starts, span.count) : wholeDays(table, starts, span.count);
    case 'wh': {
      if (counting === 'first-day-excluded') return { refused: 'HOURS_WITH_FIRST_DAY_EXCLUDED', span: `${span.count}wh` };
      return { ruler: 'work', from: workedAt(table, starts), millis: span.count * 60 * millisPerMinute, untilClosing: false };
    }
    case 'd': {
      const midnight = instantOfDay(table.firstDay + dayIndex(table, starts) + 1, 0);
      return { ruler: 'wall', from: midnight, millis: span.count * millisPerDay, untilClosing: true };
    }
    case 'min': return { ruler: 'wall', from: starts, millis: span.count * millisPerMinute, untilClosing: false };
  }
}

/** The closing of the day in which `end` lies (midnight belongs to the day before), or of the next working day when that one is off. */
function closingAtOrAfter(table: DayTable, end: Instant): Instant | null {
  const index = dayIndex(table, end - 1);
  return index >= table.days ? null : closingOfWorkingDay(table, workingDaysBefore(table, index));
}

/** Where a budget ends when its time runs out at `end` on its ruler. Null beyond the table. */
export function endOf(table: DayTable, budget: Budget, end: number): Instant | null {
  const instant = budget.ruler === 'work' ? instantWhenWorked(table, end) : end;
  return instant === null || !budget.untilClosing ? instant : closingAtOrAfter(table, instant);
}

/** Adds what the end rests on, or says why there is none. */
export function dueIn({ table, startIndex }: Bounds, due: Instant | null): Due | TimeRefusal {
  if (due === null) return ranPast(table, startIndex);
  const endIndex = dayIndex(table, due);
  return uncovered(table, startIndex, endIndex) ?? { due, provisional: usesComputedRows(table, startIndex, endIndex) };
}

/** The end of a limit that is never suspended. `starts` must lie inside the table. */
export function dueIfNeverSuspended(table: DayTable, starts: Instant, span: ParsedSpan, counting: Counting): Due | TimeRefusal {
  const budget = budgetOf(table, starts, span, counting);
  if (budget !== null && 'refused' in budget) return budget;
  return dueIn({ table, startIndex: dayIndex(table, starts) }, budget === null ? null : endOf(table, budget, budget.from + budget.millis));
}
