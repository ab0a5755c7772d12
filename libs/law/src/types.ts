/** Values that the whole law speaks in. Instants are milliseconds since the epoch; everything is judged in +07:00. */
import type { AuthorId, EntryRef, FolderId, Hash, ItemId } from '@lienthong/folder';
import type { EarlierSystem } from './earlier-life.ts';
import type { AreaId, Channel, LegTemplate, Locality, OfficeId, RegisterAction, Role, ServiceName } from './reference-types.ts';

export type Instant = number;
/** `YYYY-MM-DD` in +07:00. */
export type LocalDate = string;
/** `3wd` working days, `20wh` working hours, `15d` calendar days, `10min` minutes of the wall clock. */
export type Span = string;
/** Whole đồng; 0 ≤ amount ≤ 10^13. */
export type Dong = number;

export type Text = { readonly vi: string; readonly en: string };
/** Where a datum comes from and how far it is known. `to-confirm` data is shown with that mark. */
export type Source = { readonly act: string; readonly status: 'read' | 'to-confirm' | 'decided'; readonly note?: string };
export type Validity = { readonly validFrom: LocalDate; /** Last day in force; null: open. */ readonly validTo: LocalDate | null };

export type * from './reference-types.ts';
export type * from './area.ts';
export type * from './working-calendar.ts';

// ---------------------------------------------------------------- what entries say

/** `officer`: a code; entries written before it was one may hold a name. */
export type By = { readonly office: OfficeId; readonly officer: string };

/** A part of the particulars, committed to: `commitment` = hash(salt ‖ part ‖ value); value and salt stand beside the entries. */
export type Commitment = { readonly part: string; readonly commitment: Hash };

/** A register that holds such facts did not answer when it was asked: the ground on which the paper is asked of the citizen all the same. */
export type RegisterFailure = { readonly service: ServiceName; readonly at: Instant; readonly ground: string };

export type DocumentRecord = {
  /** Code of the required document it satisfies. */
  readonly document: string;
  readonly origin:
    | { readonly type: 'upload'; readonly digest: Hash; readonly size: number; readonly mediaType: string }
    | { readonly type: 'evidence'; readonly service: ServiceName; readonly office: OfficeId; readonly fact: string; readonly evidenceId: string; readonly readAt: Instant }
    | { readonly type: 'presented' };
  /** Who looked at the paper, or had the register read, and when; absent: nobody has yet, as with an upload from home. */
  readonly verified?: { readonly by: By; readonly at: Instant };
  /** Absent: it was not asked for because a register was silent. */
  readonly failure?: RegisterFailure;
};

export type LegPlan = {
  readonly type: 'leg'; readonly name: string; readonly title: Text; readonly role: Role; readonly service: ServiceName; readonly office: OfficeId; readonly area: AreaId;
  /** Positions in this same entry's `items` that it waits for. For an inserted leg: none (it follows the inserting leg). */
  readonly after: readonly number[];
  readonly limit: Span; readonly decides: boolean; readonly posting?: Span; readonly originals?: readonly string[]; readonly consults?: LegTemplate['consults'];
  readonly charge?: LegTemplate['charge']; readonly register?: RegisterAction; readonly results: readonly string[]; readonly reads: readonly string[];
  /** Planned due time, as printed on the receipt. */
  readonly plannedDue: Instant | null; readonly act: string;
  /** True for a consultation's task: it stands outside the itinerary. */
  readonly task?: boolean;
};
/** What a leg waits for outside the hub, not counted: the consent of a person (NĐ 301/2026 art. 3.4), or an answer from abroad. */
export type Wait = 'consent' | 'verification-abroad';
export type RequestPlan = {
  readonly type: 'request'; readonly request: 'supplement' | 'consultation' | 'redo' | 'posting' | Wait;
  /** The leg that asks and is suspended (or, for a posting, may not complete) until it ends. */
  readonly blocks: ItemId;
  /** For `redo`: the leg asked to reopen. For `consultation`: the position of its task leg is the next item. */
  readonly of?: ItemId;
  readonly documents?: readonly string[]; readonly ground: string; readonly suspends: boolean;
  /** When silence is written, and what it means. Null: waits for ever. */
  readonly fallsDueAt: Instant | null; readonly silence: 'consent' | 'stop' | 'ended' | 'none';
};
export type ChargePlan = {
  readonly type: 'charge'; readonly code: string; readonly name: Text; readonly kind: 'fee' | 'charge' | 'tax'; readonly amount: Dong; readonly refundable: boolean;
  /** Leg suspended until it is settled; the dossier's own item: no result is handed out until then; '' for none. */
  readonly blocks: ItemId | ''; readonly ground: string;
  /** A fine; `kind` is `charge` then, as whoever knows no fines reads it. Absent: it is none. */
  readonly fine?: boolean;
};
/** Owed for the result: opened as a charge once there is one. */
export type ResultFee = Pick<ChargePlan, 'code' | 'name' | 'kind' | 'amount' | 'refundable' | 'ground'>;
/** An original that travels, by the code of its document. `by`: the consignment by which it came to whoever sends it; '' where the post had not carried it yet. */
export type CarriedOriginal = { readonly document: string; readonly by: ItemId | '' };
export type ConsignmentPlan = {
  readonly type: 'consignment'; readonly carries: 'result' | 'originals' | 'papers'; readonly from: OfficeId | 'home'; readonly to: OfficeId | 'home'; readonly cod: Dong; readonly results: readonly EntryRef[];
  /** Absent: no originals. */
  readonly originals?: readonly CarriedOriginal[];
  /** Charges that are collected at the door, as far as they are still owed then; absent: `cod` is for none of the dossier's. */
  readonly charges?: readonly ItemId[];
};
/** What was collected for a charge. */
export type CollectedCharge = { readonly charge: ItemId; readonly amount: Dong };
/** How whoever gave or took a thing showed it: the code that only they had, or a signature on the slip. */
export type HandoverProof = 'code' | 'signature';
/** Why an attempt failed. */
export type FailureReason = 'absent' | 'refused' | 'address' | 'unpaid' | 'closed';
export type DossierPlan = { readonly type: 'dossier' };
export type NewItem = DossierPlan | LegPlan | RequestPlan | ChargePlan | ConsignmentPlan;

