/** Which parcels of one commune bear one number on one map sheet (Luật Đất đai 2024: a parcel is named by commune, sheet and number), and what a decision about them makes of each. */
import type { Problem } from '@lienthong/dossier-service';
import type { NumberOrder, Parcel } from './rules-facts.ts';

export type Place = Pick<Parcel, 'mapSheet' | 'number'>;
export type ParcelClash = Place & { readonly parcels: string[] };
/** The number that a parcel bears from now on. */
export type NewNumber = Place & { readonly parcel: string };
type Bearer = Place & Pick<Parcel, 'parcel' | 'ended'>;

const no = (problem: string): Problem => ({ problem });
/** "012" is sheet 12. */
const plain = (text: string): string => text.trim().toLocaleLowerCase('vi').replace(/^0+(?=.)/u, '');
/** As numbers are compared: sheet and number of one commune. */
export const placeOf = ({ mapSheet, number }: Place): string => `${plain(mapSheet)}|${plain(number)}`;
/** Books before the hub name some parcels by address only. */
export const hasPlace = ({ mapSheet, number }: Place): boolean => mapSheet.trim() !== '' && number.trim() !== '';

/** In order of sheet and number. What was split or merged away bears no number. */
export function parcelClashes(parcels: readonly Bearer[]): ParcelClash[] {
  const bearers = Map.groupBy(parcels.filter((one) => one.ended === undefined && hasPlace(one)), placeOf);
  return [...bearers.values()].filter((found) => found.length > 1).map((found) => {
    const clashing = found.toSorted((a, b) => (a.parcel < b.parcel ? -1 : 1)), { mapSheet, number } = clashing[0]!;
    return { mapSheet, number, parcels: clashing.map((one) => one.parcel) };
  }).sort((a, b) => inOrder(a.mapSheet, b.mapSheet) || inOrder(a.number, b.number));
}

const inOrder = (a: string, b: string): number => a.localeCompare(b, 'vi', { numeric: true });

/** A decision that broke off is completed: what bears its new number by it already is no longer asked about. */
export const isDecided = (parcel: Parcel, given: Place, { keeps, ground }: Pick<NumberOrder, 'keeps' | 'ground'>): boolean => parcel.numberOrder?.keeps === keeps && parcel.numberOrder.ground === ground && placeOf(parcel) === placeOf(given);

/** Why the clash of `keeps` cannot be decided so, among all parcels of the commune; null: it can. */
export function decisionProblem(parcels: readonly Parcel[], keeps: string, others: readonly NewNumber[], ground: string): Problem | null {
  const byId = new Map(parcels.map((one) => [one.parcel, one])), decided = others.filter((one) => { const parcel = byId.get(one.parcel); return parcel !== undefined && isDecided(parcel, one, { keeps, ground }); });
  const clash = parcelClashes(parcels).find((one) => one.parcels.includes(keeps)), open = (clash?.parcels ?? []).filter((one) => one !== keeps);
  if (open.length === 0 && decided.length < others.length) return no(`thửa đất ${keeps} không trùng số tờ, số thửa với thửa nào trong xã, phường`);
  const named = others.filter((one) => !decided.includes(one)).map((one) => one.parcel), unnamed = open.find((one) => !named.includes(one)), stranger = named.find((one) => !open.includes(one));
  if (unnamed !== undefined) return no(`chưa cho số mới của thửa đất ${unnamed}`);
  if (stranger !== undefined || new Set(named).size < named.length) return no(`thửa đất ${stranger ?? named.join(', ')} không trùng số với thửa đất ${keeps}, hoặc được nêu hai lần`);
  return takenProblem(parcels, others);
}

function takenProblem(parcels: readonly Parcel[], others: readonly NewNumber[]): Problem | null {
  if (new Set(others.map(placeOf)).size < others.length) return no('hai thửa đất không được cùng một số mới');
  const ids = new Set(others.map((one) => one.parcel)), wanted = new Map(others.map((one) => [placeOf(one), one]));
  const bearer = parcels.find((one) => one.ended === undefined && wanted.has(placeOf(one)) && !(ids.has(one.parcel) && wanted.get(placeOf(one))!.parcel === one.parcel));
  return bearer === undefined ? null : no(`tờ ${bearer.mapSheet}, thửa ${bearer.number} đã là của thửa đất ${bearer.parcel}`);
}

/** The parcel with its new number, the former one kept beside it; `given` null: it keeps its own. Id, rights and certificates stay. */
export function renumberedParcel(parcel: Parcel, given: Place | null, order: NumberOrder): Parcel {
  if (given === null) return { ...parcel, numberOrder: order };
  if (isDecided(parcel, given, order)) return parcel;
  const { mapSheet, number, formerNumbers = [] } = parcel;
  return { ...parcel, mapSheet: given.mapSheet.trim(), number: given.number.trim(), formerNumbers: [...formerNumbers, { mapSheet, number, until: order.on }], numberOrder: order };
}
