/**
 * Days of the civil calendar as integers: day 0 is 1970-01-01. Integer arithmetic only, because due dates are computed by the hundred thousand a second.
 * The conversion counts years from March, so that the leap day is the last day of its year, in eras of 400 years (146,097 days).
 */
import type { LocalDate } from '../types.ts';

/** A day counted from 1970-01-01. */
export type DayNumber = number;
export type Civil = { readonly year: number; /** 1–12. */ readonly month: number; /** 1–31. */ readonly day: number };

const daysPerEra = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const epochOffset = 719_468;

/** The day number of a civil date. The date must exist (`isCivil`). */
export function dayOfCivil(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - epochOffset;
}

/** The civil date of a day number. */
export function civilOfDay(dayNumber: DayNumber): Civil {
  const shifted = dayNumber + epochOffset;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether the date exists: years 1–9999. */
export function isCivil(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (monthDays[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(dayNumber: DayNumber): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day number of `YYYY-MM-DD`; null when it is not written so or does not exist. */
export function parseDay(text: string): DayNumber | null {
  const match = dateForm.exec(text);
  if (match === null) return null;
  const year = Number(match[1]), month = Number(match[2]), day = Number(match[3]);
  return isCivil(year, month, day) ? dayOfCivil(year, month, day) : null;
}

/** As `parseDay`, for dates that were validated before; throws RangeError on any other text. */
export function dayOf(date: LocalDate): DayNumber {
  const day = parseDay(date);
  if (day === null) throw new RangeError(`not a date: ${date}`);
  return day;
}

const firstDay = dayOfCivil(1, 1, 1);
const lastDay = dayOfCivil(9999, 12, 31);

/** `YYYY-MM-DD`. Throws RangeError outside years 1–9999. */
export function printDay(dayNumber: DayNumber): LocalDate {
  if (!Number.isInteger(dayNumber) || dayNumber < firstDay || dayNumber > lastDay) throw new RangeError(`no date for day ${dayNumber}`);
  const { year, month, day } = civilOfDay(dayNumber);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The date `days` calendar days later (earlier when negative). Throws RangeError on what is not a date. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return printDay(dayOf(date) + days);
}
