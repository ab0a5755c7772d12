/** A store without one of its guards. */
import type { FolderId } from '@lienthong/folder';
import type { Append, Appended, FolderVersion, OwnedStore } from '@lienthong/kernel';

/**
 * `append-any-version`: takes an append whatever was written before. `append-any-incarnation`: takes it of whomever. `answer-before-flush`: answers what is not durable yet.
 * `settle-any-version`: settles a folder that was written meanwhile. `forget-wake-up`, `forget-unsettled`: does not keep that a folder is to be woken, or told.
 */
export const storeFaults = ['append-any-version', 'append-any-incarnation', 'answer-before-flush', 'settle-any-version', 'forget-wake-up', 'forget-unsettled'] as const;
export type StoreFault = (typeof storeFaults)[number];

export const isStoreFault = (fault: string): fault is StoreFault => (storeFaults as readonly string[]).includes(fault);

export function faultyStore(store: OwnedStore, faults: ReadonlySet<string>): OwnedStore {
  const has = (fault: StoreFault): boolean => faults.has(fault);
  if (!storeFaults.some(has)) return store;
  let early = 0;
  const versionOf = async (id: FolderId): Promise<number> => (await store.load(id))?.version ?? 0;
  const append = async (given: Append): Promise<Appended> => {
    let change = given;
    if (has('append-any-version')) change = { ...change, expectedVersion: await versionOf(change.id) };
    if (has('append-any-incarnation')) change = { ...change, incarnation: await store.incarnation() ?? change.incarnation };
    if (has('forget-wake-up')) change = { ...change, wakeAt: null };
    if (has('forget-unsettled')) change = { ...change, unsettled: false };
    if (!has('answer-before-flush')) return store.append(change);
    const commit = await store.lastCommit();
    early++;
    void store.append(change).catch(() => {}).finally(() => { early--; });
    return { ok: true, version: change.expectedVersion + 1, commit: commit + early };
  };
  const settle = async (folders: readonly FolderVersion[]): Promise<void> =>
    store.settle(has('settle-any-version') ? await Promise.all(folders.map(async ({ id }) => ({ id, version: await versionOf(id) }))) : folders);
  return {
    append, settle, load: (id) => store.load(id), asides: (id, names) => store.asides(id, names), find: (field, value, limit, after) => store.find(field, value, limit, after), due: (now, limit) => store.due(now, limit),
    unsettled: (limit, after) => store.unsettled(limit, after), changedSince: (commit, limit, where) => store.changedSince(commit, limit, where), lastCommit: () => store.lastCommit(), incarnation: () => store.incarnation(),
    setIncarnation: (author) => store.setIncarnation(author), close: () => store.close(),
  };
}
