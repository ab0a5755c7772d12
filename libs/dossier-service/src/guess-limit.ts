/** Whoever guesses a secret is slowed down. */
import { isIPv6 } from 'node:net';
import { HubError, isLoopback } from '@lienthong/kernel';

/** Wrong tries allowed per key before it must wait, and for how long; the wait doubles with each further wrong try. */
export const freeTries = 5;
export const firstWaitMs = 2_000;
export const maxWaitMs = 15 * 60 * 1000;
/** After so long without a wrong try a key begins anew: an address that many people share would else wait longer for ever. */
export const forgottenAfterMs = 24 * 3_600_000;
/** Keys remembered; the oldest are forgotten. */
export const maxRememberedKeys = 50_000;

/** What is guessed at, e.g. `code:…`, and the address of who guesses, each counted by itself; at least one of them. */
export type Guess = { readonly thing?: string; readonly peer?: string };

export type GuessLimit = {
  /**
   * What `judge` answers; undefined is a wrong guess. A right one clears what was guessed at, never the address: whoever knows one secret would else guess at all others.
   * Throws TOO_MANY_TRIES without judging while one of them must wait, or has as many tries under way as it may still have wrong.
   */
  attempt<T>(guess: Guess, judge: () => Promise<T | undefined>): Promise<T | undefined>;
};

type Tries = { wrong: number; lastWrongAt: number; until: number; underWay: number };

/** Slows guessing per thing and per address. `now`: milliseconds. */
export function guessLimit(now: () => number): GuessLimit {
  const remembered = new Map<string, Tries>();
  const triesOf = (key: string): Tries => {
    const found = remembered.get(key) ?? { wrong: 0, lastWrongAt: now(), until: 0, underWay: 0 };
    if (now() - found.lastWrongAt >= forgottenAfterMs) Object.assign(found, { wrong: 0, until: 0 });
    return found;
  };
  const missed = (key: string, tries: Tries): void => {
    tries.wrong += 1;
    tries.lastWrongAt = now();
    tries.until = tries.wrong < freeTries ? 0 : now() + Math.min(maxWaitMs, firstWaitMs * 2 ** (tries.wrong - freeTries));
    remembered.delete(key);
    remembered.set(key, tries);
    for (const oldest of remembered.keys()) { if (remembered.size <= maxRememberedKeys) break; remembered.delete(oldest); }
  };
  return {
    async attempt({ thing, peer }, judge) {
      const counted = [...(thing === undefined ? [] : [thing]), ...(peer === undefined ? [] : [`peer:${networkOf(peer)}`])].map((key) => ({ key, tries: triesOf(key) }));
      const waitMs = Math.max(0, ...counted.map(({ tries }) => waitOf(tries, now())));
      if (waitMs > 0) throw new HubError('TOO_MANY_TRIES', { seconds: String(Math.ceil(waitMs / 1000)) });
      for (const { key, tries } of counted) { tries.underWay += 1; remembered.set(key, tries); }
      try {
        const found = await judge();
        if (found === undefined) for (const { key, tries } of counted) missed(key, tries);
        else if (thing !== undefined) Object.assign(counted[0]!.tries, { wrong: 0, until: 0 });
        return found;
      } finally {
        for (const { key, tries } of counted) { tries.underWay -= 1; if (tries.wrong === 0 && tries.underWay === 0) remembered.delete(key); }
      }
    },
  };
}

/** Milliseconds; 0: it may be tried now. */
function waitOf({ wrong, until, underWay }: Tries, at: number): number {
  if (until > at) return until - at;
  return underWay < Math.max(1, freeTries - wrong) ? 0 : firstWaitMs;
}

/** Who has one IPv6 address has its whole /64: that is counted as one. Anything else stands for itself. A port behind the address is another one with each connection, and says nothing unless all are on this machine. */
export function networkOf(peer: string): string {
  const address = isIPv6(peer) || isLoopback(peer) ? peer : peer.replace(/:\d{1,5}$/, '');
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [before = [], after] = address.replace(/%.*$/, '').split('::').map((side) => side.split(':').filter((group) => group !== ''));
  const groups = after === undefined ? before : [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
