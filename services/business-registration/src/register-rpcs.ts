/** `business.v1.BusinessRegister`: looking at businesses, names, and loading what existed before the hub. */
import { business as pb } from '@lienthong/contract';
import { actingFor, areaGiven, areaToday, areaWithPast, checkKnownValues, pageSizeOf, recordPage, servesArea, sideOf } from '@lienthong/dossier-service';
import type { Host, Loaded, Register, Registers, StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call, RpcService } from '@lienthong/kernel';
import { localDate, numbersOf, refuse } from '@lienthong/law';
import { businessFacts, businessMessage, stateMessage } from './business-message.ts';
import { maxNameCharacters } from './rules-announce.ts';
import { businessKey, nameKey, ownerKey } from './rules-facts.ts';
import type { Business, BusinessRecord } from './rules-facts.ts';
import { comparable } from './rules-names.ts';
import { byArea, byOwner } from './rules.ts';
import { decideNameClash, listNameClashes } from './name-clashes.ts';
import { otherBearer, standingBusiness } from './standing.ts';

export type Businesses = { readonly host: Host; readonly register: Register<BusinessRecord> };

export function businessRpcs(host: Host, registers: Registers<BusinessRecord>): RpcService<typeof pb.BusinessRegisterService> {
  const on = ({ rehearsal }: { readonly rehearsal: boolean }): Businesses => ({ host, register: registers.of(sideOf(rehearsal)) });
  return {
    definition: pb.BusinessRegisterService,
    handlers: {
      getBusiness: (request, call) => getBusiness(on(request), request, call),
      listBusinesses: (request, call) => listBusinesses(on(request), request, call),
      findName: (request, call) => findName(on(request), request, call),
      listNameClashes: (request, call) => listNameClashes(on(request), request, call),
      decideNameClash: (request, call) => decideNameClash(on(request), request, call),
      seedBusiness: (request, call) => seedBusiness(on(request), request, call),
    },
  };
}

const today = ({ host }: Businesses): string => localDate(host.world.now());
const missing = (field: string): HubError => errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
const conflict = (problem: string): HubError => errorOfRefusal(refuse('REGISTER_CONFLICT', { register: 'business', problem }, 'business'));

async function shown({ host, register }: Businesses, record: StoredRecord<Business>, office: string): Promise<pb.Business> {
  const { reference } = host.environment, on = localDate(host.world.now()), { area, business } = record.facts;
  return businessMessage(record, { area: areaToday(reference, area, on), on, reservedBy: await register.reservedBy(businessKey(business)), named: servesArea(reference, office, area, on) });
}

async function getBusiness(businesses: Businesses, request: pb.GetBusinessRequest, call: Call): Promise<pb.GetBusinessResponse> {
  const { office } = actingFor(call, request.office);
  if (request.business === '') throw missing('business');
  const record = await standingBusiness(businesses.register, request.business);
  if (record === undefined) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: request.business }, 'business'));
  return { business: await shown(businesses, record, office) };
}

async function listBusinesses(businesses: Businesses, request: pb.ListBusinessesRequest, call: Call): Promise<pb.ListBusinessesResponse> {
  const { office } = actingFor(call, request.office);
  const { host: { environment: { reference } }, register } = businesses;
  if (request.area === '' && request.owner === '') throw missing('area');
  const areas = request.area === '' ? [] : areaWithPast(reference, areaGiven(businesses.host, request.area, 'area'));
  // Whoever may not see owners does not learn from a list what somebody owns.
  checkKnownValues('states', request.states, pb.BusinessState);
  const keep = (one: BusinessRecord): boolean => one.type === 'business' && (areas.length === 0 || areas.includes(one.area)) && (request.states.length === 0 || request.states.includes(stateMessage(one, today(businesses))))
    && (request.owner === '' || servesArea(reference, office, one.area, today(businesses)));
  const wanted = request.owner === '' ? { field: byArea, values: areas, keep } : { field: byOwner, values: [request.owner], keep };
  const page = await recordPage(register, wanted, pageSizeOf(request), request.pageToken);
  return { businesses: await Promise.all(page.records.map((record) => shown(businesses, record as StoredRecord<Business>, office))), nextPageToken: page.next };
}