/** One input of a completion: the round and the output of a leg that it used. */
export type UsedOutput = { readonly leg: ItemId; readonly round: number; readonly output: EntryRef };
export type IssuedResult = { readonly code: string; readonly number: string; /** Document digest where there is a file. */ readonly digest?: Hash };
/** What became of a result after it was issued. `correction`: it says something else from now on. `reissue`: the paper was lost and there is another one of the same content. */
export type Amendment = 'correction' | 'reissue';
/** `decision`: the completion that issued it; `n`: its place among the results of that, from 0; `result`: as it reads from now on. */
type Amending = { readonly round: number; readonly decision: EntryRef; readonly n: number; readonly amendment: Amendment; readonly result: IssuedResult; readonly ground: string; readonly reason?: string };

/** An announced failure as a limit took it into account. */
export type OutageNote = { readonly id: string; readonly from: Instant; readonly to: Instant | null; readonly ground: string };

/** When a limit falls due with all that has suspended it. It holds as long as it rests on the same moments: the late start of a clock, beginning and end of each suspension. */
export type ToldDue = { readonly dueAt: Instant; readonly restsOn: readonly Instant[] };

/** Why an entry counts from before it was written: the announced outage and its act. */
export type LateRecord = { readonly outage: string; readonly ground: string };

export type * from './earlier-life.ts';

type Return = { readonly way: 'counter' | 'post' | 'online'; readonly office: OfficeId; /** What is owed for the result is collected at the door; absent: it is paid before the result is sent. */ readonly cod?: boolean };

/** The number of a dossier's line in the tracking book of a counter and year. */
export type BookLineNumber = { readonly office: OfficeId; readonly year: string; readonly number: number };

/** How the whole limit is counted, and what the citizen gets of it back with a supplement. */
export type ClockRules = { readonly handOver: boolean; readonly counting: 'elapsed' | 'first-day-excluded'; readonly supplement: { readonly timeout: Span; readonly restarts: boolean } };
/** The version of its procedure under which a dossier stands: what was read from the catalogue is written down, so that nobody reads another one later. */
export type PinnedRules = ClockRules & {
  readonly procedureFrom: LocalDate; readonly name: Text; readonly rules: Hash; readonly resultCodes: readonly { readonly code: string; readonly name: Text }[]; readonly limit: Span; readonly legalBasis: readonly string[];
  /** Absent: none. */
  readonly resultFees?: readonly ResultFee[];
};
/** What the rules say of one leg, save who does it and after what. */
export type LegTerms = Pick<LegPlan, 'title' | 'limit' | 'decides' | 'posting' | 'originals' | 'consults' | 'charge' | 'register' | 'results' | 'reads' | 'plannedDue' | 'act'>;

