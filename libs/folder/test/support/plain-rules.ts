/**
 * The rules of effect, read plainly: no increments, no order, no state; everything is asked anew of the set of all entries.
 * Slow, and written apart from the library, which must say the same.
 */
import type { AuthorId, Entry, MaySucceed, NoEffect } from '../../src/index.ts';

type Effect = 'effective' | NoEffect;
type Position = { readonly holder: AuthorId; readonly term: number; readonly ended: boolean };

export class PlainRules {
  readonly #byHash: ReadonlyMap<string, Entry<string>>;
  readonly #all: readonly Entry<string>[];
  readonly #maySucceed: MaySucceed;
  readonly #effects = new Map<string, Effect>();
  readonly #successions = new Map<AuthorId, Entry<string> | null>();

  constructor(all: readonly Entry<string>[], maySucceed: MaySucceed) {
    this.#byHash = new Map(all.map((entry) => [entry.hash, entry]));
    this.#all = [...this.#byHash.values()];
    this.#maySucceed = maySucceed;
  }

  effectOf(entry: Entry<string>): Effect {
    const known = this.#effects.get(entry.hash);
    if (known !== undefined) return known;
    const effect = this.#judge(entry);
    this.#effects.set(entry.hash, effect);
    return effect;
  }

  /** Where the item stands once all is known; undefined when it does not exist. */
  position(item: string): Position | undefined { return this.#follow(item, () => true); }

  #judge(entry: Entry<string>): Effect {
    const dead = this.#whyDead(entry);
    if (dead !== undefined) return dead;
    if (entry.succeeds !== null) return this.#successionOf(entry.succeeds.predecessor) === entry ? 'effective' : 'bad-succession';
    if (entry.item === '') return this.#origin() === entry ? 'effective' : 'rival-origin';
    const past = this.#past(entry);
    const seen = this.#follow(entry.item, (other) => past.has(other.hash));
    if (seen === undefined) return 'unknown-item';
    if (seen.ended) return 'item-ended';
    if (entry.term < seen.term) return 'outdated-term';
    return entry.term === seen.term && seen.holder === entry.author ? 'effective' : 'not-holder';
  }

  #chain(entry: Entry<string>): Entry<string>[] {
    const before = this.#byHash.get(entry.prev);
    return before === undefined ? [entry] : [...this.#chain(before), entry];
  }

  /** All that the author declared to have seen when it wrote, its own entries before included. */
  #past(entry: Entry<string>): Set<string> {
    const own = this.#chain(entry);
    const heads = own.flatMap((one) => Object.entries(one.seen).filter(([author]) => author !== entry.author).map(([, head]) => this.#byHash.get(head.hash)!));
    const past = new Set([...own, ...heads.flatMap((head) => this.#chain(head))].map((one) => one.hash));
    past.delete(entry.hash);
    return past;
  }

  #whyDead(entry: Entry<string>): NoEffect | undefined {
    const succession = this.#successionOf(entry.author);
    if (succession !== null) {
      const head = succession.succeeds!.head;
      return head !== null && this.#chain(this.#byHash.get(head.hash)!).includes(entry) ? undefined : 'voided';
    }
    const forked = this.#all.some((one) => one.author === entry.author && one.seq <= entry.seq && this.#all.some((other) => other !== one && other.author === one.author && other.seq === one.seq));
    return forked ? 'beyond-fork' : undefined;
  }

  #inOpening(entry: Entry<string>): boolean { return this.#chain(entry).slice(0, -1).every((one) => one.succeeds !== null); }

  #origin(): Entry<string> | undefined {
    const origins = this.#all.filter((one) => one.item === '' && one.succeeds === null && this.#inOpening(one) && this.#whyDead(one) === undefined);
    return origins.sort((a, b) => (a.hash < b.hash ? -1 : 1))[0];
  }

  /** Among the living: none whose author succeeds the author of another one, and the smallest hash of the rest. */
  #successionOf(predecessor: AuthorId): Entry<string> | null {
    const known = this.#successions.get(predecessor);
    if (known !== undefined) return known;
    this.#successions.set(predecessor, null);
    const living = this.#all.filter((one) => one.succeeds?.predecessor === predecessor && this.#inOpening(one) && this.#maySucceed(one.author, predecessor) && this.#whyDead(one) === undefined);
    const later = (one: Entry<string>, other: Entry<string>): boolean => (one.author === other.author ? one.seq > other.seq : this.#successors(other.author).includes(one.author));
    const standing = living.filter((one) => !living.some((other) => later(one, other)));
    const chosen = standing.sort((a, b) => (a.hash < b.hash ? -1 : 1))[0] ?? null;
    this.#successions.set(predecessor, chosen);
    return chosen;
  }

  #successors(author: AuthorId): AuthorId[] {
    const next = this.#successionOf(author)?.author;
    return next === undefined ? [] : [next, ...this.#successors(next)];
  }

  /** Follows the item from its creation, by those entries only that are `known`. */
  #follow(item: string, known: (entry: Entry<string>) => boolean): Position | undefined {
    const [author, seq, n] = item.split('/') as [string, string, string];
    const creation = this.#all.find((one) => one.author === author && String(one.seq) === seq && one.succeeds === null && known(one) && this.effectOf(one) === 'effective');
    const first = creation?.creates[Number(n)];
    if (first === undefined) return undefined;
    let [holder, term] = [first, 1];
    for (;;) {
      const moves = this.#all.filter((one) => one.item === item && one.term === term && one.author === holder && (one.ends || one.handsTo !== '') && known(one) && this.effectOf(one) === 'effective');
      const move = moves.sort((a, b) => a.seq - b.seq)[0];
      if (move?.ends) return { holder, term, ended: true };
      const succession = this.#successionOf(holder);
      const next = move?.handsTo ?? (succession !== null && known(succession) ? succession.author : undefined);
      if (next === undefined) return { holder, term, ended: false };
      [holder, term] = [next, term + 1];
    }
  }
}
