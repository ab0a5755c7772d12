/** Looks at the bytes of every folder in a file: SQLite's own check sees only that they lie where they should. */
import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { damageOfRecord, damageOfSegments, isSegmentChecked } from '@lienthong/kernel';
import type { FolderId } from '@lienthong/folder';
import { unlistedFolders } from './derived-rows.ts';
import { maintain } from './maintain.ts';
import { segmentsIn } from './reader.ts';
import { commitsPerNamespace } from './schema.ts';
import { commitsOf } from './segment-list.ts';
import { reading } from './stopped-store.ts';

/** `code`: of the dossier; '' when it is none. */
export type DamagedFolder = { readonly service: string; readonly folder: FolderId; readonly code: string; readonly problem: string };

/** No more are told at once. */
export const maxDamagedFolders = 100;

/** Folders in the file at `path`, which is at rest, whose bytes are not those that were written. Reads every segment once, in the order in which they lie. Throws STORE_DAMAGED. */
export function damagedFolders(path: string): readonly DamagedFolder[] {
  return reading(path, (db) => {
    const unlisted = new Set(unlistedFolders(db)), suspects = new Set([...suspectsIn(db), ...unlisted]), found: DamagedFolder[] = [], segmentsOf = segmentsIn(db);
    const row = db.prepare('SELECT namespace.name AS service, folder.ns, folder.id, folder.segments, folder.aux, folder.fields FROM folder JOIN namespace ON namespace.ns = folder.ns WHERE folder.n = ?');
    for (const n of suspects) {
      const folder = row.get(n);
      if (folder === undefined) continue;
      const problem = damageOfSegments(segmentsOf(folder.ns as number, folder.segments as Uint8Array), (bytes) => hash('sha256', bytes, 'hex')) ?? damageOfRecord(folder.aux as Uint8Array) ?? (unlisted.has(n) ? 'it is not listed' : null);
      if (problem !== null) found.push({ service: folder.service as string, folder: folder.id as string, code: codeIn(folder.fields as string), problem });
      if (found.length === maxDamagedFolders) break;
    }
    return found;
  });
}

/** The same, away from the threads that serve. */
export async function damagedFoldersApart(path: string): Promise<readonly DamagedFolder[]> {
  return (await maintain({ path, backupTo: null, folders: true })).damaged;
}

/** Numbers of folders with a segment that does not bear its checksum, or whose record is damaged; of all folders, where their lists do not name just the segments that are there. */
function suspectsIn(db: DatabaseSync): ReadonlySet<number> {
  const suspects = new Set<number>(), there = new Tally(), listed = new Tally();
  for (const { place, n, bytes } of db.prepare('SELECT place, n, bytes FROM write_log WHERE bytes IS NOT NULL').iterate()) {
    there.add(place as number);
    if (!isSegmentChecked(bytes as Uint8Array)) suspects.add(n as number);
  }
  const all: number[] = [];
  for (const { n, ns, segments, aux } of db.prepare('SELECT n, ns, segments, aux FROM folder').iterate()) {
    all.push(n as number);
    if (damageOfRecord(aux as Uint8Array) !== null) suspects.add(n as number);
    for (const commit of commitsOf(segments as Uint8Array)) listed.add((ns as number) * commitsPerNamespace + commit);
  }
  return there.equals(listed) ? suspects : new Set(all);
}

/** Whether the same places came, in whatever order, without keeping them. */
class Tally {
  #count = 0;
  #sum = 0;
  add(place: number): void { this.#count++; this.#sum = (this.#sum + place) % 2 ** 51; }
  equals(other: Tally): boolean { return this.#count === other.#count && this.#sum === other.#sum; }
}

function codeIn(fields: string): string {
  try { return (JSON.parse(fields) as { readonly code?: readonly string[] }).code?.[0] ?? ''; } catch { return ''; }
}
