/**
 * Where what an office brought lies: one file in the hub's data folder, written whole or not at all.
 * Each state that was ever taken stays under its digest, so that a change can be compared with what was before.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedFile, jsonValue, onlyRecords, withoutMark } from './json-file.ts';
import { emptyOffice } from './office-catalogue.ts';
import type { OfficeCatalogue } from './office-catalogue.ts';
import { procedureFile } from './procedure-file.ts';

/** Folder under the hub's data folder. */
export const OFFICE_FOLDER = 'reference';
/** Within it, calendar, areas and offices that the hub ran with last: they stand in when the operator's files are not sound at a start. */
export const LAST_GOOD_FOLDER = 'last-good';
export const OFFICE_FILE = 'catalogue.json';
/** What the hub ran with last: it stands in when the file above is damaged. */
export const LAST_GOOD_FILE = 'catalogue.last-good.json';
const VERSIONS_FOLDER = 'versions';

const text = ({ procedures, rules }: OfficeCatalogue): string => `{"procedures":${procedureFile(procedures).trimEnd()},\n"rules":[${rules.map((one) => `\n${JSON.stringify(one)}`).join(',')}]}\n`;

/** Empty when nothing was imported. @throws DamagedFile */
export function readOffice(folder: string, name: string = OFFICE_FILE): OfficeCatalogue {
  const path = join(folder, name);
  if (!existsSync(path)) return emptyOffice;
  const text = withoutMark(readFileSync(path, 'utf8')), { procedures, rules } = (jsonValue(name, text) ?? {}) as Partial<OfficeCatalogue>;
  if (!Array.isArray(procedures) || !Array.isArray(rules)) throw new DamagedFile(name, 'lacks its lists of procedures and rules');
  return { procedures: onlyRecords(procedures, name, 'procedures', text), rules: onlyRecords(rules, name, 'rules', text) };
}

/** Writes what the office brought; a reader sees the old file or the new one, never a part. */
export function writeOffice(folder: string, office: OfficeCatalogue, name: string = OFFICE_FILE): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  // Services that share the folder may write at once: each its own part.
  const part = `${path}.${randomUUID()}.part`;
  writeFileSync(part, text(office), { mode: 0o600, flush: true });
  renameSync(part, path);
}

/** Keeps a state under the digest of the whole reference data that it was part of. */
export function keepVersion(folder: string, digest: string, office: OfficeCatalogue): void {
  writeOffice(join(folder, VERSIONS_FOLDER), office, `${digest}.json`);
}

/** The states whose digest begins like `prefix`. */
export function versionsLike(folder: string, prefix: string): OfficeCatalogue[] {
  const versions = join(folder, VERSIONS_FOLDER);
  return existsSync(versions) ? readdirSync(versions).filter((name) => name.startsWith(prefix) && name.endsWith('.json')).sort().map((name) => readOffice(versions, name)) : [];
}

/** Changes whenever the file is written anew; empty: there is no file. */
export function fileMark(folder: string, name: string = OFFICE_FILE): string {
  const found = statSync(join(folder, name), { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino}:${found.mtimeNs}:${found.size}`;
}
