/**
 * Scans that were refused because they do not fit what is known: somebody holds something that should not be there, so a person must look. They stand in the post's own
 * records, not in the dossier: an unknown number has none, what has ended takes no entry, and scanning at random must not use up the entries of a folder.
 */
import type { postal } from '@lienthong/contract';
import { actingFor, assertWhole, commitTo, folderAfter, listToken, keptValue, markRequest, onSide, ownRequest, pageSizeOf, writeRecord } from '@lienthong/dossier-service';
import type { Host, RecordBodies, RegisterRecord, RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call, HubError } from '@lienthong/kernel';
import { handOf, refuse } from '@lienthong/law';
import type { Dong, FolderId, OfficeId } from '@lienthong/law';
import type { Found } from './consignment-index.ts';
import { sideOfNumber } from './consignment-numbers.ts';

/** What was scanned, as it stands beside the record; `collected`: in đồng, absent in records from before it was kept; `resolved`: by whom, and what was found. */
type Facts = { readonly number: string; readonly code: string; readonly office: OfficeId; readonly officer: string; readonly command: string; readonly place: string; readonly reason: string; readonly at: number; readonly hand: OfficeId; readonly collected?: Dong;
  readonly resolved?: { readonly office: OfficeId; readonly officer: string; readonly ground: string; readonly at: number } };

export const maxGroundCharacters = 1_000;
const strayType = 'stray-scan', strayField = 'stray-scans', factsPart = 'scan';
/** Found by the treasury until it has said whose the money is: no books have it. */
const moneyField = 'stray-money';
/** Reasons that say something of the thing that is there, not of the call. */
const strayReasons: ReadonlySet<string> = new Set(['CONSIGNMENT_UNKNOWN', 'CONSIGNMENT_ELSEWHERE', 'CONSIGNMENT_OUT_OF_ORDER', 'CONSIGNMENT_ENDED', 'CLOSED', 'AMOUNT_DIFFERS']);

export const isStray = (error: HubError): boolean => strayReasons.has(error.code);

/** One per request and its content, so that a repeat finds it. */
export function strayFolder(host: Host, mark: RequestMark, office: OfficeId, number: string): FolderId {
  return host.world.hash(new TextEncoder().encode(`stray|${office}|${number.trim().toUpperCase()}|${mark.mark}`));
}

export type Scanned = Pick<Facts, 'number' | 'office' | 'officer' | 'command' | 'place' | 'reason' | 'collected'>;

/** Durable when it answers. A repeat, also of one that was resolved, keeps nothing new. */
export async function keepStray(host: Host, folder: FolderId, scanned: Scanned, found: Found | null): Promise<void> {
  const hand = found === null ? '' : await host.participant.view(found.folder, ({ state: { dossier } }) => { const held = handOf(dossier.consignments.get(found.consignment)!); return 'office' in held ? held.office : ''; }) ?? '';
  const facts: Facts = { ...scanned, code: found?.code ?? '', at: host.world.now(), hand };
  const { commitment, aside } = commitTo(factsPart, facts, host.world);
  const side = sideOfNumber(scanned.number), offices = [...new Set([scanned.office, hand])].filter((one) => one !== '');
  await writeRecord(host, folder, ownRequest(host), (record, view) => {
    if (record !== null) return { drafts: [] };
    const body: RecordBodies['record-opened'] = { type: onSide(side, strayType), facts: commitment, keys: { [onSide(side, strayField)]: offices, ...((scanned.collected ?? 0) > 0 ? { [onSide(side, moneyField)]: ['1'] } : {}) } };
    return { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body }], asides: [aside] };
  });
}

/** The same request was recorded after all, for what was missing before it has come: nobody need look. */
export async function dropStray(host: Host, folder: FolderId): Promise<void> {
  assertWhole(host);
  if (await host.participant.view(folder, ({ state: { record } }) => record !== null && isOpen(record)) !== true) return;
  await writeRecord(host, folder, ownRequest(host), (record) => (record === null || !isOpen(record) ? { drafts: [] } : { drafts: [{ item: record.item, kind: 'record-changed', body: { facts: record.facts, keys: {}, reason: 'recorded' } }] }));
}

