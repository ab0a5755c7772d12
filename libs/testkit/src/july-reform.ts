/** The change of 1/7/2025 as a reform of its own, on whatever day: the released data as they stood before, and what was decided, taken from the released data of after. */
import { applyReform } from '@lienthong/reference-data';
import type { AreaChange, NewArea, OfficeChange, Reform, ReferenceData } from '@lienthong/reference-data';
import type { Area, LocalDate, Office } from '@lienthong/law';

const EVE = '2025-06-30', DAY = '2025-07-01';
/** Offices that the reform file leaves to what follows from the areas. */
const derivedKind = 'police';

export type JulyReform = { readonly before: ReferenceData; readonly reform: Reform };

/** `from`: first day of the new order; absent: the real one. */
export function julyReform(released: ReferenceData, from: LocalDate = DAY): JulyReform {
  return { before: dataBefore(released), reform: { reform: `sap-xep-${from}`, from, source: { act: '1659/NQ-UBTVQH15', status: 'read' }, areas: areaChanges(released), offices: officeChanges(released) } };
}

function dataBefore(released: ReferenceData): ReferenceData {
  const areas = released.areas.filter((one) => one.validFrom < DAY).map((one): Area => (one.validTo === EVE ? { ...one, validTo: null, successors: [] } : one));
  const known = new Set(areas.map((one) => one.id));
  const offices = released.offices.filter((one) => one.validFrom < DAY).map((one): Office => ({ ...one, ...(one.validTo === EVE ? { validTo: null, successor: null } : {}), serves: one.serves.filter((id) => known.has(id)) }));
  return { ...released, areas, offices };
}

const codeOf = (id: string): string => id.split('@')[0]!;

function areaChanges({ areas, offices }: ReferenceData): AreaChange[] {
  const parents = new Set(areas.map((one) => one.parent));
  // A district without communes (Hoàng Sa) became a commune itself.
  const ended = areas.filter((one) => one.validTo === EVE && (one.level !== 'district' || !parents.has(one.id))), byId = new Map(areas.map((one) => [one.id, one]));
  const agencies = new Map(offices.filter((one) => one.validFrom === DAY && one.id.startsWith('committee-')).map((one) => [one.serves[0]!, one.agencyCode]));
  const into = (id: string): NewArea => {
    const { code, name, parent, level } = byId.get(id)!, agency = agencies.get(id);
    return { code, name, level, ...(parent === null ? {} : { parent: codeOf(parent) }), ...(agency === undefined ? {} : { agency }) };
  };
  const merged = Map.groupBy(ended.filter((one) => one.successors.length === 1), (one) => one.successors[0]!);
  const provincesFirst = [...merged].sort(([a], [b]) => Number(byId.get(a)!.level !== 'province') - Number(byId.get(b)!.level !== 'province'));
  const merges = provincesFirst.map(([id, members]): AreaChange => ({ merge: members.map((one) => one.code), into: into(id) }));
  const splits = ended.filter((one) => one.successors.length > 1).map((one): AreaChange => ({ split: one.code, into: one.successors.map(into), otherwise: codeOf(one.successors[0]!) }));
  return [...merges, ...splits, { abolish: 'district' }];
}

function officeChanges({ areas, offices }: ReferenceData): OfficeChange[] {
  const communes = new Set(areas.filter((one) => one.level === 'commune' && one.validFrom < DAY).map((one) => one.id));
  // Where a commune took over from communes, its offices of that kind follow by themselves.
  const followed = offices.filter((one) => one.id.startsWith(`${derivedKind}-`) && one.validTo === EVE && communes.has(one.serves[0]!)), derived = new Set(followed.flatMap((one) => [one.id, one.successor]));
  for (const one of offices) if (one.id.startsWith(`${derivedKind}-`) && one.validFrom === DAY && areas.some((area) => communes.has(area.id) && area.successors.includes(one.serves[0]!))) derived.add(one.id);
  const after = (id: string): boolean => id.endsWith(`@${DAY}`), explicit = offices.filter((one) => !derived.has(one.id));
  const opened = explicit.filter((one) => one.validFrom === DAY).map(({ id, name, service, roles, serves, agencyCode, sessions }): OfficeChange => ({ open: { id, name, service, roles, serves: serves.map(codeOf), agencyCode, sessions } }));
  const closed = [...Map.groupBy(explicit.filter((one) => one.validTo === EVE), (one) => one.successor!)].map(([into, ended]): OfficeChange => ({ close: ended.map((one) => one.id), into }));
  const kept = explicit.filter((one) => one.validFrom < DAY && one.validTo === null).map((one): OfficeChange => ({ keep: [one.id], serves: one.serves.filter(after).map(codeOf) }));
  return [...opened, ...closed, ...kept];
}

/** @throws RangeError with the first fault: the data before and the reform are of one release. */
export function dataAfter({ before, reform }: JulyReform): ReferenceData {
  const after = applyReform(before, reform);
  if ('findings' in after) throw new RangeError(JSON.stringify(after.findings[0]));
  return after.data;
}
