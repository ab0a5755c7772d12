/** What the holder of a leg owes: taking over, asking and answering, silence, register changes, ending, settling. */
import type { Draft, EntryRef, LegPlan } from './types.ts';
import { mine, today } from './context.ts';
import type { Duty, LawContext } from './context.ts';
import { ended, registerBehind, settled, unapplied } from './closing.ts';
import { holderOf } from './dossier.ts';
import type { Dossier, Leg } from './dossier.ts';
import { endingReason, ready, refusedBy, sinceThere, skipped, stale } from './itinerary.ts';
import { sessionsOf } from './limits.ts';
import { consultation } from './consultation.ts';
import { waitedOn } from './earlier-waiting.ts';
import { namedParts } from './named-parts.ts';
import { rulesOfLeg } from './pinned-rules.ts';
import { recomputedLeg } from './recompute.ts';
import { rehomingOfLeg } from './rehoming.ts';
import { concerns, consultationGround, consultationOf, postingOf, requestOfTask } from './requests.ts';
import { reversalOwed } from './reversal.ts';
import { adoptedByLeg } from './rules-of-legs.ts';
import { isTimeRefusal, localDate } from './time/index.ts';

/** Silence is written this long after it falls due, so that an answer under way arrives first. */
export const silenceGraceMs = 10 * 60 * 1000;

/** Of each leg held here the first thing owed: what comes after it is decided on the state that it leaves. */
export function legDuties(dossier: Dossier, context: LawContext): Duty[] {
  const found: Duty[] = [];
  for (const leg of dossier.legs.values()) {
    const owed = mine(dossier, context, leg) ? firstOwed(dossier, leg, context) : null;
    if (owed !== null) found.push(owed);
  }
  return found;
}

function firstOwed(dossier: Dossier, leg: Leg, context: LawContext): Duty | null {
  for (const rule of dossier.root!.closed === null ? legRules : rulesAfterClosing) {
    const owed = rule(dossier, leg, context);
    if (owed !== null) return owed;
  }
  return null;
}

type LegRule = (dossier: Dossier, leg: Leg, context: LawContext) => Duty | null;

const duty = (kind: string, leg: Leg, draft: Draft, cause: string = String(leg.round)): Duty => ({ key: `${kind}:${leg.id}:${cause}`, kind, drafts: [draft] });

/** A takeover is written when the history and the listed particulars are durable here. */
const takeOver: LegRule = (dossier, leg, context) => {
  if (leg.status !== 'addressed' || leg.service !== context.service) return null;
  if (endingReason(dossier) !== null || skipped(dossier, leg) || !ready(dossier, leg)) return null;
  const root = dossier.root!, { handOver, counting } = rulesOfLeg(root, leg);
  const sessions = sessionsOf(leg.office, context);
  // Whoever takes over within a round goes on with its clock: no office gets time anew because another had the leg first.
  const running = leg.takenOver?.round === leg.round ? leg.takenOver.startsAt : leg.takenOver === null ? sinceThere(dossier, leg) : null;
  const start = running === null ? context.work.startOfClock(today(dossier, context), { sessions, handOver }) : context.work.startOfClock(running, { sessions, handOver: false });
  if (isTimeRefusal(start)) return null;
  const due = context.work.dueAt(start.starts, leg.plan.limit, counting, sessions);
  if (isTimeRefusal(due)) return null;
  const draft: Draft = { item: leg.id, kind: 'leg-taken-over', body: { office: leg.office, round: leg.round, startsAt: start.starts, dueAt: due.due, ...(start.provisional || due.provisional ? { provisional: true } : {}) }, cites: [leg.addressedBy] };
  return withParts(duty('take-over', leg, draft, `${leg.addressedBy.author}/${leg.addressedBy.seq}`), leg.plan.reads, leg, dossier, context);
};

/** Particulars that the leg may read from then on are durable here before it is written. */
function withParts(owed: Duty, parts: readonly string[], leg: Leg, dossier: Dossier, context: LawContext): Duty {
  const root = dossier.root!, names = namedParts(root, parts).map((one) => one.name), from = holderOf(dossier, root);
  return names.length === 0 || context.isMine(from) ? owed : { ...owed, needs: { from, names, as: leg.id } };
}

/** What a dossier waited for when another system brought it is waited for by the first leg that goes on here. */
const waitOn: LegRule = (dossier, leg, context) => {
  const draft = waitedOn(dossier, leg, context);
  return draft === null ? null : duty('wait-on', leg, draft);
};

