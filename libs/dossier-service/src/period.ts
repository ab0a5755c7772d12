/** Periods of days that figures are asked for. */
import { errorOfRefusal } from '@lienthong/kernel';
import { instantAt, parseDay, refuse } from '@lienthong/law';

/** Days of one period. */
export const maxDays = 366;
const dayMs = 86_400_000;

/** First and last moment of a period. FIELD_INVALID for what is no day, and for more than `maxDays`. */
export function periodOf(request: { readonly fromDate: string; readonly toDate: string }): [number, number] {
  for (const [field, day] of [['from_date', request.fromDate], ['to_date', request.toDate]] as const) {
    if (typeof parseDay(day) !== 'number') throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem: 'YYYY-MM-DD' }, field));
  }
  const from = instantAt(request.fromDate, 0), to = instantAt(request.toDate, 24 * 60);
  if (to <= from || to - from > maxDays * dayMs) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'to_date', problem: `1–${maxDays}` }, 'to_date'));
  return [from, to];
}
