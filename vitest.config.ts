import { configDefaults, defineConfig } from 'vitest/config';
import { CostlyFirst } from './libs/testkit/src/costly-first.ts';
import { readTestSettings } from './libs/runtime/src/test-settings.ts';

/** The ending tells the cost; tests/architecture watches that no test is left out by its name. */
const all = '{libs,services,deploy,tests}/**/*.{test,contract,sim,journey,chaos}.ts';
/** A whole cluster, or several brokers: a dozen processes each. Two of them on two cores would only wait for each other. */
const clusters = ['tests/**/cluster*.{journey,chaos}.ts', '**/broker-loss.chaos.ts'];

export default defineConfig({
  test: {
    globalSetup: ['libs/testkit/src/servers/end-servers.ts'],
    setupFiles: ['libs/testkit/src/seed-properties.ts'],
    pool: 'forks',
    sequence: { sequencer: CostlyFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes at once, unless the machine is busy with everything else.
    expect: { poll: { timeout: 30_000, interval: 20 } },
    // Seed and size of the suites that draw their cases, and where real servers come from: `inject('seed')`, `inject('size')`, `inject('servers')`.
    provide: readTestSettings(),
    projects: [
      { extends: true, test: { name: 'together', include: [all], exclude: [...configDefaults.exclude, ...clusters], maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'alone', include: clusters, exclude: configDefaults.exclude, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});

declare module 'vitest' {
  interface ProvidedContext {
    /** LIENTHONG_TEST_SEED */
    seed: number;
    /** LIENTHONG_TEST_SIZE: a factor on the number of cases of heavy suites. */
    size: number;
    /** LIENTHONG_TEST_SERVERS: where real servers come from. */
    servers: 'auto' | 'local' | 'docker' | 'none';
  }
}
