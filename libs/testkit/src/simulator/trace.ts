/** What happened, in order, as one number: two runs of one seed are the same run. */
const prime = 0x01000193;

export class Trace {
  #one = 0x811c9dc5;
  #other = 0x1234567;
  #events = 0;
  readonly #lines: string[] | null;

  /** `keep`: the lines themselves are kept, for whoever looks for a defect. */
  constructor(keep = false) {
    this.#lines = keep ? [] : null;
  }

  get events(): number { return this.#events; }
  get lines(): readonly string[] { return this.#lines ?? []; }
  get keeps(): boolean { return this.#lines !== null; }

  note(at: number, what: string): void {
    this.#events++;
    this.#lines?.push(`${at} ${what}`);
    let one = this.#one ^ (at | 0), other = this.#other ^ Math.floor(at / 4_294_967_296);
    for (let n = 0; n < what.length; n++) {
      one = Math.imul(one ^ what.charCodeAt(n), prime);
      other = Math.imul(other ^ one, prime);
    }
    this.#one = Math.imul(one, prime);
    this.#other = Math.imul(other ^ this.#events, prime);
  }

  /** 16 hex characters. */
  get hash(): string {
    return [this.#one, this.#other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
