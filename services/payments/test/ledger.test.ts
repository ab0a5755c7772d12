import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endClaim, endFound } from '../src/rules-claims.ts';
import { correction, fileId, foundAgain, gapOf } from '../src/rules-file.ts';
import { account, balances, imbalance, posting } from '../src/rules-ledger.ts';
import type { Posting } from '../src/rules-ledger.ts';
import { allocated, arrived, handedBack, rest, returnedMoney, suspense } from '../src/rules-money.ts';
import type { Money, MoneyEvent, Return } from '../src/rules-money.ts';
import { readNotice } from '../src/rules-notice.ts';
import { resolveRefund } from '../src/rules-refund.ts';
import type { RefundPart } from '../src/rules-refund.ts';
import { claim, command, day, heard, moneyAfter, notice, ordered } from './money-of-tests.ts';

const by = { office: 'counter-1', officer: 'cb-1' };
const till = account('till', 'shift-1'), gateway = account('gateway', 'sandbox');

/** What may happen to money at any time, as the records are told it: only where the rules allow it. */
const steps = {
  notice: (money: Money, n: number): readonly MoneyEvent[] => readNotice(money, { ...notice, transaction: `GD${n % 3}`, amount: String([50_000, 49_999, 50_001, -1, 0.5, 1e14][n % 6]), currency: n % 7 === 0 ? 'USD' : 'VND', info: n % 5 === 0 ? 'H47-2' : 'H47-1', code: n % 11 === 0 ? '99' : '00' }, heard),
  allocate: (money: Money): readonly MoneyEvent[] => [...money.held.values()].filter((one) => one.allocated === 0 && !one.handedBack && one.backFromSuspense === 0 && rest(one) >= claim.amount).slice(0, 1).map((one) => allocated(one, claim, { receipt: 'AA-26/0000001', office: 'counter-1', on: day })),
  bring: (money: Money, n: number): readonly MoneyEvent[] => (money.held.has(`T${n % 3}`) ? [] : [arrived({ transaction: `T${n % 3}`, source: till, amount: 50_000, day, via: 'till', command })]),
  /** Only what stands before a counter is handed back. */
  handBack: (money: Money): readonly MoneyEvent[] => [...money.held.values()].filter((one) => one.arrival.via === 'till' && one.allocated === 0 && !one.handedBack && one.backFromSuspense === 0).slice(0, 1).map((one) => handedBack(one, 'CHARGE_NOT_OPEN')),
  giveBack: (money: Money, n: number): readonly MoneyEvent[] => [...money.held.values()].filter((one) => rest(one) > 0).slice(0, 1).flatMap((one): readonly MoneyEvent[] => {
    const back: Return = { id: `r${n}-${money.ended.size}`, transaction: one.arrival.transaction, amount: 1 + n % rest(one), from: 'suspense', out: one.arrival.source, ground: '118/2025/NĐ-CP', by };
    return [{ type: 'returning', back }, returnedMoney(back, one, 'counter-1', day)];
  }),
  refund: (money: Money, n: number): readonly MoneyEvent[] => [...money.held.values()].filter((one) => one.allocated > one.backFromCollected).slice(0, 1).flatMap((one): readonly MoneyEvent[] => {
    const back: Return = { id: `c${n}-${money.ended.size}`, transaction: one.arrival.transaction, amount: 1 + n % (one.allocated - one.backFromCollected), from: 'collected', out: one.arrival.source, ground: '118/2025/NĐ-CP', by };
    return [{ type: 'returning', back }, returnedMoney(back, one, 'counter-1', day)];
  }),
  /** The platform's file says something else about a refund, and it is put right in some way that is possible. */
  byFile: (money: Money, n: number): readonly MoneyEvent[] => {
    const backs = [...money.returns.values()], back = n % 3 === 0 ? undefined : backs[n % Math.max(1, backs.length)]?.back, way = (['put-back', 'adopted', 'claimed', 'written-off', 'repaid', 'recovered'] as const)[n % 6]!;
    const part: RefundPart = { key: back?.id ?? `own-${n % 5}`, transaction: back?.transaction ?? `GD${n % 4}`, source: 'gateway:sandbox', theirs: [0, 1, 700, 60_000][(n >> 2) % 4]! };
    return resolveRefund(money, part, { way, ground: '12/BB-KBNN', by, mark: { id: 'q-1', digest: 'd'.repeat(64) }, on: day, today: day }) ?? [];
  },
  /** A file says something about a payment, and it is put right: by a person, or because it is what had come. */
  byDayFile: (money: Money, n: number): readonly MoneyEvent[] => {
    const transaction = `GD${n % 3}`, arrival = money.held.get(transaction)?.arrival, theirs = [0, 1, 49_999, 50_000, 50_001][(n >> 2) % 5]!, how = { folder: 'm', transaction, day, ground: '12/BB-KBNN', by };
    return arrival?.source !== gateway ? [] : [...foundAgain(money, theirs, how), ...n % 2 === 0 ? correction(money, theirs, how) : []].slice(0, 1);
  },
  endFound: (money: Money, n: number): readonly MoneyEvent[] => [...money.held.values()].flatMap((held) => {
    const of = fileId('m', held.arrival.transaction);
    return endFound(money, gapOf(money, held, of, [0, 50_000, 50_001][(n >> 1) % 3]!).late, { of, way: n % 2 === 0 ? 'repaid' : 'recovered', ground: '12/BB-KBNN', by, today: day }) ?? [];
  }),
  endClaim: (money: Money, n: number): readonly MoneyEvent[] => [...money.claims.keys()].slice(n % 3, n % 3 + 1).flatMap((of) => endClaim(money, { of, way: n % 2 === 0 ? 'made-good' : 'written-off', ground: '12/BB-KBNN', by, today: day })),
} as const;
const life = fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps) as (keyof typeof steps)[]), fc.nat({ max: 1_000 })), { maxLength: 30 });

