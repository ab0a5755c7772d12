/** Lengths of time as the law gives them. A number without unit is no span: working days and calendar days differ by weeks. */
import type { Span } from '../types.ts';
import type { TimeRefusal } from './time-refusal.ts';

/** `wd` working days, `wh` working hours, `d` calendar days, `min` minutes of the wall clock. */
export type SpanUnit = 'wd' | 'wh' | 'd' | 'min';
export type ParsedSpan = { /** 1 … `maxSpanCount`. */ readonly count: number; readonly unit: SpanUnit };

export const maxSpanCount = 99_999;

const units: readonly SpanUnit[] = ['wd', 'wh', 'd', 'min'];
const maxDigits = 5;

/** Reads `3wd`, `20wh`, `15d`, `10min`. Nothing else: no blanks, signs, fractions, leading zeros or zero. Written without a regular expression: each due date reads one. */
export function parseSpan(span: string): ParsedSpan | TimeRefusal {
  let count = 0, at = 0;
  for (; at < maxDigits; at += 1) {
    const digit = span.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9) || (at === 0 && digit === 0)) break;
    count = count * 10 + digit;
  }
  for (const unit of units) if (at > 0 && span.length === at + unit.length && span.endsWith(unit)) return { count, unit };
  return { refused: 'BAD_SPAN', span };
}

const zero = 48;

/** The inverse of `parseSpan`. */
export function printSpan(span: ParsedSpan): Span {
  return `${span.count}${span.unit}`;
}
