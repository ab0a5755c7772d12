/** After healing: everybody does what is asked of them, and nothing else, until every dossier has ended. */
import { asideName, blockingCharges, blockingRequests, ended, endingReason, isInForce, localDate, participants, ready, resultsToReturn, reversalRefused, skipped, stale, successors, supplementRequest } from '@lienthong/law';
import type { Dossier, FolderId, Leg } from '@lienthong/law';
import { loadAgain } from './books.ts';
import { collection, correction, delivery, nextScan, onCharge, onConsignment, onRoot } from './citizen-commands.ts';
import type { Asking } from './clients.ts';
import type { Hub } from './hub.ts';
import type { LateLoss } from './late-loss.ts';
import { completion, heldBy, onLeg, openCharge } from './officer-commands.ts';
import type { Saying } from './officer-commands.ts';
import type { SimService } from './sim-service.ts';

const maxRounds = 60, roundMs = 400, quietMs = 120_000, waitMs = 120_000, answerMs = 60_000, rehearsalStepMs = 86_400_000;
/** Rounds in a row in which nobody finds anything to do; then silence has run out everywhere. */
const maxIdleRounds = 14;

/** True once every dossier has ended at all who take part, and nothing moves any more. `loss`: what befalls them meanwhile. */
export async function workToTheEnd(hub: Hub, loss: LateLoss): Promise<boolean> {
  const folders = [...hub.journal.folders];
  let thoughts = hub.plan.secondThoughts;
  for (let round = 0, idle = 0; round < maxRounds && idle < maxIdleRounds; round++) {
    const quiet = await untilQuiet(hub, quietMs);
    if (quiet && await allClosed(hub, folders)) return true;
    const again = thoughts === 0 ? 0 : await thinkAgain(hub, folders, `a${round}`);
    if (again > 0) thoughts--;
    const asked = again + await oneRound(hub, folders, round);
    await loss.run(asked === 0 ? waitMs : roundMs);
    idle = asked === 0 ? idle + 1 : 0;
  }
  return false;
}

/** Runs until nothing moves any more. False: it went on for `ms` milliseconds. */
export async function untilQuiet(hub: Hub, ms: number): Promise<boolean> {
  const until = hub.queue.now + ms;
  while (hub.queue.now < until) {
    await hub.queue.run(Math.min(until, hub.queue.now + roundMs / 4));
    if (await isQuiet(hub)) return true;
  }
  return false;
}

async function isQuiet(hub: Hub): Promise<boolean> {
  if (hub.clients.waiting > 0 || hub.network.underWay > 0) return false;
  for (const service of hub.services) {
    if (!service.up || service.store.waiting() > 0) return false;
    for (const { participant } of service.lives) {
      const { state, waitingUpdates, outstandingUpdates, unsettledMarks, runningEffects, succession } = participant.status();
      if (state !== 'ready' || succession.goesOnWithout.length > 0 || !participant.isWhole() || waitingUpdates + outstandingUpdates + unsettledMarks + runningEffects > 0) return false;
    }
    if ((await service.store.unsettled(1)).length > 0) return false;
  }
  return true;
}

/** Whoever does not answer is not done. */
async function allClosed(hub: Hub, folders: readonly FolderId[]): Promise<boolean> {
  const { intake, observers } = hub.plan.layout.hosts;
  for (const folder of folders) {
    const keepers = await ask(hub, hub.at(intake), folder, (dossier) => participants(dossier, observers));
    if (keepers === undefined) return false;
    for (const service of hub.services) {
      const closed = await ask(hub, service, folder, (dossier) => dossier.root!.closed !== null);
      // What its own service has not, somebody else may have, and give back.
      if (keepers === 'no copy' ? closed !== 'no copy' : keepers.includes(service.name) && closed !== true) return false;
    }
  }
  return true;
}

/** `no copy`: the service answers that it has none. Undefined: it does not answer. */
async function ask<T>(hub: Hub, service: SimService, folder: FolderId, look: (dossier: Dossier) => T): Promise<T | 'no copy' | undefined> {
  const life = service.anyLife();
  return life && hub.outcome(life.participant.view(folder, ({ state }) => (state.dossier.root === null ? 'no copy' : look(state.dossier))).then((seen) => seen ?? 'no copy'), answerMs);
}

/** Number of commands that were sent, and of records that were loaded again. */
async function oneRound(hub: Hub, folders: readonly FolderId[], round: number): Promise<number> {
  let sent = 0;
  for (const service of hub.services) sent += await loadAgain(hub, service, `b${round}`);
  for (const folder of folders) {
    for (const service of hub.services) {
      const asked = await hub.outcome(hub.read(service, folder, (dossier) => whatIsAsked(hub, service, folder, dossier, `d${round}`)), answerMs) ?? [];
      if (service.name === hub.plan.layout.hosts.intake && await hub.outcome(lacksParticulars(hub, service, folder), answerMs) === true) asked.push(correction(`d${round}`));
      for (const asking of asked) { sent++; void hub.clients.send(service, folder, asking); }
    }
  }
  return sent;
}

