/** Takes away what lies beside a folder and counts no more: of writes that did not land, of asides that were replaced or removed. */
import type { AnyBulkWriteOperation } from 'mongodb';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import type { CommitHead } from './commit-head.ts';
import { inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { superseded, withdrawn } from './folder-write.ts';
import type { Settlement } from './settlement.ts';
import type { BesideDocument, Flight, FlightItem } from './stored-documents.ts';

/** Who has not tidied up after a write in this time, will not: the instance is gone, or its call failed. */
export const tidyLeftAfterMs = 60_000;

export class Tidying {
  readonly #database: Database;
  readonly #head: CommitHead;
  readonly #settlement: Settlement;
  readonly #crashPoint: CrashPoint | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(database: Database, head: CommitHead, settlement: Settlement, crashPoint?: CrashPoint) {
    this.#database = database;
    this.#head = head;
    this.#settlement = settlement;
    this.#crashPoint = crashPoint;
  }

  /** In the background. `leftovers`: of this flight; null: to be found out. What fails is done later: the head names the flight until it is. */
  after(flight: Flight, leftovers: AnyBulkWriteOperation<BesideDocument>[] | null): void {
    const left = this.#head.known.flights.filter(({ seq, at }) => seq !== flight.seq && Date.now() - at > tidyLeftAfterMs);
    if (![flight, ...left].some(hasBeside)) return;
    if (left.length === 0 && leftovers?.length === 0) return this.#settlement.tidied(flight.seq);
    this.#running = this.#running.then(async () => {
      if (leftovers !== null) await this.#delete(flight, leftovers);
      await this.all(leftovers === null ? [flight, ...left] : left);
    }).catch(() => {});
  }

  /** Those that are still in flight are passed over. */
  async all(flights: readonly Flight[]): Promise<void> {
    for (const flight of flights) {
      if (!hasBeside(flight) || !this.#settlement.hasEnded(flight)) continue;
      const found: AnyBulkWriteOperation<BesideDocument>[] = [];
      for (const item of flight.items) if (item.beside) found.push(...await this.#leftoversOf(item));
      await this.#delete(flight, found);
    }
  }

  /** Resolves when nothing is under way. */
  async done(): Promise<void> { await this.#running; }

  /** In their order. */
  async #delete({ seq }: Flight, leftovers: AnyBulkWriteOperation<BesideDocument>[]): Promise<void> {
    this.#crashPoint?.('mongo-untidied');
    if (leftovers.length > 0) await this.#database.beside.bulkWrite(leftovers, inTime);
    this.#settlement.tidied(seq);
  }

  /** Of a write that somebody else made, as `leftoversOf` tells it of an own one. */
  async #leftoversOf(item: FlightItem): Promise<AnyBulkWriteOperation<BesideDocument>[]> {
    const { folders, beside } = this.#database, { id, version, commit } = item;
    const landed = await folders.findOne({ _id: id, $or: [{ asides: commit }, { 'segments.w': commit }] }, { projection: { _id: 1 }, ...inTime });
    if (landed === null) return withdrawn(item);
    const named = version === 0 ? [] : await beside.find({ f: id, w: commit, n: { $ne: null } }, { projection: { n: 1 }, ...inTime }).toArray();
    return superseded(item, named.map(({ n }) => n!), true);
  }
}

const hasBeside = (flight: Flight): boolean => flight.items.some(({ beside }) => beside);
