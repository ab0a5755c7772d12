/** The server as seen from outside, over real connections. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { errorDetailsOf } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CallError, grpcClient, grpcServer, ListenError, maxMessageBytes } from '../src/index.ts';
import type { GrpcClient, GrpcServer } from '../src/index.ts';
import { echoService, EchoService, text } from './echo-service.ts';
import type { Seen } from './echo-service.ts';

const seen: Seen = { calls: [], messages: 0, written: 0, ended: [] };
const logged: object[] = [];
let serving = true;
let changed = (): void => {};
let server: GrpcServer;
let address: string;
let client: GrpcClient<typeof EchoService>;
let raw: Client;

const options = () => ({
  services: [echoService(seen)],
  access: (method: string, caller: { office: string }) => caller.office === 'banned' ? new HubError('CALLER_NOT_ALLOWED', { caller: caller.office, method }) : undefined,
  port: 0,
  health: { readiness: () => ({ ok: serving }), onChange: (tell: () => void) => { changed = tell; return () => {}; } },
  log: { error: (fields: object) => { logged.push(fields); } },
});

beforeAll(async () => {
  server = grpcServer(options());
  address = `127.0.0.1:${await server.start()}`;
  client = grpcClient(EchoService, address, { office: 'land-1', officer: 'Nguyễn Thị An', deadlineMs: 5_000 });
  raw = new Client(address, credentials.createInsecure());
});
afterAll(async () => {
  raw.close();
  client.close();
  await server.stop(100);
});
beforeEach(() => { Object.assign(seen, { calls: [], messages: 0, written: 0, ended: [] }); logged.length = 0; });

const failureOf = async (call: Promise<unknown> | AsyncIterable<unknown>): Promise<CallError> => {
  try {
    if (call instanceof Promise) await call;
    else for await (const _ of call);
  } catch (error) {
    if (error instanceof CallError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
};

/** Sends bytes as they are. */
const sendRaw = (path: string, messages: readonly Buffer[], stream: boolean, metadata = new Metadata()): Promise<ServiceError> => new Promise((resolve, reject) => {
  const keep = (bytes: Buffer): Buffer => bytes;
  const done = (error: ServiceError | null): void => error === null ? reject(new Error('the call succeeded')) : resolve(error);
  if (!stream) return void raw.makeUnaryRequest(path, keep, keep, messages[0] ?? Buffer.alloc(0), metadata, { deadline: Date.now() + 5_000 }, done);
  const call = raw.makeClientStreamRequest(path, keep, keep, metadata, { deadline: Date.now() + 5_000 }, done);
  for (const message of messages) call.write(message);
  call.end();
});

describe('calls of all kinds', () => {
  test('unary: the handler sees the caller, the caller sees the reply', async () => {
    expect(await client.say(text('chào', 'x'.repeat(1_500)))).toMatchObject({ vi: 'chào' });
    expect(seen.calls[0]?.caller).toMatchObject({ office: 'land-1', officer: 'Nguyễn Thị An', service: '' });
    expect(seen.calls[0]?.method).toBe('/lienthong.test.v1.Echo/Say');
    expect(seen.calls[0]?.caller.peer).toMatch(/^127\.0\.0\.1:\d+$/);
  });
  test('server stream, in order', async () => {
    const got: string[] = [];
    for await (const { vi } of client.count(text('100', 'x'))) got.push(vi);
    expect(got).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
  });
  test('client stream: all messages, or as many as the handler wants', async () => {
    expect((await client.join(['a', 'b', 'c'].map((vi) => text(vi)))).vi).toBe('a b c');
    expect((await client.join(['a', 'enough', 'c'].map((vi) => text(vi)))).vi).toBe('a enough');
  });
  test('both ways', async () => {
    const got: string[] = [];
    for await (const { vi } of client.chat(['một', 'hai'].map((vi) => text(vi)))) got.push(vi);
    expect(got).toEqual(['một!', 'hai!']);
  });
});

