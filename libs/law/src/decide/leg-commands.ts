/** What an office may command on a leg that it holds. Values in, values out. */
import type { Draft, IssuedResult, OfficeId } from '../types.ts';
import { mine, officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import type { Dossier, Leg } from '../dossier.ts';
import { settled } from '../closing.ts';
import { blockingCharges, blockingRequests, currentInputs, endingReason, skipped } from '../itinerary.ts';
import { admits } from '../leg-transitions.ts';
import type { LegCommandName } from '../leg-transitions.ts';
import { groundRefusal } from '../legal-ground.ts';
import { legDue, legDueUnder, sessionsOf } from '../limits.ts';
import { isOfficerCode } from '../officer-code.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { reversalOwed, reversalRefused, standsWrongly } from '../reversal.ts';
import { consultationGround, consultationOf, opinionAgainst, postingOf } from '../requests.ts';
import { localDate, parseDay, printInstant } from '../time/index.ts';
import { isBlank } from '../unseen.ts';
import { resultNumberRefusal } from './result-commands.ts';
import { askRedo, askSupplement, consult, openCharge, startPosting, waiveOpinion } from './ask-commands.ts';
import { confirm, decline, insert, reopen, reroute, revoke, skip, tellPart } from './branch-commands.ts';
import { cause, codeForm, notReady, registerNotReady, saying } from './leg-command.ts';
import type { Case, LegCommand, Rule } from './leg-command.ts';
import { entries, no } from './outcome.ts';
import { amendResult, revokeResult } from './result-commands.ts';
import type { Outcome } from './outcome.ts';
import { setDateRefusal } from './set-date.ts';
import { confirmConsignment, isOfPapers, sendOriginals } from './post-commands.ts';
import { endWait, startWait } from './wait-commands.ts';

export { ownBranch } from './branch-commands.ts';
export { maxDeclines, maxLegs } from './leg-command.ts';
export type { HeldDocument, LegCommand } from './leg-command.ts';

export function decideLegCommand(command: LegCommand, dossier: Dossier, context: LawContext): Outcome {
  const leg = dossier.legs.get(command.leg);
  const root = dossier.root;
  if (leg === undefined || root === null) return no(refuse('UNKNOWN_LEG', { code: root?.body.code ?? '', leg: command.leg }, 'leg'));
  const refusal = mayCommand(command.kind, command.by.office, dossier, leg, context);
  return refusal !== null ? no(refusal) : (rules[command.kind] as Rule<LegCommand['kind']>)(command as never, dossier, leg, context);
}

/** What an office may not command on a leg in its state, whatever the rule of the command says. */
export function mayCommand(kind: LegCommand['kind'], office: OfficeId, dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  const code = dossier.root!.body.code;
  if (dossier.root!.closed !== null && !mayAfterClosing(kind, leg)) return refuse('CLOSED', { code });
  if (!mine(dossier, context, leg) || !speaksFor(office, leg, dossier, context)) {
    return refuse('NOT_HOLDER', { office: officeName(context, office), leg: leg.plan.name, holder: officeName(context, leg.office) }, 'office');
  }
  const heir = ofTheHeir.has(kind) ? heirOf(leg, dossier, context) : undefined;
  if (heir !== undefined && office !== heir) return refuse('NOT_HOLDER', { office: officeName(context, office), leg: leg.plan.name, holder: officeName(context, heir) }, 'office');
  if (!admits(leg.status, transitionOf(kind, leg))) return refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: leg.status, command: kind });
  const outside = isOfPapers({ kind }) ? null : outsideOf(kind, dossier, leg);
  if (outside !== null) return refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: outside, command: kind });
  if (elsewhere.has(kind) && standsWrongly(leg) !== null) return refuse('BLOCKED', { leg: leg.plan.name, blockedBy: leg.plan.register?.register ?? '' });
  if (kind !== 'resolve-register' && !isOfPapers({ kind }) && endingReason(dossier) === 'withdrawn' && leg.status !== 'complete' && leg.status !== 'refused') return refuse('WITHDRAWAL_PENDING', { code });
  return null;
}

/** A dossier that is closed stays closed; what was issued in it is still corrected, issued again, taken back, and what it rests on looked at. */
const afterClosing: ReadonlySet<string> = new Set<LegCommand['kind']>(['amend-result', 'revoke', 'revoke-result', 'confirm', 'resolve-register']);

function mayAfterClosing(kind: LegCommand['kind'], leg: Leg): boolean {
  return afterClosing.has(kind) && (leg.status === 'complete' || kind === 'resolve-register');
}

