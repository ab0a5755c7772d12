/**
 * What a folder means in law: the state that `fold` builds from effective entries, one record per item.
 * An entry changes only the record of its own item and creates new ones; so concurrent entries commute.
 */
import { seldom } from '@lienthong/folder';
import type { Entry, Seldom } from '@lienthong/folder';
import type {
  Amendment, AreaId, AuthorId, Bodies, BookLineNumber, By, ChargePlan, ClockRules, ClosingOutcome, CollectedCharge, Dong, Commitment, ConsignmentPlan, DocumentRecord, EntryRef, FolderId, Instant, IssuedResult, ItemId, LawBody, LegPlan,
  OfficeId, OutageNote, PinnedRules, RequestPlan, ServiceName, Span, ToldDue, UsedOutput,
} from './types.ts';
import type { Derived } from './itinerary.ts';
import type { Inspection } from './originals.ts';
import type { LegStatus } from './leg-transitions.ts';

export type LawEntry = Entry<LawBody>;

/** A result as it reads since an amendment. */
export type Amended = { readonly ref: EntryRef; readonly at: Instant; readonly n: number; readonly amendment: Amendment; readonly result: IssuedResult; readonly ground: string; readonly by: By | null };
/** A result of a decision that was taken back alone; `n`: its place. */
export type RevokedResult = { readonly n: number; readonly ref: EntryRef; readonly at: Instant };
/** An amendment that the register was asked for. `amended`: the entry by which it was made; null: the register has not agreed yet. */
export type PendingAmendment = { readonly ref: EntryRef; readonly body: LawBody<'amendment-intended'>; readonly amended: EntryRef | null };

export type Completion = {
  readonly ref: EntryRef; readonly round: number; readonly at: Instant; readonly verdict: 'done' | 'refused';
  /** Inputs it stands on: as completed, or as confirmed last. */
  readonly used: readonly UsedOutput[];
  /** As they were decided; `resultsOf` has them as they read now. */
  readonly results: readonly IssuedResult[]; readonly amendments: readonly Amended[]; /** Results that were taken back alone. */ readonly revoked: readonly RevokedResult[]; readonly reason: string; readonly ground: string; readonly opinion: 'agree' | 'disagree' | null; readonly by: By | null;
  /** The register change that it decided, and where it was announced; null when it changes none. */
  readonly change: { readonly commitment: Commitment; readonly action: string; readonly intent: EntryRef } | null;
};
/** A change of the holder's register that was announced and not yet decided. */
export type Intent = { readonly ref: EntryRef; readonly round: number; readonly register: string; readonly action: string; readonly change: Commitment; readonly results: readonly IssuedResult[]; readonly by: By | null };
export type Officer = { readonly name: string; readonly until: string | null; readonly substituteFor: string | null };

/** A time limit as written, suspensions left aside. */
export type Limit = {
  readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean; /** How often it was written anew. */ readonly recomputed: number;
  /** When it falls due with what suspended it, as an entry tells; null: none does since it was set anew. */
  readonly told: ToldDue | null;
};

