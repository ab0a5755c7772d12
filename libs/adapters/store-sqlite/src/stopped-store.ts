/** What can be known of a store's file, and done with it, while no hub has it open: in a backup, before a start, after a loss. */
import type { DatabaseSync } from 'node:sqlite';
import type { AuthorId, FolderId } from '@lienthong/folder';
import type { Commit } from '@lienthong/kernel/ports/folder-store';
import { connect } from './connection.ts';
import { inspect } from './file-inspection.ts';
import { MarkFile } from '@lienthong/marks';
import type { Marks } from '@lienthong/marks';
import { quickCheck } from './open-file.ts';
import { lockFor } from './process-lock.ts';
import { commitsPerNamespace, lastCommitSql, migrations, schemaVersion } from './schema.ts';
import { faultOf, storeError } from './store-faults.ts';

/** Whose a service's store is, and how far it has come. `incarnation` null: nobody has written yet. */
export type Standing = { readonly service: string; readonly incarnation: AuthorId | null; readonly commit: Commit };
export type StoreFacts = { readonly schema: number; readonly services: readonly Standing[] };
/** `value`: of the index field that was asked for; '' when the folder has none. */
export type ChangedFolder = { readonly id: FolderId; readonly value: string };

/** Runs `work` while no hub can open the store at `path`. Throws STORE_BUSY when one has it open. */
export async function whileStopped<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = lockFor(path);
  try { return await work(); } finally { lock.close(); }
}

/** What the file at `path` says of itself. `everyPage`: all of it is read and checked. Throws STORE_DAMAGED, also when there is no file, and STORE_NEWER. */
export function readStoreFacts(path: string, everyPage: boolean): StoreFacts {
  return reading(path, (db) => {
    const schema = schemaVersion(db);
    if (schema > migrations.length) throw storeError('STORE_NEWER', path, new Error(`schema ${schema}, known up to ${migrations.length}`));
    for (const complaint of everyPage ? quickCheck(db) : []) throw storeError('STORE_DAMAGED', path, new Error(complaint));
    const lastCommit = db.prepare(lastCommitSql);
    const services = db.prepare('SELECT ns, name, incarnation FROM namespace ORDER BY name').all().map((row): Standing => ({
      service: row.name as string, incarnation: row.incarnation as string | null, commit: lastCommit.get(row.ns!)!.commits as number,
    }));
    return { schema, services };
  });
}

/** Folders of a service that got entries after `commit`, in the order of the first of them, at most `limit`, each with its first value under the index field `field`. */
export function foldersChangedIn(path: string, service: string, commit: Commit, field: string, limit: number): ChangedFolder[] {
  return reading(path, (db) => {
    const ns = db.prepare('SELECT ns FROM namespace WHERE name = ?').get(service)?.ns as number | undefined;
    if (ns === undefined) return [];
    // Commits without bytes are the service's own notes: who has acknowledged what.
    const rows = db.prepare(`
      SELECT folder.id AS id, json_extract(folder.fields, '$."' || ?1 || '"[0]') AS value
      FROM (SELECT n, min(place) AS place FROM write_log WHERE place > ?2 AND place < ?3 AND bytes IS NOT NULL GROUP BY n ORDER BY place LIMIT ?4) AS written
      JOIN folder ON folder.n = written.n ORDER BY written.place`).all(field, ns * commitsPerNamespace + commit, (ns + 1) * commitsPerNamespace, limit);
    return rows.map((row) => ({ id: row.id as string, value: (row.value as string | null) ?? '' }));
  });
}

/** Says beside the keys how far stores had come; durable when it returns. For stores whose marks were lost with their machine. */
export function writeMarks(path: string, marks: Marks): void {
  const file = new MarkFile(path);
  try { file.raise(marks); } finally { file.close(); }
}

/** Throws STORE_DAMAGED, also when there is no file. */
export function reading<T>(path: string, read: (db: DatabaseSync) => T): T {
  let db: DatabaseSync | undefined;
  try {
    if (inspect(path)) throw storeError('STORE_DAMAGED', path, new Error('there is no file'));
    db = connect(path);
    return read(db);
  } catch (cause) {
    throw faultOf(path, cause);
  } finally {
    db?.close();
  }
}
