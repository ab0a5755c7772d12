/** Random histories: people who do what they like, messages in any order, effects that take their time, clocks that go on. */
import type { Draft, ItemId, OfficeId } from '../../src/types.ts';
import { serviceOf } from '../../src/context.ts';
import { resultsOf } from '../../src/amended-results.ts';
import type { Leg } from '../../src/dossier.ts';
import { decideLegCommand } from '../../src/decide/leg-commands.ts';
import type { LegCommand } from '../../src/decide/leg-commands.ts';
import { participants } from '../../src/duties.ts';
import { isRefused } from '../../src/decide/outcome.ts';
import { predecessors } from '../../src/itinerary.ts';
import { dossierDue } from '../../src/limits.ts';
import { awaitsConfirmation } from '../../src/originals.ts';
import { dump } from './dump.ts';
import { changedRules, procedures, referenceOfTests } from './reference-of-tests.ts';
import { complete, refusal, returned, withdrawal } from './sayings.ts';
import { announce, carryOn, settle } from './tills-and-carriers.ts';
import { at, services, World } from './world.ts';
import type { LegSaying, Service } from './world.ts';

/** One step: what is done and three numbers from which its particulars follow. */
export type Step = { readonly what: number; readonly a: number; readonly b: number; readonly c: number };
export type Beginning = { readonly procedure: number; readonly place: number; readonly way: number; readonly slow: boolean; readonly rehearsal: boolean; /** Days that everybody works before anything goes wrong. */ readonly days: number; /** When it is received; absent: some days before the reform. */ readonly start?: number };

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length]!;
const hour = 3_600_000;
const places = [{ subject: 'hoi-an' }, { subject: 'tra-my@old' }, { subject: 'hoa-lien@old' }, { subject: 'hoa-lien@old', target: 'hoa-vang@new' }] as const;

/** Some days before the reform; after the handover of its eve; in its last minute; before the Tết holidays. */
const starts = ['2025-06-27T08:00+07', '2025-06-30T15:30+07', '2025-06-30T23:59+07', '2026-02-13T16:00+07'] as const;

export function begin(beginning: Beginning): World {
  const start = pick(starts, beginning.start ?? 0), hub = new World(start, { slowEffects: beginning.slow });
  const way = pick(['counter', 'online', 'post'] as const, beginning.way);
  hub.submit(pick(procedures, beginning.procedure).code, {
    channel: way === 'online' ? 'online' : 'counter', areas: start < '2025-07' ? pick(places, beginning.place) : { subject: 'hoi-an' }, return: { way, office: 'counter-hoi-an', ...(way === 'post' && beginning.place % 8 < 4 ? { cod: true } : {}) }, rehearsal: beginning.rehearsal ? at(start) : null,
  });
  return hub;
}

export function step(hub: World, { what, a, b, c }: Step): void {
  const act = pick(acts, what);
  act(hub, a, b, c);
}

type Act = (hub: World, a: number, b: number, c: number) => void;

/** Whom a service tells: those whom the law names as participants. */
function listener(hub: World, from: Service, n: number): Service | undefined {
  const others = participants(from.dossier, ['oversight']).filter((name) => name !== from.name);
  return others.length === 0 ? undefined : hub.service(pick(others, n));
}

/** A service hears some of what another holds, in an order of its own. */
const hear: Act = (hub, a, b, c) => {
  const from = hub.service(pick(services, a)), to = listener(hub, from, b);
  const entries = from.copy.entries.filter((_entry, n) => (n * 7 + c) % 5 !== 0);
  to?.copy.take(entries.map((entry, n) => ({ entry, order: (n * 31 + c) % 17 })).sort((x, y) => x.order - y.order).map(({ entry }) => entry));
};
const hearAll: Act = (hub, a, b) => {
  const from = hub.service(pick(services, a));
  listener(hub, from, b)?.copy.take(from.copy.entries);
};
const perform: Act = (hub, a) => { hub.perform(pick(services, a)); };
const performOnce: Act = (hub, a, b) => {
  const service = hub.service(pick(services, a));
  const owed = hub.owed(service);
  if (owed.length > 0) hub.performOne(service, pick(owed, b));
};
const finish: Act = (hub, a) => { if (hub.begun !== null && hub.begun.length > 0) hub.finish(a % hub.begun.length); };
const wait: Act = (hub, a) => {
  // Now and then nobody does anything for days.
  const hours = (1 + a % 40) * (a % 9 === 0 ? 8 : 1);
  hub.now += hours * hour;
  const { root } = hub.service('intake').dossier;
  if (root?.clock !== null && root?.clock !== undefined && a % 2 === 0) hub.asks({ kind: 'move-clock', to: root.clock + hours * hour });
};

