/** Calls of one service of the contracts: promises and async iterables instead of callbacks and events. */
import { once } from 'node:events';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { CallOptions, ClientDuplexStream, ClientReadableStream, ClientWritableStream, ServiceError } from '@grpc/grpc-js';
import { defaultDeadlineMs, firstReconnectMs, maxMessageBytes, maxReconnectMs } from '../limits.ts';
import { forKey, languageKey, officeKey, officerKey, serviceKey, writeOfficer } from '../metadata-keys.ts';
import type { Language } from '../metadata-keys.ts';
import { callErrorOf, CallError } from './call-error.ts';

export type ClientOptions = {
  /** Id of the calling office; absent: the public. */
  readonly office?: string;
  readonly officer?: string;
  /** Incarnation of a calling service. */
  readonly service?: string;
  /** Address of the citizen for whom a service of the hub asks. */
  readonly askedFor?: string;
  /** Of unary calls and client streams, in milliseconds. Absent: 10 s. Streams of the server have a deadline only when the call names one. */
  readonly deadlineMs?: number;
  readonly language?: Language;
};

export type CallSettings = ClientOptions & {
  /** Cancels the call. */
  readonly signal?: AbortSignal;
};

type Definition<Q, R> = {
  readonly path: string; readonly requestStream: boolean; readonly responseStream: boolean;
  readonly requestSerialize: (message: Q) => Buffer; readonly responseDeserialize: (bytes: Buffer) => R;
};
type Many<M> = AsyncIterable<M> | Iterable<M>;
type CallOf<M> = M extends Definition<infer Q, infer R>
  ? M['requestStream'] extends true
    ? M['responseStream'] extends true ? (requests: Many<Q>, settings?: CallSettings) => AsyncIterable<R> : (requests: Many<Q>, settings?: CallSettings) => Promise<R>
    : M['responseStream'] extends true ? (request: Q, settings?: CallSettings) => AsyncIterable<R> : (request: Q, settings?: CallSettings) => Promise<R>
  : never;

/** One function per method. Each rejects (or its iteration does) with `CallError`. */
export type Calls<D> = { readonly [K in keyof D]: CallOf<D[K]> };
export type GrpcClient<D> = Calls<D> & {
  /** Ends the connection unless another client of the same address uses it. */
  close(): void;
};

/**
 * `definition`: e.g. `intake.IntakeService`. `address`: `127.0.0.1:50051`, or those of several instances with commas between; calls then go to each in turn, and what one
 * cannot take (it is stopping, or gone) is tried at another: every call that changes something carries a request id, so a repeat changes nothing. Connects with the first call; clients of one address share a connection.
 * Requests are whole messages: build them with `intake.SubmitDossierRequest.fromPartial({…})`.
 */
export function grpcClient<D extends object>(definition: D, address: string, options: ClientOptions = {}): GrpcClient<D> {
  const several = address.includes(',');
  const client = new Client(several ? `ipv4:${address}` : address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.enable_channelz': 0,
    'grpc.initial_reconnect_backoff_ms': firstReconnectMs,
    'grpc.max_reconnect_backoff_ms': maxReconnectMs,
    ...(several ? { 'grpc.service_config': overInstances } : {}),
  });
  const calls = Object.entries(definition as Record<string, Definition<unknown, unknown>>).map(([name, method]) => [name, callOf(client, method, { ...options, waits: several, address })]);
  return Object.assign(Object.fromEntries(calls) as Calls<D>, { close: () => client.close() });
}

/** The documented retry policy: docs/OPERATIONS.md tells it to whoever writes another client. That a call waits for a connection is a matter of each call: grpc-js does not take it from here. */
const overInstances = JSON.stringify({
  loadBalancingConfig: [{ round_robin: {} }],
  methodConfig: [{ name: [{}], retryPolicy: { maxAttempts: 5, initialBackoff: '0.1s', maxBackoff: '1s', backoffMultiplier: 2, retryableStatusCodes: ['UNAVAILABLE'] } }],
});

