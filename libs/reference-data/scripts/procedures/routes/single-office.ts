/** One office receives, decides and answers: civil status, residence, certification, permits. */
import type { ExcludedWait, LegTemplate, Locality } from '@lienthong/law';
import { leg, text } from '../builder.ts';
import { split } from '../limits.ts';
import type { Route } from '../row.ts';

type Office = { readonly role: string; readonly locality: Locality };

export const singleOffice = (office: Office, name: string, vi: string, en: string, waits: readonly ExcludedWait[] = []): Route => ({
  accountable: office, waits, legs: ({ total, results, source }) => [leg({ ...office, name, title: text(vi, en), limit: total, decides: true, results, source })],
});

/** A leg per case, each with its own time and result. */
export type CaseLeg = { readonly cases: readonly string[]; readonly limit: string; readonly results: readonly string[]; readonly consults?: NonNullable<LegTemplate['consults']> };
export const byCase = (office: Office, name: string, vi: string, en: string, legs: readonly CaseLeg[], waits: readonly ExcludedWait[] = []): Route => ({
  accountable: office, waits,
  legs: ({ source }) => legs.map((one) => leg({ ...office, ...one, name: legs.length === 1 ? name : `${name}-${one.cases[0]!}`, title: text(vi, en), decides: true, source })),
});

/** Two steps of the same office: what is found out, then what is decided. A total in calendar days stays one leg: legs in a row, each carried over days of rest, would overrun it. */
export const checkedThenDecided = (office: Office, checks: readonly [vi: string, en: string], decides: readonly [vi: string, en: string], posting?: string): Route => ({
  accountable: office,
  legs({ total, results, source }) {
    const shown = posting === undefined ? {} : { posting };
    if (!total.endsWith('wd')) return [leg({ ...office, name: 'decision', title: text(`${checks[0]}; ${decides[0].toLowerCase()}`, `${checks[1]}; ${decides[1].toLowerCase()}`), limit: total, ...shown, decides: true, results, source })];
    const [first, second] = split(total, [2, 1]);
    return [
      leg({ ...office, name: 'verification', title: text(...checks), limit: first!, ...shown, source }),
      leg({ ...office, name: 'decision', title: text(...decides), after: ['verification'], limit: second!, decides: true, results, source }),
    ];
  },
});

/** Nothing is known but the office: it is received, handled there, and returned. */
export const defaultRoute = (office: Office): Route => ({
  accountable: office, kind: 'default',
  legs: ({ total, results, source }) => [leg({ ...office, name: 'handling', title: text('Giải quyết tại cơ quan có thẩm quyền', 'Handled by the competent office'), limit: total, decides: true, results, source })],
});
