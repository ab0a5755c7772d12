/** The simulation is shown to find what it is there for: each deliberate fault is armed, and within a bounded number of schedules one is violated. Without it the same are not. */
import { expect, inject, test } from 'vitest';
import { deliberateFaults, runSchedule, seedOf, simulate } from '@lienthong/testkit/simulator';
import type { DeliberateFault } from '@lienthong/testkit/simulator';

/** Schedules within which a fault must be found: the rarest shows in one of fifty, so that no seed misses it. */
const maxSchedules = 2_000;
const slowScheduleMs = 1_000;

test.each(deliberateFaults)('%s is found', { timeout: maxSchedules * slowScheduleMs }, async (fault: DeliberateFault) => {
  const seed = inject('seed');
  const report = await simulate({ schedules: maxSchedules, seed, faults: new Set([fault]), untilViolated: true });
  expect(report.violations, `${fault} within ${maxSchedules} schedules`).not.toEqual([]);
  const { seed: violated } = report.violations[0]!;
  expect(violated).toBe(seedOf(seed, report.schedules - 1));
  expect((await runSchedule(violated)).violations, 'the same schedule without the fault').toEqual([]);
});
