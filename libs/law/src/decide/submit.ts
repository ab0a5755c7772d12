/** Receiving a dossier: complete? competent offices? fees? itinerary? due dates? The answer is one origin entry, or a refusal. */
import { itemId } from '@lienthong/folder';
import type {
  BookLineNumber, AreaId, By, Channel, ChargePlan, Commitment, DocumentRecord, Draft, EarlierPending, EarlierRunning, EarlierSystem, Fee, Instant, LateRecord, LegPlan, LegTemplate, Locality, LocalDate, NewItem, Office, OfficeId, Outage, Procedure, RequiredDocument,
} from '../types.ts';
import type { LawContext } from '../context.ts';
import { timeRefusal } from '../limits.ts';
import { expectedLimit } from '../expected-limit.ts';
import type { ExpectedLimit } from '../expected-limit.ts';
import { doneRefusal, earlierRefusal, papersRefusal, pendingRefusal, plannedUntil, waitsUntil } from './earlier-system.ts';
import type { EarlierLife } from './earlier-system.ts';
import { lateRecord } from './late-record.ts';
import type { LatePaper } from './late-record.ts';
import { missingRefusal } from '../once-only.ts';
import type { SilentRegister } from '../once-only.ts';
import { endedOffice } from '../ended-office.ts';
import { isInForce } from '../jurisdiction.ts';
import { entries } from './outcome.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { rulesOfProcedure, termsOfTemplate } from '../pinned-rules.ts';
import { applies, caseRefusal, feesOwed, inOrder, missingDocuments, strangerRefusal, totalLimit, waitsFor } from '../route.ts';
import { isTimeRefusal, localDate } from '../time/index.ts';

export type Submission = {
  readonly by: By; readonly request: string; readonly procedure: string; readonly case: string; readonly channel: Channel;
  readonly areas: Partial<Record<Locality, AreaId>>;
  readonly applicantKind: 'citizen' | 'organisation' | 'foreigner' | 'newborn'; readonly submittedBy: 'self' | 'proxy' | 'legal-representative' | 'post';
  readonly documents: readonly DocumentRecord[]; readonly particulars: readonly Commitment[];
  readonly return: { readonly way: 'counter' | 'post' | 'online'; readonly office: OfficeId; /** What is owed for the result is collected at the door. */ readonly cod?: boolean };
  /** The rehearsal's clock at receipt; null for a real dossier. */
  readonly rehearsal: Instant | null;
  readonly duplicateKey?: string; readonly possibleDuplicateOf?: string;
  /** Documents that nobody brought and whose register did not answer; absent: none. */
  readonly silent?: readonly SilentRegister[];
  /** Taken on paper in an announced outage; absent: received now. */
  readonly late?: LatePaper;
  /** Received by another system and brought here; absent: received here. Neither for rehearsals nor with `late`. */
  readonly earlier?: EarlierLife;
};

/** What a submission comes to, before it has a code: used by the dry run as well. */
export type Assessment = {
  readonly procedure: Procedure; readonly receivedAt: Instant; readonly counter: Office; readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean;
  /** The competent office is another than the counter's own: its receipt starts the clock. */
  readonly boundaryFree: boolean;
  readonly lateRecord: LateRecord | null; readonly earlier: EarlierSystem | null;
  readonly legs: readonly LegPlan[]; readonly fees: readonly Fee[]; /** Owed once there is a result. */ readonly resultFees: readonly Fee[]; readonly missing: readonly RequiredDocument[];
};

/** Office for which a code is issued: the one competent to receive. */
export function agencyOf(assessment: Assessment): string {
  return assessment.counter.agencyCode;
}

