/** `duties(state, now)`: what this service owes now. The kernel performs them until there are none; twice changes nothing. */
import type { Bodies, Draft, EntryRef, Instant, ItemId, OfficeId, ServiceName } from './types.ts';
import { mine, serviceOf, stamped, today } from './context.ts';
import type { Duty, LawContext } from './context.ts';
import { collectionUnderWay, mayBeCollectedYet, unbooked } from './collection.ts';
import { closable, ended, finalEnding, owesRefund, readyToClose, settled } from './closing.ts';
import { holderOf, sameRef } from './dossier.ts';
import type { Charge, Dossier, Leg, Request, Root } from './dossier.ts';
import { originalsDuties } from './duties-of-originals.ts';
import { legDuties, silenceGraceMs } from './duties-of-legs.ts';
import { decidedAlready, endingReason, itineraryLegs, ready, resultFeesOwed, resultsToReturn, resultsToSend, returnBlockedBy, skipped, stale } from './itinerary.ts';
import { recomputedDossier } from './recompute.ts';
import { rehomingOfRoot } from './rehoming.ts';
import { concerns, redone, requestDue, supplementOf, supplementRequest } from './requests.ts';
import { instantAt } from './time/index.ts';

export function duties(dossier: Dossier, context: LawContext): readonly Duty[] {
  if (dossier.root === null) return [];
  const found: Duty[] = [];
  for (const family of dossier.root.closed === null ? families : familiesAfterClosing) found.push(...family(dossier, context));
  return dossier.root.clock === null ? found : found.map((one) => (one.drafts === undefined ? one : { ...one, drafts: stamped(dossier, one.drafts) }));
}

/** In the order in which they are performed. */
const families: readonly ((dossier: Dossier, context: LawContext) => readonly Duty[])[] = [requestDuties, legDuties, rootDuties, originalsDuties, chargeDuties, consignmentDuties];

/** Money may be paid for what is not owed any more in the moment in which somebody else closes. */
const familiesAfterClosing: typeof families = [legDuties, chargeDuties];

/** Whether one of the duties counts; the others are not looked for then. */
export function owes(dossier: Dossier, context: LawContext, counts: (duty: Duty) => boolean): boolean {
  if (dossier.root === null) return false;
  for (const family of dossier.root.closed === null ? families : familiesAfterClosing) if (family(dossier, context).some(counts)) return true;
  return false;
}

/** Services that keep a copy: who holds or is to hold something, who ever took part, and the observers. */
export function participants(dossier: Dossier, observers: readonly ServiceName[]): readonly ServiceName[] {
  const found = new Set<ServiceName>();
  if (dossier.root !== null) found.add(serviceOf(holderOf(dossier, dossier.root)));
  for (const leg of dossier.legs.values()) { found.add(leg.service); found.add(serviceOf(holderOf(dossier, leg))); }
  // Who witnesses a request must hear the answer, also when its leg has moved on to another service.
  for (const request of dossier.requests.values()) found.add(serviceOf(holderOf(dossier, request)));
  for (const charge of dossier.charges.values()) found.add(serviceOf(holderOf(dossier, charge)));
  for (const consignment of dossier.consignments.values()) found.add(serviceOf(holderOf(dossier, consignment)));
  for (const author of dossier.authors) found.add(serviceOf(author));
  for (const observer of observers) found.add(observer);
  return [...found];
}

// ---------------------------------------------------------------- requests

function requestDuties(dossier: Dossier, context: LawContext): Duty[] {
  const found: Duty[] = [];
  for (const request of dossier.requests.values()) {
    const owed = request.ended === null && mine(dossier, context, request) ? requestDuty(dossier, request, context) : null;
    if (owed !== null) found.push(owed);
  }
  return found;
}

const answer = (request: Request, outcome: Bodies['request-answered']['outcome'], cites: readonly EntryRef[]): Duty => ({
  key: `answer:${request.id}`, kind: 'answer', drafts: [{ item: request.id, kind: 'request-answered', body: { outcome }, ends: true, cites }],
});
const decline = (request: Request, reason: string): Duty => ({
  key: `decline:${request.id}`, kind: 'decline', drafts: [{ item: request.id, kind: 'request-declined', body: { reason }, ends: true, cites: [request.createdBy] }],
});

