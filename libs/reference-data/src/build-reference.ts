/** Reference data with its look-ups: every question is answered from a map built once. Pure. */
import type { Area, AreaId, Calendar, Hash, LocalDate, Office, OfficeId, Procedure, Reference, Validity } from '@lienthong/law';
import type { ReferenceData } from './data-files.ts';

export function inForce(one: Validity, on: LocalDate): boolean {
  return one.validFrom <= on && (one.validTo === null || on <= one.validTo);
}

function grouped<K, V>(pairs: Iterable<readonly [K, V]>): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** Builds the look-ups over `data`. `digest` is the fingerprint of that same data. Unknown ids and dates answer `undefined` or an empty list, never an error. */
export function buildReference(data: ReferenceData, digest: Hash): Reference {
  const areas = new Map(data.areas.map((one) => [one.id, one]));
  const areasByCode = grouped(data.areas.map((one) => [one.code, one] as const));
  const offices = new Map(data.offices.map((one) => [one.id, one]));
  const procedures = grouped(data.procedures.map((one) => [one.code, one] as const));
  const officesOf = grouped(data.offices.flatMap((one) => one.roles.flatMap((role) => one.serves.map((area) => [`${role}|${area}`, one] as const))));
  return {
    digest, areas: data.areas, offices: data.offices, procedures: data.procedures, calendar: calendarOf(data),
    area: (id) => areas.get(id),
    areaByCode: (code, on) => areasByCode.get(code)?.find((one) => inForce(one, on)),
    areasNow: (id, on) => areasNow(areas, id, on),
    office: (id) => offices.get(id),
    officeNow: (id, on) => officeNow(offices, id, on),
    procedure: (code, on): Procedure | undefined => procedures.get(code)?.find((one) => inForce(one, on)),
    competentOffice(role, area, on) {
      for (let at: AreaId | null = area; at !== null; at = areas.get(at)?.parent ?? null) {
        const found = officesOf.get(`${role}|${at}`)?.find((one) => inForce(one, on));
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** Follows successors by date; each step goes to units that begin later, so it ends. */
function areasNow(areas: ReadonlyMap<AreaId, Area>, id: AreaId, on: LocalDate): readonly Area[] {
  const area = areas.get(id);
  if (area === undefined || area.validFrom > on) return [];
  if (inForce(area, on)) return [area];
  return [...new Set(area.successors.flatMap((next) => areasNow(areas, next, on)))];
}

function officeNow(offices: ReadonlyMap<OfficeId, Office>, id: OfficeId, on: LocalDate): Office | undefined {
  const office = offices.get(id);
  if (office === undefined || office.validFrom > on) return undefined;
  if (inForce(office, on)) return office;
  return office.successor === null ? undefined : officeNow(offices, office.successor, on);
}

function calendarOf(data: ReferenceData): Calendar {
  return { days: new Map(data.days.map((one) => [one.date, one])), years: new Set(data.days.map((one) => Number(one.date.slice(0, 4)))), sessions: data.sessions };
}
