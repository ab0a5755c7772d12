/** A decision on support that bears another number. */
import { expect, test } from 'vitest';
import { socialRules } from '../src/rules.ts';
import type { Beneficiary, SocialAction, SocialChange } from '../src/rules-facts.ts';

const rules = socialRules({ areasNow: (id) => [{ id }] as never });
const person = { fullName: 'Bà Xuân', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049145003333' };
const rate = (from: string, decisionNumber: string): Beneficiary['rates'][number] => ({ from, group: 'elderly-80', amount: 500, decisionNumber });
const file: Beneficiary = { beneficiary: 'BT-HS-0', person, kind: 'monthly-allowance', state: 'active', startMonth: '2026-01', endMonth: '', rates: [rate('2026-01', 'QĐ 1'), rate('2026-04', 'QĐ 2')], residences: [{ area: 'here', startMonth: '2026-01', endMonth: '' }], movingTo: '', code: 'HS-0' };
const change = (action: SocialAction): SocialChange => ({ ...action, kind: 'monthly-allowance', number: person.identityNumber, code: 'HS-1', area: 'here', today: '2026-03-02' }) as SocialChange;
const numbers = { from: 'QĐ 2', to: 'QĐ 22' }, key = `monthly-allowance|${person.identityNumber}`;

test.each<[string, SocialAction, readonly string[]]>([
  ['a start', { action: 'start', person, rate: rate('2026-04', 'QĐ 2') }, [key]], ['an adjustment', { action: 'adjust', rate: rate('2026-04', 'QĐ 2') }, [key]], ['a move in', { action: 'move-in', decisionNumber: 'QĐ 2' }, [key]],
  ['an end', { action: 'stop', lastMonth: '2026-03' }, []], ['a move out', { action: 'move-out', lastMonth: '2026-03', to: 'there' }, []],
])('%s shows its number in the file, or not at all', (_what, action, touched) => {
  expect(rules.renumber.touches(change(action), numbers)).toEqual(touched);
});

test('the months that it pays bear the new one, all others what they bore', () => {
  const next = rules.renumber.next(change({ action: 'adjust', rate: rate('2026-04', 'QĐ 2') }), key, file, numbers) as Beneficiary;
  expect(next).toEqual({ ...file, rates: [rate('2026-01', 'QĐ 1'), rate('2026-04', 'QĐ 22')] });
});

test.each([['no file', null], ['a file of other decisions', { ...file, rates: [rate('2026-01', 'QĐ 1')] }]])('%s is a problem', (_what, facts) => {
  expect(rules.renumber.next(change({ action: 'adjust', rate: rate('2026-04', 'QĐ 2') }), key, facts, numbers)).toEqual({ problem: expect.stringContaining('QĐ 2') });
});
