/** What a reform would touch of what is there: open dossiers and their legs, desks, calendars, charges, rows of registers, addresses; and what would have no successor. Pure. */
import { rehome } from '@lienthong/law';
import type { Area, AreaId, LocalDate, Office, OfficeId, Reference, Role, Text } from '@lienthong/law';

/** An open dossier as the hub lists it. */
export type OpenItem = {
  readonly code: string; readonly procedure: string; readonly counter: OfficeId; readonly returnOffice: OfficeId; readonly areas: Readonly<Record<string, AreaId>>;
  readonly legs: readonly { readonly leg: string; readonly name: string; readonly role: Role; readonly office: OfficeId; readonly area: AreaId }[];
  readonly openCharges: number; readonly rehearsal: boolean;
  /** Split areas of which neither parcel nor address told in which part it lies. */
  readonly sought: readonly AreaId[];
};
/** Rows that a register has under an area. */
export type RegisterRows = { readonly register: string; readonly area: AreaId; readonly rows: number };

export type PlannedMove = {
  /** `counter`, `return`, or the name of a leg. */
  readonly item: string; readonly from: OfficeId;
  /** Who has it then; '' while nobody can be named. */
  readonly to: OfficeId;
  /** The area was split and nothing tells the part: the officer of the old office is asked for one of these. */
  readonly ask: readonly AreaId[]; readonly noSuccessor: boolean;
  /** Before the officer is asked, its parcel and address are looked at: the decision says what lies where. */
  readonly seek: boolean;
};
export type PlannedDossier = { readonly code: string; readonly procedure: string; readonly rehearsal: boolean; readonly moves: readonly PlannedMove[]; readonly addresses: readonly { readonly of: string; readonly area: AreaId; readonly to: readonly AreaId[] }[]; readonly openCharges: number };
export type PlannedOffice = { readonly office: OfficeId; readonly name: Text; readonly service: string; readonly becomes: 'ends' | 'begins' | 'serves-more'; readonly successor: OfficeId; /** Weekly hours it keeps. */ readonly calendar: string; /** Open legs on its desk. */ readonly desk: number };
export type ReformPlan = {
  readonly areas: readonly { readonly area: AreaId; readonly name: Text; readonly to: readonly AreaId[] }[];
  readonly offices: readonly PlannedOffice[];
  /** Weekly hours by the offices that begin to keep them, and announced outages that name an office which ends. */
  readonly calendars: readonly { readonly sessions: string; readonly offices: number }[]; readonly outages: readonly string[];
  readonly dossiers: readonly PlannedDossier[];
  readonly registers: readonly (RegisterRows & { readonly to: readonly AreaId[] })[];
  readonly noSuccessor: readonly string[];
};

export type PlanQuestion = { readonly before: Reference; readonly after: Reference; readonly from: LocalDate; readonly items: readonly OpenItem[]; readonly rows: readonly RegisterRows[] };

export function planReform({ before, after, from, items, rows }: PlanQuestion): ReformPlan {
  const areas = before.areas.flatMap((one) => (changedArea(one, after) ? [{ area: one.id, name: one.name, to: after.areasNow(one.id, from).map((now) => now.id) }] : []));
  const ended = new Set(areas.map((one) => one.area));
  const dossiers = items.flatMap((one) => { const planned = plannedDossier(one, { before, after, from, ended }); return planned === null ? [] : [planned]; });
  const offices = plannedOffices(before, after, from, items);
  const registers = rows.filter((one) => ended.has(one.area) && one.rows > 0).map((one) => ({ ...one, to: after.areasNow(one.area, from).map((now) => now.id) }));
  const begun = Map.groupBy(offices.filter((one) => one.becomes === 'begins'), (one) => one.calendar), gone = new Set(offices.filter((one) => one.becomes === 'ends').map((one) => one.office));
  return {
    areas, offices, dossiers, registers,
    calendars: [...begun].map(([sessions, found]) => ({ sessions, offices: found.length })), outages: (before.calendar.outages ?? []).filter((one) => one.offices?.some((office) => gone.has(office)) === true).map((one) => one.id),
    noSuccessor: [...areas.filter((one) => one.to.length === 0).map((one) => one.area), ...dossiers.flatMap((one) => one.moves.filter((move) => move.noSuccessor).map((move) => `${one.code} ${move.item}`))],
  };
}

