/**
 * Procedures that an office brought itself, beside the released ones: one file in the hub's data folder, written whole or not at all.
 * Each state that was ever taken stays under its digest, so that a change can be compared with what was before.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Procedure } from '@lienthong/law';
import { procedureFile } from './procedure-file.ts';

/** Folder under the hub's data folder. */
export const OFFICE_FOLDER = 'reference';
export const OFFICE_FILE = 'procedures.json';
/** What the hub ran with last: it stands in when the file above is damaged. */
export const LAST_GOOD_FILE = 'procedures.last-good.json';
const VERSIONS_FOLDER = 'versions';

const text = (procedures: readonly Procedure[]): string => procedureFile(procedures);

/** None when nothing was imported. @throws SyntaxError or TypeError when the file is damaged. */
export function readOfficeProcedures(folder: string, name: string = OFFICE_FILE): readonly Procedure[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  const records = JSON.parse(readFileSync(path, 'utf8')) as unknown;
  if (!Array.isArray(records)) throw new TypeError(`${path} lacks a list of procedures`);
  return records as Procedure[];
}

/** Writes the office's procedures; a reader sees the old file or the new one, never a part. */
export function writeOfficeProcedures(folder: string, procedures: readonly Procedure[], name: string = OFFICE_FILE): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  writeFileSync(`${path}.part`, text(procedures), { mode: 0o600, flush: true });
  renameSync(`${path}.part`, path);
}

/** Keeps a state under the digest of the whole reference data that it was part of. */
export function keepVersion(folder: string, digest: string, procedures: readonly Procedure[]): void {
  mkdirSync(join(folder, VERSIONS_FOLDER), { recursive: true, mode: 0o700 });
  writeOfficeProcedures(join(folder, VERSIONS_FOLDER), procedures, `${digest}.json`);
}

/** Files of the states whose digest begins like `prefix`. */
export function versionsLike(folder: string, prefix: string): string[] {
  const versions = join(folder, VERSIONS_FOLDER);
  return existsSync(versions) ? readdirSync(versions).filter((name) => name.startsWith(prefix) && name.endsWith('.json')).sort().map((name) => join(versions, name)) : [];
}

/** Changes whenever the file is written anew; empty: there is no file. */
export function fileMark(folder: string, name: string = OFFICE_FILE): string {
  const found = statSync(join(folder, name), { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino}:${found.mtimeNs}:${found.size}`;
}
