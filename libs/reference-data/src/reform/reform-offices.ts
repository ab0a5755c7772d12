/** What a reform makes of offices: what it says itself, then what follows for those that served areas which end. */
import type { Area, AreaId, Office, OfficeId } from '@lienthong/law';
import { isCodeRefusal, parseAgencyCode } from '@lienthong/law';
import type { NewArea, OfficeChange } from './reform.ts';
import type { ReformDraft } from './reform-draft.ts';

type Of<W extends string> = Extract<OfficeChange, { readonly [word in W]: unknown }>;
type Told<W extends string> = { readonly change: Of<W>; readonly field: string };

/** `told` offices are those that the reform names itself. */
export function changeOffices(draft: ReformDraft): void {
  const told = <W extends string>(word: W): Told<W>[] => (draft.reform.offices ?? []).flatMap((change, n) => (word in change ? [{ change: change as Of<W>, field: `offices[${n}]` }] : []));
  const kept = new Set<OfficeId>();
  for (const { change, field } of told('open')) open(draft, change, field);
  for (const { change, field } of told('keep')) for (const id of keep(draft, change, field)) kept.add(id);
  follow(draft, kept);
  const renewals = new Map<OfficeId, OfficeId>();
  for (const { change, field } of told('move')) move(draft, change, field, renewals);
  for (const { change, field } of told('close')) close(draft, change, field);
}

const closed = (draft: ReformDraft): ReadonlySet<OfficeId> => new Set((draft.reform.offices ?? []).flatMap((one) => ('close' in one ? one.close : [])));

function open(draft: ReformDraft, { open: office }: Of<'open'>, field: string): void {
  const serves = office.serves.flatMap((code, n) => draft.areaOn(code, `${field}.open.serves[${n}]`)?.id ?? []);
  const { sessions = 'default', ...rest } = office;
  draft.beginOffice({ ...rest, sessions, serves }, field);
}

function keep(draft: ReformDraft, { keep: ids, serves }: Of<'keep'>, field: string): OfficeId[] {
  const areas = serves.flatMap((code, n) => draft.areaOn(code, `${field}.serves[${n}]`)?.id ?? []);
  return ids.flatMap((id, n) => {
    const office = draft.officeOf(id, `${field}.keep[${n}]`);
    if (office === undefined) return [];
    if (areas.every((area) => office.serves.includes(area)) && !office.serves.some((area) => draft.heirs.has(area))) draft.report(`${field}.keep[${n}]`, `${id} serves ${serves.join(', ')} already`, 'name areas that it serves from the first day on, or remove the change');
    draft.offices.set(id, { ...office, serves: [...new Set([...office.serves, ...areas])] });
    draft.origins.set(id, field);
    return [id];
  });
}

function close(draft: ReformDraft, { close: ids, into }: Of<'close'>, field: string): void {
  ids.forEach((id, n) => {
    const office = draft.officeOf(id, `${field}.close[${n}]`), heir = draft.offices.get(into);
    if (heir === undefined || !draft.stands(heir)) draft.report(`${field}.into`, `successor ${into} does not exist on ${draft.from}`, 'name an office that stays, or that this reform opens');
    if (office !== undefined) draft.endOffice(office, into, field);
  });
}

/**
 * The giver and the taker end and begin anew, for what an office answers for has dates; one that begins on that day anyhow – opened, following another, or
 * renewed by a move before – is changed as it is. The taker must serve where the giver does: elsewhere an office is opened.
 */
