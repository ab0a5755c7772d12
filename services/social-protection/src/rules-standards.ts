/** Monthly amounts by law: a base that decrees raise, times the coefficient of the group. They are reference data; what a file is paid follows them by itself, also where a decree reaches back. */
import type { Dong, SupportStandards, Validity } from '@lienthong/law';
import type { Beneficiary, Rate } from './rules-facts.ts';
import { later, monthOf } from './rules-months.ts';
import type { Month } from './rules-months.ts';

export type Standard = { readonly amount: Dong; readonly ground: string };

export const noStandards: SupportStandards = { bases: [], groups: [] };

type Dated = Validity & { readonly announced: string };

/** The row in force on the first day of a month, of those that were known in another one. */
function rowOf<T extends Dated>(rows: readonly T[], month: Month, knownIn: Month): T | undefined {
  return rows.findLast((one) => monthOf(one.validFrom) <= month && (one.validTo === null || monthOf(one.validTo) >= month) && monthOf(one.announced) <= knownIn)
    // A later row that nobody knew yet: what came before it was taken to go on.
    ?? rows.findLast((one) => monthOf(one.validFrom) <= month && monthOf(one.announced) <= knownIn);
}

/** What a group is paid in a month, as it was known in another one; null: it has no standard, or the month lies before the first. */
export function standardOf({ bases, groups }: SupportStandards, group: string, month: Month, knownIn: Month): Standard | null {
  const known = rowOf(groups.filter((one) => one.group === group), month, knownIn), base = rowOf(bases, month, knownIn);
  return known === undefined || base === undefined ? null : { amount: base.amount * known.tenths / 10, ground: `${base.source.act}; ${known.source.act}` };
}

/** The file with what the law has changed of it since its decisions: months that had been paid by then are paid the difference as arrears. What an office decided beside the standard stays. */
export function raised(file: Beneficiary, standards: SupportStandards): Beneficiary {
  return file.rates.some((one) => one.byStandard === true) ? { ...file, rates: file.rates.flatMap((rate) => [rate, ...risesOf(rate, standards)]) } : file;
}

/** As it is known in a month: no amounts to come. */
export function raisedUpTo(file: Beneficiary, standards: SupportStandards, month: Month): Beneficiary {
  const own = new Set(file.rates);
  return { ...file, rates: raised(file, standards).rates.filter((one) => own.has(one) || (one.from <= month && (one.decidedIn ?? one.from) <= month)) };
}

function risesOf(rate: Rate, standards: SupportStandards): readonly Rate[] {
  if (rate.byStandard !== true) return [];
  const decided = rate.decidedIn ?? rate.from, rows: readonly Dated[] = [...standards.bases, ...standards.groups.filter((one) => one.group === rate.group)];
  const changes = [...new Set(rows.map((one) => later(monthOf(one.validFrom), rate.from)))].sort();
  const news = [...new Set(rows.map((one) => later(monthOf(one.announced), decided)))].sort();
  return news.flatMap((known) => changes.flatMap((from): Rate[] => {
    const now = standardOf(standards, rate.group, from, known), month = later(known, from);
    // What the decision itself said of its first month stands where nothing was announced since.
    if (now === null || (known === decided && from === rate.from)) return [];
    const { decidedIn: _decided, ...plain } = rate;
    return [{ ...plain, from, amount: now.amount, ...(month > from ? { decidedIn: month } : {}) }];
  }));
}
