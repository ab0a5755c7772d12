/** How a service answers calls, whatever carries them: handlers know messages and callers, never a transport. */
import type { OfficeId } from '@lienthong/law';
import type { HubError } from '../errors.ts';

/** Who calls. Until identities arrive these come as metadata `lienthong-office` and `lienthong-officer`, on loopback only. */
export type Caller = {
  /** Office that speaks; '' for the public. */
  readonly office: OfficeId;
  /** Officer at that office; '' for a system of the office. */
  readonly officer: string;
  /** Service incarnation for calls between services; '' otherwise. */
  readonly service: string;
  /** Address of the peer, for slowing down guesses; never logged with personal data. */
  readonly peer: string;
};

/** Whether `peer` (`<address>` or `<address>:<port>`) is this machine: 127.0.0.0/8 or ::1. */
export function isLoopback(peer: string): boolean {
  return /^(::ffff:)?127\.|^::1(:\d+)?$/.test(peer);
}

export type Call = {
  readonly caller: Caller;
  /** Full method name, e.g. `/lienthong.intake.v1.Intake/SubmitDossier`. */
  readonly method: string;
  /** Aborted when the caller leaves or the deadline passes. */
  readonly signal: AbortSignal;
};

export type Unary<Q, R> = (request: Q, call: Call) => Promise<R>;
export type ServerStream<Q, R> = (request: Q, call: Call) => AsyncIterable<R>;
export type ClientStream<Q, R> = (requests: AsyncIterable<Q>, call: Call) => Promise<R>;
export type BidiStream<Q, R> = (requests: AsyncIterable<Q>, call: Call) => AsyncIterable<R>;

/**
 * A service of the contracts with its handlers by method name (`submitDossier`), as the generated definition spells it.
 * A handler throws `HubError` and nothing else; anything else is a defect and leaves as INTERNAL without a stack.
 */
export type RpcService<D> = { readonly definition: D; readonly handlers: Handlers<D> };

type Message<F> = F extends (bytes: never) => infer M ? M : F extends (value: infer M) => unknown ? M : never;
type Method = { readonly requestStream: boolean; readonly responseStream: boolean; readonly requestDeserialize: (bytes: never) => unknown; readonly responseDeserialize: (bytes: never) => unknown };
type HandlerOf<M> = M extends Method
  ? M['requestStream'] extends true
    ? M['responseStream'] extends true ? BidiStream<Message<M['requestDeserialize']>, Message<M['responseDeserialize']>> : ClientStream<Message<M['requestDeserialize']>, Message<M['responseDeserialize']>>
    : M['responseStream'] extends true ? ServerStream<Message<M['requestDeserialize']>, Message<M['responseDeserialize']>> : Unary<Message<M['requestDeserialize']>, Message<M['responseDeserialize']>>
  : never;

/** One handler per method of a generated definition, typed by its messages. */
export type Handlers<D> = { readonly [K in keyof D]: HandlerOf<D[K]> };

/** Any handler. Its request is what its method decodes; the transport never looks into it. */
export type AnyHandler = (request: never, call: Call) => Promise<unknown> | AsyncIterable<unknown>;

/** A service with its message types forgotten, as a transport takes it. */
export type AnyRpcService = { readonly definition: object; readonly handlers: Readonly<Record<string, AnyHandler>> };

/**
 * Whether a caller may call a method: undefined when it may, otherwise the error that it gets. Asked before every call, so it must be a look-up.
 * What is not listed is refused.
 */
export type Access = (method: string, caller: Caller) => HubError | undefined;
