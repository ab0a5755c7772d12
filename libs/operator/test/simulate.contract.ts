/** However many threads share the schedules, the report is that of one. */
import { simulate } from '@lienthong/testkit/simulator';
import { expect, test } from 'vitest';
import { simulateOnThreads } from '../src/simulate/simulate-on-threads.ts';

test('a simulation on three threads reports what one thread reports, each schedule once', { timeout: 300_000 }, async () => {
  const told: number[] = [], schedules = 45, seed = 20;
  const report = await simulateOnThreads({ schedules, seed, threads: 3, progress: (done) => { told.push(done); } });
  expect(report).toEqual(await simulate({ schedules, seed }));
  expect((await simulateOnThreads({ schedules: 1, seed, threads: 1 })).schedules).toBe(1);
  expect(told.at(-1)).toBe(schedules);
});
