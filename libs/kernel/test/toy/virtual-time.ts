/** Time that only moves when told, so that nothing in a test waits for real. */
type Timer = { readonly at: number; readonly order: number; readonly run: () => void };

export class VirtualTime {
  now: number;
  #timers: Timer[] = [];
  #order = 0;

  constructor(now: number) {
    this.now = now;
  }

  later = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.now + ms, order: this.#order++, run };
    this.#timers.push(timer);
    return () => { this.#timers = this.#timers.filter((one) => one !== timer); };
  };

  /** Lets everything happen that needs no time, then moves on, timer by timer. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    await quiet();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#timers = this.#timers.filter((one) => one !== next);
      this.now = next.at;
      next.run();
      await quiet();
    }
    this.now = until;
  }

  #next(until: number): Timer | undefined {
    return this.#timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}

/** All promises that can be kept now are kept before this resolves. */
export function quiet(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
