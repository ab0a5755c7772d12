/** Names that several businesses bear in one commune: what a merger of communes leaves to its registrar, who decides which keeps it. A clash follows from the register and ends with its cause. */
import { business as pb } from '@lienthong/contract';
import { actingFor, areaGiven, areaToday, areaWithPast, recordPage } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import type { Businesses } from './register-rpcs.ts';
import { businessKey } from './rules-facts.ts';
import type { Business } from './rules-facts.ts';
import { clashesAmong, ordered } from './rules-clashes.ts';
import type { NameClash } from './rules-clashes.ts';
import { comparable } from './rules-names.ts';
import { byArea } from './rules.ts';

/** Areas that one question may name, and clashes that one answer shows. */
export const maxClashAreas = 100;
export const maxClashes = 1_000;
const pageOfRecords = 200;
const maxGroundCharacters = 200;

/** Without areas: on the desk of the registrar, of the communes that the office serves. */
export async function listNameClashes(businesses: Businesses, request: pb.ListNameClashesRequest, call: Call): Promise<pb.ListNameClashesResponse> {
  const { office } = actingFor(call, request.office), { host } = businesses;
  if (request.areas.length > maxClashAreas) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'areas', problem: `≤ ${maxClashAreas}` }, 'areas'));
  const given = request.areas.length === 0 ? servedBy(host, office) : request.areas.map((area) => areaGiven(host, area, 'areas'));
  const found = clashesAmong(await standingIn(businesses, given)).filter((one) => !request.undecided || one.keeps === '');
  return { clashes: found.slice(0, maxClashes).map(shown) };
}

const servedBy = ({ environment: { reference } }: Host, office: string): readonly string[] => reference.office(office)?.serves ?? [];
const shown = ({ decidedOn, ...clash }: NameClash): pb.NameClash => ({ ...clash, decidedDate: decidedOn });

/** Of all these communes as one, each with all that it took over from. */
async function standingIn({ host, register }: Businesses, given: readonly string[]): Promise<Business[]> {
  const { reference } = host.environment, today = localDate(host.world.now());
  const areas = new Set(given.flatMap((area) => areaWithPast(reference, areaToday(reference, area, today))));
  const standing: Business[] = [];
  for (let token = ''; ;) {
    const page = await recordPage(register, { field: byArea, values: [...areas], keep: (one) => one.type === 'business' && one.state !== 'terminated' }, pageOfRecords, token);
    for (const { facts } of page.records) standing.push(facts as Business);
    if (page.next === '') return standing;
    token = page.next;
  }
}

/** Each bearer's record gets the order by itself: a repeat completes what broke off, and the clash is decided when all have it. */
export async function decideNameClash(businesses: Businesses, request: pb.DecideNameClashRequest, call: Call): Promise<pb.DecideNameClashResponse> {
  const { office } = actingFor(call, request.office), { host, register } = businesses, name = comparable(request.name);
  for (const field of ['name', 'keeps', 'ground'] as const) if (request[field].trim() === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
  if (request.ground.length > maxGroundCharacters) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'ground', problem: `≤ ${maxGroundCharacters}` }, 'ground'));
  const inAreas = async (): Promise<Business[]> => (await standingIn(businesses, servedBy(host, office))).filter((one) => comparable(one.name) === name);
  const bearers = await inAreas(), ids = bearers.map((one) => one.business);
  if (!ids.includes(request.keeps)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'keeps', problem: ids.join(' | ') || '–' }, 'keeps'));
  const content = pb.DecideNameClashRequest.encode(request).finish(), on = localDate(host.world.now());
  for (const { business } of bearers) {
    const order = { comparable: name, keeps: business === request.keeps, ground: request.ground, on };
    await register.revise(businessKey(business), request.requestId, content, 'order', (record) => (record.type === 'business' ? ordered(record, order) : record));
  }
  const [clash] = clashesAmong(await inAreas());
  return { clash: clash === undefined ? { name: request.name, businesses: [request.keeps], keeps: request.keeps, ground: request.ground, decidedDate: on } : shown(clash) };
}
