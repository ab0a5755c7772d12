/**
 * A bounded map in two generations: when the younger is full, the older goes as a whole, and the younger becomes it. What is used or set anew is young again.
 * Taking the oldest out of one map, one at a time, walks over the gaps that earlier ones left: some ten microseconds each at twenty thousand keys.
 */
export class Generations<K, V extends NonNullable<unknown>> {
  readonly #half: number;
  readonly #weigh: (value: V) => number;
  readonly #gone: (value: V, key: K) => void;
  #young = new Map<K, V>();
  #old = new Map<K, V>();
  #weight = 0;

  /** `max`: weight of what is kept; more only where one alone weighs more than half of it. What came or was used last stays until half as much again has come. `weigh`: absent, each weighs 1. `gone`: told of each that went because others came. */
  constructor(max: number, { weigh = () => 1, gone = () => {} }: { readonly weigh?: (value: V) => number; readonly gone?: (value: V, key: K) => void } = {}) {
    this.#half = max / 2;
    this.#weigh = weigh;
    this.#gone = gone;
  }

  get size(): number { return this.#young.size + this.#old.size; }

  /** As old as it was. */
  get(key: K): V | undefined { return this.#young.get(key) ?? this.#old.get(key); }

  use(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    this.#take(key);
    this.#young.set(key, value);
    this.#weight += this.#weigh(value);
    if (this.#weight < this.#half) return;
    const gone = this.#old;
    this.#old = this.#young;
    this.#young = new Map();
    this.#weight = 0;
    gone.forEach(this.#gone);
  }

  /** What was there. */
  delete(key: K): V | undefined {
    const found = this.get(key);
    if (found !== undefined) this.#take(key);
    return found;
  }

  *values(): Generator<V> {
    yield* this.#young.values();
    yield* this.#old.values();
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#weight = 0;
  }

  #take(key: K): void {
    const young = this.#young.get(key);
    if (young === undefined) { this.#old.delete(key); return; }
    this.#young.delete(key);
    this.#weight -= this.#weigh(young);
  }
}
