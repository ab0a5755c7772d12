/** Takes an entry for good, once all that it hangs on is held. */
import type { Faults } from './faults.ts';
import { foldEntry } from './fold-entry.ts';
import type { Folder, Log } from './folder.ts';
import { heldEntry } from './folder.ts';
import { isSuccession } from './liveness.ts';
import { having, seldom } from './seldom.ts';
import type { AuthorId, Entry, MaySucceed } from './types.ts';

/** False: a refold is needed before effects can be relied on. `fold` false: the caller knows already that one is needed. */
export function holdEntry<B>(folder: Folder<B>, entry: Entry<B>, maySucceed: MaySucceed, fold: boolean, faults: Faults | undefined): boolean {
  folder.order.push(entry);
  if (entry.recordedAt > folder.recordedAt) folder.recordedAt = entry.recordedAt;
  if (isSuccession(entry)) folder.permitted = having(folder.permitted, entry.hash, { entry, allowed: maySucceed(entry.author, entry.succeeds!.predecessor) });
  const log = folder.logs.get(entry.author) ?? newLog(folder, entry.author);
  if (!continues(log, entry, faults)) {
    addBranch(folder, log, entry);
    return false;
  }
  // A list that is made with its entry takes no more room than that one; one that grows keeps room for many.
  if (log.entries.length === 0) log.entries = [entry];
  else log.entries.push(entry);
  return fold && foldEntry(folder, entry, false, faults);
}

function newLog<B>(folder: Folder<B>, author: AuthorId): Log<B> {
  const log: Log<B> = { entries: [], seen: seldom(), opening: 0, forkedAt: 0 };
  folder.logs.set(author, log);
  return log;
}

function continues<B>(log: Log<B>, entry: Entry<B>, faults: Faults | undefined): boolean {
  const last = log.entries[log.entries.length - 1];
  if (faults?.has('drop-sequence-check')) return entry.seq > (last?.seq ?? 0);
  if (faults?.has('skip-union-check')) return entry.seq === log.entries.length + 1;
  return last === undefined ? entry.seq === 1 : last.hash === entry.prev && last.seq + 1 === entry.seq;
}

function addBranch<B>(folder: Folder<B>, log: Log<B>, entry: Entry<B>): void {
  const onBranch = folder.branches.get(entry.author);
  if (onBranch === undefined) folder.branches = having(folder.branches, entry.author, new Map([[entry.hash, entry]]));
  else onBranch.set(entry.hash, entry);
  const parts = entry.seq === 1 || heldEntry(folder, entry.author, entry.seq - 1, entry.prev) === log.entries[entry.seq - 2];
  if (parts && (log.forkedAt === 0 || entry.seq < log.forkedAt)) log.forkedAt = entry.seq;
}
