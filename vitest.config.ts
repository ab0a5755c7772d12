import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['libs/**/*.{test,contract,sim}.ts', 'services/**/*.{test,contract}.ts', 'tests/**/*.{test,contract,journey,sim,chaos}.ts'],
    exclude: ['**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
