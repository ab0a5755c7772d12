/** Forked logs: which branch stands in the log, and the evidence. */
import type { Folder } from './folder.ts';
import { heldEntry } from './folder.ts';
import { heldOf } from './heads.ts';
import { having } from './seldom.ts';
import type { AuthorId, Entry, Fork, Hash } from './types.ts';

/** Puts the branch that counts into the log: towards the head that a succession chose, elsewhere the entry with the smaller hash. */
export function settleLog<B>(folder: Folder<B>, author: AuthorId): void {
  const held = heldOf(folder, author);
  const children = childrenOf(held);
  const chosen = pathToChosen(folder, author);
  const entries: Entry<B>[] = [];
  const others = new Map(held.map((entry) => [entry.hash, entry] as const));
  for (let next = children.get(''); next !== undefined; next = children.get(entries[entries.length - 1]!.hash)) {
    const entry = next.find((one) => chosen.has(one.hash)) ?? next[0]!;
    entries.push(entry);
    others.delete(entry.hash);
  }
  folder.logs.get(author)!.entries = entries;
  folder.branches = having(folder.branches, author, others);
}

/** Evidence of all forked logs: at each parting the smallest hash against each of the others. */
export function listForks<B>(folder: Folder<B>): Fork<B>[] {
  const forks: Fork<B>[] = [];
  for (const author of [...folder.branches.keys()].sort()) {
    const partings = [...childrenOf(heldOf(folder, author)).values()].filter((siblings) => siblings.length > 1);
    partings.sort((a, b) => a[0]!.seq - b[0]!.seq || (a[0]!.hash < b[0]!.hash ? -1 : 1));
    for (const [one, ...others] of partings) {
      for (const other of others) forks.push({ author, seq: other.seq, one: one!, other });
    }
  }
  return forks;
}

/** By the hash before them, each list ordered by hash. */
function childrenOf<B>(held: readonly Entry<B>[]): Map<Hash, Entry<B>[]> {
  const children = new Map<Hash, Entry<B>[]>();
  for (const entry of held) {
    const siblings = children.get(entry.prev);
    if (siblings === undefined) children.set(entry.prev, [entry]);
    else siblings.push(entry);
  }
  for (const siblings of children.values()) siblings.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return children;
}

function pathToChosen<B>(folder: Folder<B>, author: AuthorId): Set<Hash> {
  const path = new Set<Hash>();
  const head = folder.successions.get(author)?.head;
  let entry = head ? heldEntry(folder, author, head.seq, head.hash) : undefined;
  while (entry !== undefined) {
    path.add(entry.hash);
    entry = heldEntry(folder, author, entry.seq - 1, entry.prev);
  }
  return path;
}
