import { describe, expect, test } from 'vitest';
import { endClaim, isClaimWay } from '../src/rules-claims.ts';
import type { ClaimWay } from '../src/rules-claims.ts';
import { correction, fileId, foundId } from '../src/rules-file.ts';
import type { FileRow } from '../src/rules-file.ts';
import { account, balances, imbalance, posting } from '../src/rules-ledger.ts';
import { allocated, refundId, rest, returnedMoney } from '../src/rules-money.ts';
import type { MoneyEvent, Return } from '../src/rules-money.ts';
import { readNotice } from '../src/rules-notice.ts';
import type { Notice } from '../src/rules-notice.ts';
import { postDays, remitted, resolvePost } from '../src/rules-post.ts';
import type { PostWay } from '../src/rules-post.ts';
import { compareDay, openAmount, placeOf, postId, refundIn, unrecorded } from '../src/rules-reconcile.ts';
import { givenBack, resolveRefund } from '../src/rules-refund.ts';
import type { RefundWay } from '../src/rules-refund.ts';
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
const lawGaveBack = (): readonly MoneyEvent[] => { const back = { ...backOf('collected', 1_000), id: 'owed:k-1' }; return [{ type: 'returning', back }, returnedMoney(back, moneyAfter(...settled()).held.get('GD1')!, 'counter-1', day)]; };
const refundRow = row({ kind: 'refund', reference: 'r-1', amount: '1000' });

