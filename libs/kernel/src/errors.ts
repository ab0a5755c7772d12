/** One catalogue for all that can go wrong: errors of the kernel and refusals of the law. */
import { fill, refusals, wordsFor } from '@lienthong/law';
import type { Refusal, RefusalCode } from '@lienthong/law';
import { kernelErrors } from './error-catalogue.ts';
import type { ErrorRow, KernelErrorCode } from './error-catalogue.ts';
import { StoreError } from './ports/folder-store.ts';
import type { Refused } from './rules.ts';

export { ownComparison } from './error-catalogue.ts';

export type ErrorCode = KernelErrorCode | RefusalCode;
/** Domain of `ErrorInfo` in every error that leaves the hub. */
export const errorDomain = 'lienthong.vn';

/** All codes with their rows: those of the kernel first, then the refusals of the law (which are always `stop`). */
export const errorCatalogue: Readonly<Record<string, ErrorRow>> = {
  ...kernelErrors,
  ...Object.fromEntries(Object.entries(refusals).map(([code, one]) => [code, { ...one, next: 'stop' as const }])),
};

export type Meta = Readonly<Record<string, string>>;

/** What the kernel throws. Refusals of the law are values; at an edge they become one of these by `errorOfRefusal`. */
export class HubError extends Error {
  readonly code: ErrorCode;
  /** Fills the holes of the message. */
  readonly meta: Meta;
  /** The request field at fault, '' when none is. */
  readonly field: string;

  constructor(code: ErrorCode, meta: Meta = {}, options: { readonly field?: string; readonly cause?: unknown } = {}) {
    super(`${code}: ${fill(rowOf(code).message.en, meta)}`, { cause: options.cause });
    this.name = 'HubError';
    this.code = code;
    this.meta = meta;
    this.field = options.field ?? '';
  }

  get row(): ErrorRow { return rowOf(this.code); }
  get retryable(): boolean { return this.row.next === 'retry'; }
}

/** The row of a code; every code has one. */
export function rowOf(code: ErrorCode): ErrorRow {
  const found = errorCatalogue[code];
  if (found === undefined) throw new RangeError(`no such error: ${code}`);
  return found;
}

/** The error that a caller sees for a refusal. */
export function errorOfRefusal(refusal: Refusal | Refused): HubError {
  return new HubError(refusal.code as ErrorCode, refusal.meta, { field: refusal.field });
}

/** Of a folder whose stored bytes are not those that were written; `more`: how many others of the same store. */
export function folderDamaged({ service, folder, code, problem }: { readonly service: string; readonly folder: string; readonly code: string; readonly problem: string }, more: number): HubError {
  return new HubError('FOLDER_DAMAGED', { folder, service, problem: `${code === '' ? '' : `${code}, `}${problem}${more === 0 ? '' : `; +${more}`}` });
}

/** What people read: the message with its holes filled, then the remedy. */
export function textOf(error: HubError, language: 'vi' | 'en'): string {
  const { message, remedy } = wordsFor(error.row, error.meta, language);
  return `${message} ${remedy}`;
}

/** What whoever runs the hub reads: as others do, but what a store says to do is said to them, not to a caller. */
export function operatorTextOf(error: HubError, language: 'vi' | 'en'): string {
  const { message } = wordsFor(error.row, error.meta, language);
  return error.cause instanceof StoreError ? `${message} ${error.cause.remedy[language]}` : textOf(error, language);
}

/** A short cause for `{problem}` holes; never a stack. */
export function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Any failure as an error of the catalogue. */
export function asHubError(cause: unknown): HubError {
  if (cause instanceof HubError) return cause;
  if (cause instanceof StoreError) return new HubError(cause.code, { file: cause.file }, { cause });
  return new HubError('INTERNAL', { problem: problemOf(cause), id: '' }, { cause });
}
