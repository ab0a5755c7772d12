/** `Reference`: what may be asked for, where, and by which rules, on a date. */
import { reference as pb } from '@lienthong/contract';
import { errorOfRefusal } from '@lienthong/kernel';
import type { RpcService } from '@lienthong/kernel';
import { isInForce, localDate, parseDay, refuse } from '@lienthong/law';
import type { Area, LocalDate, Office, Reference } from '@lienthong/law';
import { checkKnownValue } from '../known-values.ts';
import { listToken, pageSizeOf, placeIn } from '../page-of.ts';
import type { PageBounds, PageRequest } from '../page-of.ts';
import { institutionMap, loadActs, loadForms } from '@lienthong/reference-data';
import type { MapEntry } from '@lienthong/reference-data';
import { hasBasis, mapEntryView } from './catalogue-views.ts';
import { areaView, levels, officeView, procedureView, summaryView } from './reference-views.ts';

export type ReferenceFacts = { readonly reference: Reference; now(): number };

const procedurePages: PageBounds = { standard: 50, max: 200 };
const officePages: PageBounds = { standard: 100, max: 500 };
const mapPages: PageBounds = { standard: 200, max: 500 };
const areaPages: PageBounds = { standard: 50, max: 200 };
/** A shorter part of a name would find nearly all areas. */
export const minNameCharacters = 2;

export function referenceRpcs(facts: ReferenceFacts): RpcService<typeof pb.ReferenceService> {
  const { reference } = facts;
  const dateOf = (date: string): LocalDate => date === '' ? localDate(facts.now()) : checkedDate(date);
  const search = areaSearch(reference);
  return {
    definition: pb.ReferenceService,
    handlers: {
      async getProcedure({ procedure, date }) {
        const on = dateOf(date);
        const found = reference.procedure(procedure, on);
        if (found === undefined) throw errorOfRefusal(refuse('UNKNOWN_PROCEDURE', { procedure, date: on }, 'procedure'));
        return { procedure: procedureView(found), rules: reference.digest };
      },
      async listProcedures(request) {
        const on = dateOf(request.date);
        const found = reference.procedures.filter((one) => isInForce(one, on) && (request.field === '' || one.field === request.field));
        const { items, nextPageToken } = page('procedures', found, ({ code }) => code, request, procedurePages);
        return { procedures: items.map(summaryView), nextPageToken };
      },
      async listOffices(request) {
        const found = officesFor(reference, request, dateOf(request.date));
        const { items, nextPageToken } = page('offices', found, ({ id }) => id, request, officePages);
        return { offices: items.map(officeView), nextPageToken };
      },
      async findArea(request) {
        const on = dateOf(request.date);
        const found = search(request).filter((one) => !request.inForceOnly || isInForce(one, on));
        const { items, nextPageToken } = page('areas', found, ({ id }) => id, request, areaPages);
        return { areas: items.map((one) => areaView(one, reference, on)), nextPageToken };
      },
      async listInstitutionMap(request) {
        const entries = mapFor(reference, request, dateOf(request.date));
        const { items, nextPageToken } = page('institution-map', entries, ({ key }) => key, request, mapPages);
        return { entries: items.map(({ entry }) => mapEntryView(entry)), nextPageToken };
      },
    },
  };
}

/** With a key that keeps its place from page to page. */
function mapFor(reference: Reference, request: pb.ListInstitutionMapRequest, on: LocalDate): { readonly key: string; readonly entry: MapEntry }[] {
  const { procedure, basis } = request;
  checkKnownValue('basis', basis, pb.MapBasis);
  if (procedure !== '' && reference.procedure(procedure, on) === undefined) throw errorOfRefusal(refuse('UNKNOWN_PROCEDURE', { procedure, date: on }, 'procedure'));
  const area = request.area === '' ? {} : { area: areaNamed(reference, request.area, on).id };
  return institutionMap(reference, loadActs(), loadForms(), { on, ...area, ...(procedure === '' ? {} : { procedure }) }).map((entry, n) => ({ key: `${entry.procedure}#${String(n).padStart(mapKeyDigits, '0')}`, entry })).filter(({ entry }) => hasBasis(entry, basis));
}

/** Digits of a place in the map; it has some thousand entries. */
const mapKeyDigits = 6;

function checkedDate(date: string): LocalDate {
  if (parseDay(date) === null) throw invalid('date', 'YYYY-MM-DD');
  return date;
}

function invalid(field: string, problem: string): Error {
  return errorOfRefusal(refuse('FIELD_INVALID', { field, problem }, field));
}

function officesFor(reference: Reference, request: pb.ListOfficesRequest, on: LocalDate): readonly Office[] {
  const area = request.area === '' ? undefined : areaNamed(reference, request.area, on);
  const fits = (one: Office): boolean => isInForce(one, on) && (request.role === '' || one.roles.includes(request.role)) && (request.service === '' || one.service === request.service);
  if (area === undefined) return reference.offices.filter(fits);
  if (request.role === '') return reference.offices.filter((one) => fits(one) && one.serves.includes(area.id));
  const competent = reference.competentOffice(request.role, area.id, on);
  return competent === undefined ? [] : [competent].filter(fits);
}

/** By id, or by the code that a unit bears on the date. */
function areaNamed(reference: Reference, named: string, on: LocalDate): Area {
  const found = reference.area(named) ?? reference.areaByCode(named, on);
  if (found === undefined) throw errorOfRefusal(refuse('UNKNOWN_AREA', { area: named, date: on }, 'area'));
  return found;
}

/** Areas by code, id or part of the name; the names are folded once for each state of the data. */
function areaSearch(reference: Reference): (request: Pick<pb.FindAreaRequest, 'code' | 'name' | 'level'>) => readonly Area[] {
  let of: readonly Area[] = [], folded: readonly { readonly area: Area; readonly name: string }[] = [];
  return ({ code, name, level }) => {
    checkKnownValue('level', level, pb.AreaLevel);
    const part = foldedName(name);
    if (code === '' && part.length < minNameCharacters) throw invalid('name', `≥ ${minNameCharacters}`);
    // A reform brings other areas while the process runs.
    if (of !== reference.areas) { of = reference.areas; folded = of.map((area) => ({ area, name: foldedName(area.name.vi) })); }
    return folded.filter((one) => (code === '' || one.area.code === code || one.area.id === code) && one.name.includes(part) && (level === pb.AreaLevel.UNSPECIFIED || levels[one.area.level] === level)).map(({ area }) => area);
  };
}

/** Without case and diacritics: `Đà Nẵng` is found by `da nang`. */
function foldedName(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().trim();
}

/** Ordered by `keyOf`; the token is that of `list` for the last key shown. */
function page<T>(list: string, found: readonly T[], keyOf: (one: T) => string, request: PageRequest, bounds: PageBounds): { readonly items: readonly T[]; readonly nextPageToken: string } {
  const size = pageSizeOf(request, bounds), shown = placeIn(list, request.pageToken);
  const sorted = [...found].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0)).filter((one) => keyOf(one) > shown);
  const items = sorted.slice(0, size);
  const last = items.at(-1);
  return { items, nextPageToken: last === undefined || sorted.length <= size ? '' : listToken(list, keyOf(last)) };
}
