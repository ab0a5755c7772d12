/** Whether a consumer moves: alive is not enough, for the library can stop reading without a word. */
export class Progress {
  readonly #now: () => number;
  readonly #withinMs: number;
  #movedAt: number;
  /** Batches at work, by partition, and since when. */
  readonly #working = new Map<number, number>();
  readonly #refused = new Map<number, { readonly since: number; readonly cause: string }>();
  #ended: string | null = null;
  #trouble: { readonly since: number; readonly cause: string } | null;

  constructor(now: () => number, withinMs: number) {
    this.#now = now;
    this.#withinMs = withinMs;
    this.#movedAt = now();
    this.#trouble = { since: now(), cause: 'not connected yet' };
  }

  /** The brokers answered. */
  moved(): void { this.#movedAt = this.#now(); this.#trouble = null; }
  /** Connecting or reading failed; it is tried again. */
  troubled(cause: string): void { this.#trouble = { since: this.#trouble?.since ?? this.#now(), cause }; }
  /** Nothing will be read any more. */
  ended(cause: string): void { this.#ended = cause; }

  began(partition: number): void { this.#working.set(partition, this.#now()); }
  handled(partition: number): void { this.#working.delete(partition); this.#refused.delete(partition); this.#movedAt = this.#now(); }
  refused(partition: number, cause: string): void {
    this.#working.delete(partition);
    this.#refused.set(partition, { since: this.#refused.get(partition)?.since ?? this.#now(), cause });
  }
  /** Partitions are shared anew. */
  shared(): void { this.#refused.clear(); }

  /** Why it does not move, or null when it does. Trouble shows at once before anything was read, later only when it lasts. */
  problem(): string | null {
    if (this.#ended !== null) return `nothing is read any more: ${this.#ended}`;
    const late = (since: number): boolean => this.#now() - since > this.#withinMs;
    const since = (at: number): string => new Date(at).toISOString();
    if (this.#trouble?.cause === 'not connected yet') return this.#trouble.cause;
    if (this.#trouble !== null && late(this.#trouble.since)) return `nothing could be read since ${since(this.#trouble.since)}: ${this.#trouble.cause}`;
    for (const [partition, at] of this.#working) if (late(at)) return `a batch of partition ${partition} is at work since ${since(at)}`;
    for (const [partition, { since: at, cause }] of this.#refused) if (late(at)) return `what partition ${partition} brings is refused since ${since(at)}: ${cause}`;
    if (this.#working.size === 0 && late(this.#movedAt)) return `nothing was read since ${since(this.#movedAt)}`;
    return null;
  }
}
