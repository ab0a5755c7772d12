/** Entries on their way into a folder: which of them may be folded now. */
import type { Faults } from './faults.ts';
import type { Folder } from './folder.ts';
import { heldEntry, holds } from './folder.ts';
import { isSuccession } from './liveness.ts';
import type { AuthorId, Entry, Hash, MaySucceed, Succeeds } from './types.ts';

export type Waiting<B> = Map<Hash, Entry<B>>;

export type Gate = { readonly maySucceed: MaySucceed; readonly sealed?: (author: AuthorId) => boolean; readonly choosing?: readonly Succeeds[]; readonly faults?: Faults };

/**
 * The entries from the author's log as held (exclusive) up to `last`, which is signed: they enter together, so that a log always ends on a signed entry.
 * Undefined: one of them is missing, or what one of them had seen is not held.
 */
export function runUpTo<B>(folder: Folder<B>, waiting: Waiting<B>, last: Entry<B>, gate: Gate): readonly Entry<B>[] | undefined {
  if (gate.faults?.has('skip-union-check')) return isNext(folder, last) ? [last] : undefined;
  const run = [last];
  for (let first = last; !isAnchored(folder, first);) {
    const before = waiting.get(first.prev);
    if (before === undefined || before.author !== first.author || before.seq !== first.seq - 1) {
      if (gate.faults?.has('drop-sequence-check')) break;
      return undefined;
    }
    run.push(first = before);
  }
  run.reverse();
  if (!gate.faults?.has('ignore-seen') && !run.every((entry) => holdsWhatItSaw(folder, entry))) return undefined;
  return run;
}

function isNext<B>(folder: Folder<B>, entry: Entry<B>): boolean {
  return entry.seq === (folder.logs.get(entry.author)?.entries.length ?? 0) + 1;
}

function isAnchored<B>(folder: Folder<B>, entry: Entry<B>): boolean {
  return entry.seq === 1 || heldEntry(folder, entry.author, entry.seq - 1, entry.prev) !== undefined;
}

/** Causes first: other logs up to what was seen of them, and the branch that a succession chose. */
function holdsWhatItSaw<B>(folder: Folder<B>, entry: Entry<B>): boolean {
  for (const author in entry.seen) if (author !== entry.author && !holds(folder, author, entry.seen[author]!)) return false;
  if (!isSuccession(entry)) return true;
  const { predecessor, head } = entry.succeeds!;
  return head === null || holds(folder, predecessor, head);
}
