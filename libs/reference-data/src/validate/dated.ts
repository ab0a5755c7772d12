/** Questions about validity that several checks ask. Dates are `YYYY-MM-DD`, so text order is time order. */
import { addDays } from '@lienthong/law';
import type { LocalDate, Validity } from '@lienthong/law';

/** Later than every date: what an open validity lasts to. */
const FOR_EVER: LocalDate = '9999-12-31';

export const lastDay = (one: Validity): LocalDate => one.validTo ?? FOR_EVER;
/** First day out of force; null when open. */
export const dayAfter = (one: Validity): LocalDate | null => (one.validTo === null ? null : addDays(one.validTo, 1));
export const overlaps = (a: Validity, b: Validity): boolean => a.validFrom <= lastDay(b) && b.validFrom <= lastDay(a);
/** `outer` is in force on every day of `inner`. */
export const covers = (outer: Validity, inner: Validity): boolean => outer.validFrom <= inner.validFrom && lastDay(inner) <= lastDay(outer);

/** Groups records by key, in order. */
export function groupedBy<T>(records: readonly T[], key: (one: T) => string): T[][] {
  return [...Map.groupBy(records, key).values()];
}

/** Pairs of one group that are in force at the same time; each pair once, the later record second. */
export function overlappingPairs<T extends Validity>(group: readonly T[]): [T, T][] {
  return group.flatMap((second, n) => group.slice(0, n).filter((first) => overlaps(first, second)).map((first): [T, T] => [first, second]));
}
