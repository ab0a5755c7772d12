/** Reads, on the callers' thread: they see every write that was answered. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AuthorId, FolderId } from '@lienthong/folder';
import { maxRowsPerQuery } from '@lienthong/kernel/ports/folder-store';
import type { Aside, Commit, FolderStanding, StoredFolder } from '@lienthong/kernel/ports/folder-store';
import type { IdPlace } from './known-ids.ts';
import { commitsPerNamespace, lastCommitSql } from './schema.ts';
import { commitsOf } from './segment-list.ts';

/** Changes newer than a cursor are walked in order while they are this few; beyond, the index is walked and sorted. */
const fewChanges = 20_000;
/** Numbers of fields that are remembered. */
const maxFieldNumbers = 10_000;

/** How many rows, as the last parameter of a query. Not the bare parameter: SQLite plans by its value, and prepares the whole statement anew each time it is bound. */
const atMost = '? + 0';

type Id = { id: FolderId };
type Change = { id: FolderId; commit: Commit };

/** Stands where a listed segment is not there: no segment was ever written like this. */
const gone = Uint8Array.of(0);

/** Reads the segments that a folder lists, by its namespace. */
export function segmentsIn(db: DatabaseSync): (ns: number, list: Uint8Array) => Uint8Array[] {
  const segment = db.prepare('SELECT bytes FROM write_log WHERE place = ?');
  return (ns, list) => commitsOf(list).map((commit) => (segment.get(ns * commitsPerNamespace + commit)?.bytes as Uint8Array | null | undefined) ?? gone);
}