/** Commands that would leave a change in a register with nobody there to answer for it, or write over it while it is being put back. */
const elsewhere: ReadonlySet<LegCommand['kind']> = new Set<LegCommand['kind']>(['decline', 'reroute']);

/** Who is consulted gives an opinion, or passes the question to the right office; everything else is the asking leg's. */
const taskCommands: ReadonlySet<LegCommand['kind']> = new Set<LegCommand['kind']>(['assign', 'complete', 'refuse', 'reroute', 'attach-document', 'attach-evidence', 'extend']);

/** What is done to a decision is done by an office that is: the one that decided, or the one that has taken over from it. */
const ofTheHeir: ReadonlySet<LegCommand['kind']> = new Set<LegCommand['kind']>(['amend-result', 'revoke', 'revoke-result', 'reopen']);

/** Why a leg does not take such a command whatever its status; null: it does. */
function outsideOf(kind: LegCommand['kind'], dossier: Dossier, leg: Leg): 'skipped' | 'consultation' | null {
  if (skipped(dossier, leg)) return 'skipped';
  return leg.plan.task === true && !taskCommands.has(kind) ? 'consultation' : null;
}

/** The office of the leg speaks for it, also while it waits to be moved, or the one that has taken over from it; for a leg handed back, the counter that received the dossier. */
export function speaksFor(office: OfficeId, leg: Leg, dossier: Dossier, context: Pick<LawContext, 'reference' | 'now'>): boolean {
  return office === leg.office || office === heirOf(leg, dossier, context);
}

/** Itself while it exists; undefined: it has ended, and nobody follows it. */
function heirOf(leg: Leg, dossier: Dossier, { reference, now }: Pick<LawContext, 'reference' | 'now'>): OfficeId | undefined {
  return reference.officeNow(leg.office, localDate(today(dossier, { now })))?.id;
}

/** A result that the register shows is amended in the same statuses as any other. */
function transitionOf(kind: LegCommand['kind'], leg: Leg): LegCommandName {
  if (kind === 'refuse') return 'complete';
  return kind === 'complete' && leg.plan.register !== undefined ? 'intend' : kind;
}

function blockedBy(dossier: Dossier, leg: Leg): Refusal | null {
  const names = [...blockingRequests(dossier, leg).map((one) => one.plan.request), ...blockingCharges(dossier, leg).map((one) => one.plan.code)];
  return names.length === 0 ? null : refuse('BLOCKED', { leg: leg.plan.name, blockedBy: names.join(', ') });
}

/** Why these are not what the leg issues; null: they are. */
export function resultsFit(leg: Leg, results: readonly IssuedResult[]): Refusal | null {
  for (const [n, one] of results.entries()) {
    if (!leg.plan.results.includes(one.code)) return refuse('RESULT_UNKNOWN', { result: one.code, leg: leg.plan.name }, 'results');
    const refusal = resultNumberRefusal(one.number, `results[${n}].number`);
    if (refusal !== null) return refusal;
    if (results.slice(0, n).some(({ code, number }) => code === one.code && number === one.number)) return refuse('FIELD_INVALID', { field: `results[${n}].number`, problem: `${one.number}: hai lần / twice` }, `results[${n}].number`);
  }
  const missing = leg.plan.results.filter((code) => !results.some((one) => one.code === code));
  return missing.length === leg.plan.results.length && missing.length > 0 ? refuse('RESULT_MISSING', { leg: leg.plan.name, results: missing.join(', ') }, 'results') : null;
}

/** What must be there before an approval, whatever is decided. */
export function completionHindered(dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  return notReady(dossier, leg) ?? blockedBy(dossier, leg) ?? chargeOpened(dossier, leg) ?? posted(dossier, leg) ?? consulted(dossier, leg) ?? agreed(dossier, leg, context) ?? registerHindered(dossier, leg);
}

function registerHindered(dossier: Dossier, leg: Leg): Refusal | null {
  const { register } = leg.plan;
  if (register === undefined) return null;
  return reversalOwed(leg) === null ? registerNotReady(dossier, leg) : refuse('BLOCKED', { leg: leg.plan.name, blockedBy: register.register });
}

/** Who is consulted says yes or no, and why not: what nobody said is no consent. */
function opinionFits({ opinion, reason }: Case<'complete'>, leg: Leg): Refusal | null {
  if (leg.plan.task !== true) return null;
  if (opinion === undefined) return refuse('FIELD_MISSING', { field: 'opinion' }, 'opinion');
  return opinion === 'disagree' && isBlank(reason ?? '') ? refuse('REASON_MISSING', {}, 'reason') : null;
}

