/**
 * A record of a register: one parcel, business, beneficiary, till. A folder with a single author, its service.
 * Facts are personal data: they stand beside the entries, which hold a commitment to them and keyed look-up values only.
 */
import { having, seldom } from '@lienthong/folder';
import type { Entry, Seldom } from '@lienthong/folder';
import { serviceOf } from '@lienthong/law';
import type { By, Commitment, EntryRef, FolderId, Instant, ItemId, ServiceName } from '@lienthong/law';

/** Who reserved a record, for which announced change. */
export type Reservation = { readonly dossier: FolderId; readonly leg: ItemId; readonly intent: EntryRef; readonly action: string };

export type RecordBodies = {
  /** An empty commitment: a place kept for a record that a dossier is about to open. */
  'record-opened': { readonly type: string; readonly facts: Commitment; readonly keys: Readonly<Record<string, readonly string[]>>; /** The decision that opened it; absent: loaded. */ readonly applied?: string; /** As in `record-told`; absent: none. */ readonly events?: readonly object[] };
  /** What happened to a record that is about no person and no parcel: money, a till. It stands in the entry itself, and what it is found by with it. */
  'record-told': { readonly events: readonly object[]; readonly keys: Readonly<Record<string, readonly string[]>> };
  'record-reserved': { readonly reservation: Reservation };
  /** Applied and released in one entry, with the decision beside the effect. */
  'record-applied': { readonly decision: EntryRef; readonly dossier: FolderId; readonly facts: Commitment; readonly keys: Readonly<Record<string, readonly string[]>>; /** The decision that this one puts back; absent: none. An empty commitment: there was no record before it, and there is none again. */ readonly reverses?: string; /** How many records the decision writes; absent: this one, or not said. */ readonly among?: number };
  /** A change outside dossiers: loading, correction by the office. */
  'record-changed': { readonly facts: Commitment; readonly keys: Readonly<Record<string, readonly string[]>>; readonly reason: string };
  /** In a log of reads beside the record: who read which version of it, for which dossier. Purpose and ground stand beside the entry. */
  'record-read': { readonly fact: string; readonly version: number; readonly by: By; readonly service: ServiceName; readonly code: string; readonly why: Commitment; /** Folder of the dossier, where it is known; a read before receipt has no code. */ readonly for?: FolderId };
};
export type RecordKind = keyof RecordBodies;

export type RegisterRecord = {
  readonly id: FolderId; readonly item: ItemId; readonly type: string;
  /** The service whose register it is of. */
  readonly owner: ServiceName;
  /** When its first entry was written. */
  readonly openedAt: Instant;
  /** All that stands beside its entries, by commitment; null: nobody keeps a copy of the record, and nobody asks. */
  readonly beside: Set<string> | null;
  /** The facts as they stand; an empty commitment: none yet. */
  facts: Commitment; keys: Readonly<Record<string, readonly string[]>>;
  /** The facts as they stood, version 1 first; the last are those that stand. */
  readonly versions: Commitment[];
  /** In force only while its intent stands; see `reservationStands`. */
  reservation: Reservation | null;
  /** Decisions whose change stands in the facts, newest last; `<folder>/<author>/<seq>`. */
  applied: string[];
  /** Decisions whose change was put back, and by which others: none of either is applied again. */
  readonly undone: { readonly decision: string; readonly by: string }[];
  /** The version that a decision left: index in `versions`. */
  versionOf: Seldom<string, number>;
  /** How many records a decision wrote, this one among them; absent: this one, or not said. */
  among: Seldom<string, number>;
  /** Of a log of reads: its entries, oldest first. */
  readonly reads: { readonly at: number; readonly body: RecordBodies['record-read'] }[];
  /** What happened to it, oldest first. */
  readonly told: Told[];
};

/** `at`: when it was written. `request`: id and digest of the request that did; absent: its own. */
export type Told = { readonly event: object; readonly at: Instant; readonly request?: string };

export function isRecordOrigin(entry: Entry): boolean {
  return entry.item === '' && entry.kind === 'record-opened';
}

