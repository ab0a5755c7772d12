/** Time limits that stood still for a while: what was used before is kept, the rest runs afterwards. */
import type { Instant } from '../types.ts';
import { endOf } from './due-at.ts';
import type { Budget } from './due-at.ts';
import { dayIndex, workedAt, workedBeforeDay } from './day-table.ts';
import type { DayTable } from './day-table.ts';
import type { TimeRefusal } from './time-refusal.ts';

/** A stretch that does not count, half-open. `to` null: it lasts still. One that ends before it begins is empty. */
export type Suspension = { readonly from: Instant; readonly to: Instant | null };

const endOfSuspension = (suspension: Suspension): Instant => suspension.to ?? Infinity;

/** In order, apart, none empty: overlapping and touching ones become one. */
export function mergedSuspensions(suspensions: readonly Suspension[]): readonly Suspension[] {
  const merged: Suspension[] = [];
  for (const next of [...suspensions].sort((a, b) => a.from - b.from)) {
    if (endOfSuspension(next) <= next.from) continue;
    const last = merged.at(-1);
    if (last === undefined || next.from > endOfSuspension(last)) merged.push(next);
    else if (endOfSuspension(next) > endOfSuspension(last)) merged[merged.length - 1] = { from: last.from, to: next.to };
  }
  return merged;
}

/** Where an instant lies on a ruler; on the ruler of work, what lies outside the table is put at its edge. */
function positionOf(table: DayTable, ruler: Budget['ruler'], instant: Instant): number {
  if (ruler === 'wall') return instant;
  const index = dayIndex(table, instant);
  if (index < 0) return 0;
  return index >= table.days ? workedBeforeDay(table, table.workingDays.length) : workedAt(table, instant);
}

/**
 * The end of a budget with suspensions. One that begins at or after the end changes nothing: a limit that has passed cannot be suspended. One that begins while
 * the end is being carried to a closing carries it on to the closing after the suspension. Null beyond the table; refused when the suspension that decides still lasts.
 */
export function endWithSuspensions(table: DayTable, budget: Budget, suspensions: readonly Suspension[]): Instant | null | TimeRefusal {
  let end = budget.from + budget.millis, due = endOf(table, budget, end);
  for (const suspension of mergedSuspensions(suspensions)) {
    if (due === null || suspension.from >= due) break;
    if (suspension.to === null) return { refused: 'SUSPENDED', since: suspension.from };
    const from = Math.max(budget.from, positionOf(table, budget.ruler, suspension.from));
    end = Math.max(end, from) + Math.max(0, positionOf(table, budget.ruler, suspension.to) - from);
    due = endOf(table, budget, end);
  }
  return due;
}
