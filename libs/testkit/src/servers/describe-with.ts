/** Tests that need something that may be missing. */
import { describe } from 'vitest';

/**
 * `tests` run with what is there; their argument may be called inside tests and hooks only. When it is missing they are skipped,
 * and their name says why: the summary of all checks lists them by it, and counts them as failed where nothing may be missing.
 */
export function describeWith<T extends object | string>(needed: T | { readonly skipped: string }, name: string, tests: (needed: () => T) => void): void {
  const missing = typeof needed === 'object' && 'skipped' in needed ? needed.skipped : undefined;
  const there = (): T => {
    if (missing !== undefined) throw new RangeError('asked for outside a test or hook');
    return needed as T;
  };
  describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} [skipped: ${missing}]`, () => tests(there));
}
