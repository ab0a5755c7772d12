/** Calls between services of one process: answered, refused, late. */
import { describe, expect, test } from 'vitest';
import type { PeerService } from '@lienthong/kernel';
import { memoryPeers } from '../src/index.ts';

const author = 'beta~0123456789abcdef';
const answering: PeerService = {
  hello: async () => ({ author, mark: 7, seen: undefined, now: 0 }),
  heads: async (_from, folders) => ({ author, folders: folders.map((folder) => ({ folder, heads: {} })) }),
  pull: async () => ({ author, heads: {}, entries: [], mark: 0 }),
  pullAsides: async () => { throw new Error('not yours'); },
  seal: async () => ({ author, sealed: [], shown: [], next: '', mark: 0 }),
};
const hello = { author: 'alpha~0123456789abcdef', mark: 0 };

describe('memory peers', () => {
  test('answer for a registered service', async () => {
    const peers = memoryPeers();
    peers.register('beta', answering);
    expect(await peers.of('alpha').to('beta').hello(hello, 1_000)).toMatchObject({ author, mark: 7 });
    expect((await peers.of('alpha').to('beta').heads(hello.author, ['f'], 1_000)).folders).toEqual([{ folder: 'f', heads: {} }]);
  });

  test('pass errors on, and have one of their own for a service that does not run', async () => {
    const peers = memoryPeers();
    peers.register('beta', answering);
    await expect(peers.of('alpha').to('beta').pullAsides(hello.author, 'f', 'i', [], 1_000)).rejects.toThrow('not yours');
    peers.unregister('beta');
    await expect(peers.of('alpha').to('beta').hello(hello, 1_000)).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
  });

  test('fail at the deadline', async () => {
    const due: (() => void)[] = [];
    const peers = memoryPeers({ later: (_ms, run) => { due.push(run); return () => {}; } });
    peers.register('beta', { ...answering, hello: () => new Promise(() => {}) });
    const asked = peers.of('alpha').to('beta').hello(hello, 50);
    asked.catch(() => {});
    due.forEach((run) => run());
    await expect(asked).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  test('go through the hook of the simulator, which may run a call twice or lose its answer', async () => {
    const routes: string[] = [];
    const peers = memoryPeers({ hook: async ({ from, to, method }, run) => { routes.push(`${from}>${to}:${method}`); await run(); return run(); } });
    let calls = 0;
    peers.register('beta', { ...answering, hello: async () => { calls++; return answering.hello(hello); } });
    await peers.of('alpha').to('beta').hello(hello, 1_000);
    expect([routes, calls]).toEqual([['alpha>beta:hello'], 2]);
  });
});