function requestDuty(dossier: Dossier, request: Request, context: LawContext): Duty | null {
  const blockedLeg = dossier.legs.get(request.plan.blocks);
  if (blockedLeg !== undefined && ended(blockedLeg, dossier)) return answer(request, 'ended', []);
  switch (request.plan.request) {
    case 'consultation': return opinion(dossier, request) ?? waived(blockedLeg, request) ?? givenUp(dossier, request) ?? (request.plan.silence === 'none' ? overdue(dossier, request, context) : silence(dossier, request, context));
    case 'supplement': return formalRequest(dossier, request, context) ?? silence(dossier, request, context);
    case 'redo': return answerRedo(dossier, request);
    case 'posting': return silence(dossier, request, context);
    case 'consent': case 'verification-abroad': return waitOver(blockedLeg, request) ?? silence(dossier, request, context);
  }
}

/** The office of the leg said so; the request may be kept by the service that held the leg before. */
function waitOver(leg: Leg | undefined, request: Request): Duty | null {
  const said = leg?.endedWaits.find((one) => one.request === request.id);
  return said === undefined ? null : answer(request, said.outcome, [said.ref]);
}

/** Refusing to agree is an opinion, too: only silence is silence. */
function opinion(dossier: Dossier, request: Request): Duty | null {
  const task = request.task === null ? undefined : dossier.legs.get(request.task);
  if (task === undefined || task.completion === null || (task.status !== 'complete' && task.status !== 'refused')) return null;
  return answer(request, task.status === 'refused' ? 'disagree' : task.completion.opinion ?? 'agree', [task.completion.ref]);
}

/** The asker said that it goes on without it. */
function waived(leg: Leg | undefined, request: Request): Duty | null {
  const waiver = leg?.waived.find((one) => one.request === request.id);
  return waiver === undefined ? null : { key: `silence:${request.id}`, kind: 'silence', drafts: [{ item: request.id, kind: 'request-lapsed', body: { consequence: 'none' }, ends: true, cites: [waiver.ref] }] };
}

/** Whoever is consulted may hear of an end that is overruled before the asker hears of it: nobody gives this opinion any more, and that is no silence. The asker asks anew. */
function givenUp(dossier: Dossier, request: Request): Duty | null {
  const stoppedBy = dossier.legs.get(request.task ?? '')?.stoppedBy ?? null;
  return stoppedBy === null ? null : answer(request, 'ended', [stoppedBy]);
}

/** Answered once the leg that erred has redone its work, whoever holds it by then, and what lies between stands on it again: until then the asker cannot go on. Declined where it is settled, or passed over meanwhile, and will not. */
function answerRedo(dossier: Dossier, request: Request): Duty | null {
  const target = dossier.legs.get(request.plan.of ?? '');
  if (target === undefined) return decline(request, 'UNKNOWN_LEG');
  if (skipped(dossier, target)) return decline(request, 'SKIPPED');
  const asker = dossier.legs.get(request.plan.blocks);
  if (redone(request, target)) return asker === undefined || ready(dossier, asker) ? answer(request, 'done', [target.completion!.ref]) : null;
  return dossier.root!.closing !== null && settled(dossier, target) && concerns(request, target) ? decline(request, 'SETTLED') : null;
}

/** Legs ask; the citizen is asked once, in full. A second ask is declined to the leg that made it. */
function formalRequest(dossier: Dossier, request: Request, context: LawContext): Duty | null {
  const root = dossier.root!;
  if (root.supplement?.request === request.id || !mine(dossier, context, root)) return null;
  if (supplementOf(dossier) !== null) return decline(request, 'SUPPLEMENT_ONCE');
  const draft: Draft = { item: root.id, kind: 'supplement-requested', body: { request: request.id, documents: request.plan.documents ?? [], ground: request.plan.ground }, cites: [request.createdBy] };
  return { key: `supplement:${request.id}`, kind: 'supplement', drafts: [draft] };
}

/** Where silence means nothing, it ends nothing: the asker hears that it is overdue, and says whether to go on. */
function overdue(dossier: Dossier, request: Request, context: LawContext): Duty | null {
  if (request.overdueSince !== null) return null;
  const due = dueInSilence(dossier, request, context);
  return due === null ? null : { key: `overdue:${request.id}`, kind: 'overdue', drafts: [{ item: request.id, kind: 'opinion-overdue', body: { dueAt: due }, effectiveAt: due }] };
}

function silence(dossier: Dossier, request: Request, context: LawContext): Duty | null {
  const due = dueInSilence(dossier, request, context);
  return due === null ? null : { key: `silence:${request.id}`, kind: 'silence', drafts: [{ item: request.id, kind: 'request-lapsed', body: { consequence: request.plan.silence }, ends: true, effectiveAt: due }] };
}

