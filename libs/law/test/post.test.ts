import { expect, test } from 'vitest';
import type { Bodies } from '../src/types.ts';
import { World } from './world/world.ts';
import { closedEverywhere, complete, kindsOf, returned } from './world/sayings.ts';

function sent(): World {
  const hub = new World();
  hub.submit('extract', { return: { way: 'post', office: 'counter-hoi-an' } });
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.quiet();
  return hub;
}

function ends(hub: World, state: Bodies['consignment-ended']['state']): void {
  const post = hub.service('postal');
  const [consignment] = [...post.dossier.consignments.values()];
  hub.write(post, [{ item: consignment!.id, kind: 'consignment-ended', body: { state, place: 'Hội An' }, ends: true }]);
  hub.quiet();
}

test('the result goes by post once; delivery returns it and the dossier closes', () => {
  const hub = sent();
  expect([...hub.service('intake').dossier.consignments.values()]).toMatchObject([{ number: 'VN1', plan: { to: 'home' }, ended: null }]);
  hub.quiet();
  expect(hub.service('postal').registers.accepted).toHaveLength(1);
  expect(closedEverywhere(hub)).toBe('open');
  ends(hub, 'delivered');
  expect(hub.service('intake').dossier.root!.returned).toMatchObject([{ way: 'post' }]);
  expect(closedEverywhere(hub)).toBe('returned');
});

test('lost or sent back: it is not sent again by itself, the counter returns it', () => {
  for (const state of ['lost', 'returned'] as const) {
    const hub = sent();
    ends(hub, state);
    expect(closedEverywhere(hub)).toBe('open');
    expect(kindsOf(hub.service('intake')).filter((kind) => kind === 'consignment-ordered')).toHaveLength(1);
    expect(hub.asks(returned)).toBeNull();
    hub.quiet();
    expect(closedEverywhere(hub)).toBe('returned');
  }
});

test('collected at the counter while under way: closing waits for the consignment all the same', () => {
  const hub = sent();
  expect(hub.asks(returned)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('open');
  ends(hub, 'returned');
  expect(closedEverywhere(hub)).toBe('returned');
});
