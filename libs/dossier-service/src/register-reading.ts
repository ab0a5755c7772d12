/** What the RPCs of registers share: places in both eras, who serves them, pages. */
import { errorOfRefusal } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import type { Area, AreaId, LocalDate, OfficeId, Reference } from '@lienthong/law';
import type { Host } from './host.ts';
import type { Register } from './register.ts';
import type { StoredRecord } from './register-rules.ts';

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
  const [start, cursor] = /^(\d+)\.([0-9a-f]{64})$/.exec(token)?.slice(1) ?? [];
  if (token !== '' && cursor === undefined) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'page_token', problem: token }, 'page_token'));
  const records: StoredRecord<F>[] = [];
  let after = cursor;
  for (let n = Number(start ?? 0); n < values.length; n++, after = undefined) {
    for (;;) {
      const found: readonly StoredRecord<F>[] = await register.find(field, values[n]!, size, after);
      for (const record of found) {
        after = record.folder;
        if (keep(record.facts)) records.push(record);
        if (records.length === size) return { records, next: `${n}.${after}` };
      }
      if (found.length < size) break;
    }
  }
  return { records, next: '' };
}
