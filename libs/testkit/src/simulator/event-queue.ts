/**
 * Virtual time. All that waits in the simulated hub waits here: flushes, messages, calls, timers, people. One event at a time runs, with all promises that
 * it keeps; of those due at one moment chance takes the next. Nothing else moves anything.
 */
import type { Random } from './random.ts';

type Event = { readonly at: number; readonly tie: number; readonly order: number; run: (() => void) | null };

const before = (a: Event, b: Event): boolean => (a.at !== b.at ? a.at < b.at : a.tie !== b.tie ? a.tie < b.tie : a.order < b.order);

export class EventQueue {
  now: number;
  readonly #random: Random;
  /** A binary heap, the next one first. */
  readonly #heap: Event[] = [];
  #order = 0;

  /** `now`: milliseconds since the epoch. */
  constructor(random: Random, now: number) {
    this.#random = random;
    this.now = now;
  }

  /** Runs once after `ms` milliseconds; the answer cancels it. */
  later(ms: number, run: () => void): () => void {
    const event: Event = { at: this.now + Math.max(0, Math.round(ms)), tie: this.#random.next(), order: this.#order++, run };
    this.#push(event);
    return () => { event.run = null; };
  }

  /** Lets time go by up to `until`, or until `enough` says so, which is asked after each event. */
  async run(until: number, enough: () => boolean = () => false): Promise<void> {
    await promisesKept();
    while (!enough()) {
      const next = this.#heap[0];
      if (next === undefined || next.at > until) { this.now = Math.max(this.now, until); return; }
      this.#pop();
      if (next.run === null) continue;
      this.now = next.at;
      next.run();
      await promisesKept();
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

/** Resolves when all promises that can be kept now are kept: the next tick comes after them. */
function promisesKept(): Promise<void> {
  return new Promise((done) => { process.nextTick(done); });
}
