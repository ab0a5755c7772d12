/** `duties(state, now)`: what this service owes now. The kernel performs them until there are none; twice changes nothing. */
import type { AreaId, Draft, EntryRef, Instant, LawBody, LocalDate, OfficeId, Role, ServiceName } from './types.ts';
import { mine, serviceOf, stamped, today } from './context.ts';
import type { Duty, LawContext } from './context.ts';
import { holderOf, sameRef } from './dossier.ts';
import type { Dossier, Request, Root } from './dossier.ts';
import { legDuties, silenceGraceMs } from './duties-of-legs.ts';
import { closable, decidedAlready, ended, endingReason, itineraryLegs, readyToClose, resultsToReturn, resultsToSend } from './itinerary.ts';
import { instantAt, localDate } from './time/index.ts';

export function duties(dossier: Dossier, context: LawContext): readonly Duty[] {
  if (dossier.root === null || dossier.root.closed !== null) return [];
  const found = [...rehoming(dossier, context), ...requestDuties(dossier, context), ...legDuties(dossier, context), ...rootDuties(dossier, context), ...chargeDuties(dossier, context), ...consignmentDuties(dossier, context)];
  return dossier.root.clock === null ? found : found.map((one) => (one.drafts === undefined ? one : { ...one, drafts: stamped(dossier, one.drafts) }));
}

/** Services that keep a copy: who holds or is to hold something, and the observers. */
export function participants(dossier: Dossier, observers: readonly ServiceName[]): readonly ServiceName[] {
  const found = new Set<ServiceName>();
  if (dossier.root !== null) found.add(serviceOf(holderOf(dossier, dossier.root)));
  for (const leg of dossier.legs.values()) { found.add(leg.service); found.add(serviceOf(holderOf(dossier, leg))); }
  for (const charge of dossier.charges.values()) found.add(serviceOf(holderOf(dossier, charge)));
  for (const consignment of dossier.consignments.values()) found.add(serviceOf(holderOf(dossier, consignment)));
  for (const observer of observers) found.add(observer);
  return [...found];
}

// ---------------------------------------------------------------- requests

function requestDuties(dossier: Dossier, context: LawContext): Duty[] {
  const found: Duty[] = [];
  for (const request of dossier.requests.values()) {
    if (request.ended === null && mine(dossier, context, request)) found.push(...openRequestDuties(dossier, request, context));
  }
  return found;
}

const answer = (request: Request, outcome: 'agree' | 'disagree' | 'ended', cites: readonly EntryRef[]): Duty => ({
  key: `answer:${request.id}`, kind: 'answer', drafts: [{ item: request.id, kind: 'request-answered', body: { outcome }, ends: true, cites }],
});

function openRequestDuties(dossier: Dossier, request: Request, context: LawContext): Duty[] {
  const blockedLeg = dossier.legs.get(request.plan.blocks);
  if (blockedLeg !== undefined && ended(blockedLeg, dossier)) return [answer(request, 'ended', [])];
  const task = request.task === null ? undefined : dossier.legs.get(request.task);
  if (task?.completion != null && task.status === 'complete') return [answer(request, task.completion.opinion ?? 'agree', [task.completion.ref])];
  if (request.plan.request === 'supplement') { const formal = formalRequest(dossier, request, context); if (formal !== null) return [formal]; }
  return silence(request, today(dossier, context));
}

/** Legs ask; the citizen is asked once, in full. A second ask is declined to the leg that made it. */
function formalRequest(dossier: Dossier, request: Request, context: LawContext): Duty | null {
  const root = dossier.root!;
  if (root.supplement?.request === request.id) return null;
  const draft: Draft = root.supplement === null
    ? { item: root.id, kind: 'supplement-requested', body: { request: request.id, documents: request.plan.documents ?? [], ground: request.plan.ground }, cites: [request.createdBy] }
    : { item: request.id, kind: 'request-declined', body: { reason: 'SUPPLEMENT_ONCE' }, ends: true, cites: [request.createdBy] };
  return mine(dossier, context, root) ? { key: `supplement:${request.id}`, kind: 'supplement', drafts: [draft] } : null;
}

