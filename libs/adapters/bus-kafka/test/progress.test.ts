/** Whether a consumer moves, as readiness asks. */
import { describe, expect, test } from 'vitest';
import { Progress } from '../src/progress.ts';

const within = 100;
type Step = number | ((progress: Progress) => void);

describe('a consumer', () => {
  // what happens (numbers: milliseconds pass), what it says
  test.each<[string, Step[], string | null]>([
    ['that has not connected is not ready at once', [], 'not connected yet'],
    ['that could not connect says why', [(it) => it.troubled('refused'), within + 1], 'refused'],
    ['that reads is ready', [(it) => it.moved(), within], null],
    ['that reads no more is not', [(it) => it.moved(), within + 1], 'nothing was read since'],
    ['that fails for a moment stays ready', [(it) => it.moved(), (it) => it.troubled('reset'), within], null],
    ['that fails for long is not', [(it) => it.moved(), (it) => it.troubled('reset'), within + 1], 'reset'],
    ['that reads again is', [(it) => it.troubled('reset'), within + 1, (it) => it.moved()], null],
    ['with a long handler is ready for a while', [(it) => it.moved(), (it) => it.began(2), within], null],
    ['with a handler that does not end is not', [(it) => it.moved(), (it) => it.began(2), within + 1, (it) => it.moved()], 'a batch of partition 2 is at work since'],
    ['whose handler ended is', [(it) => it.moved(), (it) => it.began(2), within + 1, (it) => it.handled(2)], null],
    ['whose batches are refused for long is not, though it reads', [(it) => it.moved(), (it) => it.refused(1, 'disk full'), within, (it) => it.refused(1, 'disk full'), 1, (it) => it.moved()], 'disk full'],
    ['whose batch was taken at last is', [(it) => it.moved(), (it) => it.refused(1, 'disk full'), within + 1, (it) => it.handled(1)], null],
    ['that has ended says so', [(it) => it.moved(), (it) => it.ended('not authorized')], 'nothing is read any more: not authorized'],
  ])('%s', (_what, steps, problem) => {
    let now = 1_000;
    const progress = new Progress(() => now, within);
    for (const step of steps) if (typeof step === 'number') now += step; else step(progress);
    if (problem === null) expect(progress.problem()).toBeNull();
    else expect(progress.problem()).toContain(problem);
  });
});
