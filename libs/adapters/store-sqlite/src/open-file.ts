/** Opens the file of a store for reading: made when absent, judged, brought to the newest schema. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { connect } from './connection.ts';
import { relistDiffering, unsoundTables } from './derived-rows.ts';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import { inspect } from './file-inspection.ts';
import { flushDirectory } from '@lienthong/marks';
import { applicationId, migrate, migrations, schemaVersion } from './schema.ts';
import { faultOf, storeError } from './store-faults.ts';

/** Up to this size a file is checked page by page and row by row at each start; it takes some 40 ms. Larger ones by `check()`. */
const quickCheckBytes = 16 * 1024 * 1024;

/** Throws STORE_DAMAGED or STORE_NEWER. The caller holds the process lock. */
export function openFile(path: string, crashPoint?: CrashPoint): DatabaseSync {
  if (inspect(path)) create(path, crashPoint);
  let db: DatabaseSync | undefined;
  try {
    db = connect(path);
    const version = schemaVersion(db);
    if (version > migrations.length) throw storeError('STORE_NEWER', path, new Error(`schema ${version}, known up to ${migrations.length}`));
    const isSmall = statSync(path).size <= quickCheckBytes;
    for (const complaint of isSmall ? unsoundTables(db, quickCheck) : []) throw storeError('STORE_DAMAGED', path, new Error(complaint));
    touchEveryTable(db);
    migrate(db, version);
    if (isSmall) relistDiffering(db);
    db.exec('PRAGMA query_only = ON');
    return db;
  } catch (cause) {
    db?.close();
    throw faultOf(path, cause);
  }
}

/** What SQLite finds wrong in the whole file; nothing when it is sound. Reads every page. */
export function quickCheck(db: DatabaseSync): string[] {
  try {
    const found = db.prepare('PRAGMA quick_check').all().map((row) => Object.values(row).join(' '));
    return found.length === 1 && found[0] === 'ok' ? [] : found;
  } catch (cause) {
    // So damaged that the check itself stumbles.
    return [(cause as Error).message];
  }
}

/** A store comes into being under another name and is renamed when complete: an empty or half-made file at `path` is always damage. */
function create(path: string, crashPoint: CrashPoint | undefined): void {
  const unfinished = `${path}.new`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (const ending of ['', '-wal', '-shm']) rmSync(unfinished + ending, { force: true });
  // For its owner alone, in whatever directory; SQLite gives -wal and -shm the mode of the file.
  closeSync(openSync(unfinished, 'wx', 0o600));
  const db = connect(unfinished);
  db.exec(`PRAGMA application_id = ${applicationId}`);
  migrate(db, 0);
  db.close();
  if (existsSync(`${unfinished}-wal`)) throw storeError('STORE_FAILED', path, new Error('the new store could not be completed'));
  crashPoint?.('sqlite-unnamed');
  renameSync(unfinished, path);
  flushDirectory(dirname(path));
}

function touchEveryTable(db: DatabaseSync): void {
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()) db.prepare(`SELECT * FROM "${String(name)}" LIMIT 1`).get();
}