const consult: LegRule = (dossier, leg, context) => {
  if (leg.status !== 'open' || leg.plan.consults === undefined) return null;
  for (const [n, plan] of leg.plan.consults.entries()) {
    const ground = consultationGround(leg, n);
    const draft = consultationOf(dossier, leg, ground) === undefined ? requiredConsultation(dossier, leg, plan, ground, context) : null;
    if (draft !== null) return duty('consult', leg, draft, `${leg.round}:${ground}`);
  }
  return null;
};

function requiredConsultation(dossier: Dossier, leg: Leg, plan: NonNullable<LegPlan['consults']>[number], ground: string, context: LawContext): Draft | null {
  const at = today(dossier, context);
  const on = localDate(at);
  const area = dossier.root!.body.areas[plan.locality] ?? leg.area;
  const office = context.reference.areasNow(area, on).map((one) => context.reference.competentOffice(plan.role, one.id, on)).find((one) => one !== undefined);
  if (office === undefined) return null;
  const due = context.work.dueAt(at, plan.limit, 'elapsed', office.sessions);
  if (isTimeRefusal(due)) return null;
  return consultation(leg, { office: office.id, service: office.service, title: plan.title, role: plan.role, limit: plan.limit, silence: plan.silence, ground, dueAt: due.due }, context);
}

const post: LegRule = (dossier, leg, context) => {
  if (leg.status !== 'open' || leg.plan.posting === undefined || postingOf(dossier, leg) !== undefined) return null;
  const draft = posting(dossier, leg, context, leg.plan.posting, leg.plan.act);
  return draft === null ? null : duty('post', leg, draft);
};

export function posting(dossier: Dossier, leg: Leg, context: LawContext, span: string, ground: string): Draft | null {
  const due = context.work.dueAt(today(dossier, context), span, 'elapsed', sessionsOf(leg.office, context));
  if (isTimeRefusal(due)) return null;
  return {
    item: leg.id, kind: 'posting-started', creates: [context.author],
    body: { items: [{ type: 'request', request: 'posting', blocks: leg.id, ground, suspends: true, fallsDueAt: due.due, silence: 'ended' }] },
  };
}

/** The leg that erred reopens at once; its officer finds it on the desk with the reason. One new round answers all who found the same output wrong. */
const redo: LegRule = (dossier, leg) => {
  if ((leg.status !== 'complete' && leg.status !== 'revoked') || endingReason(dossier) !== null || settled(dossier, leg) || registerBehind(leg)) return null;
  for (const request of dossier.requests.values()) {
    if (request.ended !== null || request.plan.request !== 'redo' || request.plan.of !== leg.id || !concerns(request, leg)) continue;
    return duty('reopen', leg, { item: leg.id, kind: 'leg-reopened', body: { round: leg.round + 1, reason: 'redo-asked' }, cites: [request.createdBy] }, request.id);
  }
  return null;
};

/** Work ends before the itinerary does: every undecided leg answers; one whose register change is announced decides first. */
const end: LegRule = (dossier, leg) => {
  const reason = endingReason(dossier);
  if (reason === null || (leg.status !== 'addressed' && leg.status !== 'open') || skipped(dossier, leg)) return null;
  return duty('stop', leg, { item: leg.id, kind: 'leg-stopped', body: { round: leg.round, reason }, cites: causeOfEnding(dossier) });
};

function causeOfEnding(dossier: Dossier): EntryRef[] {
  const root = dossier.root!;
  const cause = root.stopped?.ref ?? (root.withdrawalOutcome === 'declined' ? undefined : root.withdrawal?.ref) ?? refusedBy(dossier)?.completion?.ref;
  return cause === undefined ? [] : [cause];
}

/** What intake wrote ends the dossier for good: nobody redoes what a decision rests on any more, so it stands no more, and its office has nothing to look at. What it changed in a register is put back. */
const takeBack: LegRule = (dossier, leg) => {
  const { stopped, withdrawalOutcome } = dossier.root!;
  if ((stopped === null && withdrawalOutcome !== 'withdrawn') || !stale(dossier, leg) || registerBehind(leg)) return null;
  return duty('take-back', leg, { item: leg.id, kind: 'completion-revoked', body: { round: leg.round }, cites: causeOfEnding(dossier) });
};

/** A consultation that has ended, by silence or with the leg that asked, wants no opinion any more. */
const endTask: LegRule = (dossier, leg) => {
  if (leg.plan.task !== true || (leg.status !== 'addressed' && leg.status !== 'open')) return null;
  const answer = requestOfTask(dossier, leg)?.ended ?? null;
  return answer === null ? null : duty('stop', leg, { item: leg.id, kind: 'leg-stopped', body: { round: leg.round, reason: 'answered' }, cites: [answer.ref] });
};

