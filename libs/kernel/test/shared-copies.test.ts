/** Instances over one store keep folders in memory: what another has written counts all the same, and what has not changed is not read again. */
import { expect, test, vi } from 'vitest';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const shared = { options: { sharedStore: true, sweepEveryMs: 86_400_000 } } as const;
const folder = folderOf('shared');

async function twoInstances() {
  const hub = new ToyHub({ alpha: shared, beta: {} }), two = hub.another('alpha');
  await hub.start();
  await hub.run(two.start(), 6_000);
  return { hub, one: hub.at('alpha'), two, store: hub.services.get('alpha')!.store };
}

test('nobody is refused for what another instance has changed since', async () => {
  const { hub, one, two } = await twoInstances();
  expect(await hub.run(two.handle(folder, add('early', 1)))).toMatchObject({ ok: false });
  await hub.run(one.handle(folder, open('o', { services: ['alpha'] })));
  expect(await hub.run(two.handle(folder, add('a', 1)))).toMatchObject({ ok: true });
  expect(await hub.run(one.view(folder, ({ state }) => state.total))).toBe(1);
});

test('a request that another instance has answered is answered alike', async () => {
  const { hub, one, two } = await twoInstances(), opening = open('o', { services: ['alpha'] });
  await hub.run(two.view(folder, () => {}));
  const first = await hub.run(one.handle(folder, opening)), again = await hub.run(two.handle(folder, opening));
  expect([first.ok && first.reply, again]).toEqual([['opened@1'], { ok: true, reply: ['opened@1'], repeated: true }]);
});

test('a folder that nobody has written is not read again, and all that ask about folders at once are answered by few looks', async () => {
  const { hub, one, store } = await twoInstances(), ids = Array.from({ length: 50 }, (_, n) => folderOf(`many ${n}`));
  for (const [n, id] of ids.entries()) await hub.run(one.handle(id, open(`o${n}`, { services: ['alpha'] })));
  const loads = vi.spyOn(store, 'load'), looks = vi.spyOn(store, 'standings');
  expect(await hub.run(Promise.all(ids.map((id) => one.view(id, ({ state }) => state.services))))).toEqual(ids.map(() => ['alpha']));
  expect([loads.mock.calls.length, looks.mock.calls.length]).toEqual([0, 1]);
  expect((await hub.run(Promise.all(ids.map((id, n) => one.handle(id, add(`a${n}`, 1)))))).every(({ ok }) => ok)).toBe(true);
  expect([loads.mock.calls.length, looks.mock.calls.length]).toEqual([0, 1]);
});

test('an acknowledgement that came to the other instance is asked for, and nothing is sent twice', async () => {
  const { hub, two, store } = await twoInstances();
  let sent = 0;
  hub.carry = ({ destination, deliver }) => { if (destination === 'beta') sent++; deliver(); };
  await hub.run(two.handle(folder, open('o', { services: ['alpha', 'beta'] })), 1_000);
  expect([sent, two.status().outstandingUpdates, hub.at('alpha').status().outstandingUpdates]).toEqual([1, 1, 0]);
  await hub.time.pass(10_000);
  expect([sent, two.status().outstandingUpdates]).toEqual([1, 0]);
  await hub.time.pass(10_000);
  expect(await store.unsettled(10)).toEqual([]);
});

test('who cannot be asked is sent it again', async () => {
  const { hub, two } = await twoInstances();
  let sent = 0;
  hub.carry = ({ destination, deliver }) => { if (destination === 'beta') sent++; deliver(); };
  hub.cutOff.add('beta');
  await hub.run(two.handle(folder, open('o', { services: ['alpha', 'beta'] })), 10_000);
  expect(sent).toBeGreaterThan(1);
  hub.cutOff.clear();
  await hub.time.pass(60_000);
  expect(two.status().outstandingUpdates).toBe(0);
});

test('what was read under the name of an earlier incarnation is compared before anything is decided on it', async () => {
  const { hub, two, store } = await twoInstances(), other = folderOf('other');
  await hub.run(two.handle(folder, open('o1', { services: ['alpha'] })));
  await hub.run(two.handle(other, open('o2', { services: ['alpha'] })));
  hub.keys.newIncarnation('alpha');
  await store.setIncarnation(hub.author('alpha'));
  await hub.run(two.handle(other, add('a', 1)).catch(() => {}), 60_000);
  expect(two.status()).toMatchObject({ state: 'ready', author: hub.author('alpha') });
  const looks = vi.spyOn(store, 'standings');
  expect(await hub.run(two.handle(folder, add('b', 1)))).toMatchObject({ ok: true });
  expect(looks.mock.calls).toEqual([[[folder]]]);
});

test('what comes to one instance and hangs on what came to the other is taken', async () => {
  const { hub, one, two } = await twoInstances(), beta = hub.at('beta');
  await hub.run(beta.handle(folder, open('o', { services: ['alpha', 'beta'] })), 1_000);
  hub.carry = ({ destination, update, deliver }) => { if (destination === 'alpha') void two.receive([update]); else deliver(); };
  await hub.run(beta.handle(folder, add('a', 1)), 1_000);
  hub.carry = ({ deliver }) => deliver();
  await hub.run(beta.handle(folder, add('b', 1)), 60_000);
  expect([beta.status().outstandingUpdates, await hub.run(one.view(folder, ({ state }) => state.total))]).toEqual([0, 2]);
});
