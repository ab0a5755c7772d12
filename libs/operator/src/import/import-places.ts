/** Offices and days of the calendar from a table, into the folder that a running hub looks at. The whole is judged before anything is written. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarDay, Office } from '@lienthong/law';
import { calendarFindings, OFFICE_FOLDER, ownSessions, readCalendarFile, readDataFiles, readPlaceTexts, soundPlaces, writePlaceText } from '@lienthong/reference-data';
import type { LocatedFinding } from '@lienthong/reference-data';
import { readHubConfig } from '@lienthong/runtime';
import { calendarFolderOf, catalogueIn, officeFolder } from '../catalogue/catalogue-of-hub.ts';
import { print } from '../command.ts';
import type { ImportAsked } from './line-report.ts';
import { readTable } from './read-table.ts';
import { namedBefore, repeatedLines } from './row-problem.ts';
import type { TableRow } from './read-table.ts';

export const placeKinds = ['offices', 'calendars'];
const officeColumns = ['id', 'name_vi', 'name_en', 'service', 'roles', 'serves', 'agency_code', 'valid_from', 'act'], dayColumns = ['date', 'kind', 'name', 'status'];

/** What comes of it: rows by what they were, and what is wrong, with the line of the table. */
type Outcome = { readonly added: number; readonly changed: number; readonly unchanged: number; readonly problems: readonly { readonly line: number; readonly record: string; readonly field: string; readonly problem: string; readonly remedy: string }[] };

export async function importPlaces(asked: ImportAsked): Promise<number> {
  const outcome = asked.kind === 'offices' ? offices(asked, await readTable(asked.file, officeColumns)) : calendars(asked, await readTable(asked.file, dayColumns));
  const { problems, ...counts } = outcome;
  print(asked.json ? JSON.stringify({ kind: asked.kind, dryRun: asked.dryRun, ...outcome }) : [
    `${problems.length > 0 ? 'Không ghi gì / nothing written' : asked.dryRun ? 'Thử, chưa ghi / dry run, nothing written' : 'Đã nhập / imported'}: ${Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ')}`,
    ...problems.map((one) => `dòng / line ${one.line} ${one.record} ${one.field}: ${one.problem} → ${one.remedy}`),
  ].join('\n'));
  return problems.length === 0 ? 0 : 1;
}

const counted = <T>(rows: readonly { readonly id: string; readonly now: T }[], before: ReadonlyMap<string, T>): Omit<Outcome, 'problems'> => ({
  added: rows.filter((one) => !before.has(one.id)).length, unchanged: rows.filter((one) => JSON.stringify(before.get(one.id)) === JSON.stringify(one.now)).length,
  changed: rows.filter((one) => before.has(one.id) && JSON.stringify(before.get(one.id)) !== JSON.stringify(one.now)).length,
});
const linesOf = (findings: readonly Pick<LocatedFinding, 'record' | 'field' | 'problem' | 'remedy'>[], rows: readonly TableRow[], key: string): Outcome['problems'] =>
  findings.map(({ record, field, problem, remedy }) => ({ line: rows.find(({ row }) => row[key] === record)?.line ?? 1, record, field, problem, remedy }));

const none = { added: 0, changed: 0, unchanged: 0 };

/** Lines that cannot be read, or name again what a line before has. */
function unreadable(rows: readonly TableRow[], key: string): Outcome['problems'] {
  const again = repeatedLines(rows, ({ row }) => row[key]!);
  return rows.flatMap(({ line, row, problem }) => {
    const before = again.get(line), found = problem ?? (before === undefined ? undefined : namedBefore(key, row[key]!, before).problem);
    return found === undefined ? [] : [{ line, record: row[key]!, ...found }];
  });
}

// ---------------------------------------------------------------- offices

/** Rows add to the offices in force, or take the place of those with the same id. Published reforms stand on the result. */
function offices(asked: ImportAsked, rows: readonly TableRow[]): Outcome {
  const unread = unreadable(rows, 'id');
  if (unread.length > 0) return { ...none, problems: unread };
  const folder = officeFolder(), texts = readPlaceTexts(folder), released = readDataFiles(), sessions = ownSessions(calendarFolderOf(folder), released.sessions);
  // Without reforms: they are read on top of these lists.
  const base = soundPlaces({ ...texts, 'reforms.json': '{"reforms":[]}' }, released, sessions);
  if ('findings' in base) return { ...none, problems: linesOf(base.findings, [], 'id') };
  const before = new Map(base.data.offices.map((one) => [one.id, one])), given = rows.map(({ row }) => ({ id: row['id']!, now: officeOf(row) }));
  const after = new Map([...before, ...given.map((one): [string, Office] => [one.id, one.now])]), text = officesText([...after.values()]);
  const next = soundPlaces({ ...texts, 'offices.json': text }, released, sessions), counts = counted(given, before);
  if ('findings' in next) return { ...counts, problems: linesOf(next.findings, rows, 'id') };
  if (!asked.dryRun && counts.added + counts.changed > 0) writePlaceText(folder, 'offices.json', text);
  return { ...counts, problems: [] };
}

function officeOf(row: TableRow['row']): Office {
  const words = (name: string): string[] => row[name]!.split(/[\s;,|]+/).filter((one) => one !== '');
  return {
    id: row['id']!, name: { vi: row['name_vi']!, en: row['name_en']! }, service: row['service']!, roles: words('roles'), serves: words('serves'), agencyCode: row['agency_code']!, successor: row['successor'] || null, sessions: row['sessions'] || 'default',
    validFrom: row['valid_from']!, validTo: row['valid_to'] || null, source: { act: row['act']!, status: 'read' },
  };
}

/** As it is filed: sources by key. */
function officesText(all: readonly Office[]): string {
  const keys = new Map<string, string>(), keyOf = (source: Office['source']): string => { const text = JSON.stringify(source); if (!keys.has(text)) keys.set(text, `s${keys.size + 1}`); return keys.get(text)!; };
  const lines = all.map((one) => JSON.stringify({ ...one, source: keyOf(one.source) }));
  return `{"sources":{${[...keys].map(([text, key]) => `\n${JSON.stringify(key)}:${text}`).join(',')}},\n"offices":[\n${lines.join(',\n')}\n]}\n`;
}

// ---------------------------------------------------------------- days of the calendar

/** Rows add to the days of the calendar in force, or take the place of those of the same date; sessions and outages stay. */
function calendars(asked: ImportAsked, rows: readonly TableRow[]): Outcome {
  const unread = unreadable(rows, 'date');
  if (unread.length > 0) return { ...none, problems: unread };
  const folder = join(readHubConfig().dataDir, OFFICE_FOLDER), current = readCalendarFile(existsSync(join(folder, 'calendar.json')) ? folder : undefined);
  const before = new Map(current.days.map((one) => [`${one.date} ${one.kind}`, one])), given = rows.map(({ row }) => { const now = { date: row['date']!, kind: row['kind']!, name: row['name']!, status: row['status']! } as CalendarDay; return { id: `${now.date} ${now.kind}`, now }; });
  const days = [...new Map([...before, ...given.map((one): [string, CalendarDay] => [one.id, one.now])]).values()].sort((a, b) => (a.date < b.date ? -1 : 1)), file = { ...current, days };
  const findings = calendarFindings(file, { offices: catalogueIn(officeFolder()).base.offices }), counts = counted(given, before);
  if (findings.length > 0) return { ...counts, problems: linesOf(findings, rows, 'date') };
  if (!asked.dryRun && counts.added + counts.changed > 0) writePlaceText(folder, 'calendar.json', `${JSON.stringify(file)}\n`);
  return { ...counts, problems: [] };
}
