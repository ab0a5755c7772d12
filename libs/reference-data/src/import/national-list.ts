/** The national list as `LayDanhSachTTHC` and `LayThuTuc` answer: `{ "result": [ … ] }`, or the bare list. Field names in any case. */
import type { Channel } from '@lienthong/law';
import { linesOfJson } from '../line-of-field.ts';
import type { ImportRow, ImportedPaper, ImportedTime } from './import-row.ts';

/** KenhThucHien: 1 in person, 2 online, 3 public post. */
const CHANNELS: Readonly<Record<string, Channel>> = { '1': 'counter', '2': 'online', '3': 'post' };
/** TRANGTHAI of a procedure that is published. */
const PUBLISHED = '1';

type Fields = ReadonlyMap<string, unknown>;

/** @throws SyntaxError when the text is no JSON, TypeError when it holds no list. */
export function nationalList(content: string): ImportRow[] {
  const parsed = JSON.parse(content) as unknown;
  const [path, records] = Array.isArray(parsed) ? ['', parsed] : listIn(parsed);
  const lines = linesOfJson(content);
  return records.map((record, n) => rowOf(fieldsOf(record), lines.get(`${path}[${n}]`) ?? 1));
}

/** Names under which answers carry their list. */
const LISTS = ['result', 'data', 'danhsachtthc'];

function listIn(parsed: unknown): [path: string, records: readonly unknown[]] {
  const found = Object.entries((parsed ?? {}) as Readonly<Record<string, unknown>>).find(([name, value]) => LISTS.includes(name.toLowerCase()) && Array.isArray(value));
  if (found === undefined) throw new TypeError(`no list of procedures; it is looked for under ${LISTS.join(', ')}`);
  return found as [string, readonly unknown[]];
}

const fieldsOf = (record: unknown): Fields => new Map(typeof record === 'object' && record !== null ? Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]) : []);
const textOf = (fields: Fields, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};
/** A part may come as a list, or as text that holds one. */
function listOf(fields: Fields, name: string): Fields[] {
  const value = fields.get(name);
  const list = typeof value === 'string' && value.trimStart().startsWith('[') ? safely(value) : value;
  return Array.isArray(list) ? list.map(fieldsOf) : [];
}

function safely(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return [];
  }
}

function rowOf(fields: Fields, line: number): ImportRow {
  const doors = listOf(fields, 'cachthucthuchien');
  const field = listOf(fields, 'linhvucthuchien').map((one) => textOf(one, 'tenlinhvuc')).find((one) => one !== '');
  return {
    line, code: textOf(fields, 'matthc'), name: textOf(fields, 'tentthc'), field: field ?? (textOf(fields, 'tenlinhvuc') || textOf(fields, 'linhvuc')),
    agency: listOf(fields, 'coquanthuchien').map((one) => textOf(one, 'tendonvi')).filter((one) => one !== '').join('; ') || textOf(fields, 'coquanthuchien') || textOf(fields, 'motacoquanthuchien'),
    level: listOf(fields, 'capthuchien').map((one) => textOf(one, 'tencapthuchien') || textOf(one, 'capthuchien')).join('; ') || textOf(fields, 'capthuchien'),
    role: textOf(fields, 'vaitro'), locality: textOf(fields, 'diaban'), times: perDoor(doors, timeOf), fees: perDoor(doors, feeOf), papers: papersOf(fields),
    results: listOf(fields, 'ketquathuchien').map((one) => ({ code: textOf(one, 'maketqua'), name: textOf(one, 'tenketqua') })).filter(({ name }) => name !== ''),
    acts: listOf(fields, 'cancuphaply').map((one) => textOf(one, 'sovanban')).filter((one) => one !== ''), active: ['', PUBLISHED].includes(textOf(fields, 'trangthai')),
  };
}

function perDoor<T>(doors: readonly Fields[], read: (times: Fields) => T | null): Partial<Record<Channel, T>> {
  const found: Partial<Record<Channel, T>> = {};
  for (const door of doors) {
    const channel = CHANNELS[textOf(door, 'kenh')];
    // The first value holds where a door has several, as on the portal.
    const value = read(listOf(door, 'thoigian')[0] ?? door);
    if (channel !== undefined && value !== null) found[channel] ??= value;
  }
  return found;
}

const timeOf = (times: Fields): ImportedTime => ({ count: textOf(times, 'thoigiangiaiquyet'), unit: textOf(times, 'donvitinh') });

function feeOf(times: Fields): number | null {
  const amounts = listOf(times, 'philephi').map((one) => Number(textOf(one, 'sotien'))).filter((one) => Number.isSafeInteger(one) && one > 0);
  return amounts.length === 0 ? null : amounts.reduce((sum, one) => sum + one, 0);
}

function papersOf(fields: Fields): ImportedPaper[] {
  const cases = listOf(fields, 'thanhphanhoso');
  return cases.flatMap((one) => listOf(one, 'giayto').map((paper): ImportedPaper => ({
    code: textOf(paper, 'magiayto'), name: textOf(paper, 'tengiayto'), form: textOf(paper, 'tenmaudon'), originals: countOf(paper, 'sobanchinh'), copies: countOf(paper, 'sobansao'), case: cases.length > 1 ? textOf(one, 'truonghop') : '',
  }))).filter(({ name }) => name !== '');
}

const countOf = (paper: Fields, name: string): number => {
  const count = Number(textOf(paper, name));
  return Number.isInteger(count) && count >= 0 ? count : 0;
};
