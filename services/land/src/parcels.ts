/** Parcels among the records of the register, and what a dossier must know of them before it changes them. */
import { areaToday, areaWithPast } from '@lienthong/dossier-service';
import type { Host, PrepareChange, Problem, Register, StoredRecord } from '@lienthong/dossier-service';
import { localDate } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import { madeFrom, namedIn, standingPart } from './rules-announce.ts';
import type { Standing } from './rules-announce.ts';
import { hasPlace } from './rules-clashes.ts';
import { isParcel } from './rules-facts.ts';
import type { LandRecord, Parcel } from './rules-facts.ts';
import { byCertificate, byNumber, numberKey } from './rules.ts';

/** One side of the register, as RPCs look at it. */
export type Parcels = { readonly host: Host; readonly register: Register<LandRecord> };

const isRecordOfParcel = (record: StoredRecord<LandRecord>): record is StoredRecord<Parcel> => isParcel(record.facts);

export const onlyParcels = (records: readonly StoredRecord<LandRecord>[]): readonly StoredRecord<Parcel>[] => records.filter(isRecordOfParcel);

export async function parcelAt(register: Register<LandRecord>, id: string): Promise<StoredRecord<Parcel> | undefined> {
  const found = await register.get(id);
  return found !== undefined && isRecordOfParcel(found) ? found : undefined;
}

/** Parcels that may bear one certificate: books before the hub put several on one. */
const maxBearers = 20;

/** A number that stands on a certificate of another parcel is no number for a new one. */
export async function numberInUse(register: Register<LandRecord>, number: string): Promise<Problem | null> {
  const [bearer] = onlyParcels(await register.find(byCertificate, number, maxBearers));
  return bearer === undefined ? null : { problem: `số phát hành Giấy chứng nhận ${number} đã dùng cho thửa đất ${bearer.facts.parcel}` };
}

/** Puts beside the particulars how the named parcels stand, and which of the new certificate numbers, sheets and numbers are in use on others. */
export async function withStanding(register: Register<LandRecord>, prepare: PrepareChange, reference: Reference): Promise<PrepareChange> {
  const { parcels, certificates } = namedIn(prepare);
  const sources = (await Promise.all(parcels.map((id) => parcelAt(register, id)))).flatMap((one) => (one === undefined ? [] : [one.facts]));
  const bearers = await Promise.all(certificates.filter((number) => number !== '').map(async (number) => onlyParcels(await register.find(byCertificate, number, maxBearers)).map(({ facts }) => ({ number, parcel: facts.parcel, by: facts.rights.map((one) => one.code) }))));
  const code = prepare.dossier.root!.body.code;
  // What this dossier itself put there before it was sent back, and the certificate that it exchanges, are the rules' own question.
  const numbersInUse = bearers.flat().filter((one) => !parcels.includes(one.parcel) && !one.by.includes(code)).map(({ number, parcel }) => ({ number, parcel }));
  const placesTaken = (await bearersOf(register, prepare, sources, reference)).filter((one) => !parcels.includes(one.parcel) && !one.rights.some((right) => right.code === code)).map(({ mapSheet, number, parcel }) => ({ mapSheet, number, parcel }));
  const standing: Standing = { sources, numbersInUse, placesTaken };
  return { ...prepare, particulars: { ...prepare.particulars, [standingPart]: standing } };
}

/** Standing parcels that bear a number which a parcel would get that is made here, in the commune of today with all that it took over from. */
async function bearersOf(register: Register<LandRecord>, prepare: PrepareChange, sources: readonly Parcel[], reference: Reference): Promise<readonly Parcel[]> {
  const [first] = sources, made = madeFrom(prepare, first?.mapSheet ?? '').filter(hasPlace);
  if (first === undefined || made.length === 0) return [];
  const areas = areaWithPast(reference, areaToday(reference, first.area, localDate(prepare.now)));
  const found = await Promise.all(made.flatMap((one) => areas.map((area) => register.find(byNumber, numberKey(area, one), maxBearers))));
  return onlyParcels(found.flat()).map(({ facts }) => facts).filter((one) => one.ended === undefined);
}
