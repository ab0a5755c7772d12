/** `fold`: entries become state. Reads nothing but entries, never throws on what it does not know. */
import { having, itemId, seldom } from '@lienthong/folder';
import { inOrder } from './order-of-items.ts';
import type { Bodies, ChargePlan, CollectedCharge, ConsignmentPlan, Dong, EntryKind, EntryRef, ItemId, LawBody, LegPlan, NewItem, RequestPlan } from './types.ts';
import type { Charge, Consignment, Dossier, LawEntry, Leg, Request, Root } from './dossier.ts';
import type { Inspection } from './originals.ts';
import { limitSince, sameRef } from './dossier.ts';
import { pinnedRules, underTerms } from './pinned-rules.ts';
import { isLegEntry, statusAfter } from './leg-transitions.ts';
import { limitAfter, outagesSince } from './told-due.ts';
import { isInstant, wellFormed } from './well-formed.ts';

/** Folds one effective entry. Entries of one item arrive in the order of their chain. */
export function fold(dossier: Dossier, entry: LawEntry): void {
  dossier.derived = null;
  dossier.authors.add(entry.author);
  if (entry.succeeds !== null) dossier.succeeded = having(dossier.succeeded, entry.succeeds.predecessor, entry.author);
  if (wellFormed(entry.kind, entry.body) && isInstant(entry.effectiveAt)) {
    dossier.entries.push(entry);
    applyTo(dossier, entry);
    if (entry.item !== '' || (entry.kind === 'dossier-received' && dossier.root === null)) createItems(dossier, entry, entry.item);
  }
  // Who holds what is the folder's matter: it does not hang on what the entry says.
  if (entry.handsTo !== '') handOn(dossier, entry);
}

function applyTo(dossier: Dossier, entry: LawEntry): void {
  const leg = dossier.legs.get(entry.item);
  if (leg !== undefined) return foldLeg(leg, entry);
  const request = dossier.requests.get(entry.item);
  if (request !== undefined) return foldRequest(request, entry);
  const charge = dossier.charges.get(entry.item);
  if (charge !== undefined) return foldCharge(charge, entry);
  const consignment = dossier.consignments.get(entry.item);
  if (consignment !== undefined) return foldConsignment(consignment, entry);
  if (dossier.root !== null && dossier.root.id === entry.item) foldRoot(dossier.root, entry);
}

/** Whoever is handed a leg that was open takes it over anew: history and particulars are not there yet. */
function handOn(dossier: Dossier, entry: LawEntry): void {
  const leg = dossier.legs.get(entry.item);
  const item = leg ?? dossier.requests.get(entry.item) ?? dossier.charges.get(entry.item) ?? dossier.consignments.get(entry.item) ?? (dossier.root?.id === entry.item ? dossier.root : undefined);
  if (item === undefined) return;
  item.holder = entry.handsTo;
  if (leg === undefined) return;
  if (leg.status === 'open') { leg.status = 'addressed'; leg.changedAt = entry.effectiveAt; }
  leg.addressedBy = refOf(entry);
}

const refOf = (entry: LawEntry): EntryRef => ({ author: entry.author, seq: entry.seq });
const itemsOf = (entry: LawEntry): readonly NewItem[] => entry.body.items ?? [];

function createItems(dossier: Dossier, entry: LawEntry, parent: ItemId): void {
  const items = itemsOf(entry);
  for (let n = 0; n < items.length; n++) {
    const holder = entry.creates[n];
    if (holder !== undefined) create(dossier, entry, parent, n, items[n]!, holder);
  }
}

function create(dossier: Dossier, entry: LawEntry, parent: ItemId, n: number, plan: NewItem, holder: string): void {
  const id = itemId(entry.author, entry.seq, n);
  switch (plan.type) {
    case 'dossier': if (entry.kind === 'dossier-received') dossier.root = newRoot(id, entry, holder); return;
    case 'leg': dossier.legs = inOrder(dossier.legs, newLeg(id, entry, plan, holder, parent), dossier.entries); noteInsertion(dossier, entry, plan, parent, id); return;
    case 'request': dossier.requests = inOrder(dossier.requests, newRequest(id, entry, plan, holder, parent, n), dossier.entries); return;
    case 'charge': dossier.charges = inOrder(dossier.charges, newCharge(id, entry, plan, holder), dossier.entries); return;
    case 'consignment': dossier.consignments = inOrder(dossier.consignments, newConsignment(id, entry, plan, holder), dossier.entries); return;
  }
}

