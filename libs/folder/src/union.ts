/** The one way into a folder. */
import { admitted, isShut } from './admission.ts';
import type { Faults } from './faults.ts';
import type { Folder } from './folder.ts';
import { heldEntry, inLog, maxBufferedEntries } from './folder.ts';
import { holdEntry } from './hold-entry.ts';
import { refold } from './refold.ts';
import { having } from './seldom.ts';
import type { AuthorId, Entry, Fork, Hash, MaySucceed, Rejection, Succeeds, Verify } from './types.ts';
import type { Waiting } from './waiting.ts';
import { runUpTo } from './waiting.ts';

export type UnionChecks = {
  readonly verify: Verify;
  readonly maySucceed: MaySucceed;
  /** True for an author that this store has sealed. */
  readonly sealed?: (author: AuthorId) => boolean;
  /** The branches that this store's own author is about to choose: what they hang on is taken although its author is sealed. */
  readonly choosing?: readonly Succeeds[];
  /** Deliberate faults; production passes none. */
  readonly faults?: Faults;
};

export type UnionResult<B = unknown> = {
  /** Newly folded entries of the logs, causes before consequences; some may be without effect. */
  readonly added: readonly Entry<B>[];
  /** Newly held entries, which must be made durable: all of `added`, and those of branches that do not count. */
  readonly stored: readonly Entry<B>[];
  /** Forks that came to light. */
  readonly forks: readonly Fork<B>[];
  readonly rejected: readonly Rejection[];
  /** True: effects of earlier entries may have changed; whoever derives state must derive it anew from `effective`. */
  readonly refolded: boolean;
};

/**
 * Takes entries into the folder, in any order and number: what can be folded is, the rest waits in `buffered`. Changes `folder` in place.
 * Each signature is verified once. Taking again what is held changes nothing.
 */
export function union<B>(folder: Folder<B>, theirs: readonly Entry<B>[], checks: UnionChecks): UnionResult<B> {
  const rejected: Rejection[] = [];
  const waiting: Waiting<B> = new Map();
  for (const entry of folder.buffered) waiting.set(entry.hash, entry);
  const news = takeIn(folder, waiting, theirs, checks, rejected);
  const stale = folder.permitted.size > 0 && askAgain(folder, checks.maySucceed);
  if (!news && !stale) return { added: none, stored: none, forks: none, rejected, refolded: false };
  const stored: Entry<B>[] = [];
  const anew = foldWhatIsReady(folder, waiting, checks, { stored, whole: !stale });
  if (waiting.size > 0 && checks.sealed !== undefined) refuseSealed(folder, waiting, checks, rejected);
  if (folder.buffered.length > 0 || waiting.size > 0) folder.buffered = [...waiting.values()].slice(0, maxBufferedEntries);
  return resultOf(folder, stored, rejected, anew);
}

/** Takes entries that this store's own author has just written, in order. The last may be signed afterwards, before anything leaves the store. */
export function appendOwn<B>(folder: Folder<B>, entries: readonly Entry<B>[], faults?: Faults): UnionResult<B> {
  const stored: Entry<B>[] = [];
  let anew = false;
  for (const entry of entries) {
    if (heldEntry(folder, entry.author, entry.seq, entry.hash) !== undefined) continue;
    const problem = whyNotNext(folder, entry);
    if (problem !== undefined) throw new RangeError(`folder ${folder.id}: own entry ${entry.author}/${entry.seq} ${problem}`);
    anew = !holdEntry(folder, entry, ownMaySucceed, !anew, faults) || anew;
    stored.push(entry);
  }
  if (anew) refold(folder, faults);
  return resultOf(folder, stored, [], anew);
}

const none: readonly never[] = [];
const ownMaySucceed: MaySucceed = () => true;

function whyNotNext<B>(folder: Folder<B>, entry: Entry<B>): string | undefined {
  const entries = folder.logs.get(entry.author)?.entries ?? [];
  if (entry.folder !== folder.id) return 'belongs to another folder';
  return entry.seq === entries.length + 1 && entry.prev === (entries[entries.length - 1]?.hash ?? '') ? undefined : 'does not continue its log';
}

