/** What waits for one destination and what is under way to it. What waits is sent together. */
import type { FolderId, Heads } from '@lienthong/folder';
import type { ServiceName } from '@lienthong/law';
import type { KernelLimits } from './options.ts';
import type { EventBus } from './ports/event-bus.ts';
import type { Commit } from './ports/folder-store.ts';
import type { World } from './ports/world.ts';
import type { Urgency } from './rules.ts';
import { cutUpdate } from './wire/cut-update.ts';
import type { FolderUpdate } from './wire/folder-update.ts';

const rankOf: Readonly<Record<Urgency, number>> = { now: 0, soon: 1, later: 2 };

/** What is not acknowledged after so many times the usual wait is sent again; and over how many answers the usual is smoothed. */
const answersWaited = 4, answersSmoothed = 8;

/**
 * Something is to be told about a folder. What exactly is found when it leaves, so that much that is told meanwhile costs nothing: null, nothing is left to tell.
 * `again`: what was sent before is sent again as it is. `answer`: somebody waits for the heads, whatever else there is.
 */
export type Offer = { readonly folder: FolderId; readonly again: boolean; readonly answer: boolean; readonly make: (answer: boolean) => FolderUpdate | null };

/** Sent and not yet acknowledged. `at`: last. */
export type Sent = { heads: Heads; at: number; waitMs: number; /** When it was sent first. */ since: number };

export type OutboxPorts = { readonly bus: EventBus; readonly world: World; readonly limits: KernelLimits; /** The store's last commit: by it the outbox knows whether the service is at work. */ readonly commit: () => Commit; readonly failed: (destination: ServiceName, cause: unknown) => void };

export class Outbox {
  readonly destination: ServiceName;
  readonly #ports: OutboxPorts;
  readonly #queues: Readonly<Record<Urgency, Map<FolderId, Offer>>> = { now: new Map(), soon: new Map(), later: new Map() };
  readonly #outstanding = new Map<FolderId, Sent>();
  /** From sending to the acknowledgement, smoothed, in milliseconds. */
  #answerMs = 0;
  #scheduled = false;
  readonly #cancel: { soon: (() => void) | null; later: (() => void) | null } = { soon: null, later: null };
  #publishing = false;
  #idle: (() => void)[] = [];

  constructor(destination: ServiceName, ports: OutboxPorts) {
    this.destination = destination;
    this.#ports = ports;
  }

