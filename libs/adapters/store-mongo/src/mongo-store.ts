/** One service's store in its own database, seen through the port. */
import type { AuthorId } from '@lienthong/folder';
import { assertWithinLimits, maxRowsPerQuery } from '@lienthong/kernel/ports/folder-store';
import type { Append, Appended, Commit, FolderVersion, OwnedStore } from '@lienthong/kernel/ports/folder-store';
import type { BatchWriter } from './batch-writer.ts';
import type { CommitHead } from './commit-head.ts';
import type { Database } from './connection.ts';
import type { Reader } from './reader.ts';
import { faultOf, storeError } from './store-faults.ts';
import type { Tidying } from './tidying.ts';
import { WriteQueue } from './write-queue.ts';

export type StoreParts = { readonly database: Database; readonly head: CommitHead; readonly reader: Reader; readonly writer: BatchWriter; readonly tidying: Tidying };

export class MongoStore implements OwnedStore {
  readonly #parts: StoreParts;
  readonly #reader: Reader;
  readonly #queue: WriteQueue;
  #closing: Promise<void> | undefined;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.#reader = parts.reader;
    this.#queue = new WriteQueue(parts.writer, parts.database.place);
  }

  /** Servers and database, without account and password. */
  get place(): string { return this.#parts.database.place; }

  load(id: string) { return this.#asked(() => this.#reader.load(id)); }

  standings(ids: readonly string[]) { return this.#asked(() => this.#reader.standings(ids.slice(0, maxRowsPerQuery))); }

  async append(change: Append): Promise<Appended> {
    assertWithinLimits(change);
    return this.#queue.add({ change });
  }

  asides(id: string, names: readonly string[]) { return this.#asked(() => this.#reader.asides(id, names)); }

  find(field: string, value: string, limit: number, after = '') { return this.#asked(() => this.#reader.find(field, value, limit, after)); }

  due(now: number, limit: number) { return this.#asked(() => this.#reader.due(now, limit)); }

  unsettled(limit: number, after = '') { return this.#asked(() => this.#reader.unsettled(limit, after)); }

  settle(folders: readonly FolderVersion[]) { return this.#asked(() => this.#parts.writer.settle(folders.slice(0, maxRowsPerQuery))); }

  changedSince(commit: Commit, limit: number, where?: { field: string; value: string }) { return this.#asked(() => this.#reader.changedSince(commit, limit, where)); }

  lastCommit() { return this.#asked(() => this.#parts.writer.lastCommit()); }

  incarnation() { return this.#asked(async () => (await this.#parts.head.read()).owner ?? undefined); }

  async setIncarnation(author: AuthorId): Promise<void> {
    if (!(await this.#queue.add({ owner: author })).ok) throw storeError('STORE_BEHIND', this.place);
  }

  close(): Promise<void> { return this.#closing ??= this.#close(); }

  async #close(): Promise<void> {
    await this.#queue.drained();
    await this.#parts.tidying.done();
    await this.#parts.database.client.close();
  }

  async #asked<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closing) throw storeError('STORE_CLOSED', this.place);
    try {
      return await call();
    } catch (cause) {
      throw faultOf(this.place, cause);
    }
  }
}
