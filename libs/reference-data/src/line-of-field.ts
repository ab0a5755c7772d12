/** The line of a JSON text on which a field stands: a finding names a record and a field, an editor wants the line. */

/** Path → line, from 1, of every value of a JSON text: `[3].legs[0].after`. The text must be JSON. */
export function linesOfJson(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  new JsonLines(text, lines).value('');
  return lines;
}

/** Fields that stand twice in one record of a JSON text: whoever reads it takes the last, and the first is lost without a word. */
export function repeatedFields(text: string): readonly { readonly path: string; readonly line: number }[] {
  const lines = new JsonLines(text, new Map());
  lines.value('');
  return lines.repeated;
}

/** The line of the closest part of `path` that the text has: a missing field is shown at its record. Whatever the path names, each turn cuts some of it off. */
export function closestLine(lines: ReadonlyMap<string, number>, path: string): number {
  for (let rest = path; rest !== ''; rest = rest.replace(/(?:^|[.[])[^.[]*$/, '')) {
    const line = lines.get(rest);
    if (line !== undefined) return line;
  }
  return 1;
}

const BLANK = /[\s,:]/;
const SCALAR_END = /[\s,\]}]/;

class JsonLines {
  readonly #text: string;
  readonly #lines: Map<string, number>;
  readonly repeated: { readonly path: string; readonly line: number }[] = [];
  #at = 0;
  #line = 1;

  constructor(text: string, lines: Map<string, number>) {
    this.#text = text;
    this.#lines = lines;
  }

  value(path: string): void {
    this.#skipBlanks();
    if (!this.#lines.has(path)) this.#lines.set(path, this.#line);
    const char = this.#text[this.#at];
    if (char === '[') this.#list(path);
    else if (char === '{') this.#record(path);
    else if (char === '"') this.#string();
    else while (this.#at < this.#text.length && !SCALAR_END.test(this.#text[this.#at]!)) this.#at += 1;
  }

  #list(path: string): void {
    this.#at += 1;
    for (let n = 0; !this.#closes(']'); n += 1) this.value(`${path}[${n}]`);
  }

  #record(path: string): void {
    this.#at += 1;
    const names = new Set<string>();
    while (!this.#closes('}')) {
      const line = this.#line, name = JSON.parse(this.#string()) as string, own = path === '' ? name : `${path}.${name}`;
      if (names.has(name)) this.repeated.push({ path: own, line });
      names.add(name);
      this.value(own);
    }
  }

  #closes(end: string): boolean {
    this.#skipBlanks();
    if (this.#at < this.#text.length && this.#text[this.#at] !== end) return false;
    this.#at += 1;
    return true;
  }

  #string(): string {
    const from = this.#at;
    for (this.#at += 1; this.#at < this.#text.length && this.#text[this.#at] !== '"'; this.#at += 1) if (this.#text[this.#at] === '\\') this.#at += 1;
    this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && BLANK.test(this.#text[this.#at]!)) {
      if (this.#text[this.#at] === '\n') this.#line += 1;
      this.#at += 1;
    }
  }
}