describe('errors', () => {
  test('a HubError keeps its code, field, remedy and Vietnamese text', async () => {
    const error = await failureOf(client.say(text('refuse', 'abc')));
    expect(error).toMatchObject({ status: 'NOT_FOUND', reason: 'UNKNOWN_DOCUMENT', domain: 'lienthong.vn', field: 'digest', metadata: { digest: 'abc', next: 'stop', remedy: 'Tải tài liệu lên trước.' } });
    expect(error.message).toBe('Không có tài liệu abc. Tải tài liệu lên trước.');
    expect(error.english).toBe('There is no document abc. Upload it first.');
    expect(error.retryable).toBe(false);
    expect(errorDetailsOf(error.cause)?.violations).toEqual([{ field: 'digest', description: 'Không có tài liệu abc.' }]);
    expect((await failureOf(client.say(text('refuse', 'abc'), { language: 'en' }))).message).toBe('There is no document abc. Upload it first.');
  });
  test('half a surrogate pair in a value does not spoil the answer', async () => {
    const error = await failureOf(client.say(text('refuse', 'a\u{1F600}'.repeat(3_000))));
    expect(error.reason).toBe('UNKNOWN_DOCUMENT');
  });
  test('anything else is a defect: an id for the caller, the stack for the log', async () => {
    const error = await failureOf(client.say(text('crash')));
    expect(error).toMatchObject({ status: 'INTERNAL', reason: 'INTERNAL', metadata: { id: expect.stringMatching(/^[0-9a-f]{8}$/) as string } });
    expect(JSON.stringify(errorDetailsOf(error.cause)) + error.message).not.toContain('secret');
    expect(logged).toMatchObject([{ id: error.metadata.id, err: { message: 'a secret of the implementation' } }]);
    expect(await failureOf(client.say(text('garble')))).toMatchObject({ reason: 'INTERNAL' });
    expect(logged).toHaveLength(2);
  });
  test('an unknown method', async () => {
    const error = await sendRaw('/lienthong.test.v1.Echo/Shout', [Buffer.alloc(0)], false);
    expect(error.code).toBe(status.UNIMPLEMENTED);
    expect(errorDetailsOf(error)).toMatchObject({ reason: 'UNKNOWN_METHOD', domain: 'lienthong.vn', metadata: { method: '/lienthong.test.v1.Echo/Shout' } });
  });
});

describe('bytes that are no message', () => {
  const garbage = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]);
  test.each([['Say', false], ['Count', false], ['Join', true], ['Chat', true]] as const)('%s', async (name, stream) => {
    const error = await sendRaw(`/lienthong.test.v1.Echo/${name}`, [garbage], stream);
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(errorDetailsOf(error)).toMatchObject({ reason: 'MALFORMED_MESSAGE', domain: 'lienthong.vn' });
    expect(seen.calls).toEqual([]);
  });
  test('later in a stream', async () => {
    const error = await sendRaw('/lienthong.test.v1.Echo/Join', [EchoService.join.requestSerialize(text('a')), garbage], true);
    expect(errorDetailsOf(error)?.reason).toBe('MALFORMED_MESSAGE');
    expect(seen.messages).toBe(1);
  });
  test.each([['/grpc.health.v1.Health/Check', false], ['/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', true]] as const)('%s', async (path, stream) => {
    expect(errorDetailsOf(await sendRaw(path, [garbage], stream))?.reason).toBe('MALFORMED_MESSAGE');
  });
  test('their reason comes before the reason of a refused caller', async () => {
    const banned = new Metadata();
    banned.set('lienthong-office', 'banned');
    for (const [name, stream] of [['Say', false], ['Join', true], ['Chat', true]] as const) {
      expect(errorDetailsOf(await sendRaw(`/lienthong.test.v1.Echo/${name}`, [garbage], stream, banned))?.reason).toBe('MALFORMED_MESSAGE');
      expect(errorDetailsOf(await sendRaw(`/lienthong.test.v1.Echo/${name}`, [EchoService.say.requestSerialize(text('a'))], stream, banned))?.reason).toBe('CALLER_NOT_ALLOWED');
    }
    expect(seen).toMatchObject({ calls: [], messages: 0 });
  });
  test('a message above the limit', async () => {
    for (const [name, stream] of [['Say', false], ['Join', true]] as const) {
      const error = await sendRaw(`/lienthong.test.v1.Echo/${name}`, [Buffer.alloc(maxMessageBytes + 1)], stream);
      expect(error.code).toBe(status.OUT_OF_RANGE);
      expect(errorDetailsOf(error)).toMatchObject({ reason: 'MESSAGE_TOO_LARGE', metadata: { bytes: String(maxMessageBytes + 1), limit: String(maxMessageBytes) } });
    }
  });
  test('a message of the limit is taken', async () => {
    const payload = 'x'.repeat(maxMessageBytes - 100);
    expect((await client.join([text(payload)])).vi).toHaveLength(payload.length);
  });
});

describe('callers', () => {
  test.each(['land 1', 'văn-phòng', '../x', 'x'.repeat(101)])('metadata that is no office: %s', async (office) => {
    const metadata = new Metadata();
    try { metadata.set('lienthong-office', office); } catch { return; }
    const error = await sendRaw('/lienthong.test.v1.Echo/Say', [Buffer.alloc(0)], false, metadata);
    expect(errorDetailsOf(error)).toMatchObject({ reason: 'CALLER_UNKNOWN', metadata: { field: 'lienthong-office' } });
    expect(seen.calls).toEqual([]);
  });
  test('without metadata: the public', async () => {
    await grpcClient(EchoService, address).say(text('a'));
    expect(seen.calls[0]?.caller).toMatchObject({ office: '', officer: '' });
  });
});

