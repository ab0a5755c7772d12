/** A decision that is taken back leaves nothing in the register: it is put back, or a person sees to it, and until then nothing else goes on. */
import { describe, expect, test } from 'vitest';
import { saidOfReversal } from '../src/words.ts';
import { reversalOwed, reversalRefused, standsWrongly } from '../src/reversal.ts';
import { workToTheEnd } from './world/officials.ts';
import { closedEverywhere, complete } from './world/sayings.ts';
import { World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const decision = { ...complete('notice'), change: { part: 'change', commitment: 'x' } };
const byHand: LegSaying = { kind: 'resolve-register', outcome: 'by-hand', ground: '1/2026/NĐ-CP', reason: 'đã chỉnh lý' };
const leg = (hub: World): ReturnType<World['legAt']> => hub.legAt('business-registration', 'termination');
const registers = (hub: World): { readonly applied: number; readonly reversed: number } => { const { applied, reversed } = hub.service('business-registration').registers; return { applied: applied.length, reversed: reversed.length }; };

/** The change stands in the register. */
function applied(options: { readonly slowEffects?: boolean } = {}): World {
  const hub = new World('2026-03-02T08:00+07', options);
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  expect(hub.says('termination', decision)).toBeNull();
  hub.quiet();
  expect(leg(hub)).toMatchObject({ status: 'complete', reversal: null });
  expect(registers(hub)).toEqual({ applied: 1, reversed: 0 });
  return hub;
}

describe.each<[string, LegSaying, string]>([['revoked', { kind: 'revoke', reason: 'cấp sai' }, 'revoked'], ['reopened', { kind: 'reopen', reason: 'làm lại' }, 'open']])('a decision that is %s', (_how, saying, after) => {
  test('is put back in the register, once, before anything else is done with the leg', () => {
    const hub = applied({ slowEffects: true });
    expect(hub.says('termination', saying)).toBeNull();
    expect(standsWrongly(leg(hub))).toEqual(leg(hub).completion!.ref);
    hub.perform('business-registration');
    expect([leg(hub).status, reversalOwed(leg(hub))]).toEqual([after === 'open' ? 'addressed' : after, 'reserve']);
    hub.finish(0);
    hub.perform('business-registration');
    expect([leg(hub).status, reversalOwed(leg(hub)), registers(hub).reversed]).toEqual([after === 'open' ? 'addressed' : after, 'apply', 1]);
    hub.quiet();
    expect(leg(hub)).toMatchObject({ status: after, applied: null, reversal: null });
    expect(registers(hub)).toEqual({ applied: 1, reversed: 1 });
    expect(workToTheEnd(hub)).toBe('returned');
    expect(registers(hub)).toEqual({ applied: 2, reversed: 1 });
  });

  test('on which something was built is on the desk until a person has seen to it', () => {
    const hub = applied();
    hub.service('business-registration').registers.builtOn = true;
    hub.says('termination', saying);
    hub.quiet();
    expect([leg(hub).status, reversalRefused(leg(hub)), reversalOwed(leg(hub))]).toEqual([after, true, null]);
    expect(saidOfReversal(hub.service('business-registration').dossier, leg(hub))).toBeUndefined();
    expect(hub.says('termination', byHand, 'tax')).toMatchObject({ code: 'NOT_HOLDER' });
    expect(hub.says('termination', { ...byHand, ground: 'vì' } as LegSaying)).toMatchObject({ code: 'GROUND_INVALID' });
    expect(hub.says('termination', { ...byHand, reason: '' } as LegSaying)).toMatchObject({ code: 'REASON_MISSING' });
    expect(hub.says('termination', { ...byHand, outcome: 'retry' } as LegSaying)).toBeNull();
    hub.quiet();
    expect(reversalRefused(leg(hub))).toBe(true);
    hub.service('business-registration').registers.builtOn = false;
    expect(hub.says('termination', { ...byHand, outcome: 'retry' } as LegSaying)).toBeNull();
    hub.quiet();
    expect([leg(hub).applied, registers(hub).reversed]).toEqual([null, 1]);
    expect(hub.says('termination', byHand)).toMatchObject({ code: 'NOTHING_TO_PUT_BACK' });
  });

  test('on which something was built may be put right by hand', () => {
    const hub = applied();
    hub.service('business-registration').registers.builtOn = true;
    hub.says('termination', saying);
    hub.quiet();
    expect(hub.says('termination', byHand)).toBeNull();
    hub.quiet();
    expect([leg(hub).applied, registers(hub).reversed]).toEqual([null, 0]);
    expect(workToTheEnd(hub)).toBe('returned');
  });
});

test('no dossier closes, and no leg moves elsewhere, while what was taken back stands in a register', () => {
  const hub = applied();
  hub.service('business-registration').registers.builtOn = true;
  hub.says('termination', { kind: 'reopen', reason: 'sai' });
  hub.quiet();
  expect(hub.says('termination', { kind: 'decline', reason: 'nhầm' })).toMatchObject({ code: 'BLOCKED' });
  expect(hub.says('termination', { kind: 'stop', ground: '1/2026/NĐ-CP' })).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('open');
  expect(hub.says('termination', byHand)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('stopped');
});

test('a new decision that the register takes on top writes over the one that could not be put back', () => {
  const hub = applied();
  hub.service('business-registration').registers.builtOn = true;
  hub.says('termination', { kind: 'reopen', reason: 'sai' });
  hub.quiet();
  expect(hub.says('termination', decision)).toBeNull();
  hub.quiet();
  expect(leg(hub)).toMatchObject({ status: 'complete', round: 2, reversal: null, applied: leg(hub).completion!.ref });
});
