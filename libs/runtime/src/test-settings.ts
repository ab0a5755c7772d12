/** Seed and size of the suites that draw their cases; `vitest.config.ts` hands them to the tests. */
import { wholeNumber } from './variable.ts';
import { readVariables } from './read-variables.ts';
import { ConfigFaults } from './config.ts';
import type { Environment } from './read-variables.ts';
import type { Variable } from './variable.ts';

const highestSeed = 4_294_967_295;
const largestSize = 1_000;

const testVariables = {
  seed: {
    name: 'LIENTHONG_TEST_SEED', default: '1', unit: `whole number, 0–${highestSeed}; npm test sets today as YYYYMMDD`,
    purpose: { vi: 'Hạt giống của các bài kiểm tra ngẫu nhiên.', en: 'Seed of the suites that draw their cases.' },
    parse: wholeNumber(0, highestSeed),
  },
  size: {
    name: 'LIENTHONG_TEST_SIZE', default: '1', unit: `factor, 1–${largestSize}`,
    purpose: { vi: 'Bội số của số trường hợp trong các bài kiểm tra nặng.', en: 'Factor on the number of cases of heavy suites.' },
    parse: wholeNumber(1, largestSize),
  },
} as const satisfies Record<string, Variable<number>>;

export type TestSettings = { readonly seed: number; readonly size: number };

/** Throws ConfigFaults. */
export function readTestSettings(environment: Environment = process.env): TestSettings {
  const faults: string[] = [];
  const only = Object.fromEntries(Object.values(testVariables).map(({ name }) => [name, environment[name]]));
  const settings = readVariables(testVariables, only, faults);
  if (faults.length > 0) throw new ConfigFaults(faults);
  return settings as TestSettings;
}