describe('deadlines and cancellation', () => {
  test('a deadline of 1 ms', async () => {
    expect(await failureOf(client.say(text('wait'), { deadlineMs: 1 }))).toMatchObject({ status: 'DEADLINE_EXCEEDED' });
  });
  test('the deadline aborts the handler', async () => {
    expect((await failureOf(client.say(text('wait'), { deadlineMs: 50 }))).status).toBe('DEADLINE_EXCEEDED');
    await expect.poll(() => seen.ended).toHaveLength(1);
    expect(['DEADLINE_EXCEEDED', 'CANCELLED']).toContain(seen.ended[0]);
  });
  test('the server gives a reason itself when the client does not give up', async () => {
    const late = await new Promise<ServiceError>((resolve) => {
      const metadata = new Metadata();
      metadata.set('grpc-timeout', '30m');
      const keep = (bytes: Buffer): Buffer => bytes;
      raw.makeUnaryRequest('/lienthong.test.v1.Echo/Say', keep, keep, EchoService.say.requestSerialize(text('wait')), metadata, (error) => resolve(error as ServiceError));
    });
    expect(late.code).toBe(status.DEADLINE_EXCEEDED);
    expect(errorDetailsOf(late)?.reason).toBe('DEADLINE_EXCEEDED');
    await expect.poll(() => seen.ended).toContain('DEADLINE_EXCEEDED');
  });
  test('a caller that leaves ends the handler', async () => {
    const leaving = new AbortController();
    const failing = failureOf(client.say(text('wait'), { signal: leaving.signal }));
    await expect.poll(() => seen.calls.length).toBe(1);
    leaving.abort();
    expect((await failing).status).toBe('CANCELLED');
    await expect.poll(() => seen.ended).toContain('CANCELLED');
  });
  test('a reader that stops ends the stream', async () => {
    for await (const { vi } of client.count(text('forever'))) if (vi === '0') break;
    await expect.poll(() => seen.ended).toContain('CANCELLED');
  });
  test('a slow reader slows the handler down', async () => {
    const stream = client.count(text('forever', 'x'.repeat(16 * 1024)))[Symbol.asyncIterator]();
    await stream.next();
    await sleep(100);
    const early = seen.written;
    await sleep(100);
    expect(seen.written).toBe(early);
    expect(early).toBeLessThan(200);
    await stream.return?.();
  });
});

describe('health, reflection, start and stop', () => {
  const loaded = async (name: string): Promise<Record<string, never>> => (await import(name) as { default: { service: Record<string, never> } }).default.service;
  test('health follows readiness', async () => {
    const health = grpcClient(await loaded('grpc-health-check'), address) as unknown as {
      Check(q: object): Promise<{ status: string }>; Watch(q: object): AsyncIterable<{ status: string }>;
    };
    expect(await health.Check({ service: '' })).toEqual({ status: 'SERVING' });
    expect(await health.Check({ service: 'lienthong.test.v1.Echo' })).toEqual({ status: 'SERVING' });
    expect(await failureOf(health.Check({ service: 'nobody' }))).toMatchObject({ status: 'NOT_FOUND', reason: 'UNKNOWN_SERVICE' });
    const told: string[] = [];
    for await (const answer of health.Watch({ service: '' })) {
      told.push(answer.status);
      if (told.length === 2) break;
      serving = false;
      changed();
    }
    serving = true;
    expect(told).toEqual(['SERVING', 'NOT_SERVING']);
  });
  test('a taken port is named', async () => {
    const port = Number(address.split(':')[1]);
    const error: unknown = await grpcServer({ ...options(), port }).start().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ListenError);
    expect(error).toMatchObject({ host: '127.0.0.1', port });
  });
  test('stop ends streams, lets calls finish and cuts off what does not', async () => {
    const other = grpcServer(options());
    const own = grpcClient(EchoService, `127.0.0.1:${await other.start()}`);
    const watching = failureOf(own.count(text('forever')));
    const waiting = failureOf(own.say(text('wait')));
    await expect.poll(() => seen.calls.length + seen.written).toBe(2);
    await other.stop(200);
    expect(await watching).toMatchObject({ status: 'UNAVAILABLE', reason: 'STOPPING' });
    expect(['UNAVAILABLE', 'CANCELLED']).toContain((await waiting).status);
    own.close();
  });
  test('a service without all its handlers is not started', () => {
    const { say: _, ...rest } = echoService(seen).handlers;
    expect(() => grpcServer({ ...options(), services: [{ definition: EchoService, handlers: rest }] })).toThrow('Echo/Say has no handler');
  });
});
