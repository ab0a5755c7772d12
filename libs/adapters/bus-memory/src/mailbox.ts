/** What was delivered for one destination and is not yet handled there. */
import type { FolderUpdate, Subscription, UpdateHandler } from '@lienthong/kernel';

export type MailboxSettings = {
  readonly defer: (run: () => void) => void; readonly later: (ms: number, run: () => void) => void;
  readonly maxBatch: number; readonly concurrency: number; readonly retryMs: number;
};

export class Mailbox {
  readonly #settings: MailboxSettings;
  #waiting: FolderUpdate[] = [];
  #handler: UpdateHandler | undefined;
  #running = 0;
  #scheduled = false;
  #stopped: (() => void)[] = [];

  constructor(settings: MailboxSettings) {
    this.#settings = settings;
  }

  get waiting(): number { return this.#waiting.length; }

  put(update: FolderUpdate): void {
    this.#waiting.push(update);
    this.#schedule();
  }

  /** One subscriber at a time; a new one takes over what waits. */
  open(handler: UpdateHandler): Subscription {
    this.#handler = handler;
    this.#schedule();
    return { stop: () => this.#close(handler) };
  }

  async #close(handler: UpdateHandler): Promise<void> {
    if (this.#handler === handler) this.#handler = undefined;
    if (this.#running > 0) await new Promise<void>((done) => this.#stopped.push(done));
  }

  #schedule(): void {
    if (this.#scheduled || this.#handler === undefined || this.#waiting.length === 0 || this.#running >= this.#settings.concurrency) return;
    this.#scheduled = true;
    this.#settings.defer(() => { this.#scheduled = false; this.#run(); });
  }

  #run(): void {
    const handler = this.#handler;
    if (handler === undefined || this.#waiting.length === 0 || this.#running >= this.#settings.concurrency) return;
    const batch = this.#waiting.length <= this.#settings.maxBatch ? this.#waiting : this.#waiting.slice(0, this.#settings.maxBatch);
    this.#waiting = batch === this.#waiting ? [] : this.#waiting.slice(batch.length);
    this.#running++;
    handler(batch).then(() => this.#ended(), () => this.#failed(handler, batch));
    this.#schedule();
  }

  #failed(handler: UpdateHandler, batch: readonly FolderUpdate[]): void {
    const again = (): void => { this.#waiting.push(...batch); this.#schedule(); };
    if (this.#handler === handler) this.#settings.later(this.#settings.retryMs, again);
    else again();
    this.#ended();
  }

  #ended(): void {
    this.#running--;
    this.#schedule();
    if (this.#running === 0) for (const done of this.#stopped.splice(0)) done();
  }
}
