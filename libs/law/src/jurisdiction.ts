/**
 * Who is competent where and when. Areas and offices have dates and successors; a code or a name alone says nothing about either.
 * Every look-up is by maps built once; chains of successors are as long as there were reforms.
 */
import type { Area, AreaId, LocalDate, Office, OfficeId, Reference, Role, Validity } from './types.ts';

/** The look-ups of `Reference` that concern place. */
export type Jurisdiction = Pick<Reference, 'area' | 'areaByCode' | 'areasNow' | 'office' | 'officeNow' | 'competentOffice'>;
export type AreaIndex = Pick<Jurisdiction, 'area' | 'areaByCode' | 'areasNow'>;
export type OfficeIndex = Pick<Jurisdiction, 'office' | 'officeNow'> & {
  /** The office in force on `on` that bears `role` for exactly this area; where the data name several, the one that came first. */
  officeServing(role: Role, area: AreaId, on: LocalDate): Office | undefined;
};

/** Whether `on` lies within the validity, first and last day included. */
export function isInForce(one: Validity, on: LocalDate): boolean {
  return one.validFrom <= on && (one.validTo === null || on <= one.validTo);
}

function grouped<V>(values: readonly V[], keysOf: (value: V) => readonly string[]): ReadonlyMap<string, readonly V[]> {
  const groups = new Map<string, V[]>();
  for (const value of values) for (const key of keysOf(value)) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]); else group.push(value);
  }
  return groups;
}

/** Indexes areas. Unknown ids and dates before an area began give `undefined` or an empty list. */
export function areaIndex(areas: readonly Area[]): AreaIndex {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const byCode = grouped(areas, (area) => [area.code]);
  /** Adds the areas in force; `passed` stops at successors that lead back, which a validator reports. */
  const follow = (id: AreaId, on: LocalDate, found: Set<Area>, passed: Set<AreaId>): void => {
    const area = byId.get(id);
    if (area === undefined || area.validFrom > on || passed.has(id)) return;
    passed.add(id);
    if (isInForce(area, on)) found.add(area);
    else for (const next of area.successors) follow(next, on, found, passed);
  };
  return {
    area: (id) => byId.get(id),
    areaByCode: (code, on) => byCode.get(code)?.find((area) => isInForce(area, on)),
    areasNow: (id, on) => {
      const area = byId.get(id);
      if (area !== undefined && isInForce(area, on)) return [area];
      const found = new Set<Area>();
      follow(id, on, found, new Set());
      return [...found];
    },
  };
}

/** Indexes offices. */
export function officeIndex(offices: readonly Office[]): OfficeIndex {
  const byId = new Map(offices.map((office) => [office.id, office]));
  const serving = grouped(offices, (office) => office.roles.flatMap((role) => office.serves.map((area) => `${role}|${area}`)));
  return {
    office: (id) => byId.get(id),
    officeServing: (role, area, on) => serving.get(`${role}|${area}`)?.find((office) => isInForce(office, on)),
    officeNow: (id, on) => {
      const passed = new Set<OfficeId>();
      let office = byId.get(id);
      while (office !== undefined && !isInForce(office, on)) {
        if (office.validFrom > on || office.successor === null || passed.has(office.id)) return undefined;
        passed.add(office.id);
        office = byId.get(office.successor);
      }
      return office;
    },
  };
}

/** The one area that stands on `on` for an area; undefined when there is none or it was split. */
function singleArea(areas: Pick<AreaIndex, 'areasNow'>, id: AreaId, on: LocalDate): Area | undefined {
  const now = areas.areasNow(id, on);
  return now.length === 1 ? now[0] : undefined;
}

