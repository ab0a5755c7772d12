/** What must hold at every moment at every service, told without looking into the law's own derivations. */
import type { Folder } from '@lienthong/folder';
import type { EntryRef, ItemId } from '../../src/types.ts';
import { holderOf, sameRef } from '../../src/dossier.ts';
import type { Dossier, Leg } from '../../src/dossier.ts';
import { predecessors, satisfied, skipped, stale } from '../../src/itinerary.ts';
import { referenceOfTests } from './reference-of-tests.ts';
import type { World } from './world.ts';

export function checkAll(hub: World): void {
  for (const service of hub.services.values()) {
    checkHolders(service.dossier, service.copy.folder as Folder<unknown>, service.name);
    for (const leg of service.dossier.legs.values()) checkLeg(service.dossier, leg, service.name);
  }
  checkSoleHolder(hub);
}

/** What must hold once everybody has heard everything and done what it owed: nobody waits for an opinion that nobody can give. */
export function checkQuiet(hub: World): void {
  const { requests, legs } = hub.service('oversight').dossier;
  for (const { ended, task } of requests.values()) check(ended !== null || task === null || legs.get(task)!.status !== 'stopped', 'an opinion is waited for although its task has stopped');
}

/** What must be true of a dossier that every copy shows as closed. */
export function checkEnd(hub: World): void {
  const { dossier } = hub.service('oversight');
  const { closed } = dossier.root!;
  for (const leg of dossier.legs.values()) {
    check(leg.settledRound === leg.round && leg.status !== 'open' && leg.status !== 'deciding', `closed while ${leg.plan.name} is ${leg.status}`);
    check(leg.plan.register === undefined || leg.status !== 'complete' || (leg.applied !== null && sameRef(leg.applied, leg.completion!.ref)), `closed without the change of ${leg.plan.name} in its register`);
    check(leg.status === 'complete' || leg.applied === null, `closed while a change that ${leg.plan.name} took back stands in its register`);
    const owed = leg.status === 'complete' && leg.completion!.results.length > 0 && closed!.outcome !== 'withdrawn';
    // As it was decided, or as it was corrected or issued anew before it was handed out.
    const versions = [leg.completion?.ref, ...leg.completion?.amendments.map((one) => one.ref) ?? []];
    check(!owed || dossier.root!.returned.some((one) => one.results.some((ref) => versions.some((other) => other !== undefined && sameRef(ref, other)))), `closed without the result of ${leg.plan.name} with the citizen`);
  }
  for (const request of dossier.requests.values()) check(request.ended !== null, `closed with an open ${request.plan.request}`);
  for (const one of dossier.consignments.values()) check(one.ended !== null, 'closed with a consignment under way');
  checkMoney(hub, closed!.outcome);
}

/** Nothing is paid back or applied twice, and nothing is paid back in a dossier that went on. */
function checkMoney(hub: World, outcome: string): void {
  const { dossier } = hub.service('oversight');
  for (const charge of dossier.charges.values()) {
    const ended = outcome === 'withdrawn' || outcome === 'stopped';
    check(charge.status !== 'open', 'closed with an open charge');
    const forNothing = charge.plan.blocks === dossier.root!.id && dossier.root!.returned.length === 0;
    // What came in after that goes back, whatever becomes of the dossier.
    const said = dossier.entries.filter(({ item, kind }) => item === charge.id && (kind === 'charge-cancelled' || kind === 'charge-exempted')), inVain = said.length > 0;
    const givenBack = dossier.entries.some(({ item, kind, body }) => item === charge.id && kind === 'charge-refunded' && body.by !== undefined);
    check((charge.status === 'refunded') <= (ended || forNothing || inVain || givenBack), `a charge was ${charge.status} although the dossier was ${outcome}`);
    check(!(charge.status === 'paid' && ((charge.plan.refundable && ended) || forNothing || inVain)), 'a refund was lost');
    check((charge.status === 'cancelled') <= (outcome !== 'returned' || said.some(({ body }) => body.by !== undefined)) || charge.plan.blocks === '', `a charge was cancelled although the dossier was ${outcome}`);
  }
  for (const { name, registers } of hub.services.values()) {
    check(new Set(registers.refunded).size === registers.refunded.length, 'a charge was paid back twice');
    check(new Set(registers.accepted).size === registers.accepted.length, `${name} accepted a consignment twice`);
  }
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** The law and the folder agree on who holds what is open. */
function checkHolders(dossier: Dossier, folder: Folder<unknown>, where: string): void {
  const items = [...dossier.legs.values(), ...dossier.requests.values(), ...dossier.charges.values(), ...dossier.consignments.values(), ...(dossier.root === null ? [] : [dossier.root])];
  for (const item of items) {
    const known = folder.items.get(item.id);
    check(known !== undefined && (known.ended || known.holder === holderOf(dossier, item)), `${where}: law and folder disagree on who holds ${item.id}`);
  }
}

/** Of all services at most one may write on an item: the others know its term or less. */
function checkSoleHolder(hub: World): void {
  const holders = new Map<ItemId, string>();
  for (const { name, author, copy } of hub.services.values()) {
    for (const item of copy.folder.items.values()) {
      if (item.ended || item.holder !== author) continue;
      check(!holders.has(item.id), `${item.id} is held by ${holders.get(item.id)} and by ${name}`);
      holders.set(item.id, name);
    }
  }
}

/** What is built on: the decision, or the last correction or revocation of what it issued. */
function lastOutput({ ref, amendments, revoked }: NonNullable<Leg['completion']>): EntryRef {
  const changes = [...amendments.filter((one) => one.amendment === 'correction'), ...revoked];
  return changes.reduce<{ readonly ref: EntryRef; readonly at: number }>((last, one) => (one.at > last.at || (one.at === last.at && one.ref.seq > last.ref.seq) ? one : last), { ref, at: 0 }).ref;
}

function checkLeg(dossier: Dossier, leg: Leg, where: string): void {
  check(referenceOfTests.office(leg.office) !== undefined, `${where}: leg ${leg.plan.name} is at no office`);
  check(stale(dossier, leg) === plainlyStale(dossier, leg), `${where}: staleness of ${leg.plan.name}`);
  const reached = plainlySkipped(dossier, leg) ? predecessors(dossier, leg).every((one) => satisfied(dossier, one)) : leg.status === 'complete' && !plainlyStale(dossier, leg);
  check(satisfied(dossier, leg) === reached, `${where}: whether ${leg.plan.name} is done`);
  check(leg.settledRound <= leg.round, `${where}: ${leg.plan.name} settled a round to come`);
}

function plainlySkipped(dossier: Dossier, leg: Leg): boolean {
  return leg.status === 'addressed' && [...dossier.legs.values()].some((other) => other.skips.includes(leg.id));
}

/** Walks the whole way back every time: what is cited must be each present output before it, and that output must not be stale. */
function plainlyStale(dossier: Dossier, leg: Leg): boolean {
  const { completion } = leg;
  if (completion === null || (leg.status !== 'complete' && leg.status !== 'refused')) return false;
  const sources: Leg[] = [];
  const collect = (from: Leg): void => { for (const one of predecessors(dossier, from)) if (skipped(dossier, one)) collect(one); else sources.push(one); };
  collect(leg);
  return sources.some((source) => {
    const used = completion.used.find((one) => one.leg === source.id && one.round === source.round && source.completion !== null && sameRef(one.output, lastOutput(source.completion)));
    return source.status !== 'complete' || used === undefined || plainlyStale(dossier, source);
  });
}
