/** When a clock starts: at the receipt, or at the next opening, or (hand-over rule) on the next working day. */
import type { Instant } from '../types.ts';
import { countedHours, dayIndex, openingOfWorkingDay, ranPast, uncovered, usesComputedRows, workingDaysBefore } from './day-table.ts';
import type { DayTable } from './day-table.ts';
import { instantOfDay, millisOfDay, millisPerMinute } from './instant.ts';
import type { TimeRefusal } from './time-refusal.ts';

export type Start = { readonly starts: Instant; /** Rests on calendar rows that are not announced yet. */ readonly provisional: boolean };

/** NĐ 309/2026 art. 9 (before: NĐ 61/2018 art. 18): what is received after 15:00 goes to the competent agency at the start of the next working day. */
export const handOverLimitMillis = 15 * 60 * millisPerMinute;

/** `instant` itself when it lies inside a session that counts (sessions are half-open), else the next opening; null beyond the table. */
export function nextWorkingInstant(table: DayTable, instant: Instant): Instant | null {
  const index = dayIndex(table, instant), millis = millisOfDay(instant), hours = countedHours(table, index);
  for (let i = 0; i < hours.to.length; i += 1) {
    if (millis < (hours.to[i] as number)) return Math.max(instant, instantOfDay(table.firstDay + index, hours.from[i] as number));
  }
  return openingOfWorkingDay(table, workingDaysBefore(table, index + 1));
}

/** The start of a clock. The receipt must lie inside the table. */
export function startIn(table: DayTable, received: Instant, handOver: boolean): Start | TimeRefusal {
  const fromIndex = dayIndex(table, received);
  let starts = nextWorkingInstant(table, received);
  // The rule looks at the start, not at the receipt: what came at night starts in the morning and may be handed over that day.
  if (starts !== null && handOver && millisOfDay(starts) > handOverLimitMillis) {
    starts = openingOfWorkingDay(table, workingDaysBefore(table, dayIndex(table, starts) + 1));
  }
  if (starts === null) return ranPast(table, fromIndex);
  const toIndex = dayIndex(table, starts);
  return uncovered(table, fromIndex, toIndex) ?? { starts, provisional: usesComputedRows(table, fromIndex, toIndex) };
}
