/** Runs of time as sorted lists without overlap: the working hours between two moments, and what is left of a list when others are taken out. */
import type { Instant } from '../types.ts';
import { countedHours, dayIndex, ranPast, uncovered } from './day-table.ts';
import type { DayTable } from './day-table.ts';
import { instantOfDay } from './instant.ts';
import type { TimeRefusal } from './time-refusal.ts';

/** From (inclusive) to (exclusive), not empty. */
export type Stretch = { readonly from: Instant; readonly to: Instant };

/** Working hours between two moments of the table, in order. */
export function workingStretches(table: DayTable, from: Instant, to: Instant): readonly Stretch[] | TimeRefusal {
  if (to <= from) return [];
  const first = dayIndex(table, from), last = dayIndex(table, to - 1);
  if (last >= table.days) return ranPast(table, first);
  const refusal = uncovered(table, first, last);
  if (refusal !== null) return refusal;
  const found: Stretch[] = [];
  for (let index = first; index <= last; index += 1) {
    const hours = countedHours(table, index);
    hours.from.forEach((opening, n) => {
      const start = Math.max(from, instantOfDay(table.firstDay + index, opening)), end = Math.min(to, instantOfDay(table.firstDay + index, hours.to[n] as number));
      if (end > start) found.push({ from: start, to: end });
    });
  }
  return found;
}

/** Parts of `whole` inside `others`; both sorted and without overlap. */
export function inside(whole: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (let a = 0, b = 0; a < whole.length && b < others.length;) {
    const one = whole[a] as Stretch, other = others[b] as Stretch;
    const from = Math.max(one.from, other.from), to = Math.min(one.to, other.to);
    if (to > from) found.push({ from, to });
    if (one.to < other.to) a += 1; else b += 1;
  }
  return found;
}

/** Parts of `whole` outside `others`; both sorted and without overlap. */
export function outside(whole: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  let b = 0;
  for (const one of whole) {
    let { from } = one;
    while (b < others.length && (others[b] as Stretch).to <= from) b += 1;
    for (let n = b; n < others.length && (others[n] as Stretch).from < one.to; n += 1) {
      const other = others[n] as Stretch;
      if (other.from > from) found.push({ from, to: other.from });
      from = Math.max(from, other.to);
    }
    if (from < one.to) found.push({ from, to: one.to });
  }
  return found;
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, one) => sum + one.to - one.from, 0);
}