export function assess(submission: Submission, context: LawContext): Assessment | { readonly refusal: Refusal } {
  const receivedAt = submission.rehearsal ?? submission.late?.receivedAt ?? submission.earlier?.receivedAt ?? context.now;
  if (submission.late !== undefined && submission.rehearsal !== null) return { refusal: refuse('FIELD_INVALID', { field: 'late_record', problem: 'rehearsal' }, 'late_record') };
  const late = submission.late === undefined ? null : lateRecord(submission.late, submission.by.office, context);
  if (late !== null && 'refusal' in late) return late;
  const wrong = submission.earlier === undefined ? null : exclusive(submission) ?? earlierRefusal(submission.earlier, context.now);
  if (wrong !== null) return { refusal: wrong };
  const received = localDate(receivedAt), procedure = context.reference.procedure(submission.procedure, received);
  if (procedure === undefined) return { refusal: refuse('UNKNOWN_PROCEDURE', { procedure: submission.procedure, date: received }, 'procedure') };
  // What another system received goes on under the rules of its day, at the offices of today.
  const on = submission.earlier === undefined ? received : localDate(context.now);
  const taking = context.reference.office(submission.by.office), counter = receivingCounter(taking, submission, on, context);
  const refusal = counterRefusal(taking, submission, procedure, on, context) ?? caseRefusal(submission.case, procedure) ?? areaRefusal(submission, procedure, on, context) ?? strangerRefusal(submission.documents, procedure) ?? returnRefusal(submission, on, context);
  if (refusal !== null) return { refusal };
  const placed = counter === taking || submission.areas.counter !== undefined ? submission : { ...submission, areas: { ...submission.areas, counter: counter!.serves[0]! } };
  return plan(placed, procedure, counter!, { receivedAt, on, late }, context);
}

/** What a post office takes in, it takes in for the counter of the area that the dossier is about, else for that of its own: that counter answers for it, and its code and book are used. */
function receivingCounter(taking: Office | undefined, { areas }: Submission, on: LocalDate, context: LawContext): Office | undefined {
  if (taking === undefined || !takesInForOthers(taking)) return taking;
  for (const area of [areas.residence, areas.subject, ...taking.serves]) {
    const found = area === undefined ? undefined : context.reference.competentOffice('counter', area, on);
    if (found !== undefined) return found;
  }
  return taking;
}

const takesInForOthers = ({ roles }: Office): boolean => roles.includes('post-office') && !roles.includes('counter');

const exclusive = ({ late, rehearsal }: Submission): Refusal | null => (late === undefined && rehearsal === null ? null : refuse('FIELD_INVALID', { field: 'earlier', problem: late === undefined ? 'rehearsal' : 'late_record' }, 'earlier'));

function counterRefusal(counter: Office | undefined, submission: Submission, procedure: Procedure, on: LocalDate, context: LawContext): Refusal | null {
  if (counter === undefined) return refuse('UNKNOWN_OFFICE', { office: submission.by.office }, 'office');
  const ended = endedOffice(counter, on, 'office', context);
  if (ended !== null) return ended;
  if (!counter.roles.includes('counter') && !takesInForOthers(counter)) return refuse('NOT_A_COUNTER', { office: counter.name.vi }, 'office');
  if (!procedure.channels.includes(submission.channel)) return refuse('CHANNEL_NOT_OFFERED', { procedure: procedure.code, channel: submission.channel, channels: procedure.channels.join(', ') }, 'channel');
  return null;
}

/** An area may be used while it exists; naming one that has ended or is not yet formed is refused with the date. */
function areaRefusal(submission: Submission, procedure: Procedure, on: LocalDate, context: LawContext): Refusal | null {
  const needed = new Set<Locality>(procedure.legs.filter((leg) => applies(leg, submission.case)).map((leg) => leg.locality));
  for (const locality of needed) {
    if (locality !== 'counter' && submission.areas[locality] === undefined) return refuse('AREA_MISSING', { locality }, `areas.${locality}`);
  }
  for (const [locality, id] of Object.entries(submission.areas)) {
    const area = context.reference.area(id);
    const future = locality === 'target' && area !== undefined && area.validFrom > on;
    if (area === undefined || (!isInForce(area, on) && !future)) return refuse('UNKNOWN_AREA', { area: id, date: on }, `areas.${locality}`);
  }
  return null;
}

function returnRefusal(submission: Submission, on: LocalDate, context: LawContext): Refusal | null {
  const office = context.reference.office(submission.return.office);
  if (office === undefined) return refuse('UNKNOWN_OFFICE', { office: submission.return.office }, 'return.office');
  return (office.roles.includes('counter') || takesInForOthers(office)) && isInForce(office, on) ? null : refuse('NOT_A_COUNTER', { office: office.name.vi }, 'return.office');
}

type Receipt = { readonly receivedAt: Instant; readonly on: LocalDate; readonly late: { readonly outage: Outage; readonly record: LateRecord } | null };

