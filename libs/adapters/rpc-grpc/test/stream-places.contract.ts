/** One caller opens stream after stream: at the bound it is refused, the others are not, and what ends makes room. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallError, grpcClient, grpcServer, maxStreamsPerCaller, maxStreamsPerOffice } from '../src/index.ts';
import type { GrpcClient, GrpcServer } from '../src/index.ts';
import { echoService, EchoService, text } from './echo-service.ts';
import type { Seen } from './echo-service.ts';

const seen: Seen = { calls: [], messages: 0, written: 0, ended: [] };
let server: GrpcServer;
let client: GrpcClient<typeof EchoService>;
const newServer = (): GrpcServer => grpcServer({ services: [echoService(seen)], access: () => undefined, port: 0, health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: { error: () => {} } });
beforeAll(async () => {
  server = newServer();
  client = grpcClient(EchoService, `127.0.0.1:${await server.start()}`);
});
afterAll(async () => {
  client.close();
  await server.stop(100);
});

type Who = { readonly office?: string; readonly officer?: string; readonly service?: string; readonly askedFor?: string };
type Open = { readonly answer: string; close(): Promise<unknown> };

/** A stream that says one thing and then nothing more; `answer`: what was said, or why not. */
async function watch(who: Who, by = client): Promise<Open> {
  const stream = by.count(text('forever'), who)[Symbol.asyncIterator]();
  const answer = await stream.next().then((first) => (first.value as { vi: string }).vi, (error: unknown) => (error instanceof CallError ? `${error.status} ${error.reason} ${error.metadata['next']}` : String(error)));
  return { answer, close: () => stream.return!(undefined) };
}

async function fill(who: Who, by = client): Promise<readonly Open[]> {
  return Promise.all(Array.from({ length: maxStreamsPerCaller }, () => watch(who, by)));
}

const refused = 'RESOURCE_EXHAUSTED TOO_MANY_STREAMS retry';

test.each<[string, Who, Who]>([
  ['an officer', { office: 'land-1', officer: 'An' }, { office: 'land-1', officer: 'Bình' }],
  ['an office', { office: 'land-1' }, { office: 'land-2' }],
  ['an address without an office', {}, { askedFor: '203.0.113.7' }],
])('%s has as many streams as the bound says, not one more, and others have theirs', async (_case, who, other) => {
  const open = await fill(who);
  expect(new Set(open.map(({ answer }) => answer))).toEqual(new Set(['0']));
  expect((await watch(who)).answer).toBe(refused);
  const others = await watch(other);
  expect(others.answer).toBe('0');
  const before = seen.ended.length;
  await Promise.all([...open, others].map((one) => one.close()));
  await expect.poll(() => seen.ended.length - before).toBe(open.length + 1);
  const again = await watch(who);
  expect(again.answer).toBe('0');
  await again.close();
});

test('an office that calls itself by ever other names has as many as the bound of an office says, and other offices have theirs', async () => {
  // A connection on which a thousand streams are cancelled is cut off: this one has a server of its own, and most of its streams end with it.
  const own = newServer(), by = grpcClient(EchoService, `127.0.0.1:${await own.start()}`);
  try {
    const officers = Array.from({ length: maxStreamsPerOffice / maxStreamsPerCaller }, (_one, n) => ({ office: 'land-3', officer: `An ${n}` }));
    const open = await Promise.all(officers.map((who) => fill(who, by)));
    expect(new Set(open.flat().map(({ answer }) => answer))).toEqual(new Set(['0']));
    expect([await watch({ office: 'land-3', officer: 'Bình' }, by), await watch({ office: 'land-3' }, by), await watch({ office: 'land-4', officer: 'Bình' }, by)].map(({ answer }) => answer)).toEqual([refused, refused, '0']);
    const before = seen.ended.length;
    await open[0]![0]!.close();
    await expect.poll(() => seen.ended.length - before).toBe(1);
    expect([await watch({ office: 'land-3', officer: 'Bình' }, by), await watch({ office: 'land-3', officer: 'Chi' }, by)].map(({ answer }) => answer)).toEqual(['0', refused]);
  } finally {
    by.close();
    await own.stop(0);
  }
});

test('services of the hub are not counted', async () => {
  const open = await Promise.all(Array.from({ length: maxStreamsPerCaller + 1 }, () => watch({ service: 'land~0123456789abcdef' })));
  expect(new Set(open.map(({ answer }) => answer))).toEqual(new Set(['0']));
  await Promise.all(open.map((one) => one.close()));
});