describe('a day', () => {
  test.each<[string, readonly MoneyEvent[], readonly FileRow[] | null, readonly string[]]>([
    // what the books have                        the file                          what differs: cause, ours, theirs, how it was resolved
    ['the same', settled(), [row()], []],
    ['the same, and there is no platform', settled(), null, []],
    ['what the file has not', settled(), [], ['FILE_MISSES 50000 0']],
    ['another amount', settled(), [row({ amount: '40000' })], ['FILE_DIFFERS 50000 40000']],
    ['a payment that the file has twice', settled(), [row(), row()], ['FILE_DIFFERS 50000 100000']],
    ['a payment that the file has in dollars, or with a fraction', settled(), [row({ currency: 'USD' }), row({ amount: '50000.5' })], ['FILE_MISSES 50000 0']],
    ['less than was owed', heardOf({ amount: '40000' }), [row({ amount: '40000' })], ['AMOUNT_PARTIAL 40000 0']],
    ['more than was owed', settled({ amount: '51000' }), [row({ amount: '51000' })], ['AMOUNT_OVER 1000 0']],
    ['more, and it went back', gaveBack(settled({ amount: '51000' }), 'suspense', 1_000), [row({ amount: '51000' }), refundRow], ['AMOUNT_OVER 0 0 return']],
    ['more, went back, and the file has not', gaveBack(settled({ amount: '51000' }), 'suspense', 1_000), [row({ amount: '51000' })], ['AMOUNT_OVER 0 0 return', 'REFUND_MISSING 1000 0']],
    ['a refund that nobody here knows', settled(), [row(), refundRow], ['REFUND_UNKNOWN 0 1000']],
    ['a refund that the law owed, under its own key', [...settled(), ...lawGaveBack()], [row(), row({ kind: 'refund', reference: 'k-1', amount: '1000' })], []],
    ['a refund of which half was made', gaveBack(settled(), 'collected', 1_000), [row(), { ...refundRow, amount: '500' }], ['REFUND_MISSING 1000 500']],
    ['a refund that was made in two rows', gaveBack(settled(), 'collected', 1_000), [row(), { ...refundRow, amount: '400' }, { ...refundRow, amount: '600' }], []],
    ['a refund in dollars', settled(), [row(), { ...refundRow, currency: 'USD' }], ['REFUND_UNKNOWN 0 0']],
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

test.each<[string, ReturnType<typeof placeOf>]>([
  // a difference                            where it is found
  [`money:${'a'.repeat(64)}/GD1`, { kind: 'record', folder: 'a'.repeat(64), transaction: 'GD1' }],
  [`said:${'b'.repeat(64)}/KBNN|FT/1`, { kind: 'record', folder: 'b'.repeat(64), transaction: 'KBNN|FT/1' }],
  [foundId('d'.repeat(64), 'GD1'), { kind: 'record', folder: 'd'.repeat(64), transaction: 'GD1' }],
  [fileId('c'.repeat(64), 'GD1'), { kind: 'record', folder: 'c'.repeat(64), transaction: 'GD1' }],
  [refundId('r/1:x'), { kind: 'refund', key: 'r/1:x' }],
  ['till:counter-1/lan/2026-11-28/1', { kind: 'tills' }],
  [postId('post-1', day), { kind: 'post', office: 'post-1' }], [postId('20410@2025-07-01/post', day), { kind: 'post', office: '20410@2025-07-01/post' }],
  ['file:no-folder/GD1', { kind: 'day' }], ['', { kind: 'day' }], ['post:nobody', { kind: 'day' }], ['refund', { kind: 'day' }],
])('%s is looked for where it can be: %j', (id, place) => expect(placeOf(id)).toEqual(place));

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

describe('a refund that the file has otherwise is put right by the file', () => {
  const over = settled({ amount: '51000' }), all = (amount: number): readonly MoneyEvent[] => gaveBack(over, 'suspense', amount), mark = { id: 'q-1', digest: 'd'.repeat(64) };
  const dollars: FileRow = { ...refundRow, currency: 'USD' };
  test.each<[string, readonly MoneyEvent[], string]>([['of a charge', gaveBack(settled(), 'collected', 1_000), 'REFUND_NOT_MADE'], ['out of suspense: for what it was set aside first', gaveBack(over, 'suspense', 1_000), 'AMOUNT_OVER']])('never made %s: the desk says why it waits', (_what, events, reason) => {
    const part = { key: 'r-1', transaction: 'GD1', source: account('gateway', 'sandbox'), theirs: 0 };
    expect(moneyAfter(...events, ...resolveRefund(moneyAfter(...events), part, { way: 'put-back', ground: '12/BB-KBNN', by, mark, on: day, today: day })!).held.get('GD1')).toMatchObject({ reason });
  });

  test.each<[string, readonly MoneyEvent[], RefundWay, FileRow | null, readonly [string, number, number, number] | null]>([
    // what the books have and how it ended               the row                            cause, left in suspense, claimed, lost; null: it cannot have ended so
    ['never made: set aside again', all(1_000), 'put-back', null, ['REFUND_MISSING', 1_000, 0, 0]],
    ['half of it made', all(1_000), 'put-back', { ...refundRow, amount: '500' }, ['REFUND_MISSING', 500, 0, 0]],
    ['never made of a charge: set aside', gaveBack(settled(), 'collected', 1_000), 'put-back', null, ['REFUND_MISSING', 1_000, 0, 0]],
    ['more than was ordered, out of suspense', all(400), 'adopted', refundRow, ['REFUND_MISSING', 0, 0, 0]],
    ['more than is in suspense: claimed', all(1_000), 'claimed', { ...refundRow, amount: '2500' }, ['REFUND_MISSING', 0, 1_500, 0]],
    ['more than is in suspense: lost', all(1_000), 'written-off', { ...refundRow, amount: '2500' }, ['REFUND_MISSING', 0, 0, 1_500]],
    ['by itself, out of suspense', over, 'adopted', refundRow, ['REFUND_UNKNOWN', 0, 0, 0]],
    ['by itself: claimed', settled(), 'claimed', refundRow, ['REFUND_UNKNOWN', 0, 1_000, 0]],
    ['by itself, all of it: first what was over, the rest is claimed', over, 'claimed', { ...refundRow, amount: '51000' }, ['REFUND_UNKNOWN', 0, 50_000, 0]],
    ['by itself, all of it: first what was over, the rest is lost', over, 'written-off', { ...refundRow, amount: '51000' }, ['REFUND_UNKNOWN', 0, 0, 50_000]],
    ['by itself, and no more than was over: nothing is left to claim', over, 'claimed', refundRow, ['REFUND_UNKNOWN', 0, 0, 0]],
    ['of a payment that nobody knows: lost', [], 'written-off', refundRow, ['REFUND_UNKNOWN', 0, 0, 1_000]],
    ['in dollars: looked into', settled(), 'noted', dollars, ['REFUND_UNKNOWN', 0, 0, 0]],
    ['never made, and claimed from whom?', all(1_000), 'claimed', null, null],
    ['made by itself, and put back from where?', settled(), 'put-back', refundRow, null],
    ['more than was ordered, and nothing in suspense', all(1_000), 'adopted', { ...refundRow, amount: '2500' }, null],
    ['of a payment that nobody knows, adopted by whom?', [], 'adopted', refundRow, null],
    ['in dollars, put in books of đồng', settled(), 'claimed', dollars, null],
    ['whole đồng are not only noted', settled(), 'noted', refundRow, null],
  ])('%s', (_what, events, way, refund, expected) => {
    const file = [...(events.length === 0 ? [] : [row({ amount: moneyAfter(...events).held.get('GD1')!.arrival.amount.toString() })]), ...(refund === null ? [] : [refund])];
    const part = { key: 'r-1', transaction: 'GD1', source: account('gateway', 'sandbox'), theirs: refundIn(file.filter((one) => one.kind === 'refund')).theirs }, how = { way, ground: '12/BB-KBNN', by, mark, on: day, today: day };
    const told = resolveRefund(moneyAfter(...events), part, how);
    if (expected === null) return expect(told).toBeNull();
    const money = moneyAfter(...events, ...told!), lines = money.postings.flatMap((one) => one.lines), of = (prefix: string): number => lines.filter((line) => line.account.startsWith(prefix)).reduce((sum, line) => sum + line.amount, 0);
    const found = compareDay({ day, booked: [{ folder, money }], tills: [], gateway: 'sandbox', file }).find((one) => one.id === 'refund:r-1')!, held = money.held.get('GD1');
    expect([found.cause, held === undefined ? 0 : rest(held), of('difference:'), of('loss:')]).toEqual(expected);
    const paid = file.filter((one) => one.currency === 'VND').reduce((sum, one) => sum + (one.kind === 'payment' ? 1 : -1) * Number(one.amount), 0);
    expect([found.resolved, found.resolution, imbalance(money.postings), of('gateway:')]).toEqual([true, way, 0, paid]);
    // The books say now what the file says: there is nothing left to tell.
    expect(resolveRefund(money, part, how)).toEqual([]);
  });

  test('by itself, out of a charge: a return that nobody orders, to be told to its dossier', () => {
    const told = resolveRefund(moneyAfter(...settled()), { key: 'r-1', transaction: 'GD1', source: account('gateway', 'sandbox'), theirs: 1_000 }, { way: 'adopted', ground: '12/BB-KBNN', by, mark, on: day, today: day });
    expect(told).toMatchObject([{ type: 'returning', back: { id: 'r-1', amount: 1_000, from: 'collected', doneOn: day, request: mark } }]);
  });

  test.each<[string, readonly (number | RefundWay | 'made-good')[], readonly [number, number, number, number]]>([
    // what the files have of it, and what a person does                                  claimed, bank, loss, aside
    ['claimed', [1_000, 'claimed'], [1_000, 0, 0, 0]],
    ['claimed, and a later file has more of it', [1_000, 'claimed', 1_500, 'claimed'], [1_500, 0, 0, 0]],
    ['claimed and paid, and a later file has more of it', [1_000, 'claimed', 'made-good', 1_500, 'claimed'], [500, 1_000, 0, 0]],
    ['claimed and paid, twice', [1_000, 'claimed', 'made-good', 1_500, 'claimed', 'made-good'], [0, 1_500, 0, 0]],
    ['claimed, and a later file has it no more: nobody owes it', [1_000, 'claimed', 0, 'put-back'], [0, 0, 0, 0]],
    ['claimed, and a later file has less of it', [1_000, 'claimed', 300, 'put-back'], [300, 0, 0, 0]],
    ['claimed and paid, and a later file has it no more: it is repaid', [1_000, 'claimed', 'made-good', 0, 'repaid'], [0, 0, 0, 0]],
    ['… not set aside for a payer who had nothing back and paid nothing twice', [1_000, 'claimed', 'made-good', 0, 'put-back'], [0, 1_000, 0, 0]],
    ['… not recovered, for nothing was lost', [1_000, 'claimed', 'made-good', 0, 'recovered'], [0, 1_000, 0, 0]],
    ['claimed and lost, and a later file has it no more', [1_000, 'claimed', 'written-off', 0, 'recovered'], [0, 0, 0, 0]],
    ['lost at once, and a later file has it no more', [1_000, 'written-off', 0, 'recovered'], [0, 0, 0, 0]],
    ['paid, more of it claimed, and a later file has none of it: each part ends for itself', [1_000, 'claimed', 'made-good', 1_500, 'claimed', 0, 'repaid', 'put-back'], [0, 0, 0, 0]],
  ])('given back by the platform itself, %s', (_what, steps, expected) => {
    let theirs = 0, events = settled();
    for (const step of steps) {
      const money = moneyAfter(...events), of = refundId('r-1'), part = { key: 'r-1', transaction: 'GD1', source: account('gateway', 'sandbox'), theirs };
      if (typeof step === 'number') theirs = step;
      else if (isClaimWay(step) && theirs === givenBack(money, 'r-1')) events = [...events, ...endClaim(money, { of, way: step, ground: '12/BB-KBNN', by, today: day })];
      else events = [...events, ...resolveRefund(money, part, { way: step as RefundWay, ground: '12/BB-KBNN', by, mark, on: day, today: day }) ?? []];
    }
    const money = moneyAfter(...events), sums = balances(money.postings), of = (one: 'difference' | 'bank' | 'loss', whose: string): number => sums.get(account(one, whose)) ?? 0;
    expect([of('difference', 'gateway:sandbox'), of('bank', 'treasury-1'), of('loss', 'gateway:sandbox'), rest(money.held.get('GD1')!)]).toEqual(expected);
    // Ended, it is resolved, and the books have at the platform what it says.
    const [found] = compareDay({ day, booked: [{ folder, money }], tills: [], gateway: 'sandbox', file: [row(), ...(theirs === 0 ? [] : [row({ kind: 'refund', reference: 'r-1', amount: String(theirs) })])] });
    expect(found?.resolved).toBe((sums.get(account('gateway', 'sandbox')) ?? 0) === 50_000 - theirs);
  });

  test.each<[ClaimWay, string]>([['made-good', 'bank:treasury-1'], ['written-off', 'loss:gateway:sandbox']])('a claim ends once: %s', (way, against) => {
    const claimed = [...settled(), ...resolveRefund(moneyAfter(...settled()), { key: 'r-1', transaction: 'GD1', source: account('gateway', 'sandbox'), theirs: 1_000 }, { way: 'claimed', ground: '12/BB-KBNN', by, mark, on: day, today: day })!];
    const ending = { of: 'refund:r-1', way, ground: '13/BB-KBNN', by, today: day }, ended = [...claimed, ...endClaim(moneyAfter(...claimed), ending)], sums = balances(moneyAfter(...ended).postings);
    expect([sums.get(account('difference', 'gateway:sandbox')), sums.get(against as 'bank:x'), endClaim(moneyAfter(...ended), ending), endClaim(moneyAfter(...settled()), ending)]).toEqual([0, 1_000, [], []]);
  });
});

describe('what a post office has of a day', () => {
  const post = account('post', 'post-1'), collected = (amount: number): MoneyEvent => ({ type: 'arrived', arrival: { transaction: '1', source: post, amount, day, via: 'door' }, posting: posting(day, { debit: post, credit: account('suspense', post), amount }) });
  test.each<[string, number, number, PostWay, string | null]>([
    // what was collected, handed over, how the rest ended     what it comes to; null: it cannot have ended so
    ['nothing was handed over, and never will be', 5_000, 0, 'written-off', 'loss:post:post-1 5000'],
    ['the rest never will be', 5_000, 3_000, 'written-off', 'loss:post:post-1 2000'],
    ['what went back was handed over, too', 3_000, 5_000, 'repaid', 'bank:treasury-1 3000'],
    ['what it still has cannot be repaid', 5_000, 3_000, 'repaid', null],
    ['what it has not cannot be written off', 3_000, 5_000, 'written-off', null],
  ])('%s', (_what, amount, handed, way, expected) => {
    const before: MoneyEvent[] = [collected(amount), ...(handed === 0 ? [] : [remitted({ id: 'h-1', office: 'post-1', day, to: 'treasury-1', amount: handed, by }, day)])];
    const [left] = postDays([moneyAfter(...before)], day), events = resolvePost({ way, id: 'q-1', ground: '12/BB-KBNN', by, day, on: day }, left!);
    if (expected === null) return expect(events).toBeNull();
    const money = moneyAfter(...before, ...events!), sums = balances(money.postings), [against = ''] = expected.split(' ');
    expect([`${against} ${sums.get(against as 'bank:x')}`, sums.get(post), imbalance(money.postings)]).toEqual([expected, 0, 0]);
    expect(compareDay({ day, booked: [{ folder, money }], tills: [], gateway: '', file: null }).filter((one) => one.cause === 'POST_HOLDS')).toMatchObject([{ resolved: true, resolution: way }]);
    expect(resolvePost({ way, id: 'q-2', ground: '12/BB-KBNN', by, day, on: day }, postDays([money], day)[0]!)).toEqual([]);
  });
});
