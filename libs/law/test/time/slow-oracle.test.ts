/** Due dates on calendars of all kinds, against an independent computation that walks. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Calendar, CalendarDay } from '../../src/types.ts';
import { isTimeRefusal, millisPerDay, millisPerMinute, parseInstant, printDay, workingTime } from '../../src/time/index.ts';
import type { OfficeSessions, TimeRefusal } from '../../src/time/index.ts';
import { Refused, SlowOracle } from './slow-oracle.ts';

const firstMoment = parseInstant('2025-01-01T00:00+07') as number;
const days = 365 * 2;
const numRuns = 1_000;

/** Sessions of one weekday, from none to three, apart or touching, to the minute. */
const daySessions = fc.array(fc.integer({ min: 1, max: 1_439 }), { minLength: 0, maxLength: 6 }).map((minutes) => {
  const edges = [...new Set(minutes)].sort((a, b) => a - b);
  return Array.from({ length: Math.floor(edges.length / 2) }, (_, n) => ({ from: edges[2 * n]!, to: edges[2 * n + 1]! }));
});
const office = [{ from: 450, to: 690 }, { from: 810, to: 1_020 }], morning = [{ from: 450, to: 690 }], early = [{ from: 420, to: 690 }, { from: 810, to: 1_020 }];
const weekdayHours = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(office, early, morning) }, { weight: 1, arbitrary: daySessions });
const restHours = fc.oneof({ weight: 3, arbitrary: fc.constantFrom([], morning) }, { weight: 1, arbitrary: daySessions });
const week = fc.record({ 0: restHours, 1: weekdayHours, 2: weekdayHours, 3: weekdayHours, 4: weekdayHours, 5: weekdayHours, 6: restHours });
const version = fc.record({ week, countsOnRestDays: fc.subarray([0, 6]) });

/** One set of sessions that may change once, with or without days between on which none is in force. */
const sessions = fc.record({ first: version, second: version, changes: fc.option(fc.integer({ min: 30, max: days - 30 })), gap: fc.boolean() }).map(({ first, second, changes, gap }): OfficeSessions[] => {
  if (changes === null) return [{ id: 'o', validFrom: '2024-01-01', validTo: null, ...first }];
  const day = firstMoment / millisPerDay + 1 + changes;
  return [{ id: 'o', validFrom: '2024-01-01', validTo: printDay(Math.floor(day) - (gap ? 3 : 1)), ...first }, { id: 'o', validFrom: printDay(Math.floor(day)), validTo: null, ...second }];
});

const rows = fc.array(fc.record({
  day: fc.integer({ min: 0, max: days - 1 }), length: fc.integer({ min: 1, max: 9 }),
  kind: fc.constantFrom<CalendarDay['kind']>('holiday', 'observed', 'swap-off', 'swap-working'), status: fc.constantFrom<CalendarDay['status']>('announced', 'announced', 'computed', 'to-confirm'),
}), { maxLength: 60 }).map((blocks) => new Map(blocks.flatMap(({ day, length, kind, status }) => Array.from({ length }, (_, n): [string, CalendarDay] => {
  const date = printDay(Math.floor(firstMoment / millisPerDay) + 1 + Math.min(days - 1, day + n));
  return [date, { date, kind, name: kind, status }];
}))));
const calendars = fc.record({ rows, sessions }).map(({ rows: found, sessions: kept }): Calendar => ({ days: found, years: new Set([2025, 2026]), sessions: kept }));

/** Any millisecond; or an edge of sessions, or one beside it. */
const edges = fc.tuple(fc.integer({ min: 0, max: days - 1 }), fc.constantFrom(0, 420, 450, 690, 810, 900, 1_020), fc.constantFrom(-1, 0, 1)).map(([day, minutes, beside]) => firstMoment + day * millisPerDay + minutes * millisPerMinute + beside);
const moments = fc.oneof(edges, fc.integer({ min: 0, max: days * millisPerDay - 1 }).map((millis) => firstMoment + millis));
const spans = fc.oneof(fc.integer({ min: 1, max: 25 }).map((n) => `${n}wd`), fc.integer({ min: 1, max: 120 }).map((n) => `${n}wh`), fc.integer({ min: 1, max: 45 }).map((n) => `${n}d`));

const refusalText = (one: TimeRefusal): string => (one.refused === 'NO_CALENDAR' ? `NO_CALENDAR ${one.year}` : one.refused === 'NO_SESSIONS' ? `NO_SESSIONS ${one.date}` : one.refused);

function slowly(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

test('clocks start where the wording says', () => {
  fc.assert(fc.property(calendars, moments, fc.boolean(), (calendar, received, handOver) => {
    const start = workingTime(calendar).startOfClock(received, { sessions: 'o', handOver });
    const oracle = new SlowOracle(calendar, 'o');
    expect(isTimeRefusal(start) ? refusalText(start) : `${start.starts} ${start.provisional}`).toBe(slowly(() => `${oracle.starts(received, handOver)} ${oracle.provisional}`));
  }), { numRuns });
});

test('limits end where the wording says', () => {
  fc.assert(fc.property(calendars, moments, spans, fc.constantFrom<'elapsed' | 'first-day-excluded'>('elapsed', 'first-day-excluded'), (calendar, starts, span, counting) => {
    fc.pre(!(span.endsWith('wh') && counting === 'first-day-excluded'));
    const due = workingTime(calendar).dueAt(starts, span, counting, 'o');
    const oracle = new SlowOracle(calendar, 'o');
    expect(isTimeRefusal(due) ? refusalText(due) : `${due.due} ${due.provisional}`).toBe(slowly(() => `${oracle.due(starts, span, counting)} ${oracle.provisional}`));
  }), { numRuns });
});
