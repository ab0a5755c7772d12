/** Dossier codes: `000.00.01.H47-220919-0001`, `H57.132-260804-0583`; a rehearsal's sequence is marked: `H57.132-260804-R0001`. */
import { isCivil } from '../time/civil.ts';
import type { LocalDate } from '../types.ts';
import { agencyPattern, grammarInForce, grammarOfAgency, parseAgencyCode } from './agency-code.ts';
import { codeGrammars } from './code-grammars.ts';
import type { CodeGrammar } from './code-grammars.ts';
import type { CodeRefusal } from './code-refusal.ts';
import { isCodeRefusal } from './code-refusal.ts';
import { typedCode } from './typed-code.ts';

export type DossierCode = {
  /** The agency competent to receive. */
  readonly agency: string;
  /** Day of receipt, years 2000–2099. */
  readonly date: LocalDate;
  /** 1, 2, 3 … per agency, day and series. */
  readonly sequence: number;
  /** Rehearsals are numbered in a series of their own and can be told from real dossiers at sight. */
  readonly rehearsal: boolean;
};

const patterns = new WeakMap<CodeGrammar, RegExp>();
function patternOf(grammar: CodeGrammar): RegExp {
  let pattern = patterns.get(grammar);
  if (pattern === undefined) {
    pattern = new RegExp(`^(${agencyPattern(grammar.agency)})-(\\d{2})(\\d{2})(\\d{2})-(R?)(\\d{${grammar.sequence.digits},${grammar.sequence.widest}})$`);
    patterns.set(grammar, pattern);
  }
  return pattern;
}

/** What `text` says under one grammar; null when it is not of its form. */
function read(text: string, grammar: CodeGrammar): DossierCode | 'date' | 'sequence' | null {
  const match = patternOf(grammar).exec(text);
  if (match === null) return null;
  const [, agency = '', year, month, day, mark, digits = ''] = match;
  if (!isCivil(2000 + Number(year), Number(month), Number(day))) return 'date';
  const sequence = Number(digits);
  // A number has one way of writing it: more digits only where four do not hold it.
  if (sequence === 0 || (digits.length > grammar.sequence.digits && digits.startsWith('0'))) return 'sequence';
  return { agency, date: `20${year}-${month}-${day}`, sequence, rehearsal: mark === 'R' };
}

/**
 * Reads a dossier code as people type it. The grammar must have been in force on the day in the code, or on `on` where that is given
 * (an office that numbered by an older grammar after its time).
 */
export function parseCode(text: string, on?: LocalDate, grammars: readonly CodeGrammar[] = codeGrammars): DossierCode | CodeRefusal {
  const code = typedCode(text);
  let problem: Extract<CodeRefusal, { refused: 'BAD_CODE' }>['problem'] = 'form';
  for (const grammar of grammars) {
    const found = read(code, grammar);
    if (found === null) continue;
    if (typeof found === 'string') problem = found;
    else if (grammarInForce(grammar, on ?? found.date)) return found;
    else problem = 'not-in-force';
  }
  return { refused: 'BAD_CODE', text, problem };
}

/** The highest sequence number of a day under a grammar. */
export function lastSequence(grammar: CodeGrammar): number {
  return 10 ** grammar.sequence.widest - 1;
}

/**
 * Writes a dossier code by the grammar of its agency on `on` (absent: the day of receipt). Refused: an agency code of no grammar in force, a day that cannot be written,
 * a day whose numbers are used up. A sequence that is not a whole number from 1 is a fault of the caller: RangeError.
 */
export function printCode(code: DossierCode, on: LocalDate = code.date, grammars: readonly CodeGrammar[] = codeGrammars): string | CodeRefusal {
  if (!Number.isSafeInteger(code.sequence) || code.sequence < 1) throw new RangeError(`sequence of a dossier code: ${code.sequence}`);
  const agency = parseAgencyCode(code.agency, on, grammars);
  if (isCodeRefusal(agency)) return agency;
  const grammar = grammarOfAgency(agency.code, on, grammars);
  const date = /^20(\d{2})-(\d{2})-(\d{2})$/.exec(code.date);
  if (grammar === undefined || date === null || !isCivil(2000 + Number(date[1]), Number(date[2]), Number(date[3]))) return { refused: 'BAD_CODE', text: code.date, problem: 'date' };
  const last = lastSequence(grammar);
  if (code.sequence > last) return { refused: 'SEQUENCE_EXHAUSTED', agency: agency.code, date: code.date, last };
  return `${agency.code}-${date[1]}${date[2]}${date[3]}-${code.rehearsal ? 'R' : ''}${String(code.sequence).padStart(grammar.sequence.digits, '0')}`;
}
