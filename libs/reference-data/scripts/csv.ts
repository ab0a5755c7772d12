/** Reads a comma-separated text with a header line and quoted fields into one record per line, keyed by header. */
export type Row = Readonly<Record<string, string>>;

export function parseCsv(text: string): Row[] {
  const [header, ...lines] = cells(text);
  if (header === undefined) return [];
  return lines.filter((line) => line.length > 1).map((line) => Object.fromEntries(header.map((name, at) => [name, line[at] ?? ''])));
}

function cells(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quoted && char === '"' && text[at + 1] === '"') { cell += '"'; at += 1; }
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ',') { line.push(cell); cell = ''; }
    else if (!quoted && char === '\n') { lines.push([...line, cell.replace(/\r$/, '')]); line = []; cell = ''; }
    else cell += char;
  }
  if (cell !== '' || line.length > 0) lines.push([...line, cell]);
  return lines;
}