const sayings: readonly ((hub: World, leg: Leg, others: readonly Leg[], c: number) => LegSaying)[] = [
  (_hub, leg) => completing(leg), (_hub, leg) => completing(leg), (_hub, leg) => completing(leg), (_hub, leg) => completing(leg),
  () => refusal,
  (hub, leg, _others, c) => ({ kind: 'ask-redo', target: pick([...before(hub, leg), leg], c).id, reason: 'sai' }),
  (_hub, leg) => ({ ...completing(leg), opinion: 'disagree' }),
  (_hub, _leg, _others, c) => ({ kind: 'assign', officer: `CB-${c % 3}`, ...(c % 2 === 0 ? { until: '2027-01-01', substituteFor: 'CB-9' } : {}) }),
  (_hub, _leg, _others, c) => ({ kind: 'attach-document', document: { document: pick(['form', 'certificate-paper'], c), origin: { type: 'presented' } } }),
  (hub) => ({ kind: 'attach-evidence', document: { document: 'form', origin: { type: 'evidence', service: 'land', office: 'land-branch', fact: 'f', evidenceId: 'e', readAt: hub.now } } }),
  (_hub, leg) => { const first = leg.completion === null ? undefined : resultsOf(leg.completion)[0]; return { kind: 'revoke-result', result: first?.result.code ?? 'x', number: first?.result.number ?? '', ground: '1/2026/NĐ-CP', reason: 'sai' }; },
  () => ({ kind: 'decline', reason: 'nhầm' }),
  (_hub, leg, _others, c) => ({ kind: 'reroute', office: pick(referenceOfTests.offices.filter((one) => one.roles.includes(leg.plan.role)), c).id, reason: 'đúng nơi' }),
  () => ({ kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] }),
  () => ({ kind: 'consult', office: 'tax', question: 'có ý kiến?', limit: '1wd', silence: 'consent' }),
  (_hub, _leg, _others, c) => charging(c % 2 === 0), (_hub, _leg, _others, c) => charging(c % 2 === 0),
  () => ({ kind: 'stop', ground: '1/2026/NĐ-CP' }),
  (hub, _leg, _others, c) => hub.insertion(`inserted-${c % 3}`, pick(['land', 'social', 'tax'], c)),
  (_hub, _leg, others, c) => ({ kind: 'skip', legs: [pick(others, c).id], ground: '1/2026/NĐ-CP' }),
  () => ({ kind: 'consult', office: 'tax', question: 'có ý kiến?', limit: '1wd', silence: 'none' }),
  (hub, leg) => ({ kind: 'waive-opinion', opinion: overdueOpinion(hub, leg), reason: 'không chờ nữa' }),
  (_hub, _leg, _others, c) => ({ kind: 'resolve-register', outcome: c % 2 === 0 ? 'retry' : 'by-hand', ground: '1/2026/NĐ-CP', reason: 'đã xem' }),
  (_hub, _leg, others, c) => ({ kind: 'send-originals', to: c % 3 === 0 ? 'counter-hoi-an' : pick(others, c).office, documents: c % 2 === 0 ? ['form'] : ['form', 'certificate-paper'] }),
  (hub, leg, _others, c) => seen(hub, leg.office, c),
  () => ({ kind: 'confirm' }), () => ({ kind: 'confirm' }), () => ({ kind: 'revoke', reason: 'sai' }), () => ({ kind: 'revoke', reason: 'sai', ground: '1/2026/NĐ-CP' }), () => ({ kind: 'reopen', reason: 'làm lại' }),
  (_hub, leg, _others, c) => amending(leg, c), (_hub, leg, _others, c) => amending(leg, c),
   () => ({ kind: 'reopen', reason: 'làm lại' }),
  () => ({ kind: 'start-posting', span: '1wd', ground: '1/2026/NĐ-CP', place: 'trụ sở' }),
  () => ({ kind: 'start-wait', wait: 'consent', ground: '1/2026/NĐ-CP', limit: '1wd' }), (_hub, _leg, _others, c) => ({ kind: 'end-wait', wait: '', outcome: c % 2 === 0 ? 'agree' : 'disagree' }),
  (_hub, _leg, _others, c) => ({ kind: 'tell-part', part: pick(['hai-van@new', 'hoa-vang@new'], c) }),
  (_hub, leg) => ({ kind: 'extend', dueAt: (leg.takenOver?.dueAt ?? 0) + hour, ground: '1/2026/NĐ-CP' }),
];

function overdueOpinion(hub: World, leg: Leg): ItemId {
  return [...hub.service(serviceOf(leg.holder)).dossier.requests.values()].find((one) => one.asker === leg.id && one.overdueSince !== null && one.ended === null)?.id ?? '';
}

