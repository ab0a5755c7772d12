/** Instants read and written as ISO 8601. Input in any zone; everything is judged and printed in +07:00, which has no summer time. */
import type { Instant, LocalDate } from '../types.ts';
import { dayOf, dayOfCivil, isCivil, printDay } from './civil.ts';
import type { DayNumber } from './civil.ts';
import type { TimeRefusal } from './time-refusal.ts';

export const millisPerMinute = 60_000;
export const millisPerDay = 86_400_000;
/** Offset of Vietnamese time from UTC. */
export const offsetMillis = 7 * 60 * millisPerMinute;
/** Widest zone offset taken; the widest in use is +14:00. */
const maxOffsetMinutes = 18 * 60;

const instantForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)$/;

/** Minutes that the zone part stands ahead of UTC; null when it is out of range. */
function zoneMinutes(match: RegExpExecArray): number | null {
  if (match[8] === 'Z') return 0;
  const hours = Number(match[10]), minutes = Number(match[11] ?? '0'), total = hours * 60 + minutes;
  if (minutes > 59 || total > maxOffsetMinutes) return null;
  return match[9] === '-' ? -total : total;
}

/**
 * Reads `2026-02-13T15:30+07`, `2026-02-13T08:30:00.250Z` and the like. Seconds and up to nine decimals are optional (what is finer than a millisecond is cut);
 * the zone is not: a time without zone means different instants to different readers.
 */
export function parseInstant(text: string): Instant | TimeRefusal {
  const match = instantForm.exec(text);
  if (match === null) return { refused: 'BAD_INSTANT', text };
  const year = Number(match[1]), month = Number(match[2]), day = Number(match[3]);
  const hour = Number(match[4]), minute = Number(match[5]), second = Number(match[6] ?? '0'), zone = zoneMinutes(match);
  if (!isCivil(year, month, day) || hour > 23 || minute > 59 || second > 59 || zone === null) return { refused: 'BAD_INSTANT', text };
  const millis = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return dayOfCivil(year, month, day) * millisPerDay + ((hour * 60 + minute - zone) * 60 + second) * 1000 + millis;
}

/** The day in +07:00 on which the instant lies. */
export function dayOfInstant(instant: Instant): DayNumber {
  return Math.floor((instant + offsetMillis) / millisPerDay);
}

/** Milliseconds since midnight in +07:00. */
export function millisOfDay(instant: Instant): number {
  return instant + offsetMillis - dayOfInstant(instant) * millisPerDay;
}

/** The instant `millis` after midnight in +07:00 of a day. */
export function instantOfDay(day: DayNumber, millis: number): Instant {
  return day * millisPerDay + millis - offsetMillis;
}

/** The date in +07:00, `YYYY-MM-DD`. Throws RangeError outside years 1–9999. */
export function localDate(instant: Instant): LocalDate {
  return printDay(dayOfInstant(instant));
}

/** The instant `minutes` after midnight in +07:00 of a date. Throws RangeError on what is not a date. */
export function instantAt(date: LocalDate, minutes: number): Instant {
  return instantOfDay(dayOf(date), minutes * millisPerMinute);
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** The time in +07:00, `HH:MM`, as forms print it. */
export function localTime(instant: Instant): string {
  const minutes = Math.floor(millisOfDay(instant) / millisPerMinute);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `2026-02-25T17:00:00+07:00`; milliseconds only where there are any. Throws RangeError on what is not a whole millisecond of years 1–9999. */
export function printInstant(instant: Instant): string {
  if (!Number.isInteger(instant)) throw new RangeError(`not a whole millisecond: ${instant}`);
  const seconds = Math.floor(millisOfDay(instant) / 1000), millis = ((instant % 1000) + 1000) % 1000;
  const fraction = millis === 0 ? '' : `.${String(millis).padStart(3, '0')}`;
  return `${localDate(instant)}T${localTime(instant)}:${two(seconds % 60)}${fraction}+07:00`;
}
