/** Officers and citizens who do everything that is asked of them, and nothing else. */
import { serviceOf } from '../../src/context.ts';
import type { Leg } from '../../src/dossier.ts';
import { blockingCharges, blockingRequests, endingReason, ready, skipped, stale } from '../../src/itinerary.ts';
import { ended } from '../../src/closing.ts';
import { opinionAgainst } from '../../src/requests.ts';
import { reversalRefused } from '../../src/reversal.ts';
import { isInForce } from '../../src/jurisdiction.ts';
import { localDate } from '../../src/time/index.ts';
import { referenceOfTests } from './reference-of-tests.ts';
import { closedEverywhere, complete, refusal, returned } from './sayings.ts';
import { awaitsConfirmation } from '../../src/originals.ts';
import { carry, pay, say, seen } from './walk.ts';
import type { LegSaying, Service, World } from './world.ts';

const day = 86_400_000;

/** Lets everybody do what is asked, day by day; gives the outcome, or throws what is left when nothing moves any more. */
export function workToTheEnd(hub: World, maxDays = 80): string {
  for (let n = 0; n < maxDays; n++) {
    hub.quiet();
    const outcome = closedEverywhere(hub);
    // What was taken back after closing may still wait for an officer who sees to the register.
    if (outcome !== 'open' && ![...hub.service('oversight').dossier.legs.values()].some(reversalRefused)) return outcome;
    workOneDay(hub);
  }
  throw new Error(`stuck: ${remains(hub)}`);
}

/** Everybody does once what is asked, and a day goes by. */
export function workOneDay(hub: World): void {
  hub.quiet();
  for (const service of hub.services.values()) for (const leg of service.dossier.legs.values()) if (serviceOf(leg.holder) === service.name) workOn(hub, service, leg);
  hub.quiet();
  while (pay(hub, 0)) hub.quiet();
  while (carry(hub, 'delivered')) hub.quiet();
  lookInto(hub);
  hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] });
  hub.asks(returned);
  hub.now += day;
  const { root } = hub.service('intake').dossier;
  if (root?.clock != null) hub.asks({ kind: 'move-clock', to: root.clock + day });
}

/** Every office says what came with the post. */
function lookInto(hub: World): void {
  const { dossier } = hub.service('oversight');
  for (const one of dossier.consignments.values()) {
    if (!awaitsConfirmation(dossier, one)) continue;
    const saying = seen(hub, one.plan.to, 1), leg = [...dossier.legs.values()].find((other) => other.office === one.plan.to);
    if (leg === undefined || !say(hub, hub.service(serviceOf(leg.holder)), hub.service(serviceOf(leg.holder)).dossier.legs.get(leg.id)!, saying)) hub.asks(saying, one.plan.to);
    hub.quiet();
  }
}

/** What an officer does with a leg on the desk. */
function workOn(hub: World, service: Service, leg: Leg): void {
  const { dossier } = service;
  if (skipped(dossier, leg)) return;
  if (stale(dossier, leg)) { if (!say(hub, service, leg, { kind: 'confirm' }) && endingReason(dossier) !== null) say(hub, service, leg, { kind: 'revoke', reason: 'không còn căn cứ' }); return; }
  if (reversalRefused(leg)) { say(hub, service, leg, { kind: 'resolve-register', outcome: 'by-hand', ground: '1/2026/NĐ-CP', reason: 'đã chỉnh lý' }); return; }
  if (ended(leg, dossier)) return;
  if (leg.status === 'revoked') { say(hub, service, leg, { kind: 'reopen', reason: 'làm lại' }); return; }
  if (leg.status === 'addressed' && leg.service !== service.name) { say(hub, service, leg, placing(hub, leg)); return; }
  if (leg.status !== 'open' || !ready(dossier, leg) || blockingRequests(dossier, leg).length > 0 || blockingCharges(dossier, leg).length > 0) return;
  if (say(hub, service, leg, { ...complete(...leg.plan.results), opinion: 'agree', ...(leg.plan.register === undefined ? {} : { change: { part: 'change', commitment: 'x' } }) })) return;
  if (opinionAgainst(dossier, leg, (office) => office) !== null) { say(hub, service, leg, refusal); return; }
  const { charge } = leg.plan;
  if (charge !== undefined) say(hub, service, leg, { kind: 'open-charge', code: charge.code, charge: charge.kind, amount: 7, refundable: false, ground: '1/2026/NĐ-CP' });
}

function placing(hub: World, leg: Leg): LegSaying {
  const office = referenceOfTests.offices.find((one) => one.roles.includes(leg.plan.role) && isInForce(one, localDate(hub.now)));
  return { kind: 'reroute', office: office?.id ?? '', reason: 'xếp' };
}

function remains(hub: World): string {
  const { dossier } = hub.service('oversight');
  return JSON.stringify({
    ending: endingReason(dossier), closing: dossier.root?.closing ?? null, legs: [...dossier.legs.values()].map((leg) => `${leg.plan.name}@${leg.office}: ${leg.status} ${leg.round}${stale(dossier, leg) ? ' stale' : ''}`),
    requests: [...dossier.requests.values()].filter((one) => one.ended === null).map((one) => one.plan.request), charges: [...dossier.charges.values()].map((one) => one.status),
    consignments: [...dossier.consignments.values()].map((one) => one.ended?.state ?? 'open'), copies: [...hub.services.values()].map((one) => `${one.name} ${one.copy.entries.length} ${one.dossier.root?.closed?.outcome ?? ''}`),
  }, null, 1);
}
