/** Which writes in flight have ended. Up to the first that has not, the order of commits is known for ever: nothing lower comes to light later. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Binary } from 'mongodb';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { Commit } from '@lienthong/kernel/ports/folder-store';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import type { CommitHead } from './commit-head.ts';
import { inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { isDuplicateOnly } from './store-faults.ts';
import type { Flight, FlightItem, FolderDocument, HeadDocument } from './stored-documents.ts';

/** Another instance's write is waited for so long before it is fenced off. */
export const graceMs = 3_000;
const lookEveryMs = 10;

export class Settlement {
  readonly #head: CommitHead;
  readonly #folders: Database['folders'];
  readonly #instance: string;
  readonly #crashPoint: CrashPoint | undefined;
  /** Flights of this instance that are under way, by `seq`. */
  readonly #flying = new Set<number>();
  readonly #ended = new Set<number>();
  readonly #tidied = new Set<number>();
  readonly #seenAt = new Map<number, number>();

  /** `instance`: a name that no other life of any instance has. */
  constructor(head: CommitHead, folders: Database['folders'], instance: string, crashPoint?: CrashPoint) {
    this.#head = head;
    this.#folders = folders;
    this.#instance = instance;
    this.#crashPoint = crashPoint;
  }

  takeOff(seq: number): void { this.#flying.add(seq); }

  /** `known`: whether it is known of every item what became of it. If not, it is found out like another's. */
  land(seq: number, known: boolean): void {
    this.#flying.delete(seq);
    if (known) this.#ended.add(seq);
  }

  hasEnded({ seq }: Flight): boolean { return this.#ended.has(seq); }

  tidied(seq: number): void { this.#tidied.add(seq); }

  /** Flights that a new head need not name any more are left out. */
  stillNamed(flights: readonly Flight[]): readonly Flight[] {
    const left = flights.filter(({ seq, items }) => !this.#ended.has(seq) || (items.some(({ beside }) => beside) && !this.#tidied.has(seq)));
    const named = new Set(flights.map(({ seq }) => seq));
    for (const seen of [this.#ended, this.#tidied, this.#seenAt]) for (const seq of [...seen.keys()]) if (!named.has(seq)) seen.delete(seq);
    return left;
  }

  /** Up to here every commit has landed or never will. Asks the database; fences nothing. */
  async horizon(): Promise<Commit> {
    const head = await this.#head.read();
    await this.#look(head.flights.filter(({ seq }) => !this.#ended.has(seq)));
    const open = head.flights.find(({ seq }) => !this.#ended.has(seq));
    return open === undefined ? head.end : open.from - 1;
  }

  /** Resolves when every flight of `head` up to `through` has ended; those that take too long, or all at once, are fenced off. */
  async settle(head: HeadDocument, through: number, atOnce: boolean): Promise<void> {
    for (;;) {
      const open = head.flights.filter(({ seq }) => seq <= through && !this.#ended.has(seq));
      if (open.length === 0) return;
      const unended = await this.#look(open);
      if (unended.length === 0) return;
      const late = unended.filter(({ flight }) => atOnce || this.#isLate(flight));
      if (late.length > 0) await this.fence(late.map(({ item }) => item));
      else await sleep(lookEveryMs);
    }
  }

  /** After it none of these can land any more, unless it has. */
  async fence(items: readonly FlightItem[]): Promise<void> {
    this.#crashPoint?.('mongo-unfenced');
    try {
      await this.#folders.bulkWrite(items.map(fenceOf), { ordered: false, ...inTime });
    } catch (cause) {
      if (!isDuplicateOnly(cause)) throw cause;
    }
  }

  forgetAll(): void { for (const seen of [this.#flying, this.#ended, this.#tidied, this.#seenAt]) seen.clear(); }

  /** The clock of the other is only believed when it makes the waiting shorter. */
  #isLate({ seq, by, at }: Flight): boolean {
    if (by === this.#instance) return !this.#flying.has(seq);
    const now = Date.now();
    const seen = this.#seenAt.get(seq) ?? now;
    this.#seenAt.set(seq, seen);
    return now - Math.min(at, seen) >= graceMs;
  }

  async #look(flights: readonly Flight[]): Promise<{ flight: Flight; item: FlightItem }[]> {
    const others = flights.filter(({ seq }) => !this.#flying.has(seq));
    const ids = [...new Set(others.flatMap(({ items }) => items.map(({ id }) => id)))];
    if (ids.length === 0) return flights.flatMap((flight) => flight.items.map((item) => ({ flight, item })));
    const found = await this.#folders.find({ _id: { $in: ids } }, { projection: { version: 1, fence: 1 }, ...inTime }).toArray();
    const byId = new Map(found.map((one) => [one._id, one]));
    const unended = flights.flatMap((flight) => flight.items.filter((item) => this.#flying.has(flight.seq) || !hasEnded(item, byId.get(item.id))).map((item) => ({ flight, item })));
    for (const { seq } of others) if (!unended.some(({ flight }) => flight.seq === seq)) this.#ended.add(seq);
    return unended;
  }
}

export function hasEnded(item: FlightItem, found: Pick<FolderDocument, 'version' | 'fence'> | undefined): boolean {
  return found !== undefined && (found.version > item.version || found.fence > item.fence);
}

/** Moves the folder's fence, so that what was prepared on the old one no longer fits; where there is no folder yet, a fence is put in its place. */
function fenceOf({ id, version, fence }: FlightItem): AnyBulkWriteOperation<FolderDocument> {
  if (version > 0 || fence > 0) return { updateOne: { filter: { _id: id, version, fence }, update: { $inc: { fence: 1 } } } };
  return { insertOne: { document: onlyFence(id) } };
}

function onlyFence(id: string): FolderDocument {
  return { _id: id, version: 0, fence: 1, commit: 0, incarnation: '', segments: [], count: 0, inline: 0, aux: new Binary(new Uint8Array(0)), wakeAt: null, unsettled: false, index: [], recent: [], asides: [] };
}
