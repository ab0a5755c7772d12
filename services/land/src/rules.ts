/** The law of the land register: what each action asks for, and what it makes of a parcel. */
import { numbersOf } from '@lienthong/law';
import type { AreaId, Reference } from '@lienthong/law';
import type { Changed, RegisterRules } from '@lienthong/dossier-service';
import { landChangeOf, landFields } from './rules-announce.ts';
import { nextParcel } from './rules-apply.ts';
import { hasPlace, placeOf } from './rules-clashes.ts';
import type { Place } from './rules-clashes.ts';
import { nextCertificate, numbersTaken } from './rules-certificates.ts';
import { landRenumbering } from './rules-renumber.ts';
import { reshapeTouches } from './rules-reshape.ts';
import { undoneParcel } from './rules-undo.ts';
import { certificateKey, isParcel } from './rules-facts.ts';
import type { LandChange, LandRecord, Parcel } from './rules-facts.ts';

/** Fields by which parcels are found. */
export const byArea = 'area';
export const byHolder = 'holder';
export const byCertificate = 'certificate';
/** Standing parcels, by the commune under which they were entered, sheet and number. */
export const byNumber = 'number';
export const numberKey = (area: AreaId, place: Place): string => `${area}|${placeOf(place)}`;

const isCertificate = (key: string): boolean => key.startsWith(certificateKey(''));

export function landRules(places: Pick<Reference, 'areasNow'>): RegisterRules<LandRecord, LandChange> {
  return {
    name: 'land',
    fields: (action) => landFields[action] ?? [],
    changeOf: landChangeOf,
    touches: (change) => [...(change.action === 'split' || change.action === 'merge' ? reshapeTouches(change) : [change.parcel]), ...[...numbersTaken(change).keys()].map(certificateKey)],
    next: (change, key, record) => (isCertificate(key) ? nextCertificate(change, key, record) : nextParcel(change, key, record as Parcel | null, places)),
    // A number that was printed stays used, though the change is put back.
    undo: (change, key, record) => (isCertificate(key) ? { facts: record.now } : undoneParcel(change, key, record as Changed<Parcel>)),
    renumber: landRenumbering,
    keysOf: (record) => (isParcel(record) ? keysOfParcel(record) : {}),
  };
}

function keysOfParcel(parcel: Parcel): Readonly<Record<string, readonly string[]>> {
  const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
  return { [byArea]: [parcel.area], [byHolder]: unique(parcel.rights.flatMap((right) => numbersOf(right.holder))), [byCertificate]: unique(parcel.rights.map((right) => right.certificateNumber)), ...(parcel.ended === undefined && hasPlace(parcel) ? { [byNumber]: [numberKey(parcel.area, parcel)] } : {}) };
}