function plan(submission: Submission, procedure: Procedure, counter: Office, { receivedAt, on, late }: Receipt, context: LawContext): Assessment | { readonly refusal: Refusal } {
  // The clock of what was brought here runs already; no receipt of the competent office is waited for.
  const earlier = submission.earlier ?? null, competent = earlier === null ? competentElsewhere(submission, procedure, counter, on, context) : null;
  const limit = expectedLimit({ receivedAt, handOver: procedure.handOver, limit: totalLimit(procedure, submission), counting: procedure.counting, counter: counter.sessions, competent: competent?.sessions ?? null, waits: earlier === null ? [] : waitsUntil(earlier, context.now) }, context.work);
  if (isTimeRefusal(limit)) return { refusal: timeRefusal(limit) };
  const { startsAt, dueAt, provisional } = promised(limit, submission, procedure, competent?.sessions ?? counter.sessions, late?.outage ?? null, context);
  const life = earlier === null ? null : livedThere(earlier, submission.case, procedure, startsAt, counter, context);
  if (life !== null && 'refusal' in life) return life;
  const legs = planLegs(submission, procedure, Math.max(startsAt, late?.outage.to ?? startsAt, earlier === null ? startsAt : context.now), on, context);
  if ('refusal' in legs) return legs;
  return {
    procedure, receivedAt, counter, startsAt, dueAt, provisional, boundaryFree: competent !== null, lateRecord: late?.record ?? null, earlier: life, legs: legs.plans,
    // What was owed at filing was settled where it was filed.
    fees: earlier === null ? feesOwed(procedure, submission, 'filing') : [], resultFees: feesOwed(procedure, submission, 'result'), missing: missingDocuments(submission, procedure),
  };
}

function livedThere({ receivedAt: _, running, ...earlier }: EarlierLife, chosen: string, procedure: Procedure, startsAt: Instant, counter: Office, context: LawContext): EarlierSystem | { readonly refusal: Refusal } {
  const legs = inOrder(procedure).filter((leg) => applies(leg, chosen)), refusal = doneRefusal(earlier.done, legs) ?? papersRefusal({ ...(running === undefined ? {} : { running }) }, procedure) ?? pendingRefusal({ ...(running === undefined ? {} : { running }) }, legs.filter((one) => !earlier.done.includes(one.name)), procedure, context);
  if (refusal !== null) return { refusal };
  const waits = waitsUntil({ waits: earlier.waits, ...(running === undefined ? {} : { running }) }, context.now), until = plannedUntil({ legs, done: earlier.done, waits, startsAt, counting: procedure.counting, sessions: counter.sessions }, context);
  return typeof until !== 'number' ? until : { ...earlier, waits, ...(running === undefined ? {} : stillOpen(running)), plannedUntil: until };
}

function stillOpen({ from: _, ...awaited }: NonNullable<EarlierLife['running']>): Pick<EarlierSystem, 'running' | 'pending'> {
  const isPending = (one: EarlierRunning | EarlierPending): one is EarlierPending => one.cause === 'posting' || one.cause === 'consultation' || one.cause === 'payment';
  return isPending(awaited) ? { pending: awaited } : { running: awaited };
}

/** What the receipt promises: the outage in which the paper was taken does not count (NĐ 301/2026 art. 3.4); while it lasts, the date may still move. */
function promised(limit: ExpectedLimit, submission: Submission, procedure: Procedure, sessions: string, outage: Outage | null, context: LawContext): ExpectedLimit {
  if (outage === null) return limit;
  const due = context.work.dueWithSuspensions(limit.startsAt, totalLimit(procedure, submission), procedure.counting, [outage], sessions);
  return isTimeRefusal(due) ? { ...limit, provisional: true } : { ...limit, dueAt: due.due, provisional: limit.provisional || due.provisional };
}

/** For boundary-free intake: the office that begins the work, where it is another than the one that would for the counter's own area. Null: the counter's receipt starts the clock. */
function competentElsewhere(submission: Submission, procedure: Procedure, counter: Office, on: LocalDate, context: LawContext): Office | null {
  const first = procedure.boundaryFree ? inOrder(procedure).find((leg) => applies(leg, submission.case)) : undefined;
  const home = counter.serves[0];
  if (first === undefined || home === undefined || first.locality === 'counter') return null;
  const office = context.reference.competentOffice(first.role, submission.areas[first.locality]!, on);
  return office === undefined || office.id === context.reference.competentOffice(first.role, home, on)?.id ? null : office;
}

// ---------------------------------------------------------------- itinerary

