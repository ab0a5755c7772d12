/**
 * Wrote areas, offices and calendar once from the published lists: `node scripts/generate.ts <folder with the CSV files> [target]`.
 * Since then these three files are the truth and are corrected by hand; this script stays to show how they came about. Procedures are generated for good (generate-procedures.ts).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AREAS_FILE, CALENDAR_FILE, OFFICES_FILE } from '../src/data-files.ts';
import { releasedData } from '../src/read-data-files.ts';
import { areasFrom } from './areas.ts';
import { calendarDaysFrom, defaultSessions } from './calendar.ts';
import { parseCsv } from '../src/csv.ts';
import type { Row } from '../src/csv.ts';
import { sources } from './office-kinds.ts';
import { officesFrom } from './offices.ts';
import { writeGenerated } from './generate-procedures.ts';

/** One record a line: a correction is one line of a diff. */
const lines = (records: readonly unknown[]): string => `[\n${records.map((one) => JSON.stringify(one)).join(',\n')}\n]`;

function main([input, target = releasedData]: readonly string[]): void {
  if (input === undefined) throw new Error('usage: node scripts/generate.ts <folder with the CSV files> [target folder]');
  const csv = (name: string): Row[] => parseCsv(readFileSync(join(input, name), 'utf8'));
  const write = (name: string, body: string): void => writeFileSync(join(target, name), `${body}\n`);
  const areas = areasFrom(csv('units-succession-2025-07-01.csv'));
  write(AREAS_FILE, lines(areas));
  write(OFFICES_FILE, `{"sources":${JSON.stringify(sources, null, 1)},\n"offices":${lines(officesFrom(areas))}}`);
  write(CALENDAR_FILE, `{"sessions":${lines([defaultSessions])},\n"days":${lines(calendarDaysFrom(csv('calendar-vn-2022-2027.csv')))}}`);
  writeGenerated(target);
}

main(process.argv.slice(2));