const complete: Rule<'complete'> = (command, dossier, leg, context) => {
  const refusal = completionHindered(dossier, leg, context) ?? opinionFits(command, leg) ?? resultsFit(leg, command.results);
  if (refusal !== null) return no(refusal);
  const attached = (command.evidence ?? []).map((document): Draft => ({ item: leg.id, kind: 'evidence-attached', body: { document, ...cause(command) } }));
  if (leg.plan.register === undefined) return entries(...attached, completed(command, dossier, leg, 'done'));
  if (command.change === undefined) return no(refuse('FIELD_MISSING', { field: 'change' }, 'change'));
  return entries(...attached, { item: leg.id, kind: 'register-intended', body: { ...leg.plan.register, round: leg.round, change: command.change, verdict: 'done', results: command.results, ...saying('reason', command.reason), ...cause(command) } });
};

/** A charge that was cancelled or paid back no longer stands for the one that the procedure requires. */
function chargeOpened(dossier: Dossier, leg: Leg): Refusal | null {
  const wanted = leg.plan.charge;
  if (wanted === undefined || [...dossier.charges.values()].some((one) => one.plan.blocks === leg.id && one.plan.code === wanted.code && one.status !== 'cancelled' && one.status !== 'refunded')) return null;
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

/** What a binding opinion refuses may be refused, not approved (NĐ 168/2025: hộ kinh doanh hoàn thành nghĩa vụ thuế trước khi chấm dứt). */
function agreed(dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  const on = localDate(today(dossier, context)), against = opinionAgainst(dossier, leg, (office) => context.reference.officeNow(office, on)?.id ?? office);
  return against === null ? null : refuse('OPINION_AGAINST', { leg: leg.plan.name, office: officeName(context, against.office), opinion: against.title.vi });
}

function completed(command: Case<'complete'> | Case<'refuse'>, dossier: Dossier, leg: Leg, verdict: 'done' | 'refused'): Draft {
  const used = currentInputs(dossier, leg);
  const results = command.kind === 'complete' ? command.results : [];
  const said = command.kind === 'refuse' ? { reason: command.reason, ground: command.ground } : { ...saying('reason', command.reason), ...(command.opinion === undefined ? {} : { opinion: command.opinion }) };
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
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  const refusal = groundRefusal(command.ground) ?? refusalHindered(dossier, leg);
  return refusal !== null ? no(refusal) : entries(completed(command, dossier, leg, 'refused'));
};

export function refusalHindered(dossier: Dossier, leg: Leg): Refusal | null {
  return notReady(dossier, leg) ?? askedOfCitizen(dossier, leg);
}

/** Whoever was asked for papers has their whole time to bring them (NĐ 301/2026 art. 6): nothing is refused or stopped for want of them before that, nor a decision taken that they do not see coming. */
export function askedOfCitizen(dossier: Dossier, leg: Leg): Refusal | null {
  return blockingRequests(dossier, leg).some((one) => one.plan.request === 'supplement') ? refuse('BLOCKED', { leg: leg.plan.name, blockedBy: 'supplement' }) : null;
}

/** A new date is given once. What is late stays late: a new date after the old one has passed would make it good. */
export function extensionHindered(dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  if (leg.extendedDueAt !== null) return refuse('APOLOGY_ONCE', {});
  const { due } = legDue(dossier, leg, context);
  return due !== null && due < today(dossier, context) ? refuse('EXTENSION_TOO_LATE', { leg: leg.plan.name, due: printInstant(due) }) : null;
}

const extend: Rule<'extend'> = (command, dossier, leg, context) => {
  const hindered = extensionHindered(dossier, leg, context);
  if (hindered !== null) return no(hindered);
  const now = today(dossier, context), { due: running } = legDue(dossier, leg, context);
  // While the clock stands it would fall due as if it ran on from now.
  const due = running ?? legDueUnder(dossier, leg, now, context) ?? Math.max(leg.takenOver?.dueAt ?? 0, now);
  if (command.dueAt <= due) return no(refuse('DUE_ALREADY', { due: printInstant(due) }, 'due_time'));
  const refusal = setDateRefusal(command.dueAt, sessionsOf(leg.office, context), 'due_time', context) ?? groundRefusal(command.ground);
  return refusal !== null ? no(refusal) : entries({ item: leg.id, kind: 'limit-extended', body: { dueAt: command.dueAt, ground: command.ground, ...saying('reason', command.reason), ...cause(command) } });
};

const assign: Rule<'assign'> = (command, dossier, leg, context) => {
  for (const [field, code] of [['officer', command.officer], ['substitute_for', command.substituteFor ?? command.officer]] as const) {
    if (!isOfficerCode(code)) return no(refuse('FIELD_INVALID', { field, problem: `${codeForm}; tên ghi vào officer_name` }, field));
  }
  const { officer, until, substituteFor, officerName, substituteName } = command, on = localDate(today(dossier, context));
  if (until !== undefined && (parseDay(until) === null || until < on)) return no(refuse('FIELD_INVALID', { field: 'until_date', problem: `YYYY-MM-DD, ≥ ${on}` }, 'until_date'));
  if (substituteFor === officer) return no(refuse('FIELD_INVALID', { field: 'substitute_for', problem: officer }, 'substitute_for'));
  return entries({
    item: leg.id, kind: 'officer-assigned',
    body: { officer, ...(until === undefined ? {} : { until }), ...(substituteFor === undefined ? {} : { substituteFor }), ...saying('officerName', officerName), ...saying('substituteName', substituteName), ...cause(command) },
  });
};

/** Only what the register has refused to put back is a person's. */
export function resolutionHindered(leg: Leg): Refusal | null {
  return reversalRefused(leg) ? null : refuse('NOTHING_TO_PUT_BACK', { leg: leg.plan.name });
}

const resolveRegister: Rule<'resolve-register'> = (command, _dossier, leg) => {
  const decision = standsWrongly(leg), hindered = resolutionHindered(leg);
  if (decision === null || hindered !== null) return no(hindered ?? refuse('NOTHING_TO_PUT_BACK', { leg: leg.plan.name }));
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  const refusal = groundRefusal(command.ground);
  return refusal !== null ? no(refusal) : entries({ item: leg.id, kind: 'reversal-resolved', cites: [decision], body: { decision, outcome: command.outcome, ground: command.ground, reason: command.reason, ...cause(command) } });
};

const stop: Rule<'stop'> = (command, dossier, leg) => {
  const refusal = groundRefusal(command.ground) ?? askedOfCitizen(dossier, leg);
  return refusal !== null ? no(refusal) : entries({ item: leg.id, kind: 'leg-stopped', body: { round: leg.round, reason: 'stopped', ground: command.ground, ...saying('explanation', command.reason), ...cause(command) } });
};

/** Once the leg is settled the dossier may close at any moment: then nothing more is put on the way. */
export function sendingHindered(dossier: Dossier, leg: Leg): Refusal | null {
  return dossier.root!.closing !== null && settled(dossier, leg) ? refuse('SETTLED', { code: dossier.root!.body.code, leg: leg.plan.name }) : null;
}

const sendOn: Rule<'send-originals'> = (command, dossier, leg, context) => {
  const hindered = sendingHindered(dossier, leg);
  if (hindered !== null) return no(hindered);
  return sendOriginals({ item: leg.id, ...cause(command) }, command.to, command.documents, dossier, context);
};

const rules: { readonly [K in LegCommand['kind']]: Rule<K> } = {
  'assign': assign,
  'complete': complete, 'refuse': refuseLeg, 'ask-redo': askRedo, 'decline': decline, 'reroute': reroute, 'ask-supplement': askSupplement, 'consult': consult, 'open-charge': openCharge,
  'attach-document': (command, _dossier, leg) => entries({ item: leg.id, kind: 'document-attached', body: { document: command.document, ...cause(command) } }),
  'attach-evidence': (command, _dossier, leg) => (command.document.origin.type !== 'evidence' ? no(refuse('FIELD_INVALID', { field: 'document.origin', problem: command.document.origin.type }, 'document')) : entries({ item: leg.id, kind: 'evidence-attached', body: { document: command.document, ...cause(command) } })),
  'extend': extend,
  'stop': stop,
  'insert': insert, 'skip': skip, 'resolve-register': resolveRegister, 'waive-opinion': waiveOpinion, 'tell-part': tellPart, 'confirm': confirm,
  'revoke': revoke, 'amend-result': amendResult, 'revoke-result': revokeResult,
  'send-originals': sendOn, 'confirm-consignment': (command, dossier, leg, context) => confirmConsignment({ item: leg.id, ...cause(command) }, command, dossier, context),
  'reopen': reopen, 'start-posting': startPosting, 'start-wait': startWait, 'end-wait': endWait,
};
