import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuse } from '@lienthong/law';
import { balances, imbalance } from '../src/rules-ledger.ts';
import { beginCount, closeTill, countTill, differenceOf, foldTill, openTill, resolveTill, ways } from '../src/rules-till.ts';
import type { Shift, Till, TillEvent, Told, Way } from '../src/rules-till.ts';
import { day } from './money-of-tests.ts';

const shift: Shift = { office: 'counter-1', officer: 'thu-ngan', day, ordinal: 1 }, by = { office: 'counter-1', officer: 'thu-ngan' };
const after = (...told: readonly Told[]): Till => foldTill(told.flatMap((one) => ('events' in one ? one.events : [])).map((event) => ({ event })))!;
const codeOf = (told: Told): string => ('refusal' in told ? told.refusal.code : told.events.map((one: TillEvent) => one.type).join(','));

const ended = refuse('OFFICE_NOT_IN_FORCE', {}, 'office');
const opened = openTill(null, shift, 100_000, null), open = after(opened);
const counting = after(opened, beginCount(open, by));
const counted = (amount: number, expected = 150_000): Till => after(opened, beginCount(open, by), countTill(counting, by, amount, expected));
const closed = (amount: number, expected = 150_000): Till => after(opened, beginCount(open, by), countTill(counting, by, amount, expected), closeTill(counted(amount, expected), by, day));
const resolved = (amount: number, way: Way): Till => after(opened, beginCount(open, by), countTill(counting, by, amount, 150_000), closeTill(counted(amount), by, day), resolveTill(closed(amount), by, { way, ground: 'BB-01', on: day }));

describe('a till', () => {
  test.each<[string, Told, string]>([
    ['opened again with the same float', openTill(open, shift, 100_000, null), ''],
    ['opened again with another', openTill(open, shift, 1, null), 'TILL_OPEN'],
    ['opened again while it is counted', openTill(counting, shift, 100_000, null), 'TILL_BEING_COUNTED'],
    ['of an office that is no more', openTill(null, shift, 100_000, ended), 'OFFICE_NOT_IN_FORCE'],
    ['opened in time, of an office that ended since', openTill(open, shift, 100_000, ended), ''],
    ['counted', beginCount(open, by), 'counting'],
    ['counted once more', beginCount(counting, by), ''],
    ['counted after it was closed', beginCount(closed(150_000), by), 'TILL_CLOSED'],
    ['closed without a count', closeTill(counting, by, day), 'TILL_NOT_COUNTED'],
    ['closed', closeTill(counted(150_000), by, day), 'closed'],
    ['closed twice', closeTill(closed(150_000), by, day), ''],
    ['resolved although nothing differs', resolveTill(closed(150_000), by, { way: 'miscounted', ground: 'BB', on: day }), 'NO_DIFFERENCE'],
    ['resolved before it is closed', resolveTill(counted(140_000), by, { way: 'miscounted', ground: 'BB', on: day }), 'NO_DIFFERENCE'],
    ['short, said to be kept', resolveTill(closed(140_000), by, { way: 'kept', ground: 'BB', on: day }), 'WAY_NOT_POSSIBLE'],
    ['over, said to be written off', resolveTill(closed(160_000), by, { way: 'written-off', ground: 'BB', on: day }), 'WAY_NOT_POSSIBLE'],
    ['short, made good', resolveTill(closed(140_000), by, { way: 'made-good', ground: 'BB', on: day }), 'resolved'],
    ['resolved twice in one way', resolveTill(resolved(140_000, 'made-good'), by, { way: 'made-good', ground: 'BB', on: day }), ''],
    ['resolved twice in two ways', resolveTill(resolved(140_000, 'made-good'), by, { way: 'written-off', ground: 'BB', on: day }), 'NO_DIFFERENCE'],
  ])('%s', (_what, told, expected) => expect(codeOf(told)).toBe(expected));

  test('closed with more than one move can be, is closed and resolved all the same', () => {
    const full = 10_000_000_000_000, [end] = (resolveTill(closed(0, full + 50_000), by, { way: 'miscounted', ground: 'BB-01', on: day }) as { readonly events: readonly Extract<TillEvent, { type: 'resolved' }>[] }).events;
    const sums = balances([...closed(0, full + 50_000).postings, end!.posting]);
    expect([sums.get('till:counter-1/thu-ngan/2026-11-28/1'), sums.get('difference:counter-1'), sums.get('safe:counter-1')]).toEqual([100_000 - full - 50_000, 0, full + 50_000 - 100_000]);
  });

  test('closed, has nothing left of what it should have; the safe has what was counted, and the difference stands until it is resolved', () => {
    fc.assert(fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 }), fc.constantFrom(...Object.keys(ways) as Way[]), (amount, taken, way) => {
      const till = closed(amount, 100_000 + taken), sums = balances(till.postings), difference = differenceOf(till);
      expect(imbalance(till.postings)).toBe(0);
      expect(sums.get('till:counter-1/thu-ngan/2026-11-28/1')).toBe(-taken || 0);
      expect((sums.get('safe:counter-1') ?? 0) + 100_000).toBe(amount);
      expect(sums.get('difference:counter-1') ?? 0).toBe(-difference || 0);
      const told = resolveTill(till, by, { way, ground: 'BB-01', on: day });
      if ('refusal' in told) return;
      const [end] = told.events as Extract<TillEvent, { type: 'resolved' }>[];
      expect(balances([...till.postings, end!.posting]).get('difference:counter-1')).toBe(0);
      expect(imbalance([end!.posting])).toBe(0);
    }));
  });
});
