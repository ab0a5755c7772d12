/** What the law gives a group from month to month, and how files follow it, also where a decree reaches back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SupportStandards } from '@lienthong/law';
import { loadReference } from '@lienthong/reference-data';
import { ended } from '../src/rules-apply.ts';
import { arrearsIn, listedIn, paidIn } from '../src/rules-facts.ts';
import type { Beneficiary, Rate } from '../src/rules-facts.ts';
import { monthOf, nextMonth } from '../src/rules-months.ts';
import { raised, raisedUpTo, standardOf } from '../src/rules-standards.ts';

const support = loadReference().support!;
const monthAt = (n: number): string => `${2024 + Math.floor(n / 12)}-${String(n % 12 + 1).padStart(2, '0')}`;
const source = { act: '1/2024/NĐ-CP', status: 'read' as const };
const xuan = { fullName: 'Bà Xuân', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049145003333' };
const file = (rates: readonly Rate[], startMonth = rates[0]!.from): Beneficiary => ({
  beneficiary: 'BT-HS-0', person: xuan, kind: 'monthly-allowance', state: 'active', startMonth, endMonth: '', rates, residences: [{ area: 'here', startMonth, endMonth: '' }], movingTo: '', code: 'HS-0',
});
const rate = (from: string, amount: number, more: Partial<Rate> = {}): Rate => ({ from, group: 'hiv-poor', amount, decisionNumber: 'QĐ 1', byStandard: true, ...more });

test('every month from the first base on has one amount for each group, whole and never falling; before it, and for others, there is none', () => {
  for (const { group } of support.groups) {
    const amounts = Array.from({ length: 36 }, (_, n) => standardOf(support, group, monthAt(n), '9999-12')!.amount);
    expect(amounts.every((one, n) => Number.isSafeInteger(one) && one >= (amounts[n - 1] ?? 1)), group).toBe(true);
    expect(standardOf(support, group, '2021-06', '9999-12')).toBeNull();
  }
  expect([standardOf(support, 'elderly-80', '2026-07', '9999-12'), standardOf(support, 'hiv-poor', '2026-07', '2026-07')!.amount, standardOf(support, 'hiv-poor', '2026-07', '2026-08')!.amount]).toEqual([null, 750_000, 810_000]);
});

describe('a decree of August that reaches back to July', () => {
  const given = file([rate('2026-01', 750_000)]), now = raised(given, support);
  test.each<[string, number, number]>([['2026-06', 750_000, 0], ['2026-07', 750_000, 0], ['2026-08', 810_000, 60_000], ['2026-09', 810_000, 0]])('in %s %i is paid, and %i for months before', (month, amount, arrears) => {
    expect([paidIn(now, month, ['here'])!.amount, arrearsIn(now, month, ['here'])]).toEqual([amount, arrears]);
  });
  test('changes nothing of what an office decided beside the standard', () => {
    const { byStandard: _standard, ...own } = rate('2026-01', 700_000);
    expect(raised(file([own]), support)).toEqual(file([own]));
  });
  test('is shown once it is known', () => {
    expect(['2026-07', '2026-08'].map((month) => raisedUpTo(given, support, month).rates.at(-1)!.amount)).toEqual([750_000, 810_000]);
  });
  test('is within a grant that is decided later for months before and after it', () => {
    const late = raised(file([rate('2026-05', 750_000, { decidedIn: '2026-10' })]), support);
    expect([paidIn(late, '2026-09', ['here']), paidIn(late, '2026-10', ['here'])!.amount, arrearsIn(late, '2026-10', ['here'])]).toEqual([null, 810_000, 2 * 750_000 + 3 * 810_000]);
  });
});

/** Bases that rise every few months, announced before or after they begin. */
const decrees = fc.array(fc.record({ after: fc.integer({ min: 1, max: 6 }), rise: fc.integer({ min: 1, max: 9 }), lag: fc.integer({ min: -2, max: 4 }) }), { minLength: 1, maxLength: 5 }).map((steps): SupportStandards => {
  let month = 0, amount = 100, announced = 0;
  const bases = [{ month, amount, announced }];
  for (const { after, rise, lag } of steps) bases.push({ month: month += after, amount: amount += rise * 10, announced: announced = Math.max(announced, month + lag, 0) });
  return {
    bases: bases.map((one, n) => ({ validFrom: `${monthAt(one.month)}-01`, validTo: n === bases.length - 1 ? null : `${monthAt(bases[n + 1]!.month - 1)}-28`, announced: `${monthAt(one.announced)}-10`, amount: one.amount, source })),
    groups: [{ group: 'hiv-poor', name: { vi: 'x', en: 'x' }, validFrom: '2024-01-01', validTo: null, announced: '2024-01-01', tenths: 15, source }],
  };
});

test('whenever it is granted or ends and whatever is decreed: lists and arrears together come to the standard of each month, no more and no less', () => {
  fc.assert(fc.property(decrees, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 8 }), fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }), (standards, first, late, months) => {
    const from = monthAt(first), decided = monthAt(first + late), last = monthAt(60), end = months === null ? '' : monthAt(first + months);
    const amount = standardOf(standards, 'hiv-poor', from, decided)!.amount;
    const given = file([rate(from, amount, late === 0 ? {} : { decidedIn: decided })]), now = raised({ ...given, state: end === '' ? 'active' : 'stopped', endMonth: end, residences: ended(given.residences, end) }, standards);
    let paid = 0, owed = 0;
    for (let month = from; month <= last; month = nextMonth(month)) {
      const listed = listedIn(now, month, ['here']);
      paid += (listed?.rate.amount ?? 0) + (listed?.arrears ?? 0);
      owed += end !== '' && month > end ? 0 : standardOf(standards, 'hiv-poor', month, last)!.amount;
    }
    expect(paid).toBe(owed);
    expect(monthOf(`${from}-01`)).toBe(from);
  }), { numRuns: 200 });
});
