/** Histories in which offices, citizens, networks and systems do what they like, and in the middle of which outages are announced. */
import fc from 'fast-check';
import type { Outage } from '../../src/types.ts';
import { calendarOfTests } from '../time/calendar-of-tests.ts';
import { workOneDay } from './officials.ts';
import { begin, step } from './walk.ts';
import type { Beginning, Step } from './walk.ts';
import type { World } from './world.ts';

/** Hours after the beginning, length in hours, and the offices that fail; undefined: all. */
type Failure = readonly [from: number, hours: number, offices: readonly string[] | undefined];
export type DrawnHistory = {
  readonly beginning: Beginning; readonly steps: readonly Step[]; readonly failures: readonly Failure[];
  /** Days on which nobody works, before the steps; days that everybody works after them; days until somebody looks. */
  readonly idle: number; readonly worked: number; readonly later: number;
};

const hour = 3_600_000, day = 24 * hour;
const n = fc.nat({ max: 1_000_000 });

export const drawnHistories: fc.Arbitrary<DrawnHistory> = fc.record({
  beginning: fc.record({ procedure: n, place: n, way: n, slow: fc.boolean(), rehearsal: fc.boolean(), days: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 12 })) }),
  steps: fc.array(fc.record({ what: n, a: n, b: n, c: n }), { minLength: 5, maxLength: 80, size: 'max' }),
  failures: fc.array(fc.tuple(fc.nat({ max: 40 * 24 }), fc.integer({ min: 1, max: 72 }), fc.constantFrom(undefined, ['land-branch', 'social'], ['civil-hoi-an'])), { maxLength: 3 }),
  idle: fc.oneof(fc.constant(0), fc.nat({ max: 40 })), worked: fc.oneof(fc.constant(0), fc.nat({ max: 12 })), later: fc.nat({ max: 30 }),
});

/** The world after such a history, everything told to everybody. */
export function lived({ beginning, steps, failures, idle, worked, later }: DrawnHistory): World {
  const hub = begin(beginning);
  const start = hub.now;
  for (let passed = 0; passed < beginning.days; passed++) workOneDay(hub);
  pass(hub, idle);
  steps.forEach((one, position) => {
    if (position === Math.floor(steps.length / 2)) hub.announce({ days: calendarOfTests.days, outages: failures.map((failure, id) => outageOf(failure, id, start)) });
    step(hub, one);
  });
  for (let passed = 0; passed < worked; passed++) workOneDay(hub);
  hub.quiet();
  pass(hub, later);
  return hub;
}

/** Days go by; the clock of a rehearsal is moved by hand. */
function pass(hub: World, days: number): void {
  hub.now += days * day;
  const { root } = hub.service('intake').dossier;
  if (root !== null && root.clock !== null) hub.asks({ kind: 'move-clock', to: root.clock + days * day });
}

function outageOf([from, hours, offices]: Failure, id: number, start: number): Outage {
  return { id: `SC-${id}`, from: start + from * hour, to: start + (from + hours) * hour, name: { vi: 'x', en: 'x' }, source: { act: 'x', status: 'read' }, ...(offices === undefined ? {} : { offices }) };
}
