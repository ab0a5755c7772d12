/** What another copy lacks. */
import type { Folder } from './folder.ts';
import { isUnder } from './folder.ts';
import { headsOf } from './heads.ts';
import type { AuthorId, Entry, Hash, Head, Heads } from './types.ts';

/** How one author's entries divide: lacking beyond `after`, or the very ones named. */
type Lack<B> = { readonly count: number; readonly lacks: (entry: Entry<B>) => boolean };

/**
 * The entries held here that a copy with `theirHeads` lacks: causes before consequences, each author's part ending on a signed entry.
 * Where their head is not known here and not beyond what is held, they are on another branch and get the whole log.
 */
export function missing<B>(folder: Folder<B>, theirHeads: Heads): Entry<B>[] {
  return knowsEach(folder, theirHeads) ? beyond(folder, theirHeads) : missingOfBranches(folder, theirHeads);
}

/** Whether each of their heads is of the log that is held here, as far as it goes: then numbers tell all. */
function knowsEach<B>(folder: Folder<B>, theirHeads: Heads): boolean {
  if (folder.branches.size > 0) return false;
  for (const [author, { entries }] of folder.logs) {
    const theirs = theirHeads[author];
    if (theirs !== undefined && theirs.seq <= entries.length && entries[theirs.seq - 1]?.hash !== theirs.hash) return false;
  }
  return true;
}

function beyond<B>(folder: Folder<B>, theirHeads: Heads): Entry<B>[] {
  let count = 0;
  for (const [author, { entries }] of folder.logs) count += Math.max(0, entries.length - (theirHeads[author]?.seq ?? 0));
  const found: Entry<B>[] = [];
  for (let at = folder.order.length - 1; found.length < count && at >= 0; at--) {
    const entry = folder.order[at]!;
    if (entry.seq > (theirHeads[entry.author]?.seq ?? 0)) found.push(entry);
  }
  return found.reverse();
}

function missingOfBranches<B>(folder: Folder<B>, theirHeads: Heads): Entry<B>[] {
  const lacks = new Map<AuthorId, Lack<B>>();
  let count = 0;
  for (const author of folder.logs.keys()) {
    const lack = folder.branches.has(author) ? lackOfForked(folder, author, theirHeads[author]) : lackOf(folder, author, theirHeads[author]);
    if (lack === undefined || lack.count === 0) continue;
    lacks.set(author, lack);
    count += lack.count;
  }
  const found: Entry<B>[] = [];
  for (let at = folder.order.length - 1; found.length < count && at >= 0; at--) {
    const entry = folder.order[at]!;
    if (lacks.get(entry.author)?.lacks(entry)) found.push(entry);
  }
  return found.reverse();
}

function lackOf<B>(folder: Folder<B>, author: AuthorId, theirs: Head | undefined): Lack<B> | undefined {
  const { entries } = folder.logs.get(author)!;
  const after = theirs === undefined || (theirs.seq <= entries.length && entries[theirs.seq - 1]?.hash !== theirs.hash) ? 0 : theirs.seq;
  return after >= entries.length ? undefined : { count: entries.length - after, lacks: (entry) => entry.seq > after };
}

function lackOfForked<B>(folder: Folder<B>, author: AuthorId, theirs: Head | undefined): Lack<B> | undefined {
  const mine = headsOf(folder)[author]!;
  if (theirs !== undefined && theirs.seq === mine.seq && theirs.hash === mine.hash) return undefined;
  const { entries } = folder.logs.get(author)!;
  const onBranches = folder.branches.get(author)!;
  const all = [...entries, ...onBranches.values()];
  const known = theirs !== undefined && all.some((entry) => entry.hash === theirs.hash);
  const lacking = new Set<Hash>(all.filter((entry) => !known || !isUnder(folder, entry, theirs)).map((entry) => entry.hash));
  return { count: lacking.size, lacks: (entry) => lacking.has(entry.hash) };
}
