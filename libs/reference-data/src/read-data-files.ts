/** Reads the data files from disk: the only input of this package. Faults name the file and the remedy. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Area, Industry, Office, Procedure, ResultFact, SupportStandards, Transition } from '@lienthong/law';
import { AREAS_FILE, CALENDAR_FILE, INDUSTRIES_FILE, OFFICES_FILE, PROCEDURES_FOLDER, RESULTS_FILE, SUPPORT_FILE, TRANSITIONS_FILE } from './data-files.ts';
import { DamagedFile, jsonValue, onlyRecords, withoutMark } from './json-file.ts';
import type { CalendarFile, IndustriesFile, OfficesFile, ReferenceData } from './data-files.ts';

/** Folder of the data files that are released with this package. */
export const releasedData: string = fileURLToPath(new URL('../data', import.meta.url));

/**
 * Reads all data files under `folder`. Whether the records are sound is for `validate` to say.
 * @throws Error naming the file and the remedy, when one is missing, is not JSON, lacks its lists, or names a source that it does not list.
 */
export function readDataFiles(folder: string = releasedData): ReferenceData {
  const areas = listOf<Area>(readFile(folder, AREAS_FILE)), offices = readFile(folder, OFFICES_FILE);
  const calendar = readCalendarFile(folder);
  return {
    areas, offices: officesWithSources({ sources: (fieldOf(offices, 'sources') ?? {}) as OfficesFile['sources'], offices: listOf(offices, 'offices') }), procedures: readProcedures(folder),
    ...calendar, resultFacts: readResultFacts(folder), support: readSupport(folder), industries: readIndustries(folder), transitions: listOf<Transition>(readFile(folder, TRANSITIONS_FILE)),
  };
}

/** Which results stand in for which papers. @throws Error as `readDataFiles`. */
export function readResultFacts(folder: string = releasedData): readonly ResultFact[] {
  return listOf<ResultFact>(readFile(folder, RESULTS_FILE));
}

function readIndustries(folder: string): Industry[] {
  const file = readFile(folder, INDUSTRIES_FILE), sources = (fieldOf(file, 'sources') ?? {}) as IndustriesFile['sources'];
  return listOf<IndustriesFile['industries'][number]>(file, 'industries').map((one) => {
    const source = sources[one.source];
    if (source === undefined) throw new Error(`${INDUSTRIES_FILE}: line ${one.code} names source ${one.source}, which the file does not list; add it under "sources".`);
    return { ...one, source };
  });
}

function readSupport(folder: string): SupportStandards {
  const file = readFile(folder, SUPPORT_FILE);
  return { bases: listOf(file, 'bases'), groups: listOf(file, 'groups') };
}

/** The calendar alone. @throws Error as `readDataFiles`. */
export function readCalendarFile(folder: string = releasedData): CalendarFile {
  const file = readFile(folder, CALENDAR_FILE);
  return { days: listOf(file, 'days'), sessions: listOf(file, 'sessions'), ...(fieldOf(file, 'outages') === undefined ? {} : { outages: listOf(file, 'outages') }) };
}

function readProcedures(folder: string): Procedure[] {
  const names = readdirSync(join(folder, PROCEDURES_FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return names.flatMap((name) => listOf<Procedure>(readFile(folder, join(PROCEDURES_FOLDER, name))));
}

/** A file that holds one list, or lists by name. */
type DataFile = { readonly name: string; readonly text: string; readonly value: unknown };

function readFile(folder: string, name: string): DataFile {
  const path = join(folder, name);
  try {
    const text = withoutMark(readFileSync(path, 'utf8'));
    return { name, text, value: jsonValue(name, text) };
  } catch (cause) {
    const place = cause instanceof DamagedFile ? ` at line ${cause.line}: ${cause.message}` : '';
    throw new Error(`Reference data file ${path} cannot be read; restore it from the release or correct its JSON${place}.`, { cause });
  }
}

const fieldOf = (file: DataFile, field: string): unknown => (file.value as Readonly<Record<string, unknown>> | null)?.[field];

/** `list`: the field that holds it; '' where the file is the list. */
function listOf<T>(file: DataFile, list = ''): readonly T[] {
  const values = list === '' ? file.value : fieldOf(file, list);
  if (!Array.isArray(values)) throw new Error(`Reference data file ${file.name} lacks a list of records${list === '' ? '' : ` under "${list}"`}; restore it from the release.`);
  try {
    return onlyRecords(values as T[], file.name, list, file.text);
  } catch (cause) {
    throw new Error(`Reference data file ${file.name}:${(cause as DamagedFile).line}: ${(cause as DamagedFile).message}; restore it from the release.`, { cause });
  }
}

/** Each office with the source that it names. @throws Error when the file does not list that source. */
export function officesWithSources(file: OfficesFile): Office[] {
  return file.offices.map((one) => {
    const source = (file.sources ?? {})[one.source];
    if (source === undefined) throw new Error(`${OFFICES_FILE}: office ${one.id} names source ${one.source}, which the file does not list; add it under "sources".`);
    return { ...one, source };
  });
}