function lived(path: readonly (readonly [keyof typeof steps, number])[]): Money {
  const events: MoneyEvent[] = [ordered];
  for (const [step, n] of path) events.push(...steps[step](moneyAfter(...events), n));
  return moneyAfter(...events);
}

describe('the ledger', () => {
  test('is balanced after any life of money, and every posting by itself', () => {
    fc.assert(fc.property(life, (path) => {
      const { postings } = lived(path);
      expect(imbalance(postings)).toBe(0);
      for (const one of postings) expect(imbalance([one])).toBe(0);
    }));
  });

  test('has in suspense exactly what is for no charge and did not go back, and collected what charges have', () => {
    fc.assert(fc.property(life, (path) => {
      const money = lived(path), sums = balances(money.postings), held = [...money.held.values()];
      const sum = (of: (one: typeof held[number]) => number, from = held): number => from.reduce((total, one) => total + of(one), 0);
      const there = (one: typeof held[number]): number => rest(one) + one.allocated - one.backFromCollected;
      for (const source of [gateway, till]) expect(0 - (sums.get(suspense(source)) ?? 0)).toBe(sum(rest, held.filter(({ arrival }) => arrival.source === source)));
      expect(0 - (sums.get('collected:counter-1') ?? 0)).toBe(sum((one) => one.allocated - one.backFromCollected));
      expect(sums.get(till) ?? 0).toBe(sum(there, held.filter(({ arrival }) => arrival.source === till)));
      // What the platform gave away beyond that is claimed from it, paid in since, or lost.
      const given = ['difference:gateway:sandbox', 'loss:gateway:sandbox', 'bank:counter-1'].reduce((total, one) => total + (sums.get(one as 'bank:x') ?? 0), 0);
      expect((sums.get(gateway) ?? 0) + given).toBe(sum(there, held.filter(({ arrival }) => arrival.source === gateway)));
      expect(held.every((one) => rest(one) >= 0)).toBe(true);
      expect(Math.min(sums.get('loss:gateway:sandbox') ?? 0, sums.get('bank:counter-1') ?? 0, sums.get('difference:gateway:sandbox') ?? 0)).toBeGreaterThanOrEqual(0);
      // What is claimed is what stands, and nothing that has ended already.
      expect(sums.get('difference:gateway:sandbox') ?? 0).toBe([...money.claims.values()].reduce((total, { open }) => total + open, 0));
    }));
  });

  test.each([0, -1, 0.5, 10_000_000_000_001, Number.NaN])('nobody posts %s đồng', (amount) => {
    expect(() => posting(day, { debit: account('bank', 'a'), credit: account('collected', 'a'), amount })).toThrow(RangeError);
  });

  test('any moves make a posting in balance', () => {
    const accounts = fc.constantFrom('bank:a', 'till:x', 'collected:a', 'suspense:b') as fc.Arbitrary<'bank:a'>;
    fc.assert(fc.property(fc.array(fc.record({ debit: accounts, credit: accounts, amount: fc.integer({ min: 1, max: 10_000_000_000_000 }) }), { maxLength: 20 }), (moves) => {
      const one: Posting = posting(day, ...moves);
      expect(imbalance([one])).toBe(0);
      expect([...balances([one]).values()].reduce((a, b) => a + b, 0)).toBe(0);
    }));
  });
});

test('the command travels with the money to whoever settles it', () => {
  const [event] = readNotice(moneyAfter(ordered), notice, heard);
  expect(event).toMatchObject({ type: 'arrived', arrival: { command: { ...command, reference: 'GATEWAY|SANDBOX|GD1' } } });
});
