/** What an office may command on a leg that it holds. Values in, values out. */
import type { By, Commitment, DocumentRecord, Dong, Draft, Instant, IssuedResult, ItemId, LegPlan, LocalDate, OfficeId, Span, Text } from '../types.ts';
import { mine, officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import { settled, unapplied } from '../closing.ts';
import { consultation, posting } from '../duties-of-legs.ts';
import { holderOf } from '../dossier.ts';
import type { Dossier, Leg } from '../dossier.ts';
import { blockingCharges, blockingRequests, currentInputs, endingReason, predecessors, ready, skipped, stale, successors } from '../itinerary.ts';
import { admits } from '../leg-transitions.ts';
import { isInForce } from '../jurisdiction.ts';
import type { LegCommandName } from '../leg-transitions.ts';
import { timeRefusal } from '../limits.ts';
import { consultationGround, consultationOf, postingOf, supplementOf } from '../requests.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { isTimeRefusal, localDate, printInstant } from '../time/index.ts';
import { entries, no } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** Evidence that a register would give for a document; the caller looked it up before deciding. */
export type HeldDocument = { readonly document: string; readonly office: OfficeId; readonly evidenceId: string };

export type LegCommand = { readonly leg: ItemId; readonly by: By; readonly request: string } & (
  | { readonly kind: 'assign'; readonly officer: string; readonly until?: LocalDate; readonly substituteFor?: string }
  | { readonly kind: 'complete'; readonly results: readonly IssuedResult[]; readonly opinion?: 'agree' | 'disagree'; readonly change?: Commitment; readonly reason?: string }
  | { readonly kind: 'refuse'; readonly reason: string; readonly ground: string }
  | { readonly kind: 'ask-redo'; readonly target: ItemId; readonly reason: string }
  | { readonly kind: 'decline'; readonly reason: string }
  | { readonly kind: 'reroute'; readonly office: OfficeId; readonly reason: string }
  | { readonly kind: 'ask-supplement'; readonly documents: readonly string[]; readonly ground: string; readonly held: readonly HeldDocument[] }
  | { readonly kind: 'consult'; readonly office: OfficeId; readonly question: string; readonly limit: Span; readonly silence: 'consent' | 'none'; readonly title: Text }
  | { readonly kind: 'open-charge'; readonly code: string; readonly name: Text; readonly charge: 'fee' | 'charge' | 'tax'; readonly amount: Dong; readonly refundable: boolean; readonly ground: string }
  | { readonly kind: 'attach-document'; readonly document: DocumentRecord }
  | { readonly kind: 'attach-evidence'; readonly document: DocumentRecord }
  | { readonly kind: 'extend'; readonly dueAt: Instant; readonly ground: string }
  | { readonly kind: 'stop'; readonly ground: string }
  | { readonly kind: 'insert'; readonly plan: LegPlan; readonly reason: string }
  | { readonly kind: 'skip'; readonly legs: readonly ItemId[]; readonly ground: string }
  | { readonly kind: 'confirm' } | { readonly kind: 'revoke'; readonly reason: string } | { readonly kind: 'reopen'; readonly reason: string }
  | { readonly kind: 'start-posting'; readonly span: Span; readonly ground: string; readonly place: string });

type Case<K extends LegCommand['kind']> = Extract<LegCommand, { readonly kind: K }>;
type Rule<K extends LegCommand['kind']> = (command: Case<K>, dossier: Dossier, leg: Leg, context: LawContext) => Outcome;

export function decideLegCommand(command: LegCommand, dossier: Dossier, context: LawContext): Outcome {
  const leg = dossier.legs.get(command.leg);
  const root = dossier.root;
  if (leg === undefined || root === null) return no(refuse('UNKNOWN_LEG', { code: root?.body.code ?? '', leg: command.leg }, 'leg'));
  const refusal = mayCommand(command, dossier, leg, context);
  return refusal !== null ? no(refusal) : (rules[command.kind] as Rule<LegCommand['kind']>)(command as never, dossier, leg, context);
}

function mayCommand(command: LegCommand, dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  const code = dossier.root!.body.code;
  if (dossier.root!.closed !== null) return refuse('CLOSED', { code });
  if (!mine(dossier, context, leg) || !speaksFor(command.by, leg, dossier, context)) {
    return refuse('NOT_HOLDER', { office: officeName(context, command.by.office), leg: leg.plan.name, holder: officeName(context, leg.office) }, 'office');
  }
  const name = transitionOf(command, leg);
  if (!admits(leg.status, name)) return refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: leg.status, command: command.kind });
  const outside = skipped(dossier, leg) ? 'skipped' : leg.plan.task === true && !taskCommands.has(command.kind) ? 'consultation' : null;
  if (outside !== null) return refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: outside, command: command.kind });
  if (endingReason(dossier) === 'withdrawn' && leg.status !== 'complete' && leg.status !== 'refused') return refuse('WITHDRAWAL_PENDING', { code });
  return null;
}