function noteInsertion(dossier: Dossier, entry: LawEntry, plan: LegPlan, parent: ItemId, id: ItemId): void {
  const leg = entry.kind === 'leg-inserted' && plan.task !== true ? dossier.legs.get(parent) : undefined;
  if (leg !== undefined) leg.inserted = [...leg.inserted, id];
}

/** Lists that stay empty in most items: they share one, until something is put in. */
const none: readonly never[] = [];

function newRoot(id: ItemId, entry: LawEntry, holder: string): Root {
  const body = entry.body as LawBody<'dossier-received'>;
  return {
    id, origin: refOf(entry), receivedAt: entry.effectiveAt, recordedAt: entry.recordedAt, body, holder, withdrawal: null, withdrawalOutcome: null, supplement: null, apology: null,
    particulars: new Map(body.particulars.map((one) => [one.part, one])), documents: body.documents, stopped: null, returned: none, ordered: none, confirmed: none, resultCharges: null, closing: null, closed: null,
    rules: pinnedRules(body), adoption: null, clock: body.rehearsal ? entry.effectiveAt : null, limit: { startsAt: body.startsAt, dueAt: body.dueAt, provisional: body.provisional, recomputed: 0, told: null }, outages: none, counter: body.counter, returnOffice: body.return.office, rehomed: none, partsSought: seldom(), book: body.book ?? null,
  };
}

function newLeg(id: ItemId, entry: LawEntry, plan: LegPlan, holder: string, parent: ItemId): Leg {
  const inserted = entry.kind === 'leg-inserted' && plan.task !== true;
  return {
    id, plan, createdBy: refOf(entry), createdAt: entry.effectiveAt, after: plan.after.map((n) => itemId(entry.author, entry.seq, n)), insertedAfter: inserted ? parent : null,
    holder, office: plan.office, service: plan.service, area: plan.area, status: 'addressed', round: 1, changedAt: entry.effectiveAt, addressedBy: refOf(entry), takenOver: null, firstStartsAt: null, outages: none, officer: null, completion: null,
    intent: null, registerRefusal: null, amending: null, amendmentRefused: false, upheld: none, applied: null, appliedChange: null, reversal: null, settledRound: 0, declinedTimes: 0, reopenedFor: none, waived: none, stopReason: null, stoppedBy: null, inserted: none, skips: none, documents: none,
    extendedDueAt: null, extendedAt: null, endedWaits: none, rehomed: none, confirmed: none, partsTold: none, adopted: null,
  };
}

function newRequest(id: ItemId, entry: LawEntry, plan: RequestPlan, holder: string, parent: ItemId, n: number): Request {
  const task = plan.request === 'consultation' ? itemId(entry.author, entry.seq, n + 1) : null;
  return { id, plan, createdBy: refOf(entry), openedAt: entry.effectiveAt, by: entry.body.by ?? null, asker: parent, about: entry.cites, task, overdueSince: null, holder, ended: null };
}

function newCharge(id: ItemId, entry: LawEntry, plan: ChargePlan, holder: string): Charge {
  return { id, plan, opened: plan.amount, createdBy: refOf(entry), openedAt: entry.effectiveAt, holder, status: 'open', changedAt: entry.effectiveAt, settledAt: null, by: entry.body.by ?? null, settledBy: null, booked: none, receipt: '', method: '', refunded: 0 };
}

function newConsignment(id: ItemId, entry: LawEntry, plan: ConsignmentPlan, holder: string): Consignment {
  return { id, plan, createdBy: refOf(entry), openedAt: entry.effectiveAt, holder, number: '', scans: none, ended: null, collected: none };
}

// ---------------------------------------------------------------- legs

type LegFold = { readonly [K in EntryKind]?: (leg: Leg, entry: LawEntry, body: LawBody<K>) => void };

