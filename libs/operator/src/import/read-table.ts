/** A table as people keep it, CSV or the first sheet of an Excel workbook: rows by the names of the first line. */
import { readFile } from 'node:fs/promises';
import { parseCsvLines } from '@lienthong/reference-data';
import { readSheet } from 'read-excel-file/node';
import { UsageError } from '../command.ts';

export type TableRow = { /** From 1, as an editor counts; of a workbook the row of the sheet. */ readonly line: number; readonly row: Readonly<Record<string, string>> };

/** Rows of one file. */
export const maxRows = 1_000_000;
const dayMs = 86_400_000;

/** @throws UsageError when the file is no table, or lacks one of these columns. */
export async function readTable(file: string, columns: readonly string[]): Promise<readonly TableRow[]> {
  const rows = file.toLowerCase().endsWith('.xlsx') ? await sheetRows(file) : parseCsvLines(await readFile(file, 'utf8'));
  if (rows.length > maxRows) throw new UsageError(`${file}: quá ${maxRows} dòng / more than ${maxRows} rows`);
  const missing = columns.filter((name) => rows.length > 0 && !(name in rows[0]!.row));
  if (rows.length === 0 || missing.length > 0) throw new UsageError(`${file}: ${rows.length === 0 ? 'không có dòng nào / no rows' : `thiếu cột / columns missing: ${missing.join(', ')}`}; cần / needed: ${columns.join(',')}`);
  return rows;
}

async function sheetRows(file: string): Promise<TableRow[]> {
  // Numbers stay as they are written: an identity number is none to reckon with.
  const [header, ...rows] = await readSheet(file, { parseNumber: (text: string) => text }).catch((error: unknown) => { throw new UsageError(`${file}: không đọc được bảng tính / no workbook can be read: ${error instanceof Error ? error.message : String(error)}`); });
  const names = (header ?? []).map(textOf);
  return rows.map((cells, n) => ({ line: n + 2, row: Object.fromEntries(names.map((name, at) => [name.trim(), textOf(cells[at])])) })).filter(({ row }) => Object.values(row).some((text) => text !== ''));
}

/** A date of a cell is a day, or a time in +07:00. */
function textOf(cell: unknown): string {
  if (!(cell instanceof Date)) return cell == null ? '' : String(cell);
  const at = cell.toISOString();
  return cell.getTime() % dayMs === 0 ? at.slice(0, 10) : `${at.slice(0, 19)}+07:00`;
}
