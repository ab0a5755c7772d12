/** The law of the land register: what each action asks for, and what it makes of a parcel. */
import { numbersOf } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import type { RegisterRules } from '@lienthong/dossier-service';
import { landChangeOf, landFields } from './rules-announce.ts';
import { nextParcel } from './rules-apply.ts';
import { undoneParcel } from './rules-undo.ts';
import type { LandChange, Parcel } from './rules-facts.ts';

/** Fields by which parcels are found. */
export const byArea = 'area';
export const byHolder = 'holder';

export function landRules(places: Pick<Reference, 'areasNow'>): RegisterRules<Parcel, LandChange> {
  return {
    name: 'land',
    fields: (action) => landFields[action] ?? [],
    changeOf: landChangeOf,
    touches: (change) => [change.parcel],
    next: (change, _key, parcel) => nextParcel(change, parcel, places),
    undo: (change, _key, parcel) => undoneParcel(change, parcel),
    keysOf: (parcel) => ({ [byArea]: [parcel.area], [byHolder]: [...new Set(parcel.rights.flatMap((right) => numbersOf(right.holder)))] }),
  };
}
