/** Areas and offices that a province keeps in place of the released ones, and the reforms that it has published: files beside its catalogue, each written whole or not at all. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Area } from '@lienthong/law';
import { AREAS_FILE, OFFICES_FILE } from './data-files.ts';
import type { OfficesFile, ReferenceData } from './data-files.ts';
import { DamagedFile, jsonValue, onlyRecords, withoutMark } from './json-file.ts';
import { officesWithSources } from './read-data-files.ts';
import type { Reform } from './reform/reform.ts';

/** Reforms in the order in which they stand on each other: `{"reforms":[…]}`. */
export const REFORMS_FILE = 'reforms.json';
export const placeFiles = [AREAS_FILE, OFFICES_FILE, REFORMS_FILE] as const;

/** The texts of the files that are there, by name. */
export type PlaceTexts = Readonly<Record<string, string>>;
export type Places = { readonly base: ReferenceData; readonly reforms: readonly Reform[] };

export function readPlaceTexts(folder: string): PlaceTexts {
  return Object.fromEntries(placeFiles.filter((name) => existsSync(join(folder, name))).map((name) => [name, withoutMark(readFileSync(join(folder, name), 'utf8'))]));
}

/** `released`: what stands where there is no file. @throws DamagedFile */
export function parsePlaces(texts: PlaceTexts, released: ReferenceData): Places {
  const areas = parsed<readonly Area[]>(texts, AREAS_FILE), offices = parsed<OfficesFile>(texts, OFFICES_FILE), published = parsed<{ readonly reforms?: unknown }>(texts, REFORMS_FILE);
  if (areas !== undefined && !Array.isArray(areas)) throw new DamagedFile(AREAS_FILE, 'lacks its list of areas');
  if (offices !== undefined && !Array.isArray(offices?.offices)) throw new DamagedFile(OFFICES_FILE, 'lacks its list of offices');
  if (published !== undefined && !Array.isArray(published?.reforms)) throw new DamagedFile(REFORMS_FILE, 'lacks its list of reforms');
  if (areas !== undefined) onlyRecords(areas, AREAS_FILE, '', texts[AREAS_FILE]!);
  if (offices !== undefined) onlyRecords(offices.offices, OFFICES_FILE, 'offices', texts[OFFICES_FILE]!);
  try {
    return { base: { ...released, ...(areas === undefined ? {} : { areas }), ...(offices === undefined ? {} : { offices: officesWithSources(offices) }) }, reforms: (published?.reforms ?? []) as readonly Reform[] };
  } catch (error) {
    throw new DamagedFile(OFFICES_FILE, error instanceof Error ? error.message : String(error));
  }
}

function parsed<T>(texts: PlaceTexts, name: string): T | undefined {
  const text = texts[name];
  if (text === undefined) return undefined;
  return jsonValue(name, text) as T;
}

/** A reader sees the old file or the new one, never a part. */
export function writePlaceText(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name), part = `${path}.${randomUUID()}.part`;
  writeFileSync(part, text, { mode: 0o600, flush: true });
  renameSync(part, path);
}

/** One change a line, so that a finding and an editor name the same one. */
export function reformsText(reforms: readonly Reform[]): string {
  const lines = (changes: readonly object[]): string => `[${changes.map((one) => `\n  ${JSON.stringify(one)}`).join(',')}]`;
  const one = ({ areas, offices, ...head }: Reform): string => `{${JSON.stringify(head).slice(1, -1)},\n "areas":${lines(areas)}${offices === undefined ? '' : `,\n "offices":${lines(offices)}`}}`;
  return `{"reforms":[${reforms.map((reform) => `\n${one(reform)}`).join(',')}]}\n`;
}

/** Reforms that are published in this folder. @throws DamagedFile */
export function readReforms(folder: string): readonly Reform[] {
  const path = join(folder, REFORMS_FILE);
  if (!existsSync(path)) return [];
  const { reforms } = parsed<{ readonly reforms?: unknown }>(readPlaceTexts(folder), REFORMS_FILE)!;
  if (!Array.isArray(reforms)) throw new DamagedFile(REFORMS_FILE, 'lacks its list of reforms');
  return reforms as readonly Reform[];
}

export function writeReforms(folder: string, reforms: readonly Reform[]): void {
  writePlaceText(folder, REFORMS_FILE, reformsText(reforms));
}
