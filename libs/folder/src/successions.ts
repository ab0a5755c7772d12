/** Which succession counts for each predecessor. Depends on the entries held alone, not on the order in which they came. */
import type { Faults } from './faults.ts';
import type { Folder, Succession } from './folder.ts';
import { heldEntry } from './folder.ts';
import { isSuccession, whyDead } from './liveness.ts';
import type { AuthorId, Entry } from './types.ts';

/** By predecessor; none of them marked as folded. */
export function chooseSuccessions<B>(folder: Folder<B>, faults: Faults | undefined): Map<AuthorId, Succession<B>> {
  const candidates = new Map<AuthorId, Entry<B>[]>();
  for (const entry of folder.order) {
    if (!isSuccession(entry) || folder.permitted.get(entry.hash)?.allowed !== true || !inOpening(folder, entry)) continue;
    const { predecessor } = entry.succeeds!;
    const rivals = candidates.get(predecessor);
    if (rivals === undefined) candidates.set(predecessor, [entry]);
    else rivals.push(entry);
  }
  return new Choice(folder, candidates, faults).all();
}

/** True when only successions stand before the entry in its log, on its own branch. */
export function inOpening<B>(folder: Folder<B>, entry: Entry<B>): boolean {
  let before: Entry<B> | undefined = entry;
  while (before !== undefined && before.seq > 1) {
    before = heldEntry(folder, before.author, before.seq - 1, before.prev);
    if (before === undefined || !isSuccession(before)) return false;
  }
  return true;
}

class Choice<B> {
  readonly #folder: Folder<B>;
  readonly #candidates: ReadonlyMap<AuthorId, readonly Entry<B>[]>;
  readonly #faults: Faults | undefined;
  readonly #chosen = new Map<AuthorId, Succession<B>>();
  readonly #asked = new Set<AuthorId>();

  constructor(folder: Folder<B>, candidates: ReadonlyMap<AuthorId, readonly Entry<B>[]>, faults: Faults | undefined) {
    this.#folder = folder;
    this.#candidates = candidates;
    this.#faults = faults;
  }

  /** In one order everywhere, so that certificates that run in a circle are cut at the same place by every copy. */
  all(): Map<AuthorId, Succession<B>> {
    for (const predecessor of [...this.#candidates.keys()].sort()) this.#of(predecessor);
    return this.#chosen;
  }

  #of(predecessor: AuthorId): Succession<B> | undefined {
    if (this.#asked.has(predecessor)) return this.#chosen.get(predecessor);
    this.#asked.add(predecessor);
    const living = (this.#candidates.get(predecessor) ?? []).filter((entry) => this.#lives(entry));
    const standing = living.filter((entry) => !living.some((other) => this.#precedes(other, entry)));
    const entry = (standing.length > 0 ? standing : living).reduce<Entry<B> | undefined>((least, one) => (least === undefined || one.hash < least.hash ? one : least), undefined);
    if (entry !== undefined) this.#chosen.set(predecessor, { entry, head: entry.succeeds!.head, folded: false });
    return this.#chosen.get(predecessor);
  }

  #lives(entry: Entry<B>): boolean {
    return whyDead(this.#folder, this.#folder.logs.get(entry.author)!, entry, this.#of(entry.author), this.#faults) === undefined;
  }

  /** A succession that lies under the head which a later one chose stands; the later author may not succeed the same predecessor again. */
  #precedes(one: Entry<B>, other: Entry<B>): boolean {
    if (one.author === other.author) return one.seq < other.seq;
    let author: AuthorId | undefined = one.author;
    for (let steps = this.#asked.size; steps > 0 && author !== undefined; steps--) {
      author = this.#of(author)?.entry.author;
      if (author === other.author) return true;
    }
    return false;
  }
}