/** In the commune as it is today and under every name that it had. */
async function findName(businesses: Businesses, request: pb.FindNameRequest, call: Call): Promise<pb.FindNameResponse> {
  actingFor(call, '');
  const { host, register } = businesses, name = comparable(request.name);
  if (request.name.length > maxNameCharacters) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'name', problem: `≤ ${maxNameCharacters}` }, 'name'));
  if (name === '') throw missing('name');
  if (request.area === '') throw missing('area');
  const { reference } = host.environment;
  const places = areaWithPast(reference, areaToday(reference, areaGiven(host, request.area, 'area'), today(businesses)));
  const found = await Promise.all(places.map(async (area) => ({ record: (await register.get(nameKey(area, name)))?.facts, reservedBy: await register.reservedBy(nameKey(area, name)) })));
  const bearer = found.map(({ record }) => (record?.type === 'name' ? record.business : '')).find((one) => one !== '') ?? '';
  const reservedBy = found.map((one) => one.reservedBy).find((one) => one !== '') ?? '';
  return { free: bearer === '' && reservedBy === '', borneBy: bearer, reservedBy };
}

/** The business, its name and its owner are three records: names and owners first, so that what stands can be trusted; a repeat completes what broke off. All are judged before any is written, so that what is refused takes neither name nor owner. */
async function seedBusiness(businesses: Businesses, request: pb.SeedBusinessRequest, call: Call): Promise<pb.SeedBusinessResponse> {
  const { host, register } = businesses, { reference } = host.environment;
  const { office } = actingFor(call, request.office);
  if (request.business === undefined) throw missing('business');
  const given = areaGiven(host, request.business.area, 'business.area');
  if (!servesArea(reference, office, given, today(businesses))) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'office' });
  const facts = businessFacts(request.business, areaToday(reference, given, today(businesses)), today(businesses)), { business } = facts;
  const { requestId, validateOnly } = request, content = pb.SeedBusinessRequest.encode({ ...request, validateOnly: false }).finish();
  const all = async (how: 'judge' | 'load'): Promise<readonly Loaded[]> => {
    const loaded: Loaded[] = [];
    for (const { key, record, taken } of await recordsOf(businesses, facts)) {
      const one = await register[how](key, record, requestId, content, isFree);
      if (one.outcome === 'differs') throw conflict(taken);
      loaded.push(one);
    }
    return loaded;
  };
  const judged = await all('judge'), bearer = facts.state === 'terminated' ? '' : await otherBearer(register, facts.taxCode, business);
  if (bearer !== '') throw conflict(`mã số thuế ${facts.taxCode} đã là của hộ kinh doanh ${bearer}`);
  const { folder } = (validateOnly ? judged : await all('load')).at(-1)!;
  return { business, folder, known: validateOnly && judged.every((one) => one.outcome === 'known') };
}

/** A name that nobody bears any more, or a person who owns no business any more. */
const isFree = (standing: BusinessRecord): boolean => standing.type !== 'business' && standing.business === '';

type Seeded = { readonly key: string; readonly record: BusinessRecord; /** What is said where the record is there otherwise. */ readonly taken: string };

/** The business itself comes last. */
async function recordsOf({ register }: Businesses, facts: Business): Promise<readonly Seeded[]> {
  const { area, business, state } = facts, name = comparable(facts.name), number = numbersOf(facts.owner)[0]!;
  const own: Seeded = { key: businessKey(business), record: facts, taken: `hộ kinh doanh ${business} đã có với nội dung khác` };
  if (state === 'terminated') return [own];
  const owned = (await register.get(ownerKey(number)))?.facts, taken = 'chủ hộ đang là chủ một hộ kinh doanh khác';
  if (owned?.type === 'owner' && !isFree(owned) && owned.business !== business) throw conflict(taken);
  return [
    { key: nameKey(area, name), record: { type: 'name', area, comparable: name, business }, taken: `tên "${facts.name}" đã có hộ kinh doanh khác mang` },
    { key: ownerKey(number), record: { type: 'owner', number, business }, taken },
    own,
  ];
}
