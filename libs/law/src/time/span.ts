/** Lengths of time as the law gives them. A number without unit is no span: working days and calendar days differ by weeks. */
import type { Span } from '../types.ts';
import type { TimeRefusal } from './time-refusal.ts';

/** `wd` working days, `wh` working hours, `d` calendar days, `min` minutes of the wall clock. */
export type SpanUnit = 'wd' | 'wh' | 'd' | 'min';
export type ParsedSpan = { /** 1 … `maxSpanCount`. */ readonly count: number; readonly unit: SpanUnit };

export const maxSpanCount = 99_999;

const spanForm = /^([1-9]\d{0,4})(wd|wh|d|min)$/;

/** Reads `3wd`, `20wh`, `15d`, `10min`. Nothing else: no blanks, signs, fractions, leading zeros or zero. */
export function parseSpan(span: string): ParsedSpan | TimeRefusal {
  const match = spanForm.exec(span);
  return match === null ? { refused: 'BAD_SPAN', span } : { count: Number(match[1]), unit: match[2] as SpanUnit };
}

/** The inverse of `parseSpan`. */
export function printSpan(span: ParsedSpan): Span {
  return `${span.count}${span.unit}`;
}
