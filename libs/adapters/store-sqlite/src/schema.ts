/** The tables of a store, as an ordered list of migrations. A released migration is never edited; a new one is added below. */
import type { DatabaseSync } from 'node:sqlite';

/** Marks a SQLite file as a store of this hub ("LThb"). */
export const applicationId = 0x4c546862;

/**
 * One row per durable write, in the order of writing: `place = ns * commitsPerNamespace + commit`. It is the change log and
 * holds the segments, so that a write touches the end of one table instead of a page per folder; a folder's row lists its segments' commits.
 */
export const commitsPerNamespace = 2 ** 40;

/** Migration at index i leads from schema i to schema i + 1. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE namespace (
    ns INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    incarnation TEXT
  ) STRICT;

  CREATE TABLE folder (
    n INTEGER PRIMARY KEY,
    ns INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    segments BLOB NOT NULL,
    commits INTEGER NOT NULL,
    incarnation TEXT NOT NULL,
    wake_at REAL,
    unsettled INTEGER NOT NULL,
    fields TEXT NOT NULL,
    aux BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX folder_id ON folder (ns, id);
  CREATE INDEX folder_wake_at ON folder (ns, wake_at) WHERE wake_at IS NOT NULL;
  CREATE INDEX folder_unsettled ON folder (ns, id) WHERE unsettled = 1;

  CREATE TABLE write_log (place INTEGER PRIMARY KEY, n INTEGER NOT NULL, bytes BLOB) STRICT;

  CREATE TABLE field (f INTEGER PRIMARY KEY, ns INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (ns, name)) STRICT;
  CREATE TABLE listing (f INTEGER NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (f, value, id)) STRICT, WITHOUT ROWID;

  CREATE TABLE aside (n INTEGER NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, UNIQUE (n, name)) STRICT;
  `,
  // By the number of the folder, not by its id, which is random: what comes one after the other lies side by side, and is written as one page.
  `
  CREATE TABLE listed (f INTEGER NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (f, value, n)) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO listed (f, value, n) SELECT f, value, n FROM listing ORDER BY f, value, n;
  DROP TABLE listing;
  ALTER TABLE listed RENAME TO listing;
  DROP INDEX folder_unsettled;
  CREATE INDEX folder_unsettled ON folder (ns) WHERE unsettled = 1;
  `,
];

/** The last commit of a namespace: where its part of the log ends. Its parameter is `ns`. */
export const lastCommitSql = `
  SELECT coalesce(max(place) - ?1 * ${commitsPerNamespace}, 0) AS commits FROM write_log
  WHERE place > ?1 * ${commitsPerNamespace} AND place < (?1 + 1) * ${commitsPerNamespace}`;

export function schemaVersion(db: DatabaseSync): number {
  return db.prepare('SELECT max(version) AS version FROM schema_version').get()!.version as number;
}

/** Brings a store to the newest schema in one transaction; false when there was nothing to do. */
export function migrate(db: DatabaseSync, from: number, steps: readonly string[] = migrations): boolean {
  if (from >= steps.length) return false;
  db.exec('BEGIN IMMEDIATE');
  try {
    if (from === 0) db.exec('CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT');
    const record = db.prepare('INSERT INTO schema_version (version) VALUES (?)');
    steps.slice(from).forEach((step, at) => { db.exec(step); record.run(from + at + 1); });
    db.exec('COMMIT');
  } catch (cause) {
    db.exec('ROLLBACK');
    throw cause;
  }
  return true;
}
