/** A failed call as its caller sees it. */
import type { ServiceError } from '@grpc/grpc-js';
import { status as grpcStatus } from '@grpc/grpc-js';
import { errorDetailsOf } from '@lienthong/contract';

export type StatusName = keyof typeof grpcStatus;

export class CallError extends Error {
  /** gRPC status, e.g. `FAILED_PRECONDITION`. */
  readonly status: StatusName;
  /** Code of the error catalogue; '' when the error did not come from the hub (unreachable, deadline of the client). */
  readonly reason: string;
  readonly domain: string;
  /** What fills the message, with `remedy` and `next` (`stop`, `retry`, `park`). */
  readonly metadata: Readonly<Record<string, string>>;
  /** The request field at fault; '' when none is. */
  readonly field: string;
  /** The message in English; the same as `message` when there is none. */
  readonly english: string;
  readonly method: string;
  /** Where the call went: one address, or several with commas between. */
  readonly address: string;

  constructor(method: string, error: ServiceError, address = '') {
    super(error.details || error.message, { cause: error });
    const details = errorDetailsOf(error);
    this.name = 'CallError';
    this.method = method;
    this.address = address;
    this.status = grpcStatus[error.code] as StatusName;
    this.reason = details?.reason ?? '';
    this.domain = details?.domain ?? '';
    this.metadata = details?.metadata ?? {};
    this.field = details?.metadata.field ?? '';
    this.english = details?.english || this.message;
  }

  /** True when the same call, with the same request_id, may succeed later. */
  get retryable(): boolean {
    const { next } = this.metadata;
    return next === undefined ? this.status === 'UNAVAILABLE' || this.status === 'DEADLINE_EXCEEDED' : next === 'retry';
  }
}

/** Anything that is no error of a call passes as it is. */
export function callErrorOf(method: string, error: unknown, address: string): unknown {
  const isCall = error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
  return isCall ? new CallError(method, error as ServiceError, address) : error;
}
