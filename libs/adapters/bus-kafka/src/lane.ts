/** What goes to one topic: a bounded queue, one sender, one batch after the other. A topic that cannot be written holds up no other. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HubError, problemOf } from '@lienthong/kernel';
import type { BusLog } from './bus-log.ts';
import type { KafkaBusLimits } from './limits.ts';
import type { Outgoing } from './record.ts';

/** The part of a `RetiringProducer` that a lane needs. */
export type LaneProducer = { send(messages: readonly Outgoing['message'][], giveUpAfterMs: number): Promise<void>; retire(): Promise<void> };

/** Records that were given together: all of them are sent, or whoever gave them hears of it. */
type Given = { left: number; failed: boolean; readonly resolve: () => void; readonly reject: (cause: HubError) => void };
type Queued = { readonly record: Outgoing; readonly given: Given };

export type LaneSettings = { readonly topic: string; readonly newProducer: () => LaneProducer; readonly limits: KafkaBusLimits; readonly log: BusLog };

export class Lane {
  readonly #settings: LaneSettings;
  #queue: Queued[] = [];
  #producer: LaneProducer | undefined;
  #sending: Promise<void> | null = null;
  #backoffMs = 0;
  /** Since when nothing could be sent, and why. */
  #failing: { readonly since: number; readonly cause: string } | null = null;
  #sentAt = 0;
  #stopped = false;
  #retired = 0;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
  }

  get status(): { readonly topic: string; readonly waiting: number; readonly retiredProducers: number; readonly problem: string } {
    return { topic: this.#settings.topic, waiting: this.#queue.length, retiredProducers: this.#retired, problem: this.#failing?.cause ?? '' };
  }

  /** When something was last sent, milliseconds since the epoch; 0: never. */
  get sentAt(): number { return this.#sentAt; }

  /** Since when and why nothing can be sent; null: it can, or nothing was tried. */
  problem(): { readonly since: number; readonly text: string } | null {
    if (this.#failing === null) return null;
    const { since, cause } = this.#failing;
    return { since, text: `nothing could be given to ${this.#settings.topic} since ${new Date(since).toISOString()}: ${cause}` };
  }

  /** Resolves when the brokers have all records. Rejects with OVERLOADED when there is no room, and with PEER_UNREACHABLE after a send was given up. */
  give(records: readonly Outgoing[]): Promise<void> {
    const { limits, topic } = this.#settings;
    if (this.#stopped) return Promise.reject(new HubError('STOPPING', { service: topic }));
    if (this.#queue.length + records.length > limits.maxQueuedRecords) return Promise.reject(new HubError('OVERLOADED', { service: topic }));
    if (records.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const given: Given = { left: records.length, failed: false, resolve, reject };
      for (const record of records) this.#queue.push({ record, given });
      this.#sending ??= this.#run();
    });
  }

  /** Takes no more; what is queued is sent within `flushWithinMs`, or rejected. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const timer = setTimeout(() => this.#reject(this.#queue.splice(0), 'stopped'), this.#settings.limits.flushWithinMs);
    while (this.#sending !== null && this.#queue.length > 0) await this.#sending;
    clearTimeout(timer);
    await this.#sending;
    await this.#producer?.retire();
    this.#producer = undefined;
  }

  async #run(): Promise<void> {
    // What is given in the same turn travels together.
    await null;
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) await this.#send(batch);
    this.#sending = null;
  }

  async #send(batch: readonly Queued[]): Promise<void> {
    const { newProducer, limits, log, topic } = this.#settings;
    const began = Date.now();
    try {
      await (this.#producer ??= newProducer()).send(batch.map(({ record }) => record.message), limits.giveUpSendAfterMs);
      this.#failing = null;
      this.#sentAt = Date.now();
      this.#backoffMs = 0;
      for (const { given } of batch) if (--given.left === 0 && !given.failed) given.resolve();
    } catch (cause) {
      this.#failing = { since: this.#failing?.since ?? began, cause: problemOf(cause) };
      log.error({ topic, records: batch.length, cause: problemOf(cause) }, 'a send was given up, and its producer with it');
      this.#retireProducer();
      this.#reject(batch, problemOf(cause));
      this.#backoffMs = Math.min(Math.max(this.#backoffMs * 2, limits.retireBackoffMs), limits.maxRetireBackoffMs);
      if (!this.#stopped) await sleep(this.#backoffMs);
    }
  }

  #retireProducer(): void {
    void this.#producer?.retire();
    this.#producer = undefined;
    this.#retired++;
  }

  #reject(batch: readonly Queued[], problem: string): void {
    for (const { given } of batch) {
      if (given.failed) continue;
      given.failed = true;
      given.reject(new HubError('PEER_UNREACHABLE', { service: this.#settings.topic, problem }));
    }
  }

  /** Of what was given together with something that failed, nothing more is sent. */
  #take(): readonly Queued[] {
    const { maxSendRecords, maxSendBytes } = this.#settings.limits;
    const batch: Queued[] = [];
    let bytes = 0, end = 0;
    for (; end < this.#queue.length && batch.length < maxSendRecords; end++) {
      const queued = this.#queue[end]!;
      if (queued.given.failed) continue;
      if (batch.length > 0 && bytes + queued.record.bytes > maxSendBytes) break;
      bytes += queued.record.bytes;
      batch.push(queued);
    }
    this.#queue = this.#queue.slice(end);
    return batch;
  }
}