/** `waits`: for a connection, until the call's deadline, instead of failing while there is none. */
type Defaults = ClientOptions & { readonly waits: boolean; readonly address: string };
type Callee = { readonly method: string; readonly address: string };

function callOf(client: Client, method: Definition<unknown, unknown>, defaults: Defaults): unknown {
  const { path, requestSerialize: encode, responseDeserialize: decode } = method;
  const shared = metadataOf(defaults), callee = { method: path, address: defaults.address };
  const metadata = (own: CallSettings | undefined): Metadata => own === undefined ? shared : metadataOf({ ...defaults, ...own });
  const bounded = (own: CallSettings | undefined): CallOptions => ({ deadline: Date.now() + (own?.deadlineMs ?? defaults.deadlineMs ?? defaultDeadlineMs) });
  const unbounded = (own: CallSettings | undefined): CallOptions => own?.deadlineMs === undefined ? {} : { deadline: Date.now() + own.deadlineMs };
  if (method.requestStream && method.responseStream) {
    return (requests: Many<unknown>, own?: CallSettings) => exchange(callee, requests, client.makeBidiStreamRequest(path, encode, decode, metadata(own), unbounded(own)), own?.signal);
  }
  if (method.requestStream) {
    return (requests: Many<unknown>, own?: CallSettings) => answerOf(callee, own?.signal, (done) => {
      const call = client.makeClientStreamRequest(path, encode, decode, metadata(own), bounded(own), done);
      feed(call, requests);
      return call;
    });
  }
  if (method.responseStream) {
    return (request: unknown, own?: CallSettings) => received(callee, client.makeServerStreamRequest(path, encode, decode, request, metadata(own), unbounded(own)), own?.signal);
  }
  return (request: unknown, own?: CallSettings) => answerOf(callee, own?.signal, (done) => client.makeUnaryRequest(path, encode, decode, request, metadata(own), bounded(own), done));
}

function metadataOf({ office = '', officer = '', service = '', askedFor = '', language, waits }: Defaults): Metadata {
  const metadata = new Metadata({ waitForReady: waits });
  if (office !== '') metadata.set(officeKey, office);
  if (officer !== '') metadata.set(officerKey, writeOfficer(officer));
  if (service !== '') metadata.set(serviceKey, service);
  if (askedFor !== '') metadata.set(forKey, askedFor);
  if (language !== undefined) metadata.set(languageKey, language);
  return metadata;
}

type Done = (error: ServiceError | null, reply?: unknown) => void;

function answerOf({ method, address }: Callee, signal: AbortSignal | undefined, start: (done: Done) => { cancel(): void }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = start((error, reply) => {
      signal?.removeEventListener('abort', cancel);
      if (error === null) resolve(reply);
      else reject(new CallError(method, error, address));
    });
    const cancel = (): void => call.cancel();
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });
}

type Incoming = Pick<ClientReadableStream<unknown>, 'cancel'> & AsyncIterable<unknown>;

/** Whoever stops reading cancels the call. */
async function* received(callee: Callee, call: Incoming, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
  const cancel = (): void => call.cancel();
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    yield* call;
  } catch (error) {
    throw callErrorOf(callee.method, error, callee.address);
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

async function* exchange(callee: Callee, requests: Many<unknown>, call: ClientDuplexStream<unknown, unknown>, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
  feed(call, requests);
  yield* received(callee, call, signal);
}

/** Sends as fast as the server reads. A source that fails cancels the call. */
function feed(call: ClientWritableStream<unknown> | ClientDuplexStream<unknown, unknown>, requests: Many<unknown>): void {
  const run = async (): Promise<void> => {
    for await (const request of requests) {
      if (call.destroyed || call.writableEnded) return;
      if (!call.write(request)) await once(call, 'drain');
    }
    call.end();
  };
  run().catch(() => call.cancel());
}