/** Who is consulted gives an opinion, or passes the question to the right office; everything else is the asking leg's. */
const taskCommands: ReadonlySet<LegCommand['kind']> = new Set<LegCommand['kind']>(['assign', 'complete', 'refuse', 'reroute', 'attach-document', 'attach-evidence', 'extend']);

/** The office of the leg speaks for it, or the one that has taken over from it; for a leg handed back, the counter that received the dossier. */
function speaksFor(by: By, leg: Leg, dossier: Dossier, context: LawContext): boolean {
  return by.office === leg.office || by.office === context.reference.officeNow(leg.office, localDate(today(dossier, context)))?.id;
}

function transitionOf(command: LegCommand, leg: Leg): LegCommandName {
  if (command.kind === 'refuse') return 'complete';
  return command.kind === 'complete' && leg.plan.register !== undefined ? 'intend' : command.kind;
}

const cause = (command: LegCommand): { by: By; request: string } => ({ by: command.by, request: command.request });

function notReady(dossier: Dossier, leg: Leg): Refusal | null {
  if (ready(dossier, leg)) return null;
  return refuse('NOT_READY', { leg: leg.plan.name, waitsFor: predecessors(dossier, leg).filter((one) => one.status !== 'complete' || stale(dossier, one)).map((one) => one.plan.title.vi).join(', ') });
}

function blockedBy(dossier: Dossier, leg: Leg): Refusal | null {
  const names = [...blockingRequests(dossier, leg).map((one) => one.plan.request), ...blockingCharges(dossier, leg).map((one) => one.plan.code)];
  return names.length === 0 ? null : refuse('BLOCKED', { leg: leg.plan.name, blockedBy: names.join(', ') });
}

function resultsFit(leg: Leg, results: readonly IssuedResult[]): Refusal | null {
  for (const one of results) {
    if (!leg.plan.results.includes(one.code)) return refuse('RESULT_UNKNOWN', { result: one.code, leg: leg.plan.name }, 'results');
    if (one.number === '') return refuse('FIELD_MISSING', { field: 'results.number' }, 'results');
  }
  const missing = leg.plan.results.filter((code) => !results.some((one) => one.code === code));
  return missing.length === leg.plan.results.length && missing.length > 0 ? refuse('RESULT_MISSING', { leg: leg.plan.name, results: missing.join(', ') }, 'results') : null;
}

const complete: Rule<'complete'> = (command, dossier, leg) => {
  const refusal = notReady(dossier, leg) ?? blockedBy(dossier, leg) ?? chargeOpened(dossier, leg) ?? posted(dossier, leg) ?? consulted(dossier, leg) ?? resultsFit(leg, command.results);
  if (refusal !== null) return no(refusal);
  if (leg.plan.register === undefined) return entries(completed(command, dossier, leg, 'done'));
  if (command.change === undefined) return no(refuse('FIELD_MISSING', { field: 'change' }, 'change'));
  return entries({ item: leg.id, kind: 'register-intended', body: { ...leg.plan.register, round: leg.round, change: command.change, verdict: 'done', results: command.results, ...cause(command) } });
};

