/** A sealed author gains nothing, except what must be held before its succession can be. */
import type { Folder } from './folder.ts';
import { isSuccession } from './liveness.ts';
import type { AuthorId, Entry, Hash } from './types.ts';
import type { Gate, Waiting } from './waiting.ts';

/** True when entries of the author are refused here for now. */
export function isShut<B>(folder: Folder<B>, author: AuthorId, gate: Gate): boolean {
  return gate.sealed !== undefined && gate.sealed(author) && !folder.successions.has(author) && !gate.faults?.has('ignore-seal');
}

/**
 * What enters although its author is sealed. Of the predecessor of a waiting succession: all that the successor had seen of it, or others before it.
 * Of anybody: what hangs together with the branches that this store's own author is about to choose, for two may be succeeded at once,
 * each branch hanging on the other. Nobody else may be that generous: it might act on what the other successor never sees.
 */
export function admitted<B>(folder: Folder<B>, waiting: Waiting<B>, gate: Gate): ReadonlySet<Hash> {
  const found = new Set<Hash>();
  for (const { head } of gate.choosing ?? []) {
    for (const entry of head === null ? [] : causesOf(waiting, head.hash)) found.add(entry.hash);
  }
  for (const entry of waiting.values()) {
    if (!claims(waiting, entry, gate) || isShut(folder, entry.author, gate)) continue;
    const causes = causesOf(waiting, entry.hash);
    const opened = openedBy(waiting, entry, causes, gate);
    for (const cause of causes) if (opened.has(cause.author)) found.add(cause.hash);
  }
  return found;
}

/** The predecessor; and where a succession of an older one is among what enters, that older one. */
function openedBy<B>(waiting: Waiting<B>, succession: Entry<B>, causes: readonly Entry<B>[], gate: Gate): ReadonlySet<AuthorId> {
  const opened = new Set([succession.succeeds!.predecessor]);
  for (let before = 0; before < opened.size;) {
    before = opened.size;
    for (const cause of causes) if (opened.has(cause.author) && claims(waiting, cause, gate)) opened.add(cause.succeeds!.predecessor);
  }
  return opened;
}

/** The entry and all that it hangs on, as far as it waits here. */
function causesOf<B>(waiting: Waiting<B>, hash: Hash): readonly Entry<B>[] {
  const found = new Set<Entry<B>>();
  const open = [hash];
  while (open.length > 0) {
    const entry = waiting.get(open.pop()!);
    if (entry === undefined || found.has(entry)) continue;
    found.add(entry);
    open.push(entry.prev, ...Object.values(entry.seen).map((head) => head.hash), entry.succeeds?.head?.hash ?? '');
  }
  return [...found];
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
