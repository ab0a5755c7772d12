/** What a store's file holds twice: indexes over its tables, and the rows by which folders are found. Where a turned byte made them say something else, they are derived anew. */
import type { DatabaseSync } from 'node:sqlite';

const told = `
  SELECT field.f, value.value AS value, folder.n
  FROM folder, json_each(iif(json_valid(fields), fields, '{}')) AS named, json_each(named.value) AS value LEFT JOIN field ON field.ns = folder.ns AND field.name = named.key`;

/** Numbers of folders that are not found by all that their rows name. Reads all folders, and looks each value up. */
export function unlistedFolders(db: DatabaseSync): number[] {
  const rows = db.prepare(`SELECT n FROM folder WHERE NOT json_valid(fields) UNION SELECT n FROM (${told}) AS one WHERE NOT EXISTS (SELECT 1 FROM listing WHERE f = one.f AND value = one.value AND n = one.n)`).all();
  return rows.map(({ n }) => n as number);
}

/**
 * Numbers of folders whose listed values are not just those that their rows name. Listed ones count by whose they say they are, and those of a field that is not known,
 * too.
 */
const differing = `
  WITH told AS (${told})
  SELECT n FROM folder WHERE NOT json_valid(fields)
  UNION SELECT n FROM (SELECT f, value, n FROM told EXCEPT SELECT f, value, n FROM listing) UNION SELECT n FROM (SELECT f, value, n FROM listing EXCEPT SELECT f, value, n FROM told)`;

/**
 * Takes away whatever such folders are found by and lets them be woken at once: which of the two texts is right their entries tell, and whoever reads those writes both anew.
 * Reads all folders. Answers how many there are.
 */
export function relistDiffering(db: DatabaseSync): number {
  const rows = db.prepare(differing).all();
  if (rows.length === 0) return 0;
  const unlist = db.prepare('DELETE FROM listing WHERE n = ?'), wake = db.prepare("UPDATE folder SET fields = '{}', wake_at = iif(length(segments) > 0, 0, wake_at) WHERE n = ?");
  db.exec('BEGIN IMMEDIATE');
  for (const { n } of rows) { unlist.run(n!); wake.run(n!); }
  db.exec('COMMIT');
  return rows.length;
}

/** What is wrong with the tables themselves, or cannot be derived from them; nothing when all is sound or was made so. `quickCheck`: of the pages alone. Reads every page. */
export function unsoundTables(db: DatabaseSync, quickCheck: (db: DatabaseSync) => readonly string[]): readonly string[] {
  if (!isSound(db)) {
    const pages = quickCheck(db);
    if (pages.length > 0) return pages;
    db.exec('REINDEX');
  }
  const lost = db.prepare('SELECT DISTINCT ns FROM folder WHERE ns NOT IN (SELECT ns FROM namespace)').all();
  return lost.map(({ ns }) => `folders of service ${String(ns)}, which is not there`);
}

/** Pages and indexes, in one pass. */
function isSound(db: DatabaseSync): boolean {
  try {
    return db.prepare('PRAGMA integrity_check(1)').get()!['integrity_check'] === 'ok';
  } catch {
    // So damaged that the check itself stumbles.
    return false;
  }
}
