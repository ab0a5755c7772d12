/** Why the hub did not start, in words for whoever runs it: what is wrong, and what to do. Never a stack. */
import { HubError, operatorTextOf } from '@lienthong/kernel';
import { fileFaultOf } from '@lienthong/runtime';

type Words = { readonly vi: string; readonly en: string };

/** A port could not be had. */
export class PortTaken extends Error {
  readonly remedy: Words;
  constructor(variable: string, port: number, cause: unknown) {
    super(`Không mở được cổng / cannot listen at 127.0.0.1:${port} (${systemCodeIn(cause)})`, { cause });
    this.name = 'PortTaken';
    this.remedy = { vi: `Dừng chương trình đang dùng cổng này, hoặc đặt ${variable} thành cổng khác.`, en: `Stop the program that uses the port, or set ${variable} to another one.` };
  }
}

/** `EADDRINUSE`, `EACCES` …; the whole text when there is none in it. */
function systemCodeIn(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return /\bE[A-Z]{3,}\b/.exec(text)?.[0] ?? text;
}

/** Errors of stores and keys name a file. */
type Explains = { readonly code?: string; readonly file?: string; readonly remedy: Words };

/** One line what is wrong, then what to do in both languages as far as it is known. */
export function explained(error: unknown): string {
  if (error instanceof HubError) return [error.code, operatorTextOf(error, 'vi'), operatorTextOf(error, 'en')].join('\n');
  if (!isExplaining(error)) return [error instanceof Error ? error.message : String(error), ...remedyOf(error)].join('\n');
  const { code, file, remedy } = error;
  const what = file === undefined ? (error as unknown as Error).message : `${code ?? ''} ${file}`.trim();
  return [what, remedy.vi, remedy.en].join('\n');
}

function remedyOf(error: unknown): readonly string[] {
  const words = fileFaultOf(error);
  return words === undefined ? [] : [words.vi, words.en];
}

function isExplaining(error: unknown): error is Explains {
  return error instanceof Error && 'remedy' in error && typeof error.remedy === 'object' && error.remedy !== null;
}
