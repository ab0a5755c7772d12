/** A certificate of a household business that bears another number. */
import { expect, test } from 'vitest';
import { businessRules } from '../src/rules.ts';
import type { Business, BusinessAction, BusinessChange } from '../src/rules-facts.ts';

const rules = businessRules({ areasNow: (id) => [{ id }] as never });
const owner = { citizen: { fullName: 'Lan', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049190001111' } };
const business: Business = { type: 'business', business: 'B1', taxCode: '1', name: 'Hoa Mai', owner, area: 'here@1', address: '', lines: [], capital: 0, state: 'active', suspendedFrom: '', suspendedUntil: '', certificateNumber: 'GCN-1', registeredOn: '2020-01-02', endedOn: '', code: 'HS-0' };
const change = (action: BusinessAction): BusinessChange => ({ ...action, business: 'B1', code: 'HS-1', on: '2026-03-02', area: 'here@1', today: '2026-03-02', by: [], was: null }) as BusinessChange;
const numbers = { from: 'GCN-1', to: 'GCN-9' }, key = 'business|B1', certificate = change({ action: 'certificate', taxCode: '1', certificateNumber: 'GCN-1' });

test.each<[string, BusinessChange, readonly string[]]>([
  ['a certificate', certificate, [key]], ['a change with a new certificate', change({ action: 'change', content: {}, certificateNumber: 'GCN-1' }), [key]], ['a change without one', change({ action: 'change', content: {}, certificateNumber: '' }), []],
  ['a suspension', change({ action: 'suspend', from: '2026-03-02', until: '' }), []], ['a termination', change({ action: 'terminate' }), []],
])('%s shows its number in the register, or not at all', (_what, given, touched) => {
  expect(rules.renumber.touches(given, numbers)).toEqual(touched);
});

test('the business bears the new number and stays as it is otherwise', () => {
  expect(rules.renumber.next(certificate, key, business, numbers)).toEqual({ ...business, certificateNumber: 'GCN-9' });
});

test.each<[string, Business | null]>([['no business', null], ['one with another certificate since', { ...business, certificateNumber: 'GCN-2' }], ['one that has ended', { ...business, state: 'terminated' }]])('%s is a problem', (_what, facts) => {
  expect(rules.renumber.next(certificate, key, facts, numbers)).toEqual({ problem: expect.stringContaining('GCN-1') });
});