  get waiting(): number { return this.#queues.now.size + this.#queues.soon.size + this.#queues.later.size; }
  get outstanding(): number { return this.#outstanding.size; }
  sent(folder: FolderId): Sent | undefined { return this.#outstanding.get(folder); }

  /** Queues an offer, joined with one that waits for the same folder; the more urgent of the two counts. False: the queue is full; the sweep will find it. */
  offer(offer: Offer, urgency: Urgency): boolean {
    const before = this.#waitsIn(offer.folder);
    if (before === undefined && this.waiting >= this.#ports.limits.maxQueuedUpdates) return false;
    const rank = before === undefined || rankOf[urgency] < rankOf[before] ? urgency : before;
    const waiting = before === undefined ? undefined : this.#queues[before].get(offer.folder);
    if (before !== undefined && before !== rank) this.#queues[before].delete(offer.folder);
    this.#queues[rank].set(offer.folder, waiting === undefined ? offer : joinedOffer(waiting, offer));
    if (rank === 'now') this.#schedule();
    else if (this.#queues[rank].size >= this.#ports.limits.maxWaitingCopies) this.#hurry(rank);
    else if (this.#cancel[rank] === null) this.#awaitQuiet(rank, this.#ports.world.now());
    return true;
  }

  #waitsIn(folder: FolderId): Urgency | undefined {
    if (this.#queues.now.has(folder)) return 'now';
    if (this.#queues.soon.has(folder)) return 'soon';
    return this.#queues.later.has(folder) ? 'later' : undefined;
  }

  /** Copies wait while the service is at work, for each folder will change again; from `since` on not longer than the limit, nor more than so many. */
  #awaitQuiet(rank: 'soon' | 'later', since: number): void {
    const { world, limits, commit } = this.#ports;
    const maxMs = rank === 'soon' ? limits.soonMs : limits.laterMs, quietMs = Math.min(rank === 'soon' ? limits.soonQuietMs : limits.laterQuietMs, maxMs);
    const before = commit();
    this.#cancel[rank] = world.later(quietMs, () => {
      const waitedMs = world.now() - since;
      if (commit() === before || waitedMs >= maxMs || waitedMs < 0) this.#hurry(rank);
      else this.#awaitQuiet(rank, since);
    });
  }

  /** What waited long enough goes now. */
  #hurry(rank: 'soon' | 'later'): void {
    this.#cancel[rank]?.();
    this.#cancel[rank] = null;
    for (const [folder, offer] of this.#queues[rank]) this.#queues.now.set(folder, offer);
    this.#queues[rank].clear();
    if (this.#queues.now.size > 0) this.#schedule();
  }

  /** Notes that everything up to `heads` is under way. Sent again with a longer wait each time. */
  expect(folder: FolderId, heads: Heads, again: boolean): void {
    const before = this.#outstanding.get(folder);
    const { maxResendAfterMs, maxOutstanding } = this.#ports.limits;
    const waitMs = again && before !== undefined ? Math.min(before.waitMs * 2, maxResendAfterMs) : before?.waitMs ?? this.#patienceMs();
    if (before === undefined && this.#outstanding.size >= maxOutstanding) return;
    const now = this.#ports.world.now();
    this.#outstanding.set(folder, { heads, at: now, waitMs, since: again ? before?.since ?? now : now });
  }

  /** Whoever answers slowly is busy: what is sent again too early keeps it busy. */
  #patienceMs(): number {
    const { resendAfterMs, maxResendAfterMs } = this.#ports.limits;
    return Math.min(Math.max(resendAfterMs, this.#answerMs * answersWaited), maxResendAfterMs);
  }

  settle(folder: FolderId): void {
    const sent = this.#outstanding.get(folder);
    if (sent === undefined) return;
    this.#outstanding.delete(folder);
    // Of what was sent twice nobody knows which was answered; a clock that was moved tells nothing.
    const tookMs = Math.min(Math.max(0, this.#ports.world.now() - sent.since), this.#ports.limits.maxResendAfterMs);
    this.#answerMs += (tookMs - this.#answerMs) / answersSmoothed;
  }

  /** Folders whose wait is over, at most `limit`; those too that seem to have been sent later than now: the clock was put back. */
  overdue(now: number, limit: number): FolderId[] {
    const found: FolderId[] = [];
    for (const [folder, sent] of this.#outstanding) {
      if (found.length >= limit) break;
      if (sent.at + sent.waitMs <= now || sent.at > now) found.push(folder);
    }
    return found;
  }

  /** Another incarnation stands behind the destination: nothing is known of what it has. */
  forget(): void { this.#outstanding.clear(); }

  /** Resolves when nothing waits to be published. */
  async drained(): Promise<void> {
    this.#hurry('soon');
    this.#hurry('later');
    if (this.waiting > 0 || this.#publishing) await new Promise<void>((done) => this.#idle.push(done));
  }

  #schedule(): void {
    if (this.#scheduled || this.#publishing) return;
    this.#scheduled = true;
    const flush = (): void => { this.#scheduled = false; void this.#flush(); };
    queueMicrotask(() => queueMicrotask(flush));
  }

  async #flush(): Promise<void> {
    if (this.#publishing) return;
    const batch = this.#take();
    if (batch.length > 0) {
      this.#publishing = true;
      this.#ports.world.crashPoint?.('updates-unpublished');
      try { await this.#ports.bus.publish(this.destination, batch); } catch (cause) { this.#ports.failed(this.destination, cause); }
      this.#ports.world.crashPoint?.('updates-published');
      this.#publishing = false;
    }
    if (this.#queues.now.size > 0) return this.#schedule();
    if (this.waiting > 0) return;
    for (const done of this.#idle.splice(0)) done();
  }

  /** The wait for an acknowledgement begins when the update leaves; one that asks for none changes nothing: two services that answer each other would wait for ever. */
  #underWay({ folder, wantsReply }: FolderUpdate): void {
    if (!wantsReply) return;
    const sent = this.#outstanding.get(folder);
    if (sent === undefined) return;
    if (sent.since === sent.at) sent.since = this.#ports.world.now();
    sent.at = this.#ports.world.now();
  }

  #take(): FolderUpdate[] {
    const { maxBatchUpdates, maxBatchBytes, maxRecordBytes, maxRecordsPerUpdate } = this.#ports.limits;
    const batch: FolderUpdate[] = [];
    let bytes = 0;
    for (const [folder, offer] of this.#queues.now) {
      if (batch.length >= maxBatchUpdates || bytes > maxBatchBytes) break;
      this.#queues.now.delete(folder);
      const update = offer.make(offer.answer);
      if (update === null) continue;
      this.#underWay(update);
      for (const one of cutUpdate(update, maxRecordBytes, maxRecordsPerUpdate)) {
        batch.push(one);
        bytes += sizeOf(one);
      }
    }
    return batch;
  }
}

function joinedOffer(before: Offer, after: Offer): Offer {
  const answer = before.answer || after.answer;
  if (!before.again || after.again) return { ...after, answer };
  return { ...before, answer, make: (asked) => { const first = before.make(asked), rest = after.make(false); return first === null || rest === null ? first ?? rest : joined(first, rest); } };
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
