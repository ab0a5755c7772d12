/** Many schedules, one after the other. Each can be run again alone by its own seed. */
import type { DeliberateFault } from './deliberate-faults.ts';
import { mixed } from './random.ts';
import { runSchedule } from './schedule.ts';

export type Violation = { readonly seed: number; readonly schedule: number; readonly what: string; readonly replay: string };
export type SimulationReport = { readonly schedules: number; readonly violations: readonly Violation[]; readonly seed: number };

export type SimulationOptions = {
  readonly schedules: number;
  /** Whole, 0 ≤ seed < 2^32. */
  readonly seed: number;
  /** Number of the first schedule. Absent: 0. */
  readonly from?: number;
  readonly faults?: ReadonlySet<DeliberateFault>;
  /** Ends with the first schedule that is violated. */
  readonly untilViolated?: boolean;
  /** Called after each schedule. */
  readonly progress?: (done: number, counts: ReadonlyMap<string, number>) => void;
};

export const maxSchedules = 10_000_000;
export const highestSeed = 4_294_967_295;

/** Seed of the n-th schedule, from 0: the first has the seed itself. */
export function seedOf(seed: number, n: number): number {
  return n === 0 ? seed : mixed(seed, n);
}

export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const violations: Violation[] = [];
  const { from = 0 } = options;
  let schedules = 0;
  while (schedules < options.schedules && !(options.untilViolated === true && violations.length > 0)) {
    const seed = seedOf(options.seed, from + schedules);
    const result = await runSchedule(seed, options.faults === undefined ? {} : { faults: options.faults });
    for (const what of result.violations) violations.push({ seed, schedule: from + schedules, what, replay: `npm run --silent lienthong -- simulate --schedules 1 --seed ${seed}` });
    schedules++;
    options.progress?.(schedules, result.counts);
    await breath();
  }
  return { schedules, violations, seed: options.seed };
}

/** The process may answer signals between schedules. */
function breath(): Promise<void> {
  return new Promise((done) => { setImmediate(done); });
}
