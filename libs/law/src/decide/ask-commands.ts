/** What a leg may ask of others: work redone, papers, opinions, money, a public posting. */
import type { Draft, Instant, Text } from '../types.ts';
import { officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import { settled } from '../closing.ts';
import { holderOf } from '../dossier.ts';
import type { Dossier, Leg, Request } from '../dossier.ts';
import { consultation } from '../consultation.ts';
import { endedOffice } from '../ended-office.ts';
import { posting } from '../duties-of-legs.ts';
import { predecessors, skipped } from '../itinerary.ts';
import { groundRefusal } from '../legal-ground.ts';
import { limitEnd, sessionsOf, startOfLeg, timeRefusal } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { redoGround, supplementOf } from '../requests.ts';
import { isTimeRefusal, localDate, printInstant } from '../time/index.ts';
import { isBlank } from '../unseen.ts';
import { amountFault } from './charge-commands.ts';
import { cause, codeForm, isCode, legsFull, saying } from './leg-command.ts';
import type { HeldDocument, Rule } from './leg-command.ts';
import { entries, no } from './outcome.ts';

type Completed = Leg & { readonly completion: NonNullable<Leg['completion']> };

/** Its work may be sent back by the leg. */
function redoable(dossier: Dossier, leg: Leg, target: Leg): target is Completed {
  return target.completion !== null && !skipped(dossier, target) && upstream(dossier, leg, target);
}

const isSettled = (dossier: Dossier, target: Leg): boolean => dossier.root!.closing !== null && settled(dossier, target);

export function redoHindered(dossier: Dossier, leg: Leg): Refusal | null {
  const targets = [...dossier.legs.values()].filter((one) => redoable(dossier, leg, one));
  if (targets.length === 0) return refuse('NOT_UPSTREAM', { target: '–', leg: leg.plan.name }, 'to_leg');
  return targets.every((one) => isSettled(dossier, one)) ? refuse('SETTLED', { code: dossier.root!.body.code, leg: targets[0]!.plan.name }, 'to_leg') : null;
}

export const askRedo: Rule<'ask-redo'> = (command, dossier, leg) => {
  const target = dossier.legs.get(command.target);
  if (target === undefined || !redoable(dossier, leg, target)) return no(refuse('NOT_UPSTREAM', { target: target?.plan.name ?? command.target, leg: leg.plan.name }, 'to_leg'));
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  if (isSettled(dossier, target)) return no(refuse('SETTLED', { code: dossier.root!.body.code, leg: target.plan.name }, 'to_leg'));
  return entries({
    item: leg.id, kind: 'redo-asked', creates: [holderOf(dossier, target)], cites: [target.completion.ref],
    body: { leg: target.id, reason: command.reason, ...cause(command), items: [{ type: 'request', request: 'redo', blocks: leg.id, of: target.id, ground: redoGround, suspends: true, fallsDueAt: null, silence: 'none' }] },
  });
};

function upstream(dossier: Dossier, leg: Leg, target: Leg): boolean {
  return predecessors(dossier, leg).some((one) => one === target || upstream(dossier, one, target));
}

export const askSupplement: Rule<'ask-supplement'> = (command, dossier, leg, context) => {
  const root = dossier.root!;
  if (command.documents.length === 0) return no(refuse('FIELD_MISSING', { field: 'documents' }, 'documents'));
  const ungrounded = groundRefusal(command.ground);
  if (ungrounded !== null) return no(ungrounded);
  const held = [...command.held, ...heldAlready(dossier)].find((one) => command.documents.includes(one.document));
  if (held !== undefined) return no(refuse('ALREADY_HELD', { document: held.document, heldBy: officeName(context, held.office), evidenceId: held.evidenceId }, 'documents'));
  const hindered = supplementHindered(dossier, leg, context);
  if (hindered !== null) return no(hindered);
  const due = context.work.dueAt(today(dossier, context), root.rules.supplement.timeout, 'elapsed', 'default');
  if (isTimeRefusal(due)) return no(timeRefusal(due));
  const failures = (command.failures ?? []).filter((one) => command.documents.includes(one.document));
  return entries({
    item: leg.id, kind: 'supplement-asked', creates: [holderOf(dossier, root)],
    body: { documents: command.documents, ground: command.ground, ...(failures.length === 0 ? {} : { failures }), ...saying('reason', command.reason), ...cause(command), items: [{ type: 'request', request: 'supplement', blocks: leg.id, documents: command.documents, ground: command.ground, suspends: true, fallsDueAt: due.due, silence: 'stop' }] },
  });
};

/** The citizen is asked once, and soon. */
export function supplementHindered(dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  const asked = supplementOf(dossier);
  if (asked !== null) return refuse('SUPPLEMENT_ONCE', { requestedAt: printInstant(asked.at) });
  const until = supplementUntil(dossier, leg, context);
  return until !== null && today(dossier, context) > until ? refuse('SUPPLEMENT_TOO_LATE', { due: printInstant(until) }) : null;
}

/** NĐ 61/2018 art. 19.4, NĐ 309/2026 art. 8.1: an incomplete dossier is sent back within this time of its receipt, by whichever office examines it. */
export const supplementWindow = '3wd';

/** Until when the office of the leg may ask: counted from its own receipt in this round. Null: it has not received it, or not the paper, or the calendar does not tell. */
export function supplementUntil(dossier: Dossier, leg: Leg, context: Pick<LawContext, 'work' | 'reference'>): Instant | null {
  const starts = startOfLeg(dossier, leg, context);
  if (leg.takenOver === null || starts === null) return null;
  const until = limitEnd(starts, supplementWindow, sessionsOf(leg.takenOver.office, context), context.work);
  return isTimeRefusal(until) ? null : until;
}

/** What evidence in the dossier shows, some register holds. */
function heldAlready(dossier: Dossier): HeldDocument[] {
  const records = [...dossier.root!.documents, ...[...dossier.legs.values()].flatMap((leg) => leg.documents)];
  return records.flatMap(({ document, origin }) => (origin.type === 'evidence' ? [{ document, office: origin.office, evidenceId: origin.evidenceId }] : []));
}

/** What everybody reads of a task that an office asked for by itself. */
const opinionTitle = { vi: 'Cho ý kiến', en: 'Opinion' };

export const consult: Rule<'consult'> = (command, dossier, leg, context) => {
  const hindered = legsFull(dossier);
  if (hindered !== null) return no(hindered);
  const office = context.reference.office(command.office);
  if (office === undefined) return no(refuse('UNKNOWN_OFFICE', { office: command.office }, 'consulted_office'));
  const now = today(dossier, context), ended = endedOffice(office, localDate(now), 'consulted_office', context);
  if (ended !== null) return no(ended);
  const due = context.work.dueAt(now, command.limit, 'elapsed', office.sessions);
  if (isTimeRefusal(due)) return no(timeRefusal(due, 'limit'));
  const draft = consultation(leg, { office: office.id, service: office.service, title: opinionTitle, role: office.roles[0] ?? '', limit: command.limit, silence: command.silence, ground: leg.plan.act, dueAt: due.due }, context);
  return entries({ ...draft, body: { ...draft.body, ...saying('question', command.question), ...saying('title', command.title), ...cause(command) } } as Draft);
};

const isWaivable = (request: Request, leg: Leg): boolean => request.ended === null && request.overdueSince !== null && !leg.waived.some((one) => one.request === request.id);

export function waiverHindered(dossier: Dossier, leg: Leg): Refusal | null {
  const waited = [...dossier.requests.values()].filter((one) => one.plan.request === 'consultation' && one.plan.blocks === leg.id);
  return waited.some((one) => isWaivable(one, leg)) ? null : refuse('OPINION_NOT_OVERDUE', { due: '–' }, 'opinion');
}

/** An opinion is waited for until it falls due; then the asker may go on without it, where silence means nothing. */
export const waiveOpinion: Rule<'waive-opinion'> = (command, dossier, leg) => {
  const request = dossier.requests.get(command.opinion);
  if (request === undefined || request.plan.request !== 'consultation' || request.plan.blocks !== leg.id) return no(refuse('UNKNOWN_ITEM', { item: command.opinion }, 'opinion'));
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  if (!isWaivable(request, leg)) return no(refuse('OPINION_NOT_OVERDUE', { due: request.plan.fallsDueAt === null ? '–' : printInstant(request.plan.fallsDueAt) }, 'opinion'));
  return entries({ item: leg.id, kind: 'opinion-waived', body: { opinion: request.id, reason: command.reason, ...cause(command) }, cites: [request.createdBy] });
};

const unnamed: Text = { vi: 'Nghĩa vụ tài chính', en: 'Financial obligation' }, unnamedFine: Text = { vi: 'Tiền phạt', en: 'Fine' };

/** As the catalogue names the charge; a charge that it does not know bears no name of its own in the entry. */
function chargeName(dossier: Dossier, leg: Leg, { code, charge }: { readonly code: string; readonly charge: string }, context: LawContext): Text {
  const { body: { procedure }, rules: { procedureFrom } } = dossier.root!;
  if (leg.plan.charge?.code === code) return leg.plan.charge.name;
  return context.reference.procedure(procedure, procedureFrom)?.fees.find((one) => one.code === code)?.name ?? (charge === 'fine' ? unnamedFine : unnamed);
}

export const openCharge: Rule<'open-charge'> = (command, dossier, leg, context) => {
  const fault = amountFault(command.amount);
  if (fault !== null) return no(refuse(fault, { amount: String(command.amount) }, 'amount'));
  const refusal = isCode(command.code) ? groundRefusal(command.ground) : refuse('FIELD_INVALID', { field: 'fee', problem: codeForm }, 'fee');
  if (refusal !== null) return no(refusal);
  const fine = command.charge === 'fine', kind = command.charge === 'fine' ? 'charge' : command.charge;
  if (fine && command.refundable) return no(refuse('FIELD_INVALID', { field: 'refundable', problem: 'tiền phạt không được hoàn khi rút hồ sơ / a fine is not given back for a withdrawal' }, 'refundable'));
  return entries({
    item: leg.id, kind: 'charge-opened', creates: [context.authorOf(context.hosts.money)],
    body: { ground: command.ground, ...saying('title', command.title), ...cause(command), items: [{ type: 'charge', code: command.code, name: chargeName(dossier, leg, command, context), kind, amount: command.amount, refundable: command.refundable, blocks: leg.id, ground: command.ground, ...(fine ? { fine } : {}) }] },
  });
};

export const startPosting: Rule<'start-posting'> = (command, dossier, leg, context) => {
  const refusal = command.ground === leg.plan.act ? null : groundRefusal(command.ground);
  if (refusal !== null) return no(refusal);
  const draft = posting(dossier, leg, context, command.span, command.ground);
  return draft === null ? no(refuse('BAD_SPAN', { span: command.span }, 'span')) : entries({ ...draft, body: { ...draft.body, ...saying('place', command.place), ...cause(command) } } as Draft);
};
