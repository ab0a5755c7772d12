/** What a register must show by what a dossier says, and what becomes of a decision that a lost store took out of it. */
import { describe, expect, test } from 'vitest';
import { inRegister, takenBackAsLost } from '../src/inspection.ts';
import type { Dossier, Leg } from '../src/dossier.ts';
import { complete } from './world/sayings.ts';
import { World } from './world/world.ts';

const decision = { ...complete('notice'), change: { part: 'change', commitment: 'x' } };
const dossierOf = (hub: World): Dossier => hub.service('business-registration').dossier;
const legOf = (hub: World): Leg => hub.legAt('business-registration', 'termination');

function decided(): World {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  return hub;
}

function applied(): World {
  const hub = decided();
  hub.says('termination', decision);
  hub.quiet();
  return hub;
}

describe('a register', () => {
  test('has nothing to show before its change is decided and applied', () => {
    const hub = decided();
    expect(inRegister(dossierOf(hub), legOf(hub))).toEqual({ decided: null, amended: [], putBack: [] });
  });

  test('shows the decision that it has applied', () => {
    const hub = applied();
    expect(inRegister(dossierOf(hub), legOf(hub))).toEqual({ decided: legOf(hub).completion!.ref, amended: [], putBack: [] });
  });

  test('shows it no more once it was put back', () => {
    const hub = applied(), { ref } = legOf(hub).completion!;
    hub.says('termination', { kind: 'revoke', reason: 'cấp sai' });
    hub.quiet();
    expect(inRegister(dossierOf(hub), legOf(hub))).toEqual({ decided: null, amended: [], putBack: [ref] });
  });
});

describe('a decision that a lost store took out of its register', () => {
  const ref = { author: 'land~0', seq: 5 };
  const outcome = (root: object, leg: object, stands: 'nothing' | 'a part'): readonly string[] =>
    takenBackAsLost({ root: { closing: null, ...root } } as unknown as Dossier, { id: 'leg', round: 2, amending: null, ...leg } as unknown as Leg, ref, stands, 'đã mất').map(({ kind }) => kind);

  test.each<[string, object, object, 'nothing' | 'a part', readonly string[]]>([
    ['goes back to its desk, and nothing is left to put back', {}, {}, 'nothing', ['completion-revoked', 'register-reversed']],
    ['goes back to its desk, and what is left of it is put back', {}, {}, 'a part', ['completion-revoked']],
    ['is a person\'s where the dossier is being closed: its results are handed out', { closing: { author: 'intake~0', seq: 9 } }, {}, 'nothing', []],
    ['is a person\'s while a result of it is being corrected', {}, { amending: {} }, 'nothing', []],
  ])('%s', (_what, root, leg, stands, kinds) => { expect(outcome(root, leg, stands)).toEqual(kinds); });
});
