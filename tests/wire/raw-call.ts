/** Calls that send bytes as they are, as a client that errs would. */
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { errorDetailsOf } from '@lienthong/contract';
import type { ContractMethod } from './contract-methods.ts';

/** How a call ended; `reason` is '' when the answer bore none, and `OK` when it succeeded. */
export type Ended = { readonly status: string; readonly reason: string; readonly domain: string; readonly field: string; readonly message: string };

export type RawCalls = {
  call(method: Pick<ContractMethod, 'path' | 'requestStream' | 'responseStream'>, messages: readonly Uint8Array[], metadata?: Readonly<Record<string, string>>): Promise<Ended>;
  close(): void;
};

/** Longest answer, in milliseconds. */
const callMs = 10_000;
const keep = (bytes: Buffer): Buffer => bytes;
const succeeded: Ended = { status: 'OK', reason: 'OK', domain: '', field: '', message: '' };

export function rawCalls(address: string): RawCalls {
  const client = new Client(address, credentials.createInsecure());
  return {
    call: (method, messages, fields = {}) => new Promise((resolve) => {
      const metadata = new Metadata();
      for (const [key, value] of Object.entries(fields)) metadata.set(key, value);
      const options = 'grpc-timeout' in fields ? {} : { deadline: Date.now() + callMs };
      const buffers = messages.map((one) => Buffer.from(one));
      const done = (error: ServiceError | null): void => resolve(endedBy(error));
      const first = buffers[0] ?? Buffer.alloc(0);
      if (!method.requestStream && !method.responseStream) return void client.makeUnaryRequest(method.path, keep, keep, first, metadata, options, done);
      if (!method.requestStream) return void listen(client.makeServerStreamRequest(method.path, keep, keep, first, metadata, options), done);
      const sending = method.responseStream ? client.makeBidiStreamRequest(method.path, keep, keep, metadata, options) : client.makeClientStreamRequest(method.path, keep, keep, metadata, options, done);
      if ('read' in sending) listen(sending, done);
      for (const message of buffers) sending.write(message);
      sending.end();
    }),
    close: () => client.close(),
  };
}

type Listened = { on(event: 'data' | 'end', listener: () => void): unknown; on(event: 'error', listener: (error: ServiceError) => void): unknown };

function listen(stream: Listened, done: (error: ServiceError | null) => void): void {
  stream.on('data', () => {});
  stream.on('error', done);
  stream.on('end', () => done(null));
}

function endedBy(error: ServiceError | null): Ended {
  if (error === null) return succeeded;
  const details = errorDetailsOf(error);
  return { status: status[error.code] ?? '', reason: details?.reason ?? '', domain: details?.domain ?? '', field: details?.metadata.field ?? '', message: error.details };
}
