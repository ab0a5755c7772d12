/** One SQLite file for all services: a namespace each, one writer, one group commit for all that waits. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { ArmedCrash } from '@lienthong/kernel/ports/crash-points';
import type { HighWaterMark, Mark } from '@lienthong/kernel/ports/world';
import { maintain } from './maintain.ts';
import { readMarks } from '@lienthong/marks';
import { crashInProcess } from './crash-in-process.ts';
import { KnownIds } from './known-ids.ts';
import { openFile } from './open-file.ts';
import { lockFor } from './process-lock.ts';
import { Reader } from './reader.ts';
import { SqliteNamespace } from './sqlite-namespace.ts';
import { faultOf, storeError } from './store-faults.ts';
import { WriteQueue } from './write-queue.ts';

export type SqliteOptions = {
  /** The store's file; made when absent, with its directory. Beside it lie `-wal`, `-shm` and `.lock`. */
  readonly path: string;
  /** File of the high-water marks, outside the store's directory, beside the keys; null: none is kept. */
  readonly marksPath: string | null;
  /** Of tests: where this process dies. Absent: nowhere. */
  readonly crashAt?: ArmedCrash | null;
};

const namePattern = /^[a-z][a-z0-9-]{0,62}$/;

/** Throws a StoreError: STORE_BUSY, STORE_DAMAGED, STORE_NEWER or STORE_FAILED. */
export function openSqlite(options: SqliteOptions): SqliteStore {
  const lock = lockFor(options.path);
  let db: DatabaseSync | undefined;
  try {
    if (options.marksPath !== null) readMarks(options.marksPath);
    db = openFile(options.path, crashInProcess(options.crashAt ?? null));
    return new SqliteStore(options, lock, db);
  } catch (cause) {
    db?.close();
    lock.close();
    throw faultOf(options.path, cause);
  }
}

export class SqliteStore {
  readonly #options: SqliteOptions;
  readonly #lock: DatabaseSync;
  readonly #db: DatabaseSync;
  readonly #reader: Reader;
  readonly #queue: WriteQueue;
  readonly #known: KnownIds;
  readonly #numbers: Map<string, number>;
  readonly #namespaces = new Map<string, SqliteNamespace>();
  #closing: Promise<void> | undefined;

  constructor(options: SqliteOptions, lock: DatabaseSync, db: DatabaseSync) {
    this.#options = options;
    this.#lock = lock;
    this.#db = db;
    this.#reader = new Reader(db);
    this.#numbers = this.#reader.namespaces();
    this.#queue = new WriteQueue({ path: options.path, marksPath: options.marksPath, crashAt: options.crashAt ?? null });
    this.#known = new KnownIds(this.#reader.folderCount());
    void this.#known.noteAll((after, limit) => (this.#closing === undefined ? this.#reader.ids(after, limit) : undefined));
  }

  /** The store of one service. The same name is the same store; a new name is an empty one. */
  namespace(name: string): SqliteNamespace {
    if (!namePattern.test(name)) throw new RangeError(`a namespace is a lowercase word of at most 63 characters, not "${name}"`);
    let namespace = this.#namespaces.get(name);
    if (namespace === undefined) {
      namespace = new SqliteNamespace(this.#numberOf(name), this.#options.path, this.#reader, this.#queue, this.#known);
      this.#namespaces.set(name, namespace);
    }
    return namespace;
  }

  /** Throws STORE_DAMAGED where the file holds the folders of somebody who is not among `names`: a service would begin anew beside what it has written. */
  assertOnlyOf(names: readonly string[]): void {
    const stranger = [...this.#numbers.keys()].find((name) => !names.includes(name));
    if (stranger !== undefined) throw storeError('STORE_DAMAGED', this.#options.path, new Error(`there is no service ${stranger}`));
  }

  /** How far the namespace had come when it last answered; to be compared by `isBehind` before the first write. */
  mark(name: string): Mark | undefined {
    return this.#options.marksPath === null ? undefined : readMarks(this.#options.marksPath).get(name);
  }

  /** The same for the port: read here, raised by the writer with each commit; asking for more than it has raised is the caller's fault. */
  highWaterMark(name: string): HighWaterMark {
    return {
      read: () => this.mark(name),
      raise: ({ incarnation, commit }) => {
        const mark = this.mark(name);
        if (mark?.incarnation !== incarnation || mark.commit < commit) throw new RangeError(`the mark of ${name} is raised by its own writes only`);
      },
    };
  }

  /** A consistent copy of all namespaces at one moment, checked and flushed, in one file; writing goes on meanwhile. Rejects when `to` exists. Answers its size in bytes. */
  async backup(to: string): Promise<number> {
    if (existsSync(to)) throw storeError('STORE_FAILED', to, new Error('a file of that name is there already'));
    return (await maintain({ path: this.#options.path, backupTo: to, folders: false })).bytes;
  }

  /** Reads every page; answers what is wrong, nothing when the store is sound. */
  async check(): Promise<readonly string[]> {
    return (await maintain({ path: this.#options.path, backupTo: null, folders: false })).complaints;
  }

  /** Everything asked for is durable and answered before it resolves; then another process may open the file. */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  async #close(): Promise<void> {
    for (const namespace of this.#namespaces.values()) void namespace.close();
    await this.#queue.drained();
    // The last connection to close copies the log into the file: the writer's.
    this.#db.close();
    await this.#queue.close();
    this.#lock.close();
  }

  #numberOf(name: string): number {
    let ns = this.#numbers.get(name);
    if (ns === undefined) {
      ns = Math.max(0, ...this.#numbers.values()) + 1;
      this.#numbers.set(name, ns);
      // What is written under this number comes after it; a failure stops the queue, and every write says so.
      this.#queue.add({ ns, name }).catch(() => {});
    }
    return ns;
  }
}
