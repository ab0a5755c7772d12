/** Names that several businesses bear in one commune: what a merger of communes leaves to its registrar, who decides which keeps it. A clash follows from the register and ends with its cause. */
import { business as pb } from '@lienthong/contract';
import { actingFor, areasGiven, communesAsked, everyRecord, groundGiven, maxClashes } from '@lienthong/dossier-service';
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

/** Without areas: on the desk of the registrar, of the communes that the office serves. */
export async function listNameClashes(businesses: Businesses, request: pb.ListNameClashesRequest, call: Call): Promise<pb.ListNameClashesResponse> {
  const { office } = actingFor(call, request.office);
  const found = (await clashesIn(businesses, office, areasGiven(businesses.host, request.areas, 'areas'))).filter((one) => !request.undecided || one.keeps === '');
  return { clashes: found.slice(0, maxClashes).map(shown) };
}

const shown = ({ decidedOn, ...clash }: NameClash): pb.NameClash => ({ ...clash, decidedDate: decidedOn });

async function clashesIn(businesses: Businesses, office: string, given: readonly string[]): Promise<NameClash[]> {
  const found: NameClash[] = [];
  for (const { areas } of communesAsked(businesses.host, office, given)) found.push(...clashesAmong(await standingIn(businesses, areas)));
  return found;
}

async function standingIn({ register }: Businesses, areas: readonly string[]): Promise<Business[]> {
  const records = await everyRecord(register, { field: byArea, values: areas, keep: (one) => one.type === 'business' && one.state !== 'terminated' });
  return records.map(({ facts }) => facts as Business);
}

const bearersIn = async (businesses: Businesses, areas: readonly string[], name: string): Promise<Business[]> => (await standingIn(businesses, areas)).filter((one) => comparable(one.name) === name);

/** What was decided is answered again when the others have taken another name since. */
const isDecidedBy = ({ nameOrder }: Business, name: string, ground: string): boolean => nameOrder?.keeps === true && nameOrder.comparable === name && nameOrder.ground === ground;

/** Each bearer's record gets the order by itself: a repeat completes what broke off, and the clash is decided when all have it. */
export async function decideNameClash(businesses: Businesses, request: pb.DecideNameClashRequest, call: Call): Promise<pb.DecideNameClashResponse> {
  const { office } = actingFor(call, request.office), { host, register } = businesses, name = comparable(request.name);
  for (const field of ['name', 'keeps'] as const) if (request[field].trim() === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
  const ground = groundGiven(request.ground), communes = await Promise.all(communesAsked(host, office, []).map(({ areas }) => bearersIn(businesses, areas, name)));
  const bearers = communes.find((one) => one.some(({ business }) => business === request.keeps)) ?? communes.flat(), ids = bearers.map((one) => one.business);
  if (!ids.includes(request.keeps)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'keeps', problem: ids.join(' | ') || '–' }, 'keeps'));
  if (bearers.length === 1 && !isDecidedBy(bearers[0]!, name, ground)) throw errorOfRefusal(refuse('REGISTER_CONFLICT', { register: 'business', problem: `tên "${request.name.trim()}" chỉ có hộ kinh doanh ${request.keeps} mang` }, 'name'));
  const content = pb.DecideNameClashRequest.encode(request).finish(), on = localDate(host.world.now());
  for (const { business } of bearers) {
    const order = { comparable: name, keeps: business === request.keeps, ground, on };
    await register.revise(businessKey(business), request.requestId, content, 'order', (record) => (record.type === 'business' ? ordered(record, order) : record));
  }
  const [clash] = (await clashesIn(businesses, office, [])).filter(({ businesses: all }) => all.includes(request.keeps));
  return { clash: clash === undefined ? { name: request.name, businesses: [request.keeps], keeps: request.keeps, ground, decidedDate: on } : shown(clash) };
}
