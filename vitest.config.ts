import { defineConfig } from 'vitest/config';
import { readTestSettings } from './libs/runtime/src/test-settings.ts';

export default defineConfig({
  test: {
    // The ending tells the cost; tests/architecture watches that no test is left out by its name.
    include: ['{libs,services,deploy,tests}/**/*.{test,contract,sim,journey,chaos}.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['libs/testkit/src/servers/end-servers.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Seed and size of the suites that draw their cases, and where real servers come from: `inject('seed')`, `inject('size')`, `inject('servers')`.
    provide: readTestSettings(),
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
