/** A day is compared again with a newer file: what was put right by one that was wrong is put right back, once, and nothing is in the books twice. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endClaim, endFound, isClaimWay, isFoundWay } from '../src/rules-claims.ts';
import { correction, fileId, filedElsewhere, foundAgain, gapOf, inFiles } from '../src/rules-file.ts';
import type { FileRow } from '../src/rules-file.ts';
import { moneyKeys } from '../src/rules-found.ts';
import { balances, imbalance } from '../src/rules-ledger.ts';
import { allocated, rest } from '../src/rules-money.ts';
import type { MoneyEvent } from '../src/rules-money.ts';
import { readNotice } from '../src/rules-notice.ts';
import { compareDay, openAmount } from '../src/rules-reconcile.ts';
import type { Difference } from '../src/rules-reconcile.ts';
import { claim, day, heard, moneyAfter, notice, ordered } from './money-of-tests.ts';

const by = { office: 'treasury-1', officer: 'cb-kb' }, folder = 'a'.repeat(64), id = fileId(folder, 'GD1'), how = { folder, transaction: 'GD1', day, ground: '12/BB-KBNN', by };

/** Paid, with so much for the charge; the rest is aside. */
function paid(amount: number): readonly MoneyEvent[] {
  const events = [ordered, ...readNotice(moneyAfter(ordered), { ...notice, amount: String(amount) }, heard)];
  return amount < claim.amount ? events : [...events, allocated(moneyAfter(...events).held.get('GD1')!, claim, { receipt: 'AA-26/0000001', office: 'counter-1', on: day })];
}

/** A number: what the next file has, as the comparison hears it. Words: what a person does then. */
type Step = number | 'noted' | 'made-good' | 'written-off' | 'repaid' | 'recovered';
type Walked = { readonly events: readonly MoneyEvent[]; readonly theirs: number; /** Steps that were not possible. */ readonly refused: readonly Step[] };

function next({ events, theirs, refused }: Walked, step: Step): Walked {
  const money = moneyAfter(...events);
  if (typeof step === 'number') return { events: [...events, ...foundAgain(money, step, { ...how, ground: 'file sandbox' })], theirs: step, refused };
  const told = step === 'noted' ? correction(money, theirs, how) : isClaimWay(step) ? endClaim(money, { of: id, way: step, ground: how.ground, by, today: day })
    : isFoundWay(step) ? endFound(money, gapOf(money, money.held.get('GD1')!, id, theirs).late, { of: id, way: step, ground: how.ground, by, today: day }) : [];
  return told === null || told.length === 0 ? { events, theirs, refused: [...refused, step] } : { events: [...events, ...told], theirs, refused };
}

const walk = (amount: number, steps: readonly Step[]): Walked => steps.reduce(next, { events: paid(amount), theirs: amount, refused: [] });
const file = (theirs: number): readonly FileRow[] => (theirs === 0 ? [] : [{ kind: 'payment', reference: 'LT1', transaction: 'GD1', amount: String(theirs), currency: 'VND' }]);
const compared = ({ events, theirs }: Walked): readonly Difference[] => compareDay({ day, booked: [{ folder, money: moneyAfter(...events) }], tills: [], gateway: 'sandbox', file: file(theirs) }).filter((one) => !one.id.startsWith('money:'));
const sums = ({ events }: Walked): (prefix: string) => number => { const all = balances(moneyAfter(...events).postings); return (prefix) => [...all].reduce((sum, [account, amount]) => sum + (account.startsWith(prefix) ? amount : 0), 0); };

