/**
 * Writes a batch: numbers from the head, what lies beside, the folders themselves, then the mark.
 * The write of a folder's document is the moment of truth; it is answered when every lower commit number has landed or never will.
 */
import type { AnyBulkWriteOperation } from 'mongodb';
import type { AuthorId } from '@lienthong/folder';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import type { Append, Appended, Commit, FolderVersion, StoreError } from '@lienthong/kernel/ports/folder-store';
import type { HighWaterMark } from '@lienthong/kernel/ports/world';
import type { CommitHead } from './commit-head.ts';
import { inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { besideOf, flightItem, leftoversOf, operationOf, standingAfter } from './folder-write.ts';
import { planBatch } from './plan-batch.ts';
import type { Plan } from './plan-batch.ts';
import { Settlement } from './settlement.ts';
import type { Standings } from './standings.ts';
import { faultOf, isDuplicateOnly, storeError } from './store-faults.ts';
import { recentCommits } from './stored-documents.ts';
import type { BesideDocument, Flight } from './stored-documents.ts';
import type { Tidying } from './tidying.ts';

/** `again`: another instance was first or has fenced it off; it is to be decided anew. */
export type Outcome = Appended | 'again' | Error;

/** Writes in flight that a head names at most; then none is added before they have ended. */
export const maxFlights = 64;

/** So many commands at once write the folders of a batch: two to three times faster than one after the other. */
const maxParts = 4;

type Reserved = { readonly plan: Plan; readonly flight: Flight; readonly owner: AuthorId | null };
/** What became of a folder's write. */
type Fate = 'landed' | 'not-landed' | 'unknown';
/** `refusal`: why the server took no write that has not landed. */
type Fates = { readonly of: readonly Fate[]; readonly refusal?: StoreError };

export type WriterParts = {
  readonly database: Database;
  readonly head: CommitHead;
  readonly standings: Standings;
  readonly settlement: Settlement;
  readonly tidying: Tidying;
  readonly mark: HighWaterMark | undefined;
  readonly instance: string;
  readonly crashPoint: CrashPoint | undefined;
};

export class BatchWriter {
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) { this.#parts = parts; }

  /** One outcome per append. Throws when nothing can be said about any of them. */
  async write(appends: readonly Append[]): Promise<Outcome[]> {
    const reserved = await this.#reserve(appends);
    if ('verdicts' in reserved) return reserved.verdicts.map((verdict) => ('conflict' in verdict ? { ok: false, conflict: verdict.conflict } : 'again'));
    const { settlement, standings, tidying, crashPoint } = this.#parts;
    const { plan, flight } = reserved;
    let fates: Fates | undefined;
    try {
      const { known } = this.#parts.head;
      crashPoint?.('mongo-announced');
      await this.#writeBeside(reserved);
      fates = await this.#writeFolders(reserved);
      this.#remember(reserved, fates);
      settlement.land(flight.seq, !fates.of.includes('unknown'));
      await settlement.settle(known, flight.seq, false);
      crashPoint?.('mongo-landed');
      this.#raiseMark(reserved, fates);
      crashPoint?.('mongo-marked');
    } catch (cause) {
      standings.forget(appends.map(({ id }) => id));
      if (fates === undefined) settlement.land(flight.seq, false);
      throw cause;
    }
    tidying.after(flight, leftovers(reserved, fates));
    return this.#outcomes(appends, plan, flight, fates);
  }

  /** Durable when it answers. False: this incarnation may not go on here. */
  async own(author: AuthorId): Promise<boolean> {
    const { head, settlement, mark, crashPoint } = this.#parts;
    await head.read();
    if (head.isBarred(author)) return false;
    await head.change(({ owner, flights }) => (owner === author ? undefined : { owner: author, flights: settlement.stillNamed(flights) }));
    crashPoint?.('mongo-owned');
    // Whatever an earlier owner had in flight has landed by now or never will.
    await settlement.settle(head.known, head.known.seq, true);
    if (mark !== undefined) mark.raise({ incarnation: author, commit: await this.lastCommit() });
    return true;
  }

  /** A flag of the folders themselves: it needs no number, and where a folder has been written since, it finds nothing to clear. */
  async settle(folders: readonly FolderVersion[]): Promise<void> {
    if (folders.length === 0) return;
    // Most folders have few versions: one operation for all of a version costs little more than one for a folder.
    const operations = [...Map.groupBy(folders, ({ version }) => version)].map(([version, some]) => ({ updateMany: { filter: { _id: { $in: some.map(({ id }) => id) }, version, unsettled: true }, update: { $set: { unsettled: false } } } }));
    await this.#parts.database.folders.bulkWrite(operations, { ordered: false, ...inTime });
    this.#parts.crashPoint?.('mongo-settled');
  }

  /** The last commit that landed and below which nothing is in flight: never less than what was answered. */
  async lastCommit(): Promise<Commit> {
    const { settlement, database } = this.#parts;
    const horizon = await settlement.horizon();
    const [last] = await database.folders.find({}, { sort: { commit: -1 }, limit: 1, projection: { commit: 1 }, ...inTime }).toArray();
    return Math.min(horizon, last?.commit ?? 0);
  }

  /** A plan without writes needs no numbers. */
  async #reserve(appends: readonly Append[]): Promise<Reserved | Plan> {
    const { head, standings, settlement, instance } = this.#parts;
    const ids = appends.map(({ id }) => id);
    const planned = async (): Promise<Plan> => planBatch(appends, await standings.of(ids), (author) => head.takes(author));
    let plan = await planned();
    if (plan.doubted.length > 0 || plan.verdicts.some((verdict) => 'conflict' in verdict && verdict.conflict === 'incarnation')) {
      // Nobody is refused for what was seen earlier.
      await head.read();
      standings.forget(plan.doubted);
      plan = await planned();
    }
    while (plan.commits > 0) {
      if (settlement.stillNamed(head.known.flights).length >= maxFlights) await this.#clear();
      const taken = await standings.of(ids);
      let flight: Flight | undefined;
      const changed = await head.change(({ seq, end, flights }) => {
        plan = planBatch(appends, taken, (author) => head.takes(author));
        const named = settlement.stillNamed(flights);
        if (plan.commits === 0 || named.length >= maxFlights) return undefined;
        flight = { seq: seq + 1, from: end + 1, to: end + plan.commits, by: instance, at: Date.now(), items: plan.writes.map((write, at) => flightItem(write, end + 1 + plan.lastNth[at]!)) };
        return { end: flight.to, flights: [...named, flight] };
      });
      if (changed === undefined || flight === undefined) continue;
      settlement.takeOff(flight.seq);
      return { plan, flight, owner: changed.owner };
    }
    return plan;
  }

  /** Waits until all that is in flight has ended, and tidies up after instances that cannot any more. */
  async #clear(): Promise<void> {
    const { head, settlement, tidying } = this.#parts;
    await settlement.settle(head.known, head.known.seq, false);
    await tidying.all(head.known.flights);
  }

  async #writeBeside({ plan, flight }: Reserved): Promise<void> {
    const documents = plan.writes.flatMap((write, at) => besideOf(write, flight.items[at]!.commit));
    if (documents.length === 0) return;
    try {
      await this.#parts.database.beside.insertMany(documents, { ordered: false, ...inTime });
      this.#parts.crashPoint?.('mongo-laid-beside');
    } catch (cause) {
      // Sent twice by the driver: the same bytes under the same name.
      if (!isDuplicateOnly(cause)) throw cause;
    }
  }

  async #writeFolders({ plan, flight }: Reserved): Promise<Fates> {
    const { database: { folders, place }, settlement, crashPoint } = this.#parts;
    const operations = plan.writes.map((write, at) => operationOf(write, flight.items[at]!.commit));
    const results = await Promise.allSettled(inParts(operations).map((part) => folders.bulkWrite(part, { ordered: false, ...inTime })));
    crashPoint?.('mongo-folders-written');
    const done = results.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value.insertedCount + one.value.matchedCount : 0), 0);
    if (done === operations.length) return { of: operations.map(() => 'landed') };
    const failures = results.flatMap((one) => (one.status === 'rejected' && !isDuplicateOnly(one.reason) ? [faultOf(place, one.reason)] : []));
    // Nobody knows what arrived, nor what still will. After a fence it is decided.
    if (failures.length > 0) await settlement.fence(flight.items);
    const refusal = failures.find(({ code }) => code === 'STORE_FAILED');
    return { of: await this.#fates(flight), ...(refusal && { refusal }) };
  }

  async #fates({ items }: Flight): Promise<readonly Fate[]> {
    const found = await this.#parts.database.folders.find({ _id: { $in: items.map(({ id }) => id) } }, { projection: { recent: 1 }, ...inTime }).toArray();
    const byId = new Map(found.map(({ _id, recent }) => [_id, recent]));
    return items.map(({ id, commit }) => fateOf(commit, byId.get(id) ?? []));
  }

  #remember({ plan }: Reserved, fates: Fates): void {
    const { standings } = this.#parts;
    plan.writes.forEach((write, at) => {
      if (fates.of[at] === 'landed') standings.note(write.id, standingAfter(write));
      else standings.forget([write.id]);
    });
  }

  #raiseMark({ plan, flight, owner }: Reserved, fates: Fates): void {
    const landed = plan.writes.flatMap((_, at) => (fates.of[at] === 'landed' ? [flight.items[at]!.commit] : []));
    if (owner !== null && landed.length > 0) this.#parts.mark?.raise({ incarnation: owner, commit: Math.max(...landed) });
  }

  /** An append after one of the same folder that did not land is decided anew with it. */
  #outcomes(appends: readonly Append[], { verdicts, writes }: Plan, flight: Flight, { of, refusal }: Fates): Outcome[] {
    const missed = new Map(writes.flatMap(({ id }, at) => (of[at] === 'landed' ? [] : [[id, of[at]]])));
    return verdicts.map((verdict, at): Outcome => {
      const fate = missed.get(appends[at]!.id);
      if (fate === 'unknown') return storeError('STORE_UNREACHABLE', this.#parts.database.place, new Error('whether it was written could not be found out'));
      if (fate !== undefined) return refusal ?? 'again';
      if ('conflict' in verdict) return { ok: false, conflict: verdict.conflict };
      return { ok: true, version: verdict.version, commit: flight.from + verdict.nth };
    });
  }
}

/** Null: of some write nobody knows here whether it landed. */
function leftovers({ plan, flight }: Reserved, { of }: Fates): AnyBulkWriteOperation<BesideDocument>[] | null {
  if (of.includes('unknown')) return null;
  return plan.writes.flatMap((write, at) => (flight.items[at]!.beside ? leftoversOf(write, flight.items[at]!.commit, of[at] === 'landed') : []));
}

function inParts<T>(operations: readonly T[]): T[][] {
  const size = Math.ceil(operations.length / maxParts);
  return Array.from({ length: Math.ceil(operations.length / size) }, (_, part) => operations.slice(part * size, (part + 1) * size));
}

/** `recent`: the last commits of the folder, oldest first. */
export function fateOf(commit: Commit, recent: readonly Commit[]): Fate {
  if (recent.includes(commit)) return 'landed';
  // Commits of one folder rise: what is older than all that it remembers may have landed and been forgotten, if it had to forget any.
  return recent.length >= recentCommits && recent[0]! > commit ? 'unknown' : 'not-landed';
}
