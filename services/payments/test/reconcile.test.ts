import { describe, expect, test } from 'vitest';
import { imbalance } from '../src/rules-ledger.ts';
import { allocated, rest, returnedMoney } from '../src/rules-money.ts';
import type { MoneyEvent, Return } from '../src/rules-money.ts';
import { readNotice } from '../src/rules-notice.ts';
import type { Notice } from '../src/rules-notice.ts';
import { compareDay, correction, openAmount, unrecorded } from '../src/rules-reconcile.ts';
import type { FileRow } from '../src/rules-reconcile.ts';
import { claim, day, heard, moneyAfter, notice, ordered } from './money-of-tests.ts';

const by = { office: 'treasury-1', officer: 'cb-kb' }, folder = 'money-1';
const heardOf = (more: Partial<Notice>): readonly MoneyEvent[] => [ordered, ...readNotice(moneyAfter(ordered), { ...notice, ...more }, heard)];
const settled = (more: Partial<Notice> = {}): readonly MoneyEvent[] => { const events = heardOf(more); return [...events, allocated(moneyAfter(...events).held.get('GD1')!, claim, { receipt: 'AA-26/0000001', office: 'counter-1', on: day })]; };
const row = (more: Partial<FileRow> = {}): FileRow => ({ kind: 'payment', reference: 'LT1', transaction: 'GD1', amount: '50000', currency: 'VND', ...more });
const compare = (events: readonly MoneyEvent[], file: readonly FileRow[] | null): readonly string[] =>
  compareDay({ day, booked: [{ folder, money: moneyAfter(...events) }], tills: [], gateway: 'sandbox', file }).map((one) => `${one.cause} ${one.ours} ${one.theirs}${one.resolved ? ` ${one.resolution}` : ''}`);
const corrected = (events: readonly MoneyEvent[], theirs: number | null): readonly MoneyEvent[] => [...events, ...correction(moneyAfter(...events), theirs, { folder, transaction: 'GD1', day, ground: '12/BB-KBNN', by })];
const backOf = (from: Return['from'], amount: number): Return => ({ id: 'r-1', transaction: 'GD1', amount, from, out: 'gateway:sandbox', ground: '12/BB-KBNN', by });
const gaveBack = (events: readonly MoneyEvent[], from: Return['from'], amount: number): readonly MoneyEvent[] => [...events, { type: 'returning', back: backOf(from, amount) }, returnedMoney(backOf(from, amount), moneyAfter(...events).held.get('GD1')!, 'counter-1', day)];
const refundRow = row({ kind: 'refund', reference: 'r-1', amount: '1000' });

describe('a day', () => {
  test.each<[string, readonly MoneyEvent[], readonly FileRow[] | null, readonly string[]]>([
    // what the books have                        the file                          what differs: cause, ours, theirs, how it was resolved
    ['the same', settled(), [row()], []],
    ['the same, and there is no platform', settled(), null, []],
    ['what the file has not', settled(), [], ['FILE_MISSES 50000 0']],
    ['another amount', settled(), [row({ amount: '40000' })], ['FILE_DIFFERS 50000 40000']],
    ['less than was owed', heardOf({ amount: '40000' }), [row({ amount: '40000' })], ['AMOUNT_PARTIAL 40000 0']],
    ['more than was owed', settled({ amount: '51000' }), [row({ amount: '51000' })], ['AMOUNT_OVER 1000 0']],
    ['more, and it went back', gaveBack(settled({ amount: '51000' }), 'suspense', 1_000), [row({ amount: '51000' }), refundRow], ['AMOUNT_OVER 0 0 return']],
    ['more, went back, and the file has not', gaveBack(settled({ amount: '51000' }), 'suspense', 1_000), [row({ amount: '51000' })], ['AMOUNT_OVER 0 0 return', 'REFUND_MISSING 1000 0']],
    ['a refund that nobody here knows', settled(), [row(), refundRow], ['REFUND_UNKNOWN 0 1000']],
    ['a refund of what was collected', gaveBack(settled(), 'collected', 1_000), [row(), refundRow], []],
    ['what is kept and not settled yet', heardOf({}), [row()], ['MONEY_KEPT 50000 0']],
    ['what cannot be booked', heardOf({ currency: 'USD' }), [row({ currency: 'USD' })], ['CURRENCY_OTHER 0 0']],
    ['what cannot be booked, noted', corrected(heardOf({ currency: 'USD' }), null), [row({ currency: 'USD' })], ['CURRENCY_OTHER 0 0 noted']],
  ])('%s', (_what, events, file, expected) => expect(compare(events, file)).toEqual(expected));

  test('rows that no record has are to be recorded; what was said oddly is known', () => {
    const booked = [{ folder, money: moneyAfter(...settled()) }, { folder: 'money-2', money: moneyAfter(...heardOf({ transaction: 'GD2', currency: 'USD' })) }];
    expect(unrecorded({ booked, file: [row(), row({ transaction: 'GD2', currency: 'USD' }), row({ transaction: 'GD3' }), refundRow] }).map((one) => one.transaction)).toEqual(['GD3']);
  });
});

describe('what the file says otherwise is put right', () => {
  test.each<[string, readonly MoneyEvent[], number, number]>([
    // the books                   the file  what is left in suspense
    ['less: out of suspense', settled({ amount: '51000' }), 50_000, 0],
    ['less than the charge got: what is missing is a difference of the platform', settled(), 40_000, 0],
    ['nothing at all', settled({ amount: '51000' }), 0, 0],
    ['more: into suspense', settled(), 51_000, 1_000],
  ])('%s', (_what, events, theirs, left) => {
    const after = corrected(events, theirs), money = moneyAfter(...after), gateway = money.postings.flatMap(({ lines }) => lines).filter((line) => line.account === 'gateway:sandbox').reduce((sum, line) => sum + line.amount, 0);
    expect([imbalance(money.postings), gateway, rest(money.held.get('GD1')!)]).toEqual([0, theirs, left]);
    const differences = compareDay({ day, booked: [{ folder, money }], tills: [], gateway: 'sandbox', file: theirs === 0 ? [] : [row({ amount: String(theirs) })] });
    expect(openAmount(differences)).toBe(left);
    expect(corrected(after, theirs)).toEqual(after);
  });
});
