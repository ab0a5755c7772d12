/** What waits for one destination and what is under way to it. What waits is sent together. */
import type { FolderId, Heads } from '@lienthong/folder';
import type { ServiceName } from '@lienthong/law';
import type { KernelLimits } from './options.ts';
import type { EventBus } from './ports/event-bus.ts';
import type { World } from './ports/world.ts';
import type { FolderUpdate } from './wire/folder-update.ts';

/** Sent and not yet acknowledged. */
export type Sent = { heads: Heads; at: number; waitMs: number };

export type OutboxPorts = { readonly bus: EventBus; readonly world: World; readonly limits: KernelLimits; readonly coalesceMs: number; readonly failed: (destination: ServiceName, cause: unknown) => void };

export class Outbox {
  readonly destination: ServiceName;
  readonly #ports: OutboxPorts;
  readonly #waiting = new Map<FolderId, FolderUpdate>();
  readonly #outstanding = new Map<FolderId, Sent>();
  #scheduled = false;
  #publishing = false;
  #idle: (() => void)[] = [];

  constructor(destination: ServiceName, ports: OutboxPorts) {
    this.destination = destination;
    this.#ports = ports;
  }

  get waiting(): number { return this.#waiting.size; }
  get outstanding(): number { return this.#outstanding.size; }
  sent(folder: FolderId): Sent | undefined { return this.#outstanding.get(folder); }

  /** Queues an update, joined with one that waits for the same folder. False: the queue is full; the sweep will find it. */
  offer(update: FolderUpdate): boolean {
    const before = this.#waiting.get(update.folder);
    if (before === undefined && this.#waiting.size >= this.#ports.limits.maxQueuedUpdates) return false;
    this.#waiting.set(update.folder, before === undefined ? update : joined(before, update));
    this.#schedule();
    return true;
  }

  /** Notes that everything up to `heads` is under way. Sent again with a longer wait each time. */
  expect(folder: FolderId, heads: Heads, again: boolean): void {
    const before = this.#outstanding.get(folder);
    const { resendAfterMs, maxResendAfterMs, maxOutstanding } = this.#ports.limits;
    const waitMs = again && before !== undefined ? Math.min(before.waitMs * 2, maxResendAfterMs) : before?.waitMs ?? resendAfterMs;
    if (before === undefined && this.#outstanding.size >= maxOutstanding) return;
    this.#outstanding.set(folder, { heads, at: this.#ports.world.now(), waitMs });
  }

  settle(folder: FolderId): void { this.#outstanding.delete(folder); }

  /** Folders whose wait is over, at most `limit`. */
  overdue(now: number, limit: number): FolderId[] {
    const found: FolderId[] = [];
    for (const [folder, sent] of this.#outstanding) {
      if (found.length >= limit) break;
      if (sent.at + sent.waitMs <= now) found.push(folder);
    }
    return found;
  }

  /** Another incarnation stands behind the destination: nothing is known of what it has. */
  forget(): void { this.#outstanding.clear(); }

  /** Resolves when nothing waits to be published. */
  async drained(): Promise<void> {
    if (this.#waiting.size > 0 || this.#publishing) await new Promise<void>((done) => this.#idle.push(done));
  }

  #schedule(): void {
    if (this.#scheduled || this.#publishing) return;
    this.#scheduled = true;
    const flush = (): void => { this.#scheduled = false; void this.#flush(); };
    if (this.#ports.coalesceMs > 0) this.#ports.world.later(this.#ports.coalesceMs, flush);
    else queueMicrotask(() => queueMicrotask(flush));
  }

  async #flush(): Promise<void> {
    if (this.#publishing) return;
    const batch = this.#take();
    if (batch.length > 0) {
      this.#publishing = true;
      try { await this.#ports.bus.publish(this.destination, batch); } catch (cause) { this.#ports.failed(this.destination, cause); }
      this.#publishing = false;
    }
    if (this.#waiting.size > 0) return this.#schedule();
    for (const done of this.#idle.splice(0)) done();
  }

  #take(): FolderUpdate[] {
    const { maxBatchUpdates, maxBatchBytes } = this.#ports.limits;
    const batch: FolderUpdate[] = [];
    let bytes = 0;
    for (const [folder, update] of this.#waiting) {
      const size = sizeOf(update);
      if (batch.length > 0 && (batch.length >= maxBatchUpdates || bytes + size > maxBatchBytes)) break;
      this.#waiting.delete(folder);
      batch.push(update);
      bytes += size;
    }
    return batch;
  }
}

function joined(before: FolderUpdate, after: FolderUpdate): FolderUpdate {
  const entries = before.entries.length === 0 ? after.entries : after.entries.length === 0 ? before.entries : [...before.entries, ...after.entries];
  return { ...after, entries, wantsReply: before.wantsReply || after.wantsReply };
}

function sizeOf(update: FolderUpdate): number {
  let bytes = 0;
  for (const entry of update.entries) bytes += entry.bytes.byteLength;
  return bytes;
}
