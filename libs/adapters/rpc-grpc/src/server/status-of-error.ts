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
export function statusOfError(error: HubError, language: Language): CallStatus {
  const { row, meta, field } = error;
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
  // grpc-js percent-encodes the text and fails on half a surrogate pair.
  return { code, details: (language === 'en' ? english : vietnamese).toWellFormed(), metadata };
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
