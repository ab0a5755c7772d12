/** The whole hub under seeded crashes, loss, restores and forks: no schedule is violated. Size by LIENTHONG_TEST_SIZE, seed by LIENTHONG_TEST_SEED. */
import { expect, inject, test } from 'vitest';
import { runSchedule, seedOf, simulate } from '@lienthong/testkit/simulator';

/** Schedules of one run at size 1. */
const schedulesPerSize = 500;
/** Milliseconds for one schedule on a slow machine. */
const slowScheduleMs = 400;

test('no schedule loses, doubles or strands anything', { timeout: schedulesPerSize * inject('size') * slowScheduleMs }, async () => {
  const schedules = schedulesPerSize * inject('size'), seed = inject('seed');
  console.log(`simulate: ${schedules} schedules, seed ${seed}`);
  const report = await simulate({ schedules, seed });
  expect(report).toEqual({ schedules, seed, violations: [] });
});

test('the same seed is the same run, another seed another one', async () => {
  const traces: string[] = [];
  for (const n of [1, 2, 3]) {
    const seed = seedOf(inject('seed'), n);
    const [once, again] = [await runSchedule(seed), await runSchedule(seed)];
    expect(again.trace).toBe(once.trace);
    traces.push(once.trace);
  }
  expect(new Set(traces).size).toBe(traces.length);
});

test('each schedule can be replayed alone by its own seed', async () => {
  const first = await simulate({ schedules: 3, seed: 7 });
  expect(first.schedules).toBe(3);
  expect(seedOf(7, 0)).toBe(7);
  expect(seedOf(seedOf(7, 2), 0)).toBe(seedOf(7, 2));
});

test('schedules suffer: every kind of disaster happens, and dossiers are worked on meanwhile', async () => {
  const counts = new Map<string, number>();
  await simulate({ schedules: 150, seed: 11, progress: (_done, of) => { for (const [what, times] of of) counts.set(what, (counts.get(what) ?? 0) + times); } });
  for (const what of ['crash', 'crash-in-flush', 'stop', 'partition', 'clock', 'scale', 'upgrade', 'restore', 'restore-silently', 'lose-store', 'renew', 'stray', 'write-outdated', 'succession recovered', 'forks', 'acknowledged', 'acknowledged again', 'refused']) {
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
  }
  expect(counts.get('acknowledged')).toBeGreaterThan(150);
});
