/** Seed, size and servers of the suites; `vitest.config.ts` hands them to the tests. */
import { oneOf, wholeNumber } from './variable.ts';
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
  servers: {
    name: 'LIENTHONG_TEST_SERVERS', default: 'auto', unit: 'auto | local | docker | none',
    purpose: { vi: 'Máy chủ thật cho kiểm thử: tự chọn, tại máy, bằng Docker, hoặc không.', en: 'Real servers for tests: Docker where it runs and local otherwise, local, Docker, or none.' },
    parse: oneOf('auto', 'local', 'docker', 'none'),
  },
} as const satisfies Record<string, Variable<unknown>>;

export type TestServers = 'auto' | 'local' | 'docker' | 'none';
export type TestSettings = { readonly seed: number; readonly size: number; readonly servers: TestServers };

/** Throws ConfigFaults. */
export function readTestSettings(environment: Environment = process.env): TestSettings {
  const faults: string[] = [];
  const only = Object.fromEntries(Object.values(testVariables).map(({ name }) => [name, environment[name]]));
  const settings = readVariables(testVariables, only, faults);
  if (faults.length > 0) throw new ConfigFaults(faults);
  return settings as TestSettings;
}
