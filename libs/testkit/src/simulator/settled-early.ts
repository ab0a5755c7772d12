/** Whether a folder is marked settled although somebody who takes part in it has not durably got all that this service wrote there, or what it keeps beside it. */
import { hash as digest } from 'node:crypto';
import { effective, emptyFolder, union } from '@lienthong/folder';
import type { Entry, FolderId, MaySucceed } from '@lienthong/folder';
import { isRecordOrigin } from '@lienthong/dossier-service';
import type { FolderState } from '@lienthong/dossier-service';
import { decodeEntry, decodeSegment, serviceOf } from '@lienthong/kernel';
import type { DutyContext, Rules } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import type { MemoryStore } from '@lienthong/store-memory';

export type Shelf = { readonly name: ServiceName; readonly store: MemoryStore };

/** Who lacks something; undefined: nobody, or the folder is not marked settled. `others`: those whose store never lost anything. */
export function settledEarly(id: FolderId, { name, store }: Shelf, others: readonly Shelf[], rules: Rules<FolderState>, maySucceed: MaySucceed): ServiceName | undefined {
  const row = store.backup().rows.get(id);
  if (row === undefined || row.unsettled) return undefined;
  const held = row.segments.flatMap(entriesOf), own = held.filter(({ author }) => serviceOf(author) === name);
  const lacking = others.filter((other) => { const theirs = hashesAt(other.store, id); return own.some(({ hash }) => !theirs.has(hash)); });
  const isKept = row.asides.size > 0 && held.some(isRecordOrigin);
  if (lacking.length === 0 && !isKept) return undefined;
  const state = stateOf(id, held, rules, maySucceed), participants = rules.participants(state);
  const withoutParts = isKept ? others.filter((other) => lacksParts(other, row, rules.copies?.(state, contextOf(other.name))?.names ?? [])) : [];
  return [...lacking, ...withoutParts].find((other) => participants.includes(other.name))?.name;
}

type Row = NonNullable<ReturnType<ReturnType<MemoryStore['backup']>['rows']['get']>>;

/** Of what is to be kept of a record, and what its owner has not lost itself. */
function lacksParts({ store }: Shelf, { id, asides }: Row, names: readonly string[]): boolean {
  const theirs = store.backup().rows.get(id)?.asides;
  return names.some((name) => asides.has(name) && theirs?.has(name) !== true);
}

/** What is kept of a record depends on who asks, and on nothing else. */
const contextOf = (service: ServiceName): DutyContext => ({ service, author: '', now: 0, authorOf: (one) => one, isMine: () => false });

/** What a store holds was verified before it came there. */
function stateOf(id: FolderId, entries: readonly Entry[], rules: Rules<FolderState>, maySucceed: MaySucceed): FolderState {
  const folder = emptyFolder(id), state = rules.empty(id);
  union(folder, entries, { verify: () => true, maySucceed });
  for (const entry of effective(folder)) rules.fold(state, entry);
  return state;
}

const hashesAt = (store: MemoryStore, id: FolderId): ReadonlySet<string> => new Set((store.backup().rows.get(id)?.segments ?? []).flatMap(entriesOf).map(({ hash }) => hash));

/** A segment never changes, and is looked at many times. */
const known = new WeakMap<Uint8Array, readonly Entry[]>();

function entriesOf(segment: Uint8Array): readonly Entry[] {
  let entries = known.get(segment);
  if (entries === undefined) known.set(segment, entries = decodeSegment(segment).map(({ bytes, proof }) => decodeEntry(bytes, digest('sha256', bytes, 'hex'), proof)));
  return entries;
}
