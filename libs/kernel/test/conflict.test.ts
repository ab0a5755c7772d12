/** Two instances over one store: the compare-and-set decides, the loser decides again on what is there. */
import { memoryBus } from '@lienthong/bus-memory';
import { memoryPeers } from '@lienthong/rpc-memory';
import { describe, expect, test } from 'vitest';
import { createParticipant, VerifiedEntries } from '../src/index.ts';
import type { KernelOptions, Participant } from '../src/index.ts';
import { add, open, toyRules } from './toy/toy-law.ts';
import type { Toy } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const folder = folderOf('conflict');

async function twoInstances(options: KernelOptions = { sharedStore: true }): Promise<{ readonly hub: ToyHub; readonly one: Participant<Toy>; readonly two: Participant<Toy> }> {
  const hub = new ToyHub({ alpha: { options } });
  const two = createParticipant<Toy>({
    service: 'alpha', rules: toyRules(), store: hub.services.get('alpha')!.store, bus: memoryBus({ defer: (run) => { hub.time.later(0, run); } }), peers: memoryPeers().of('alpha'),
    directory: hub.directory, world: hub.world, keys: hub.keys, mark: { read: () => undefined, raise() {} }, entries: new VerifiedEntries(1 << 20), options,
  });
  await hub.start();
  await hub.run(two.start(), 10);
  return { hub, one: hub.at('alpha'), two };
}

describe('two instances of a service', () => {
  test('all commands of both take effect once', async () => {
    const { hub, one, two } = await twoInstances();
    await hub.run(one.handle(folder, open('r', { services: ['alpha'] })));
    const all = Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? one : two).handle(folder, add(`r${n}`, 1))));
    expect((await hub.run(all, 100)).every((handled) => handled.ok && !handled.repeated)).toBe(true);
    expect((await hub.state('alpha', folder))?.total).toBe(10);
  });

  test('the same request at both is answered alike and takes effect once', async () => {
    const { hub, one, two } = await twoInstances();
    const [a, b] = await hub.run(Promise.all([one.handle(folder, open('r', { services: ['alpha'] })), two.handle(folder, open('r', { services: ['alpha'] }))]), 100);
    expect([a, b].map((handled) => handled!.ok && handled!.reply)).toEqual([['opened@1'], ['opened@1']]);
    expect([a, b].filter((handled) => handled!.ok && handled!.repeated)).toHaveLength(1);
  });

  test('even an instance that trusts its memory loses no update: its write is a conflict', async () => {
    const { hub, one, two } = await twoInstances({});
    await hub.run(one.handle(folder, open('r', { services: ['alpha'] })));
    await hub.run(two.handle(folder, add('a', 1)));
    await hub.run(one.handle(folder, add('b', 2)));
    await hub.run(two.handle(folder, add('c', 4)));
    expect(await hub.run(two.view(folder, ({ state }) => state.total))).toBe(7);
  });

  test('what was decided on the absence of a folder is decided anew once the other has touched it', async () => {
    const { hub, one, two } = await twoInstances({});
    const versions: number[] = [], opening = open('r', { services: ['alpha'] });
    await hub.run(one.view(folder, () => {}));
    expect(await hub.run(two.touch(folder))).toBe(true);
    expect(await hub.run(two.view(folder, () => 'there'))).toBeUndefined();
    const handled = await hub.run(one.handle(folder, { ...opening, decide(view) { versions.push(view.version); return opening.decide(view); } }));
    expect([handled.ok, versions]).toEqual([true, [0, 1]]);
    expect(await hub.run(one.touch(folder))).toBe(false);
  });
});
