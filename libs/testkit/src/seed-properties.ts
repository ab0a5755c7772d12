/** Runs before each test file: properties draw their cases from the seed of the suites, so that what fails today fails for everybody today, and a printed seed repeats it. */
import fc from 'fast-check';
import { inject } from 'vitest';

/** Runs of a property that names no number of its own, at size 1: the default of fast-check. */
const runsAtSize1 = 100;

fc.configureGlobal({ seed: inject('seed'), numRuns: runsAtSize1 * inject('size') });
