/** Rows of folders as the only writer sees them: kept in memory, so that a compare-and-set needs no read while a folder is in work. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Generations } from '@lienthong/folder';
import type { Append, Commit, FolderVersion, IndexFields } from '@lienthong/kernel/ports/folder-store';
import { commitsPerNamespace } from './schema.ts';
import { lastCommit, withCommit } from './segment-list.ts';

export type FolderRow = {
  readonly n: number;
  readonly version: number;
  /** Commits that brought a segment, see segment-list. */
  readonly segments: Uint8Array;
  /** The last commit in `segments`. */
  readonly lastSegment: Commit;
  readonly wakeAt: number | null;
  readonly unsettled: boolean;
  /** Index fields as stored: the text that `JSON.stringify` gave. */
  readonly fields: string;
};

/** Rows remembered; of more, those go that were not used lately. */
const maxRemembered = 20_000;
const nothing = new Uint8Array(0);

export class FolderRows {
  readonly #db: DatabaseSync;
  readonly #select: StatementSync;
  readonly #insert: StatementSync;
  readonly #log: StatementSync;
  readonly #settle: StatementSync;
  /** One statement per set of columns that change, so that no index is touched in vain. */
  readonly #updates = new Map<string, StatementSync>();
  readonly #remembered = new Generations<string, FolderRow>(maxRemembered);
  #nextN: number;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#select = db.prepare('SELECT n, version, segments, wake_at, unsettled, fields FROM folder WHERE ns = ? AND id = ?');
    this.#insert = db.prepare('INSERT INTO folder (n, ns, id, version, segments, commits, incarnation, wake_at, unsettled, fields, aux) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)');
    this.#log = db.prepare('INSERT INTO write_log (place, n, bytes) VALUES (?, ?, ?)');
    this.#settle = db.prepare('UPDATE folder SET unsettled = 0 WHERE n = ?');
    this.#nextN = this.#firstFree();
  }

  get(ns: number, id: string): FolderRow | undefined {
    const key = `${ns} ${id}`;
    const remembered = this.#remembered.use(key);
    if (remembered) return remembered;
    const row = this.#select.get(ns, id);
    if (row === undefined) return undefined;
    const found: FolderRow = {
      n: row.n as number, version: row.version as number, segments: row.segments as Uint8Array, lastSegment: lastCommit(row.segments as Uint8Array),
      wakeAt: row.wake_at as number | null, unsettled: row.unsettled === 1, fields: row.fields as string,
    };
    this.#remembered.set(key, found);
    return found;
  }

  /** Writes the row and the segment; answers the row as it is now. */
  write(ns: number, change: Append, commit: Commit, before: FolderRow | undefined): FolderRow {
    const after: FolderRow = {
      n: before?.n ?? this.#nextN++,
      version: change.expectedVersion + 1,
      segments: change.segment ? withCommit(before?.segments ?? nothing, before?.lastSegment ?? 0, commit) : before?.segments ?? nothing,
      lastSegment: change.segment ? commit : before?.lastSegment ?? 0,
      wakeAt: change.wakeAt,
      unsettled: change.unsettled,
      fields: change.index ? textOf(change.index) : before?.fields ?? '{}',
    };
    if (before) this.#update(change, commit, before, after);
    else this.#insert.run(after.n, ns, change.id, after.segments, commit, change.incarnation, after.wakeAt, after.unsettled ? 1 : 0, after.fields, change.aux ?? nothing);
    this.#log.run(ns * commitsPerNamespace + commit, after.n, change.segment ?? null);
    this.#remembered.set(`${ns} ${change.id}`, after);
    return after;
  }

  /** Nothing when the folder has been written since. */
  settle(ns: number, { id, version }: FolderVersion): void {
    const row = this.get(ns, id);
    if (row?.version !== version || !row.unsettled) return;
    this.#settle.run(row.n);
    this.#remembered.set(`${ns} ${id}`, { ...row, unsettled: false });
  }

  /** After a rollback nothing remembered holds any more. */
  forgetAll(): void {
    this.#remembered.clear();
    this.#nextN = this.#firstFree();
  }

  #update(change: Append, commit: Commit, before: FolderRow, after: FolderRow): void {
    let columns = 'version = ?, commits = ?, incarnation = ?';
    const values: SQLInputValue[] = [after.version, commit, change.incarnation];
    const set = (column: string, value: SQLInputValue): void => { columns += `, ${column} = ?`; values.push(value); };
    if (after.wakeAt !== before.wakeAt) set('wake_at', after.wakeAt);
    if (after.unsettled !== before.unsettled) set('unsettled', after.unsettled ? 1 : 0);
    if (after.fields !== before.fields) set('fields', after.fields);
    if (change.segment) set('segments', after.segments);
    if (change.aux) set('aux', change.aux);
    let statement = this.#updates.get(columns);
    if (statement === undefined) this.#updates.set(columns, statement = this.#db.prepare(`UPDATE folder SET ${columns} WHERE n = ?`));
    statement.run(...values, after.n);
  }

  #firstFree(): number {
    return this.#db.prepare('SELECT coalesce(max(n), 0) + 1 AS free FROM folder').get()!.free as number;
  }
}

/** Equal fields give equal texts: names sorted, values sorted and once each. */
function textOf(index: IndexFields): string {
  return JSON.stringify(Object.fromEntries(Object.keys(index).sort().map((field) => [field, [...new Set(index[field])].sort()])));
}