function move(draft: ReformDraft, { move: roles, from, to }: Of<'move'>, field: string, renewals: Map<OfficeId, OfficeId>): void {
  const found = (id: OfficeId, at: string): Office | undefined => begun(draft, renewals.get(id) ?? id) ?? draft.officeOf(id, `${field}.${at}`);
  const giver = found(from, 'from'), taker = found(to, 'to');
  if (giver === undefined || taker === undefined) return;
  if (giver.id === taker.id) return void draft.report(`${field}.to`, `${to} is who gives`, 'name another office that takes the roles');
  for (const role of roles) if (!giver.roles.includes(role)) draft.report(`${field}.move`, `${from} does not bear role ${role}`, `write one of: ${giver.roles.join(', ')}`);
  for (const id of giver.serves) if (!servesWithin(draft, taker, id)) return void draft.report(`${field}.to`, `${to} does not serve ${id}`, 'open an office with these roles for this area, or name one that serves it');
  const left = giver.roles.filter((one) => !roles.includes(one)), next = withRoles(draft, taker, [...new Set([...taker.roles, ...roles])], field, renewals);
  if (left.length > 0) withRoles(draft, giver, left, field, renewals);
  else if (giver.validFrom === draft.from) draft.report(`${field}.move`, `${giver.id} would answer for nothing from its first day on`, 'give all its roles in one move of the office that was there before, or close that one');
  else draft.endOffice(giver, next, field);
}

/** An office of the first day alone. */
function begun(draft: ReformDraft, id: OfficeId): Office | undefined {
  const office = draft.offices.get(id);
  return office?.validFrom === draft.from && draft.stands(office) ? office : undefined;
}

/** Its id from the first day on. */
function withRoles(draft: ReformDraft, office: Office, roles: readonly string[], field: string, renewals: Map<OfficeId, OfficeId>): OfficeId {
  if (office.validFrom === draft.from) { draft.offices.set(office.id, { ...office, roles }); return office.id; }
  const next = renewed(draft, office, roles, field);
  draft.endOffice(office, next, field);
  renewals.set(office.id, next);
  return next;
}

function servesWithin(draft: ReformDraft, office: Office, id: AreaId): boolean {
  for (let area = draft.areas.get(id); area !== undefined; area = area.parent === null ? undefined : draft.areas.get(area.parent)) if (office.serves.includes(area.id)) return true;
  return false;
}

function renewed(draft: ReformDraft, office: Office, roles: readonly string[], field: string): OfficeId {
  const [kind, code = ''] = office.id.split('-'), id = draft.freeOfficeId(kind!, code);
  const { name, service, serves, agencyCode, sessions } = office;
  draft.beginOffice({ id, name, service, roles, serves, agencyCode, sessions }, field);
  return id;
}

// ---------------------------------------------------------------- what follows for the others

/** An office of one area that ends is followed by one for each area that takes it over; any other goes on and serves those, too. */
function follow(draft: ReformDraft, kept: ReadonlySet<OfficeId>): void {
  const told = closed(draft), followed = new Map<AreaId, Office[]>();
  for (const office of draft.offices.values()) {
    if (told.has(office.id) || kept.has(office.id) || !draft.stands(office) || office.validFrom === draft.from) continue;
    const ended = office.serves.filter((id) => draft.heirs.has(id));
    if (ended.length === 0) continue;
    const area = draft.areas.get(ended[0]!)!;
    if (office.serves.length === 1 && area.level === 'commune' && isChanged(draft, area)) followed.set(area.id, [...followed.get(area.id) ?? [], office]);
    else goOn(draft, office, ended);
  }
  for (const [area, offices] of followed) for (const office of offices) succeed(draft, draft.areas.get(area)!, office);
}

/** False: the same unit, only under another one, and its offices keep their codes. */
function isChanged(draft: ReformDraft, area: Area): boolean {
  const heirs = draft.heirs.get(area.id)!, [heir] = heirs.map((id) => draft.areas.get(id)!);
  const shared = [...draft.heirs].some(([other, ids]) => other !== area.id && draft.areas.get(other)!.level === area.level && ids.includes(heir!.id));
  return shared || newAreas(draft).get(heir!.code)?.agency !== undefined || heirs.length !== 1 || heir!.code !== area.code || heir!.name.vi !== area.name.vi;
}

