/** Codes of procedures (Mã TTHC): `1.013831`. */
import type { CodeRefusal } from './code-refusal.ts';
import { typedCode } from './typed-code.ts';

/** Reads a procedure code as people type it; gives it as the national list writes it. */
export function parseProcedureCode(text: string): string | CodeRefusal {
  const code = typedCode(text);
  return /^[1-9]\.\d{6}$/.test(code) ? code : { refused: 'BAD_PROCEDURE_CODE', text };
}
