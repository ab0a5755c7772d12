/** What a holder may change of the way itself: where its leg goes, what comes after it in its own branch, whether its work stands. */
import { today } from '../context.ts';
import type { LawContext } from '../context.ts';
import { registerBehind, settled } from '../closing.ts';
import { holderOf } from '../dossier.ts';
import type { Dossier, Leg } from '../dossier.ts';
import { endedOffice } from '../ended-office.ts';
import { currentInputs, endingReason, predecessors, stale, successors } from '../itinerary.ts';
import { reliedEvidence } from '../issued-results.ts';
import { groundRefusal } from '../legal-ground.ts';
import { timeRefusal } from '../limits.ts';
import { rulesOfLeg } from '../pinned-rules.ts';
import { partsAsked } from '../rehoming.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import type { Office } from '../reference-types.ts';
import { isTimeRefusal, localDate } from '../time/index.ts';
import type { LegPlan } from '../types.ts';
import { isBlank } from '../unseen.ts';
import { cause, codeForm, isCode, legsFull, maxDeclines, notReady, saying } from './leg-command.ts';
import type { Case, Rule } from './leg-command.ts';
import { entries, no } from './outcome.ts';

/** What is not ours goes back to intake, which places it; the third time for good. A consultation's task is answered instead. */
export const decline: Rule<'decline'> = (command, dossier, leg, context) => {
  const hindered = isBlank(command.reason) ? refuse('REASON_MISSING', {}, 'reason') : declineHindered(dossier, leg, context);
  if (hindered !== null) return no(hindered);
  return entries({ item: leg.id, kind: 'leg-declined', body: { reason: command.reason, from: leg.office, to: dossier.root!.counter, ...cause(command) }, handsTo: holderOf(dossier, dossier.root!) });
};

export function declineHindered(dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  if (context.isMine(holderOf(dossier, dossier.root!))) return refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: leg.status, command: 'decline' });
  return leg.declinedTimes >= maxDeclines ? refuse('PLACED_FINALLY', { leg: leg.plan.name, times: String(leg.declinedTimes) }) : null;
}

export const reroute: Rule<'reroute'> = (command, dossier, leg, context) => {
  const office = context.reference.office(command.office);
  if (office === undefined) return no(refuse('UNKNOWN_OFFICE', { office: command.office }, 'office'));
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  const on = localDate(today(dossier, context)), ended = endedOffice(office, on, 'office', context);
  if (ended !== null) return no(ended);
  if (!office.roles.includes(leg.plan.role)) return no(refuse('NO_COMPETENT_OFFICE', { role: leg.plan.role, area: office.name.vi, date: on }, 'office'));
  const handsTo = office.service === context.service ? {} : { handsTo: context.authorOf(office.service) };
  return entries({ item: leg.id, kind: 'leg-rerouted', body: { office: office.id, service: office.service, reason: command.reason, ...cause(command) }, ...handsTo });
};

/** Of a split area: the officer of the office that had it says where the dossier lies, once for all its legs there. */
export const tellPart: Rule<'tell-part'> = (command, dossier, leg, context) => {
  const asked = partsAsked(dossier, leg, context), hindered = tellingHindered(dossier, leg, context);
  if (hindered !== null) return no(hindered);
  if (!asked.some((one) => one.id === command.part)) return no(refuse('FIELD_INVALID', { field: 'part', problem: asked.map((one) => one.id).join(' | ') }, 'part'));
  return entries({ item: leg.id, kind: 'part-told', body: { of: leg.area, part: command.part, ...cause(command) } });
};

export function tellingHindered(dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  return partsAsked(dossier, leg, context).length > 0 ? null : refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: leg.status, command: 'tell-part' });
}

/** What everybody reads of a leg that an office added by itself. */
const insertedTitle = { vi: 'Bước bổ sung', en: 'Added step' };

export const insert: Rule<'insert'> = (command, dossier, leg, context) => {
  const hindered = legsFull(dossier);
  if (hindered !== null) return no(hindered);
  const office = context.reference.office(command.plan.office);
  if (office === undefined) return no(refuse('UNKNOWN_OFFICE', { office: command.plan.office }, 'plan.office'));
  const refusal = isCode(command.plan.name) ? groundRefusal(command.plan.act, 'act') : refuse('FIELD_INVALID', { field: 'name', problem: codeForm }, 'name');
  if (refusal !== null) return no(refusal);
  const unfit = misfit(command.plan, office, dossier, leg, context);
  if (unfit !== null) return no(unfit);
  if (office.service !== command.plan.service) return no(refuse('FIELD_INVALID', { field: 'plan.service', problem: command.plan.service }, 'plan.service'));
  return entries({ item: leg.id, kind: 'leg-inserted', creates: [context.authorOf(command.plan.service)], body: { ...saying('reason', command.reason), ...saying('title', command.title), ...cause(command), items: [{ ...command.plan, title: insertedTitle, after: [] }] } });
};