function goOn(draft: ReformDraft, office: Office, ended: readonly AreaId[]): void {
  const more = ended.flatMap((id) => draft.heirs.get(id)!);
  draft.offices.set(office.id, { ...office, serves: [...new Set([...office.serves, ...more])] });
  draft.origins.set(office.id, draft.origins.get(ended[0]!)!);
}

const kindOf = (office: Office): string => `${office.service}|${[...office.roles].sort().join()}`;

function succeed(draft: ReformDraft, area: Area, office: Office): void {
  const field = draft.origins.get(area.id)!;
  const heirs = draft.heirs.get(area.id)!.map((id) => {
    const heir = draft.areas.get(id)!, before = [...draft.offices.values()].find((one) => one.validFrom === draft.from && one.serves.length === 1 && one.serves[0] === id && kindOf(one) === kindOf(office));
    return before?.id ?? successorIn(draft, office, area, heir, field);
  });
  draft.endOffice(office, heirs[0]!, field);
}

function successorIn(draft: ReformDraft, office: Office, area: Area, heir: Area, field: string): OfficeId {
  const id = draft.freeOfficeId(office.id.split('-')[0]!, heir.code), { service, roles, sessions } = office;
  draft.beginOffice({ id, name: renamed(office, area, heir), service, roles, serves: [heir.id], agencyCode: agencyCodeOf(draft, office, area, heir, field), sessions }, draft.origins.get(heir.id) ?? field);
  return id;
}

const lowered = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** The office's name with the new area in the place of the old one. */
function renamed({ name }: Office, area: Area, heir: Area): Office['name'] {
  const put = (text: string, before: string, after: string): string => (text.includes(before) ? text.replace(before, after) : text.includes(lowered(before)) ? text.replace(lowered(before), lowered(after)) : `${text} – ${after}`);
  return { vi: put(name.vi, area.name.vi, heir.name.vi), en: put(name.en, area.name.en, heir.name.en) };
}

/** The code of the office that bore it in the area of the same code; else of the first that is taken over; else by the beginning that the reform gives. */
function agencyCodeOf(draft: ReformDraft, office: Office, area: Area, heir: Area, field: string): string {
  const given = newAreas(draft).get(heir.code)?.agency;
  if (given !== undefined) return withUnit(given, office.agencyCode);
  const members = [...draft.heirs].filter(([, ids]) => ids.includes(heir.id)).map(([id]) => draft.areas.get(id)!).filter((one) => one.level === heir.level);
  const bearer = members.find((one) => one.code === heir.code) ?? members[0], parts = bearer === undefined ? [] : draft.heirs.get(bearer.id)!;
  if (bearer === undefined || parts.length > 1 && heir.id !== (parts.find((id) => draft.areas.get(id)!.code === bearer.code) ?? parts[0])) { draft.report(field, `the offices of ${heir.id} have no agency code to take over`, `write agency of ${heir.code}, e.g. H17.301`); return office.agencyCode; }
  return [...draft.offices.values()].find((one) => one.serves.length === 1 && one.serves[0] === bearer.id && kindOf(one) === kindOf(office) && one.validFrom < draft.from)?.agencyCode ?? office.agencyCode;
}

function newAreas(draft: ReformDraft): ReadonlyMap<string, NewArea> {
  return new Map(draft.reform.areas.flatMap((one) => ('merge' in one ? [one.into] : 'split' in one ? one.into : [])).map((one) => [one.code, one]));
}

/** The office's own number under another beginning; the committee has none. */
function withUnit(beginning: string, code: string): string {
  const parsed = parseAgencyCode(code);
  if (isCodeRefusal(parsed)) return beginning;
  const unit = Number(code.startsWith(parsed.unit) ? parsed.groups[1] ?? '1' : parsed.groups[0]);
  return unit <= 1 ? beginning : `${beginning}.${String(unit).padStart(2, '0')}`;
}
