import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTimeRefusal, localDate, millisPerMinute, parseInstant, workingTime } from '../../src/time/index.ts';
import type { Counting, Due, Suspension, TimeRefusal } from '../../src/time/index.ts';
import { calendarOfTests, sessionsOfTests } from './calendar-of-tests.ts';

const time = workingTime(calendarOfTests);
const start = parseInstant('2025-01-01T00:00+07') as number, end = parseInstant('2027-03-01T00:00+07') as number;

/** Instants to the minute near working hours are as likely as any millisecond. */
const instants = fc.oneof(fc.integer({ min: start, max: end }), fc.integer({ min: start / millisPerMinute, max: end / millisPerMinute }).map((m) => m * millisPerMinute));
const ids = fc.constantFrom('default', 'saturday-open', 'saturday-counts', 'seasons');
const spans = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map((n) => `${n}wd`), fc.integer({ min: 1, max: 90 }).map((n) => `${n}wh`), fc.integer({ min: 1, max: 40 }).map((n) => `${n}d`), fc.integer({ min: 1, max: 5000 }).map((n) => `${n}min`),
);
const countings = fc.constantFrom<Counting>('elapsed', 'first-day-excluded');
const hoursAllowed = (span: string, counting: Counting): boolean => !(span.endsWith('wh') && counting === 'first-day-excluded');

function known<T extends Due | number>(result: T | TimeRefusal): T {
  if (isTimeRefusal(result)) throw new Error(JSON.stringify(result));
  return result;
}

/** Working minutes of the definition, counted one by one: slow and plainly right. */
function minutesOneByOne(sessions: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += millisPerMinute) {
    const day = time.sessionsOf(sessions, localDate(at));
    if ('refused' in day) throw new Error(day.refused);
    const minute = ((at + 7 * 3_600_000) % 86_400_000) / millisPerMinute;
    if (day.counts && day.sessions.some((s) => minute >= s.from && minute < s.to)) count += 1;
  }
  return count;
}

describe('due dates, whatever the case', () => {
  test('later received is never earlier due', () => {
    fc.assert(fc.property(instants, instants, spans, countings, ids, fc.boolean(), (a, b, span, counting, sessions, handOver) => {
      fc.pre(hoursAllowed(span, counting));
      const due = (received: number): number => {
        const clock = time.startOfClock(received, { sessions, handOver });
        if (isTimeRefusal(clock)) throw new Error(clock.refused);
        return known(time.dueAt(clock.starts, span, counting, sessions)).due;
      };
      expect(due(Math.max(a, b))).toBeGreaterThanOrEqual(due(Math.min(a, b)));
    }), { numRuns: 500 });
  });

  test('a clock starts inside a session that counts, and starting it again changes nothing', () => {
    fc.assert(fc.property(instants, ids, fc.boolean(), (received, sessions, handOver) => {
      const clock = time.startOfClock(received, { sessions, handOver });
      if (isTimeRefusal(clock)) throw new Error(clock.refused);
      expect(clock.starts).toBeGreaterThanOrEqual(received);
      expect(known(time.workingMillisBetween(clock.starts, clock.starts + 1, sessions))).toBe(1);
      expect(time.startOfClock(clock.starts, { sessions, handOver })).toMatchObject({ starts: clock.starts });
    }), { numRuns: 500 });
  });

  test('no limit in days or hours ends on a day off, at an opening or outside hours', () => {
    fc.assert(fc.property(instants, spans, countings, ids, (starts, span, counting, sessions) => {
      fc.pre(hoursAllowed(span, counting) && !span.endsWith('min'));
      const { due } = known(time.dueAt(starts, span, counting, sessions));
      expect(time.workingDay(sessions, localDate(due))).toBe(true);
      expect(known(time.workingMillisBetween(due - 1, due, sessions))).toBe(1);
      expect(due).toBeGreaterThan(starts);
    }), { numRuns: 500 });
  });

  test('adding working minutes is the inverse of counting them', () => {
    fc.assert(fc.property(instants, fc.integer({ min: 0, max: 20_000 }), ids, (from, minutes, sessions) => {
      const { due } = known(time.addWorking(from, minutes, sessions));
      expect(time.workingMinutesBetween(from, due, sessions)).toBe(minutes);
    }), { numRuns: 500 });
    fc.assert(fc.property(instants, fc.integer({ min: 1, max: 90 }), ids, (from, hours, sessions) => {
      const { due } = known(time.dueAt(from, `${hours}wh`, 'elapsed', sessions));
      expect(time.workingMinutesBetween(from, due, sessions)).toBe(hours * 60);
    }));
  });

  test('N elapsed working days are N days of work where all days are equally long', () => {
    fc.assert(fc.property(instants, fc.integer({ min: 1, max: 30 }), (from, days) => {
      const { due } = known(time.dueAt(from, `${days}wd`, 'elapsed', 'default'));
      expect(time.workingMinutesBetween(from, due, 'default')).toBe(days * 450);
    }));
  });

  test('counting agrees with counting minute by minute', () => {
    const nearby = fc.tuple(fc.integer({ min: start / millisPerMinute, max: end / millisPerMinute }), fc.integer({ min: 0, max: 12_000 }));
    fc.assert(fc.property(nearby, fc.constantFrom(...new Set(sessionsOfTests.map((s) => s.id).filter((id) => id !== 'until-june'))), ([from, length], sessions) => {
      const a = from * millisPerMinute, b = (from + length) * millisPerMinute;
      expect(time.workingMinutesBetween(a, b, sessions)).toBe(minutesOneByOne(sessions, a, b));
    }), { numRuns: 15 });
  });

  test('time between adds up', () => {
    fc.assert(fc.property(instants, instants, instants, ids, (a, b, c, sessions) => {
      const between = (x: number, y: number): number => known(time.workingMillisBetween(x, y, sessions));
      expect(between(a, b) + between(b, c)).toBe(between(a, c));
    }));
  });
});

