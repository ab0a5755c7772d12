/** A table as people keep it, CSV or the first sheet of an Excel workbook: rows by the names of the first line. */
import { readFile, stat } from 'node:fs/promises';
import { unseenProblem } from '@lienthong/law';
import { columnNamedTwice, parseCsvLines } from '@lienthong/reference-data';
import { readSheet } from 'read-excel-file/node';
import { UsageError } from '../command.ts';
import { fault } from './row-problem.ts';
import type { Fault, RowProblem } from './row-problem.ts';

/** `problem`: a field that no record may have, whatever its column. */
export type TableRow = { /** From 1, as an editor counts; of a workbook the row of the sheet. */ readonly line: number; readonly row: Readonly<Record<string, string>>; readonly problem?: RowProblem };

/** Rows of one file. */
export const maxRows = 1_000_000;
/** Of one file, in bytes, and of one field, in characters. */
const maxFileBytes = 512 * 1024 * 1024, maxFieldCharacters = 4_000;
const dayMs = 86_400_000;

/** @throws UsageError when the file is no table, or lacks one of these columns. */
export async function readTable(file: string, columns: readonly string[]): Promise<readonly TableRow[]> {
  if ((await stat(file)).size > maxFileBytes) throw new UsageError(`${file}: quá ${maxFileBytes} byte, chia nhỏ / more than ${maxFileBytes} bytes, split it`);
  const rows = (file.toLowerCase().endsWith('.xlsx') ? await sheetRows(file) : await csvRows(file)).map(seen);
  if (rows.length > maxRows) throw new UsageError(`${file}: quá ${maxRows} dòng / more than ${maxRows} rows`);
  const missing = columns.filter((name) => rows.length > 0 && !(name in rows[0]!.row));
  if (rows.length === 0 || missing.length > 0) throw new UsageError(`${file}: ${rows.length === 0 ? 'không có dòng nào / no rows' : `thiếu cột / columns missing: ${missing.join(', ')}`}; cần / needed: ${columns.join(',')}`);
  return rows;
}

async function csvRows(file: string): Promise<TableRow[]> {
  const text = await readFile(file, 'utf8');
  try {
    return parseCsvLines(text);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}

/** Breaks of lines inside a field, as workbooks have them, are blanks; what nobody sees otherwise is told. */
function seen({ line, row }: TableRow): TableRow {
  const fields = Object.entries(row).map(([name, text]): [string, string] => [name, text.replaceAll(/[\r\n\t\u00A0]+/g, ' ').trim()]);
  return { line, row: Object.fromEntries(fields), ...fields.map(([name, text]) => fieldFault(name, text)).find((one) => one !== null) };
}

function fieldFault(name: string, text: string): Fault | null {
  if (text.length > maxFieldCharacters) return fault(name, `${text.length} ký tự / characters`, `≤ ${maxFieldCharacters}`);
  const odd = unseenProblem(text);
  return odd === null ? null : fault(name, odd, 'xóa ký tự không nhìn thấy; lưu tệp dạng UTF-8 / remove what nobody sees; save the file as UTF-8');
}

async function sheetRows(file: string): Promise<TableRow[]> {
  // Numbers stay as they are written: an identity number is none to reckon with.
  const [header, ...rows] = await readSheet(file, { parseNumber: (text: string) => text }).catch((error: unknown) => { throw new UsageError(`${file}: không đọc được bảng tính / no workbook can be read: ${error instanceof Error ? error.message : String(error)}`); });
  const names = (header ?? []).map((cell) => textOf(cell).trim()), twice = columnNamedTwice(names);
  if (twice !== undefined) throw new UsageError(`${file}: the header names column ${twice} twice`);
  return rows.map((cells, n) => ({ line: n + 2, row: Object.fromEntries(names.map((name, at) => [name, textOf(cells[at])])) })).filter(({ row }) => Object.values(row).some((text) => text !== ''));
}

/** A date of a cell is a day, or a time in +07:00. */
function textOf(cell: unknown): string {
  if (!(cell instanceof Date)) return cell == null ? '' : String(cell);
  const at = cell.toISOString();
  return cell.getTime() % dayMs === 0 ? at.slice(0, 10) : `${at.slice(0, 19)}+07:00`;
}
