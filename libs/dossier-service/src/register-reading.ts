/** What the RPCs of registers share: places in both eras, who serves them, pages. */
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import type { Area, AreaId, FolderId, LocalDate, OfficeId, Reference } from '@lienthong/law';
import type { Host } from './host.ts';
import { LoadedFields } from './loaded-fields.ts';
import { listToken, placeIn, unknownToken } from './page-of.ts';
import type { Register } from './register.ts';
import type { StoredRecord } from './register-rules.ts';
import { onSide } from './side.ts';

/** An area id, or the code of a unit that exists today. UNKNOWN_AREA names the field. */
export function areaGiven(host: Host, given: string, field: string): AreaId {
  const { reference } = host.environment;
  const on = localDate(host.world.now());
  const found = given.includes('@') ? reference.area(given) : reference.areaByCode(given, on);
  if (found === undefined) throw errorOfRefusal(refuse('UNKNOWN_AREA', { area: given, date: on }, field));
  return found.id;
}

/** The unit that stands today for an area; the area itself where it was split, for nothing tells which part is meant. */
export function areaToday(reference: Reference, id: AreaId, on: LocalDate): AreaId {
  const now = reference.areasNow(id, on);
  return now.length === 1 ? now[0]!.id : id;
}

/** An area and all that it took over from: what was filed under an old name is found under the new one. Of a split area each part shows what nobody has placed yet. */
export function areaWithPast(reference: Reference, id: AreaId): readonly AreaId[] {
  const found = new Set([id]);
  for (const one of found) for (const area of reference.areas) if (area.successors.includes(one)) found.add(area.id);
  return [...found].sort();
}

/** Whether an office serves an area, as it was or as it is today, or a larger one that it lies in. */
export function servesArea(reference: Reference, office: OfficeId, id: AreaId, on: LocalDate): boolean {
  const serves = new Set(reference.office(office)?.serves ?? []);
  const passed = new Set<AreaId>();
  const within = (area: Area | undefined): boolean => {
    if (area === undefined || passed.has(area.id)) return false;
    passed.add(area.id);
    return serves.has(area.id) || (area.parent !== null && within(reference.area(area.parent)));
  };
  return [reference.area(id), ...reference.areasNow(id, on)].some(within);
}

export type Wanted<F> = { readonly field: string; readonly values: readonly string[]; readonly keep: (facts: F) => boolean };
export type RecordPage<F> = { readonly records: readonly StoredRecord<F>[]; readonly next: string };

/** Records with one of the values, in stable order; `token`: `next` of the page before, '' for the first. */
export async function recordPage<F>(register: Register<F>, { field, values, keep }: Wanted<F>, size: number, token: string): Promise<RecordPage<F>> {
  const list = `${onSide(register.side, register.name)}.${field}`;
  const [start, cursor] = /^(\d{1,9})\.([0-9a-f]{64})$/.exec(placeIn(list, token))?.slice(1) ?? [];
  if (token !== '' && cursor === undefined) throw unknownToken(token);
  const records: StoredRecord<F>[] = [];
  let after = cursor;
  for (let n = Number(start ?? 0); n < values.length; n++, after = undefined) {
    for (;;) {
      const found: readonly StoredRecord<F>[] = await register.find(field, values[n]!, size, after);
      for (const record of found) {
        after = record.folder;
        if (keep(record.facts)) records.push(record);
        if (records.length === size) return { records, next: listToken(list, `${n}.${after}`) };
      }
      if (found.length < size) break;
    }
  }
  return { records, next: '' };
}

/** Records that one question goes through, and how many of them are read at once. */
export const maxRecordsWalked = 500_000;
const recordsAtOnce = 500;

/** All records with one of the values, each once. FOLDER_FULL beyond `maxRecordsWalked`. */
export async function everyRecord<F>(register: Register<F>, wanted: Wanted<F>): Promise<readonly StoredRecord<F>[]> {
  const found = new Map<FolderId, StoredRecord<F>>();
  for (let token = ''; ;) {
    const page: RecordPage<F> = await recordPage(register, wanted, recordsAtOnce, token);
    for (const record of page.records) found.set(record.folder, record);
    if (found.size > maxRecordsWalked) throw new HubError('FOLDER_FULL', { folder: wanted.values.join(', '), limit: String(maxRecordsWalked) });
    if (page.next === '') return [...found.values()];
    token = page.next;
  }
}

/** Areas that one question about clashes may name, and clashes that one answer shows. */
export const maxClashAreas = 100;
export const maxClashes = 1_000;

/** A commune with all that it took over from. `area` '': areas that were named to be taken as one. */
export type OneCommune = { readonly area: AreaId; readonly areas: readonly AreaId[] };

/** Where records may clash: the named areas as one commune; where none is named, each commune that the office serves today. */
export function communesAsked({ environment: { reference }, world }: Host, office: OfficeId, given: readonly AreaId[]): readonly OneCommune[] {
  const today = localDate(world.now()), now = (area: AreaId): AreaId => areaToday(reference, area, today);
  if (given.length > 0) return [{ area: '', areas: [...new Set(given.flatMap((area) => areaWithPast(reference, now(area))))] }];
  // A unit that a published reform will form is none yet.
  const begun = (reference.office(office)?.serves ?? []).filter((id) => (reference.area(id)?.validFrom ?? '') <= today);
  const served = begun.flatMap((area) => communesIn(reference, area, today));
  return [...new Set(served.map(now))].sort().map((area) => ({ area, areas: areaWithPast(reference, area) }));
}

/** An office may serve a larger unit, whose communes it then serves. */
function communesIn(reference: Reference, area: AreaId, on: LocalDate): readonly AreaId[] {
  const within = reference.areas.filter((one) => one.parent === area && one.level === 'commune' && one.validFrom <= on && (one.validTo === null || on <= one.validTo)).map((one) => one.id);
  return within.length === 0 ? [area] : within;
}

/** As `areaGiven`, of a list. */
export function areasGiven(host: Host, given: readonly string[], field: string): readonly AreaId[] {
  if (given.length > maxClashAreas) throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem: `≤ ${maxClashAreas}` }, field));
  return given.map((area) => areaGiven(host, area, field));
}

const maxGroundCharacters = 200;

/** What a decision of an office rests on. FIELD_MISSING and FIELD_INVALID name the field. */
export const groundGiven = (ground: string): string => textGiven(ground, 'ground', maxGroundCharacters);

/** A text that must be said, of so many characters at most, all of which are seen. FIELD_MISSING and FIELD_INVALID name the field. */
export function textGiven(value: string, field: string, limit: number): string {
  return new LoadedFields('').required(value, field, limit);
}
