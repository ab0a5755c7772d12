/** What must hold once everything has healed. */
import { effective, effectOf, holds, refKey, union, emptyFolder } from '../../src/index.ts';
import type { Entry, Folder, FolderId } from '../../src/index.ts';
import { dump } from '../support/copy.ts';
import type { Schedule } from './schedule.ts';

export function check(schedule: Schedule, folders: readonly FolderId[], requests: readonly string[]): void {
  const { problems } = schedule.journal;
  for (const id of folders) {
    const folder = schedule.participants[0]!.folder(id);
    if (folder.order.length === 0) continue;
    checkCopies(schedule, id, problems);
    checkItems(schedule, folder, problems);
    checkEntries(schedule, folder, problems);
  }
  checkRequests(schedule, folders, requests, problems);
}

/** Copies in memory were compared when they came to rest; those read again must be equal, too. */
function checkCopies(schedule: Schedule, id: FolderId, problems: string[]): void {
  const texts = new Set([dump(schedule.participants[0]!.folder(id))]);
  for (const one of schedule.participants) {
    const again = emptyFolder<string>(id);
    union(again, one.store.folders.get(id) ?? [], { ...one.checks(), sealed: () => false });
    texts.add(dump(again));
  }
  if (texts.size > 1) problems.push(`copies of ${id.slice(0, 4)} differ`);
}

function checkItems(schedule: Schedule, folder: Folder<string>, problems: string[]): void {
  const present = new Set(schedule.participants.map((one) => one.author));
  const moves = new Map<string, Entry<string>>();
  for (const item of folder.items.values()) {
    if (!item.ended && !present.has(item.holder)) problems.push(`${item.id} is held by ${item.holder}, which is no more`);
  }
  for (const entry of effective(folder)) {
    if (entry.item === '') continue;
    const holder = folder.items.get(entry.item)?.tenures[entry.term - 1]?.holder;
    if (holder !== entry.author) problems.push(`${refKey(entry)} has effect under term ${entry.term} of ${entry.item}, held by ${holder}`);
    const key = `${entry.item} term ${entry.term}`;
    if (moves.has(key)) problems.push(`${refKey(entry)} has effect on ${key}, which ${refKey(moves.get(key)!)} had moved on`);
    if (entry.handsTo !== '' || entry.ends) moves.set(key, entry);
  }
}

function checkEntries(schedule: Schedule, folder: Folder<string>, problems: string[]): void {
  for (const entry of folder.order) if (!schedule.journal.written.has(entry.hash)) problems.push(`${refKey(entry)} was never written`);
  checkEffects(folder, problems);
}

/** Holds at any time in any copy: no entry has effect twice, or beyond a fork, or beyond the head that a succession chose. */
export function checkEffects(folder: Folder<string>, problems: string[]): void {
  const seen = new Set<string>();
  for (const entry of effective(folder)) {
    if (seen.has(refKey(entry))) problems.push(`${refKey(entry)} has effect twice`);
    seen.add(refKey(entry));
    const head = folder.successions.get(entry.author)?.head;
    if (head !== undefined && (head === null || entry.seq > head.seq)) problems.push(`${refKey(entry)} has effect beyond the head that was chosen`);
    const fork = folder.forks.find((one) => one.author === entry.author);
    if (head === undefined && fork !== undefined && entry.seq >= fork.seq) problems.push(`${refKey(entry)} has effect beyond a fork`);
  }
}

/** Each acknowledged request has effect exactly once, unless its only copy was in a lost store; then it was listed. */
function checkRequests(schedule: Schedule, ids: readonly FolderId[], requests: readonly string[], problems: string[]): void {
  const folders = new Map(ids.map((id) => [id, schedule.participants[0]!.folder(id)]));
  const times = new Map<string, number>();
  for (const folder of folders.values()) for (const entry of effective(folder)) times.set(entry.body, (times.get(entry.body) ?? 0) + 1);
  for (const request of requests) {
    const entry = schedule.journal.acknowledged.get(request);
    const count = times.get(request) ?? 0;
    if (count > 1) problems.push(`${request} has effect ${count} times`);
    if (entry === undefined || count === 1) continue;
    const why = whyLost(schedule, folders.get(entry.folder)!, entry);
    if (why !== undefined) problems.push(`${request}, acknowledged as ${refKey(entry)} (${effectOf(folders.get(entry.folder)!, entry)}), ${why}`);
    else schedule.counts['listed at risk'] = (schedule.counts['listed at risk'] ?? 0) + 1;
  }
}

/** Undefined: the loss is accounted for. */
function whyLost(schedule: Schedule, folder: Folder<string>, entry: Entry<string>): string | undefined {
  const held = holds(folder, entry.author, entry);
  if (!held || effectOf(folder, entry) === 'voided' || folder.branches.get(entry.author)?.has(entry.hash) === true) {
    const commit = schedule.journal.commits.get(entry.hash) ?? 0;
    const listed = schedule.participants.flatMap((one) => one.atRisk).some((risk) => risk.author === entry.author && (commit > risk.afterCommit || risk.named.has(entry.hash)));
    const unwitnessed = schedule.lostWithMark.some((lost) => lost.author === entry.author && commit > lost.afterCommit && commit <= lost.upToCommit);
    return listed || unwitnessed ? undefined : `is lost and was not listed (commit ${commit})`;
  }
  return hangsOnFork(schedule, folder, entry) ? undefined : 'acted on what was voided, though no log was forked';
}

/** A fork may take its effect from what others did in good faith. */
function hangsOnFork(schedule: Schedule, folder: Folder<string>, entry: Entry<string>): boolean {
  return (schedule.journal.hangsOn.get(entry.hash) ?? []).some((hash) => {
    const basis = schedule.journal.written.get(hash)!;
    if (holds(folder, basis.author, basis) && !folder.branches.get(basis.author)?.has(hash) && effectOf(folder, basis) === 'effective') return false;
    return folder.branches.has(basis.author) || hangsOnFork(schedule, folder, basis);
  });
}
