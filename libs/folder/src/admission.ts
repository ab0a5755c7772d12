/** A sealed author gains nothing, except what must be held before its succession can be. */
import type { Folder } from './folder.ts';
import { isSuccession } from './liveness.ts';
import type { AuthorId, Entry, Hash, Head } from './types.ts';
import type { Gate, Waiting } from './waiting.ts';

/** True when entries of the author are refused here for now. */
export function isShut<B>(folder: Folder<B>, author: AuthorId, gate: Gate): boolean {
  return gate.sealed !== undefined && gate.sealed(author) && !folder.successions.has(author) && !gate.faults?.has('ignore-seal');
}

/**
 * What enters although its author is sealed. Of the predecessor of a waiting succession: the chosen branch and what else the successor has seen
 * of it. Of anybody: what hangs together with the branches that this store's own author is about to choose, for two may be succeeded at once,
 * each branch hanging on the other. Nobody else may be that generous: it might act on what the other successor never sees.
 */
export function admitted<B>(folder: Folder<B>, waiting: Waiting<B>, gate: Gate): ReadonlySet<Hash> {
  const found = new Set<Hash>();
  for (const { head } of gate.choosing ?? []) admitAll(waiting, head, found);
  for (const entry of waiting.values()) {
    if (claims(waiting, entry, gate) && !isShut(folder, entry.author, gate)) admitPredecessor(waiting, entry, gate, found);
  }
  return found;
}

/** With everything that it hangs on. */
function admitAll<B>(waiting: Waiting<B>, head: Head | null, found: Set<Hash>): void {
  const open = head === null ? [] : [head.hash];
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    const entry = waiting.get(hash);
    if (entry === undefined || found.has(hash)) continue;
    found.add(hash);
    open.push(entry.prev, ...Object.values(entry.seen).map((seen) => seen.hash), entry.succeeds?.head?.hash ?? '');
  }
}

/** Entries of the predecessor alone; where a succession of an older one is among them, entries of that one, too. */
function admitPredecessor<B>(waiting: Waiting<B>, succession: Entry<B>, gate: Gate, found: Set<Hash>): void {
  const { predecessor, head } = succession.succeeds!;
  const open = [head?.hash, succession.seen[predecessor]?.hash];
  while (open.length > 0) {
    const entry = waiting.get(open.pop() ?? '');
    if (entry === undefined || entry.author !== predecessor || found.has(entry.hash)) continue;
    found.add(entry.hash);
    open.push(entry.prev);
    if (claims(waiting, entry, gate)) admitPredecessor(waiting, entry, gate, found);
  }
}

/** True for a succession that a certificate allows and a waiting signature covers. */
function claims<B>(waiting: Waiting<B>, entry: Entry<B>, gate: Gate): boolean {
  return isSuccession(entry) && gate.maySucceed(entry.author, entry.succeeds!.predecessor) && isSigned(waiting, entry);
}

function isSigned<B>(waiting: Waiting<B>, entry: Entry<B>): boolean {
  for (const later of waiting.values()) {
    if (later.author === entry.author && later.proof !== null && isBefore(waiting, entry, later)) return true;
  }
  return false;
}

function isBefore<B>(waiting: Waiting<B>, ancestor: Entry<B>, later: Entry<B>): boolean {
  let entry: Entry<B> | undefined = later;
  while (entry !== undefined && entry.author === ancestor.author && entry.seq > ancestor.seq) entry = waiting.get(entry.prev);
  return entry === ancestor;
}
