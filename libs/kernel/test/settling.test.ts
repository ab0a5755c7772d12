/** Whoever is known to have everything need not be asked again. */
import { expect, test, vi } from 'vitest';
import { open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'];
const folders = ['first', 'second', 'third'].map(folderOf);

/** Alpha has room for one folder in memory, and has opened three; what others acknowledge of them is held back. */
async function unacknowledged(options: { readonly settleAfterMs: number; readonly sweepEveryMs: number } = { settleAfterMs: 1_000, sweepEveryMs: 86_400_000 }): Promise<{ readonly hub: ToyHub; readonly acknowledgements: readonly (() => void)[] }> {
  const hub = new ToyHub({ alpha: { options: { maxOpenFolders: 1, ...options } }, beta: {}, gamma: {} });
  await hub.start();
  const acknowledgements: (() => void)[] = [];
  hub.carry = ({ destination, deliver }) => { if (destination === 'alpha') acknowledgements.push(deliver); else deliver(); };
  for (const [n, folder] of folders.entries()) await hub.run(hub.at('alpha').handle(folder, open(`r${n}`, { services })));
  await hub.time.pass(100);
  return { hub, acknowledgements };
}

test('acknowledgements of a folder that leaves memory before they are written down are not forgotten', async () => {
  const { hub, acknowledgements } = await unacknowledged();
  expect(await hub.services.get('alpha')!.store.unsettled(10)).toHaveLength(folders.length);
  // In turn, so that each pushes the one before out of memory.
  hub.carry = ({ deliver }) => deliver();
  for (const deliver of acknowledgements) { deliver(); await hub.time.pass(1); }
  await hub.time.pass(5_000);
  expect(await hub.services.get('alpha')!.store.unsettled(10)).toEqual([]);
});

test('an acknowledgement of a folder that has left memory does not open it again', async () => {
  const { hub, acknowledgements } = await unacknowledged();
  const { store } = hub.services.get('alpha')!, loaded = vi.spyOn(store, 'load');
  hub.carry = ({ deliver }) => deliver();
  for (const deliver of acknowledgements) deliver();
  await hub.time.pass(5_000);
  expect(await store.unsettled(10)).toEqual([]);
  expect(loaded.mock.calls).toEqual([]);
  expect(hub.at('alpha').status()).toMatchObject({ outstandingUpdates: 0 });
});

test('the sweep opens none that everybody has acknowledged and that only waits for its mark, and all others', async () => {
  const { hub, acknowledgements } = await unacknowledged({ settleAfterMs: 100_000, sweepEveryMs: 10_000 });
  const { store } = hub.services.get('alpha')!, loaded = vi.spyOn(store, 'load');
  // Two services each acknowledge the second and the third; the first, which has left memory, nobody does.
  expect(acknowledgements).toHaveLength(2 * folders.length);
  for (const deliver of acknowledgements.slice(2)) deliver();
  await hub.time.pass(1_000);
  loaded.mockClear();
  await hub.time.pass(10_000);
  expect(await store.unsettled(10)).toHaveLength(folders.length);
  expect(new Set(loaded.mock.calls.map(([id]) => id))).toEqual(new Set([folders[0]]));
});

test('what a service acknowledged before it lost its store marks nothing as settled, also of a folder that has left memory', async () => {
  const hub = new ToyHub({ alpha: { options: { maxOpenFolders: 1, settleAfterMs: 20_000, sweepEveryMs: 86_400_000 } }, beta: {}, gamma: {} });
  await hub.start();
  for (const [n, folder] of folders.entries()) await hub.run(hub.at('alpha').handle(folder, open(`r${n}`, { services })), 100);
  hub.carry = () => {};
  hub.restore('gamma', null);
  await hub.start('gamma');
  await hub.time.pass(100_000);
  expect(await hub.services.get('alpha')!.store.unsettled(10)).toHaveLength(folders.length);
  hub.carry = ({ deliver }) => deliver();
  await hub.time.pass(120_000);
  expect(await hub.services.get('alpha')!.store.unsettled(10)).toEqual([]);
});

test('an offer to a new incarnation ends with its answers, also where it had shown what it has before it was asked', async () => {
  const hub = new ToyHub({ alpha: { options: { scanPage: 1, resendAfterMs: 60_000, sweepEveryMs: 86_400_000 } }, gamma: {} });
  await hub.start();
  for (const [n, by] of ['alpha', 'alpha', 'gamma'].entries()) await hub.run(hub.at(by).handle(folders[n]!, open(`r${n}`, { services: ['alpha', 'gamma'] })), 1_000);
  // While the first pages are on their way, gamma takes back its own folder, and shows it.
  const held: (() => void)[] = [];
  hub.carry = ({ destination, deliver }) => { if (destination === 'gamma' && held.length < 2) held.push(deliver); else deliver(); };
  hub.restore('gamma', null);
  await hub.start('gamma');
  for (const deliver of held) deliver();
  await hub.time.pass(5_000);
  expect(hub.at('alpha').status()).toMatchObject({ comparisons: 0, outstandingUpdates: 0 });
});
