/** The law of the business register: what each action asks for, and what it makes of businesses, names and owners. */
import { numbersOf } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import type { RegisterRules } from '@lienthong/dossier-service';
import { businessChangeOf, businessFields } from './rules-announce.ts';
import { nextRecord, touchedBy } from './rules-apply.ts';
import { businessRenumbering } from './rules-renumber.ts';
import { undoneRecord } from './rules-undo.ts';
import type { BusinessChange, BusinessRecord } from './rules-facts.ts';

/** Fields by which businesses are found. */
export const byArea = 'area';
export const byOwner = 'owner';
export const byTaxCode = 'tax';

export function businessRules(places: Pick<Reference, 'areasNow' | 'industries'>): RegisterRules<BusinessRecord, BusinessChange> {
  return {
    name: 'business',
    fields: (action) => businessFields[action] ?? [],
    changeOf: (prepare) => businessChangeOf(prepare, places.industries ?? []),
    touches: touchedBy,
    next: (change, key, record) => nextRecord(change, key, record, places),
    undo: undoneRecord,
    renumber: businessRenumbering,
    keysOf: (record) => (record.type === 'business' ? { [byArea]: [record.area], [byOwner]: numbersOf(record.owner), [byTaxCode]: record.taxCode === '' ? [] : [record.taxCode] } : {}),
  };
}
