/** How far somebody has come in each log. */
import type { Folder } from './folder.ts';
import type { AuthorId, Entry, Hash, Head, Heads } from './types.ts';

/**
 * What this copy holds, to be shown to others. For a forked log it is one head for all branches: the highest seq, and the exclusive or of the
 * hashes of the branches' last entries. So two copies have equal heads exactly when they hold the same entries.
 */
export function headsOf<B>(folder: Folder<B>): Heads {
  const heads: Record<AuthorId, Head> = {};
  for (const [author, log] of folder.logs) {
    const last = log.entries[log.entries.length - 1]!;
    heads[author] = folder.branches.has(author) ? joinedHead(tipsOf(folder, author)) : { seq: last.seq, hash: last.hash };
  }
  return heads;
}

/** Last entry of each branch that is held of the author's log, ordered by hash; one where the log is not forked, none where nothing is held. */
export function tipsOf<B>(folder: Folder<B>, author: AuthorId): readonly Head[] {
  const held = heldOf(folder, author);
  const continued = new Set(held.map((entry) => entry.prev));
  return held.filter((entry) => !continued.has(entry.hash)).map(({ seq, hash }) => ({ seq, hash })).sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

/** All entries held of one author, whatever branch. */
export function heldOf<B>(folder: Folder<B>, author: AuthorId): readonly Entry<B>[] {
  const entries = folder.logs.get(author)?.entries ?? [];
  const branches = folder.branches.get(author);
  return branches === undefined ? entries : [...entries, ...branches.values()];
}

function joinedHead(tips: readonly Head[]): Head {
  let hash = '';
  let seq = 0;
  for (const tip of tips) {
    hash = hash === '' ? tip.hash : exclusiveOr(hash, tip.hash);
    seq = Math.max(seq, tip.seq);
  }
  return { seq, hash };
}

/** Of two hex texts of the same length. */
function exclusiveOr(a: Hash, b: Hash): Hash {
  let text = '';
  for (let at = 0; at < a.length; at += 8) {
    const digits = Math.min(8, a.length - at);
    const mixed = (Number.parseInt(a.slice(at, at + 8), 16) ^ Number.parseInt(b.slice(at, at + 8), 16)) >>> 0;
    text += mixed.toString(16).padStart(digits, '0');
  }
  return text;
}

/**
 * True when a copy with `heads` holds what a copy with `other` holds, as far as heads tell: logs are compared by seq, and by hash where seq is equal.
 * (A longer log on another branch is found out when the other side compares.)
 */
export function covers(heads: Heads, other: Heads): boolean {
  for (const author in other) {
    const mine = heads[author];
    const theirs = other[author]!;
    if (mine === undefined || mine.seq < theirs.seq || (mine.seq === theirs.seq && mine.hash !== theirs.hash)) return false;
  }
  return true;
}

/** The further head of each log; where both are as far, that of `b` (what was said last). */
export function mergeHeads(a: Heads, b: Heads): Heads {
  if (covers(b, a)) return b;
  const merged: Record<AuthorId, Head> = { ...a };
  for (const author in b) {
    const known = merged[author];
    if (known === undefined || b[author]!.seq >= known.seq) merged[author] = b[author]!;
  }
  return merged;
}
