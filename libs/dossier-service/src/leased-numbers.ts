/** Numbers of a series that this process lends from memory: it alone writes the store, so nobody else lends them. What it knows of them ends with it. */
export class LeasedNumbers {
  /** By which the lease is found in the record of the series. */
  readonly id: string;
  readonly #out = new Set<number>();
  #borne = new Set<number>();
  /** Ascending. */
  #left: number[] = [];

  constructor(id: string) { this.id = id; }

  /** Lent, and not heard of yet. */
  get out(): ReadonlySet<number> { return this.#out; }
  /** Of the lease as it was written last. */
  get borne(): ReadonlySet<number> { return this.#borne; }

  /** The smallest that is left; undefined: more must be taken from the record. */
  next(): number | undefined {
    const number = this.#left.shift();
    if (number !== undefined) this.#out.add(number);
    return number;
  }

  /** An item bears it. */
  noteBorne(number: number): void {
    this.#out.delete(number);
    this.#borne.add(number);
  }

  /** Nobody ever will: the next that asks gets it. */
  takeBack(number: number): void {
    this.#out.delete(number);
    this.#left = sorted([...this.#left, number]);
  }

  /** Lends no more of them: the record is about to be written, and says anew whose they are. */
  empty(): void { this.#left = []; }

  /** These were written, durably, as the numbers of this process: of others it needs to know nothing more. */
  written(numbers: readonly number[]): void { this.#borne = new Set(numbers.filter((number) => this.#borne.has(number))); }

  lendAlso(fresh: readonly number[]): void { this.#left = sorted([...this.#left, ...fresh]); }
}

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
