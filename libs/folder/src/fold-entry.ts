/** Folds one entry: gives it its effect, or notes why it has none. */
import type { Faults } from './faults.ts';
import type { Folder, Log } from './folder.ts';
import { refKey } from './entry-ref.ts';
import { act, judge, takeOverItems } from './items.ts';
import { isOrigin, isSuccession, whyDead } from './liveness.ts';
import { having } from './seldom.ts';
import type { AuthorId, Entry, Head, NoEffect } from './types.ts';

/** What became of the entry; 'refold': what was folded before it changes, so that all must be folded again. */
type Outcome = 'effective' | NoEffect | 'refold';

/**
 * The entry stands in its author's log and all before it was folded. `anew`: origin and successions that count were chosen before, over all entries.
 * False: what was folded before changes, so that all must be folded anew.
 */
export function foldEntry<B>(folder: Folder<B>, entry: Entry<B>, anew: boolean, faults: Faults | undefined): boolean {
  const log = folder.logs.get(entry.author)!;
  noteSeen(log, entry);
  const outcome = outcomeOf(folder, log, entry, anew, faults);
  if (isSuccession(entry) && log.opening === entry.seq - 1) log.opening++;
  if (outcome === 'refold') return false;
  if (outcome !== 'effective') folder.effects = having(folder.effects, refKey(entry), outcome);
  return true;
}

function outcomeOf<B>(folder: Folder<B>, log: Log<B>, entry: Entry<B>, anew: boolean, faults: Faults | undefined): Outcome {
  const dead = whyDead(folder, log, entry, folder.successions.get(entry.author), faults);
  if (dead !== undefined) return dead;
  if (entry.succeeds !== null) return foldSuccession(folder, log, entry, anew);
  if (isOrigin(entry)) return foldOrigin(folder, log, entry);
  const reason = judge(folder, entry, faults);
  if (reason !== undefined) return reason;
  act(folder, entry);
  return 'effective';
}

/** The origin that counts has the smallest hash: every copy chooses alike. */
function foldOrigin<B>(folder: Folder<B>, log: Log<B>, entry: Entry<B>): Outcome {
  if (log.opening !== entry.seq - 1) return 'rival-origin';
  if (folder.origin !== null && folder.origin.hash !== entry.hash) return entry.hash < folder.origin.hash ? 'refold' : 'rival-origin';
  folder.origin = entry;
  act(folder, entry);
  return 'effective';
}

function foldSuccession<B>(folder: Folder<B>, log: Log<B>, entry: Entry<B>, anew: boolean): Outcome {
  if (!isSuccession(entry) || log.opening !== entry.seq - 1 || folder.permitted.get(entry.hash)?.allowed !== true) return 'bad-succession';
  const { predecessor, head } = entry.succeeds!;
  const known = folder.successions.get(predecessor);
  if (anew) {
    if (known?.entry.hash !== entry.hash) return 'bad-succession';
    known.folded = true;
  } else {
    if (known !== undefined || changesWhatWasFolded(folder, predecessor, head)) return 'refold';
    folder.successions = having(folder.successions, predecessor, { entry, head, folded: true });
  }
  takeOverItems(folder, predecessor);
  return 'effective';
}

function changesWhatWasFolded<B>(folder: Folder<B>, predecessor: AuthorId, head: Head | null): boolean {
  const log = folder.logs.get(predecessor);
  return log !== undefined && (log.forkedAt > 0 || log.entries.length > (head?.seq ?? 0));
}

function noteSeen<B>(log: Log<B>, entry: Entry<B>): void {
  for (const author in entry.seen) {
    const head = entry.seen[author]!;
    const known = log.seen.get(author);
    if (known === undefined || known.seq < head.seq) log.seen = having(log.seen, author, head);
  }
}
