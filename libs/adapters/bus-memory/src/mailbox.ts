/** What was delivered for one destination and is not yet handled there. */
import type { FolderUpdate, Subscription, UpdateHandler } from '@lienthong/kernel';

export type MailboxSettings = {
  readonly defer: (run: () => void) => void; readonly later: (ms: number, run: () => void) => void;
  readonly maxBatch: number; readonly concurrency: number; readonly retryMs: number;
};

type Batch = readonly FolderUpdate[];
/** One subscriber with the batches it is at work on. */
type Reader = { readonly handler: UpdateHandler; readonly running: Set<Batch>; readonly stopped: (() => void)[] };

export class Mailbox {
  readonly #settings: MailboxSettings;
  #waiting: FolderUpdate[] = [];
  #reader: Reader | null = null;
  #scheduled = false;

  constructor(settings: MailboxSettings) {
    this.#settings = settings;
  }

  get waiting(): number { return this.#waiting.length; }

  put(update: FolderUpdate): void {
    this.#waiting.push(update);
    this.#schedule();
  }

  /** One subscriber at a time. A new one gets what waits, and again what the one before never answered: that process may have died. */
  open(handler: UpdateHandler): Subscription {
    if (this.#reader !== null) this.#abandon(this.#reader);
    const reader: Reader = { handler, running: new Set(), stopped: [] };
    this.#reader = reader;
    this.#schedule();
    return { stop: () => this.#close(reader) };
  }

  async #close(reader: Reader): Promise<void> {
    if (this.#reader === reader) this.#reader = null;
    if (reader.running.size > 0) await new Promise<void>((done) => reader.stopped.push(done));
  }

  #mayRun(): boolean {
    return this.#reader !== null && this.#waiting.length > 0 && this.#reader.running.size < this.#settings.concurrency;
  }

  #schedule(): void {
    if (this.#scheduled || !this.#mayRun()) return;
    this.#scheduled = true;
    this.#settings.defer(() => { this.#scheduled = false; this.#run(); });
  }

  #run(): void {
    const reader = this.#reader;
    if (reader === null || !this.#mayRun()) return;
    const batch = this.#waiting.length <= this.#settings.maxBatch ? this.#waiting : this.#waiting.slice(0, this.#settings.maxBatch);
    this.#waiting = batch === this.#waiting ? [] : this.#waiting.slice(batch.length);
    reader.running.add(batch);
    reader.handler(batch).then(() => this.#ended(reader, batch), () => this.#failed(reader, batch));
    this.#schedule();
  }

  /** A batch that failed is handed over again, to whoever reads then. */
  #failed(reader: Reader, batch: Batch): void {
    if (reader.running.has(batch)) {
      this.#settings.later(this.#settings.retryMs, () => { this.#waiting.push(...batch); this.#schedule(); });
    }
    this.#ended(reader, batch);
  }

  #abandon(reader: Reader): void {
    for (const batch of reader.running) this.#waiting.push(...batch);
    reader.running.clear();
    for (const done of reader.stopped.splice(0)) done();
  }

  #ended(reader: Reader, batch: Batch): void {
    reader.running.delete(batch);
    this.#schedule();
    if (reader.running.size === 0) for (const done of reader.stopped.splice(0)) done();
  }
}
