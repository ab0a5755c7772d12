/** Codes of agencies: `001.00.10.H47` (unit last) and `H57.132` (unit first). */
import type { LocalDate } from '../types.ts';
import { codeGrammars } from './code-grammars.ts';
import type { AgencyForm, CodeGrammar } from './code-grammars.ts';
import type { CodeRefusal } from './code-refusal.ts';
import { typedCode } from './typed-code.ts';

export type AgencyCode = {
  /** As its grammar writes it. */
  readonly code: string; readonly grammar: string;
  /** Level-1 unit: `H..` a province, `G..` a ministry. */
  readonly unit: string;
  /** The units below it, as written from left to right. */
  readonly groups: readonly string[];
};

/** The pattern of a form, to be put into larger ones; no capturing groups. */
export function agencyPattern(form: AgencyForm): string {
  const unit = '[A-Z]\\d{2}', first = form.unit === 'first';
  const groups = form.groups.map(({ min, max }) => (first ? `\\.\\d{${min},${max}}` : `\\d{${min},${max}}\\.`));
  const below = groups.slice(0, form.required).join('') + groups.slice(form.required).reduceRight((rest, group) => `(?:${group}${rest})?`, '');
  return first ? unit + below : below + unit;
}

const patterns = new WeakMap<CodeGrammar, RegExp>();
function patternOf(grammar: CodeGrammar): RegExp {
  let pattern = patterns.get(grammar);
  if (pattern === undefined) { pattern = new RegExp(`^${agencyPattern(grammar.agency)}$`); patterns.set(grammar, pattern); }
  return pattern;
}

export const grammarInForce = (grammar: CodeGrammar, on: LocalDate): boolean => grammar.validFrom <= on && (grammar.validTo === null || on <= grammar.validTo);

/** The grammar by which an agency code (as its grammar writes it) is formed, among those in force on `on`; without `on` among all. */
export function grammarOfAgency(code: string, on: LocalDate | null, grammars: readonly CodeGrammar[]): CodeGrammar | undefined {
  return grammars.find((grammar) => (on === null || grammarInForce(grammar, on)) && patternOf(grammar).test(code));
}

/** Reads an agency code as people type it. `on`: only grammars in force that day; absent: all. */
export function parseAgencyCode(text: string, on: LocalDate | null = null, grammars: readonly CodeGrammar[] = codeGrammars): AgencyCode | CodeRefusal {
  const code = typedCode(text), grammar = grammarOfAgency(code, on, grammars);
  if (grammar === undefined) return { refused: 'BAD_AGENCY_CODE', text, on };
  const parts = code.split('.');
  const unit = grammar.agency.unit === 'first' ? parts.shift() : parts.pop();
  return { code, grammar: grammar.id, unit: unit ?? '', groups: parts };
}
