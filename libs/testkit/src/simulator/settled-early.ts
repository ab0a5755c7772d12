/** Whether a folder is marked settled although somebody who takes part in it has not durably got all that this service wrote there. */
import { hash as digest } from 'node:crypto';
import { effective, emptyFolder, union } from '@lienthong/folder';
import type { Entry, FolderId, MaySucceed } from '@lienthong/folder';
import type { FolderState } from '@lienthong/dossier-service';
import { decodeEntry, decodeSegment, serviceOf } from '@lienthong/kernel';
import type { Rules } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import type { MemoryStore } from '@lienthong/store-memory';

export type Shelf = { readonly name: ServiceName; readonly store: MemoryStore };

/** Who lacks something; undefined: nobody, or the folder is not marked settled. `others`: those whose store never lost anything. */
export function settledEarly(id: FolderId, { name, store }: Shelf, others: readonly Shelf[], rules: Rules<FolderState>, maySucceed: MaySucceed): ServiceName | undefined {
  const row = store.backup().rows.get(id);
  if (row === undefined || row.unsettled) return undefined;
  const held = row.segments.flatMap(entriesOf), own = held.filter(({ author }) => serviceOf(author) === name);
  const lacking = others.filter((other) => { const theirs = hashesAt(other.store, id); return own.some(({ hash }) => !theirs.has(hash)); });
  if (lacking.length === 0) return undefined;
  const participants = participantsOf(id, held, rules, maySucceed);
  return lacking.find((other) => participants.includes(other.name))?.name;
}

/** What a store holds was verified before it came there. */
function participantsOf(id: FolderId, entries: readonly Entry[], rules: Rules<FolderState>, maySucceed: MaySucceed): readonly ServiceName[] {
  const folder = emptyFolder(id), state = rules.empty(id);
  union(folder, entries, { verify: () => true, maySucceed });
  for (const entry of effective(folder)) rules.fold(state, entry);
  return rules.participants(state);
}

const hashesAt = (store: MemoryStore, id: FolderId): ReadonlySet<string> => new Set((store.backup().rows.get(id)?.segments ?? []).flatMap(entriesOf).map(({ hash }) => hash));

/** A segment never changes, and is looked at many times. */
const known = new WeakMap<Uint8Array, readonly Entry[]>();

function entriesOf(segment: Uint8Array): readonly Entry[] {
  let entries = known.get(segment);
  if (entries === undefined) known.set(segment, entries = decodeSegment(segment).map(({ bytes, proof }) => decodeEntry(bytes, digest('sha256', bytes, 'hex'), proof)));
  return entries;
}
