/** A service takes a new incarnation while it is at work. */
import { expect, test } from 'vitest';
import { add, open, pass } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'];
const folder = folderOf('succession');
const secret = new Uint8Array([7, 7]);

test('a new incarnation comes in the middle of a write: it is begun anew, and the one before does not succeed itself', async () => {
  const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
  await hub.start();
  const other = folderOf('other'), old = hub.author('beta');
  await hub.run(hub.at('beta').handle(other, open('r1', { services })), 10);
  const backup = hub.services.get('beta')!.store.backup();
  await hub.run(hub.at('beta').handle(other, pass('r2', hub.author('alpha'))), 10);
  // Put back silently: only an entry of its own that it does not know will tell, once it comes.
  hub.carry = ({ update, deliver }) => { if (update.folder !== other) deliver(); };
  hub.marks.set('beta', { incarnation: old, commit: 1 });
  hub.restore('beta', backup);
  for (const name of ['alpha', 'gamma']) Object.assign(hub.at(name).peerService, { hello: () => Promise.reject(new Error('not now')) });
  await hub.start('beta');
  expect(hub.author('beta')).toBe(old);
  // While it waits for a part it takes a new incarnation; then another duty has fallen due.
  const peer = hub.at('alpha').peerService, { pullAsides } = peer;
  let release = (): void => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  Object.assign(peer, { pullAsides: async (...asked: Parameters<typeof pullAsides>) => { await released; return pullAsides(...asked); } });
  const soon = hub.time.now + 100;
  await hub.run(hub.at('alpha').handle(folder, open('r3', { services, parts: ['p:1'], expiresAt: soon }, [{ name: 'p:1', bytes: secret }])));
  await hub.run(hub.at('alpha').handle(folder, pass('r4', old)), 200);
  expect(hub.author('beta')).toBe(old);
  hub.carry = ({ deliver }) => deliver();
  await hub.run(hub.at('alpha').handle(other, add('r5', 1)), 1_000);
  expect(hub.keys.predecessorsOf(hub.author('beta'))).toEqual([old]);
  release();
  await hub.time.pass(30_000);
  expect(hub.at('beta').status()).toMatchObject({ state: 'ready', setAside: [] });
  expect(hub.services.get('beta')!.alarms).toEqual([]);
  expect(await hub.state('gamma', folder)).toMatchObject({ holder: hub.author('beta'), takenBy: hub.author('beta'), expired: true });
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
});