const legFolds: LegFold = {
  'leg-taken-over': (leg, entry, body) => {
    leg.takenOver = { ref: refOf(entry), round: body.round, at: entry.effectiveAt, office: body.office, startsAt: body.startsAt, dueAt: body.dueAt, provisional: body.provisional ?? false, recomputed: 0, told: null };
    leg.firstStartsAt ??= body.startsAt;
  },
  'leg-rules-adopted': (leg, _entry, { adopted, terms, rules, clock }) => {
    leg.plan = underTerms(leg.plan, terms);
    leg.adopted = { rules, choice: adopted };
    const before = leg.takenOver;
    if (clock === undefined || before === null || before.round !== leg.round) return;
    if (leg.firstStartsAt === before.startsAt) leg.firstStartsAt = clock.startsAt;
    leg.takenOver = { ...before, ...clock, told: null };
  },
  'officer-assigned': (leg, _entry, body) => { leg.officer = { name: body.officer, until: body.until ?? null, substituteFor: body.substituteFor ?? null }; },
  'leg-completed': (leg, entry, body) => {
    leg.completion = {
      ref: refOf(entry), round: body.round, at: entry.effectiveAt, verdict: body.verdict, used: body.used, results: body.results, amendments: [], revoked: [], reason: body.reason ?? '', ground: body.ground ?? '',
      opinion: body.opinion ?? null, by: body.by ?? leg.intent?.by ?? null,
      change: leg.intent === null ? null : { commitment: leg.intent.change, action: leg.intent.action, intent: leg.intent.ref },
    };
    leg.intent = null;
    leg.upheld = [];
  },
  'register-intended': (leg, entry, body) => {
    leg.intent = { ref: refOf(entry), round: body.round, register: body.register, action: body.action, change: body.change, results: body.results, by: body.by ?? null };
    leg.registerRefusal = null;
  },
  'register-refused': (leg, _entry, body) => { leg.intent = null; leg.registerRefusal = body.reason ?? ''; },
  'register-applied': (leg, _entry, body) => { leg.applied = body.decision; leg.appliedChange = leg.completion?.change ?? null; leg.reversal = null; },
  'reversal-decided': (leg, entry, body) => { leg.reversal = { ref: refOf(entry), decision: body.decision, state: 'decided' }; },
  'reversal-refused': (leg, entry, body) => { leg.reversal = { ref: refOf(entry), decision: body.decision, state: 'refused' }; },
  'register-reversed': (leg, _entry, body) => { if (leg.applied !== null && sameRef(leg.applied, body.decision)) { leg.applied = null; leg.appliedChange = null; leg.reversal = null; } },
  'reversal-resolved': (leg, entry, body) => {
    leg.reversal = body.outcome === 'retry' ? { ref: refOf(entry), decision: body.decision, state: 'asked' } : null;
    if (body.outcome === 'by-hand' && leg.applied !== null && sameRef(leg.applied, body.decision)) { leg.applied = null; leg.appliedChange = null; }
  },
  'completion-confirmed': (leg, _entry, body) => {
    if (leg.completion !== null) leg.completion = { ...leg.completion, used: body.used };
    leg.upheld = [...leg.upheld, ...body.despite ?? []];
  },
  'result-amended': (leg, entry, body) => {
    if (leg.completion === null || !sameRef(leg.completion.ref, body.decision)) return;
    const { n, amendment, result, ground } = body, asked = leg.amending;
    const amended = { ref: refOf(entry), at: entry.effectiveAt, n, amendment, result, ground, by: body.by ?? asked?.body.by ?? null };
    leg.completion = { ...leg.completion, used: body.used ?? leg.completion.used, amendments: [...leg.completion.amendments, amended] };
    leg.amending = asked === null ? null : { ...asked, amended: amended.ref };
    leg.amendmentRefused = false;
  },
  'result-revoked': (leg, entry, body) => {
    if (leg.completion !== null && sameRef(leg.completion.ref, body.decision)) leg.completion = { ...leg.completion, revoked: [...leg.completion.revoked, { n: body.n, ref: refOf(entry), at: entry.effectiveAt }] };
  },
  'amendment-intended': (leg, entry, body) => { leg.amending = { ref: refOf(entry), body, amended: null }; leg.amendmentRefused = false; },
  'amendment-refused': (leg) => { leg.amending = null; leg.amendmentRefused = true; },
  'amendment-applied': (leg) => { leg.amending = null; },
  'leg-reopened': (leg, entry, body) => { leg.round = body.round; leg.stopReason = null; leg.stoppedBy = null; leg.extendedDueAt = null; leg.extendedAt = null; leg.reopenedFor = [...leg.reopenedFor, ...entry.cites]; },
  'leg-declined': (leg, _entry, body) => { leg.declinedTimes++; leg.office = body.to; leg.officer = null; },
  'leg-rerouted': (leg, _entry, body) => { leg.office = body.office; leg.service = body.service; leg.officer = null; },
  'leg-stopped': (leg, entry, body) => { leg.stopReason = body.reason; leg.stoppedBy = refOf(entry); },
  'leg-settled': (leg, _entry, body) => { leg.settledRound = body.round; },
  'opinion-waived': (leg, entry, body) => { leg.waived = [...leg.waived, { request: body.opinion, ref: refOf(entry) }]; },
  'legs-skipped': (leg, _entry, body) => { leg.skips = [...leg.skips, ...body.legs]; },
  'evidence-attached': (leg, _entry, body) => { leg.documents = [...leg.documents, body.document]; },
  'document-attached': (leg, _entry, body) => { leg.documents = [...leg.documents, body.document]; },
  'wait-ended': (leg, entry, body) => { leg.endedWaits = [...leg.endedWaits, { request: body.wait, ref: refOf(entry), outcome: body.outcome, by: body.by ?? null }]; },
  'due-recomputed': (leg, _entry, body) => {
    const before = leg.takenOver;
    if (before === null || before.round !== leg.round) return;
    const noted = outagesSince(leg.outages, limitSince(before));
    if (leg.firstStartsAt === before.startsAt) leg.firstStartsAt = body.startsAt;
    leg.takenOver = { ...before, ...limitAfter(before, noted, body) };
    // What an earlier round went through stays.
    leg.outages = [...leg.outages.filter((one) => !noted.includes(one)), ...body.outages];
  },
  'limit-extended': (leg, entry, body) => {
    leg.extendedDueAt = body.dueAt;
    leg.extendedAt = entry.effectiveAt;
    if (leg.takenOver !== null) leg.takenOver = { ...leg.takenOver, told: null };
  },
  'consignment-confirmed': (leg, entry, body) => { leg.confirmed = [...leg.confirmed, inspection(entry, body)]; },
  'part-told': (leg, _entry, body) => { leg.partsTold = [...leg.partsTold, body]; },
  'rehomed': (leg, _entry, body) => { leg.office = body.to; leg.service = body.service; leg.area = body.toArea; leg.rehomed = [...leg.rehomed, body]; },
};