/** Legs that were done and lie straight before it, as its holder knows them. */
function before(hub: World, leg: Leg): readonly Leg[] {
  const { dossier } = hub.service(serviceOf(leg.holder)), here = dossier.legs.get(leg.id);
  return here === undefined ? [] : predecessors(dossier, here).filter((one) => one.completion !== null);
}

/** What an office says of the first consignment that lies before it; now and then something is missing. */
export function seen(hub: World, office: OfficeId, c: number): LegSaying & { readonly kind: 'confirm-consignment' } {
  const dossier = hub.service('oversight').dossier, one = [...dossier.consignments.values()].find((other) => other.plan.to === office && awaitsConfirmation(dossier, other));
  return { kind: 'confirm-consignment', consignment: one?.id ?? '', received: (one?.plan.originals ?? []).map(({ document }) => document).filter((_document, n) => (c + n) % 4 > 0) };
}

function completing(leg: Leg): LegSaying {
  return { ...complete(...leg.plan.results), opinion: 'agree', ...(leg.plan.register === undefined ? {} : { change: { part: 'change', commitment: 'x' } }) };
}

/** The first result as it reads now, under another number. */
function amending(leg: Leg, c: number): LegSaying {
  const [first] = leg.completion === null ? [] : resultsOf(leg.completion);
  return { kind: 'amend-result', amendment: c % 2 === 0 ? 'correction' : 'reissue', result: first?.result.code ?? 'x', number: first?.result.number ?? '', newNumber: `anew/${c}`, digest: '', ground: '1/2026/NĐ-CP', reason: 'sai', inRegister: leg.plan.register !== undefined };
}

function charging(refundable: boolean): LegSaying {
  return { kind: 'open-charge', code: 'income-tax', charge: 'tax', amount: 7, refundable, ground: '1/2026/NĐ-CP' };
}

/** Any service tries to command on any leg that it knows, now and then for an office that is not its own. */
const command: Act = (hub, a, b, c) => {
  const service = hub.service(pick(services, a));
  const legs = [...service.dossier.legs.values()];
  if (legs.length > 0) say(hub, service, pick(legs, b), pick(sayings, c)(hub, pick(legs, b), legs, a + b + c), c % 11 === 0 ? 'tax' : undefined);
};

/** The holder of a leg commands. */
const officer: Act = (hub, a, b, c) => {
  const held = [...hub.services.values()].flatMap((service) => [...service.dossier.legs.values()].filter((leg) => serviceOf(leg.holder) === service.name).map((leg) => ({ service, leg })));
  if (held.length === 0) return;
  const { service, leg } = pick(held, a);
  // A finished leg is seldom touched again; where the first saying is refused, the next is tried.
  if ((leg.status === 'complete' || leg.status === 'refused') && c % 3 > 0) return;
  const others = [...service.dossier.legs.values()];
  if (c % 4 === 0 && saysSeldom(hub, service, leg, others, b)) return;
  for (let tries = 0; tries < 6; tries++) {
    const saying = pick(sayings, b + tries * 5)(hub, leg, others, c);
    // What ends a leg is said more seldom than what happens to it before.
    if (((saying.kind === 'stop' || saying.kind === 'decline') && c % 5 > 0) || (saying.kind === 'complete' && c % 2 > 0)) continue;
    if (say(hub, service, leg, saying)) return;
  }
};

/** What is seldom possible is said where it is: otherwise hardly any history would hold it. */
const seldomPossible: ReadonlySet<LegSaying['kind']> = new Set<LegSaying['kind']>(['tell-part', 'waive-opinion', 'resolve-register', 'confirm', 'confirm-consignment', 'send-originals', 'revoke-result', 'end-wait', 'ask-redo', 'ask-supplement']);

function saysSeldom(hub: World, service: Service, leg: Leg, others: readonly Leg[], n: number): boolean {
  return sayings.some((_saying, position) => {
    const saying = pick(sayings, n + position)(hub, leg, others, n);
    return seldomPossible.has(saying.kind) && say(hub, service, leg, saying);
  });
}

export function say(hub: World, service: Service, leg: Leg, saying: LegSaying, office?: OfficeId): boolean {
  const by = { office: office ?? leg.office, officer: 'Bình' };
  const outcome = decideLegCommand({ ...saying, leg: leg.id, by, request: 'r' } as LegCommand, service.dossier, hub.context(service));
  if (isRefused(outcome)) return false;
  hub.write(service, outcome.drafts);
  return true;
}

