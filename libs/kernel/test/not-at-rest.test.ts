/** What a service tells of copies that may differ, and of entries that wait for others. */
import { expect, test } from 'vitest';
import { kernelDefaults } from '../src/options.ts';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const folder = folderOf('shared'), waitMs = 60_000;

async function started(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })));
  return hub;
}

const unequal = (hub: ToyHub, name: string): Promise<number | null> => hub.run(hub.at(name).unequalCopies(), kernelDefaults.countWithinMs);

test('a folder counts among those whose copies may differ until everybody has acknowledged it', async () => {
  const hub = await started();
  await hub.time.pass(waitMs);
  expect([await unequal(hub, 'alpha'), await unequal(hub, 'beta')]).toEqual([0, 0]);
  const cut = hub.carry;
  hub.carry = () => {};
  await hub.run(hub.at('alpha').handle(folder, add('r2', 1)));
  await hub.time.pass(waitMs);
  expect(await unequal(hub, 'alpha')).toBe(1);
  hub.carry = cut;
  await hub.time.pass(2 * waitMs);
  expect(await unequal(hub, 'alpha')).toBe(0);
});

test('a store that does not tell, or not in time, is not waited for', async () => {
  const hub = await started(), { store } = hub.services.get('alpha')!;
  store.unsettled = () => new Promise(() => {});
  expect(await unequal(hub, 'alpha')).toBeNull();
  store.unsettled = () => Promise.reject(new Error('away'));
  expect(await unequal(hub, 'alpha')).toBeNull();
});

test('an entry that came before the one it hangs on is held back until that one comes', async () => {
  const hub = await started(), late: (() => void)[] = [], heldBack = (): number => hub.at('beta').status().heldBack;
  await hub.time.pass(waitMs);
  hub.carry = ({ deliver }) => { late.push(deliver); };
  await hub.run(hub.at('alpha').handle(folder, add('r2', 1)));
  await hub.time.pass(10);
  await hub.run(hub.at('alpha').handle(folder, add('r3', 1)));
  await hub.time.pass(10);
  expect(late).toHaveLength(2);
  late[1]!();
  await hub.time.pass(10);
  expect(heldBack()).toBe(1);
  late[0]!();
  await hub.time.pass(10);
  expect(heldBack()).toBe(0);
});
