/** What a province decided on limits and fees, as a plain CSV: one decision on one procedure a line. Pure. */
import { parseDay } from '@lienthong/law';
import type { Channel, Fee, Source } from '@lienthong/law';
import { parseCsvLines } from '../csv.ts';
import type { Row } from '../csv.ts';
import type { ReferenceData } from '../data-files.ts';
import { mergedRules, validateOffice } from '../office-catalogue.ts';
import type { OfficeCatalogue, OfficeRule } from '../office-catalogue.ts';
import { text } from './import-row.ts';
import type { RowProblem } from './import-row.ts';
import { spanOf } from './span-of-time.ts';

/** Times: `ThoiGian` for all doors. Fees: `Phi` for all doors, or one per door; 0 is free. */
export const ruleColumns = ['MaTTHC', 'VanBan', 'TuNgay', 'DenNgay', 'ThoiGian', 'TenPhi', 'Phi', 'PhiTrucTiep', 'PhiTrucTuyen', 'PhiBuuChinh'] as const;
type Column = (typeof ruleColumns)[number];
const FEE_COLUMNS: Readonly<Record<Channel, Column>> = { counter: 'PhiTrucTiep', online: 'PhiTrucTuyen', post: 'PhiBuuChinh' };

export type RuleImport = { readonly office: OfficeCatalogue; readonly taken: readonly string[]; readonly unchanged: readonly string[]; readonly problems: readonly RowProblem[] };

/** @throws TypeError naming the columns that the header lacks. */
export function importRules(content: string, base: ReferenceData, office: OfficeCatalogue): RuleImport {
  const lines = parseCsvLines(content);
  const lacking = (['MaTTHC', 'VanBan', 'TuNgay'] as const).filter((column) => lines.length === 0 || !(column in lines[0]!.row));
  if (lacking.length > 0) throw new TypeError(`the header lacks ${lacking.join(', ')}; columns are ${ruleColumns.join(', ')}`);
  // A fee under a heading that is misspelt would be asked of nobody.
  const strange = Object.keys(lines[0]!.row).filter((name) => name !== '' && !ruleColumns.some((column) => column === name));
  if (strange.length > 0) throw new TypeError(`the header has ${strange.join(', ')}, which nobody reads; columns are ${ruleColumns.join(', ')}`);
  const doorsOf = doorsByCode(base, office), said = new Map<string, { readonly line: number; readonly text: string }>();
  const taken: string[] = [], unchanged: string[] = [], problems: RowProblem[] = [];
  let now = office;
  for (const { line, row } of lines) {
    const code = (row['MaTTHC'] ?? '').trim(), made = rulesOf(line, row, doorsOf.get(code) ?? []);
    if ('problems' in made) { problems.push(...made.problems); continue; }
    const twice = saidBefore(said, line, made.rules);
    if (twice !== null) { problems.push(twice); continue; }
    const next = { ...now, rules: mergedRules(now.rules, made.rules) };
    // Only what this decision touches is judged, so that one bad line does not hold up the others.
    const touched = { procedures: now.procedures, rules: next.rules.filter((one) => one.procedure === code) };
    const findings = validateOffice(base, touched);
    if (findings.length > 0) problems.push(...distinct(findings.map((one) => ({ line, code, field: columnOf(one.field), problem: text(one.problem, one.problem), remedy: text(one.remedy, one.remedy) }))));
    else {
      (JSON.stringify(next.rules) === JSON.stringify(now.rules) ? unchanged : taken).push(code);
      now = next;
    }
  }
  return { office: now, taken, unchanged, problems };
}

/** The channels by which a procedure may be asked for, in any of its versions. */
function doorsByCode(base: ReferenceData, office: OfficeCatalogue): ReadonlyMap<string, readonly Channel[]> {
  const versions = Map.groupBy([...base.procedures, ...office.procedures], (one) => one.code);
  return new Map([...versions].map(([code, all]) => [code, [...new Set(all.flatMap((one) => one.channels))]]));
}

/** Two lines of one file that say different things of one procedure from one day on: the second would stand alone, and the first be lost without a word. */
function saidBefore(said: Map<string, { readonly line: number; readonly text: string }>, line: number, rules: readonly OfficeRule[]): RowProblem | null {
  for (const rule of rules) {
    const kind = rule.limit === undefined ? 'fees' : 'limit', key = [rule.procedure, rule.validFrom, kind].join(' '), content = JSON.stringify(rule), before = said.get(key);
    if (before === undefined) said.set(key, { line, text: content });
    else if (before.text !== content) return { line, code: rule.procedure, field: kind === 'fees' ? 'Phi' : 'ThoiGian', problem: text(`dòng ${before.line} đã quyết định khác cho thủ tục này từ ${rule.validFrom}`, `line ${before.line} says something else of this procedure from ${rule.validFrom} on`), remedy: text('giữ một dòng; nhiều khoản thì ghi tổng', 'keep one of them; write several sums as their total') };
  }
  return null;
}

