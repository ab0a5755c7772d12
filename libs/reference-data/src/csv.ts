/** Reads a comma-separated text with a header line and quoted fields. */
import { withoutMark } from './json-file.ts';

export type Row = Readonly<Record<string, string>>;

/** One record per line, keyed by header. */
export const parseCsv = (text: string): Row[] => parseCsvLines(text).map(({ row }) => row);

/**
 * With the line, from 1, on which each record begins: a quoted field may run over several.
 * @throws TypeError naming the line where fields would slip into other columns without a word: a quote that never ends, a column named twice, more fields than columns.
 */
export function parseCsvLines(text: string): { readonly line: number; readonly row: Row }[] {
  const [header, ...records] = cells(withoutMark(text));
  if (header === undefined) return [];
  const names = header.fields.map((name) => name.trim()), twice = columnNamedTwice(names);
  if (twice !== undefined) throw new TypeError(`the header names column ${twice} twice`);
  const wide = records.find(({ fields }) => fields.slice(names.length).some((one) => one.trim() !== ''));
  if (wide !== undefined) throw new TypeError(`line ${wide.line} has ${wide.fields.length} fields, the header ${names.length}: put what holds a comma in quotes`);
  return records.filter(({ fields }) => fields.length > 1 || fields[0] !== '').map(({ line, fields }) => ({ line, row: Object.fromEntries(names.map((name, at) => [name, fields[at] ?? ''])) }));
}

/** Undefined: each column has a name of its own, or none. */
export const columnNamedTwice = (names: readonly string[]): string | undefined => names.find((name, at) => name !== '' && names.indexOf(name) < at);

type Line = { readonly line: number; readonly fields: readonly string[] };

function cells(text: string): Line[] {
  const records: Line[] = [];
  let fields: string[] = [], cell = '', quoted = false, line = 1, begun = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '\n') line += 1;
    if (quoted && char === '"' && text[at + 1] === '"') { cell += '"'; at += 1; }
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ',') { fields.push(cell); cell = ''; }
    else if (!quoted && char === '\n') { records.push({ line: begun, fields: [...fields, cell.replace(/\r$/, '')] }); fields = []; cell = ''; begun = line; }
    else cell += char;
  }
  if (quoted) throw new TypeError(`line ${begun} begins a quote that never ends`);
  if (cell !== '' || fields.length > 0) records.push({ line: begun, fields: [...fields, cell] });
  return records;
}
