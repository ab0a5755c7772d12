/** A paper is found by its number: what stands on it is what was decided, seen by everybody and on one paper only. Nor is a reason one that nobody sees. */
import { describe, expect, test } from 'vitest';
import { complete } from './world/sayings.ts';
import { World } from './world/world.ts';

const result = 'birth-certificate', ground = '123/2015/NĐ-CP, Điều 25';
const said = (hub: World, ...numbers: readonly string[]): unknown => hub.says('register', { kind: 'complete', results: numbers.map((number) => ({ code: result, number })) });
function submitted(): World {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  return hub;
}

const bad: readonly (readonly [string, string, string])[] = [
  ['of nothing', '', 'FIELD_MISSING'], ['of blanks', '  ', 'FIELD_MISSING'], ['of what nobody sees', '\u200B', 'FIELD_MISSING'], ['between blanks', ' 01/KS', 'FIELD_INVALID'], ['before a blank', '01/KS\u00A0', 'FIELD_INVALID'],
  ['that runs from right to left', '01\u202E/KS', 'FIELD_INVALID'], ['on two lines', '01\n/KS', 'FIELD_INVALID'], ['of 101 characters', 'x'.repeat(101), 'FIELD_INVALID'],
];

describe('a number', () => {
  test.each(bad)('%s is refused at the decision, by its place', (_what, number, code) => {
    expect(said(submitted(), number)).toMatchObject({ code, field: 'results[0].number' });
  });

  test.each(bad.slice(1))('%s is refused in a correction and for a paper that is issued again', (_what, newNumber, code) => {
    const hub = submitted();
    expect(hub.says('register', complete(result))).toBeNull();
    for (const amendment of ['correction', 'reissue'] as const) expect(hub.says('register', { kind: 'amend-result', amendment, result, number: `${result}/01`, newNumber, digest: '', ground, reason: 'ghi sai', inRegister: false })).toMatchObject({ code, field: 'new_number' });
  });

  test('stands on one paper of a decision', () => {
    const hub = submitted();
    expect(said(hub, '01/KS', '01/KS')).toMatchObject({ code: 'FIELD_INVALID', field: 'results[1].number' });
    expect(said(hub, '01/KS', 'x'.repeat(100))).toBeNull();
    hub.quiet();
    const amend = (newNumber: string): unknown => hub.says('register', { kind: 'amend-result', amendment: 'correction', result, number: '01/KS', newNumber, digest: '', ground, reason: 'ghi sai', inRegister: false });
    expect(amend('x'.repeat(100))).toMatchObject({ code: 'FIELD_INVALID', field: 'new_number' });
    expect(amend('02/KS')).toBeNull();
  });
});

test.each(['', ' ', '\u00A0\n', '\u200B'])('a reason that nobody sees is none: %j', (reason) => {
  const hub = submitted(), missing = { code: 'REASON_MISSING', field: 'reason' };
  expect([hub.says('register', { kind: 'refuse', reason, ground }), hub.says('register', { kind: 'decline', reason }), hub.asks({ kind: 'apologise', newDueAt: Number.MAX_SAFE_INTEGER, reason })]).toMatchObject([missing, missing, missing]);
  expect(hub.says('register', complete(result))).toBeNull();
  const amend = { kind: 'amend-result', amendment: 'correction', result, number: `${result}/01`, newNumber: '02', digest: '', ground, reason, inRegister: false } as const;
  expect([hub.says('register', amend), hub.says('register', { kind: 'revoke', reason, ground })]).toMatchObject([missing, missing]);
});