/** The office closest to an area that is in force: the area's own, else that of its district of that date, else that of its province. */
function closestOffice(areas: AreaIndex, offices: OfficeIndex, role: Role, area: Area, on: LocalDate): Office | undefined {
  const passed = new Set<AreaId>();
  for (let at: Area | undefined = area; at !== undefined && !passed.has(at.id);) {
    const found = offices.officeServing(role, at.id, on);
    if (found !== undefined) return found;
    passed.add(at.id);
    at = at.parent === null ? undefined : singleArea(areas, at.parent, on);
  }
  return undefined;
}

/** Both indexes as the law asks them. */
export function jurisdiction(areas: AreaIndex, offices: OfficeIndex): Jurisdiction {
  return {
    area: areas.area, areaByCode: areas.areaByCode, areasNow: areas.areasNow, office: offices.office, officeNow: offices.officeNow,
    // An area that has ended stands for its successors; of a split one the office is known only where all parts have the same.
    competentOffice: (role, id, on) => {
      const found = new Set(areas.areasNow(id, on).map((area) => closestOffice(areas, offices, role, area, on)));
      return found.size === 1 ? [...found][0] : undefined;
    },
  };
}

/** Where an item is: who answers for it, in which role, for which area. */
export type Whereabouts = { readonly office: OfficeId; readonly role: Role; readonly area: AreaId };

export type Rehoming =
  /** Where it belongs on that day; `moved` false: where it is already. */
  | { readonly office: Office; readonly area: Area; readonly moved: boolean }
  /** The area was split and nothing tells which part the item lies in: an officer chooses one of these. */
  | { readonly ask: readonly Area[] }
  /** `NO_SUCCESSOR`: the data name nobody who took over. `NOT_A_SUCCESSOR`: the chosen area is none of `candidates`. */
  | { readonly refused: 'NO_SUCCESSOR' | 'NOT_A_SUCCESSOR'; readonly candidates: readonly Area[] };

/** Whether an office in force serves an area, or a larger one that it lies in. */
function serves(places: Jurisdiction, office: Office, area: Area, on: LocalDate): boolean {
  const passed = new Set<AreaId>();
  for (let at: Area | undefined = area; at !== undefined && !passed.has(at.id); at = at.parent === null ? undefined : singleArea(places, at.parent, on)) {
    if (office.serves.includes(at.id)) return true;
    passed.add(at.id);
  }
  return false;
}

/** Whether two areas, of whatever era, share a unit of today. */
export function samePlace(places: Pick<AreaIndex, 'areasNow'>, a: AreaId, b: AreaId, on: LocalDate): boolean {
  const now = new Set(places.areasNow(a, on).map((one) => one.id));
  return a === b || places.areasNow(b, on).some((one) => now.has(one.id));
}

/** An office keeps what it has while it may; then whom the data name as its successor, if it serves the area; then whoever is competent there; then the successor all the same. */
function officeFor(places: Jurisdiction, item: Whereabouts, area: Area, on: LocalDate): Office | undefined {
  const heir = places.officeNow(item.office, on);
  if (heir !== undefined && heir.roles.includes(item.role) && serves(places, heir, area, on)) return heir;
  return places.competentOffice(item.role, area.id, on) ?? heir;
}

/**
 * Where an item belongs on a day, after its office or area has ended. `chosen` tells which part of a split area it lies in (from a parcel, an address, an officer).
 * Twice is once: what has been re-homed gives `moved: false`.
 */
export function rehome(places: Jurisdiction, item: Whereabouts, on: LocalDate, chosen?: AreaId): Rehoming {
  const candidates = places.areasNow(item.area, on);
  const area = candidates.length === 1 ? candidates[0] : candidates.find((one) => one.id === chosen);
  if (area === undefined) {
    if (candidates.length === 0) return { refused: 'NO_SUCCESSOR', candidates };
    return chosen === undefined ? { ask: candidates } : { refused: 'NOT_A_SUCCESSOR', candidates };
  }
  const office = officeFor(places, item, area, on);
  if (office === undefined) return { refused: 'NO_SUCCESSOR', candidates };
  return { office, area, moved: office.id !== item.office || area.id !== item.area };
}
