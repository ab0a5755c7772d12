/** One caller opens stream after stream: at the bound it is refused, the others are not, and what ends makes room. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallError, grpcClient, grpcServer, maxStreamsPerCaller } from '../src/index.ts';
import type { GrpcClient, GrpcServer } from '../src/index.ts';
import { echoService, EchoService, text } from './echo-service.ts';
import type { Seen } from './echo-service.ts';

const seen: Seen = { calls: [], messages: 0, written: 0, ended: [] };
let server: GrpcServer;
let client: GrpcClient<typeof EchoService>;
beforeAll(async () => {
  server = grpcServer({ services: [echoService(seen)], access: () => undefined, port: 0, health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: { error: () => {} } });
  client = grpcClient(EchoService, `127.0.0.1:${await server.start()}`);
});
afterAll(async () => {
  client.close();
  await server.stop(100);
});

type Who = { readonly office?: string; readonly officer?: string; readonly service?: string; readonly askedFor?: string };
type Open = { readonly answer: string; close(): Promise<unknown> };

/** A stream that says one thing and then nothing more; `answer`: what was said, or why not. */
async function watch(who: Who): Promise<Open> {
  const stream = client.count(text('forever'), who)[Symbol.asyncIterator]();
  const answer = await stream.next().then((first) => (first.value as { vi: string }).vi, (error: unknown) => (error instanceof CallError ? `${error.status} ${error.reason} ${error.metadata['next']}` : String(error)));
  return { answer, close: () => stream.return!(undefined) };
}

async function fill(who: Who): Promise<readonly Open[]> {
  return Promise.all(Array.from({ length: maxStreamsPerCaller }, () => watch(who)));
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

test('services of the hub are not counted', async () => {
  const open = await Promise.all(Array.from({ length: maxStreamsPerCaller + 1 }, () => watch({ service: 'land~0123456789abcdef' })));
  expect(new Set(open.map(({ answer }) => answer))).toEqual(new Set(['0']));
  await Promise.all(open.map((one) => one.close()));
});
