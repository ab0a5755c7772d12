/** Lines of business as people declare them: `4711 Bán lẻ tạp hóa; 5610`, a code of the national list (VSIC) and perhaps a name of their own. */
import { isInForce } from './jurisdiction.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import type { LocalDate, Reference } from './types.ts';

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

/** Whether the list knows a code on a day: the code itself where the list goes so deep, else the deepest group of it that the list has, at least its division. */
export function isIndustry(industries: readonly { readonly code: string; readonly validFrom: LocalDate; readonly validTo: LocalDate | null }[], code: string, on: LocalDate): boolean {
  const known = new Set(industries.filter((one) => isInForce(one, on)).map((one) => one.code));
  for (let digits = code.length; digits >= divisionDigits; digits--) {
    if (known.has(code.slice(0, digits))) return true;
    // The list has codes of this depth under what comes before, and not this one.
    const before = code.slice(0, digits - 1);
    if ([...known].some((one) => one.length === digits && one.startsWith(before) && digits > divisionDigits)) return false;
  }
  return false;
}

/** Null: every line has a code of the list on that day, or there is no list. `field`: of the request. */
export function industryRefusal({ industries }: Pick<Reference, 'industries'>, text: string, on: LocalDate, field: string): Refusal | null {
  const lines = declaredLines(text);
  if (typeof lines === 'string') return refuse('INDUSTRY_UNKNOWN', { code: lines, date: on }, field);
  const stranger = industries === undefined || industries.length === 0 ? undefined : lines.find((one) => !isIndustry(industries, one.code, on));
  return stranger === undefined ? null : refuse('INDUSTRY_UNKNOWN', { code: stranger.code, date: on }, field);
}