/** When it fell due, once an answer that was under way would have arrived; null before, and while an outage keeps whoever is asked from answering. */
function dueInSilence(dossier: Dossier, request: Request, context: LawContext): number | null {
  if (request.plan.fallsDueAt === null) return null;
  const clock = today(dossier, context);
  if (clock < request.plan.fallsDueAt + silenceGraceMs) return null;
  const due = requestDue(dossier, request, context);
  return due === null || clock < due + silenceGraceMs ? null : due;
}

// ---------------------------------------------------------------- the dossier's own item

function rootDuties(dossier: Dossier, context: LawContext): Duty[] {
  const root = dossier.root!;
  if (!mine(dossier, context, root)) return [];
  for (const rule of rootRules) {
    const draft = rule(dossier, root, context);
    if (draft !== null) return [{ key: `${draft.kind}:${root.id}:${dossier.entries.length}`, kind: draft.kind, drafts: [draft] }];
  }
  return [];
}

type RootRule = (dossier: Dossier, root: Root, context: LawContext) => Draft | null;

const moveToHeir: RootRule = (dossier, root, context) => (root.closing === null ? rehomingOfRoot(dossier, root, context) : null);

/** Stopped for want of a supplement: as of the moment it fell due. While a withdrawal is open, that is answered first. */
const stop: RootRule = (dossier, root) => {
  if (root.stopped !== null || root.withdrawalOutcome === 'withdrawn' || (root.withdrawal !== null && root.withdrawalOutcome === null)) return null;
  const request = supplementRequest(dossier);
  if (request?.ended?.outcome === 'stop') return { item: root.id, kind: 'dossier-stopped', body: { reason: 'supplement-lapsed', ground: request.plan.ground }, cites: [request.ended.ref], effectiveAt: request.ended.at };
  const leg = itineraryLegs(dossier).find((one) => one.status === 'stopped' && one.stopReason === 'stopped');
  return leg === undefined ? null : { item: root.id, kind: 'dossier-stopped', body: { reason: 'stopped-by-office', ground: leg.plan.act }, cites: [leg.stoppedBy ?? leg.createdBy] };
};

const decideWithdrawal: RootRule = (dossier, root) => {
  if (root.withdrawal === null || root.withdrawalOutcome !== null) return null;
  const cites = [root.withdrawal.ref];
  if (decidedAlready(dossier)) return { item: root.id, kind: 'withdrawal-decided', body: { outcome: 'declined' }, cites };
  if (!itineraryLegs(dossier).every((leg) => ended(leg, dossier))) return null;
  return { item: root.id, kind: 'withdrawal-decided', body: { outcome: 'withdrawn' }, cites };
};

/** Once there is a result, and before it is handed out. */
const openResultCharges: RootRule = (dossier, root, context) => {
  const fees = resultFeesOwed(dossier), results = fees.length === 0 || endingReason(dossier) === 'withdrawn' ? [] : resultsToReturn(dossier);
  if (results.length === 0) return null;
  return { item: root.id, kind: 'result-charges-opened', cites: results, creates: fees.map(() => context.authorOf(context.hosts.money)), body: { results, items: fees.map((fee) => ({ type: 'charge', ...fee, blocks: root.id })) } };
};

const returnOnline: RootRule = (dossier, root) => {
  const results = root.body.return.way === 'online' && returnBlockedBy(dossier).length === 0 ? resultsToReturn(dossier) : [];
  return results.length === 0 ? null : { item: root.id, kind: 'result-returned', body: { results, way: 'online', receiver: 'applicant' }, cites: results };
};

const orderPost: RootRule = (dossier, root, context) => {
  const charges = root.body.return.cod === true ? collectable(dossier, root) : [];
  const results = root.body.return.way === 'post' && (charges.length > 0 || returnBlockedBy(dossier).length === 0) ? resultsToSend(dossier) : [];
  if (results.length === 0) return null;
  return {
    item: root.id, kind: 'consignment-ordered', cites: results, creates: [context.authorOf(context.hosts.post)],
    body: { results, items: [{ type: 'consignment', carries: 'result', from: root.returnOffice, to: 'home', cod: charges.reduce((sum, one) => sum + one.plan.amount, 0), results, ...(charges.length === 0 ? {} : { charges: charges.map((one) => one.id) }) }] },
  };
};

/** What is owed for the result and nobody collects yet, once all of it is asked for. */
function collectable(dossier: Dossier, root: Root): readonly Charge[] {
  return resultFeesOwed(dossier).length > 0 ? [] : [...dossier.charges.values()].filter((one) => one.status === 'open' && one.plan.blocks === root.id);
}

