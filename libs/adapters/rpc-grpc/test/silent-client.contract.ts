/** A caller whose cable was pulled says nothing any more; what it watched must end all the same. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { grpcClient, grpcServer } from '../src/index.ts';
import { echoService, EchoService, text } from './echo-service.ts';
import type { Seen } from './echo-service.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => { for (const close of closing.splice(0).reverse()) await close(); });

/** A way to `port` that can be cut so that neither side hears of it. */
async function wayTo(port: number): Promise<{ readonly port: number; cut(): void }> {
  const sockets: Socket[] = [];
  const way: Server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [[near, far], [far, near]] as const) sockets.push(one.on('error', () => {}).on('close', () => other.destroy()));
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => { way.listen(0, '127.0.0.1', resolve); });
  closing.push(() => { for (const socket of sockets) socket.destroy(); way.close(); });
  return { port: (way.address() as AddressInfo).port, cut() { for (const socket of sockets) socket.unpipe().pause(); } };
}

/** How long the server waits for an answer, in milliseconds: a client on a busy machine answers late, and is not to be taken for one that is gone. */
const answerWithinMs = 3_000;

type CutStream = { readonly seen: Seen; readonly stop: () => Promise<void>; readonly watching: AsyncIterator<unknown> };

/** A stream of a server that asks each connection whether somebody is there, and whose connection was cut after its first message. */
async function cutStream(): Promise<CutStream> {
  const seen: Seen = { calls: [], messages: 0, written: 0, ended: [] };
  const server = grpcServer({
    services: [echoService(seen)], access: () => undefined, port: 0, health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: { error: () => {} }, silence: { askAfterMs: 20, answerWithinMs },
  });
  const stop = (): Promise<void> => server.stop(100);
  closing.push(stop);
  const way = await wayTo(await server.start()), client = grpcClient(EchoService, `127.0.0.1:${way.port}`);
  closing.push(() => client.close());
  const watching = client.count(text('forever'))[Symbol.asyncIterator]();
  expect(await watching.next()).toMatchObject({ value: { vi: '0' } });
  expect(seen.ended).toEqual([]);
  way.cut();
  return { seen, stop, watching };
}

test('a stream ends whose connection was cut without a word', async () => {
  const { seen, watching } = await cutStream();
  await vi.waitFor(() => expect(seen.ended).toEqual(['CANCELLED']), { timeout: 10_000 });
  await watching.return?.().catch(() => {});
});

test('a server ends, too, that is stopped at the moment at which it cuts such a connection off', async () => {
  const { seen, stop } = await cutStream();
  while (seen.ended.length === 0) await new Promise(setImmediate);
  await stop();
});
