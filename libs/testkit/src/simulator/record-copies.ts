/** Whether a service's records stood at its keeper, on disk, with what belongs beside them. */
import { hash as digest } from 'node:crypto';
import { asideName } from '@lienthong/law';
import { decodeEntry } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import type { FolderState } from '@lienthong/dossier-service';
import type { Rules } from '@lienthong/kernel';
import type { MemoryStore } from '@lienthong/store-memory';
import { wholeEntries } from '../whole-entries.ts';

type Row = NonNullable<ReturnType<ReturnType<MemoryStore['backup']>['rows']['get']>>;

/** `rules`: of whoever folds. */
export function recordsAreAt(keeper: MemoryStore, owner: MemoryStore, service: ServiceName, rules: Rules<FolderState>): boolean {
  const copies = keeper.backup().rows;
  return [...owner.backup().rows.values()].every((row) => {
    const beside = besideOf(row, service, rules);
    if (beside === null) return true;
    const copy = copies.get(row.id);
    return copy !== undefined && hashesOf(row).isSubsetOf(hashesOf(copy)) && beside.every((name) => copy.asides.has(name));
  });
}

const entriesOf = ({ segments }: Row): Uint8Array[] => wholeEntries(segments).map(({ bytes }) => bytes);
const hashOf = (bytes: Uint8Array): string => digest('sha256', bytes, 'hex');
const hashesOf = (row: Row): Set<string> => new Set(entriesOf(row).map(hashOf));

/** Null: it is no record of the service. */
function besideOf(row: Row, service: ServiceName, rules: Rules<FolderState>): readonly string[] | null {
  const state = rules.empty(row.id);
  for (const bytes of entriesOf(row)) rules.fold(state, decodeEntry(bytes, hashOf(bytes), null));
  return state.record === null || state.record.owner !== service ? null : [...state.record.beside ?? []].map(asideName);
}
