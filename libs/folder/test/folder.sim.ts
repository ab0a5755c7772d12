/** The folder under harm: what is promised holds in every schedule, and each deliberate fault is found by some schedule. */
import { describe, expect, test } from 'vitest';
import type { Fault } from '../src/index.ts';
import { runSchedule } from './simulate/schedule.ts';

const schedules = 1500;
const firstSeed = 1;
/** Schedules tried until a fault is found; most are found within the first hundred. */
const maxSchedulesPerFault = 1500;

const faults: Record<Fault, string> = {
  'skip-union-check': 'entries are taken without a look at chain and signature',
  'drop-sequence-check': 'an entry is folded despite a gap before it',
  'outdated-term-moves': 'an entry under an outdated term has effect',
  'ignore-seen': 'an entry is folded before what its author had seen',
  'ignore-fork': 'one branch of a fork goes on having effect',
  'keep-voided-tail': 'entries beyond the chosen head keep their effect',
  'ignore-seal': 'a sealed author gains entries',
};

/** The first schedule that shows the fault. */
function found(fault: Fault): number | undefined {
  for (let seed = firstSeed; seed < firstSeed + maxSchedulesPerFault; seed++) {
    if (runSchedule(seed, fault).violations.length > 0) return seed;
  }
  return undefined;
}

test(`in ${schedules} schedules of crashes, restores, strays and a bad network, every copy converges and nothing acknowledged is lost in silence`, () => {
  const total: Record<string, number> = {};
  for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
    const { violations, counts } = runSchedule(seed);
    expect(violations, `seed ${seed}`).toEqual([]);
    for (const what in counts) total[what] = (total[what] ?? 0) + counts[what]!;
  }
  // The schedules did what they are for.
  for (const what of ['crash', 'restore', 'restore-silently', 'restore-all', 'lose-tail', 'stray', 'stale', 'renew', 'forks', 'successions', 'voided', 'outdated-term', 'listed at risk']) {
    expect(total[what] ?? 0, what).toBeGreaterThan(0);
  }
});

describe('a simulation finds that', () => {
  test.each(Object.entries(faults))('%s: %s', (fault) => {
    expect(found(fault as Fault)).toBeDefined();
  });
});

test('the same seed is the same schedule', () => {
  expect(runSchedule(42)).toEqual(runSchedule(42));
});
