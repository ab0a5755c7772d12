/** A date that a person sets: one on which somebody is there. */
import type { Instant } from '../types.ts';
import type { LawContext } from '../context.ts';
import { timeRefusal } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { addDays, instantAt, isTimeRefusal, localDate } from '../time/index.ts';
import { isInstant } from '../well-formed.ts';

/** Null: a working day of the calendar, by these sessions. A slip of the year falls out of the calendar, an appointment on a holiday finds the door shut. */
export function setDateRefusal(at: Instant, sessions: string, field: string, { work }: Pick<LawContext, 'work'>): Refusal | null {
  if (!isInstant(at)) return refuse('FIELD_INVALID', { field, problem: String(at) }, field);
  const day = localDate(at), open = work.stretches(instantAt(day, 0), instantAt(addDays(day, 1), 0), sessions);
  if (isTimeRefusal(open)) return timeRefusal(open, field);
  return open.length > 0 ? null : refuse('FIELD_INVALID', { field, problem: `${day}: ngày nghỉ / not a working day` }, field);
}