function chargeOpened(dossier: Dossier, leg: Leg): Refusal | null {
  const wanted = leg.plan.charge;
  if (wanted === undefined || [...dossier.charges.values()].some((one) => one.plan.blocks === leg.id && one.plan.code === wanted.code && one.status !== 'cancelled')) return null;
  return refuse('CHARGE_MISSING', { leg: leg.plan.name, charge: wanted.code });
}

function posted(dossier: Dossier, leg: Leg): Refusal | null {
  return leg.plan.posting !== undefined && postingOf(dossier, leg) === undefined ? refuse('POSTING_MISSING', { leg: leg.plan.name }) : null;
}

/** A required consultation is asked by a duty right after the takeover; until it is, the leg waits for it. */
function consulted(dossier: Dossier, leg: Leg): Refusal | null {
  const missing = leg.plan.consults?.find((_plan, n) => consultationOf(dossier, leg, consultationGround(leg, n)) === undefined);
  return missing === undefined ? null : refuse('BLOCKED', { leg: leg.plan.name, blockedBy: missing.title.vi });
}

function completed(command: Case<'complete'> | Case<'refuse'>, dossier: Dossier, leg: Leg, verdict: 'done' | 'refused'): Draft {
  const used = currentInputs(dossier, leg);
  const results = command.kind === 'complete' ? command.results : [];
  const said = command.kind === 'refuse' ? { reason: command.reason, ground: command.ground } : { ...(command.reason === undefined ? {} : { reason: command.reason }), ...(command.opinion === undefined ? {} : { opinion: command.opinion }) };
  return { item: leg.id, kind: 'leg-completed', body: { round: leg.round, verdict, used, results, ...said, ...cause(command) }, cites: used.map((one) => one.output) };
}

/** The decision that a register's reservation allows; written by the holder's duty, citing the intent. */
export function decidedByRegister(dossier: Dossier, leg: Leg): Draft | null {
  const intent = leg.intent;
  if (intent === null) return null;
  const used = currentInputs(dossier, leg);
  return { item: leg.id, kind: 'leg-completed', body: { round: leg.round, verdict: 'done', used, results: intent.results, ...(intent.by === null ? {} : { by: intent.by }) }, cites: [intent.ref, ...used.map((one) => one.output)] };
}

const refuseLeg: Rule<'refuse'> = (command, dossier, leg) => {
  if (command.reason === '' || command.ground === '') return no(refuse('REASON_MISSING', {}, command.reason === '' ? 'reason' : 'ground'));
  const refusal = notReady(dossier, leg);
  return refusal !== null ? no(refusal) : entries(completed(command, dossier, leg, 'refused'));
};

const askRedo: Rule<'ask-redo'> = (command, dossier, leg) => {
  const target = dossier.legs.get(command.target);
  if (target === undefined || target.completion === null || skipped(dossier, target) || !upstream(dossier, leg, target)) return no(refuse('NOT_UPSTREAM', { target: target?.plan.name ?? command.target, leg: leg.plan.name }, 'to_leg'));
  if (command.reason === '') return no(refuse('REASON_MISSING', {}, 'reason'));
  if (dossier.root!.closing !== null && settled(dossier, target)) return no(refuse('SETTLED', { code: dossier.root!.body.code, leg: target.plan.name }, 'to_leg'));
  return entries({
    item: leg.id, kind: 'redo-asked', creates: [holderOf(dossier, target)], cites: [target.completion.ref],
    body: { leg: target.id, reason: command.reason, ...cause(command), items: [{ type: 'request', request: 'redo', blocks: leg.id, of: target.id, ground: command.reason, suspends: true, fallsDueAt: null, silence: 'none' }] },
  });
};

