/** Lines of business as people declare them: `4711 Bán lẻ tạp hóa; 5610`, a code of the national list (VSIC) and perhaps a name of their own. */
import { isInForce } from './jurisdiction.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import type { LocalDate, Reference, Validity } from './types.ts';

/** `name` '': as in the list. */
export type DeclaredLine = { readonly code: string; readonly name: string };
/** Field of a declaration that holds them. */
export const industryField = 'industryCodes';

/** A text is the part that bears no code of 4 or 5 digits. */
export function declaredLines(text: string): readonly DeclaredLine[] | string {
  const lines: DeclaredLine[] = [];
  for (const one of text.split(/[;,](?=\s*\d|\s*$)/u).map((part) => part.trim()).filter((part) => part !== '')) {
    const [, code, name] = /^(\d{4,5})(?:\s+(.+))?$/u.exec(one) ?? [];
    if (code === undefined) return one;
    lines.push({ code, name: name ?? '' });
  }
  return lines;
}

/** Characters of a division. */
const divisionDigits = 2;

type DatedCode = Validity & { readonly code: string };

/** Whether the list knows a code on a day: judged by its digits down to the deepest level that the list has in this division, at least by the division. */
export function isIndustry(industries: readonly DatedCode[], code: string, on: LocalDate): boolean {
  return isListed(codesOn(industries, on), code);
}

const codesOn = (industries: readonly DatedCode[], on: LocalDate): ReadonlySet<string> => new Set(industries.filter((one) => isInForce(one, on)).map((one) => one.code));

function isListed(known: ReadonlySet<string>, code: string): boolean {
  const division = code.slice(0, divisionDigits);
  let depth = divisionDigits;
  for (const one of known) if (one.length > depth && one.length <= code.length && one.startsWith(division)) depth = one.length;
  return known.has(code.slice(0, depth)) && code.length >= divisionDigits;
}

/** Null: every line has a code of the list on that day, or there is no list. `field`: of the request. */
export function industryRefusal({ industries }: Pick<Reference, 'industries'>, text: string, on: LocalDate, field: string): Refusal | null {
  const lines = declaredLines(text);
  if (typeof lines === 'string') return refuse('INDUSTRY_UNKNOWN', { code: lines, date: on }, field);
  if (industries === undefined || industries.length === 0 || lines.length === 0) return null;
  const known = codesOn(industries, on), stranger = lines.find((one) => !isListed(known, one.code));
  return stranger === undefined ? null : refuse('INDUSTRY_UNKNOWN', { code: stranger.code, date: on }, field);
}
