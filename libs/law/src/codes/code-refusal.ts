/** Why a code is not read or not issued. A value: the text as typed and what is wrong with it. */
import type { LocalDate } from '../types.ts';

export type CodeRefusal =
  /** Not a dossier code: `form` fits no grammar; `date` does not exist; `sequence` is zero or padded beyond its digits; `not-in-force`: the grammar was not in force that day. */
  | { readonly refused: 'BAD_CODE'; readonly text: string; readonly problem: 'form' | 'date' | 'sequence' | 'not-in-force' }
  /** Not an agency code of any grammar in force on `on` (`null`: of any at all). */
  | { readonly refused: 'BAD_AGENCY_CODE'; readonly text: string; readonly on: LocalDate | null }
  /** Not a procedure code: a digit, a point, six digits. */
  | { readonly refused: 'BAD_PROCEDURE_CODE'; readonly text: string }
  /** All numbers of that agency and day are used, `last` being the last. */
  | { readonly refused: 'SEQUENCE_EXHAUSTED'; readonly agency: string; readonly date: LocalDate; readonly last: number };

export function isCodeRefusal(result: unknown): result is CodeRefusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}
