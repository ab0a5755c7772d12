/** Months as text. */
import { addDays } from '@lienthong/law';
import type { LocalDate } from '@lienthong/law';

/** `YYYY-MM`: they compare as text. */
export type Month = string;

const monthsOfYear = 12;
const form = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** One that somebody may give: nobody is paid in another century. */
export const isMonth = (text: string): boolean => form.test(text) && /^(?:19|20)/.test(text);
/** The month of `YYYY-MM-DD`. */
export const monthOf = (day: string): Month => day.slice(0, 7);

export function nextMonth(month: Month): Month {
  const [, year, number] = form.exec(month) ?? [];
  if (year === undefined || number === undefined) throw new RangeError(`no month: ${month}`);
  return number === '12' ? `${String(Number(year) + 1).padStart(4, '0')}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`;
}

export const monthBefore = (month: Month): Month => monthOf(addDays(`${month}-01`, -1));
/** `count` months earlier. */
export function monthsBefore(month: Month, count: number): Month {
  const at = Number(month.slice(0, 4)) * monthsOfYear + Number(month.slice(5)) - 1 - count;
  return `${String(Math.floor(at / monthsOfYear)).padStart(4, '0')}-${String(at % monthsOfYear + 1).padStart(2, '0')}`;
}
/** Months ahead of its decision for which one may be given: beyond, a year was mistyped. */
export const maxMonthsAhead = 12;
/** Whether a month lies further ahead of that of its decision. */
export const isFarAhead = (month: Month, decided: Month): boolean => month > monthsBefore(decided, -maxMonthsAhead);
export const lastDayOf = (month: Month): LocalDate => addDays(`${nextMonth(month)}-01`, -1);

export const later = (a: Month, b: Month): Month => (a > b ? a : b);