const changedArea = (area: Area, after: Reference): boolean => area.validTo === null && after.area(area.id)?.validTo !== null;

function plannedOffices(before: Reference, after: Reference, from: LocalDate, items: readonly OpenItem[]): PlannedOffice[] {
  const desks = Map.groupBy(items.flatMap((one) => one.legs), (leg) => leg.office);
  const shown = (office: Office, becomes: PlannedOffice['becomes']): PlannedOffice => ({ office: office.id, name: office.name, service: office.service, becomes, successor: becomes === 'ends' ? after.officeNow(office.id, from)?.id ?? '' : '', calendar: office.sessions, desk: desks.get(office.id)?.length ?? 0 });
  return after.offices.flatMap((office) => {
    const was = before.office(office.id);
    if (was === undefined) return [shown(office, 'begins')];
    if (was.validTo !== office.validTo) return [shown(office, 'ends')];
    return was.serves.length === office.serves.length ? [] : [shown(office, 'serves-more')];
  });
}

type Known = Pick<PlanQuestion, 'before' | 'after' | 'from'> & { readonly ended: ReadonlySet<AreaId> };

/** Null: it is not touched. */
function plannedDossier(item: OpenItem, known: Known): PlannedDossier | null {
  const { after, from, ended } = known, { target } = item.areas;
  // Of a split commune a counter goes on with its successor; only a leg is asked about.
  const ofCounter = (name: string, office: OfficeId): PlannedMove | null => plannedMove(name, { office, role: 'counter', area: after.office(office)?.serves[0] ?? '' }, after.officeNow(office, from)?.serves[0], known);
  const moves = [
    ofCounter('counter', item.counter), ofCounter('return', item.returnOffice),
    ...item.legs.map((leg) => plannedMove(leg.name, leg, target, known, item.sought)),
  ].filter((one) => one !== null);
  const addresses = Object.entries(item.areas).filter(([, area]) => ended.has(area)).map(([of, area]) => ({ of, area, to: after.areasNow(area, from).map((now) => now.id) }));
  return moves.length + addresses.length === 0 ? null : { code: item.code, procedure: item.procedure, rehearsal: item.rehearsal, moves, addresses, openCharges: item.openCharges };
}

/** A target tells the part only where it lies in one: the old commune itself, or another, tells nothing. */
function partTold(after: Reference, area: AreaId, target: AreaId | undefined, on: LocalDate): AreaId | undefined {
  const now = target === undefined || target === '' ? [] : after.areasNow(target, on);
  return now.length === 1 && after.areasNow(area, on).some((one) => one.id === now[0]!.id) ? now[0]!.id : undefined;
}

/** By the rule by which its holder will move it. */
function plannedMove(item: string, where: { readonly office: OfficeId; readonly role: Role; readonly area: AreaId }, target: AreaId | undefined, { before, after, from }: Known, sought: readonly AreaId[] = []): PlannedMove | null {
  if (after.office(where.office)?.validTo === before.office(where.office)?.validTo) return null;
  const home = rehome(after, where, from, partTold(after, where.area, target, from)), move = { item, from: where.office, to: '', ask: [], noSuccessor: false, seek: false };
  if ('office' in home) return { ...move, to: home.office.id };
  return 'ask' in home ? { ...move, ask: home.ask.map((one) => one.id), seek: (after.area(where.area)?.parts?.length ?? 0) > 0 && !sought.includes(where.area) } : { ...move, noSuccessor: true };
}