/** Puts what is news among the waiting. False: nothing is. */
function takeIn<B>(folder: Folder<B>, waiting: Waiting<B>, theirs: readonly Entry<B>[], checks: UnionChecks, rejected: Rejection[]): boolean {
  let news = false;
  for (const entry of theirs) {
    const reason = whyMalformed(folder, entry);
    if (reason !== undefined) {
      rejected.push({ author: entry.author, seq: entry.seq, reason });
      continue;
    }
    if (heldEntry(folder, entry.author, entry.seq, entry.hash) !== undefined) continue;
    const known = waiting.get(entry.hash);
    if (known !== undefined && (known.proof !== null || entry.proof === null)) continue;
    if (entry.proof !== null && !checks.faults?.has('skip-union-check') && !checks.verify(entry.author, entry.hash, entry.proof)) {
      rejected.push({ author: entry.author, seq: entry.seq, reason: 'bad-proof' });
      continue;
    }
    waiting.set(entry.hash, entry);
    news = true;
  }
  return news;
}

function whyMalformed<B>(folder: Folder<B>, entry: Entry<B>): Rejection['reason'] | undefined {
  if (entry.folder !== folder.id) return 'wrong-folder';
  return Number.isSafeInteger(entry.seq) && entry.seq >= 1 && (entry.seq === 1) === (entry.prev === '') ? undefined : 'bad-seq';
}

/** `whole`: effects can be relied on; false once something came that changes what was folded before. */
type Progress<B> = { readonly stored: Entry<B>[]; whole: boolean };

/**
 * Folds all that is ready, until nothing more is; ends, because each round takes something out of what waits.
 * Answers whether all was folded anew.
 */
function foldWhatIsReady<B>(folder: Folder<B>, waiting: Waiting<B>, checks: UnionChecks, progress: Progress<B>): boolean {
  for (let anew = false; ; anew = true) {
    while (waiting.size > 0 && holdWhatIsReady(folder, waiting, checks, progress)) { /* others may have waited for it */ }
    if (progress.whole) return anew;
    // Only now it shows which successions count, and these open the logs of sealed authors: hence once more.
    refold(folder, checks.faults);
    progress.whole = true;
  }
}

/** One round through what waits. False: nothing was ready. */
function holdWhatIsReady<B>(folder: Folder<B>, waiting: Waiting<B>, checks: UnionChecks, progress: Progress<B>): boolean {
  const before = progress.stored.length;
  let exempt: ReadonlySet<Hash> | undefined;
  for (const last of waiting.values()) {
    if (last.proof === null && !checks.faults?.has('skip-union-check')) continue;
    if (isShut(folder, last.author, checks) && !(exempt ??= admitted(folder, waiting, checks)).has(last.hash)) continue;
    for (const entry of runUpTo(folder, waiting, last, checks) ?? none) {
      waiting.delete(entry.hash);
      progress.whole = holdEntry(folder, entry, checks.maySucceed, progress.whole, checks.faults) && progress.whole;
      progress.stored.push(entry);
    }
  }
  return progress.stored.length > before;
}

function refuseSealed<B>(folder: Folder<B>, waiting: Waiting<B>, checks: UnionChecks, rejected: Rejection[]): void {
  for (const entry of waiting.values()) {
    if (!isShut(folder, entry.author, checks)) continue;
    waiting.delete(entry.hash);
    rejected.push({ author: entry.author, seq: entry.seq, reason: 'sealed' });
  }
}

/** A certificate may have become known since. True: some succession is allowed now that was not. */
function askAgain<B>(folder: Folder<B>, maySucceed: MaySucceed): boolean {
  let changed = false;
  for (const [hash, { entry, allowed }] of folder.permitted) {
    if (allowed || !maySucceed(entry.author, entry.succeeds!.predecessor)) continue;
    folder.permitted = having(folder.permitted, hash, { entry, allowed: true });
    changed = true;
  }
  return changed;
}

function resultOf<B>(folder: Folder<B>, stored: readonly Entry<B>[], rejected: readonly Rejection[], anew: boolean): UnionResult<B> {
  const forks = folder.forks.length === 0 ? none : folder.forks.filter(({ one, other }) => stored.includes(one) || stored.includes(other));
  const added = folder.branches.size === 0 ? stored : stored.filter((entry) => inLog(folder, entry));
  return { added, stored, forks, rejected, refolded: anew };
}
