/** A peer that is so busy that it cannot show everything within one call's deadline still seals: each call gets further than the one before. */
import { expect, test } from 'vitest';
import type { MemoryStore } from '@lienthong/store-memory';
import { kernelRecordId } from '../src/index.ts';
import { kernelDefaults } from '../src/options.ts';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'];
/** How long the peer's disk takes for one folder, one after the other. */
const loadMs = 200, enoughMs = 60_000;
/** So many that all of them take twice a call's deadline. */
const folders = Array.from({ length: 2 * kernelDefaults.peerDeadlineMs / loadMs }, (_, n) => folderOf(`folder ${n}`));

/** Reads of one folder wait for each other. Answers what ends that. */
function slowed(store: MemoryStore, hub: ToyHub): () => void {
  const load = store.load.bind(store);
  let freeAt = 0;
  store.load = (id) => new Promise((done) => {
    freeAt = Math.max(freeAt, hub.time.now) + loadMs;
    hub.time.later(freeAt - hub.time.now, () => done(load(id)));
  });
  return () => { store.load = load; };
}

async function lostBesideSlowBeta(): Promise<{ readonly hub: ToyHub; readonly quick: () => void }> {
  // Other processes may write the peer's store: it reads each folder again before it shows it.
  const hub = new ToyHub({ alpha: {}, beta: { options: { sharedStore: true } } });
  await hub.start();
  for (const folder of folders) await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.time.pass(10_000);
  const quick = slowed(hub.services.get('beta')!.store, hub);
  hub.restore('alpha', null);
  void hub.at('alpha').start();
  return { hub, quick };
}

test('a store that was lost comes back from a peer that needs longer for all than a call may last', async () => {
  const { hub, quick } = await lostBesideSlowBeta();
  await hub.time.pass(enoughMs);
  expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', waitsFor: [], atRisk: { folders: [] } });
  quick();
  await hub.time.pass(enoughMs);
  expect(new Set(await hub.heads(folders.at(-1)!, ...services)).size).toBe(1);
  expect(await hub.run(hub.at('alpha').handle(folders[0]!, add('r2', 7)))).toMatchObject({ ok: true });
});

test('a folder that the peer works on for longer than a call may last is waited for once, not anew by each call', async () => {
  const { hub } = await lostBesideSlowBeta(), beta = hub.services.get('beta')!;
  let begun = 0;
  const append = beta.store.append.bind(beta.store);
  beta.store.append = (change) => {
    if (change.id === kernelRecordId) return append(change);
    begun++;
    return new Promise((done) => { hub.time.later(2 * kernelDefaults.peerDeadlineMs, () => done(append(change))); });
  };
  // There is always something at work: one ends when the next has begun long since.
  for (let n = 0; n < 60; n++) hub.time.later(n * 1_000, () => { void hub.at('beta').handle(folderOf(`own ${n}`), open('r1', { services: ['beta'] })).catch(() => {}); });
  await hub.time.pass(60_000);
  expect(begun).toBeGreaterThan(20);
  expect(hub.at('alpha').status().waitsFor).toEqual([]);
});