export class Reader {
  readonly #folder: StatementSync;
  readonly #standing: StatementSync;
  readonly #segmentsOf: ReturnType<typeof segmentsIn>;
  readonly #aside: StatementSync;
  readonly #ids: StatementSync;
  readonly #idCount: StatementSync;
  readonly #namespace: StatementSync;
  readonly #lastCommit: StatementSync;
  readonly #namespaceByName: StatementSync;
  readonly #field: StatementSync;
  readonly #find: StatementSync;
  readonly #due: StatementSync;
  readonly #unsettled: StatementSync;
  readonly #changed: StatementSync;
  readonly #changedListed: StatementSync;
  readonly #listedChanged: StatementSync;
  readonly #fieldNumbers = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#folder = db.prepare('SELECT version, commits, incarnation, segments, aux, wake_at, unsettled FROM folder WHERE ns = ? AND id = ?');
    this.#standing = db.prepare('SELECT version, incarnation FROM folder WHERE ns = ? AND id = ?');
    this.#segmentsOf = segmentsIn(db);
    this.#aside = db.prepare('SELECT aside.bytes FROM folder JOIN aside ON aside.n = folder.n WHERE folder.ns = ? AND folder.id = ? AND aside.name = ?');
    this.#ids = db.prepare(`SELECT ns, id FROM folder WHERE (ns, id) > (?, ?) ORDER BY ns, id LIMIT ${atMost}`);
    this.#idCount = db.prepare('SELECT max(n) AS count FROM folder');
    this.#namespace = db.prepare('SELECT incarnation FROM namespace WHERE ns = ?');
    this.#lastCommit = db.prepare(lastCommitSql);
    this.#namespaceByName = db.prepare('SELECT ns, name FROM namespace');
    this.#field = db.prepare('SELECT f FROM field WHERE ns = ? AND name = ?');
    // Folders are listed in the order in which they came; behind one that is not there, from the first on.
    const behind = (after: string): string => `coalesce((SELECT n FROM folder WHERE ns = ?1 AND id = ${after}), 0)`;
    this.#find = db.prepare(`SELECT folder.id FROM listing CROSS JOIN folder ON folder.n = listing.n WHERE f = ?2 AND value = ?3 AND listing.n > ${behind('?4')} ORDER BY listing.n LIMIT ${atMost}`);
    this.#due = db.prepare(`SELECT id, wake_at AS wakeAt FROM folder WHERE ns = ? AND wake_at <= ? ORDER BY wake_at LIMIT ${atMost}`);
    this.#unsettled = db.prepare(`SELECT id FROM folder WHERE ns = ?1 AND unsettled = 1 AND n > ${behind('?2')} ORDER BY n LIMIT ${atMost}`);
    // A folder's older rows in the log are passed over: only its last commit counts.
    const changes = `FROM write_log CROSS JOIN folder ON folder.n = write_log.n AND folder.ns * ${commitsPerNamespace} + folder.commits = write_log.place`;
    this.#changed = db.prepare(`SELECT folder.id, folder.commits AS "commit" ${changes} WHERE place > ? AND place < ? ORDER BY place LIMIT ${atMost}`);
    this.#changedListed = db.prepare(`SELECT folder.id, folder.commits AS "commit" ${changes} CROSS JOIN listing ON listing.f = ? AND listing.value = ? AND listing.n = folder.n WHERE place > ? AND place < ? ORDER BY place LIMIT ${atMost}`);
    this.#listedChanged = db.prepare(`SELECT folder.id, folder.commits AS "commit" FROM listing CROSS JOIN folder ON folder.n = listing.n WHERE listing.f = ? AND listing.value = ? AND folder.commits > ? ORDER BY folder.commits LIMIT ${atMost}`);
  }

  namespaces(): Map<string, number> {
    return new Map(this.#namespaceByName.all().map((row) => [row.name as string, row.ns as number]));
  }

  incarnation(ns: number): AuthorId | undefined {
    return (this.#namespace.get(ns)?.incarnation as string | null | undefined) ?? undefined;
  }

  lastCommit(ns: number): Commit {
    return this.#lastCommit.get(ns)!.commits as number;
  }

  load(ns: number, id: FolderId): StoredFolder | undefined {
    const row = this.#folder.get(ns, id);
    if (row === undefined) return undefined;
    return {
      id,
      version: row.version as number,
      commit: row.commits as number,
      incarnation: row.incarnation as string,
      segments: this.#segmentsOf(ns, row.segments as Uint8Array),
      aux: row.aux as Uint8Array,
      wakeAt: row.wake_at as number | null,
      unsettled: row.unsettled === 1,
    };
  }

  standings(ns: number, ids: readonly FolderId[]): Map<FolderId, FolderStanding> {
    const found = new Map<FolderId, FolderStanding>();
    for (const id of ids) {
      const row = this.#standing.get(ns, id);
      if (row) found.set(id, { version: row.version as number, incarnation: row.incarnation as string });
    }
    return found;
  }

  /** Ids of the folders of all namespaces, in order. */
  ids({ ns, id }: IdPlace, limit: number): IdPlace[] {
    return this.#ids.all(ns, id, page(limit)) as IdPlace[];
  }

  /** Of all namespaces. */
  folderCount(): number { return (this.#idCount.get()!.count as number | null) ?? 0; }

  /** `held`: what needs no read. */
  asides(ns: number, id: FolderId, names: readonly string[], held: (name: string) => Uint8Array | undefined): Aside[] {
    const found: Aside[] = [];
    for (const name of new Set(names)) {
      const bytes = held(name) ?? (this.#aside.get(ns, id, name)?.bytes as Uint8Array | undefined);
      if (bytes !== undefined) found.push({ name, bytes });
    }
    return found;
  }

  find(ns: number, field: string, value: string, limit: number, after: FolderId): FolderId[] {
    const f = this.#fieldNumber(ns, field);
    return f === undefined ? [] : (this.#find.all(ns, f, value, after, page(limit)) as Id[]).map(({ id }) => id);
  }

  due(ns: number, now: number, limit: number): { id: FolderId; wakeAt: number }[] {
    return (this.#due.all(ns, now, page(limit)) as { id: FolderId; wakeAt: number }[]).map(({ id, wakeAt }) => ({ id, wakeAt }));
  }

  unsettled(ns: number, limit: number, after: FolderId): FolderId[] {
    return (this.#unsettled.all(ns, after, page(limit)) as Id[]).map(({ id }) => id);
  }

  changedSince(ns: number, commit: Commit, limit: number, where: { field: string; value: string } | undefined): Change[] {
    const from = ns * commitsPerNamespace + commit;
    const to = (ns + 1) * commitsPerNamespace;
    if (where === undefined) return plain(this.#changed.all(from, to, page(limit)));
    const f = this.#fieldNumber(ns, where.field);
    if (f === undefined) return [];
    const few = this.lastCommit(ns) - commit <= fewChanges;
    return plain(few ? this.#changedListed.all(f, where.value, from, to, page(limit)) : this.#listedChanged.all(f, where.value, commit, page(limit)));
  }

  /** A field keeps its number for ever. */
  #fieldNumber(ns: number, name: string): number | undefined {
    const key = `${ns} ${name}`;
    let f = this.#fieldNumbers.get(key);
    if (f !== undefined) return f;
    f = this.#field.get(ns, name)?.f as number | undefined;
    if (f !== undefined && this.#fieldNumbers.size < maxFieldNumbers) this.#fieldNumbers.set(key, f);
    return f;
  }
}

const page = (limit: number): number => Math.max(0, Math.min(limit, maxRowsPerQuery));
const plain = (rows: unknown[]): Change[] => (rows as Change[]).map(({ id, commit }) => ({ id, commit }));
