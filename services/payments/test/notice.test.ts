import { describe, expect, test } from 'vitest';
import { allocated } from '../src/rules-money.ts';
import type { MoneyEvent } from '../src/rules-money.ts';
import { bookedOn, maxClockBehindMs, maxUnorderedLateMs, readNotice } from '../src/rules-notice.ts';
import type { Notice } from '../src/rules-notice.ts';
import { claim, day, heard, moneyAfter, notice, ordered } from './money-of-tests.ts';

const paid: readonly MoneyEvent[] = [ordered, ...readNotice(moneyAfter(ordered), notice, heard)];
const settled: readonly MoneyEvent[] = [...paid, allocated(moneyAfter(...paid).held.get('GD1')!, claim, { receipt: 'AA-26/0000001', office: 'counter-1', on: day })];
const odd: readonly MoneyEvent[] = [ordered, ...readNotice(moneyAfter(ordered), { ...notice, currency: 'USD' }, heard)];
const failed: readonly MoneyEvent[] = [ordered, { type: 'failed', problem: '24' }];

/** Events as words: `arrived`, `set-aside AMOUNT_PARTIAL`. */
const told = (events: readonly MoneyEvent[]): string => events.map((one) => ['reason', 'problem'].reduce((text, key) => (key in one ? `${text} ${(one as unknown as Record<string, string>)[key]}` : text), one.type as string)).join(', ');

describe('what a gateway says', () => {
  test.each<[string, readonly MoneyEvent[], Partial<Notice>, string]>([
    // what is said                   before     notice                                            what follows
    ['the amount that was asked for', [ordered], {}, 'arrived'],
    ['the same once more', paid, {}, ''],
    ['the same after it was settled', settled, {}, ''],
    ['the same, written otherwise', settled, { amount: '0050000.00' }, ''],
    ['the amount, written otherwise', [ordered], { amount: '50000.0' }, 'arrived'],
    ['another amount for the same payment, written otherwise', paid, { amount: '60000.0' }, 'unfit CONTRADICTED'],
    ['less', [ordered], { amount: '49999' }, 'arrived, set-aside AMOUNT_PARTIAL'],
    ['more', [ordered], { amount: '50001' }, 'arrived'],
    ['a second payment', paid, { transaction: 'GD2' }, 'arrived, set-aside PAID_TWICE'],
    ['a second payment after it was settled', settled, { transaction: 'GD2' }, 'arrived, set-aside PAID_TWICE'],
    ['another amount for the same payment', paid, { amount: '60000' }, 'unfit CONTRADICTED'],
    ['another currency for the same payment', settled, { currency: 'USD' }, 'unfit CONTRADICTED'],
    ['another dossier', [ordered], { info: 'H47-2' }, 'arrived, set-aside DOSSIER_DIFFERS'],
    ['a reference nobody ordered', [], { reference: 'LT9' }, 'arrived, set-aside REFERENCE_UNKNOWN'],
    ['another currency', [ordered], { currency: 'USD' }, 'unfit CURRENCY_OTHER'],
    ['the same other currency again', odd, { currency: 'USD' }, ''],
    ['đồng after it said dollars', odd, {}, 'arrived, set-aside CONTRADICTED'],
    ['a negative amount', [ordered], { amount: '-50000' }, 'unfit AMOUNT_NEGATIVE'],
    ['a fraction', [ordered], { amount: '50000.5' }, 'unfit AMOUNT_FRACTIONAL'],
    ['more than there is', [ordered], { amount: '10000000000001' }, 'unfit AMOUNT_TOO_LARGE'],
    ['nothing', [ordered], { amount: '0' }, 'unfit AMOUNT_INVALID'],
    ['no number', [ordered], { amount: '5e4' }, 'unfit AMOUNT_INVALID'],
    ['fifty thousand, or fifty', [ordered], { amount: '50.000' }, 'unfit AMOUNT_INVALID'],
    ['that it failed', [ordered], { code: '24' }, 'failed 24'],
    ['that it failed, again', failed, { code: '24' }, ''],
    ['that it was paid after it had failed: late', failed, {}, 'arrived'],
    ['that it failed after it was paid', paid, { code: '24' }, 'unfit CONTRADICTED'],
    ['that what nobody ordered has failed', [], { code: '24' }, ''],
  ])('%s', (_what, before, more, expected) => {
    expect(told(readNotice(moneyAfter(...before), { ...notice, ...more }, heard))).toBe(expected);
  });

  test('what is over is set aside once the charge has its part', () => {
    const over = [ordered, ...readNotice(moneyAfter(ordered), { ...notice, amount: '50001' }, heard)];
    const money = moneyAfter(...over, allocated(moneyAfter(...over).held.get('GD1')!, claim, { receipt: 'AA-26/0000001', office: 'counter-1', on: day }));
    expect(money.held.get('GD1')).toMatchObject({ allocated: 50_000, reason: 'AMOUNT_OVER' });
  });
});

describe('money stands in the books', () => {
  const now = Date.UTC(2026, 10, 28, 2), since = Date.UTC(2026, 10, 20, 17), dayMs = 86_400_000;
  test.each<[string, number | null, number | null, string]>([
    // when it moved                         as the platform says           since           day
    ['on the day it says', Date.UTC(2026, 10, 25, 2), since, '2026-11-25'],
    ['on the day of Vietnam', Date.UTC(2026, 10, 24, 17), since, '2026-11-25'],
    ['at no time that is said', null, since, '2026-11-28'],
    ['just now', now, since, '2026-11-28'],
    ['in a moment', now + dayMs, since, '2026-11-28'],
    ['just before it was ordered, by a clock that is behind', since - maxClockBehindMs, since, '2026-11-20'],
    ['before it was ordered', since - maxClockBehindMs - 1, since, '2026-11-28'],
    ['long ago', Date.UTC(1900, 0, 1), since, '2026-11-28'],
    ['late, though nobody ordered it', now - maxUnorderedLateMs, null, '2025-11-27'],
    ['too late, and nobody ordered it', now - maxUnorderedLateMs - 1, null, '2026-11-28'],
  ])('that moved %s', (_what, movedAt, from, expected) => {
    expect(bookedOn(movedAt, { now, since: from })).toBe(expected);
  });
});
