/**
 * A record of a register: one parcel, business, beneficiary, till. A folder with a single author, its service.
 * Facts are personal data: they stand beside the entries, which hold a commitment to them and keyed look-up values only.
 */
import type { Entry } from '@lienthong/folder';
import type { Commitment, EntryRef, FolderId, ItemId } from '@lienthong/law';

/** Who reserved a record, for which announced change. */
export type Reservation = { readonly dossier: FolderId; readonly leg: ItemId; readonly intent: EntryRef; readonly action: string };

export type RecordBodies = {
  'record-opened': { readonly type: string; readonly facts: Commitment; readonly keys: Readonly<Record<string, readonly string[]>>; /** The decision that opened it; absent: loaded. */ readonly applied?: string };
  'record-reserved': { readonly reservation: Reservation };
  /** Applied and released in one entry, with the decision beside the effect. */
  'record-applied': { readonly decision: EntryRef; readonly dossier: FolderId; readonly facts: Commitment; readonly keys: Readonly<Record<string, readonly string[]>> };
  'record-released': { readonly reservation: Reservation; readonly reason: string };
  /** A change outside dossiers: loading, correction by the office. */
  'record-changed': { readonly facts: Commitment; readonly keys: Readonly<Record<string, readonly string[]>>; readonly reason: string };
};
export type RecordKind = keyof RecordBodies;

export type RegisterRecord = {
  readonly id: FolderId; readonly item: ItemId; readonly type: string;
  facts: Commitment; keys: Readonly<Record<string, readonly string[]>>;
  reservation: Reservation | null;
  /** Decisions whose change stands in the facts, newest last; `<folder>/<author>/<seq>`. */
  applied: string[];
};

export function isRecordOrigin(entry: Entry): boolean {
  return entry.item === '' && entry.kind === 'record-opened';
}

export function openedRecord(id: FolderId, item: ItemId, entry: Entry): RegisterRecord {
  const body = entry.body as RecordBodies['record-opened'];
  return { id, item, type: body.type, facts: body.facts, keys: body.keys, reservation: null, applied: body.applied === undefined ? [] : [body.applied] };
}

export const decisionKey = (dossier: FolderId, decision: EntryRef): string => `${dossier}/${decision.author}/${decision.seq}`;

export function foldRecord(record: RegisterRecord, entry: Entry): void {
  switch (entry.kind as RecordKind) {
    case 'record-reserved': record.reservation = (entry.body as RecordBodies['record-reserved']).reservation; return;
    case 'record-released': record.reservation = null; return;
    case 'record-changed': {
      const body = entry.body as RecordBodies['record-changed'];
      record.facts = body.facts;
      record.keys = body.keys;
      return;
    }
    case 'record-applied': {
      const body = entry.body as RecordBodies['record-applied'];
      record.facts = body.facts;
      record.keys = body.keys;
      record.reservation = null;
      record.applied.push(decisionKey(body.dossier, body.decision));
      return;
    }
    case 'record-opened': return;
  }
}
