/** A time as lists write it, `3 ngày làm việc`, or as the catalogue does, `3wd`. */
import { parseSpan } from '@lienthong/law';
import type { Span } from '@lienthong/law';

/** Longer words first: a working day is also a day. */
const UNITS: readonly (readonly [word: string, unit: string])[] = [['ngày làm việc', 'wd'], ['giờ làm việc', 'wh'], ['ngày', 'd'], ['giờ', 'wh'], ['wd', 'wd'], ['wh', 'wh'], ['d', 'd']];

/** Null: no number, or no unit that is known. */
export function spanOf(time: string): Span | null {
  const [, count = '', unit = ''] = /^\s*(\d*)\s*(.*)$/.exec(time) ?? [];
  const known = UNITS.find(([word]) => unit.normalize('NFC').toLowerCase().startsWith(word))?.[1];
  const span = `${count}${known ?? ''}`;
  return known !== undefined && 'count' in parseSpan(span) ? span : null;
}