/** The citizen, mostly patient. */
const citizen: Act = (hub, a, b) => {
  const kind = a % 22;
  if (kind === 0) hub.asks(withdrawal);
  else if (kind < 8) hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] });
  else if (kind < 12) hub.asks(returned);
  else if (kind === 12) hub.asks({ kind: 'send-originals', to: [...hub.service('intake').dossier.legs.values()][b % 3]?.office ?? 'counter-tra-my', documents: ['form'] });
  else if (kind === 13) hub.asks(b % 3 === 0 ? { kind: 'order-pick-up', to: 'counter-hoi-an', documents: ['certificate-paper'], collect: b % 2 === 0, where: { part: 'pick-up', commitment: 'c' } } : b % 3 === 1 ? { kind: 'send-result', to: 'counter-tra-my' } : seen(hub, 'counter-hoi-an', b));
  else if (kind === 14 || kind > 19) chooseRules(hub, b);
  else if (kind === 15) hub.asks({ kind: 'correct', particulars: [{ part: pick(['applicant', 'contact'], b), commitment: `c${b}` }], reason: 'nhầm' });
  else if (kind === 16) apologise(hub, b);
  else pay(hub, b);
};

/** The rules change, or are chosen. The calendar stays as it was announced. */
function chooseRules(hub: World, b: number): void {
  if (b % 2 === 0) hub.reference = { ...changedRules(b), calendar: hub.reference.calendar };
  else hub.asks({ kind: 'adopt-rules', documents: [] });
}

/** A date some days after the present one, which may be a holiday. */
function apologise(hub: World, b: number): void {
  const intake = hub.service('intake'), due = intake.dossier.root === null ? null : dossierDue(intake.dossier, hub.context(intake)).due;
  hub.asks({ kind: 'apologise', newDueAt: (due ?? hub.now) + (1 + b % 9) * 24 * hour, reason: 'chậm' });
}

export function pay(hub: World, n: number): boolean {
  const till = hub.service('payments');
  const open = [...till.dossier.charges.values()].filter((one) => one.status === 'open');
  if (open.length === 0) return false;
  const charge = pick(open, n);
  hub.write(till, [{ item: charge.id, kind: 'charge-paid', body: { amount: charge.plan.amount, method: 'cash', receipt: 'BL' } }]);
  return true;
}

export function carry(hub: World, state: 'delivered' | 'lost' | 'returned'): boolean {
  const post = hub.service('postal');
  const under = [...post.dossier.consignments.values()].find((one) => one.ended === null && one.number !== '');
  if (under === undefined) return false;
  hub.write(post, [{ item: under.id, kind: 'consignment-ended', body: { state, place: 'Hội An' }, ends: true }]);
  return true;
}
const post: Act = (hub, a) => { carry(hub, pick(['delivered', 'lost', 'returned'] as const, a)); };

/** Somebody writes on an item that is not his: kept, and without effect. */
const usurp: Act = (hub, a, b, c) => {
  const service = hub.service(pick(services, a));
  const items = [...service.copy.folder.items.values()].filter((item) => item.holder !== service.author);
  if (items.length === 0) return;
  const before = dump(service.dossier);
  service.copy.write(service.author, usurpation(pick(items, b).id, service, c), hub.now);
  if (dump(service.dossier) !== before) throw new Error(`${service.name} changed what it does not hold`);
};

function usurpation(item: ItemId, service: Service, c: number): Draft {
  return pick<Draft>([
    { item, kind: 'leg-completed', body: { round: 1, verdict: 'done', used: [], results: [] } }, { item, kind: 'dossier-closed', body: { outcome: 'returned' }, ends: true },
    { item, kind: 'leg-declined', body: { reason: 'x', from: 'tax', to: 'tax' }, handsTo: service.author }, { item, kind: 'request-answered', body: { outcome: 'done' }, ends: true }, { item, kind: 'charge-paid', body: { amount: 1, method: 'cash', receipt: '' } },
  ], c);
}

/** Seldom: a store is lost, and its service goes on from what the others hold. */
const lose: Act = (hub, a, b) => { if (b % 6 === 0 && hub.service('oversight').copy.entries.length > 0) hub.lose(pick(services, a)); };

/** Others change what the register holds: from now on, or until then, what was done cannot be put back. */
const build: Act = (hub, a, b) => { hub.service(pick(services, a)).registers.builtOn = b % 2 === 0; };

const money: Act = (hub, a, b, c) => { settle(hub, a, b, c); };
const carrier: Act = (hub, a, b, c) => { carryOn(hub, a, b, c); };
const news: Act = (hub, a, b, c) => { if (b % 3 === 0) announce(hub, a, b, c); };

/** For once the network is quick. */
const calm: Act = (hub) => { hub.quiet(); };

const acts: readonly Act[] = [calm, calm, hear, hear, hearAll, hearAll, hearAll, perform, perform, perform, performOnce, performOnce, finish, wait, wait, command, officer, officer, officer, officer, officer, officer, officer, officer, officer, officer, citizen, citizen, post, money, carrier, carrier, news, usurp, lose, build];
