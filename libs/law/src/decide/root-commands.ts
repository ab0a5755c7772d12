/** What a counter or the citizen may ask of intake, which holds the dossier for life. */
import type { By, Commitment, DocumentRecord, EntryRef, Instant, ItemId, OfficeId } from '../types.ts';
import { mine, officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import { sameRef } from '../dossier.ts';
import type { Consignment, Dossier, Root } from '../dossier.ts';
import { endedOffice } from '../ended-office.ts';
import { decidedAlready, decidedWholly, endingReason, plannedLegs, resultsToReturn, returnBlockedBy } from '../itinerary.ts';
import { dossierDue, dossierDueUnder, sessionsOf } from '../limits.ts';
import { deliveryAddress } from '../originals.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { supplementRequest } from '../requests.ts';
import type { SilentRegister } from '../once-only.ts';
import { localDate, printInstant } from '../time/index.ts';
import { isBlank } from '../unseen.ts';
import { lateRecord } from './late-record.ts';
import type { LatePaper } from './late-record.ts';
import { entries, no } from './outcome.ts';
import { adoptRules } from './adopt-rules.ts';
import { confirmConsignment, isOfPapers, orderPickUp, sendOriginals, sendResult } from './post-commands.ts';
import type { Outcome } from './outcome.ts';
import { setDateRefusal } from './set-date.ts';

export type RootCommand = { readonly by: By; readonly request: string } & (
  | { readonly kind: 'withdraw'; readonly reason: string }
  | { readonly kind: 'deliver-supplement'; readonly documents: readonly DocumentRecord[]; /** Taken on paper in an announced outage. */ readonly late?: LatePaper }
  | { readonly kind: 'correct'; readonly particulars: readonly Commitment[]; readonly reason: string }
  | { readonly kind: 'apologise'; readonly newDueAt: Instant; readonly reason: string }
  /** `results` empty: all that waits. */
  | { readonly kind: 'return-result'; readonly results: readonly EntryRef[]; readonly receiver: 'applicant' | 'proxy' }
  | { readonly kind: 'send-originals'; readonly to: OfficeId | 'home'; readonly documents: readonly string[] }
  /** `where`: commitment to the address; absent: the one that the dossier has. */
  | { readonly kind: 'order-pick-up'; readonly to: OfficeId; readonly documents: readonly string[]; readonly collect: boolean; readonly where?: Commitment }
  | { readonly kind: 'send-result'; readonly to: OfficeId | 'home' }
  | { readonly kind: 'confirm-consignment'; readonly consignment: ItemId; readonly received: readonly string[] }
  /** `documents`: what the new rules require beside what was given; `silent`: registers that did not answer when they were asked for some of them. */
  | { readonly kind: 'adopt-rules'; readonly documents: readonly DocumentRecord[]; readonly silent?: readonly SilentRegister[] }
  | { readonly kind: 'move-clock'; readonly to: Instant });

type Case<K extends RootCommand['kind']> = Extract<RootCommand, { readonly kind: K }>;
type Rule<K extends RootCommand['kind']> = (command: Case<K>, dossier: Dossier, root: Root, context: LawContext) => Outcome;

export function decideRootCommand(command: RootCommand, dossier: Dossier, context: LawContext): Outcome {
  const root = dossier.root;
  if (root === null) return no(refuse('UNKNOWN_DOSSIER', { code: dossier.id }));
  const refusal = mayCommand(command, dossier, root, context);
  return refusal !== null ? no(refusal) : (rules[command.kind] as Rule<RootCommand['kind']>)(command as never, dossier, root, context);
}

/** What the counter says for the office of the dossier, not for the citizen. */
const ofTheCounter: ReadonlySet<RootCommand['kind']> = new Set<RootCommand['kind']>(['apologise', 'move-clock']);

/** Any counter of the day, and any post office in its place, may speak for the citizen; an office to which papers came may have no leg any more. A closed dossier takes nothing. */
function mayCommand(command: RootCommand, dossier: Dossier, root: Root, context: LawContext): Refusal | null {
  if (!mine(dossier, context, root)) return refuse('NOT_HOLDER', { office: officeName(context, command.by.office), leg: root.body.code, holder: officeName(context, root.counter) });
  if (root.closed !== null) return refuse('CLOSED', { code: root.body.code });
  const office = context.reference.office(command.by.office);
  if (office === undefined) return refuse('UNKNOWN_OFFICE', { office: command.by.office }, 'office');
  if (isOfPapers(command)) return null;
  if (!office.roles.includes('counter') && (!office.roles.includes('post-office') || ofTheCounter.has(command.kind))) return refuse('NOT_A_COUNTER', { office: office.name.vi }, 'office');
  const on = localDate(today(dossier, context));
  // The clock of a rehearsal is nobody's office.
  return command.kind === 'move-clock' ? null : endedOffice(office, on, 'office', context);
}

const cause = (command: RootCommand): { by: By; request: string } => ({ by: command.by, request: command.request });

const withdraw: Rule<'withdraw'> = (command, dossier, root) => {
  if (root.withdrawal !== null && root.withdrawalOutcome === null) return no(refuse('WITHDRAWAL_PENDING', { code: root.body.code }));
  if (root.withdrawalOutcome === 'withdrawn' || root.closing !== null || endingReason(dossier) !== null || decidedAlready(dossier)) return no(refuse('WITHDRAWAL_TOO_LATE', { code: root.body.code }));
  return entries({ item: root.id, kind: 'withdrawal-requested', body: { reason: command.reason, ...cause(command) } });
};

const deliverSupplement: Rule<'deliver-supplement'> = (command, dossier, root, context) => {
  const request = supplementRequest(dossier);
  if (request === undefined || request.ended !== null) return no(refuse('SUPPLEMENT_NOT_OPEN', { code: root.body.code }));
  const given = new Set(command.documents.map((one) => one.document));
  const missing = (request.plan.documents ?? []).filter((one) => !given.has(one));
  if (missing.length > 0) return no(refuse('SUPPLEMENT_INCOMPLETE', { documents: missing.join(', ') }, 'documents'));
  const late = command.late === undefined ? null : lateRecord(command.late, command.by.office, context);
  if (late !== null && 'refusal' in late) return no(late.refusal);
  if (late !== null && command.late!.receivedAt < request.openedAt) return no(refuse('FIELD_INVALID', { field: 'late_record.received_time', problem: printInstant(request.openedAt) }, 'late_record.received_time'));
  return entries({
    item: request.id, kind: 'request-answered', ends: true, cites: [request.createdBy], ...(late === null ? {} : { effectiveAt: command.late!.receivedAt }),
    body: { outcome: 'delivered', documents: command.documents, ...(late === null ? {} : { lateRecord: late.record }), ...cause(command) },
  });
};

/** How somebody is reached: the receipt of every procedure has a place for it. */
const contactPart = 'contact';
/** Who handed in is no particular alone: the receipt says whether anybody did for the applicant. */
const submitterPart = 'submitter';

/** Whether a part that was forgotten at the receipt may be added: the form has a place for it where the receipt does, or an office on the way reads it. */
function hasPlaceFor(part: string, dossier: Dossier): boolean {
  return part === contactPart || (part !== submitterPart && plannedLegs(dossier).some((leg) => leg.plan.reads.includes(part)));
}

/** What was not handed in, and has no place, cannot have been typed wrongly. `field`: as requests name the part. */
const notGiven = (field: string): Refusal => refuse('FIELD_INVALID', { field, problem: 'hồ sơ không có / the dossier has none' }, field);

/** What the post has for a door it has with the address that was written when it accepted it. */
const carriedToDoor = (dossier: Dossier): Consignment | undefined => [...dossier.consignments.values()].find(({ ended, number, plan: { from, to } }) => ended === null && number !== '' && (from === 'home' || to === 'home'));

const correct: Rule<'correct'> = (command, dossier, root) => {
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  const stranger = command.particulars.find((one) => !root.particulars.has(one.part) && !hasPlaceFor(one.part, dossier));
  if (stranger !== undefined) return no(notGiven(stranger.part.replaceAll('-', '_')));
  const carried = command.particulars.some(({ part }) => part === deliveryAddress) ? carriedToDoor(dossier) : undefined;
  if (carried !== undefined) return no(refuse('FIELD_INVALID', { field: 'delivery', problem: `bưu gửi / consignment ${carried.number}` }, 'delivery'));
  return entries({ item: root.id, kind: 'particulars-corrected', body: { particulars: command.particulars, reason: command.reason, ...cause(command) } });
};

/** NĐ 61/2018 art. 19.9: in writing, at the latest one day before the due time (on a day before the due day), once, with a date later than the promised one. */
const apologise: Rule<'apologise'> = (command, dossier, root, context) => {
  if (root.apology !== null) return no(refuse('APOLOGY_ONCE', {}));
  if (root.closing !== null || endingReason(dossier) !== null || decidedWholly(dossier)) return no(refuse('NOTHING_TO_PUT_OFF', { code: root.body.code }));
  if (isBlank(command.reason)) return no(refuse('REASON_MISSING', {}, 'reason'));
  // While the clock stands it would fall due as if it ran on from now.
  const due = dossierDue(dossier, context).due ?? dossierDueUnder(dossier, today(dossier, context), context) ?? root.limit.dueAt;
  if (command.newDueAt <= due) return no(refuse('DUE_ALREADY', { due: printInstant(due) }, 'new_due_time'));
  if (localDate(today(dossier, context)) >= localDate(due)) return no(refuse('APOLOGY_TOO_LATE', { due: printInstant(due) }));
  const refusal = setDateRefusal(command.newDueAt, sessionsOf(root.returnOffice, context), 'new_due_time', context);
  if (refusal !== null) return no(refusal);
  return entries({ item: root.id, kind: 'apology-given', body: { newDueAt: command.newDueAt, reason: command.reason, ...cause(command) } });
};

const returnResult: Rule<'return-result'> = (command, dossier, root) => {
  const waiting = resultsToReturn(dossier);
  const results = command.results.length === 0 ? waiting : command.results;
  if (results.length === 0 || !results.every((ref) => waiting.some((one) => sameRef(one, ref)))) return no(refuse('NOTHING_TO_RETURN', { code: root.body.code }));
  const unpaid = returnBlockedBy(dossier);
  if (unpaid.length > 0) return no(refuse('RESULT_UNPAID', { code: root.body.code, charges: unpaid.map((one) => one.vi).join(', ') }));
  return entries({ item: root.id, kind: 'result-returned', cites: results, body: { results, way: 'counter', receiver: command.receiver, ...cause(command) } });
};

const moveClock: Rule<'move-clock'> = (command, dossier, root, context) => {
  if (root.clock === null) return no(refuse('NOT_A_REHEARSAL', { code: root.body.code }));
  if (command.to <= today(dossier, context)) return no(refuse('CLOCK_BACKWARDS', { clock: printInstant(root.clock) }, 'new_time'));
  return entries({ item: root.id, kind: 'clock-moved', body: { to: command.to, ...cause(command) }, effectiveAt: command.to });
};

const rules: { readonly [K in RootCommand['kind']]: Rule<K> } = {
  'withdraw': withdraw, 'deliver-supplement': deliverSupplement, 'correct': correct, 'apologise': apologise, 'return-result': returnResult, 'move-clock': moveClock, 'adopt-rules': adoptRules,
  'send-originals': (command, dossier, root, context) => sendOriginals({ item: root.id, ...cause(command) }, command.to, command.documents, dossier, context),
  'order-pick-up': (command, dossier, root, context) => orderPickUp({ item: root.id, ...cause(command) }, command, dossier, context),
  'send-result': (command, dossier, root, context) => sendResult({ item: root.id, ...cause(command) }, command.to, dossier, root, context),
  'confirm-consignment': (command, dossier, root, context) => confirmConsignment({ item: root.id, ...cause(command) }, command, dossier, context),
};

