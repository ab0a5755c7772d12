/** Calls with a stream on either side. Flow control of HTTP/2 bounds what is under way; nothing is queued beyond it. */
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { handleBidiStreamingCall, handleClientStreamingCall, handleServerStreamingCall } from '@grpc/grpc-js';
import { HubError } from '@lienthong/kernel';
import type { BidiStream, ClientStream, ServerStream } from '@lienthong/kernel';
import { refusedStreamMs } from '../limits.ts';
import { admit, failure } from './admission.ts';
import type { Arriving, Gate } from './admission.ts';
import type { GrpcCall } from './grpc-call.ts';
import { Undecoded } from './undecoded.ts';

export function serverStreamHandler(method: string, handler: ServerStream<unknown, unknown>, gate: Gate): handleServerStreamingCall<unknown, unknown> {
  return (call) => {
    const { request } = call;
    const fail = (thrown: unknown): void => { call.emit('error', failure(thrown, method, call, gate)); };
    if (request instanceof Undecoded) return fail(request.error);
    const admitted = admit(method, call, gate);
    if (admitted instanceof HubError) return fail(admitted);
    const leave = gate.places.take(admitted.caller);
    if (leave instanceof HubError) return fail(leave);
    atWork(admitted, gate, () => send(handler(request, admitted), call, admitted)).finally(leave).then(() => call.end(), fail);
  };
}

export function clientStreamHandler(method: string, handler: ClientStream<unknown, unknown>, gate: Gate): handleClientStreamingCall<unknown, unknown> {
  return (call, callback) => {
    const fail = (thrown: unknown): void => callback(failure(thrown, method, call, gate));
    const admitted = admit(method, call, gate);
    if (admitted instanceof HubError) return void brokenOr(admitted, call).then(fail);
    atWork(admitted, gate, () => handler(messages(call, admitted), admitted)).then((reply) => callback(null, reply), fail);
  };
}

export function bidiStreamHandler(method: string, handler: BidiStream<unknown, unknown>, gate: Gate): handleBidiStreamingCall<unknown, unknown> {
  return (call) => {
    const fail = (thrown: unknown): void => { call.emit('error', failure(thrown, method, call, gate)); };
    const admitted = admit(method, call, gate);
    if (admitted instanceof HubError) return void brokenOr(admitted, call).then(fail);
    atWork(admitted, gate, () => send(handler(messages(call, admitted), admitted), call, admitted)).then(() => call.end(), fail);
  };
}

async function atWork<T>(call: GrpcCall, gate: Gate, run: () => Promise<T>): Promise<T> {
  gate.streams.add(call);
  try {
    return await run();
  } catch (thrown) {
    throw call.explained(thrown);
  } finally {
    gate.streams.delete(call);
  }
}

/** Writes as fast as the caller reads. A handler that waits must end when its signal is aborted. */
async function send(replies: AsyncIterable<unknown>, to: Writable & Arriving, call: GrpcCall): Promise<void> {
  const { signal } = call;
  for await (const reply of replies) {
    if (signal.aborted) throw signal.reason;
    if (!to.write(reply)) await once(to, 'drain', { signal });
  }
}

/** Messages as they are asked for. A broken one, or a caller that leaves, ends the iteration with an error. */
async function* messages(from: Readable & Arriving, call: GrpcCall): AsyncGenerator<unknown> {
  try {
    // The other half of the stream may still be written after a handler has read enough.
    for await (const message of from.iterator({ destroyOnReturn: false })) {
      if (message instanceof Undecoded) throw message.error;
      yield message;
    }
  } catch (thrown) {
    throw from.cancelled && !(thrown instanceof HubError) ? call.endedBy() : thrown;
  }
}

/** Broken bytes get their own reason whoever sends them; but a refused caller is not heard longer than `refusedStreamMs`. */
async function brokenOr(refusal: HubError, from: Readable & Arriving): Promise<HubError> {
  const signal = AbortSignal.timeout(refusedStreamMs);
  try {
    await Promise.race([once(from, 'readable', { signal }), once(from, 'cancelled', { signal })]);
    const message: unknown = from.read();
    return message instanceof Undecoded ? message.error : refusal;
  } catch {
    return refusal;
  }
}
