/** Guessing gets slower; who shows what is right is not kept out by it longer than needed. */
import { describe, expect, test } from 'vitest';
import { firstWaitMs, forgottenAfterMs, freeTries, guessLimit, maxWaitMs, networkOf } from '../src/guess-limit.ts';
import type { Guess, GuessLimit } from '../src/guess-limit.ts';

const wrong = async (): Promise<undefined> => undefined;
const right = async (): Promise<string> => 'right';

/** What came of one guess. */
async function outcome(limit: GuessLimit, guess: Guess, judge: () => Promise<string | undefined>): Promise<string> {
  try { return await limit.attempt(guess, judge) ?? 'wrong'; } catch (error) { return (error as { code: string }).code; }
}

/** Outcomes of guesses one after another, each at its time. */
async function outcomes(guesses: readonly (readonly [at: number, guess: Guess, judge: () => Promise<string | undefined>])[]): Promise<readonly string[]> {
  let now = 0;
  const limit = guessLimit(() => now), found: string[] = [];
  for (const [at, guess, judge] of guesses) { now = at; found.push(await outcome(limit, guess, judge)); }
  return found;
}

const times = (n: number, guess: Guess, judge = wrong, at = 0) => Array.from({ length: n }, () => [at, guess, judge] as const);
const a = { thing: 'code:a', peer: '203.0.113.7' }, b = { thing: 'code:b', peer: '203.0.113.7' }, elsewhere = { thing: 'code:a', peer: '203.0.113.8' };

describe('after the free tries', () => {
  test.each([
    ['the thing must wait, whoever asks', [...times(freeTries, a), [0, elsewhere, right] as const], 'TOO_MANY_TRIES'],
    ['the address must wait, whatever it asks for', [...times(freeTries, a), [0, b, right] as const], 'TOO_MANY_TRIES'],
    ['one less, nobody waits', [...times(freeTries - 1, a), [0, elsewhere, right] as const], 'right'],
    ['when the wait is over, the next try is judged', [...times(freeTries, a), [firstWaitMs, a, right] as const], 'right'],
    ['a moment before, it is not', [...times(freeTries, a), [firstWaitMs - 1, a, right] as const], 'TOO_MANY_TRIES'],
    ['what was right does not clear the address for other things', [...times(freeTries - 1, b), [0, a, right] as const, [0, b, wrong] as const, [0, a, right] as const], 'TOO_MANY_TRIES'],
    ['what was right clears the thing', [...times(freeTries - 1, { thing: 'code:a' }), [0, elsewhere, right] as const, [0, elsewhere, wrong] as const, [0, elsewhere, right] as const], 'right'],
    ['a day without a wrong try begins anew', [...times(freeTries, a), ...times(freeTries - 1, a, wrong, forgottenAfterMs), [forgottenAfterMs, a, right] as const], 'right'],
    ['less than a day does not', [...times(freeTries, a), [forgottenAfterMs - 1, a, wrong] as const, [forgottenAfterMs - 1, a, right] as const], 'TOO_MANY_TRIES'],
  ] as const)('%s', async (_what, guesses, last) => {
    expect((await outcomes(guesses)).at(-1)).toBe(last);
  });

  test('no wait is longer than the longest', async () => {
    const slow = Array.from({ length: 40 }, (_, n) => [n * maxWaitMs, a, wrong] as const);
    expect(new Set(await outcomes(slow))).toEqual(new Set(['wrong']));
  });
});

test('guesses sent all at once are judged no oftener than one after another', async () => {
  const limit = guessLimit(() => 0);
  let judged = 0, open = (): void => {};
  const opened = new Promise<void>((resolve) => { open = resolve; });
  const all = Array.from({ length: 1_000 }, () => outcome(limit, a, async () => { judged += 1; await opened; return undefined; }));
  open();
  const found = await Promise.all(all);
  expect([judged, found.filter((one) => one === 'wrong').length]).toEqual([freeTries, freeTries]);
});

test('a judge that fails counts for nothing', async () => {
  const limit = guessLimit(() => 0), broken = (): Promise<never> => Promise.reject(Object.assign(new Error('store'), { code: 'STORE_FAILED' }));
  for (let n = 0; n < 2 * freeTries; n++) expect(await outcome(limit, a, broken)).toBe('STORE_FAILED');
  expect(await outcome(limit, a, right)).toBe('right');
});

test.each([
  ['203.0.113.7', '203.0.113.7'], ['::ffff:203.0.113.7', '203.0.113.7'], ['127.0.0.1:4711', '127.0.0.1:4711'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8:1:2::7', '2001:db8:1:2::/64'], ['2001:0DB8::7', '2001:db8:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['::1', '0:0:0:0::/64'],
  ['203.0.113.7:51234', '203.0.113.7'], ['::ffff:203.0.113.7:51234', '203.0.113.7'], ['2001:db8:1:2:3:4:5:6:51234', '2001:db8:1:2::/64'],
])('%s is counted as %s', (address, network) => { expect(networkOf(address)).toBe(network); });
