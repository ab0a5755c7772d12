/** A store may forget a seal that others rely on. It learns of it from them before it takes or writes anything. */
import { expect, test } from 'vitest';
import { itemId } from '../src/index.ts';
import { Participant } from './simulate/participant.ts';
import type { Message } from './simulate/messages.ts';
import type { Setting } from './simulate/setting.ts';

const folder = '1'.repeat(64);
const services = ['a', 'b', 'c'];

/** Three services whose messages arrive when the test says so. */
function threeServices(): { a: Participant; b: Participant; c: Participant; deliver: (holdBack?: (message: Message) => boolean) => Message[] } {
  const post: Message[] = [];
  const journal = { written: new Map(), acknowledged: new Map(), commits: new Map(), hangsOn: new Map(), problems: [] };
  const setting: Setting = { services, network: { send: (message) => { post.push(message); } }, journal, choosing: () => {} };
  const all = services.map((name) => new Participant(name, setting));
  /** Delivers all but what is held back, which is returned. */
  const deliver = (holdBack: (message: Message) => boolean = () => false): Message[] => {
    const held: Message[] = [];
    for (let message = post.shift(); message !== undefined; message = post.shift()) {
      if (holdBack(message)) held.push(message);
      else all.find((one) => one.name === message.to)!.take(message);
      for (const one of all) one.settle();
    }
    return held;
  };
  for (const one of all) one.start();
  deliver();
  return { a: all[0]!, b: all[1]!, c: all[2]!, deliver };
}

test('a handoff that its author\'s successor voids is never acted on, though it arrives at a store that has forgotten its seal', () => {
  const { a, b, c, deliver } = threeServices();
  a.write(folder, [{ creates: ['a~0001'] }]);
  a.settle();
  for (const one of [b, c]) a.relay(one.name, folder);
  a.settle();
  deliver();
  a.backUp();
  b.backUp();
  // The handoff to b is on its way when a loses it, and b and c seal what a was.
  a.write(folder, [{ item: itemId('a~0001', 1, 0), handsTo: 'b~0001' }]);
  a.settle();
  a.relay('b', folder);
  a.settle();
  const [late] = deliver((message) => message.content.kind === 'update');
  a.restore(a.backups[0]!, false);
  a.start();
  deliver();
  expect(a.phase).toBe('running');
  expect(a.ready(folder)).toBe(true);
  // Now b falls back behind its seal; before a's succession reaches it, the handoff does.
  b.restore(b.backups[0]!, false);
  b.start();
  expect([...b.store.seals.keys()]).toEqual(['b~0001']);
  deliver();
  expect(b.phase).toBe('running');
  expect([...b.store.seals.keys()]).toContain('a~0001');
  b.take(late!);
  expect(b.folder(folder).logs.get('a~0001')!.entries).toHaveLength(1);
  expect(b.folder(folder).items.get(itemId('a~0001', 1, 0))).toMatchObject({ holder: 'a~0001' });
  // When the succession comes, all agree.
  for (const one of [a, b, c]) for (const other of one.others) one.relay(other, folder);
  for (const one of [a, b, c]) one.settle();
  deliver();
  for (const one of [a, b, c]) expect(one.folder(folder).items.get(itemId('a~0001', 1, 0))).toMatchObject({ holder: 'a~0002', term: 2 });
});
