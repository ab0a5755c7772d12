/** A service that succeeds itself notes what it hears: where it cannot for a while, it goes on when it can. */
import { expect, test } from 'vitest';
import type { MemoryStore } from '@lienthong/store-memory';
import { kernelRecordId, StoreError } from '../src/index.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import { add, open } from './toy/toy-law.ts';

const folder = folderOf('succession'), services = ['alpha', 'beta'], whileMs = 10_000, neverMs = 86_400_000;

/** What is noted goes through this first. Answers what ends that. */
function noting(store: MemoryStore, first: MemoryStore['append']): () => void {
  const append = store.append.bind(store);
  store.append = async (change) => { if (change.id === kernelRecordId) await first(change); return append(change); };
  return () => { store.append = append; };
}

/** Another instance always comes first. */
function crowded(store: MemoryStore): () => void {
  const append = store.append.bind(store);
  return noting(store, async (change) => append(change));
}

async function lostAlpha(sweepEveryMs: number): Promise<{ readonly hub: ToyHub; readonly store: MemoryStore }> {
  const hub = new ToyHub({ alpha: { options: { sharedStore: true, sweepEveryMs } }, beta: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })), whileMs);
  hub.restore('alpha', null);
  return { hub, store: hub.services.get('alpha')!.store };
}

async function expectRecovered(hub: ToyHub): Promise<void> {
  expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', waitsFor: [] });
  expect(await hub.run(hub.at('alpha').handle(folder, add('r2', 7)), whileMs)).toMatchObject({ ok: true });
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
}

test('an instance that cannot note its own seal, as another one notes all the time, goes on when it can', async () => {
  const { hub, store } = await lostAlpha(neverMs), end = crowded(store);
  await hub.run(hub.at('alpha').start(), whileMs);
  expect(hub.at('alpha').status()).toMatchObject({ state: 'succeeding' });
  end();
  await hub.time.pass(whileMs);
  await expectRecovered(hub);
});

test('so does one that has heard from all and cannot note it', async () => {
  const { hub, store } = await lostAlpha(neverMs);
  hub.cutOff.add('beta');
  await hub.run(hub.at('alpha').start(), whileMs);
  const end = crowded(store);
  hub.cutOff.delete('beta');
  await hub.time.pass(whileMs);
  expect(hub.at('alpha').status()).toMatchObject({ state: 'succeeding', waitsFor: [] });
  end();
  await hub.time.pass(whileMs);
  await expectRecovered(hub);
});

test('and one whose disk was full, also while its look at all that is unsettled takes long', async () => {
  const sweepEveryMs = 30_000, { hub, store } = await lostAlpha(sweepEveryMs);
  const unsettled = store.unsettled.bind(store);
  store.unsettled = () => { store.unsettled = unsettled; return new Promise(() => {}); };
  const end = noting(store, async () => { throw new StoreError('STORE_FAILED', 'hub.db', { vi: '', en: '' }); });
  await hub.run(hub.at('alpha').start(), whileMs);
  end();
  await hub.time.pass(sweepEveryMs);
  await expectRecovered(hub);
});
