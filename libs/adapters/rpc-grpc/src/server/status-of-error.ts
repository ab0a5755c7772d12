/** What a caller sees of an error: gRPC status, text in the caller's language, and the details every gRPC client can read. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { Metadata, status as grpcStatus } from '@grpc/grpc-js';
import { encodeErrorDetails, statusDetailsKey } from '@lienthong/contract';
import { asHubError, errorDomain, HubError, StoreError, textOf } from '@lienthong/kernel';
import { wordsFor } from '@lienthong/law';
import type { Language } from '../metadata-keys.ts';

export type CallStatus = { readonly code: grpcStatus; readonly details: string; readonly metadata: Metadata };

/** Where defects are written; pino's shape. */
export type ErrorLog = { error(fields: object, message: string): void };

/** Field, remedy and next move stand in the metadata of ErrorInfo, beside what fills the holes of the message. */
export function statusOfError(thrown: HubError, language: Language): CallStatus {
  const error = bounded(thrown), { row, meta, field } = error;
  const { message, remedy } = wordsFor(row, meta, 'vi'), vietnamese = `${message} ${remedy}`;
  const english = textOf(error, 'en');
  const code = grpcStatus[row.status];
  const metadata = new Metadata();
  metadata.set(statusDetailsKey, Buffer.from(encodeErrorDetails({
    code,
    message: vietnamese,
    reason: error.code,
    domain: errorDomain,
    metadata: { ...meta, ...(field === '' ? {} : { field }), remedy, next: row.next },
    violations: field === '' ? [] : [{ field, description: message }],
    english,
  })));
  return { code, details: cutMessage(language === 'en' ? english : vietnamese), metadata };
}

/** Characters of all that fills the holes of a message, and of one of them once it is more: what a caller sent comes back in it, and clients take no trailers beyond 8 KiB. */
const maxHolesCharacters = 1_500, maxHoleCharacters = 200;
/** Bytes of the percent-encoded message beside the details. */
const maxMessageBytes = 2_400;

function bounded(error: HubError): HubError {
  const { code, meta, field } = error, holes = Object.entries(meta);
  if (field.length <= maxHoleCharacters && holes.reduce((sum, [, value]) => sum + value.length, 0) <= maxHolesCharacters) return error;
  return new HubError(code, Object.fromEntries(holes.map(([name, value]) => [name, cut(value, maxHoleCharacters)])), { field: cut(field, maxHoleCharacters), cause: error });
}

function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters).toWellFormed()}…`;
}

/** grpc-js percent-encodes the text and fails on half a surrogate pair. */
function cutMessage(text: string): string {
  const whole = text.toWellFormed();
  if (encodeURI(whole).length <= maxMessageBytes) return whole;
  // A character takes at most nine bytes, half a pair as well.
  return cut(whole, Math.floor(maxMessageBytes / 9) - 1);
}

/**
 * What was thrown, as it may be shown. A store that fails is shown without its folder; anything else that is no HubError is a defect, written to the log
 * under an id and shown as that id alone.
 */
export function shownError(thrown: unknown, method: string, log: ErrorLog): HubError {
  if (thrown instanceof HubError && thrown.code !== 'INTERNAL') return thrown;
  const id = randomUUID().slice(0, 8);
  log.error({ err: thrown, method, id }, 'a handler failed');
  if (thrown instanceof StoreError) return asHubError(new StoreError(thrown.code, basename(thrown.file), thrown.remedy, thrown));
  return new HubError('INTERNAL', { problem: method, id }, { cause: thrown });
}
