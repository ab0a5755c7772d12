/** The only writer of a store: one transaction for a whole batch, of all namespaces, then the marks. Synchronous. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import type { Append, Appended } from '@lienthong/kernel/ports/folder-store';
import { FolderRows } from './folder-rows.ts';
import { Listings } from './listings.ts';
import type { MarkFile } from '@lienthong/marks';
import { Namespaces } from './namespaces.ts';
import type { WriteRequest } from './write-request.ts';

/** Index fields of a folder that has none, as text. */
const noFields = '{}';

export class BatchWriter {
  readonly #rows: FolderRows;
  readonly #listings: Listings;
  readonly #namespaces: Namespaces;
  readonly #marks: MarkFile | undefined;
  readonly #crashPoint: CrashPoint | undefined;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #putAside: StatementSync;
  readonly #removeAside: StatementSync;

  constructor(db: DatabaseSync, marks: MarkFile | undefined, crashPoint?: CrashPoint) {
    this.#rows = new FolderRows(db);
    this.#listings = new Listings(db);
    this.#namespaces = new Namespaces(db, marks);
    this.#marks = marks;
    this.#crashPoint = crashPoint;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
    this.#putAside = db.prepare('INSERT INTO aside (n, name, bytes) VALUES (?, ?, ?) ON CONFLICT (n, name) DO UPDATE SET bytes = excluded.bytes');
    this.#removeAside = db.prepare('DELETE FROM aside WHERE n = ? AND name = ?');
  }

  /** Performs a batch in order. When it returns, all of it is durable and marked; when it throws, nothing of it may be answered. */
  run(requests: readonly WriteRequest[]): Appended[] {
    this.#begin.run();
    try {
      const answers = requests.map((request) => this.#perform(request));
      const marks = this.#namespaces.marksToRaise();
      this.#crashPoint?.('sqlite-uncommitted');
      this.#commit.run();
      this.#crashPoint?.('sqlite-committed');
      if (marks.size > 0) this.#marks?.raise(marks);
      this.#crashPoint?.('sqlite-marked');
      return answers;
    } catch (cause) {
      this.#forget();
      throw cause;
    }
  }

  #perform(request: WriteRequest): Appended {
    if ('change' in request) return this.#append(request.ns, request.change);
    if ('owner' in request) return this.#own(request.ns, request.owner);
    if ('settle' in request) for (const one of request.settle) this.#rows.settle(request.ns, one);
    else this.#namespaces.create(request.ns, request.name);
    return { ok: true, version: 0, commit: 0 };
  }

  #append(ns: number, change: Append): Appended {
    if (!this.#namespaces.takes(ns, change.incarnation)) return { ok: false, conflict: 'incarnation' };
    const before = this.#rows.get(ns, change.id);
    if ((before?.version ?? 0) !== change.expectedVersion) return { ok: false, conflict: 'version' };
    const commit = this.#namespaces.nextCommit(ns);
    const after = this.#rows.write(ns, change, commit, before);
    // A folder that is written with just the fields that it has is found by each of them, also where a row was lost.
    const saysAgain = change.index !== undefined && before?.fields === after.fields;
    this.#listings.replace(ns, after.n, saysAgain ? noFields : before?.fields ?? noFields, after.fields);
    for (const { name, bytes } of change.asides ?? []) bytes === null ? this.#removeAside.run(after.n, name) : this.#putAside.run(after.n, name, bytes);
    return { ok: true, version: after.version, commit };
  }

  #own(ns: number, owner: string): Appended {
    if (!this.#namespaces.own(ns, owner)) return { ok: false, conflict: 'incarnation' };
    return { ok: true, version: 0, commit: this.#namespaces.lastCommit(ns) };
  }

  #forget(): void {
    // A failed commit may have rolled back by itself.
    try { this.#rollback.run(); } catch { /* no transaction is open */ }
    this.#namespaces.forgetAll();
    this.#rows.forgetAll();
    this.#listings.forgetAll();
  }
}