function foldLeg(leg: Leg, entry: LawEntry): void {
  if (!isLegEntry(entry.kind) || !ofThisRound(leg, entry)) return;
  const status = statusAfter(leg.status, entry.kind, (entry.body as { verdict?: 'done' | 'refused' }).verdict);
  if (status === null) return;
  if (status !== leg.status) { leg.status = status; leg.changedAt = entry.effectiveAt; }
  if (status === 'addressed' && entersAddressed.has(entry.kind)) leg.addressedBy = refOf(entry);
  (legFolds[entry.kind] as ((leg: Leg, entry: LawEntry, body: unknown) => void) | undefined)?.(leg, entry, entry.body);
}

const entersAddressed: ReadonlySet<string> = new Set<EntryKind>(['leg-declined', 'leg-rerouted', 'leg-reopened']);
const boundToRound: ReadonlySet<string> = new Set<EntryKind>(['leg-taken-over', 'leg-completed', 'completion-confirmed', 'completion-revoked', 'leg-stopped', 'register-intended', 'result-amended', 'result-revoked', 'amendment-intended']);

/** What says something about a round means that one and no other; a round is raised by one. */
function ofThisRound(leg: Leg, entry: LawEntry): boolean {
  const { round } = entry.body as { readonly round?: number };
  if (entry.kind === 'leg-reopened') return round === leg.round + 1;
  return !boundToRound.has(entry.kind) || round === leg.round;
}

