/** Where an author's next entry goes. */
import type { Folder, Log } from './folder.ts';
import { isUnder } from './folder.ts';
import type { AuthorId, Entry, Hash, Head, Heads } from './types.ts';

export type Position = {
  readonly seq: number;
  readonly prev: Hash;
  /** Heads of other logs that moved since the author's previous entry. */
  readonly seen: Heads;
  /** `recordedAt` may not be earlier; milliseconds since the epoch. */
  readonly recordedAtFloor: number;
};

/** What the author's next entry must carry, given all that this copy holds. */
export function nextPosition<B>(folder: Folder<B>, author: AuthorId): Position {
  const own = folder.logs.get(author);
  const last = own?.entries[own.entries.length - 1];
  const seen: Record<AuthorId, Head> = {};
  for (const [other, log] of folder.logs) {
    if (other === author) continue;
    const tip = log.entries[log.entries.length - 1]!;
    if (own === undefined || !hasSeen(folder, own, tip)) seen[other] = { seq: tip.seq, hash: tip.hash };
  }
  return { seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? '', seen, recordedAtFloor: folder.recordedAt };
}

function hasSeen<B>(folder: Folder<B>, own: Log<B>, tip: Entry<B>): boolean {
  const head = own.seen.get(tip.author);
  if (head === undefined) return false;
  if (head.hash === tip.hash) return true;
  return folder.branches.has(tip.author) && own.entries.some((entry) => entry.seen[tip.author] !== undefined && isUnder(folder, tip, entry.seen[tip.author]!));
}
