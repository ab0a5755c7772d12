/** Whoever guesses a secret is slowed down. */
import { HubError } from '@lienthong/kernel';

/** Wrong tries allowed per key before it must wait, and for how long; the wait doubles with each further wrong try. */
export const freeTries = 5;
export const firstWaitMs = 2_000;
export const maxWaitMs = 15 * 60 * 1000;
/** Keys remembered; the oldest are forgotten. */
export const maxRememberedKeys = 50_000;

export type GuessLimit = { check(keys: readonly string[]): void; wrong(keys: readonly string[]): void; right(keys: readonly string[]): void };

/** Slows guessing per key, e.g. a dossier code, a peer, a consignment. */
export function guessLimit(now: () => number): GuessLimit {
  const tries = new Map<string, { wrong: number; until: number }>();
  return {
    check(keys) {
      const until = Math.max(0, ...keys.map((key) => tries.get(key)?.until ?? 0));
      if (until > now()) throw new HubError('TOO_MANY_TRIES', { seconds: String(Math.ceil((until - now()) / 1000)) });
    },
    wrong(keys) {
      for (const key of keys) {
        const wrong = (tries.get(key)?.wrong ?? 0) + 1;
        tries.delete(key);
        tries.set(key, { wrong, until: wrong < freeTries ? 0 : now() + Math.min(maxWaitMs, firstWaitMs * 2 ** (wrong - freeTries)) });
      }
      for (const oldest of tries.keys()) { if (tries.size <= maxRememberedKeys) break; tries.delete(oldest); }
    },
    right(keys) { for (const key of keys) tries.delete(key); },
  };
}
