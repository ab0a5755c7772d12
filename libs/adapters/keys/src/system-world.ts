/** The world as it is: the machine's clock and randomness, and the keys of this process. */
import { hash, randomBytes } from 'node:crypto';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import type { Keys, World } from '@lienthong/kernel/ports/world';

/** setTimeout takes no longer wait; a longer one is cut in pieces. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/** SHA-256, 64 lowercase hex characters. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** `crashPoint`: of tests. */
export function systemWorld(keys: Pick<Keys, 'sign' | 'signTogether' | 'verify' | 'maySucceed'>, crashPoint?: CrashPoint): World {
  return {
    now: () => Date.now(),
    randomBytes: pooledRandom(),
    hash: sha256,
    sign: (author, of) => keys.sign(author, of),
    signTogether: keys.signTogether,
    verify: keys.verify,
    maySucceed: keys.maySucceed,
    later,
    ...(crashPoint === undefined ? {} : { crashPoint }),
  };
}

/** Random bytes fetched from the system at once: a call costs more than many bytes. */
const pooledBytes = 8_192;

/** No byte is given twice, nor kept once it was given. */
function pooledRandom(): (n: number) => Uint8Array {
  let pool = new Uint8Array(0), given = 0;
  return (n) => {
    if (n > pooledBytes) return randomBytes(n);
    if (given + n > pool.length) { pool = randomBytes(pooledBytes); given = 0; }
    const bytes = Uint8Array.prototype.slice.call(pool, given, given + n);
    pool.fill(0, given, given += n);
    return bytes;
  };
}

/** As `World.later`. */
export function later(ms: number, run: () => void): () => void {
  let rest = Math.max(0, ms);
  const wait = (): NodeJS.Timeout => {
    const piece = Math.min(rest, longestTimerMilliseconds);
    rest -= piece;
    return setTimeout(() => { if (rest > 0) timer = wait(); else run(); }, piece);
  };
  let timer = wait();
  return () => clearTimeout(timer);
}
