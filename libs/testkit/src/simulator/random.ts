/** Chance from a seed: the same seed, the same draws. */

/** A well mixed number below 2^32. */
export function mixed(seed: number, n: number): number {
  let h = (seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export class Random {
  #state: number;

  /** `seed`: whole, 0 ≤ seed < 2^32. */
  constructor(seed: number) {
    this.#state = mixed(seed, 0);
  }

  /** Whole, below 2^32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** Whole, 0 ≤ result < n. */
  below(n: number): number {
    return Math.floor((this.next() / 4_294_967_296) * n);
  }

  /** Whole, from ≤ result ≤ to. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  percent(chance: number): boolean {
    return this.below(100) < chance;
  }

  /** Throws a RangeError when there is nothing to choose from. */
  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('nothing to choose from');
    return from[this.below(from.length)]!;
  }

  bytes(n: number): Uint8Array {
    const found = new Uint8Array(n);
    for (let at = 0; at < n; at += 4) {
      const word = this.next();
      for (let byte = 0; byte < 4 && at + byte < n; byte++) found[at + byte] = word >>> (8 * byte);
    }
    return found;
  }
}
