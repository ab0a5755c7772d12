/** Why no date is computed. A refusal is a value: what is missing is named, nothing is guessed. */
import type { LocalDate, Span } from '../types.ts';

export type TimeRefusal =
  /** The calendar has no rows for `year`: its holidays are not known. */
  | { readonly refused: 'NO_CALENDAR'; readonly year: number }
  /** No weekly sessions `sessions` are in force on `date`. */
  | { readonly refused: 'NO_SESSIONS'; readonly sessions: string; readonly date: LocalDate }
  /** Not a span: a whole number from 1 to 99,999 with unit `wd`, `wh`, `d` or `min`. */
  | { readonly refused: 'BAD_SPAN'; readonly span: string }
  /** Working hours cannot be counted with the first day excluded. */
  | { readonly refused: 'HOURS_WITH_FIRST_DAY_EXCLUDED'; readonly span: Span }
  /** Not an instant: ISO 8601 date and time with a zone offset. */
  | { readonly refused: 'BAD_INSTANT'; readonly text: string }
  /** The clock has stood still since then and nobody knows yet until when. `since` in milliseconds since the epoch. */
  | { readonly refused: 'SUSPENDED'; readonly since: number };

/** Whether a result is a refusal. */
export function isTimeRefusal(result: unknown): result is TimeRefusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}
