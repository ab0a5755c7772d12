/** A store that lacks nothing is not made to think that it does. */
import { expect, test } from 'vitest';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import { add, open } from './toy/toy-law.ts';

const folder = folderOf('own');

test.each([['another folder', folderOf('another')], ['a folder that nobody has opened', folderOf('nowhere')]])('a service keeps its incarnation when its own entries are sent to it under the id of %s', async (_which, other) => {
  const services = ['alpha', 'beta', 'gamma'], hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
  await hub.start();
  const author = hub.author('alpha');
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(folderOf('another'), open('r2', { services })));
  await hub.time.pass(10);
  const { entries } = await hub.run(hub.at('alpha').peerService.pull(hub.author('beta'), folder, {}));
  await hub.run(hub.at('alpha').receive([{ folder: other, sender: hub.author('beta'), heads: {}, entries, wantsReply: false, mark: 0 }]), 10);
  await hub.time.pass(10_000);
  expect([entries.length > 0, hub.author('alpha'), hub.at('alpha').status().state]).toEqual([true, author, 'ready']);
  await hub.run(hub.at('alpha').handle(folder, add('r3', 7)));
  expect(await hub.state('alpha', folder)).toMatchObject({ total: 7 });
});
