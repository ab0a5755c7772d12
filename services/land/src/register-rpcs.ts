/** `land.v1.LandRegister`: looking at the cadastre, loading it, and what courts order. */
import { land } from '@lienthong/contract';
import { actingFor, areaGiven, areaToday, areaWithPast, groundGiven, LoadedFields, pageSizeOf, recordPage, servesArea, sideOf } from '@lienthong/dossier-service';
import type { Host, Problem, Registers, StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call, RpcService } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import { blockKindOf, parcelFacts, parcelMessage } from './parcel-message.ts';
import { blocked, hasEnded, twinOf, unblocked } from './rules-apply.ts';
import { decideParcelClash, listParcelClashes } from './parcel-clashes.ts';
import { onlyParcels, parcelAt } from './parcels.ts';
import type { Parcels } from './parcels.ts';
import { byArea, byHolder } from './rules.ts';
import { isParcel } from './rules-facts.ts';
import type { LandRecord, Parcel } from './rules-facts.ts';

export function landRpcs(host: Host, registers: Registers<LandRecord>): RpcService<typeof land.LandRegisterService> {
  const on = ({ rehearsal }: { readonly rehearsal: boolean }): Parcels => ({ host, register: registers.of(sideOf(rehearsal)) });
  return {
    definition: land.LandRegisterService,
    handlers: {
      getParcel: (request, call) => getParcel(on(request), request, call),
      listParcels: (request, call) => listParcels(on(request), request, call),
      seedParcel: (request, call) => seedParcel(on(request), request, call),
      blockParcel: (request, call) => blockParcel(on(request), request, call),
      unblockParcel: (request, call) => unblockParcel(on(request), request, call),
      listParcelClashes: (request, call) => listParcelClashes(on(request), request, call),
      decideParcelClash: (request, call) => decideParcelClash(on(request), request, call),
    },
  };
}

const today = ({ host }: Parcels): string => localDate(host.world.now());
const missing = (field: string): HubError => errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
const unknown = (parcel: string): HubError => errorOfRefusal(refuse('UNKNOWN_ITEM', { item: parcel }, 'parcel'));

async function shown(parcels: Parcels, record: StoredRecord<Parcel>, office: string): Promise<land.Parcel> {
  const { reference } = parcels.host.environment;
  const { area } = record.facts;
  return parcelMessage(record, areaToday(reference, area, today(parcels)), await parcels.register.reservedBy(record.facts.parcel), servesArea(reference, office, area, today(parcels)));
}

async function getParcel(parcels: Parcels, request: land.GetParcelRequest, call: Call): Promise<land.GetParcelResponse> {
  const { office } = actingFor(call, request.office);
  if (request.parcel === '') throw missing('parcel');
  const record = await parcelAt(parcels.register, request.parcel);
  if (record === undefined) throw unknown(request.parcel);
  return { parcel: await shown(parcels, record, office) };
}

async function listParcels(parcels: Parcels, request: land.ListParcelsRequest, call: Call): Promise<land.ListParcelsResponse> {
  const { office } = actingFor(call, request.office);
  const { host, register } = parcels;
  if (request.area === '' && request.holder === '') throw missing('area');
  const areas = request.area === '' ? [] : areaWithPast(host.environment.reference, areaGiven(host, request.area, 'area'));
  // Whoever may not see the holders does not learn from a list which parcels somebody holds.
  const keep = (record: LandRecord): boolean => isParcel(record) && isWanted(record.area);
  const isWanted = (area: string): boolean => (areas.length === 0 || areas.includes(area)) && (request.holder === '' || servesArea(host.environment.reference, office, area, today(parcels)));
  const wanted = request.holder === '' ? { field: byArea, values: areas, keep } : { field: byHolder, values: [request.holder], keep };
  const page = await recordPage(register, wanted, pageSizeOf(request), request.pageToken);
  return { parcels: await Promise.all(onlyParcels(page.records).map((record) => shown(parcels, record, office))), nextPageToken: page.next };
}

/** The office must serve the area of the parcel that it keeps. */
function assertServes(parcels: Parcels, office: string, area: string, call: Call): void {
  if (!servesArea(parcels.host.environment.reference, office, area, today(parcels))) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'office' });
}

async function seedParcel(parcels: Parcels, request: land.SeedParcelRequest, call: Call): Promise<land.SeedParcelResponse> {
  const { office } = actingFor(call, request.office);
  if (request.parcel === undefined) throw missing('parcel');
  const area = areaGiven(parcels.host, request.parcel.area, 'parcel.area');
  assertServes(parcels, office, area, call);
  const facts = parcelFacts(request.parcel, area, today(parcels));
  const { validateOnly } = request, content = land.SeedParcelRequest.encode({ ...request, validateOnly: false }).finish();
  const { folder, outcome } = await parcels.register[validateOnly ? 'judge' : 'load'](facts.parcel, facts, request.requestId, content);
  if (outcome === 'differs') throw errorOfRefusal(refuse('REGISTER_CONFLICT', { register: parcels.register.name, problem: `thửa đất ${facts.parcel} đã có với nội dung khác` }, 'parcel'));
  return { parcel: facts.parcel, folder, known: validateOnly && outcome === 'known' };
}

// ---------------------------------------------------------------- orders of courts and enforcement bodies

const ordered: LoadedFields = new LoadedFields('');

type Order = { readonly requestId: string; readonly office: string; readonly parcel: string; readonly ground: string };

async function recordOrder(parcels: Parcels, order: Order, content: Uint8Array, call: Call, next: (parcel: Parcel) => Parcel | Problem): Promise<Parcel> {
  const { office } = actingFor(call, order.office);
  if (order.parcel === '') throw missing('parcel');
  groundGiven(order.ground);
  const held = await parcelAt(parcels.register, order.parcel);
  if (held === undefined) throw unknown(order.parcel);
  assertServes(parcels, office, held.facts.area, call);
  const revised = await parcels.register.revise(order.parcel, order.requestId, content, 'order', (record) => (!isParcel(record) ? record : record.ended === undefined ? next(record) : hasEnded(record, record.ended)));
  return revised !== undefined && isParcel(revised.facts) ? revised.facts : held.facts;
}

async function blockParcel(parcels: Parcels, request: land.BlockParcelRequest, call: Call): Promise<land.BlockParcelResponse> {
  const order = { kind: blockKindOf(request.kind), ground: request.ground, since: ordered.day(request.sinceDate, 'since_date', today(parcels)) || today(parcels), request: request.requestId };
  const parcel = await recordOrder(parcels, request, land.BlockParcelRequest.encode(request).finish(), call, (one) => twinOf(one, order) ?? blocked(one, order));
  return { block: (parcel.blocks.find((one) => one.request === order.request) ?? parcel.blocks.findLast((one) => one.kind === order.kind && one.ground === order.ground)!).block };
}

async function unblockParcel(parcels: Parcels, request: land.UnblockParcelRequest, call: Call): Promise<land.UnblockParcelResponse> {
  const known = (await parcelAt(parcels.register, request.parcel))?.facts.blocks.some((one) => one.block === request.block);
  if (known === false) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: request.block }, 'block'));
  await recordOrder(parcels, request, land.UnblockParcelRequest.encode(request).finish(), call, (one) => unblocked(one, request.block, today(parcels), request.ground));
  return { block: request.block };
}