// ---------------------------------------------------------------- what hangs on legs and dossier

function foldRequest(request: Request, entry: LawEntry): void {
  if (request.ended !== null) return;
  const by = entry.body.by ?? null;
  switch (entry.kind) {
    case 'opinion-overdue': request.overdueSince ??= (entry.body as Bodies['opinion-overdue']).dueAt; return;
    case 'request-answered': {
      const body = entry.body as Bodies['request-answered'];
      request.ended = { ref: refOf(entry), at: entry.effectiveAt, outcome: body.outcome, documents: body.documents ?? [], by };
      return;
    }
    case 'request-declined': request.ended = { ref: refOf(entry), at: entry.effectiveAt, outcome: 'declined', documents: [], by }; return;
    case 'request-lapsed': request.ended = { ref: refOf(entry), at: entry.effectiveAt, outcome: (entry.body as Bodies['request-lapsed']).consequence, documents: [], by }; return;
  }
}

/** Money that comes in late is money all the same; what was paid is only paid back. */
const chargeStatus: { readonly [K in EntryKind]?: { readonly from: readonly Charge['status'][]; readonly to: Charge['status'] } } = {
  'charge-paid': { from: ['open', 'cancelled', 'exempted'], to: 'paid' }, 'charge-cancelled': { from: ['open'], to: 'cancelled' }, 'charge-exempted': { from: ['open'], to: 'exempted' }, 'charge-refunded': { from: ['paid'], to: 'refunded' },
};

function foldCharge(charge: Charge, entry: LawEntry): void {
  if (entry.kind === 'collection-booked') { charge.booked = [...charge.booked, (entry.body as Bodies['collection-booked']).consignment]; return; }
  if (entry.kind === 'charge-reduced') { reduce(charge, (entry.body as Bodies['charge-reduced']).amount); return; }
  const change = chargeStatus[entry.kind as EntryKind];
  if (change === undefined || !change.from.includes(charge.status)) return;
  charge.status = change.to;
  charge.changedAt = entry.effectiveAt;
  if (charge.settledAt === null) { charge.settledAt = entry.effectiveAt; charge.settledBy = entry.body.by ?? null; }
  if (entry.kind === 'charge-paid') {
    const body = entry.body as Bodies['charge-paid'];
    charge.receipt = body.receipt;
    charge.method = body.method;
  }
  if (entry.kind === 'charge-refunded') charge.refunded = (entry.body as Bodies['charge-refunded']).amount;
}

/** What was settled is not reduced any more, and nothing is ever raised. */
function reduce(charge: Charge, amount: Dong): void {
  if (charge.status === 'open' && amount > 0 && amount < charge.plan.amount) charge.plan = { ...charge.plan, amount };
}

const scanOf = (entry: LawEntry, { place, state }: { readonly place: string; readonly state: string }): Consignment['scans'][number] => ({ at: entry.effectiveAt, place, state, office: entry.body.by?.office ?? '' });

function foldConsignment(consignment: Consignment, entry: LawEntry): void {
  if (entry.kind === 'consignment-accepted') consignment.number = (entry.body as Bodies['consignment-accepted']).number;
  if (entry.kind === 'consignment-scanned') {
    const body = entry.body as Bodies['consignment-scanned'];
    consignment.scans = [...consignment.scans, scanOf(entry, body)];
    collect(consignment, entry, body.collected);
  }
  if (entry.kind === 'consignment-ended' && consignment.ended === null) {
    const body = entry.body as Bodies['consignment-ended'];
    consignment.scans = [...consignment.scans, scanOf(entry, body)];
    consignment.ended = { at: entry.effectiveAt, state: body.state, ref: refOf(entry) };
    collect(consignment, entry, body.collected);
  }
}

