/** Guards are taken away one at a time, some of them each day, drawn by seed: the proof must go red for each. All of them: `npm run --silent lienthong -- mutants`. */
import { expect, inject, test } from 'vitest';
import { deliberateFaults, huntMutant, mutantNames, mutants } from '@lienthong/testkit/simulator';
import type { MutantName } from '@lienthong/testkit/simulator';

/** Guards taken away in one run at size 1. */
const share = 5;
/** Schedules within which the absence of a guard must show, where the guard names no more; and the most that one names. */
const maxSchedules = 2_000, mostSchedules = 12_000;
const slowScheduleMs = 1_000;

/** Those after the seed-th, around the table, so that successive days meet all of them. */
function ofToday(): readonly MutantName[] {
  const from = inject('seed') * share % mutantNames.length;
  return [...mutantNames.slice(from), ...mutantNames.slice(0, from)].slice(0, share * inject('size'));
}

test('every guard has a name of its own, and those of every day are among them', () => {
  expect(mutantNames.length).toBeGreaterThanOrEqual(25);
  for (const fault of deliberateFaults) expect(mutantNames).toContain(fault);
  process.stdout.write(`${ofToday().length} of ${mutantNames.length} guards are taken away, seed ${inject('seed')}\n`);
});

test.each(ofToday())('without the guard against %s the proof goes red', { timeout: mostSchedules * slowScheduleMs }, async (name) => {
  const verdict = await huntMutant(name, maxSchedules, inject('seed'));
  expect(verdict, mutants[name].guard).toMatchObject({ found: true });
});
