/** One handler at a time per folder, in order of arrival, with a bounded queue. */
import type { FolderId } from '@lienthong/folder';
import { HubError } from './errors.ts';

type Waiting = { readonly go: () => void };
type Lock = { readonly waiting: Waiting[] };

export class FolderLocks {
  readonly #held = new Map<FolderId, Lock>();
  readonly #maxWaiting: number;
  #idle: (() => void)[] = [];

  /** `maxWaiting`: handlers that may wait for one folder. */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** Number of folders being worked on. */
  get held(): number { return this.#held.size; }

  /** Whether somebody is at work on it. */
  isHeld(id: FolderId): boolean { return this.#held.has(id); }

  /** Runs `work` alone. Throws FOLDER_BUSY when the queue is full, unless `patient`. */
  async run<T>(id: FolderId, work: () => Promise<T>, patient = false): Promise<T> {
    const lock = this.#held.get(id);
    if (lock === undefined) this.#held.set(id, { waiting: [] });
    else {
      if (!patient && lock.waiting.length >= this.#maxWaiting) throw new HubError('FOLDER_BUSY', { folder: id, waiting: String(lock.waiting.length) });
      await new Promise<void>((go) => lock.waiting.push({ go }));
    }
    try {
      return await work();
    } finally {
      this.#release(id);
    }
  }

  /** Resolves once all that is at work or waits now has ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((id) => this.run(id, async () => {}, true)));
  }

  /** Resolves once nothing is held and nothing waits. */
  async idle(): Promise<void> {
    if (this.#held.size > 0) await new Promise<void>((done) => this.#idle.push(done));
  }

  #release(id: FolderId): void {
    const next = this.#held.get(id)?.waiting.shift();
    if (next !== undefined) return next.go();
    this.#held.delete(id);
    if (this.#held.size > 0) return;
    const waiting = this.#idle;
    this.#idle = [];
    for (const done of waiting) done();
  }
}
