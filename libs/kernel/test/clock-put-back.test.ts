/** A clock that ran ahead is put right: what waits on it goes on as if nothing had been. */
import { expect, test } from 'vitest';
import type { Effect } from '../src/index.ts';
import { open, pass, wantBell } from './toy/toy-law.ts';
import type { Toy } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'];
const folder = folderOf('clock');
const aheadMs = 3_600_000, soonMs = 20_000;

test('what was sent and lost is sent again in time', async () => {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  hub.clockMs = aheadMs;
  hub.carry = () => {};
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  hub.carry = ({ deliver }) => deliver();
  hub.clockMs = 0;
  await hub.time.pass(soonMs);
  expect(await hub.state('beta', folder)).toBeDefined();
});

test('an effect that failed is tried again in time', async () => {
  let rings = 0;
  const ring: Effect<Toy> = { run: async ({ input }) => { if (++rings === 1) throw new Error('out of order'); return { drafts: [{ item: (input as { item: string }).item, kind: 'rang', body: {} }] }; } };
  const hub = new ToyHub({ alpha: { effects: { ring } }, beta: {} });
  await hub.start();
  hub.clockMs = aheadMs;
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
  expect(rings).toBe(1);
  hub.clockMs = 0;
  await hub.time.pass(soonMs);
  expect(rings).toBe(2);
});

test('a part that could not be had is asked for again in time', async () => {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  const parts = [{ name: 'part', bytes: new Uint8Array([1]) }], pullAsides = hub.at('alpha').peerService.pullAsides;
  Object.assign(hub.at('alpha').peerService, { pullAsides: () => Promise.reject(new Error('not now')) });
  hub.clockMs = aheadMs;
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services, parts: ['part'] }, parts)));
  await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))), 1_000);
  Object.assign(hub.at('alpha').peerService, { pullAsides });
  hub.clockMs = 0;
  await hub.time.pass(soonMs);
  expect((await hub.state('beta', folder))?.takenBy).toBe(hub.author('beta'));
});
