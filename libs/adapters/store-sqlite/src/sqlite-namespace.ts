/** One service's store: its part of the file, seen through the port. */
import type { AuthorId } from '@lienthong/folder';
import { assertWithinLimits, maxRowsPerQuery } from '@lienthong/kernel/ports/folder-store';
import type { Append, Appended, Commit, FolderVersion, OwnedStore } from '@lienthong/kernel/ports/folder-store';
import type { KnownIds } from './known-ids.ts';
import type { Reader } from './reader.ts';
import { faultOf, storeError } from './store-faults.ts';
import type { WriteQueue } from './write-queue.ts';
import { WrittenAsides } from './written-asides.ts';

/** Bytes of asides that are kept in memory, per namespace. */
const maxWrittenBytes = 4 * 1024 * 1024;

export class SqliteNamespace implements OwnedStore {
  readonly #ns: number;
  readonly #path: string;
  readonly #reader: Reader;
  readonly #queue: WriteQueue;
  readonly #written = new WrittenAsides(maxWrittenBytes);
  readonly #known: KnownIds;
  readonly #inFlight = new Set<Promise<Appended>>();
  #closed = false;

  constructor(ns: number, path: string, reader: Reader, queue: WriteQueue, known: KnownIds) {
    this.#ns = ns;
    this.#path = path;
    this.#reader = reader;
    this.#queue = queue;
    this.#known = known;
  }

  async load(id: string) { return this.#read(() => (this.#known.mayHave(this.#ns, id) ? this.#reader.load(this.#ns, id) : undefined)); }

  async standings(ids: readonly string[]) { return this.#read(() => this.#reader.standings(this.#ns, ids.slice(0, maxRowsPerQuery))); }

  async append(change: Append): Promise<Appended> {
    assertWithinLimits(change);
    this.#known.note(this.#ns, change.id);
    const appended = await this.#write({ change });
    if (appended.ok && change.asides !== undefined) this.#written.note(change.id, change.asides);
    return appended;
  }

  async asides(id: string, names: readonly string[]) { return this.#read(() => this.#reader.asides(this.#ns, id, names, (name) => this.#written.get(id, name))); }

  async find(field: string, value: string, limit: number, after = '') { return this.#read(() => this.#reader.find(this.#ns, field, value, limit, after)); }

  async due(now: number, limit: number) { return this.#read(() => this.#reader.due(this.#ns, now, limit)); }

  async unsettled(limit: number, after = '') { return this.#read(() => this.#reader.unsettled(this.#ns, limit, after)); }

  async settle(folders: readonly FolderVersion[]): Promise<void> {
    if (folders.length > 0) await this.#write({ settle: folders.slice(0, maxRowsPerQuery) });
  }

  async changedSince(commit: Commit, limit: number, where?: { field: string; value: string }) {
    return this.#read(() => this.#reader.changedSince(this.#ns, commit, limit, where));
  }

  async lastCommit() { return this.#read(() => this.#reader.lastCommit(this.#ns)); }

  async incarnation() { return this.#read(() => this.#reader.incarnation(this.#ns)); }

  async setIncarnation(author: AuthorId): Promise<void> {
    if (!(await this.#write({ owner: author })).ok) throw storeError('STORE_BEHIND', this.#path);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
  }

  async #write(what: { change: Append } | { owner: AuthorId } | { settle: readonly FolderVersion[] }): Promise<Appended> {
    if (this.#closed) throw storeError('STORE_CLOSED', this.#path);
    const written = this.#queue.add({ ns: this.#ns, ...what });
    this.#inFlight.add(written);
    try {
      return await written;
    } finally {
      this.#inFlight.delete(written);
    }
  }

  #read<T>(look: () => T): T {
    if (this.#closed) throw storeError('STORE_CLOSED', this.#path);
    try {
      return look();
    } catch (cause) {
      throw faultOf(this.#path, cause);
    }
  }
}
