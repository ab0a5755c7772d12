/** Reads. What a majority has is all that is seen, and all that was answered is seen. */
import { Binary } from 'mongodb';
import type { Filter } from 'mongodb';
import type { FolderId } from '@lienthong/folder';
import { maxRowsPerQuery } from '@lienthong/kernel/ports/folder-store';
import type { Aside, Commit, FolderStanding, StoredFolder } from '@lienthong/kernel/ports/folder-store';
import { inTime } from './connection.ts';
import type { Database } from './connection.ts';
import type { Settlement } from './settlement.ts';
import type { Standings } from './standings.ts';
import { storeError } from './store-faults.ts';
import { indexKey, newestLanded, segmentKey } from './stored-documents.ts';
import type { FolderDocument, SegmentRef } from './stored-documents.ts';

/** Each question has an index made for it (see `schema.ts`); which one is used is left to the server, which knows how many rows there are. */
export class Reader {
  readonly #database: Database;
  readonly #standings: Standings;
  readonly #settlement: Settlement;

  constructor(database: Database, standings: Standings, settlement: Settlement) {
    this.#database = database;
    this.#standings = standings;
    this.#settlement = settlement;
  }

  async load(id: FolderId): Promise<StoredFolder | undefined> {
    const found = await this.#database.folders.findOne({ _id: id }, inTime);
    this.#standings.saw(id, found ?? undefined);
    if (found === null || found.version === 0) return undefined;
    this.#assertWhole(found);
    const { version, commit, incarnation, aux, wakeAt, unsettled } = found;
    return { id, version, commit, incarnation, segments: await this.#segments(found), aux: bytesOf(aux), wakeAt, unsettled };
  }

  async standings(ids: readonly FolderId[]): Promise<Map<FolderId, FolderStanding>> {
    const found = await this.#database.folders.find({ _id: ids.length === 1 ? ids[0]! : { $in: [...ids] } }, { projection: { version: 1, incarnation: 1 }, ...inTime }).toArray();
    return new Map(found.flatMap(({ _id, version, incarnation }) => (version === 0 ? [] : [[_id, { version, incarnation }]])));
  }

  async asides(id: FolderId, names: readonly string[]): Promise<Aside[]> {
    const { beside, folders } = this.#database;
    // In this order: what landed before the first look is in it, and what landed after may be passed over.
    const found = await beside.find({ f: id, n: { $in: [...new Set(names)] } }, inTime).toArray();
    if (found.length === 0) return [];
    const folder = await folders.findOne({ _id: id }, { projection: { asides: 1 }, ...inTime });
    return [...newestLanded(found, folder?.asides)].flatMap(([name, { b }]) => (b === null ? [] : [{ name, bytes: bytesOf(b) }]));
  }

  async find(field: string, value: string, limit: number, after: FolderId): Promise<FolderId[]> {
    return this.#ids({ index: indexKey(field, value), _id: { $gt: after } }, limit);
  }

  async unsettled(limit: number, after: FolderId): Promise<FolderId[]> {
    return this.#ids({ unsettled: true, _id: { $gt: after } }, limit);
  }

  async due(now: number, limit: number): Promise<{ id: FolderId; wakeAt: number }[]> {
    if (page(limit) === 0) return [];
    const found = await this.#database.folders.find({ wakeAt: { $lte: now } }, { sort: { wakeAt: 1 }, limit: page(limit), projection: { wakeAt: 1 }, ...inTime }).toArray();
    return found.map(({ _id, wakeAt }) => ({ id: _id, wakeAt: wakeAt! }));
  }

  /** Not beyond the first write that is still in flight: it would come to light behind the cursor. */
  async changedSince(commit: Commit, limit: number, where: { field: string; value: string } | undefined): Promise<{ id: FolderId; commit: Commit }[]> {
    const horizon = await this.#settlement.horizon();
    if (horizon <= commit || page(limit) === 0) return [];
    const found = await this.#database.folders.find(
      { commit: { $gt: commit, $lte: horizon }, ...(where && { index: indexKey(where.field, where.value) }) },
      { sort: { commit: 1 }, limit: page(limit), projection: { commit: 1 }, ...inTime },
    ).toArray();
    return found.map(({ _id, commit: at }) => ({ id: _id, commit: at }));
  }

  async #ids(filter: Filter<FolderDocument>, limit: number): Promise<FolderId[]> {
    if (page(limit) === 0) return [];
    const found = await this.#database.folders.find(filter, { sort: { _id: 1 }, limit: page(limit), projection: { _id: 1 }, ...inTime }).toArray();
    return found.map(({ _id }) => _id);
  }

  async #segments({ _id, segments }: FolderDocument): Promise<Uint8Array[]> {
    const refs = segments.filter((one): one is SegmentRef => !(one instanceof Binary));
    if (refs.length === 0) return segments.map((one) => bytesOf(one as Binary));
    const found = await this.#database.beside.find({ f: _id, n: null, w: { $in: [...new Set(refs.map(({ w }) => w))] } }, inTime).toArray();
    const byKey = new Map(found.map((one) => [one._id, one.b]));
    return segments.map((one) => {
      if (one instanceof Binary) return bytesOf(one);
      const bytes = byKey.get(segmentKey(_id, one));
      if (bytes == null) throw this.#damaged(_id, `segment ${segmentKey(_id, one)} is missing`);
      return bytesOf(bytes);
    });
  }

  #assertWhole({ _id, version, commit, count, segments, aux }: FolderDocument): void {
    const whole = Number.isSafeInteger(version) && Number.isSafeInteger(commit) && Array.isArray(segments) && segments.length === count && aux instanceof Binary;
    if (!whole) throw this.#damaged(_id, 'its document is not what was written');
  }

  #damaged(id: FolderId, what: string): Error { return storeError('STORE_DAMAGED', this.#database.place, new Error(`folder ${id}: ${what}`)); }
}

const page = (limit: number): number => Math.max(0, Math.min(limit, maxRowsPerQuery));

/** The driver may give a view of a larger buffer; nobody else holds it. */
function bytesOf({ buffer, position }: Binary): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, position);
}