function upstream(dossier: Dossier, leg: Leg, target: Leg): boolean {
  return predecessors(dossier, leg).some((one) => one === target || upstream(dossier, one, target));
}

/** What is not ours goes back to intake, which places it; the third time for good. A consultation's task is answered instead. */
const decline: Rule<'decline'> = (command, dossier, leg, context) => {
  if (command.reason === '') return no(refuse('REASON_MISSING', {}, 'reason'));
  const intake = holderOf(dossier, dossier.root!);
  if (context.isMine(intake)) return no(refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: leg.status, command: 'decline' }));
  if (leg.declinedTimes >= maxDeclines) return no(refuse('PLACED_FINALLY', { leg: leg.plan.name, times: String(leg.declinedTimes) }));
  return entries({ item: leg.id, kind: 'leg-declined', body: { reason: command.reason, from: leg.office, to: dossier.root!.counter, ...cause(command) }, handsTo: intake });
};

const reroute: Rule<'reroute'> = (command, dossier, leg, context) => {
  const office = context.reference.office(command.office);
  if (office === undefined) return no(refuse('UNKNOWN_OFFICE', { office: command.office }, 'office'));
  if (command.reason === '') return no(refuse('REASON_MISSING', {}, 'reason'));
  const on = localDate(today(dossier, context));
  if (!isInForce(office, on)) return no(refuse('OFFICE_NOT_IN_FORCE', { office: office.id, date: on, successor: office.successor ?? '–' }, 'office'));
  if (!office.roles.includes(leg.plan.role)) return no(refuse('NO_COMPETENT_OFFICE', { role: leg.plan.role, area: office.name.vi, date: '' }, 'office'));
  const handsTo = office.service === context.service ? {} : { handsTo: context.authorOf(office.service) };
  return entries({ item: leg.id, kind: 'leg-rerouted', body: { office: office.id, service: office.service, reason: command.reason, ...cause(command) }, ...handsTo });
};

const askSupplement: Rule<'ask-supplement'> = (command, dossier, leg, context) => {
  const root = dossier.root!;
  if (command.documents.length === 0) return no(refuse('FIELD_MISSING', { field: 'documents' }, 'documents'));
  if (command.ground === '') return no(refuse('REASON_MISSING', {}, 'ground'));
  const held = [...command.held, ...heldAlready(dossier)].find((one) => command.documents.includes(one.document));
  if (held !== undefined) return no(refuse('ALREADY_HELD', { document: held.document, heldBy: officeName(context, held.office), evidenceId: held.evidenceId }, 'documents'));
  const asked = supplementOf(dossier);
  if (asked !== null) return no(refuse('SUPPLEMENT_ONCE', { requestedAt: printInstant(asked.at) }));
  const due = context.work.dueAt(today(dossier, context), root.body.supplement.timeout, 'elapsed', 'default');
  if (isTimeRefusal(due)) return no(timeRefusal(due));
  return entries({
    item: leg.id, kind: 'supplement-asked', creates: [holderOf(dossier, root)],
    body: { documents: command.documents, ground: command.ground, ...cause(command), items: [{ type: 'request', request: 'supplement', blocks: leg.id, documents: command.documents, ground: command.ground, suspends: true, fallsDueAt: due.due, silence: 'stop' }] },
  });
};

/** What evidence in the dossier shows, some register holds. */
function heldAlready(dossier: Dossier): HeldDocument[] {
  const records = [...dossier.root!.documents, ...[...dossier.legs.values()].flatMap((leg) => leg.documents)];
  return records.flatMap(({ document, origin }) => (origin.type === 'evidence' ? [{ document, office: origin.office, evidenceId: origin.evidenceId }] : []));
}

