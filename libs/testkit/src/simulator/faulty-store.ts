/** A store without one of its guards. */
import type { FolderId } from '@lienthong/folder';
import type { Append, Appended, FolderVersion, OwnedStore } from '@lienthong/kernel';
import type { MemoryStore } from '@lienthong/store-memory';

/**
 * `append-any-version`: takes an append whatever was written before. `answer-before-flush`: answers what is not durable yet. `settle-any-version`: settles a folder that was
 * written meanwhile. `forget-wake-up`, `forget-unsettled`: does not keep that a folder is to be woken, or told.
 */
export const storeFaults = ['append-any-version', 'answer-before-flush', 'settle-any-version', 'forget-wake-up', 'forget-unsettled'] as const;
export type StoreFault = (typeof storeFaults)[number];

export const isStoreFault = (fault: string): fault is StoreFault => (storeFaults as readonly string[]).includes(fault);

export function faultyStore(store: MemoryStore, faults: ReadonlySet<string>): OwnedStore {
  const has = (fault: StoreFault): boolean => faults.has(fault);
  if (!storeFaults.some(has)) return store;
  let early = 0;
  const append = async (given: Append): Promise<Appended> => {
    const change: Append = { ...given, ...(has('forget-wake-up') ? { wakeAt: null } : {}), ...(has('forget-unsettled') ? { unsettled: false } : {}) };
    if (has('append-any-version')) Object.defineProperty(change, 'expectedVersion', presentVersion(store, change.id));
    if (!has('answer-before-flush')) return store.append(change);
    const commit = await store.lastCommit();
    early++;
    void store.append(change).catch(() => {}).finally(() => { early--; });
    return { ok: true, version: change.expectedVersion + 1, commit: commit + early };
  };
  const settle = (folders: readonly FolderVersion[]): Promise<void> =>
    store.settle(has('settle-any-version') ? folders.map(({ id }) => Object.defineProperty({ id, version: 0 }, 'version', presentVersion(store, id))) : folders);
  return {
    append, settle, load: (id) => store.load(id), standings: (ids) => store.standings(ids), asides: (id, names) => store.asides(id, names), find: (field, value, limit, after) => store.find(field, value, limit, after), due: (now, limit) => store.due(now, limit),
    unsettled: (limit, after) => store.unsettled(limit, after), changedSince: (commit, limit, where) => store.changedSince(commit, limit, where), lastCommit: () => store.lastCommit(), incarnation: () => store.incarnation(),
    setIncarnation: (author) => store.setIncarnation(author), close: () => store.close(),
  };
}

/** Whatever the disk says at the moment of writing. */
const presentVersion = (store: MemoryStore, id: FolderId): PropertyDescriptor => ({ enumerable: true, get: () => store.backup().rows.get(id)?.version ?? 0 });