export type Leg = {
  readonly id: ItemId; /** As the rules say under which it stands. */ plan: LegPlan; readonly createdBy: EntryRef; readonly createdAt: Instant;
  /** Legs it waits for as planned; insertions are resolved by `predecessors`. */
  readonly after: readonly ItemId[];
  /** The leg after which it was inserted; null for a planned one. */
  readonly insertedAfter: ItemId | null;
  holder: AuthorId; office: OfficeId; service: ServiceName; area: AreaId;
  status: LegStatus; round: number; changedAt: Instant;
  /** The entry by which it came to be addressed: its creation, a handoff, a new round. The takeover cites it. */
  addressedBy: EntryRef;
  takenOver: { readonly ref: EntryRef; readonly round: number; readonly at: Instant; readonly office: OfficeId } & Limit | null;
  /** Where its very first clock started: of a leg that nothing comes before, the receipt by the competent office. */
  firstStartsAt: Instant | null;
  /** Announced failures that touched it, oldest first. */
  outages: readonly OutageNote[];
  /** Waits that the office said are over. */
  endedWaits: readonly { readonly request: ItemId; readonly ref: EntryRef; readonly outcome: Bodies['wait-ended']['outcome']; readonly by: By | null }[];
  officer: Officer | null; completion: Completion | null; intent: Intent | null;
  /** A register refused the last intent; null when none did. The reason stands beside the entry: here it is '' except in old entries. */
  registerRefusal: string | null;
  /** The completion whose change stands in the register, and that change. */
  applied: EntryRef | null; appliedChange: Completion['change'];
  /** How far the register is with putting back a change whose decision was taken back; null: not begun. */
  reversal: { readonly ref: EntryRef; readonly decision: EntryRef; readonly state: 'asked' | 'decided' | 'refused' } | null;
  amending: PendingAmendment | null; /** The register refused the last amendment. */ amendmentRefused: boolean;
  /** Ids of evidence without which the decision stands all the same. */
  upheld: readonly string[];
  settledRound: number; declinedTimes: number;
  /** Asks (their creating entries) for which it was reopened. */
  reopenedFor: readonly EntryRef[];
  /** Opinions without which it goes on. */
  waived: readonly { readonly request: ItemId; readonly ref: EntryRef }[];
  stopReason: Bodies['leg-stopped']['reason'] | null; stoppedBy: EntryRef | null;
  inserted: readonly ItemId[]; skips: readonly ItemId[];
  documents: readonly DocumentRecord[]; extendedDueAt: Instant | null; /** When it was extended: what suspends it later moves the new due time, too. */ extendedAt: Instant | null;
  rehomed: readonly Bodies['rehomed'][];
  /** What its office found in consignments. */
  confirmed: readonly Inspection[];
  /** What its officers said of split areas, oldest first. */
  partsTold: readonly Bodies['part-told'][];
  /** Rules of the clock that it took up when the applicant chose new ones, and the choice; null: none, and those of the receipt hold. */
  adopted: { readonly rules: ClockRules; readonly choice: EntryRef } | null;
};

export type Request = {
  readonly id: ItemId; readonly plan: RequestPlan; readonly createdBy: EntryRef; readonly openedAt: Instant; readonly by: By | null;
  /** The leg whose holder asked. */
  readonly asker: ItemId;
  /** What the ask cites: for `redo`, the completion found wrong. */
  readonly about: readonly EntryRef[];
  /** For a consultation: the leg of the consulted office. */
  readonly task: ItemId | null;
  /** When it fell due without an answer, where silence means nothing; null: it has not. */
  overdueSince: Instant | null;
  holder: AuthorId; ended: { readonly ref: EntryRef; readonly at: Instant; readonly outcome: string; readonly documents: readonly DocumentRecord[]; readonly by: By | null } | null;
};

export type Charge = {
  readonly id: ItemId; /** As it is owed now. */ plan: ChargePlan; /** Amount with which it was opened. */ readonly opened: Dong; readonly createdBy: EntryRef; readonly openedAt: Instant;
  holder: AuthorId; status: 'open' | 'paid' | 'cancelled' | 'exempted' | 'refunded'; changedAt: Instant; receipt: string; method: string;
  /** What of it was given back. */
  refunded: Dong;
  /** When it stopped being open; null while it is. A refund later does not move it. */
  settledAt: Instant | null;
  /** Who opened it and who settled it; null: a duty, or the citizen at a gateway. */
  readonly by: By | null; settledBy: By | null;
  /** Consignments whose collection for it stands in the books. */
  booked: readonly ItemId[];
};

export type Consignment = {
  readonly id: ItemId; readonly plan: ConsignmentPlan; readonly createdBy: EntryRef; readonly openedAt: Instant;
  holder: AuthorId; number: string;
  /** `office`: who recorded it; '' where the entry does not say. */
  scans: readonly { readonly at: Instant; readonly place: string; readonly state: string; readonly office: OfficeId }[];
  ended: { readonly at: Instant; readonly state: Bodies['consignment-ended']['state']; readonly ref: EntryRef } | null;
  /** What was collected with it at a door; `by`: the post office. */
  collected: readonly (CollectedCharge & { readonly by: By; readonly at: Instant })[];
};

