import { expect, test } from 'vitest';
import { holderOf } from '../src/dossier.ts';
import { FolderCopy } from './world/folder-copy.ts';
import { workToTheEnd } from './world/officials.ts';
import { closedEverywhere, complete, returned, statuses } from './world/sayings.ts';
import { authorOf, World } from './world/world.ts';

test('a service that lost its store goes on under a new name: it holds what its predecessor held, and what is handed to the old name', () => {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  hub.says('one', complete());
  hub.quiet();
  hub.lose('land', ['intake']);
  expect(hub.legAt('land', 'two').status).toBe('open');
  expect(holderOf(hub.service('land').dossier, hub.legAt('land', 'two'))).toBe(authorOf('land', 2));
  expect(hub.says('two', complete())).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ two: 'complete 1', three: 'open 1' });
  hub.says('three', { kind: 'decline', reason: 'nhầm' });
  hub.quiet();
  // Intake hands the leg to the name that it knows; the successor succeeds that name meanwhile.
  const three = hub.legAt('intake', 'three');
  hub.lose('social-protection', ['oversight']);
  hub.write(hub.service('intake'), [{ item: three.id, kind: 'leg-rerouted', body: { office: 'social', service: 'social-protection', reason: 'xếp' }, handsTo: authorOf('social-protection', 1) }]);
  hub.quiet();
  expect(hub.legAt('intake', 'three')).toMatchObject({ status: 'open', holder: authorOf('social-protection', 1) });
  expect(holderOf(hub.service('intake').dossier, three)).toBe(authorOf('social-protection', 2));
  hub.says('three', complete());
  hub.quiet();
  hub.says('four', complete('paper'));
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('intake lost its store before the world heard of a withdrawal: what nobody has seen is not there, and the dossier goes on', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  hub.asks({ kind: 'withdraw', reason: 'đổi ý' });
  hub.lose('intake', ['oversight']);
  hub.quiet();
  expect(hub.service('oversight').dossier.root).toMatchObject({ withdrawal: null });
  hub.says('issue', complete('extract'));
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('work that only the lost store knew is voided: the leg stands where the world saw it, in the hands of the successor', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.lose('general-agency', ['oversight']);
  expect(hub.legAt('general-agency', 'issue').status).toBe('open');
  // An entry of the lost incarnation turns up after all: it lies beyond the head and has no effect.
  hub.quiet();
  expect(statuses(hub)).toEqual({ issue: 'open 1' });
  expect(hub.says('issue', complete('extract'))).toBeNull();
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a service that heard of the dossier only from a store which was lost before it told why takes no part: the dossier closes without it', () => {
  const hub = new World();
  hub.submit('permit');
  hub.quiet();
  expect(hub.says('permit', hub.insertion('inserted', 'social'))).toBeNull();
  const [received] = hub.service('land').copy.entries;
  hub.service('social-protection').copy.take([received!]);
  hub.lose('land');
  hub.quiet();
  expect(statuses(hub)).toEqual({ permit: 'open 1' });
  expect(workToTheEnd(hub)).toBe('returned');
  expect(hub.participants.map(({ name }) => name).sort()).toEqual(['intake', 'land', 'oversight', 'payments']);
});

test('what a stray copy of a store asked of the citizen, and intake passed on, is not open any more: its id is a consultation on the branch that counts', () => {
  const hub = new World(), land = hub.service('land');
  hub.submit('permit');
  hub.quiet();
  const before = land.copy.entries.slice();
  expect(hub.says('permit', { kind: 'ask-supplement', documents: ['deed'], ground: '1/2026/NĐ-CP', held: [] })).toBeNull();
  hub.tell('land', 'intake');
  expect(hub.perform('intake')).toEqual(['supplement']);
  land.copy = new FolderCopy();
  land.copy.take(before);
  expect(hub.says('permit', { kind: 'consult', office: 'tax', question: 'x', limit: '1wd', silence: 'none' })).toBeNull();
  hub.tell('land', 'oversight');
  hub.lose('land', ['oversight']);
  hub.quiet();
  const { root, requests } = hub.service('intake').dossier;
  expect(requests.get(root!.supplement!.request)).toMatchObject({ plan: { request: 'consultation' }, ended: null });
  expect(hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'deed', origin: { type: 'presented' } }] })).toMatchObject({ code: 'SUPPLEMENT_NOT_OPEN' });
  // Nobody can bring what it asked for: the one time is not used up by it.
  expect(hub.says('permit', { kind: 'ask-supplement', documents: ['map'], ground: '1/2026/NĐ-CP', held: [] })).toBeNull();
  hub.quiet();
  expect(hub.says('permit', { kind: 'ask-supplement', documents: ['deed'], ground: '1/2026/NĐ-CP', held: [] })).toMatchObject({ code: 'SUPPLEMENT_ONCE' });
  expect(hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'map', origin: { type: 'presented' } }] })).toBeNull();
  hub.quiet();
  expect(workToTheEnd(hub)).toBe('returned');
});
