/** Which part of a split area a dossier lies in: what is said of it, and what its parcel or address tells by the decision that split the area. */
import type { Area, AreaId, LocalDate, Reference } from './types.ts';
import type { Dossier } from './dossier.ts';

export type PlaceFacts = { /** Id in the land register; '' : none. */ readonly parcel: string; readonly addresses: readonly string[] };
export type FoundPart = { readonly part: AreaId; readonly basis: 'parcel' | 'address' };

/** The parcel goes before the address. Null: neither is in exactly one part. */
export function partByFacts(area: Pick<Area, 'parts'>, { parcel, addresses }: PlaceFacts): FoundPart | null {
  const only = (basis: FoundPart['basis'], isIn: (part: NonNullable<Area['parts']>[number]) => boolean): FoundPart | null => {
    const found = (area.parts ?? []).filter(isIn);
    return found.length === 1 ? { part: found[0]!.area, basis } : null;
  };
  const places = new Set(addresses.flatMap((one) => one.split(/[,;\n]/)).map(plainPlaceName));
  return (parcel === '' ? null : only('parcel', ({ parcels }) => parcels.some((start) => parcel === start || parcel.startsWith(`${start}-`)))) ?? only('address', (part) => part.addresses.some((name) => places.has(plainPlaceName(name))));
}

/** As people write a name of a place: capitals and blanks make no difference, diacritics do. */
export const plainPlaceName = (name: string): string => name.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim();

/** The part that is known: by an address of the new era, by what was found, by an officer of any of its legs; undefined: none. Parts that have ended since stand for who took them over whole. */
export function partOf(dossier: Dossier, area: AreaId, on: LocalDate, places: Pick<Reference, 'areasNow'>): AreaId | undefined {
  const { root, legs } = dossier, candidates = new Set(places.areasNow(area, on).map((one) => one.id));
  const said = [root!.body.areas.target, root!.partsSought.get(area), ...[...legs.values()].flatMap((leg) => leg.partsTold.filter((one) => one.of === area).map((one) => one.part))];
  for (const part of said) {
    const now = part === undefined || part === '' ? [] : places.areasNow(part, on);
    if (now.length === 1 && candidates.has(now[0]!.id)) return now[0]!.id;
  }
  return undefined;
}