/** Once: whoever has paid at the door is not asked again. */
function collect(consignment: Consignment, entry: LawEntry, collected: readonly CollectedCharge[] = []): void {
  if (consignment.collected.length > 0) return;
  consignment.collected = collected.map((one) => ({ ...one, by: entry.body.by ?? { office: '', officer: '' }, at: entry.effectiveAt }));
}

const inspection = (entry: LawEntry, { consignment, office, received, missing }: Bodies['consignment-confirmed']): Inspection => ({ consignment, office, received, missing, at: entry.effectiveAt, ref: refOf(entry) });

// ---------------------------------------------------------------- the dossier's own item

type RootFold = { readonly [K in EntryKind]?: (root: Root, entry: LawEntry, body: LawBody<K>) => void };

const rootFolds: RootFold = {
  'withdrawal-requested': (root, entry, body) => { root.withdrawal = { ref: refOf(entry), at: entry.effectiveAt, reason: body.reason ?? '' }; root.withdrawalOutcome = null; },
  'withdrawal-decided': (root, _entry, body) => { root.withdrawalOutcome = body.outcome; },
  'supplement-requested': (root, entry, body) => { root.supplement = { request: body.request, at: entry.effectiveAt, timeout: root.rules.supplement.timeout }; },
  'apology-given': (root, entry, body) => { root.apology = { newDueAt: body.newDueAt, at: entry.effectiveAt, reason: body.reason ?? '' }; root.limit = { ...root.limit, told: null }; },
  'particulars-corrected': (root, _entry, body) => { for (const one of body.particulars) root.particulars.set(one.part, one); },
  'rules-adopted': (root, entry, { pinned, startsAt, dueAt, provisional, legs, documents, ground }) => {
    root.rules = pinned;
    root.adoption = { ref: refOf(entry), at: entry.effectiveAt, ground, legs };
    root.limit = { ...root.limit, startsAt, dueAt, provisional, told: null };
    root.documents = [...root.documents, ...documents];
  },
  'clock-moved': (root, _entry, body) => { if (root.clock !== null && body.to > root.clock) root.clock = body.to; },
  'entered-in-book': (root, _entry, { office, year, number }) => { root.book ??= { office, year, number }; },
  'result-charges-opened': (root, entry) => { root.resultCharges ??= refOf(entry); },
  'consignment-ordered': (root, _entry, body) => { root.ordered = [...root.ordered, ...body.results]; },
  'result-sent': (root, _entry, { results, to }) => {
    root.ordered = [...root.ordered, ...results];
    if (to !== 'home') root.returnOffice = to;
  },
  'pick-up-ordered': (root, _entry, body) => { for (const one of body.particulars ?? []) root.particulars.set(one.part, one); },
  'consignment-confirmed': (root, entry, body) => { root.confirmed = [...root.confirmed, inspection(entry, body)]; },
  'result-returned': (root, entry, body) => { root.returned = [...root.returned, { results: body.results, at: entry.effectiveAt, way: body.way, by: body.by ?? null }]; },
  'due-recomputed': (root, _entry, body) => {
    root.limit = limitAfter(root.limit, root.outages, body);
    root.outages = body.outages;
  },
  'dossier-stopped': (root, entry, body) => { root.stopped = { ref: refOf(entry), at: entry.effectiveAt, reason: body.reason }; },
  'closing-started': (root, entry, body) => { root.closing = { ref: refOf(entry), at: entry.effectiveAt, outcome: body.outcome }; },
  'dossier-closed': (root, entry, body) => { root.closed = { at: entry.effectiveAt, outcome: body.outcome }; },
  'part-sought': (root, _entry, body) => { root.partsSought = having(root.partsSought, body.of, body.part ?? ''); },
  'rehomed': (root, _entry, body) => {
    if (root.counter === body.from) root.counter = body.to;
    if (root.returnOffice === body.from) root.returnOffice = body.to;
    root.rehomed = [...root.rehomed, body];
  },
};

function foldRoot(root: Root, entry: LawEntry): void {
  (rootFolds[entry.kind as EntryKind] as ((root: Root, entry: LawEntry, body: unknown) => void) | undefined)?.(root, entry, entry.body);
}

