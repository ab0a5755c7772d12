/** What the holder of a leg owes: taking over, asking and answering, silence, register changes, ending, settling. */
import type { Draft, EntryRef, Instant } from './types.ts';
import { asideName, mine, today } from './context.ts';
import type { Duty, LawContext } from './context.ts';
import { sameRef } from './dossier.ts';
import type { Dossier, Leg, Request } from './dossier.ts';
import { decidedAlready, endingReason, ready, skipped, stale } from './itinerary.ts';
import { isTimeRefusal, localDate } from './time/index.ts';

/** Silence is written this long after it falls due, so that an answer under way arrives first. */
export const silenceGraceMs = 10 * 60 * 1000;

export function legDuties(dossier: Dossier, context: LawContext): Duty[] {
  const found: Duty[] = [];
  for (const leg of dossier.legs.values()) {
    if (mine(dossier, context, leg)) for (const rule of legRules) rule(dossier, leg, context, found);
  }
  return found;
}

type LegRule = (dossier: Dossier, leg: Leg, context: LawContext, found: Duty[]) => void;

const duty = (kind: string, leg: Leg, drafts: readonly Draft[], cause: string = String(leg.round)): Duty => ({ key: `${kind}:${leg.id}:${cause}`, kind, drafts });

/** A takeover is written when the history and the listed particulars are durable here. */
const takeOver: LegRule = (dossier, leg, context, found) => {
  if (leg.status !== 'addressed' || leg.service !== context.service) return;
  if (endingReason(dossier) !== null || skipped(dossier, leg) || !ready(dossier, leg)) return;
  const at = today(dossier, context);
  const root = dossier.root!;
  const sessions = sessionsOf(context, leg);
  const start = context.work.startOfClock(at, { sessions, handOver: root.body.handOver });
  if (isTimeRefusal(start)) return;
  const due = context.work.dueAt(start.starts, leg.plan.limit, root.body.counting, sessions);
  if (isTimeRefusal(due)) return;
  const names = leg.plan.reads.flatMap((part) => { const one = root.particulars.get(part); return one === undefined ? [] : [asideName(one.commitment)]; });
  const drafts: Draft[] = [{ item: leg.id, kind: 'leg-taken-over', body: { office: leg.office, round: leg.round, startsAt: start.starts, dueAt: due.due }, cites: leg.round === 1 ? [leg.createdBy] : [] }];
  const base = duty('take-over', leg, drafts);
  found.push(names.length === 0 || context.isMine(root.holder) ? base : { ...base, needs: { from: root.holder, names, as: leg.id } });
};

function sessionsOf(context: LawContext, leg: Leg): string {
  return context.reference.office(leg.office)?.sessions ?? 'default';
}

const consult: LegRule = (dossier, leg, context, found) => {
  if (leg.status !== 'open' || leg.plan.consults === undefined) return;
  leg.plan.consults.forEach((plan, n) => {
    const ground = `${leg.plan.act} #${n}`;
    if ([...dossier.requests.values()].some((one) => one.asker === leg.id && one.plan.ground === ground)) return;
    const at = today(dossier, context);
    const area = dossier.root!.body.areas[plan.locality] ?? leg.area;
    const office = context.reference.areasNow(area, localDate(at)).map((one) => context.reference.competentOffice(plan.role, one.id, localDate(at))).find((one) => one !== undefined);
    if (office === undefined) return;
    const due = context.work.dueAt(at, plan.limit, 'elapsed', office.sessions);
    if (isTimeRefusal(due)) return;
    found.push(duty('consult', leg, [consultation(leg, { office: office.id, service: office.service, title: plan.title, role: plan.role, limit: plan.limit, silence: plan.silence, ground, dueAt: due.due, question: plan.title.vi }, context)], ground));
  });
};

export type ConsultationPlan = { office: string; service: string; title: { vi: string; en: string }; role: string; limit: string; silence: 'consent' | 'none'; ground: string; dueAt: Instant; question: string };

/** Asks another office for its opinion. The asker keeps the request, for it will witness silence; the consulted holds its task. */
export function consultation(leg: Leg, plan: ConsultationPlan, context: LawContext): Draft {
  return {
    item: leg.id, kind: 'consultation-asked',
    body: {
      office: plan.office, question: plan.question,
      items: [
        { type: 'request', request: 'consultation', blocks: leg.id, ground: plan.ground, suspends: false, fallsDueAt: plan.dueAt, silence: plan.silence },
        { type: 'leg', name: `${leg.plan.name}.opinion`, title: plan.title, role: plan.role, service: plan.service, office: plan.office, area: leg.area, after: [], limit: plan.limit, decides: false, results: [], reads: leg.plan.reads, plannedDue: plan.dueAt, act: plan.ground, task: true },
      ],
    },
    creates: [context.author, context.authorOf(plan.service)],
  };
}