/** What stopped for a withdrawal that came too late, or for a refusal that went stale, goes on. */
const resume: LegRule = (dossier, leg) => {
  if (leg.status !== 'stopped' || leg.plan.task === true || endingReason(dossier) !== null) return null;
  if (leg.stopReason !== 'withdrawn' && leg.stopReason !== 'refused') return null;
  const { withdrawal } = dossier.root!;
  const cause = leg.stopReason === 'withdrawn' && withdrawal !== null ? [withdrawal.ref] : [];
  return duty('resume', leg, { item: leg.id, kind: 'leg-reopened', body: { round: leg.round + 1, reason: leg.stopReason === 'withdrawn' ? 'withdrawal-declined' : 'refusal-stale' }, cites: cause });
};

const settle: LegRule = (dossier, leg) => {
  const { closing } = dossier.root!;
  if (closing === null || leg.settledRound === leg.round || stale(dossier, leg) || !ended(leg, dossier) || registerBehind(leg)) return null;
  return duty('settle', leg, { item: leg.id, kind: 'leg-settled', body: { round: leg.round }, cites: [closing.ref] });
};

/** intent → reserve → decide: the effect reserves in the register and gives the decision. */
const decideRegister: LegRule = (_dossier, leg) => (leg.intent === null ? null : { key: `reserve:${leg.id}:${leg.intent.ref.author}/${leg.intent.ref.seq}`, kind: 'reserve', perform: 'reserve-register', input: { leg: leg.id } });

/** … → applied and released. */
const applyRegister: LegRule = (_dossier, leg) => {
  if (!unapplied(leg)) return null;
  const { ref } = leg.completion!;
  return { key: `apply:${leg.id}:${ref.author}/${ref.seq}`, kind: 'apply', perform: 'apply-register', input: { leg: leg.id } };
};

/** A result that the register shows is amended there: reserve → amend → applied. */
const amendRegister: LegRule = (_dossier, leg) => {
  if (leg.amending === null) return null;
  const { ref, amended } = leg.amending, step = amended === null ? 'reserve' : 'apply';
  return { key: `${step}-amendment:${leg.id}:${ref.author}/${ref.seq}`, kind: 'amend', perform: `${step}-amendment`, input: { leg: leg.id } };
};

/** A decision was taken back: reserve → decide → put back; what cannot be put back is a person's. */
const reverseRegister: LegRule = (_dossier, leg) => {
  const owed = reversalOwed(leg);
  if (owed === null) return null;
  const cause = leg.reversal?.ref ?? leg.applied!;
  return { key: `${owed}-reversal:${leg.id}:${leg.applied!.author}/${leg.applied!.seq}:${cause.author}/${cause.seq}`, kind: 'reverse', perform: `${owed}-reversal`, input: { leg: leg.id } };
};

/** Where the office has ended, whoever took over has the leg before anything else is done with it. */
const rehome: LegRule = (dossier, leg, context) => {
  const draft = rehomingOfLeg(dossier, leg, context);
  return draft === null ? null : { key: `rehome:${leg.id}:${draft.body.to}`, kind: 'rehome', drafts: [draft] };
};

/** New rules hold before anything else is done under the old ones. */
const adopt: LegRule = (dossier, leg, context) => {
  const draft = adoptedByLeg(dossier, leg, context);
  if (draft === null) return null;
  const { adopted: { author, seq }, terms } = draft.body, newlyRead = leg.status === 'open' ? terms.reads.filter((part) => !leg.plan.reads.includes(part)) : [];
  return withParts(duty('adopt-rules', leg, draft, `${leg.round}:${author}/${seq}`), newlyRead, leg, dossier, context);
};

/** What the calendar says now goes before what is asked of anybody. */
const recompute: LegRule = (dossier, leg, context) => {
  const draft = recomputedLeg(dossier, leg, context);
  return draft === null ? null : duty('recompute', leg, draft, `${leg.round}:${leg.takenOver!.recomputed}:${draft.body.told?.restsOn.join() ?? ''}`);
};

/** All that is owed once the dossier is closed: what becomes of a result afterwards reaches its register. */
const rulesAfterClosing: readonly LegRule[] = [amendRegister, reverseRegister];

const legRules: readonly LegRule[] = [decideRegister, applyRegister, amendRegister, reverseRegister, end, takeBack, endTask, rehome, adopt, resume, takeOver, recompute, redo, waitOn, consult, post, settle];