/** `isKept`: another service keeps a copy of it. A table that names one later is read at a start, when all is folded anew. */
export function openedRecord(id: FolderId, item: ItemId, entry: Entry, isKept = false): RegisterRecord {
  const body = entry.body as RecordBodies['record-opened'];
  const record: RegisterRecord = { id, item, type: body.type, owner: serviceOf(entry.author), openedAt: entry.recordedAt, beside: isKept ? new Set() : null, facts: body.facts, keys: body.keys, versions: [], reservation: null, applied: body.applied === undefined ? [] : [body.applied], undone: [], versionOf: seldom(), among: seldom(), reads: [], told: [] };
  restate(record, body);
  tell(record, body.events ?? [], entry);
  noteBeside(record, entry.body);
  if (body.applied !== undefined) record.versionOf = having(record.versionOf, body.applied, record.versions.length - 1);
  return record;
}

function restate(record: RegisterRecord, body: Pick<RecordBodies['record-changed'], 'facts' | 'keys'>): void {
  record.facts = body.facts;
  record.keys = body.keys;
  // A record that was withdrawn is a version, too: whoever looked before has looked at another.
  if (body.facts.commitment !== '' || record.versions.length > 0) record.versions.push(body.facts);
}

function tell(record: RegisterRecord, events: readonly object[], { recordedAt, body }: Entry): void {
  const { request } = body as { readonly request?: string };
  for (const event of events) record.told.push({ event, at: recordedAt, ...(request === undefined ? {} : { request }) });
}

function noteDecision(record: RegisterRecord, decision: string, reverses: string | undefined): void {
  if (reverses === undefined) { record.applied.push(decision); record.versionOf = having(record.versionOf, decision, record.versions.length - 1); return; }
  record.applied = record.applied.filter((one) => one !== reverses);
  record.undone.push({ decision: reverses, by: decision });
}

export const decisionKey = (dossier: FolderId, decision: EntryRef): string => `${dossier}/${decision.author}/${decision.seq}`;

/** The decisions upon which the facts stand as they do: those whose change stands in them, and those that put another one back. */
export function decisionsOn({ applied, undone }: RegisterRecord): readonly DecisionEntry[] {
  return [...applied, ...undone.map(({ by }) => by)].map(entryOf);
}

type DecisionEntry = { readonly folder: FolderId; readonly entry: EntryRef };

function entryOf(key: string): DecisionEntry {
  const [folder = '', author = '', seq = ''] = key.split('/');
  return { folder, entry: { author, seq: Number(seq) } };
}

/** Dossiers whose change stands in it or was put back, or for which it was last reserved. */
export function dossiersOn(record: RegisterRecord): ReadonlySet<FolderId> {
  const changed = [...record.applied, ...record.undone.map(({ decision }) => decision)].map((key) => entryOf(key).folder);
  return new Set(record.reservation === null ? changed : [...changed, record.reservation.dossier]);
}

/** Commitments of an entry, and of the events that it tells. */
function noteBeside({ beside }: RegisterRecord, body: unknown): void {
  if (beside === null) return;
  const { events = [], ...fields } = body as { readonly events?: readonly object[] } & Readonly<Record<string, unknown>>;
  for (const value of [fields, ...events].flatMap((one) => Object.values(one))) if (isCommitment(value)) beside.add(value.commitment);
}

function isCommitment(value: unknown): value is Commitment {
  const commitment = typeof value === 'object' && value !== null ? (value as { readonly commitment?: unknown }).commitment : undefined;
  return typeof commitment === 'string' && commitment !== '';
}

export function foldRecord(record: RegisterRecord, entry: Entry): void {
  noteBeside(record, entry.body);
  switch (entry.kind as RecordKind) {
    case 'record-reserved': record.reservation = (entry.body as RecordBodies['record-reserved']).reservation; return;
    case 'record-changed': restate(record, entry.body as RecordBodies['record-changed']); return;
    case 'record-applied': {
      const body = entry.body as RecordBodies['record-applied'];
      restate(record, body);
      record.reservation = null;
      noteDecision(record, decisionKey(body.dossier, body.decision), body.reverses);
      if (body.among !== undefined) record.among = having(record.among, decisionKey(body.dossier, body.decision), body.among);
      return;
    }
    case 'record-told': {
      const body = entry.body as RecordBodies['record-told'];
      record.keys = body.keys;
      tell(record, body.events, entry);
      return;
    }
    case 'record-read': record.reads.push({ at: entry.effectiveAt, body: entry.body as RecordBodies['record-read'] }); return;
    case 'record-opened': return;
  }
}
