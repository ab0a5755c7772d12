/** Reads the data files from disk: the only input of this package. Faults name the file and the remedy. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Area, Office, Procedure } from '@lienthong/law';
import { AREAS_FILE, CALENDAR_FILE, OFFICES_FILE, PROCEDURES_FOLDER } from './data-files.ts';
import type { CalendarFile, OfficesFile, ReferenceData } from './data-files.ts';

/** Folder of the data files that are released with this package. */
export const releasedData: string = fileURLToPath(new URL('../data', import.meta.url));

/**
 * Reads all data files under `folder`.
 * @throws Error naming the file, when one is missing, is not JSON, or names a source that it does not list.
 */
export function readDataFiles(folder: string = releasedData): ReferenceData {
  const areas = readJson<readonly Area[]>(folder, AREAS_FILE);
  const calendar = readJson<CalendarFile>(folder, CALENDAR_FILE);
  const files = readdirSync(join(folder, PROCEDURES_FOLDER)).filter((name) => name.endsWith('.json')).sort();
  const procedures = files.flatMap((name) => readJson<readonly Procedure[]>(folder, join(PROCEDURES_FOLDER, name)));
  return { areas, offices: withSources(readJson<OfficesFile>(folder, OFFICES_FILE)), procedures, days: calendar.days, sessions: calendar.sessions };
}

function readJson<T>(folder: string, name: string): T {
  const path = join(folder, name);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`Reference data file ${path} cannot be read; restore it from the release or correct its JSON.`, { cause });
  }
}

function withSources(file: OfficesFile): Office[] {
  return file.offices.map((one) => {
    const source = file.sources[one.source];
    if (source === undefined) throw new Error(`${OFFICES_FILE}: office ${one.id} names source ${one.source}, which the file does not list; add it under "sources".`);
    return { ...one, source };
  });
}