/** One limit stands for all doors: what is wrong with it is told once. */
function distinct(problems: readonly RowProblem[]): RowProblem[] {
  return [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
}

/** Where in the row that stands of which a rule was found wrong. */
function columnOf(field: string): string {
  const found = ([[/limit/i, 'ThoiGian'], [/name/, 'TenPhi'], [/amount/, 'Phi'], [/source/, 'VanBan'], [/validFrom/, 'TuNgay'], [/validTo/, 'DenNgay'], [/procedure/, 'MaTTHC']] as const).find(([pattern]) => pattern.test(field));
  return found?.[1] ?? field;
}

/** One rule on the limit, one on the fees: each goes on until the next of its kind. */
function rulesOf(line: number, row: Row, doors: readonly Channel[]): { readonly rules: readonly OfficeRule[] } | { readonly problems: readonly RowProblem[] } {
  const cell = (column: Column): string => (row[column] ?? '').trim();
  const problems: RowProblem[] = [];
  const report = (field: Column, problem: RowProblem['problem'], remedy: RowProblem['remedy']): void => { problems.push({ line, code: cell('MaTTHC'), field, problem, remedy }); };
  for (const column of ['TuNgay', 'DenNgay'] as const) {
    const open = column === 'DenNgay' && cell(column) === '';
    if (!open && parseDay(cell(column)) === null) report(column, text(`"${cell(column)}" không phải ngày`, `"${cell(column)}" is no day`), text('viết YYYY-MM-DD; phí và thời hạn phải có hiệu lực', 'write YYYY-MM-DD: no fee and no limit without validity'));
  }
  if (cell('VanBan') === '') report('VanBan', text('thiếu văn bản quyết định', 'the act is missing'), text('ghi số nghị quyết, quyết định', 'give the number of the resolution or decision'));
  const limit = cell('ThoiGian') === '' ? undefined : spanOf(cell('ThoiGian'));
  if (limit === null) report('ThoiGian', text(`"${cell('ThoiGian')}" thiếu hoặc sai đơn vị`, `"${cell('ThoiGian')}" has no unit that is known`), text('ghi rõ ngày làm việc, ngày hoặc giờ', 'say working days, days or hours'));
  const source: Source = { act: cell('VanBan'), status: 'read' };
  const fees = feesOf(cell, source);
  if (fees === null) report('Phi', text('số tiền không phải số nguyên đồng', 'the amount is no whole number of đồng'), text('ghi số nguyên, 0 nếu miễn phí', 'write a whole number, 0 for free'));
  for (const door of doors) if (fees != null && cell(FEE_COLUMNS[door]) === '' && cell('Phi') === '') report(FEE_COLUMNS[door], text('chưa có mức thu cho cách nộp này', 'nothing is said of this way of filing'), text('ghi mức thu, 0 nếu miễn phí', 'write the amount, 0 for free'));
  if (limit === undefined && fees === undefined) report('ThoiGian', text('không có thời hạn và không có phí', 'neither a limit nor a fee'), text('ghi thời hạn hoặc phí đã quyết định', 'give the limit or the fees that were decided'));
  if (problems.length > 0) return { problems };
  const common = { procedure: cell('MaTTHC'), source, validFrom: cell('TuNgay'), validTo: cell('DenNgay') || null };
  return { rules: [...(limit == null ? [] : [{ ...common, limit: { counter: limit, online: limit, post: limit } }]), ...(fees == null ? [] : [{ ...common, fees }])] };
}

/** Undefined: the row says nothing of fees. Null: an amount that is none. An empty list: free. */
function feesOf(cell: (column: Column) => string, source: Source): Fee[] | null | undefined {
  const amounts = Object.entries(FEE_COLUMNS).map(([channel, column]): [string, string] => [channel, cell(column) || cell('Phi')]).filter(([, amount]) => amount !== '');
  if (amounts.length === 0) return undefined;
  if (amounts.some(([, amount]) => !/^\d{1,13}$/.test(amount))) return null;
  const amount = { counter: 0, online: 0, post: 0, ...Object.fromEntries(amounts.map(([channel, one]) => [channel, Number(one)])) };
  if (Object.values(amount).every((one) => one === 0)) return [];
  const name = cell('TenPhi') || 'Phí, lệ phí';
  return [{ code: 'council-fee', name: text(name, name), kind: 'fee', amount, when: 'filing', refundable: false, source }];
}