describe('a payment of 51000, of which its charge has 50000', () => {
  test.each<[string, readonly Step[], readonly string[], readonly [number, number, number, number, number]]>([
    // the files, and what a person does        what differs: cause, ours, theirs, how it ended                                         at the platform, aside, claimed, bank, loss
    ['misses it', [0], ['FILE_MISSES 51000 0'], [51_000, 1_000, 0, 0, 0]],
    ['misses it: noted', [0, 'noted'], ['FILE_MISSES 50000 0 noted'], [0, 0, 50_000, 0, 0]],
    ['has it then', [0, 51_000], [], [51_000, 1_000, 0, 0, 0]],
    ['noted, and has it then', [0, 'noted', 51_000], ['FILE_FINDS 51000 51000 found'], [51_000, 1_000, 0, 0, 0]],
    ['… and read once more', [0, 'noted', 51_000, 51_000], ['FILE_FINDS 51000 51000 found'], [51_000, 1_000, 0, 0, 0]],
    ['… and misses it again', [0, 'noted', 51_000, 0], ['FILE_MISSES 51000 0'], [51_000, 1_000, 0, 0, 0]],
    ['… and noted again', [0, 'noted', 51_000, 0, 'noted'], ['FILE_MISSES 50000 0 noted'], [0, 0, 50_000, 0, 0]],
    ['has a part of it then: a person looks', [0, 'noted', 40_000], ['FILE_DIFFERS 0 40000'], [0, 0, 50_000, 0, 0]],
    ['… and claims so much less', [0, 'noted', 40_000, 'noted'], ['FILE_DIFFERS 50000 40000 noted'], [40_000, 0, 10_000, 0, 0]],
    ['has more than ever came', [0, 'noted', 60_000], ['FILE_DIFFERS 0 60000'], [0, 0, 50_000, 0, 0]],
    ['… what is over is aside', [0, 'noted', 60_000, 'noted'], ['FILE_DIFFERS 60000 60000 noted'], [60_000, 10_000, 0, 0, 0]],
    ['has less: noted, and has it all then', [40_000, 'noted', 51_000], ['FILE_FINDS 51000 51000 found'], [51_000, 1_000, 0, 0, 0]],
    ['made good, and has it then: another difference', [0, 'noted', 'made-good', 51_000], ['FILE_FINDS 51000 51000 made-good', 'FILE_FINDS 0 50000'], [1_000, 1_000, 0, 50_000, 0]],
    ['… repaid', [0, 'noted', 'made-good', 51_000, 'repaid'], ['FILE_FINDS 51000 51000 made-good', 'FILE_FINDS 50000 50000 repaid'], [51_000, 1_000, 0, 0, 0]],
    ['… not recovered: nothing was lost', [0, 'noted', 'made-good', 51_000, 'recovered'], ['FILE_FINDS 51000 51000 made-good', 'FILE_FINDS 0 50000'], [1_000, 1_000, 0, 50_000, 0]],
    ['written off, and has it then: recovered', [0, 'noted', 'written-off', 51_000, 'recovered'], ['FILE_FINDS 51000 51000 written-off', 'FILE_FINDS 50000 50000 recovered'], [51_000, 1_000, 0, 0, 0]],
    ['… not repaid: nobody had paid', [0, 'noted', 'written-off', 51_000, 'repaid'], ['FILE_FINDS 51000 51000 written-off', 'FILE_FINDS 0 50000'], [1_000, 1_000, 0, 0, 50_000]],
    ['made good, found, repaid, and missed again', [0, 'noted', 'made-good', 51_000, 'repaid', 0], ['FILE_MISSES 51000 0', 'FILE_FINDS 50000 50000 repaid'], [51_000, 1_000, 0, 0, 0]],
  ])('the file %s', (_what, steps, expected, balance) => {
    const walked = walk(51_000, steps), of = sums(walked);
    expect(compared(walked).map((one) => `${one.cause} ${one.ours} ${one.theirs}${one.resolved ? ` ${one.resolution}` : ''}`)).toEqual(expected);
    expect([of('gateway:'), 0 - of('suspense:'), of('difference:'), of('bank:'), of('loss:')]).toEqual(balance);
  });
});