/** What nobody could take over, and what would show an office more than the one that asks may see. */
function misfit(plan: LegPlan, office: Office, dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  const now = today(dossier, context), on = localDate(now), ended = endedOffice(office, on, 'inserted_office', context);
  if (ended !== null) return ended;
  if (!office.roles.includes(plan.role)) return refuse('NO_COMPETENT_OFFICE', { role: plan.role, area: office.name.vi, date: on }, 'role');
  const due = context.work.dueAt(now, plan.limit, rulesOfLeg(dossier.root!, leg).counting, office.sessions);
  if (isTimeRefusal(due)) return timeRefusal(due, 'limit');
  const hidden = plan.reads.find((part) => !leg.plan.reads.includes(part));
  return hidden === undefined ? null : refuse('FIELD_INVALID', { field: 'reads', problem: hidden }, 'reads');
}

export const skip: Rule<'skip'> = (command, dossier, leg) => {
  if (command.legs.length === 0) return no(refuse('FIELD_MISSING', { field: 'legs' }, 'legs'));
  const ungrounded = groundRefusal(command.ground);
  if (ungrounded !== null) return no(ungrounded);
  const branch = ownBranch(dossier, leg);
  for (const id of command.legs) {
    const target = dossier.legs.get(id);
    if (target === undefined || !branch.includes(target) || !isSkippable(target)) return no(refuse('OUTSIDE_BRANCH', { target: target?.plan.name ?? id, leg: leg.plan.name }, 'legs'));
  }
  return entries({ item: leg.id, kind: 'legs-skipped', body: { legs: command.legs, ground: command.ground, ...saying('reason', command.reason), ...cause(command) } });
};

/** Nobody has begun it. */
const isSkippable = (target: Leg): boolean => target.status === 'addressed';

export function skipHindered(dossier: Dossier, leg: Leg): Refusal | null {
  return ownBranch(dossier, leg).some(isSkippable) ? null : refuse('OUTSIDE_BRANCH', { target: '–', leg: leg.plan.name }, 'legs');
}

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

/** Its inputs have changed and nothing follows from that, or evidence that it rests on stands no more and it stands all the same. */
export const confirm: Rule<'confirm'> = (command, dossier, leg) => {
  const isStale = stale(dossier, leg), despite = command.despite ?? [];
  if (!isStale && despite.length === 0) return no(refuse('STALE_INPUT', { leg: leg.plan.name }));
  const refusal = (isStale ? notReady(dossier, leg) : null) ?? (despite.length === 0 ? null : despiteRefusal(command, dossier, leg));
  if (refusal !== null) return no(refusal);
  const used = isStale ? currentInputs(dossier, leg) : leg.completion!.used;
  const said = despite.length === 0 ? {} : { despite, ground: command.ground!, ...saying('reason', command.reason) };
  return entries({ item: leg.id, kind: 'completion-confirmed', body: { round: leg.round, used, ...said, ...cause(command) }, cites: used.map((one) => one.output) });
};

export function confirmationHindered(dossier: Dossier, leg: Leg): Refusal | null {
  if (stale(dossier, leg)) return notReady(dossier, leg);
  return reliedEvidence(dossier).some((one) => one.legs.includes(leg)) ? null : refuse('STALE_INPUT', { leg: leg.plan.name });
}

/** Why a decision stands without what it was decided on is said, and on what ground. */
function despiteRefusal({ despite = [], reason = '', ground = '' }: Case<'confirm'>, dossier: Dossier, leg: Leg): Refusal | null {
  const relied = reliedEvidence(dossier).filter((one) => one.legs.includes(leg)).map((one) => one.evidenceId), other = despite.find((one) => !relied.includes(one));
  if (other !== undefined) return refuse('UNKNOWN_ITEM', { item: other }, 'evidence');
  return isBlank(reason) ? refuse('REASON_MISSING', {}, 'reason') : groundRefusal(ground);
}

/** What a register has not applied yet cannot be undone yet; what is settled is taken back only where it has gone stale. */
export function mayTakeBack(dossier: Dossier, leg: Leg): Refusal | null {
  if (registerBehind(leg)) return refuse('BLOCKED', { leg: leg.plan.name, blockedBy: leg.plan.register!.register });
  return settled(dossier, leg) && dossier.root!.closed === null ? refuse('SETTLED', { code: dossier.root!.body.code, leg: leg.plan.name }) : null;
}

export const revoke: Rule<'revoke'> = (command, dossier, leg) => {
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  const ground = command.ground ?? '', refusal = mayTakeBack(dossier, leg) ?? (dossier.root!.closed === null && ground === '' ? null : groundRefusal(ground));
  return refusal !== null ? no(refusal) : entries({ item: leg.id, kind: 'completion-revoked', body: { round: leg.round, reason: command.reason, ...saying('ground', command.ground), ...cause(command) } });
};

/** After `settled` a round is raised only where the leg has gone stale. */
export const reopen: Rule<'reopen'> = (command, dossier, leg) => {
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  const refusal = reopeningHindered(dossier, leg);
  if (refusal !== null) return no(refusal);
  return entries({ item: leg.id, kind: 'leg-reopened', body: { round: leg.round + 1, reason: command.reason, ...cause(command) } });
};

export function reopeningHindered(dossier: Dossier, leg: Leg): Refusal | null {
  const refusal = mayTakeBack(dossier, leg), ending = endingReason(dossier);
  if (refusal !== null || (ending !== 'stopped' && ending !== 'withdrawn') || stale(dossier, leg)) return refusal;
  return refuse('OUT_OF_ORDER', { leg: leg.plan.name, status: ending, command: 'reopen' });
}