const post: LegRule = (dossier, leg, context, found) => {
  if (leg.status !== 'open' || leg.plan.posting === undefined || postingOf(dossier, leg) !== undefined) return;
  const draft = posting(dossier, leg, context, leg.plan.posting, leg.plan.act, '');
  if (draft !== null) found.push(duty('post', leg, [draft]));
};

export function postingOf(dossier: Dossier, leg: Leg): Request | undefined {
  return [...dossier.requests.values()].find((one) => one.asker === leg.id && one.plan.request === 'posting');
}

export function posting(dossier: Dossier, leg: Leg, context: LawContext, span: string, ground: string, place: string): Draft | null {
  const due = context.work.dueAt(today(dossier, context), span, 'elapsed', sessionsOf(context, leg));
  if (isTimeRefusal(due)) return null;
  return {
    item: leg.id, kind: 'posting-started', creates: [context.author],
    body: { place, items: [{ type: 'request', request: 'posting', blocks: leg.id, ground, suspends: true, fallsDueAt: due.due, silence: 'ended' }] },
  };
}

/** The leg that erred reopens at once; its officer finds it on the desk with the reason. */
const answerRedo: LegRule = (dossier, leg, context, found) => {
  if (dossier.root!.closing !== null && leg.settledRound === leg.round && !stale(dossier, leg)) return;
  for (const request of dossier.requests.values()) {
    if (request.ended !== null || request.plan.request !== 'redo' || request.plan.of !== leg.id || !mine(dossier, context, request)) continue;
    const reopened = leg.reopenedFor.some((ref) => sameRef(ref, request.createdBy));
    if (!reopened && (leg.status === 'complete' || leg.status === 'revoked')) {
      found.push(duty('reopen', leg, [{ item: leg.id, kind: 'leg-reopened', body: { round: leg.round + 1, reason: request.plan.ground }, cites: [request.createdBy] }], request.id));
    } else if (reopened && leg.status === 'complete' && leg.completion!.round === leg.round) {
      found.push({ key: `answer:${request.id}`, kind: 'answer', drafts: [{ item: request.id, kind: 'request-answered', body: { outcome: 'done' }, ends: true, cites: [leg.completion!.ref] }] });
    }
  }
};

/** Work ends before the itinerary does: every undecided leg answers; one whose register change is announced decides first. */
const end: LegRule = (dossier, leg, _context, found) => {
  const reason = endingReason(dossier);
  if (reason === null || (leg.status !== 'addressed' && leg.status !== 'open') || skipped(dossier, leg)) return;
  found.push(duty('stop', leg, [{ item: leg.id, kind: 'leg-stopped', body: { round: leg.round, reason }, cites: causeOfEnding(dossier) }]));
};

function causeOfEnding(dossier: Dossier): EntryRef[] {
  const root = dossier.root!;
  const cause = root.stopped?.ref ?? root.withdrawal?.ref;
  return cause === undefined ? [] : [cause];
}

/** A withdrawal that came too late is declined: what stopped for it goes on. */
const resume: LegRule = (dossier, leg, _context, found) => {
  if (leg.status !== 'stopped' || leg.stopReason !== 'withdrawn' || endingReason(dossier) !== null || !decidedAlready(dossier) || leg.plan.task === true) return;
  found.push(duty('resume', leg, [{ item: leg.id, kind: 'leg-reopened', body: { round: leg.round + 1, reason: 'withdrawal-declined' }, cites: [dossier.root!.withdrawal!.ref] }]));
};

const settle: LegRule = (dossier, leg, _context, found) => {
  const closing = dossier.root!.closing;
  if (closing === null || leg.settledRound === leg.round || stale(dossier, leg) || leg.status === 'open' || leg.status === 'deciding') return;
  if (leg.status === 'addressed' && !skipped(dossier, leg)) return;
  found.push(duty('settle', leg, [{ item: leg.id, kind: 'leg-settled', body: { round: leg.round }, cites: [closing.ref] }]));
};

/** intent → reserve → decide: the effect reserves in the register and gives the decision. */
const decideRegister: LegRule = (_dossier, leg, _context, found) => {
  if (leg.intent !== null) found.push({ key: `reserve:${leg.id}:${leg.intent.ref.author}/${leg.intent.ref.seq}`, kind: 'reserve', perform: 'reserve-register', input: { leg: leg.id } });
};

/** … → applied and released. */
const applyRegister: LegRule = (_dossier, leg, _context, found) => {
  const completion = leg.completion;
  if (leg.plan.register === undefined || completion === null || completion.verdict !== 'done' || leg.status !== 'complete') return;
  if (leg.applied !== null && sameRef(leg.applied, completion.ref)) return;
  found.push({ key: `apply:${leg.id}:${completion.ref.author}/${completion.ref.seq}`, kind: 'apply', perform: 'apply-register', input: { leg: leg.id } });
};

const legRules: readonly LegRule[] = [end, resume, takeOver, consult, post, answerRedo, settle, decideRegister, applyRegister];