const isOpen = ({ type, keys }: RegisterRecord): boolean => isStrayType(type) && Object.keys(keys).length > 0;
const isStrayType = (type: string): boolean => type === strayType || type === onSide('rehearsal', strayType);

export async function listStrayScans(host: Host, request: postal.ListStrayScansRequest, call: Call): Promise<postal.ListStrayScansResponse> {
  const { office } = actingFor(call, request.office), size = pageSizeOf(request), side: Side = request.rehearsal ? 'rehearsal' : 'real';
  assertWhole(host);
  const [field, value] = isTreasury(host, office) ? [moneyField, '1'] : [strayField, office];
  const folders = await host.participant.find(onSide(side, field), value, size, folderAfter(scansList, request.pageToken));
  const read = await Promise.all(folders.map(async (folder) => ({ folder, facts: await factsAt(host, folder) })));
  return { scans: read.flatMap(({ folder, facts }) => (facts === null ? [] : [strayView(folder, facts)])), nextPageToken: folders.length < size ? '' : listToken(scansList, folders.at(-1)!) };
}

const scansList = 'stray-scans';

const isTreasury = ({ environment: { reference } }: Host, office: OfficeId): boolean => reference.office(office)?.roles.includes('treasury') === true;

/** By what a scan is still found once an office has looked at it: the treasury still sees money that a post office has explained. Null: that office does not see it. */
function keysAfter({ keys }: RegisterRecord, office: OfficeId, treasury: boolean): RegisterRecord['keys'] | null {
  const money = Object.entries(keys).filter(([field]) => field === moneyField || field === onSide('rehearsal', moneyField));
  if (treasury) return money.length === 0 ? null : {};
  return Object.values(keys).flat().includes(office) ? Object.fromEntries(money) : null;
}

/** The id of zeros is the kernel's own record, which is no folder. */
const isFolder = (text: string): boolean => /^(?!0{64})[0-9a-f]{64}$/.test(text);

async function factsAt(host: Host, folder: FolderId): Promise<Facts | null> {
  const commitment = await host.participant.view(folder, ({ state: { record } }) => (record !== null && isOpen(record) ? record.facts : undefined));
  return commitment === undefined ? null : await keptValue<Facts>(host, folder, commitment) ?? null;
}

function strayView(stray: FolderId, { number, code, office, officer, command, place, reason, at, hand, collected = 0 }: Facts): postal.StrayScan {
  return { stray, number, code, office, officer, command, place, reason, time: new Date(at), handOffice: hand, codCollected: collected };
}

export async function resolveStrayScan(host: Host, request: postal.ResolveStrayScanRequest, content: Uint8Array, call: Call): Promise<postal.ResolveStrayScanResponse> {
  const mark = markRequest(request.requestId, content, host.world), by = actingFor(call, request.office), ground = request.ground.trim();
  if (ground === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'ground' }, 'ground'));
  if (ground.length > maxGroundCharacters) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'ground', problem: `≤ ${maxGroundCharacters}` }, 'ground'));
  const unknown = refuse('UNKNOWN_ITEM', { item: request.stray }, 'stray');
  if (!isFolder(request.stray)) throw errorOfRefusal(unknown);
  const facts = await factsAt(host, request.stray);
  const { commitment, aside } = commitTo(factsPart, { ...facts, resolved: { ...by, ground, at: host.world.now() } }, host.world);
  await writeRecord(host, request.stray, mark, (record) => {
    const keys = record === null || facts === null || !isOpen(record) ? null : keysAfter(record, by.office, isTreasury(host, by.office));
    if (record === null || keys === null) return { refusal: unknown };
    return { drafts: [{ item: record.item, kind: 'record-changed', body: { facts: commitment, keys, reason: 'resolved' } }], asides: [aside] };
  });
  return {};
}
