/** What tills, post offices and the calendar do in the middle of a history. */
import { decideChargeCommand } from '../../src/decide/charge-commands.ts';
import type { ChargeCommand } from '../../src/decide/charge-commands.ts';
import { decideConsignmentCommand } from '../../src/decide/consignment-commands.ts';
import type { ConsignmentCommand } from '../../src/decide/consignment-commands.ts';
import { isRefused } from '../../src/decide/outcome.ts';
import type { Outcome } from '../../src/decide/outcome.ts';
import { codDue } from '../../src/collection.ts';
import type { Charge, Consignment, Dossier } from '../../src/dossier.ts';
import { localDate } from '../../src/time/index.ts';
import type { LocalDate, OfficeId, Outage } from '../../src/types.ts';
import { contextWithTills, officer } from './tills-and-posts.ts';
import type { Service, World } from './world.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type ChargeSaying = DistributiveOmit<ChargeCommand, 'charge' | 'by' | 'request'>;
type PostSaying = DistributiveOmit<ConsignmentCommand, 'consignment' | 'by' | 'request'>;

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length]!;
const hour = 3_600_000, ground = '1/2026/NĐ-CP', place = 'Hội An';

function written(hub: World, service: Service, outcome: Outcome): boolean {
  if (isRefused(outcome)) return false;
  hub.write(service, outcome.drafts);
  return true;
}

const chargeSayings: readonly ((charge: Charge) => ChargeSaying)[] = [
  ({ plan }) => ({ kind: 'pay', amount: plan.amount, method: 'cash', receipt: 'BL' }), ({ plan }) => ({ kind: 'pay', amount: plan.amount, method: 'transfer', receipt: 'BL' }),
  ({ plan }) => ({ kind: 'reduce', amount: plan.amount - 1, ground }), () => ({ kind: 'exempt', ground }), () => ({ kind: 'cancel', ground }), ({ plan }) => ({ kind: 'refund', amount: plan.amount, ground }),
];

/** A till, or the office that asks for the money, does something about a charge. */
export function settle(hub: World, a: number, b: number, c: number): boolean {
  const till = hub.service('payments'), charges = [...till.dossier.charges.values()];
  if (charges.length === 0) return false;
  const charge = pick(charges, a), saying = pick(chargeSayings, b)(charge), keeper = till.dossier.legs.get(charge.plan.blocks)?.office ?? 'counter-hoi-an';
  return written(hub, till, decideChargeCommand({ ...saying, charge: charge.id, by: officer(c % 4 === 0 ? 'treasury' : keeper), request: 'r' } as ChargeCommand, till.dossier, contextWithTills(hub, till)));
}

const postSayings: readonly ((one: Consignment, dossier: Dossier) => PostSaying)[] = [
  (one, dossier) => ({ kind: 'scan', state: 'collected', place, proof: 'code', codCollected: one.plan.from === 'home' ? codDue(dossier, one) : 0 }), (one, dossier) => ({ kind: 'scan', state: 'collected', place, proof: 'code', codCollected: one.plan.from === 'home' ? codDue(dossier, one) : 0 }),
  () => ({ kind: 'scan', state: 'in-transit', place }), () => ({ kind: 'scan', state: 'out-for-delivery', place }),
  (one, dossier) => ({ kind: 'deliver', place, proof: 'signature', codCollected: one.plan.to === 'home' ? codDue(dossier, one) : 0 }), (one, dossier) => ({ kind: 'deliver', place, proof: 'signature', codCollected: one.plan.to === 'home' ? codDue(dossier, one) : 0 }),
  () => ({ kind: 'fail', failure: 'attempt', place, reason: 'absent' }), () => ({ kind: 'fail', failure: 'returned', place, reason: 'refused' }), () => ({ kind: 'fail', failure: 'lost', place }), () => ({ kind: 'cancel' }),
];
const postOffices: readonly OfficeId[] = ['post-hoi-an', 'post-hoi-an', 'post-hoi-an', 'post-tra-my'];

/** The post records what it sees of a consignment; where that is refused, the next thing. */
export function carryOn(hub: World, a: number, b: number, c: number): boolean {
  const post = hub.service('postal'), under = [...post.dossier.consignments.values()].filter((one) => one.ended === null);
  if (under.length === 0) return false;
  const one = pick(under, a);
  for (let tries = 0; tries < 3; tries++) {
    const saying = pick(postSayings, b + tries)(one, post.dossier);
    if (written(hub, post, decideConsignmentCommand({ ...saying, consignment: one.id, by: officer(pick(postOffices, c)), request: 'r' } as ConsignmentCommand, post.dossier, contextWithTills(hub, post)))) return true;
  }
  return false;
}

const failing: readonly (readonly OfficeId[] | undefined)[] = [undefined, ['land-branch', 'social'], ['civil-hoi-an', 'tax']];

/** Systems fail, of all offices or of some; or a day off is announced. */
export function announce(hub: World, a: number, b: number, c: number): void {
  if (c % 4 === 0) return announceDayOff(hub, localDate(hub.now + (1 + a % 12) * 24 * hour));
  const from = hub.now + (a % 60 - 12) * hour, offices = pick(failing, b);
  const outage: Outage = { id: `SC-${a % 3}`, from, to: c % 7 === 0 ? null : from + (1 + c % 48) * hour, name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'thông báo', status: 'read' }, ...(offices === undefined ? {} : { offices }) };
  hub.announce({ outages: [...(hub.reference.calendar.outages ?? []).filter((one) => one.id !== outage.id), outage] });
}

function announceDayOff(hub: World, date: LocalDate): void {
  const days = new Map(hub.reference.calendar.days);
  hub.announce({ days: days.set(date, { date, kind: 'holiday', name: 'Nghỉ', status: 'announced' }) });
}

/** What failed works again. */
export function recover(hub: World): void {
  const { outages } = hub.reference.calendar;
  if (outages !== undefined) hub.announce({ outages: outages.map((one) => (one.to === null ? { ...one, to: Math.max(hub.now, one.from + hour) } : one)) });
}
