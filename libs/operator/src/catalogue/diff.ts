import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Procedure } from '@lienthong/law';
import { diffProcedures, diffRows, parseCsv, readDataFiles, versionsLike } from '@lienthong/reference-data';
import type { CatalogueDiff, OfficeCatalogue } from '@lienthong/reference-data';
import { print, UsageError, wordsOf } from '../command.ts';
import { catalogueOfHub, officeFolder, catalogueWith, referenceOf } from './catalogue-of-hub.ts';

/** What two states differ in. Exit code 1 when they do, as `diff` has it. */
export async function diffCatalogues(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [before, after] = wordsOf(positionals, 2);
  if (before === undefined || after === undefined) throw new UsageError('cần hai trạng thái / two states are needed');
  const lists = before.endsWith('.csv') && after.endsWith('.csv');
  const found = lists ? diffLists(before, after) : diffProcedures(proceduresOf(before), proceduresOf(after));
  print(values.json === true ? JSON.stringify(found) : textOf(found));
  return found.added.length + found.removed.length + found.changed.length === 0 ? 0 : 1;
}

/** Columns that name a row of the national lists. */
const KEYS = [['procedure_code', 'n'], ['code'], ['MaTTHC']] as const;

function diffLists(before: string, after: string): CatalogueDiff {
  const rows = [before, after].map((file) => parseCsv(readFileSync(file, 'utf8')));
  const keys = KEYS.find((one) => one.every((name) => rows.every((list) => list.length === 0 || name in list[0]!)));
  if (keys === undefined) throw new UsageError(`hai tệp CSV không cùng cột khóa / the lists share no key column: ${KEYS.map((one) => one.join('+')).join(', ')}`);
  return diffRows(rows[0]!, rows[1]!, keys);
}

/** `released`, `current`, the beginning of a digest, a data folder, or a file of procedures. */
function proceduresOf(state: string): readonly Procedure[] {
  if (state === 'released') return readDataFiles().procedures;
  if (state === 'current') return catalogueOfHub().data.procedures;
  if (existsSync(state)) return statSync(state).isDirectory() ? readDataFiles(state).procedures : listIn(state);
  return stateOfDigest(state);
}

function listIn(file: string): readonly Procedure[] {
  const records = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  const office = records as Partial<OfficeCatalogue>;
  if (Array.isArray(office.procedures) && Array.isArray(office.rules)) return catalogueWith(readDataFiles(), office as OfficeCatalogue).data.procedures;
  if (!Array.isArray(records)) throw new UsageError(`${file}: không phải danh sách thủ tục / no list of procedures`);
  return records as Procedure[];
}

/** A state that the hub ran with; its digest is worked out anew, for it is of this release only if it is the same. */
function stateOfDigest(prefix: string): readonly Procedure[] {
  const base = readDataFiles();
  const states = [catalogueWith(base), ...versionsLike(officeFolder(), prefix).map((office) => catalogueWith(base, office))];
  const found = states.find((one) => referenceOf(one).digest.startsWith(prefix));
  if (found === undefined) throw new UsageError(`không có trạng thái ${prefix} trong thư mục dữ liệu này và bản phát hành này / no state ${prefix} in this data directory and release`);
  return found.data.procedures;
}

function textOf({ added, removed, changed }: CatalogueDiff): string {
  const lines = [...added.map((one) => `+ ${one}`), ...removed.map((one) => `- ${one}`), ...changed.flatMap(({ record, changes }) => [`~ ${record}`, ...changes.map((one) => `    ${one.field}: ${one.before ?? '–'} → ${one.after ?? '–'}`)])];
  return lines.length === 0 ? 'Không khác nhau / no difference' : lines.join('\n');
}