test('what is on its way to a charge is not taken from it because a file has not got it yet', () => {
  const events = paid(50_000).slice(0, -1);
  expect(correction(moneyAfter(...events), 0, how)).toEqual([]);
});

describe('a platform that closes its day when it likes', () => {
  const other = '2026-11-29', rows = (amount: number) => (): readonly FileRow[] => file(amount), elsewhere = (events: readonly MoneyEvent[], amount: number): readonly MoneyEvent[] => [...events, ...filedElsewhere(moneyAfter(...events), other, 'gateway:sandbox', rows(amount))];
  const causes = (events: readonly MoneyEvent[], own: number): readonly string[] => compared({ events, theirs: own, refused: [] }).map((one) => `${one.cause} ${one.ours} ${one.theirs}${one.resolved ? ` ${one.resolution}` : ''}`);

  test.each<[string, readonly number[], number, readonly string[]]>([
    // what files of the next day say                   its own  what differs
    ['has it in the file of the next day', [50_000], 0, []],
    ['says so in every file', [50_000, 50_000], 0, []],
    ['takes it out of there', [50_000, 0], 0, ['FILE_MISSES 50000 0']],
    ['takes it out of there and into its own', [50_000, 0], 50_000, []],
    ['has it in both: twice', [50_000], 50_000, ['FILE_DIFFERS 50000 100000']],
    ['has a part in each', [20_000], 30_000, []],
  ])('%s', (_what, files, own, expected) => expect(causes(files.reduce(elsewhere, paid(50_000)), own)).toEqual(expected));

  test('nothing is told twice, and nothing of what stands in the books of that day', () => {
    const events = elsewhere(paid(50_000), 50_000);
    expect(elsewhere(events, 50_000)).toEqual(events);
    expect(filedElsewhere(moneyAfter(...paid(50_000)), day, 'gateway:sandbox', rows(50_000))).toEqual([]);
    expect(moneyKeys(moneyAfter(...events))['day']).toEqual([day, other]);
  });

  test('noted as missing, and then in the file of the next day: put back when its own day is compared again', () => {
    const noted = walk(50_000, [0, 'noted']).events, found = elsewhere(noted, 50_000), money = moneyAfter(...found);
    const again = [...found, ...foundAgain(money, inFiles(money.held.get('GD1')!, []), how)];
    expect([causes(found, 0), causes(again, 0), sums({ events: again, theirs: 0, refused: [] })('difference:')]).toEqual([['FILE_DIFFERS 0 50000'], ['FILE_FINDS 50000 50000 found'], 0]);
  });
});

test('whatever files say and people do: balanced, nothing below zero, and once all is ended the books have at the platform what its last file has', () => {
  const step = fc.constantFrom<Step>(0, 40_000, 50_000, 51_000, 52_000, 'noted', 'made-good', 'written-off', 'repaid', 'recovered');
  fc.assert(fc.property(fc.constantFrom(49_000, 50_000, 51_000), fc.array(step, { maxLength: 14 }), fc.constantFrom(0, 40_000, 49_000, 50_000, 51_000), (amount, steps, last) => {
    const walked = walk(amount, [...steps, last, 'noted', 'repaid', 'recovered']), of = sums(walked), money = moneyAfter(...walked.events), held = money.held.get('GD1')!;
    expect([imbalance(money.postings), openAmount(compared(walked)), of('gateway:'), 0 - of('suspense:')]).toEqual([0, 0, last, rest(held)]);
    expect(Math.min(rest(held), of('difference:'), of('bank:'), of('loss:'))).toBeGreaterThanOrEqual(0);
    expect([of('difference:'), held.allocated]).toEqual([money.claims.get(id)?.open ?? 0, amount < claim.amount ? 0 : claim.amount]);
    // Said again, it changes nothing.
    expect(walk(amount, [...steps, last, 'noted', 'repaid', 'recovered', last, 'noted', 'repaid', 'recovered']).events).toEqual(walked.events);
  }));
});
