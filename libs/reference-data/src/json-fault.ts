/** Where a text stops being JSON. What `JSON.parse` says names a place only of some faults; an editor wants the line of each. */

/** Deeper nesting is no file of ours, and would end the walk below without an answer. */
const maxDepth = 200;
const token = /[{}[\],:]|"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const blanks = /[ \t\r\n]*/y;

export type JsonFault = { /** From 1. */ readonly line: number; /** What stands there. */ readonly found: string };

/** Null: it is JSON. */
export function jsonFault(text: string): JsonFault | null {
  const reader = new JsonReader(text);
  const at = reader.value(0) ? reader.end() : reader.at;
  return at === null ? null : { line: text.slice(0, at).split('\n').length, found: at >= text.length ? 'the end of the file' : JSON.stringify(text.slice(at, at + maxShownCharacters).split('\n')[0]) };
}

const maxShownCharacters = 30;

class JsonReader {
  /** Of the token that was not what it had to be. */
  at = 0;
  readonly #text: string;

  constructor(text: string) { this.#text = text; }

  /** Place of what stands after the value; null: nothing. */
  end(): number | null { return this.#peek() === '' && this.at >= this.#text.length ? null : this.at; }

  value(depth: number): boolean {
    const found = this.#peek();
    if (found === '' || ',:]}'.includes(found) || depth > maxDepth) return false;
    this.at += found.length;
    return found === '{' ? this.#list('}', () => this.#member(depth)) : found === '[' ? this.#list(']', () => this.value(depth + 1)) : true;
  }

  #list(end: string, one: () => boolean): boolean {
    if (this.#take(end)) return true;
    for (;;) {
      if (!one()) return false;
      if (this.#take(end)) return true;
      if (!this.#take(',')) return false;
    }
  }

  #member(depth: number): boolean {
    const name = this.#peek();
    if (!name.startsWith('"')) return false;
    this.at += name.length;
    return this.#take(':') && this.value(depth + 1);
  }

  #take(wanted: string): boolean {
    if (this.#peek() !== wanted) return false;
    this.at += wanted.length;
    return true;
  }

  /** The next token; '' where none is. */
  #peek(): string {
    blanks.lastIndex = this.at;
    this.at += blanks.exec(this.#text)![0].length;
    token.lastIndex = this.at;
    return token.exec(this.#text)?.[0] ?? '';
  }
}