const delivered: RootRule = (dossier, root) => {
  const open = resultsToReturn(dossier);
  for (const one of dossier.consignments.values()) {
    const results = one.ended?.state === 'delivered' && one.plan.to === 'home' ? one.plan.results.filter((ref) => open.some((other) => sameRef(ref, other))) : [];
    if (results.length > 0) return { item: root.id, kind: 'result-returned', body: { results, way: 'post', receiver: 'applicant' }, cites: [one.ended!.ref] };
  }
  return null;
};

const startClosing: RootRule = (dossier, root) => {
  if (!readyToClose(dossier)) return null;
  return { item: root.id, kind: 'closing-started', body: { outcome: endingReason(dossier) ?? 'returned' } };
};

/** The outcome is the one that stands now: after closing was asked, a leg may still have turned it. */
const close: RootRule = (dossier, root) => (closable(dossier) ? { item: root.id, kind: 'dossier-closed', body: { outcome: endingReason(dossier) ?? 'returned' }, ends: true, cites: [root.closing!.ref] } : null);

const rootRules: readonly RootRule[] = [moveToHeir, recomputedDossier, stop, decideWithdrawal, openResultCharges, returnOnline, orderPost, delivered, startClosing, close];

// ---------------------------------------------------------------- money and post

/** Money moves only for a reason that cannot turn any more. */
function chargeDuties(dossier: Dossier, context: LawContext): Duty[] {
  const found: Duty[] = [];
  for (const charge of dossier.charges.values()) {
    if (!mine(dossier, context, charge)) continue;
    const booking = unbooked(dossier, charge)[0];
    const owed = booking !== undefined ? bookingDuty(charge, booking) : charge.status === 'open' || charge.status === 'paid' ? chargeDuty(dossier, charge) : null;
    if (owed !== null) found.push(owed);
  }
  return found;
}

/** Money that a postman has collected is written into the books before anything else is done about the charge. */
function bookingDuty(charge: Charge, consignment: ItemId): Duty {
  return { key: `book:${charge.id}:${consignment}`, kind: 'book', perform: 'book-collection', input: { charge: charge.id, consignment } };
}

function chargeDuty(dossier: Dossier, charge: Charge): Duty | null {
  if (owesRefund(dossier, charge)) return mayBeCollectedYet(dossier, charge) ? null : { key: `refund:${charge.id}`, kind: 'refund', perform: 'refund-charge', input: { charge: charge.id } };
  const reason = charge.status === 'open' && !collectionUnderWay(dossier, charge) ? finalEnding(dossier) : null;
  return reason === null ? null : { key: `cancel:${charge.id}`, kind: 'cancel', drafts: [{ item: charge.id, kind: 'charge-cancelled', body: { ground: reason } }] };
}

function consignmentDuties(dossier: Dossier, context: LawContext): Duty[] {
  const found: Duty[] = [];
  for (const one of dossier.consignments.values()) {
    if (one.number === '' && one.ended === null && mine(dossier, context, one)) found.push({ key: `accept:${one.id}`, kind: 'accept', perform: 'accept-consignment', input: { consignment: one.id } });
  }
  return found;
}

// ---------------------------------------------------------------- when to look again

/** The earliest later moment at which something falls due here by itself; null when only entries can change it. */
export function wakeAt(dossier: Dossier, context: LawContext): Instant | null {
  const { root } = dossier;
  if (root === null || root.closed !== null || root.clock !== null) return null;
  let earliest: Instant | null = null;
  const consider = (at: Instant | null): void => { if (at !== null && at > context.now && (earliest === null || at < earliest)) earliest = at; };
  for (const request of dossier.requests.values()) {
    if (request.ended !== null || request.overdueSince !== null || !mine(dossier, context, request)) continue;
    const due = requestDue(dossier, request, context);
    if (due !== null) consider(due + silenceGraceMs);
  }
  for (const leg of dossier.legs.values()) if (concernsOffice(dossier, leg) && mine(dossier, context, leg)) consider(endOf(leg.office, context));
  if (root.closing === null && mine(dossier, context, root)) for (const office of [root.counter, root.returnOffice]) consider(endOf(office, context));
  return earliest;
}

const concernsOffice = (dossier: Dossier, leg: Leg): boolean => !ended(leg, dossier) || stale(dossier, leg);

/** The midnight with which an office ends; null while it has no last day. */
function endOf(office: OfficeId, context: LawContext): Instant | null {
  const until = context.reference.office(office)?.validTo ?? null;
  return until === null ? null : instantAt(until, 24 * 60);
}