function silence(request: Request, clock: Instant): Duty[] {
  const due = request.plan.fallsDueAt;
  if (due === null || clock < due + silenceGraceMs) return [];
  return [{ key: `silence:${request.id}`, kind: 'silence', drafts: [{ item: request.id, kind: 'request-lapsed', body: { consequence: request.plan.silence }, ends: true, effectiveAt: due }] }];
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

const stop: RootRule = (dossier, root) => {
  if (root.stopped !== null) return null;
  const request = root.supplement === null ? undefined : dossier.requests.get(root.supplement.request);
  if (request?.ended?.outcome === 'stop') return { item: root.id, kind: 'dossier-stopped', body: { reason: 'supplement-lapsed', ground: request.plan.ground }, cites: [request.createdBy] };
  const leg = itineraryLegs(dossier).find((one) => one.status === 'stopped' && one.stopReason === 'stopped');
  return leg === undefined ? null : { item: root.id, kind: 'dossier-stopped', body: { reason: 'stopped-by-office', ground: leg.plan.act }, cites: [leg.createdBy] };
};

const decideWithdrawal: RootRule = (dossier, root) => {
  if (root.withdrawal === null || root.withdrawalOutcome !== null) return null;
  const cites = [root.withdrawal.ref];
  if (decidedAlready(dossier)) return { item: root.id, kind: 'withdrawal-decided', body: { outcome: 'declined' }, cites };
  if (!itineraryLegs(dossier).every((leg) => ended(leg, dossier))) return null;
  return { item: root.id, kind: 'withdrawal-decided', body: { outcome: 'withdrawn' }, cites };
};

const returnOnline: RootRule = (dossier, root) => {
  const results = root.body.return.way === 'online' ? resultsToReturn(dossier) : [];
  return results.length === 0 ? null : { item: root.id, kind: 'result-returned', body: { results, way: 'online', receiver: 'applicant' }, cites: results };
};

const orderPost: RootRule = (dossier, root, context) => {
  const results = root.body.return.way === 'post' ? resultsToSend(dossier) : [];
  if (results.length === 0) return null;
  return {
    item: root.id, kind: 'consignment-ordered', cites: results, creates: [context.authorOf(context.hosts.post)],
    body: { results, items: [{ type: 'consignment', carries: 'result', from: root.returnOffice, to: 'home', cod: 0, results }] },
  };
};

const delivered: RootRule = (dossier, root) => {
  const open = resultsToReturn(dossier);
  for (const one of dossier.consignments.values()) {
    const results = one.ended?.state === 'delivered' ? one.plan.results.filter((ref) => open.some((other) => sameRef(ref, other))) : [];
    if (results.length > 0) return { item: root.id, kind: 'result-returned', body: { results, way: 'post', receiver: 'applicant' }, cites: [one.ended!.ref] };
  }
  return null;
};

const startClosing: RootRule = (dossier, root) => {
  if (!readyToClose(dossier)) return null;
  return { item: root.id, kind: 'closing-started', body: { outcome: endingReason(dossier) ?? 'returned' } };
};

const close: RootRule = (dossier, root) => (closable(dossier) ? { item: root.id, kind: 'dossier-closed', body: { outcome: root.closing!.outcome }, ends: true, cites: [root.closing!.ref] } : null);

const rootRules: readonly RootRule[] = [stop, decideWithdrawal, returnOnline, orderPost, delivered, startClosing, close];

// ---------------------------------------------------------------- money and post

function chargeDuties(dossier: Dossier, context: LawContext): Duty[] {
  const reason = endingReason(dossier);
  if (reason === null) return [];
  const found: Duty[] = [];
  for (const charge of dossier.charges.values()) {
    if (!mine(dossier, context, charge)) continue;
    if (charge.status === 'open') found.push({ key: `cancel:${charge.id}`, kind: 'cancel', drafts: [{ item: charge.id, kind: 'charge-cancelled', body: { ground: reason } }] });
    if (charge.status === 'paid' && charge.plan.refundable && reason !== 'refused') found.push({ key: `refund:${charge.id}`, kind: 'refund', perform: 'refund-charge', input: { charge: charge.id } });
  }
  return found;
}

function consignmentDuties(dossier: Dossier, context: LawContext): Duty[] {
  return [...dossier.consignments.values()]
    .filter((one) => one.number === '' && one.ended === null && mine(dossier, context, one))
    .map((one) => ({ key: `accept:${one.id}`, kind: 'accept', perform: 'accept-consignment', input: { consignment: one.id } }));
}

// ---------------------------------------------------------------- reform: every holder re-homes its own items

function rehoming(dossier: Dossier, context: LawContext): Duty[] {
  const on = localDate(today(dossier, context));
  const found: Duty[] = [];
  for (const leg of dossier.legs.values()) {
    if (!mine(dossier, context, leg) || ended(leg, dossier)) continue;
    const body = successorOf(leg.office, leg.plan.role, leg.area, dossier.root!.body.areas.target, on, context);
    if (body === null) continue;
    const handsTo = body.service === leg.service ? {} : { handsTo: context.authorOf(body.service) };
    found.push({ key: `rehome:${leg.id}:${body.to}`, kind: 'rehome', drafts: [{ item: leg.id, kind: 'rehomed', body, ...handsTo }] });
  }
  const root = dossier.root!;
  if (!mine(dossier, context, root) || root.closing !== null) return found;
  for (const office of new Set([root.counter, root.returnOffice])) {
    const body = successorOf(office, 'counter', root.body.areas.counter ?? '', undefined, on, context);
    if (body !== null) found.push({ key: `rehome:${root.id}:${office}:${body.to}`, kind: 'rehome', drafts: [{ item: root.id, kind: 'rehomed', body }] });
  }
  return found;
}

/** Where the office has ended: who took over. A split leaves a choice, which an address of the new era (`chosen`) or an officer makes. */
function successorOf(officeId: OfficeId, role: Role, area: AreaId, chosen: AreaId | undefined, on: LocalDate, context: LawContext): LawBody<'rehomed'> | null {
  const office = context.reference.office(officeId);
  if (office === undefined || office.validTo === null || office.validTo >= on) return null;
  const areas = context.reference.areasNow(area, on);
  const target = areas.length === 1 ? areas[0] : areas.find((one) => one.id === chosen);
  const next = target === undefined ? undefined : context.reference.competentOffice(role, target.id, on);
  if (next === undefined || target === undefined) return null;
  return { from: officeId, to: next.id, service: next.service, fromArea: area, toArea: target.id, fromName: office.name, toName: next.name, ground: next.source.act };
}

// ---------------------------------------------------------------- when to look again

/** The earliest later moment at which something falls due here by itself; null when only entries can change it. */
export function wakeAt(dossier: Dossier, context: LawContext): Instant | null {
  if (dossier.root === null || dossier.root.closed !== null || dossier.root.clock !== null) return null;
  let earliest: Instant | null = null;
  const consider = (at: Instant): void => { if (at > context.now && (earliest === null || at < earliest)) earliest = at; };
  for (const request of dossier.requests.values()) {
    if (request.ended === null && request.plan.fallsDueAt !== null && mine(dossier, context, request)) consider(request.plan.fallsDueAt + silenceGraceMs);
  }
  for (const leg of dossier.legs.values()) {
    const until = mine(dossier, context, leg) && !ended(leg, dossier) ? context.reference.office(leg.office)?.validTo ?? null : null;
    if (until !== null) consider(instantAt(until, 24 * 60));
  }
  return earliest;
}