const consult: Rule<'consult'> = (command, dossier, leg, context) => {
  if (dossier.legs.size >= maxLegs) return no(refuse('LIMIT_REACHED', { limit: `${maxLegs} legs` }));
  const office = context.reference.office(command.office);
  if (office === undefined) return no(refuse('UNKNOWN_OFFICE', { office: command.office }, 'consulted_office'));
  const due = context.work.dueAt(today(dossier, context), command.limit, 'elapsed', office.sessions);
  if (isTimeRefusal(due)) return no(timeRefusal(due));
  const draft = consultation(leg, { office: office.id, service: office.service, title: command.title, role: office.roles[0] ?? '', limit: command.limit, silence: command.silence, ground: leg.plan.act, dueAt: due.due, question: command.question }, context);
  return entries({ ...draft, body: { ...draft.body, ...cause(command) } } as Draft);
};

const openCharge: Rule<'open-charge'> = (command, _dossier, leg, context) => {
  if (!Number.isSafeInteger(command.amount) || command.amount < 1 || command.amount > 10_000_000_000_000) return no(refuse('AMOUNT_INVALID', { amount: String(command.amount) }, 'amount'));
  if (command.ground === '') return no(refuse('REASON_MISSING', {}, 'ground'));
  return entries({
    item: leg.id, kind: 'charge-opened', creates: [context.authorOf(context.hosts.money)],
    body: { ground: command.ground, ...cause(command), items: [{ type: 'charge', code: command.code, name: command.name, kind: command.charge, amount: command.amount, refundable: command.refundable, blocks: leg.id, ground: command.ground }] },
  });
};

const extend: Rule<'extend'> = (command, _dossier, leg) => {
  const due = leg.extendedDueAt ?? leg.takenOver?.dueAt ?? 0;
  if (command.dueAt <= due) return no(refuse('DUE_ALREADY', { due: printInstant(due) }, 'due_time'));
  if (command.ground === '') return no(refuse('REASON_MISSING', {}, 'ground'));
  return entries({ item: leg.id, kind: 'limit-extended', body: { dueAt: command.dueAt, ground: command.ground, ...cause(command) } });
};

const insert: Rule<'insert'> = (command, dossier, leg, context) => {
  if (dossier.legs.size >= maxLegs) return no(refuse('LIMIT_REACHED', { limit: `${maxLegs} legs` }));
  const office = context.reference.office(command.plan.office);
  if (office === undefined) return no(refuse('UNKNOWN_OFFICE', { office: command.plan.office }, 'plan.office'));
  if (office.service !== command.plan.service) return no(refuse('FIELD_INVALID', { field: 'plan.service', problem: command.plan.service }, 'plan.service'));
  return entries({ item: leg.id, kind: 'leg-inserted', creates: [context.authorOf(command.plan.service)], body: { reason: command.reason, ...cause(command), items: [{ ...command.plan, after: [] }] } });
};

const skip: Rule<'skip'> = (command, dossier, leg) => {
  if (command.legs.length === 0) return no(refuse('FIELD_MISSING', { field: 'legs' }, 'legs'));
  if (command.ground === '') return no(refuse('REASON_MISSING', {}, 'ground'));
  const branch = ownBranch(dossier, leg);
  for (const id of command.legs) {
    const target = dossier.legs.get(id);
    if (target === undefined || !branch.includes(target) || target.status !== 'addressed') return no(refuse('OUTSIDE_BRANCH', { target: target?.plan.name ?? id, leg: leg.plan.name }, 'legs'));
  }
  return entries({ item: leg.id, kind: 'legs-skipped', body: { legs: command.legs, ground: command.ground, ...cause(command) } });
};

/** Legs that only `leg` leads to, up to the next join (which is outside: others lead to it too). */
export function ownBranch(dossier: Dossier, leg: Leg): Leg[] {
  const found: Leg[] = [];
  const visit = (from: Leg): void => {
    for (const next of successors(dossier, from)) {
      if (predecessors(dossier, next).length > 1 || found.includes(next)) continue;
      found.push(next);
      visit(next);
    }
  };
  visit(leg);
  return found;
}