/** Body of each entry kind. Every body may also carry `Cause`. Fields named in `words.ts` hold free text: they leave the body before it is written and stand in old entries only. */
export type Bodies = {
  // -- on the dossier item, written by intake
  'dossier-received': PinnedRules & {
    readonly code: string; readonly procedure: string; readonly case: string; readonly channel: Channel;
    readonly counter: OfficeId; readonly areas: Partial<Record<Locality, AreaId>>; readonly applicantKind: 'citizen' | 'organisation' | 'foreigner' | 'newborn';
    readonly submittedBy: 'self' | 'proxy' | 'legal-representative' | 'post';
    readonly documents: readonly DocumentRecord[]; readonly particulars: readonly Commitment[];
    readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean;
    readonly return: Return; readonly rehearsal: boolean;
    /** Keyed hash of procedure, applicant and subject; the key is intake's alone. By it a second submission is noticed. */
    readonly duplicateKey?: string; readonly possibleDuplicateOf?: string;
    /** `competent-office`: the time limit counts from that office's own receipt (NĐ 309/2026 art. 8.3); until then `startsAt` is what is expected. Absent: from `startsAt`. */
    readonly clock?: 'competent-office';
    /** Taken on paper in an announced outage and entered later; absent: entered when it was received. */
    readonly lateRecord?: LateRecord;
    /** Received by another system and brought here while it was open; absent: received here. */
    readonly earlier?: EarlierSystem;
    /** Its line in the tracking book, where the number was taken before; absent: `entered-in-book` says it. */
    readonly book?: BookLineNumber;
  };
  'withdrawal-requested': { readonly reason?: string };
  'withdrawal-decided': { readonly outcome: 'withdrawn' | 'declined' };
  'supplement-requested': { readonly request: ItemId; readonly documents: readonly string[]; readonly ground: string };
  'apology-given': { readonly newDueAt: Instant; readonly reason?: string };
  'particulars-corrected': { readonly particulars: readonly Commitment[]; readonly reason?: string };
  /** Of a dossier that was received without one. */
  'entered-in-book': BookLineNumber;
  /** The applicant chose the rules of today. `legs`: what they say of each leg that may still come to stand under them; its holder takes that up. `documents`: what they require beside what was given. */
  'rules-adopted': { readonly pinned: PinnedRules; readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean; readonly legs: readonly { readonly leg: ItemId; readonly terms: LegTerms }[]; readonly documents: readonly DocumentRecord[]; readonly ground: string };
  'clock-moved': { readonly to: Instant };
  /** In which part of a split area the dossier lies by its parcel or address. `part` absent: neither tells. */
  'part-sought': { readonly of: AreaId; readonly part?: AreaId; readonly basis: 'parcel' | 'address' | 'nothing' };
  /** There is a result: what is owed for it is asked for before it is handed out. */
  'result-charges-opened': { readonly results: readonly EntryRef[] };
  'consignment-ordered': { readonly results: readonly EntryRef[] };
  /** The applicant has papers collected at home. `particulars`: commitment to where; absent: as the dossier says already. */
  'pick-up-ordered': { readonly particulars?: readonly Commitment[] };
  /** The result goes to another counter, or to the door once more. */
  'result-sent': { readonly results: readonly EntryRef[]; readonly to: OfficeId | 'home' };
  'result-returned': { readonly results: readonly EntryRef[]; readonly way: 'counter' | 'post' | 'online'; readonly receiver: 'applicant' | 'proxy' | 'post' };
  'dossier-stopped': { readonly reason: string; readonly ground: string };
  'closing-started': { readonly outcome: ClosingOutcome };
  'dossier-closed': { readonly outcome: ClosingOutcome };
  // -- on the dossier item or a leg, by whoever writes for the office
  'originals-sent': { readonly to: OfficeId | 'home' };
  /** What was in a consignment when its addressee looked. `office`: the addressee as the consignment names it. */
  'consignment-confirmed': { readonly consignment: ItemId; readonly office: OfficeId; readonly received: readonly string[]; readonly missing: readonly string[] };
  // -- on a leg, written by its holder
  'leg-taken-over': { readonly office: OfficeId; readonly round: number; readonly startsAt: Instant; readonly dueAt: Instant; /** Rests on calendar rows that are not announced yet; absent: it does not. */ readonly provisional?: boolean };
  /** The leg goes on under the rules that the applicant chose. `clock`: of the leg in this round, suspensions left aside; absent: it has not begun. */
  'leg-rules-adopted': { readonly adopted: EntryRef; readonly terms: LegTerms; readonly rules: ClockRules; readonly clock?: { readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean } };
  /** Codes of officers; their names stand beside. */
  'officer-assigned': { readonly officer: string; /** Last day of a substitution; absent: until changed. */ readonly until?: LocalDate; readonly substituteFor?: string; readonly officerName?: string; readonly substituteName?: string };
  'leg-completed': { readonly round: number; readonly verdict: 'done' | 'refused'; readonly used: readonly UsedOutput[]; readonly results: readonly IssuedResult[]; readonly reason?: string; readonly ground?: string; readonly opinion?: 'agree' | 'disagree' };
  /** `despite`: evidence that the decision rests on and that stands no more; `ground`: why it stands all the same. Absent: none. */
  'completion-confirmed': { readonly round: number; readonly used: readonly UsedOutput[]; readonly despite?: readonly string[]; readonly ground?: string; readonly reason?: string };
  /** `ground`: of a revocation after the dossier was closed; absent: it was open. */
  'completion-revoked': { readonly round: number; readonly reason?: string; readonly ground?: string };
  /** `used`: on what a correction of a stale result rests; absent: on what the decision rested. */
  'result-amended': Amending & { readonly used?: readonly UsedOutput[] };
  'result-revoked': { readonly round: number; readonly decision: EntryRef; /** Place of the one of several results that counts no more; the others stand. */ readonly n: number; readonly ground: string; readonly reason?: string };
  /** The register shows the number of the result: it is asked first. */
  'amendment-intended': Amending;
  'amendment-refused': { readonly intent: EntryRef; readonly reason?: string };
  'amendment-applied': { readonly amended: EntryRef };
  /** Of a duty `reason` is a code. */
  'leg-reopened': { readonly round: number; readonly reason?: string };
  /** `to`: the counter that places it; accountable until it has. */
  'leg-declined': { readonly reason?: string; readonly from: OfficeId; readonly to: OfficeId };
  'leg-rerouted': { readonly office: OfficeId; readonly service: ServiceName; readonly reason?: string };
  /** `answered`: the consultation of this task ended without its opinion. */
  'leg-stopped': { readonly round: number; readonly reason: 'withdrawn' | 'stopped' | 'refused' | 'answered'; readonly ground?: string; readonly explanation?: string };
  'leg-settled': { readonly round: number };
  /** The officer of the old office says in which part of a split area the dossier lies; it holds for all its legs there. */
  'part-told': { readonly of: AreaId; readonly part: AreaId };
  'leg-inserted': { readonly reason?: string; readonly title?: string };
  'legs-skipped': { readonly legs: readonly ItemId[]; readonly ground: string; readonly reason?: string };
  /** `failures`: registers that were silent when it was asked whether they hold one of the documents; absent: all answered. */
  'supplement-asked': { readonly documents: readonly string[]; readonly ground: string; readonly reason?: string; readonly failures?: readonly (RegisterFailure & { readonly document: string })[] };
  /** The asker goes on without the opinion that is overdue. */
  'opinion-waived': { readonly opinion: ItemId; readonly reason?: string };
  'consultation-asked': { readonly office: OfficeId; readonly question?: string; readonly title?: string };
  'redo-asked': { readonly leg: ItemId; readonly reason?: string };
  'charge-opened': { readonly ground: string; readonly title?: string };
  'posting-started': { readonly place?: string };
  'wait-started': { readonly wait: Wait };
  /** The office says that the wait is over; who keeps the request answers it. */
  'wait-ended': { readonly wait: ItemId; readonly outcome: 'agree' | 'disagree' | 'done' };
  'evidence-attached': { readonly document: DocumentRecord };
  'document-attached': { readonly document: DocumentRecord };
  'limit-extended': { readonly dueAt: Instant; readonly ground: string; readonly reason?: string };
  'register-intended': { readonly round: number; readonly register: string; readonly action: string; /** Commitment to the parameters, which stand beside the entry. */ readonly change: Commitment; readonly verdict: 'done'; readonly results: readonly IssuedResult[]; readonly reason?: string };
  'register-refused': { readonly round: number; readonly reason?: string };
  'register-applied': { readonly round: number; readonly decision: EntryRef };
  /** The decision was taken back: its change can be put back, and the records are kept for that. */
  'reversal-decided': { readonly decision: EntryRef };
  'register-reversed': { readonly decision: EntryRef };
  /** It cannot be put back, for something was built on it: a person sees to it. */
  'reversal-refused': { readonly decision: EntryRef; readonly reason?: string };
  /** `retry`: what was built on it is gone. `by-hand`: the register was put right by order of its office, or the change is right as it stands. */
  'reversal-resolved': { readonly decision: EntryRef; readonly outcome: 'retry' | 'by-hand'; readonly ground: string; readonly reason?: string };
  // -- on a request, written by its witness
  'request-answered': { readonly outcome: 'delivered' | 'agree' | 'disagree' | 'done' | 'ended'; readonly documents?: readonly DocumentRecord[]; readonly lateRecord?: LateRecord };
  'request-declined': { readonly reason: string };
  'request-lapsed': { readonly consequence: 'consent' | 'stop' | 'ended' | 'none' };
  /** No opinion in time, and silence means nothing: the asker goes on or waits. Effective when it fell due. */
  'opinion-overdue': { readonly dueAt: Instant };
  // -- on a charge
  'charge-paid': { readonly amount: Dong; readonly method: 'cash' | 'transfer' | 'gateway' | 'post'; readonly receipt: string; /** Commitment to payer, bank and reference, which stand beside the entry. */ readonly details?: Commitment };
  'charge-cancelled': { readonly ground: string; readonly reason?: string };
  'charge-exempted': { readonly ground: string; readonly reason?: string };
  /** Less is owed from now on; `amount`: what is left, above 0. */
  'charge-reduced': { readonly amount: Dong; readonly ground: string; readonly reason?: string };
  'charge-refunded': { readonly amount: Dong; readonly ground: string; readonly reason?: string };
  /** What a postman collected for it stands in the books, whatever became of it there. */
  'collection-booked': { readonly consignment: ItemId };
  // -- on a consignment
  'consignment-accepted': { readonly number: string };
  'consignment-scanned': { readonly place: string; readonly state: 'collected' | 'in-transit' | 'out-for-delivery' | 'failed'; readonly reason?: FailureReason; readonly proof?: HandoverProof; readonly collected?: readonly CollectedCharge[]; /** Commitment to the name of whoever gave it, where that was not the sender. */ readonly giver?: Commitment };
  'consignment-ended': { readonly state: 'delivered' | 'returned' | 'lost' | 'cancelled'; readonly place: string; /** Commitment to the name of whoever took it, where that was not the addressee. */ readonly receiver?: Commitment; readonly reason?: FailureReason; readonly proof?: HandoverProof; readonly collected?: readonly CollectedCharge[] };
  // -- on the dossier or a leg
  /** The calendar was announced, or an outage, or what suspended a limit is over: its start and end as they are now, suspensions left aside. `outages`: all that touch it, in place of those noted before. `told`: when it falls due with them; absent: nothing has suspended it, or the calendar tells. */
  'due-recomputed': { readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean; readonly outages: readonly OutageNote[]; readonly ground: string; readonly told?: ToldDue };
  // -- on any item
  'rehomed': { readonly from: OfficeId; readonly to: OfficeId; readonly service: ServiceName; readonly fromArea: AreaId; readonly toArea: AreaId; readonly fromName: Text; readonly toName: Text; readonly ground: string };
};
export type EntryKind = keyof Bodies;
export type ClosingOutcome = 'returned' | 'refused' | 'withdrawn' | 'stopped';

/** What caused an entry: who commanded it and under which request. Absent on what a duty writes. `words`: commitment to what was said, which stands beside. */
export type Cause = { readonly by?: By; readonly request?: string; readonly items?: readonly NewItem[]; readonly words?: Commitment };

export type LawBody<K extends EntryKind = EntryKind> = Bodies[K] & Cause;

/** What `decide` and duties give: the kernel adds author, seq, hashes, term, times. */
export type Draft = {
  [K in EntryKind]: {
    readonly item: ItemId; readonly kind: K; readonly body: LawBody<K>;
    /** Holders of `body.items`, same order. */
    readonly creates?: readonly AuthorId[];
    readonly handsTo?: AuthorId; readonly ends?: boolean; readonly cites?: readonly EntryRef[];
    /** Absent: the time of writing. Present: the time that counts in law (a consequence of silence, a late record). */
    readonly effectiveAt?: Instant;
  };
}[EntryKind];

export type { AuthorId, EntryRef, FolderId, Hash, ItemId };