describe('suspensions, whatever the case', () => {
  const day = 86_400_000;
  const suspension = fc.tuple(fc.integer({ min: -3 * day, max: 30 * day }), fc.integer({ min: 0, max: 6 * day }));
  const cases = fc.record({ starts: instants, span: spans, counting: countings, sessions: ids, offsets: fc.array(suspension, { maxLength: 4 }) }).filter((c) => hoursAllowed(c.span, c.counting));
  const absolute = (starts: number, offsets: readonly (readonly [number, number])[]): Suspension[] => offsets.map(([after, length]) => ({ from: starts + after, to: starts + after + length }));

  test('none changes nothing', () => {
    fc.assert(fc.property(cases, ({ starts, span, counting, sessions }) => {
      const plain = time.dueAt(starts, span, counting, sessions);
      expect(time.dueWithSuspensions(starts, span, counting, [], sessions)).toEqual(plain);
      expect(time.dueWithSuspensions(starts, span, counting, [{ from: starts - 9 * day, to: starts - 8 * day }], sessions)).toEqual(plain);
    }));
  });

  test('splitting, reordering or repeating one changes nothing', () => {
    fc.assert(fc.property(cases, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }), ({ starts, span, counting, sessions, offsets }, cuts) => {
      const whole = absolute(starts, offsets);
      const pieces = whole.flatMap(({ from, to }) => {
        const length = (to ?? from) - from, points = [0, ...[...cuts].sort((a, b) => a - b).map((cut) => Math.floor(cut * length)), length];
        return points.slice(1).map((point, i) => ({ from: from + (points[i] ?? 0), to: from + point }));
      });
      expect(time.dueWithSuspensions(starts, span, counting, [...pieces.reverse(), ...whole], sessions)).toEqual(time.dueWithSuspensions(starts, span, counting, whole, sessions));
    }), { numRuns: 500 });
  });

  test('one more never makes the limit end earlier', () => {
    fc.assert(fc.property(cases, suspension, ({ starts, span, counting, sessions, offsets }, more) => {
      const due = (list: readonly (readonly [number, number])[]): number => known(time.dueWithSuspensions(starts, span, counting, absolute(starts, list), sessions)).due;
      expect(due([...offsets, more])).toBeGreaterThanOrEqual(due(offsets));
    }), { numRuns: 500 });
  });

  test('working hours outside suspensions are exactly those of the limit', () => {
    fc.assert(fc.property(cases, fc.integer({ min: 1, max: 90 }), ({ starts, sessions, offsets }, hours) => {
      const list = absolute(starts, offsets);
      const { due } = known(time.dueWithSuspensions(starts, `${hours}wh`, 'elapsed', list, sessions));
      const edges = [starts, due, ...list.flatMap((s) => [s.from, s.to ?? due])].filter((at) => at >= starts && at <= due).sort((a, b) => a - b);
      const counted = edges.slice(1).reduce((sum, to, i) => {
        const from = edges[i] ?? to;
        return list.some((s) => s.from <= from && to <= (s.to ?? due)) ? sum : sum + known(time.workingMillisBetween(from, to, sessions));
      }, 0);
      expect(counted).toBe(hours * 60 * millisPerMinute);
    }), { numRuns: 500 });
  });

  test('no suspended limit in days or hours ends on a day off', () => {
    fc.assert(fc.property(cases, ({ starts, span, counting, sessions, offsets }) => {
      fc.pre(!span.endsWith('min'));
      const { due } = known(time.dueWithSuspensions(starts, span, counting, absolute(starts, offsets), sessions));
      expect(known(time.workingMillisBetween(due - 1, due, sessions))).toBe(1);
    }));
  });
});