const confirm: Rule<'confirm'> = (command, dossier, leg) => {
  if (!stale(dossier, leg)) return no(refuse('STALE_INPUT', { leg: leg.plan.name }));
  const refusal = notReady(dossier, leg);
  if (refusal !== null) return no(refusal);
  const used = currentInputs(dossier, leg);
  return entries({ item: leg.id, kind: 'completion-confirmed', body: { round: leg.round, used, ...cause(command) }, cites: used.map((one) => one.output) });
};

/** What a register has not applied yet cannot be undone yet; what is settled is taken back only where it has gone stale. */
function mayTakeBack(dossier: Dossier, leg: Leg): Refusal | null {
  if (unapplied(leg)) return refuse('BLOCKED', { leg: leg.plan.name, blockedBy: leg.plan.register!.register });
  return settled(dossier, leg) ? refuse('SETTLED', { code: dossier.root!.body.code, leg: leg.plan.name }) : null;
}

const revoke: Rule<'revoke'> = (command, dossier, leg) => {
  if (command.reason === '') return no(refuse('REASON_MISSING', {}, 'reason'));
  const refusal = mayTakeBack(dossier, leg);
  return refusal !== null ? no(refusal) : entries({ item: leg.id, kind: 'completion-revoked', body: { round: leg.round, reason: command.reason, ...cause(command) } });
};

/** After `settled` a round is raised only where the leg has gone stale. */
const reopen: Rule<'reopen'> = (command, dossier, leg) => {
  if (command.reason === '') return no(refuse('REASON_MISSING', {}, 'reason'));
  const refusal = mayTakeBack(dossier, leg);
  if (refusal !== null) return no(refusal);
  const ending = endingReason(dossier);
  if ((ending === 'stopped' || ending === 'withdrawn') && !stale(dossier, leg)) return no(refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: ending, command: 'reopen' }));
  return entries({ item: leg.id, kind: 'leg-reopened', body: { round: leg.round + 1, reason: command.reason, ...cause(command) } });
};

const startPosting: Rule<'start-posting'> = (command, dossier, leg, context) => {
  const draft = posting(dossier, leg, context, command.span, command.ground, command.place);
  return draft === null ? no(refuse('BAD_SPAN', { span: command.span }, 'span')) : entries({ ...draft, body: { ...draft.body, ...cause(command) } } as Draft);
};

/** Legs of a dossier, tasks of consultations included. */
export const maxLegs = 64;
/** Times that a leg may be declined; then intake's placement stands. */
export const maxDeclines = 3;

const rules: { readonly [K in LegCommand['kind']]: Rule<K> } = {
  'assign': (command, _dossier, leg) => entries({ item: leg.id, kind: 'officer-assigned', body: { officer: command.officer, ...(command.until === undefined ? {} : { until: command.until }), ...(command.substituteFor === undefined ? {} : { substituteFor: command.substituteFor }), ...cause(command) } }),
  'complete': complete, 'refuse': refuseLeg, 'ask-redo': askRedo, 'decline': decline, 'reroute': reroute, 'ask-supplement': askSupplement, 'consult': consult, 'open-charge': openCharge,
  'attach-document': (command, _dossier, leg) => entries({ item: leg.id, kind: 'document-attached', body: { document: command.document, ...cause(command) } }),
  'attach-evidence': (command, _dossier, leg) => entries({ item: leg.id, kind: 'evidence-attached', body: { document: command.document, ...cause(command) } }),
  'extend': extend,
  'stop': (command, _dossier, leg) => (command.ground === '' ? no(refuse('REASON_MISSING', {}, 'ground')) : entries({ item: leg.id, kind: 'leg-stopped', body: { round: leg.round, reason: 'stopped', ...cause(command) } })),
  'insert': insert, 'skip': skip, 'confirm': confirm,
  'revoke': revoke,
  'reopen': reopen, 'start-posting': startPosting,
};

