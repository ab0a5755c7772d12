import { describe, expect, test } from 'vitest';
import { carrierFaultOf, carrierFaults, parseCarrierScript, plainCarrierScript, serialOf } from '../src/carrier-script.ts';
import { roundOf } from '../src/round.ts';

const number = (serial: number): string => `RL${String(serial).padStart(8, '0')}5VN`;
const script = (more: object): ReturnType<typeof parseCarrierScript> => parseCarrierScript(JSON.stringify(more));

describe('a script', () => {
  test('what it leaves out is as in the plain one, where everything is delivered', () => {
    expect(script({})).toEqual(plainCarrierScript);
    expect(roundOf(script({}), number(1), 0)).toMatchObject({ fault: 'delivers', errands: [{ what: 'collected', afterMs: 200 }, { what: 'in-transit' }, { what: 'out-for-delivery' }, { what: 'delivered' }] });
  });

  test.each<[unknown, string]>([
    [[], 'JSON'], [{ seeds: 1 }, 'seeds'], [{ seed: 0.5 }, 'seed'], [{ stepMs: -1 }, 'stepMs'], [{ delayMs: 86_400_001 }, 'delayMs'], [{ rules: [{ fault: 'eaten', share: 1 }] }, 'eaten'],
    [{ rules: [{ fault: 'lost' }] }, 'share | nth'], [{ rules: [{ fault: 'lost', share: 0.6 }, { fault: 'silent', share: 0.5 }] }, 'share > 1'], [{ rules: [{ fault: 'lost', nth: 0 }] }, 'nth'],
  ])('%j is refused: %s', (given, named) => expect(() => parseCarrierScript(JSON.stringify(given))).toThrow(named));

  test('names one by the digits of its number, before any share', () => {
    const given = script({ rules: [{ fault: 'lost', share: 1 }, { fault: 'returned', nth: 7 }] });
    expect([6, 7, 8].map((serial) => carrierFaultOf(given, number(serial)))).toEqual(['lost', 'returned', 'lost']);
  });

  test('shares come out as they are given, the same on every run, others with another seed', () => {
    const all = (seed: number): string[] => Array.from({ length: 4_000 }, (_one, n) => carrierFaultOf(script({ seed, rules: [{ fault: 'lost', share: 0.25 }, { fault: 'silent', share: 0.1 }] }), number(n + 1)));
    const first = all(3), share = (fault: string): number => first.filter((one) => one === fault).length / first.length;
    expect([Math.abs(share('lost') - 0.25) < 0.03, Math.abs(share('silent') - 0.1) < 0.03]).toEqual([true, true]);
    expect(all(3)).toEqual(first);
    expect(all(4)).not.toEqual(first);
  });
});

test('a serial is a whole number from 1, whatever the number looks like', () => {
  expect(['RL000000015VN', 'RL999999997VN', 'AB-12', '12345678901', 'x', ''].map(serialOf)).toEqual([1, 99_999_999, 12, 45_678_901, 1, 1]);
});

test('of what is collected at home the sum is taken there, and nothing where it is delivered', () => {
  const sums = (fault: string): unknown => roundOf(script({ rules: [{ fault, share: 1 }] }), number(5), 50_000, true).errands.map(({ what, sum, refused }) => [what, sum, ...refused]);
  expect(sums('delivers')).toEqual([['collected', 50_000], ['in-transit', 0], ['out-for-delivery', 0], ['delivered', 0]]);
  expect(sums('wrong-sum')).toEqual([['collected', 51_000, 'AMOUNT_DIFFERS'], ['collected', 50_000], ['in-transit', 0], ['out-for-delivery', 0], ['delivered', 0]]);
});

test.each(carrierFaults)('%s: the same request is the same errand, and nothing is delivered twice', (fault) => {
  const { errands } = roundOf(script({ rules: [{ fault, share: 1 }] }), number(5), 50_000);
  const byId = Map.groupBy(errands, (one) => one.requestId);
  for (const same of byId.values()) expect(new Set(same.map(({ refused: _refused, ...one }) => JSON.stringify(one))).size).toBe(1);
  expect([...byId.values()].filter(([one]) => one!.what === 'delivered' && one!.refused.length === 0).length).toBeLessThanOrEqual(1);
});
