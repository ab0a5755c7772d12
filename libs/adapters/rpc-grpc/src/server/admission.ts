/** What stands before every handler: bytes first, then who calls. */
import { HubError } from '@lienthong/kernel';
import type { Access } from '@lienthong/kernel';
import type { Metadata } from '@grpc/grpc-js';
import { callerOf, languageOf } from './caller-of.ts';
import { GrpcCall } from './grpc-call.ts';
import type { Surface } from './grpc-call.ts';
import { shownError, statusOfError } from './status-of-error.ts';
import type { CallStatus, ErrorLog } from './status-of-error.ts';
import type { StreamPlaces } from './stream-places.ts';

export type Arriving = Surface & { readonly metadata: Metadata; getPeer(): string };

/** What all methods of a server share. */
export type Gate = {
  readonly access: Access;
  readonly log: ErrorLog;
  /** Streams at work: told when the server stops. */
  readonly streams: Set<GrpcCall>;
  readonly places: StreamPlaces;
};

/** The call as its handler may have it, or why it may not. */
export function admit(method: string, call: Arriving, gate: Gate): GrpcCall | HubError {
  const caller = callerOf(call);
  if (caller instanceof HubError) return caller;
  return gate.access(method, caller) ?? new GrpcCall(method, caller, call);
}

/** What the caller sees of whatever was thrown. */
export function failure(thrown: unknown, method: string, call: Arriving, gate: Gate): CallStatus {
  return statusOfError(shownError(thrown, method, gate.log), languageOf(call.metadata));
}
