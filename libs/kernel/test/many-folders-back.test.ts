/** A service whose store was lost asks its peers for what they hold of many folders together, and only those that have something for entries, few at a time. */
import { describe, expect, test } from 'vitest';
import type { PeerService } from '../src/index.ts';
import { kernelDefaults } from '../src/options.ts';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const folders = Array.from({ length: 300 }, (_, n) => folderOf(`folder ${n}`)), waitMs = 60_000;

/** Alpha shares each folder with beta and gamma; delta has none. Then alpha's store is lost. */
async function lostAlpha(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {}, delta: {} });
  await hub.start();
  for (const folder of folders) await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta', 'gamma'] })));
  await hub.time.pass(waitMs);
  hub.restore('alpha', null);
  return hub;
}

async function back(hub: ToyHub): Promise<void> {
  await hub.start('alpha');
  await hub.time.pass(waitMs);
}

const isBack = async (hub: ToyHub): Promise<void> => {
  expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', atRisk: { folders: [] } });
  for (const folder of [folders[0]!, folders.at(-1)!]) {
    expect(new Set(await hub.heads(folder, 'alpha', 'beta', 'gamma')).size).toBe(1);
    expect(await hub.run(hub.at('alpha').handle(folder, add('r2', 7)))).toMatchObject({ ok: true });
  }
};

/** Calls of alpha, by the peer and what was asked of it. */
function counted(hub: ToyHub): Map<string, number> {
  const calls = new Map<string, number>();
  hub.onCall = ({ from, to, method }) => { if (from === 'alpha') calls.set(`${to} ${method}`, (calls.get(`${to} ${method}`) ?? 0) + 1); };
  return calls;
}

describe('a lost store', () => {
  test('comes back with one pull of each folder, from one of those that have it', async () => {
    const hub = await lostAlpha(), calls = counted(hub), of = (to: string, method: keyof PeerService): number => calls.get(`${to} ${method}`) ?? 0;
    await back(hub);
    await isBack(hub);
    expect(of('beta', 'pull') + of('gamma', 'pull')).toBe(folders.length);
    expect(of('delta', 'pull')).toBe(0);
    for (const peer of ['beta', 'gamma', 'delta']) expect(of(peer, 'heads')).toBeLessThan(folders.length / 10);
  });

  test('costs a peer that has none of the folders a look at which there are, and no read of each', async () => {
    const hub = await lostAlpha(), { store } = hub.services.get('delta')!, load = store.load.bind(store), read: string[] = [];
    store.load = (id) => { read.push(id); return load(id); };
    await back(hub);
    // The first is asked about alone.
    expect(read.filter((id) => folders.includes(id)).length).toBeLessThan(folders.length / 10);
    await isBack(hub);
  });

  test('asks a peer for the entries of so many folders at once, and no more', async () => {
    const hub = await lostAlpha();
    let most = 0, underWay = 0;
    const isPull = ({ from, method }: { readonly from: string; readonly method: string }): boolean => from === 'alpha' && method === 'pull';
    hub.callMs = 20;
    hub.onCall = (call) => { if (isPull(call)) most = Math.max(most, ++underWay); };
    hub.onAnswer = (call) => { if (isPull(call)) underWay--; };
    await back(hub);
    hub.callMs = 0;
    await isBack(hub);
    expect(most).toBe(kernelDefaults.pullAtOnce);
  });

  test('has what one peer alone has, also where another one has less of it', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {}, delta: {} }), [folder] = folders as [string];
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta', 'gamma'] })));
    await hub.time.pass(waitMs);
    // What alpha writes last comes to gamma alone.
    hub.carry = ({ destination, deliver }) => { if (destination === 'gamma') deliver(); };
    await hub.run(hub.at('alpha').handle(folder, add('r2', 7)));
    await hub.time.pass(10);
    hub.restore('alpha', null);
    await back(hub);
    expect(await hub.state('alpha', folder)).toMatchObject({ total: 7 });
  });
});

describe('a peer whose copy of one folder is damaged', () => {
  test('tells of the others that it is asked about beside it, and holds up none of them', async () => {
    const hub = await lostAlpha(), damaged = folders[7]!, sound = folders[8]!;
    hub.crash('beta');
    const { store } = hub.services.get('beta')!, load = store.load.bind(store);
    store.load = async (id) => {
      const stored = await load(id);
      return id !== damaged || stored === undefined ? stored : { ...stored, segments: stored.segments.map((bytes) => bytes.map((byte) => byte ^ 1)) };
    };
    await hub.start('beta');
    const { peerService } = hub.at('beta'), alpha = hub.author('alpha');
    expect((await hub.run(peerService.heads(alpha, [damaged, sound]))).folders.map(({ folder }) => folder)).toEqual([sound]);
    await expect(hub.run(peerService.heads(alpha, [damaged]))).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    await back(hub);
    await isBack(hub);
  });
});
