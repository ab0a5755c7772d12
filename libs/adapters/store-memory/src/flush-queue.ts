/** Writes of one process life that wait for the flush that makes them durable. */
export type Write<T> = () => T;
type Waiting = { readonly perform: () => unknown; readonly answer: (result: never) => void };

export class FlushQueue {
  readonly #schedule: (run: () => void) => void;
  readonly #flushed: () => void;
  #waiting: Waiting[] = [];
  #drained: (() => void)[] = [];
  #dead = false;

  /** `schedule` decides when a batch is flushed; `flushed` runs when it is durable, before anybody is answered. */
  constructor(schedule: (run: () => void) => void, flushed: () => void) {
    this.#schedule = schedule;
    this.#flushed = flushed;
  }

  get size(): number { return this.#waiting.length; }

  /** Answers after the flush; never, when the process dies before. */
  add<T>(perform: Write<T>): Promise<T> {
    return new Promise<T>((answer) => {
      if (this.#dead) return;
      this.#waiting.push({ perform, answer });
      if (this.#waiting.length === 1) this.#schedule(() => this.#flush());
    });
  }

  /** Answers when nothing waits. */
  drained(): Promise<void> {
    return new Promise((wake) => { this.#waiting.length === 0 ? wake() : this.#drained.push(wake); });
  }

  /** The first `durable` writes still reach the disk; nobody is told. */
  die(durable: number): void {
    this.#dead = true;
    for (const write of this.#waiting.splice(0).slice(0, durable)) write.perform();
  }

  #flush(): void {
    if (this.#dead) return;
    const batch = this.#waiting;
    this.#waiting = [];
    const results = batch.map((write) => write.perform());
    this.#flushed();
    batch.forEach((write, at) => write.answer(results[at] as never));
    for (const wake of this.#drained.splice(0)) wake();
  }
}
