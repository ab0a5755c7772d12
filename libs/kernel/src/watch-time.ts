/** Wakes folders when something falls due. Asks the store what is due; keeps one timer. */
import type { FolderId } from '@lienthong/folder';
import type { KernelLimits } from './options.ts';
import { StoreError } from './ports/folder-store.ts';
import type { FolderStore } from './ports/folder-store.ts';
import type { World } from './ports/world.ts';

/** A clock that is put forward does not ring the timer that was set by it before: no wake-up is later than this for that. */
const maxTimerMs = 60_000;
const endOfTime = Number.MAX_SAFE_INTEGER;

/** No folder waits longer for anything but what the law makes it wait for. */
export function longestWaitMs({ effectLeaseMs, maxEffectBackoffMs, maxPullBackoffMs, troubledWakeMs }: KernelLimits): number {
  return Math.max(effectLeaseMs, maxEffectBackoffMs, maxPullBackoffMs, troubledWakeMs);
}

/** True for a moment that is still to come, at most `withinMs` from now: one further off was set by a clock that has been put back since. */
export function isAhead(at: number, now: number, withinMs: number): boolean {
  return at > now && at <= now + withinMs;
}

export class TimeWatch {
  readonly #store: FolderStore;
  readonly #world: World;
  readonly #limits: KernelLimits;
  readonly #wake: (id: FolderId) => Promise<void>;
  #next: number | null = null;
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #stopped = true;
  /** The latest moment that the clock has shown. */
  #latest = 0;

  readonly #shared: boolean;

  /** `shared`: other instances write to the store, too, and may die with what they alone have noted. */
  constructor(store: FolderStore, world: World, limits: KernelLimits, shared: boolean, wake: (id: FolderId) => Promise<void>) {
    this.#shared = shared;
    this.#store = store;
    this.#world = world;
    this.#limits = limits;
    this.#wake = wake;
  }

  /** Wakes what fell due while the service was down, or falls due within `aheadMs`; then keeps time. */
  async start(aheadMs: number): Promise<void> {
    this.#stopped = false;
    await this.#wakeDue(this.#world.now() + aheadMs);
    await this.#rearm();
  }

  /** A folder was written that wants to be woken at `at`. */
  note(at: number | null): void {
    if (at !== null && !this.#stopped && (this.#next === null || at < this.#next)) this.#arm(at);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
    await this.#running;
  }

  #arm(at: number): void {
    this.#cancel?.();
    this.#next = at;
    const now = this.#world.now(), wait = Math.min(Math.max(at - now, 0), maxTimerMs);
    this.#latest = Math.max(this.#latest, now);
    // A bell during a ring is not lost: the ring looks again at its end.
    this.#cancel = this.#world.later(wait, () => { this.#cancel = this.#next = null; this.#running ??= this.#ring(); });
  }

  /** A store that is away is asked again, by the clock as it was known before. */
  async #ring(): Promise<void> {
    const before = this.#latest;
    try {
      await this.#wakeDue(this.#until());
      await this.#rearm();
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
      this.#latest = before;
      this.note(this.#world.now() + this.#limits.minWakeMs);
    } finally {
      this.#running = null;
    }
  }

  /** Where the clock was put back, what waits by the clock of before is looked at now. */
  #until(): number {
    const now = this.#world.now(), before = this.#latest;
    this.#latest = now;
    return now < before ? before + longestWaitMs(this.#limits) : now;
  }

  /** A folder is woken once per ring, whatever wake-up time it then has. */
  async #wakeDue(until: number): Promise<void> {
    const done = new Set<FolderId>();
    while (!this.#stopped) {
      const rows = await this.#store.due(until, this.#limits.maxWakeBatch);
      const fresh = rows.filter((row) => !done.has(row.id));
      for (const row of fresh) done.add(row.id);
      await Promise.all(fresh.map((row) => this.#wake(row.id)));
      if (rows.length < this.#limits.maxWakeBatch || fresh.length === 0) return;
    }
  }

  async #rearm(): Promise<void> {
    if (this.#stopped) return;
    const earliest = (await this.#store.due(endOfTime, 1))[0]?.wakeAt ?? (this.#shared ? this.#world.now() + maxTimerMs : undefined);
    if (earliest === undefined || this.#stopped) return;
    const at = Math.max(earliest, this.#world.now() + (earliest <= this.#world.now() ? this.#limits.minWakeMs : 0));
    if (this.#next === null || at < this.#next) this.#arm(at);
  }
}