/** The dossier's own item: intake holds it for life. */
export type Root = {
  readonly id: ItemId; readonly origin: EntryRef; readonly receivedAt: Instant; readonly recordedAt: Instant; readonly body: LawBody<'dossier-received'>;
  holder: AuthorId;
  withdrawal: { readonly ref: EntryRef; readonly at: Instant; readonly reason: string } | null;
  withdrawalOutcome: 'withdrawn' | 'declined' | null;
  /** `timeout`: as the rules were when it was asked. */
  supplement: { readonly request: ItemId; readonly at: Instant; readonly timeout: Span } | null;
  apology: { readonly newDueAt: Instant; readonly at: Instant; readonly reason: string } | null;
  /** Latest commitment per part: corrections replace. */
  particulars: Map<string, Commitment>;
  documents: readonly DocumentRecord[];
  stopped: { readonly ref: EntryRef; readonly at: Instant; readonly reason: string } | null;
  returned: readonly { readonly results: readonly EntryRef[]; readonly at: Instant; readonly way: string; readonly by: By | null }[];
  ordered: readonly EntryRef[];
  /** What the counter found in consignments. */
  confirmed: readonly Inspection[];
  /** Where the charges for the result were opened; null: not yet. */
  resultCharges: EntryRef | null;
  closing: { readonly ref: EntryRef; readonly at: Instant; readonly outcome: ClosingOutcome } | null;
  closed: { readonly at: Instant; readonly outcome: ClosingOutcome } | null;
  /** The rules under which the dossier stands now; `body` has those of its receipt. */
  rules: PinnedRules;
  /** The applicant's last choice of new rules; null: none. */
  adoption: { readonly ref: EntryRef; readonly at: Instant; readonly ground: string; readonly legs: Bodies['rules-adopted']['legs'] } | null;
  /** Present time of a rehearsal; null for a real dossier. */
  clock: Instant | null;
  /** As on the receipt, or as recomputed since. */
  limit: Limit;
  /** Announced failures of all systems during its life. */
  outages: readonly OutageNote[];
  counter: OfficeId; returnOffice: OfficeId;
  rehomed: readonly Bodies['rehomed'][];
  /** What was found of split areas by parcel or address; a part that is '' was sought and not found. */
  partsSought: Seldom<AreaId, AreaId>;
  /** Its line in a tracking book; null: not entered yet. */
  book: BookLineNumber | null;
};

export type Dossier = {
  readonly id: FolderId;
  root: Root | null;
  legs: Seldom<ItemId, Leg>; requests: Seldom<ItemId, Request>; charges: Seldom<ItemId, Charge>; consignments: Seldom<ItemId, Consignment>;
  /** predecessor → successor. */
  succeeded: Seldom<AuthorId, AuthorId>;
  /** Who wrote something that had effect: their copies are kept up to date for good. */
  readonly authors: Set<AuthorId>;
  /** Effective entries in the order folded; for history and proofs. */
  readonly entries: LawEntry[];
  /** What was worked out from the entries folded so far; `fold` clears it. No part of the state. */
  derived: Derived | null;
};

export function emptyDossier(id: FolderId): Dossier {
  return { id, root: null, legs: seldom(), requests: seldom(), charges: seldom(), consignments: seldom(), succeeded: seldom(), authors: new Set(), entries: [], derived: null };
}

/** The incarnation that holds an item today: who was named, or who succeeded it. */
export function holderOf(dossier: Dossier, item: { readonly holder: AuthorId }): AuthorId {
  let { holder } = item;
  // At most one step per succession: entries that succeed each other in a circle lead nowhere.
  for (let steps = dossier.succeeded.size; steps > 0; steps--) {
    const next = dossier.succeeded.get(holder);
    if (next === undefined) break;
    holder = next;
  }
  return holder;
}

/** Present time of this dossier: a rehearsal stands where its entries moved it, everything else lives in real time. */
export function clockOf(dossier: Dossier, now: Instant): Instant {
  return dossier.root?.clock ?? now;
}

export function sameRef(a: EntryRef, b: EntryRef): boolean {
  return a.seq === b.seq && a.author === b.author;
}

/** From when outages touch the limit of a leg: its takeover, or the start of the clock that an earlier office had in the same round. */
export function limitSince({ at, startsAt }: NonNullable<Leg['takenOver']>): Instant {
  return Math.min(at, startsAt);
}

/** When the leg was decided in its present round; null: it is not. */
export function decisionOfLeg(leg: Leg): Instant | null {
  return leg.status === 'complete' || leg.status === 'refused' ? leg.completion?.at ?? null : null;
}