function planLegs(submission: Submission, procedure: Procedure, startsAt: Instant, on: LocalDate, context: LawContext): { plans: LegPlan[] } | { readonly refusal: Refusal } {
  const templates = inOrder(procedure).filter((leg) => applies(leg, submission.case) && submission.earlier?.done.includes(leg.name) !== true);
  const position = new Map(templates.map((leg, n) => [leg.name, n]));
  const plans: LegPlan[] = [];
  for (const template of templates) {
    const after = waitsFor(template, procedure, position);
    const begins = after.reduce((latest, n) => Math.max(latest, plans[n]?.plannedDue ?? startsAt), startsAt);
    const leg = planLeg(template, submission, after.map((n) => n + itemsBeforeLegs), begins, procedure, on, context);
    if ('refusal' in leg) return leg;
    plans.push(leg);
  }
  return { plans };
}

/** In the origin entry the dossier's own item comes first; a leg's `after` names positions among all items of the entry. */
const itemsBeforeLegs = 1;

function planLeg(template: LegTemplate, submission: Submission, after: readonly number[], begins: Instant, procedure: Procedure, on: LocalDate, context: LawContext): LegPlan | { readonly refusal: Refusal } {
  const area = template.locality === 'counter' ? submission.areas.counter ?? context.reference.office(submission.by.office)?.serves[0] ?? '' : submission.areas[template.locality]!;
  const office = context.reference.competentOffice(template.role, area, on);
  if (office === undefined) return { refusal: refuse('NO_COMPETENT_OFFICE', { role: template.role, area: context.reference.area(area)?.name.vi ?? area, date: on }, `areas.${template.locality}`) };
  const due = context.work.dueAt(begins, template.limit, procedure.counting, office.sessions);
  if (isTimeRefusal(due)) return { refusal: timeRefusal(due) };
  return { type: 'leg', name: template.name, role: template.role, service: office.service, office: office.id, area, after, ...termsOfTemplate(template, due.due) };
}

// ---------------------------------------------------------------- the origin entry

/** A result that goes home by post starts where it lies, at the counter; collected it may be at a post office, too. */
function returned({ return: chosen, by }: Submission, { counter }: Assessment): Submission['return'] {
  return chosen.way !== 'counter' && chosen.office === by.office ? { ...chosen, office: counter.id } : chosen;
}

/** The entry that begins a dossier. Its first item is the dossier itself, then the legs, then the charges at filing. `book`: its line, where a number was taken for it. */
export function received(submission: Submission, assessment: Assessment, code: string, context: LawContext, book?: BookLineNumber): { readonly drafts: readonly Draft[] } | { readonly refusal: Refusal } {
  const refusal = missingRefusal(assessment.missing, submission.silent ?? []);
  if (refusal !== null) return { refusal };
  const { procedure, legs } = assessment;
  const charges = assessment.fees.map((fee): ChargePlan => ({
    type: 'charge', code: fee.code, name: fee.name, kind: fee.kind, amount: fee.amount[submission.channel], refundable: fee.refundable,
    blocks: legs.length === 0 ? '' : itemId(context.author, 1, 1), ground: fee.source.act,
  }));
  const items: NewItem[] = [{ type: 'dossier' }, ...legs, ...charges];
  const creates = [context.author, ...legs.map((leg) => context.authorOf(leg.service)), ...charges.map(() => context.authorOf(context.hosts.money))];
  const draft: Draft = {
    item: '', kind: 'dossier-received', creates, effectiveAt: assessment.receivedAt,
    body: {
      ...rulesOfProcedure(procedure, submission, context.reference.digest), code, procedure: procedure.code, case: submission.case, channel: submission.channel,
      counter: assessment.counter.id, areas: { ...submission.areas, counter: submission.areas.counter ?? assessment.counter.serves[0] ?? '' }, applicantKind: submission.applicantKind, submittedBy: submission.submittedBy,
      documents: submission.documents, particulars: submission.particulars,
      startsAt: assessment.startsAt, dueAt: assessment.dueAt, provisional: assessment.provisional, return: returned(submission, assessment),
      rehearsal: submission.rehearsal !== null, by: submission.by, request: submission.request, items,
      ...(assessment.lateRecord === null ? {} : { lateRecord: assessment.lateRecord }),
      ...(assessment.earlier === null ? {} : { earlier: assessment.earlier }),
      ...(assessment.boundaryFree ? { clock: 'competent-office' } : {}),
      ...(book === undefined ? {} : { book }),
      ...(submission.duplicateKey === undefined ? {} : { duplicateKey: submission.duplicateKey }),
      ...(submission.possibleDuplicateOf === undefined ? {} : { possibleDuplicateOf: submission.possibleDuplicateOf }),
    },
  };
  return entries(draft);
}
