/** Items: who holds which under which term, and whether an entry may act on one. */
import type { Folder, ItemState, Tenure } from './folder.ts';
import { isUnder } from './folder.ts';
import type { Faults } from './faults.ts';
import { refOf } from './entry-ref.ts';
import { itemId } from './item-id.ts';
import type { AuthorId, Entry, NoEffect } from './types.ts';

/**
 * Judges an entry by what its author had seen, never by what else has arrived meanwhile: so every copy judges alike, whatever the order.
 * Undefined: it has effect.
 */
export function judge<B>(folder: Folder<B>, entry: Entry<B>, faults: Faults | undefined): NoEffect | undefined {
  const item = folder.items.get(entry.item);
  if (item === undefined) return 'unknown-item';
  if (item.endedBy !== null && saw(folder, entry, item.endedBy)) return 'item-ended';
  const term = termSeen(folder, entry, item);
  if (term === 0) return 'unknown-item';
  if (entry.term < term) return faults?.has('outdated-term-moves') ? undefined : 'outdated-term';
  if (entry.term > term || item.tenures[term - 1]!.holder !== entry.author) return 'not-holder';
  return undefined;
}

/** The item's term as far as the entry's author had seen it; 0: it had not seen the item. */
function termSeen<B>(folder: Folder<B>, entry: Entry<B>, item: ItemState<B>): number {
  for (let term = item.tenures.length; term > 0; term--) {
    if (sawTenure(folder, entry, item.tenures[term - 1]!)) return term;
  }
  return 0;
}

function sawTenure<B>(folder: Folder<B>, entry: Entry<B>, tenure: Tenure<B>): boolean {
  return saw(folder, entry, tenure.since) && (tenure.via === null || saw(folder, entry, tenure.via));
}

/** True when `target` was among what the author of `entry` had folded when it wrote. Both stand in their logs, and `target` is folded. */
function saw<B>(folder: Folder<B>, entry: Entry<B>, target: Entry<B>): boolean {
  // A log is folded in its order.
  if (target.author === entry.author) return true;
  const head = folder.logs.get(entry.author)?.seen.get(target.author);
  if (folder.branches.has(target.author)) return sawBranch(folder, entry, target);
  return head !== undefined && head.seq >= target.seq;
}

/** In a forked log a higher seq may be on another branch. */
function sawBranch<B>(folder: Folder<B>, entry: Entry<B>, target: Entry<B>): boolean {
  const own = folder.logs.get(entry.author)?.entries ?? [];
  for (let at = 0; at < entry.seq; at++) {
    const head = own[at]?.seen[target.author];
    if (head !== undefined && isUnder(folder, target, head)) return true;
  }
  return false;
}

/** Lets an effective entry act: it creates items, and ends its own item or hands it on. */
export function act<B>(folder: Folder<B>, entry: Entry<B>): void {
  const item = folder.items.get(entry.item);
  if (item !== undefined) {
    item.last = refOf(entry);
    if (entry.ends) {
      item.ended = true;
      item.endedBy = entry;
    } else if (entry.handsTo !== '') give(folder, item, { holder: entry.handsTo, since: entry, via: null });
  }
  createItems(folder, entry);
}

function createItems<B>(folder: Folder<B>, entry: Entry<B>): void {
  if (entry.creates.length === 0) return;
  const ref = refOf(entry);
  for (let n = 0; n < entry.creates.length; n++) {
    const id = itemId(entry.author, entry.seq, n), holder = entry.creates[n]!;
    const item: ItemState<B> = { id, holder, term: 1, ended: false, createdBy: ref, last: ref, tenures: [{ holder, since: entry, via: null }], endedBy: null };
    folder.items.set(id, item);
    passOn(folder, item, entry);
  }
}

/** The item goes to a holder; where that one was succeeded, on to its successor, each time under a new term. */
function give<B>(folder: Folder<B>, item: ItemState<B>, tenure: Tenure<B>): void {
  hold(item, tenure);
  passOn(folder, item, tenure.since);
}

function passOn<B>(folder: Folder<B>, item: ItemState<B>, since: Entry<B>): void {
  for (let steps = folder.successions.size; steps > 0; steps--) {
    const succession = folder.successions.get(item.holder);
    if (succession === undefined || !succession.folded) return;
    hold(item, { holder: succession.entry.author, since, via: succession.entry });
  }
}

function hold<B>(item: ItemState<B>, tenure: Tenure<B>): void {
  item.tenures.push(tenure);
  item.holder = tenure.holder;
  item.term = item.tenures.length;
  item.last = refOf(tenure.via ?? tenure.since);
}

/** Open items of the predecessor go to whoever succeeds it. */
export function takeOverItems<B>(folder: Folder<B>, predecessor: AuthorId): void {
  for (const item of folder.items.values()) {
    if (item.holder === predecessor && !item.ended) {
      const last = item.tenures[item.tenures.length - 1]!;
      give(folder, item, { holder: folder.successions.get(predecessor)!.entry.author, since: last.since, via: folder.successions.get(predecessor)!.entry });
    }
  }
}
