/**
 * What one day is for one office: when its counter is open and whether that time counts for limits.
 * Labour Code art. 111, 112: holidays and the days observed for them are off; days swapped off and made up for exist only when announced.
 */
import type { CalendarDay, Sessions } from '../types.ts';
import { dayOf, weekdayOf } from './civil.ts';
import type { DayNumber } from './civil.ts';
import { millisPerMinute } from './instant.ts';

/** Weekly sessions that may also say on which weekly rest days (0 = Sunday, 6 = Saturday) open hours count for limits. Absent: on none. */
export type OfficeSessions = Sessions & { readonly countsOnRestDays?: readonly number[] };

/** The hours of a day, half-open, in milliseconds after midnight, in order and apart. */
export type Hours = {
  readonly from: readonly number[]; readonly to: readonly number[];
  /** Milliseconds worked before each session. */
  readonly before: readonly number[];
  /** Length of the day in working milliseconds. */
  readonly total: number;
};

export type DayPlan = { /** When the counter is open. */ readonly open: Hours; /** Whether the day counts as a working day. */ readonly counts: boolean };

/** How the days of one version of weekly sessions look; built once, so that equal days share their hours. */
export type WeekPlan = {
  readonly firstDay: DayNumber; readonly lastDay: DayNumber;
  readonly week: readonly DayPlan[];
  /** A working day made up for on a rest day. */
  readonly madeUp: DayPlan;
};

export const closed: DayPlan = { open: { from: [], to: [], before: [], total: 0 }, counts: false };

const minutesPerDay = 1440;
const isRestDay = (weekday: number): boolean => weekday === 0 || weekday === 6;

/** Throws RangeError on sessions that overlap, are empty or leave the day: such data is refused when it is loaded. */
function hoursOf(sessions: OfficeSessions, weekday: number): Hours {
  const ordered = [...(sessions.week[weekday] ?? [])].sort((a, b) => a.from - b.from);
  const from: number[] = [], to: number[] = [], before: number[] = [];
  let total = 0, free = 0;
  for (const session of ordered) {
    if (session.from < free || session.to <= session.from || session.to > minutesPerDay) throw new RangeError(`sessions ${sessions.id}, weekday ${weekday}: ${session.from}–${session.to} overlaps or leaves the day`);
    from.push(session.from * millisPerMinute); to.push(session.to * millisPerMinute); before.push(total);
    total += (session.to - session.from) * millisPerMinute;
    free = session.to;
  }
  return { from, to, before, total };
}

/** Prepares one version of weekly sessions. Its days up to and including `validTo` are in force. */
export function weekPlan(sessions: OfficeSessions): WeekPlan {
  const week = [0, 1, 2, 3, 4, 5, 6].map((weekday): DayPlan => {
    const open = hoursOf(sessions, weekday);
    return { open, counts: open.total > 0 && (!isRestDay(weekday) || (sessions.countsOnRestDays ?? []).includes(weekday)) };
  });
  // A day made up for is an ordinary working day, whatever short hours the office keeps on that weekday.
  const madeUp = week.find((plan, weekday) => !isRestDay(weekday) && plan.counts) ?? closed;
  return { firstDay: dayOf(sessions.validFrom), lastDay: sessions.validTo === null ? Infinity : dayOf(sessions.validTo), week, madeUp };
}

/** The plan of a day. A row that is still to be confirmed is not applied. */
export function planOfDay(plan: WeekPlan, day: DayNumber, row: CalendarDay | undefined): DayPlan {
  const weekday = weekdayOf(day), ordinary = plan.week[weekday] ?? closed;
  if (row === undefined || row.status === 'to-confirm') return ordinary;
  if (row.kind !== 'swap-working') return closed;
  return isRestDay(weekday) || !ordinary.counts ? plan.madeUp : ordinary;
}
