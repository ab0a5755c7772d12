/** What a reform makes of areas. */
import type { Area, AreaId, AreaPart } from '@lienthong/law';
import type { AreaChange, NewArea } from './reform.ts';
import { checkParts } from './check-parts.ts';
import type { ReformDraft } from './reform-draft.ts';
import { repeated } from '../validate/shape.ts';

export function changeAreas(draft: ReformDraft): void {
  const levels: { readonly level: 'district'; readonly field: string }[] = [];
  draft.reform.areas.forEach((change, n) => {
    const field = `areas[${n}]`;
    if ('merge' in change) merge(draft, change, field);
    else if ('split' in change) split(draft, change, field);
    else if ('rename' in change) rename(draft, change, field);
    else levels.push({ level: change.abolish, field });
  });
  // A level ends after what was under it has found its place.
  for (const { field } of levels) abolishDistricts(draft, field);
  settleParents(draft);
}

type Of<W extends string> = Extract<AreaChange, { readonly [word in W]: unknown }>;

function merge(draft: ReformDraft, change: Of<'merge'>, field: string): void {
  const members = change.merge.flatMap((name, n) => draft.areaOf(name, `${field}.merge[${n}]`) ?? []);
  if (members.length === 0) return;
  for (const [n, area] of repeated(members.map(({ id }) => id))) draft.report(`${field}.merge[${n}]`, `area ${area} is merged twice`, 'name each area once');
  const id = begin(draft, change.into, members[0]!, `${field}.into`);
  for (const area of members) draft.endArea(area, [id], field);
}

function split(draft: ReformDraft, change: Of<'split'>, field: string): void {
  const area = draft.areaOf(change.split, `${field}.split`);
  if (area === undefined) return;
  checkParts(draft, change.into, field);
  // A part may lie in an area that another change of the same day begins.
  const parts = change.into.map((one, n) => shared(draft, one, area, `${field}.into[${n}]`) ?? begin(draft, one, area, `${field}.into[${n}]`));
  if (!change.into.some(({ code }) => code === change.otherwise)) draft.report(`${field}.otherwise`, `${change.otherwise} is none of the parts`, `write one of: ${change.into.map(({ code }) => code).join(', ')}`);
  // The first of the list is whom nothing-tells goes to.
  const rest = `${change.otherwise}@${draft.from}`;
  draft.endArea(area, [...parts.filter((one) => one === rest), ...parts.filter((one) => one !== rest)], field);
  const placing = change.into.flatMap(({ parcels = [], addresses = [] }, n): AreaPart[] => (parcels.length + addresses.length === 0 ? [] : [{ area: parts[n]!, parcels, addresses }]));
  if (placing.length > 0) draft.areas.set(area.id, { ...draft.areas.get(area.id)!, parts: placing });
}

/** An area of the same day that a change before begins: undefined where there is none. It must say the same of it, for one of them would not hold. */
function shared(draft: ReformDraft, { code, name, parent, level }: NewArea, before: Area, field: string): AreaId | undefined {
  const begun = draft.areas.get(`${code}@${draft.from}`);
  if (begun === undefined) return undefined;
  const differs = begun.name.vi !== name.vi || begun.name.en !== name.en ? 'name' : level !== undefined && level !== begun.level ? 'level' : parent !== undefined && draft.areaOn(parent, `${field}.parent`)?.id !== begun.parent ? 'parent' : null;
  if (differs !== null) draft.report(`${field}.${differs}`, `${begun.id} begins with another ${differs} at ${draft.origins.get(begun.id) ?? before.id}`, 'say the same of a unit wherever it is named');
  return begun.id;
}

function rename(draft: ReformDraft, change: Of<'rename'>, field: string): void {
  const area = draft.areaOf(change.rename, `${field}.rename`);
  if (area === undefined) return;
  if (area.name.vi === change.name.vi && area.name.en === change.name.en) return void draft.report(`${field}.name`, `${area.id} bears this name already`, 'write the new name, or remove the change');
  const id = draft.beginArea({ code: area.code, name: change.name, level: area.level, parent: area.parent }, field);
  draft.named.add(id);
  draft.endArea(area, [id], field);
}

function begin(draft: ReformDraft, into: NewArea, before: Area, field: string): AreaId {
  const parent = into.parent === undefined ? before.parent : draft.areaOn(into.parent, `${field}.parent`)?.id ?? null;
  const id = draft.beginArea({ code: into.code, name: into.name, level: into.level ?? before.level, parent }, field);
  draft.named.add(id);
  return id;
}

/** What a district's communes became is what it became. */
function abolishDistricts(draft: ReformDraft, field: string): void {
  const districts = [...draft.areas.values()].filter((one) => one.level === 'district' && one.validTo === null && one.validFrom < draft.from);
  if (districts.length === 0) draft.report(field, `there are no districts on ${draft.eve}`, 'remove the change');
  for (const district of districts) { draft.abolished.add(district.id); draft.endArea(district, [], field); }
  settleParents(draft);
  const under = Map.groupBy([...draft.areas.values()].filter((one) => one.parent !== null && draft.heirs.has(one.id)), (one) => one.parent!);
  for (const district of districts) {
    const heirs = new Set((under.get(district.id) ?? []).flatMap((commune) => draft.heirs.get(commune.id)!));
    if (heirs.size === 0) draft.report(field, `district ${district.id} has no communes that could take it over`, 'change its communes in this reform, too');
    draft.endArea(district, [...heirs].sort(), field);
  }
}

/** What stood under a unit that ends goes on under the one that took it over; under an abolished level, under the one above. */
export function settleParents(draft: ReformDraft): void {
  for (const level of ['district', 'commune'] as const) {
    for (const area of [...draft.areas.values()]) {
      if (area.level !== level || area.parent === null || !draft.heirs.has(area.parent)) continue;
      if (area.validFrom === draft.from) draft.areas.set(area.id, { ...area, parent: above(draft, area.parent) });
      else if (area.validTo === null && !draft.heirs.has(area.id)) goOn(draft, area, area.parent);
    }
  }
}

function goOn(draft: ReformDraft, area: Area, parent: AreaId): void {
  const field = draft.origins.get(parent)!;
  draft.endArea(area, [draft.beginArea({ code: area.code, name: area.name, level: area.level, parent: above(draft, parent) }, field)], field);
}

function above(draft: ReformDraft, id: AreaId): AreaId | null {
  const heirs = draft.heirs.get(id), area = draft.areas.get(id)!;
  if (heirs === undefined) return id;
  if (draft.abolished.has(id)) return area.parent === null ? null : above(draft, area.parent);
  if (heirs.length !== 1) draft.report(draft.origins.get(id)!, `${id} is split: nobody can tell under which part a unit goes on`, 'begin the units under it with a parent each');
  return heirs[0] ?? null;
}
