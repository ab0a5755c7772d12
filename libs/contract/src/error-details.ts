/** What stands behind a failed call: google.rpc.Status in the trailer `grpc-status-details-bin`, readable by every gRPC client. */
import type { Any } from './gen/google/protobuf/any.ts';
import { BadRequest, ErrorInfo, LocalizedMessage } from './gen/google/rpc/error_details.ts';
import { Status } from './gen/google/rpc/status.ts';

export type FieldViolation = { readonly field: string; readonly description: string };
export type ErrorDetails = {
  /** gRPC status code, 1 to 16. */
  readonly code: number;
  /** What went wrong and what to do, in Vietnamese. */
  readonly message: string;
  /** Upper case with underscores; '' when the peer gave none. */
  readonly reason: string;
  /** `lienthong.vn` for errors of the hub; '' when the peer gave none. */
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly FieldViolation[];
  /** The message in English; '' when there is none. */
  readonly english: string;
};

/** Name of the trailer. */
export const statusDetailsKey = 'grpc-status-details-bin';

/** Clients refuse trailers beyond 8 KiB; base64 takes a third more, and the message stands beside it percent-encoded. */
export const maxStatusDetailsBytes = 4096;

/** Longest value of `metadata` once the details must be cut. */
const cutCharacters = 48;

const typePrefix = 'type.googleapis.com/';
const types = { info: `${typePrefix}google.rpc.ErrorInfo`, request: `${typePrefix}google.rpc.BadRequest`, localized: `${typePrefix}google.rpc.LocalizedMessage` } as const;

/**
 * The bytes of the trailer, at most `maxStatusDetailsBytes`. What is too long loses, in this order: the English message, all violations but the first,
 * the ends of long texts. Code, reason and domain are always there.
 */
export function encodeErrorDetails(details: ErrorDetails): Uint8Array {
  let bytes = encode(details);
  for (const shorten of shortenings) {
    if (bytes.length <= maxStatusDetailsBytes) return bytes;
    bytes = encode(shorten(details));
  }
  return bytes;
}

const shortenings: readonly ((details: ErrorDetails) => ErrorDetails)[] = [
  (details) => ({ ...details, english: '' }),
  (details) => ({ ...details, english: '', violations: details.violations.slice(0, 1) }),
  (details) => ({ ...details, english: '', violations: [], message: cut(details.message), metadata: shortMetadata(details.metadata) }),
];

/** Whole characters: half a surrogate pair would not be text. */
function cut(text: string): string {
  return [...text].slice(0, cutCharacters).join('');
}

function shortMetadata(metadata: ErrorDetails['metadata']): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).slice(0, 8).map(([key, value]) => [cut(key), cut(value)]));
}

function encode(details: ErrorDetails): Uint8Array {
  const { code, message, reason, domain, metadata, violations, english } = details;
  const parts: Any[] = [any(types.info, ErrorInfo.encode({ reason, domain, metadata: { ...metadata } }).finish())];
  if (violations.length > 0) parts.push(any(types.request, BadRequest.encode({ fieldViolations: violations.map((one) => ({ ...one })) }).finish()));
  if (english !== '') parts.push(any(types.localized, LocalizedMessage.encode({ locale: 'en', message: english }).finish()));
  return Status.encode({ code, message, details: parts }).finish();
}

function any(typeUrl: string, value: Uint8Array): Any {
  return { typeUrl, value };
}

/** Reads the trailer. Throws when the bytes are no google.rpc.Status; details of other types are left out. */
export function decodeErrorDetails(bytes: Uint8Array): ErrorDetails {
  const status = Status.decode(bytes);
  const find = (type: string): Uint8Array | undefined => status.details.find((one) => one.typeUrl === type)?.value;
  const [info, request, localized] = [find(types.info), find(types.request), find(types.localized)];
  const { reason, domain, metadata } = info === undefined ? { reason: '', domain: '', metadata: {} } : ErrorInfo.decode(info);
  const violations = request === undefined ? [] : BadRequest.decode(request).fieldViolations.map(({ field, description }) => ({ field, description }));
  const english = localized === undefined ? '' : LocalizedMessage.decode(localized).message;
  return { code: status.code, message: status.message, reason, domain, metadata, violations, english };
}

/** What a client library throws, as far as it matters here. */
type CallError = { readonly metadata: { get(key: string): readonly (string | Uint8Array)[] } };

/** The details of a failed call. Undefined: the error did not come from a service of the hub, or its trailer is unreadable. */
export function errorDetailsOf(error: unknown): ErrorDetails | undefined {
  if (!isCallError(error)) return undefined;
  const trailer = error.metadata.get(statusDetailsKey)[0];
  if (!(trailer instanceof Uint8Array)) return undefined;
  try {
    return decodeErrorDetails(trailer);
  } catch {
    return undefined;
  }
}

function isCallError(error: unknown): error is CallError {
  return typeof error === 'object' && error !== null && 'metadata' in error && typeof (error.metadata as { get?: unknown } | null)?.get === 'function';
}
