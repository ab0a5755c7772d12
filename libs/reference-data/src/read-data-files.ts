/** Reads the data files from disk: the only input of this package. Faults name the file and the remedy. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Area, Industry, Office, Procedure, ResultFact, SupportStandards, Transition } from '@lienthong/law';
import { AREAS_FILE, CALENDAR_FILE, INDUSTRIES_FILE, OFFICES_FILE, PROCEDURES_FOLDER, RESULTS_FILE, SUPPORT_FILE, TRANSITIONS_FILE } from './data-files.ts';
import type { CalendarFile, IndustriesFile, OfficesFile, ReferenceData } from './data-files.ts';

/** Folder of the data files that are released with this package. */
export const releasedData: string = fileURLToPath(new URL('../data', import.meta.url));

/**
 * Reads all data files under `folder`. Whether the records are sound is for `validate` to say.
 * @throws Error naming the file and the remedy, when one is missing, is not JSON, lacks its lists, or names a source that it does not list.
 */
export function readDataFiles(folder: string = releasedData): ReferenceData {
  const areas = listOf<Area>(readJson(folder, AREAS_FILE), AREAS_FILE);
  const { sources, offices } = readJson<OfficesFile>(folder, OFFICES_FILE);
  const calendar = readCalendarFile(folder);
  return {
    areas, offices: officesWithSources({ sources: sources ?? {}, offices: listOf(offices, OFFICES_FILE) }), procedures: readProcedures(folder),
    ...calendar, resultFacts: readResultFacts(folder), support: readSupport(folder), industries: readIndustries(folder), transitions: listOf<Transition>(readJson(folder, TRANSITIONS_FILE), TRANSITIONS_FILE),
  };
}

/** Which results stand in for which papers. @throws Error as `readDataFiles`. */
export function readResultFacts(folder: string = releasedData): readonly ResultFact[] {
  return listOf<ResultFact>(readJson(folder, RESULTS_FILE), RESULTS_FILE);
}

function readIndustries(folder: string): Industry[] {
  const { sources, industries } = readJson<IndustriesFile>(folder, INDUSTRIES_FILE);
  return listOf<IndustriesFile['industries'][number]>(industries, INDUSTRIES_FILE).map((one) => {
    const source = (sources ?? {})[one.source];
    if (source === undefined) throw new Error(`${INDUSTRIES_FILE}: line ${one.code} names source ${one.source}, which the file does not list; add it under "sources".`);
    return { ...one, source };
  });
}

function readSupport(folder: string): SupportStandards {
  const { bases, groups } = readJson<SupportStandards>(folder, SUPPORT_FILE);
  return { bases: listOf(bases, SUPPORT_FILE), groups: listOf(groups, SUPPORT_FILE) };
}

/** The calendar alone. @throws Error as `readDataFiles`. */
export function readCalendarFile(folder: string = releasedData): CalendarFile {
  const { sessions, days, outages } = readJson<CalendarFile>(folder, CALENDAR_FILE);
  return { days: listOf(days, CALENDAR_FILE), sessions: listOf(sessions, CALENDAR_FILE), ...(outages === undefined ? {} : { outages: listOf(outages, CALENDAR_FILE) }) };
}

function readProcedures(folder: string): Procedure[] {
  const names = readdirSync(join(folder, PROCEDURES_FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return names.flatMap((name) => {
    const path = join(PROCEDURES_FOLDER, name);
    return listOf<Procedure>(readJson(folder, path), path);
  });
}

function readJson<T>(folder: string, name: string): T {
  const path = join(folder, name);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`Reference data file ${path} cannot be read; restore it from the release or correct its JSON.`, { cause });
  }
}

function listOf<T>(value: unknown, name: string): readonly T[] {
  if (!Array.isArray(value)) throw new Error(`Reference data file ${name} lacks a list of records; restore it from the release.`);
  return value as T[];
}

/** Each office with the source that it names. @throws Error when the file does not list that source. */
export function officesWithSources(file: OfficesFile): Office[] {
  return file.offices.map((one) => {
    const source = (file.sources ?? {})[one.source];
    if (source === undefined) throw new Error(`${OFFICES_FILE}: office ${one.id} names source ${one.source}, which the file does not list; add it under "sources".`);
    return { ...one, source };
  });
}
