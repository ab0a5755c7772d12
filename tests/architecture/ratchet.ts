/** Small files, small functions, errors with codes. What falls short today stands in ratchet.json and may only shrink. */
import type { Finding } from './finding.ts';
import type { ParsedSource } from './parsed-source.ts';
import { throwFindings } from './purity-rules.ts';
import { isOfTests } from './source-tree.ts';

export const maxFileLines = 400;
export const maxTestFileLines = 600;
export const maxFunctionLines = 70;

/** `path` → lines of a file; `path#function` → lines of a function; `path!bare-errors` → bare Errors that it throws. */
export type Ratchet = Readonly<Record<string, number>>;

/** What of `sources` falls short. Functions of tests are sentences in a list and may be long together. */
export function exceptions(sources: readonly ParsedSource[]): Ratchet {
  const large: Record<string, number> = {};
  for (const source of sources) {
    if (source.lines > (isOfTests(source.file) ? maxTestFileLines : maxFileLines)) large[source.file] = source.lines;
    const bare = throwFindings(source).length;
    if (bare > 0) large[`${source.file}!bare-errors`] = bare;
    if (isOfTests(source.file)) continue;
    for (const { name, lines } of source.functions) {
      const key = `${source.file}#${name}`;
      if (lines > maxFunctionLines) large[key] = Math.max(lines, large[key] ?? 0);
    }
  }
  return large;
}

/** Differences between today and the ratchet, in both directions: it may only shrink, and it must. */
export function ratchetFindings(today: Ratchet, ratchet: Ratchet): readonly Finding[] {
  const finding = (key: string, what: string, remedy: string): Finding => ({ file: key, line: 1, what, remedy });
  const grown = Object.entries(today).flatMap(([key, count]) => {
    const allowed = ratchet[key];
    if (allowed === undefined) return [finding(key, `has ${count}`, remedyFor(key))];
    return count > allowed ? [finding(key, `has grown from ${allowed} to ${count}`, 'it may only shrink')] : [];
  });
  const loose = Object.entries(ratchet).flatMap(([key, allowed]) => {
    const count = today[key];
    if (count === undefined) return [finding(key, 'is in order now', 'delete its row in ratchet.json')];
    return count < allowed ? [finding(key, `has shrunk from ${allowed} to ${count}`, 'lower its row in ratchet.json')] : [];
  });
  return [...grown, ...loose];
}

function remedyFor(key: string): string {
  if (key.endsWith('!bare-errors')) return 'what callers may meet: a HubError or StoreError of the catalogue; a broken invariant: RangeError or TypeError';
  return `lines; split it: at most ${maxFunctionLines} a function, ${maxFileLines} a file, ${maxTestFileLines} a test file; look where I/O and decisions share one body`;
}
