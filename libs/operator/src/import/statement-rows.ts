/** From a line of a bank statement to a call. Pure: what a line lacks is told, nothing is asked. */
import type { TableRow } from './read-table.ts';
import { fault } from './row-problem.ts';
import type { RowProblem } from './row-problem.ts';

export const statementColumns = ['date', 'reference', 'amount', 'description'] as const;

export type StatementRow = { readonly line: number; readonly key: string } & ({ readonly date: string; readonly amount: string; readonly currency: string; readonly description: string } | { readonly problem: RowProblem });

/** Lines of one reference must say the same: a bank gives each transfer its own. */
export function statementOf(rows: readonly TableRow[]): StatementRow[] {
  const seen = new Map<string, { readonly line: number; readonly said: string }>();
  return rows.map(({ line, row, problem }) => {
    const key = cell(row, 'reference'), read = problem === undefined ? lineOf(row) : { problem }, said = JSON.stringify(read), before = seen.get(key.toUpperCase());
    if (before === undefined) seen.set(key.toUpperCase(), { line, said });
    return { line, key, ...(before === undefined || before.said === said ? read : fault('reference', `${key}: dòng / line ${before.line}`, 'mỗi giao dịch một số tham chiếu / one reference for each transfer')) };
  });
}

const cell = (row: TableRow['row'], name: string): string => (row[name] ?? '').trim();

function lineOf(row: TableRow['row']): Omit<Extract<StatementRow, { date: string }>, 'line' | 'key'> | { readonly problem: RowProblem } {
  const date = dayOf(cell(row, 'date')), amount = amountOf(cell(row, 'amount'));
  if (cell(row, 'reference') === '') return fault('reference', 'trống / empty', 'số tham chiếu của ngân hàng / the reference of the bank');
  if (date === null) return fault('date', cell(row, 'date'), '2026-11-28 hoặc / or 28/11/2026');
  if (amount === null) return fault('amount', cell(row, 'amount'), 'số đồng, ví dụ 50000 hoặc 50.000 / đồng, e.g. 50000 or 50.000');
  return { date, amount, currency: cell(row, 'currency').toUpperCase(), description: cell(row, 'description') };
}

/** `YYYY-MM-DD` of that or of `D/M/YYYY`, with a time behind it or not. */
function dayOf(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text) ?? [], [, d = '', m = '', y] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: .*)?$/.exec(text) ?? [];
  if (year !== undefined) return `${year}-${month}-${day}`;
  return y === undefined ? null : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}

/** Digits as the hub takes them, of `50000`, `50.000`, `1,250,000.00`, `+50 000`: a separator before three digits groups, one before one or two begins a fraction. Null: no amount. */
function amountOf(text: string): string | null {
  const [, sign = '', whole = '', , fraction = ''] = /^([+-]?)(\d{1,3}(?:([., ])\d{3})(?:\3\d{3})*|\d+)(?:[.,](\d{1,2}))?$/.exec(text.replace(/\s*(?:đ|₫|vnd)$/i, '')) ?? [];
  if (whole === '') return null;
  return `${sign === '-' ? '-' : ''}${whole.replace(/[., ]/g, '')}${/^0*$/.test(fraction) ? '' : `.${fraction}`}`;
}