/** A leg on whose output others have finished their work is opened again: what stands on it becomes stale. */
async function thinkAgain(hub: Hub, folders: readonly FolderId[], request: string): Promise<number> {
  let sent = 0;
  for (const folder of folders) {
    for (const service of hub.services) {
      const asking = await hub.outcome(hub.read(service, folder, (dossier) => {
        const used = [...dossier.legs.values()].find((leg) => leg.status === 'complete' && heldBy(service.name, dossier, leg) && successors(dossier, leg).some((one) => one.status === 'complete'));
        return used === undefined ? null : onLeg(folder, used.id, { kind: 'reopen', reason: 'xem lại' }, used.office, request);
      }), answerMs);
      if (asking != null) { sent++; void hub.clients.send(service, folder, asking); }
    }
  }
  return sent;
}

/** Particulars stand beside the entries and at intake alone until a leg reads them: a lost store may have taken them along. */
async function lacksParticulars(hub: Hub, service: SimService, folder: FolderId): Promise<boolean> {
  const names = await hub.read(service, folder, (dossier) => (dossier.root!.closed === null ? [...dossier.root!.particulars.values()].map((one) => asideName(one.commitment)) : [])) ?? [];
  const kept = await service.anyLife()?.participant.asides(folder, names);
  return kept !== undefined && kept.length < names.length;
}

function whatIsAsked(hub: Hub, service: SimService, folder: FolderId, dossier: Dossier, request: string): Asking[] {
  const { hosts } = hub.plan.layout, found: Asking[] = [];
  if (dossier.root!.closed !== null) return found;
  for (const leg of dossier.legs.values()) {
    const saying = heldBy(service.name, dossier, leg) ? onDesk(hub, service, dossier, leg) : null;
    if (saying !== null) found.push(onLeg(folder, leg.id, saying, leg.office, request));
  }
  if (service.name === hosts.intake) found.push(...atCounter(dossier, request));
  if (service.name === hosts.money) {
    for (const one of dossier.charges.values()) if (one.status === 'open') found.push(onCharge({ kind: 'pay', charge: one.id, amount: one.plan.amount, method: 'cash', receipt: request }, request));
  }
  if (service.name === hosts.post) {
    for (const one of dossier.consignments.keys()) { const scan = nextScan(one, dossier); if (scan !== null) found.push(onConsignment(scan, request)); }
  }
  return found;
}

function atCounter(dossier: Dossier, request: string): Asking[] {
  const found: Asking[] = [], root = dossier.root!;
  const supplement = supplementRequest(dossier);
  if (supplement !== undefined && supplement.ended === null) found.push(onRoot(delivery, request));
  if (root.body.return.way === 'counter' && resultsToReturn(dossier).length > 0) found.push(onRoot(collection, request));
  if (root.body.return.way === 'post' && resultsToReturn(dossier).length > 0 && [...dossier.consignments.values()].every((one) => one.ended !== null)) found.push(onRoot(collection, request));
  if (root.clock !== null && [...dossier.requests.values()].some((one) => one.ended === null && one.plan.fallsDueAt !== null)) found.push(onRoot({ kind: 'move-clock', to: root.clock + rehearsalStepMs }, request));
  return found;
}

/** What an officer does with a leg; null: nothing is asked. */
function onDesk(hub: Hub, service: SimService, dossier: Dossier, leg: Leg): Saying | null {
  if (skipped(dossier, leg)) return null;
  if (stale(dossier, leg)) {
    if (endingReason(dossier) !== null) return { kind: 'revoke', reason: 'không còn căn cứ' };
    return ready(dossier, leg) ? { kind: 'confirm' } : null;
  }
  if (reversalRefused(leg)) return { kind: 'resolve-register', outcome: 'by-hand', ground: '1/2026/NĐ-CP', reason: 'đã chỉnh lý' };
  if (ended(leg, dossier)) return null;
  if (leg.status === 'revoked') return { kind: 'reopen', reason: 'làm lại' };
  if (leg.status === 'addressed' && leg.service !== service.name) return placing(hub, leg);
  if (leg.status !== 'open' || !ready(dossier, leg) || blockingRequests(dossier, leg).length > 0 || blockingCharges(dossier, leg).length > 0) return null;
  const { charge } = leg.plan;
  const isCharged = charge === undefined || [...dossier.charges.values()].some((one) => one.plan.blocks === leg.id && one.plan.code === charge.code && one.status !== 'cancelled');
  return isCharged ? completion(leg) : openCharge(leg);
}

/** A leg handed back to intake is placed. */
function placing({ environment, queue }: Hub, leg: Leg): Saying {
  const office = environment.reference.offices.find((one) => one.roles.includes(leg.plan.role) && isInForce(one, localDate(queue.now)));
  return { kind: 'reroute', office: office?.id ?? '', reason: 'xếp' };
}
