/** Whatever the bus does to updates, copies come to be equal and nothing takes effect twice. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Carry } from '@lienthong/bus-memory';
import { add, open, pass } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'];

/** What happens to the n-th update: lost, once, twice, or late by so many milliseconds. */
type Fate = 'lost' | 'once' | 'twice' | number;
const fates: fc.Arbitrary<Fate> = fc.oneof(fc.constant<Fate>('lost'), fc.constant<Fate>('once'), fc.constant<Fate>('twice'), fc.integer({ min: 1, max: 3_000 }));

const carryBy = (hub: ToyHub, plan: readonly Fate[]): Carry => {
  let n = 0;
  return ({ deliver }) => {
    const fate = plan[n++] ?? 'once';
    if (fate === 'lost') return;
    if (typeof fate === 'number') { hub.time.later(fate, deliver); return; }
    deliver();
    if (fate === 'twice') deliver();
  };
};

describe('a bus that loses, duplicates, delays and reorders', () => {
  test('ends in equal copies and exact effects', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fates, { maxLength: 40 }), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 8 }), async (plan, route) => {
      const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
      await hub.start();
      hub.carry = carryBy(hub, plan);
      const folder = folderOf('lossy');
      await hub.run(hub.at('alpha').handle(folder, open('open', { services })));
      let holder = 'alpha';
      let total = 0;
      for (const [n, to] of route.entries()) {
        await hub.run(hub.at(holder).handle(folder, add(`add${n}`, n + 1)));
        total += n + 1;
        const next = services[to]!;
        if (next === holder) continue;
        await hub.run(hub.at(holder).handle(folder, pass(`pass${n}`, hub.author(next))));
        holder = next;
        await hub.time.pass(400_000);
        expect((await hub.state(holder, folder))?.takenBy).toBe(hub.author(holder));
      }
      await hub.time.pass(400_000);
      expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
      for (const name of services) expect((await hub.state(name, folder))?.total).toBe(total);
      for (const name of services) {
        expect(hub.at(name).status()).toMatchObject({ waitingUpdates: 0, outstandingUpdates: 0 });
        expect(await hub.services.get(name)!.store.unsettled(10)).toEqual([]);
      }
    }), { numRuns: 25 });
  });

  test('entries that come before what they hang on wait, and are acknowledged when it comes', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
    await hub.start();
    const held: (() => void)[] = [];
    hub.carry = ({ destination, update, deliver }) => { if (destination === 'gamma' && update.sender === hub.author('alpha')) held.push(deliver); else deliver(); };
    const folder = folderOf('early');
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))));
    await hub.time.pass(10);
    expect((await hub.state('gamma', folder))?.takenBy).toBe(hub.author('beta')); // from beta, with the whole history
    held.forEach((deliver) => deliver());
    await hub.time.pass(3_000);
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  });
});
