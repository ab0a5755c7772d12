import { describe, expect, test } from 'vitest';
import { isTimeRefusal, parseInstant, printInstant, workingTime } from '../../src/time/index.ts';
import type { Counting } from '../../src/time/index.ts';
import { calendarOfTests } from './calendar-of-tests.ts';

const time = workingTime(calendarOfTests);

function instant(text: string): number {
  const parsed = parseInstant(text);
  if (isTimeRefusal(parsed)) throw new Error(text);
  return parsed;
}
const short = (at: number): string => printInstant(at).slice(0, 16);
const show = (result: object): string => JSON.stringify(result);

/** `starts → due`, both in +07:00, or the refusal. */
function outcome(received: string, span: string, rule: string, sessions: string): string {
  const start = time.startOfClock(instant(received), { sessions, handOver: rule.includes('hand-over') });
  if (isTimeRefusal(start)) return show(start);
  const counting: Counting = rule.includes('excluded') ? 'first-day-excluded' : 'elapsed';
  const due = time.dueAt(start.starts, span, counting, sessions);
  return isTimeRefusal(due) ? show(due) : `${short(start.starts)} → ${short(due.due)}${start.provisional || due.provisional ? ' provisional' : ''}`;
}

describe('received + span → starts → due', () => {
  test.each([
    // Tết and the hand-over rule
    ['2026-02-13T15:30+07', '3wd', 'hand-over', 'default', '2026-02-23T07:30 → 2026-02-25T17:00'],
    ['2026-02-13T15:30+07', '3wd', '', 'default', '2026-02-13T15:30 → 2026-02-25T15:30'],
    ['2026-02-13T15:00+07', '3wd', 'hand-over', 'default', '2026-02-13T15:00 → 2026-02-25T15:00'],
    ['2026-02-13T15:00:00.001+07', '1wd', 'hand-over', 'default', '2026-02-23T07:30 → 2026-02-23T17:00'],
    ['2026-02-17T10:00+07', '1wd', '', 'default', '2026-02-23T07:30 → 2026-02-23T17:00'],
    // the same moment written in other zones
    ['2026-02-13T08:30:00Z', '3wd', 'hand-over', 'default', '2026-02-23T07:30 → 2026-02-25T17:00'],
    ['2026-02-12T22:30-10:00', '3wd', 'hand-over', 'default', '2026-02-23T07:30 → 2026-02-25T17:00'],
    ['2026-03-02T23:30Z', '1wd', '', 'default', '2026-03-03T07:30 → 2026-03-03T17:00'],
    // swap days both ways
    ['2025-04-29T16:00+07', '1wd', '', 'default', '2025-04-29T16:00 → 2025-05-05T16:00'],
    ['2025-04-25T10:00+07', '1wd', '', 'default', '2025-04-25T10:00 → 2025-04-26T10:00'],
    ['2025-04-25T16:00+07', '2wd', 'hand-over', 'default', '2025-04-26T07:30 → 2025-04-28T17:00'],
    ['2026-08-28T09:00+07', '1wd', '', 'default', '2026-08-28T09:00 → 2026-09-03T09:00'],
    ['2026-08-21T16:00+07', '1wd', '', 'saturday-open', '2026-08-21T16:00 → 2026-08-22T16:00'],
    ['2026-08-21T16:00+07', '1wd', '', 'saturday-counts', '2026-08-21T16:00 → 2026-08-22T16:00'],
    // a day observed for one that fell on a weekly rest day
    ['2026-04-24T09:00+07', '1wd', '', 'default', '2026-04-24T09:00 → 2026-04-28T09:00'],
    // rows to confirm are not applied: 2/1 is worked, 10/1 is not
    ['2025-12-31T09:00+07', '1wd', '', 'default', '2025-12-31T09:00 → 2026-01-02T09:00'],
    ['2026-01-09T09:00+07', '1wd', '', 'default', '2026-01-09T09:00 → 2026-01-12T09:00'],
    // sessions are half-open
    ['2026-03-02T07:29:59+07', '1wd', '', 'default', '2026-03-02T07:30 → 2026-03-02T17:00'],
    ['2026-03-02T07:30+07', '2wd', '', 'default', '2026-03-02T07:30 → 2026-03-03T17:00'],
    ['2026-03-02T11:30+07', '1wd', '', 'default', '2026-03-02T13:30 → 2026-03-03T11:30'],
    ['2026-03-02T12:00+07', '1wd', 'hand-over', 'default', '2026-03-02T13:30 → 2026-03-03T11:30'],
    ['2026-03-02T17:00+07', '1wd', '', 'default', '2026-03-03T07:30 → 2026-03-03T17:00'],
    ['2026-03-06T17:00+07', '1wd', 'hand-over', 'default', '2026-03-09T07:30 → 2026-03-09T17:00'],
    // after hours the rule looks at the start: the next morning is not after 15:00
    ['2026-03-02T20:00+07', '1wd', 'hand-over', 'default', '2026-03-03T07:30 → 2026-03-03T17:00'],
    ['2026-03-07T16:00+07', '1wd', 'hand-over', 'default', '2026-03-09T07:30 → 2026-03-09T17:00'],
    // hours run through sessions; an end on an opening is the closing before it
    ['2026-03-02T10:30+07', '1wh', '', 'default', '2026-03-02T10:30 → 2026-03-02T11:30'],
    ['2026-03-02T10:30+07', '2wh', '', 'default', '2026-03-02T10:30 → 2026-03-02T14:30'],
    ['2026-03-06T16:00+07', '2wh', '', 'default', '2026-03-06T16:00 → 2026-03-09T08:30'],
    ['2026-03-02T07:30+07', '20wh', '', 'default', '2026-03-02T07:30 → 2026-03-04T14:30'],
    ['2026-02-13T09:30+07', '20wh', '', 'default', '2026-02-13T09:30 → 2026-02-24T16:30'],
    ['2026-02-13T10:00+07', '20wh', '', 'default', '2026-02-13T10:00 → 2026-02-24T17:00'],
    ['2026-03-06T09:30+07', '5wh', '', 'saturday-counts', '2026-03-06T09:30 → 2026-03-06T16:30'],
    // calendar days end at a closing, or at that of the next working day
    ['2026-03-02T09:00+07', '15d', '', 'default', '2026-03-02T09:00 → 2026-03-17T17:00'],
    ['2026-03-02T09:00+07', '5d', '', 'default', '2026-03-02T09:00 → 2026-03-09T17:00'],
    ['2026-02-06T16:00+07', '8d', '', 'default', '2026-02-06T16:00 → 2026-02-23T17:00'],
    ['2026-03-02T09:00+07', '5d', '', 'saturday-counts', '2026-03-02T09:00 → 2026-03-07T11:30'],
    ['2026-03-02T09:00+07', '15d', 'excluded', 'default', '2026-03-02T09:00 → 2026-03-17T17:00'],
    // minutes of the wall clock know no closing
    ['2026-03-02T16:55+07', '10min', '', 'default', '2026-03-02T16:55 → 2026-03-02T17:05'],
    // the first day not counted
    ['2026-03-02T09:00+07', '3wd', 'excluded', 'default', '2026-03-02T09:00 → 2026-03-05T17:00'],
    ['2026-02-13T15:30+07', '3wd', 'hand-over excluded', 'default', '2026-02-23T07:30 → 2026-02-26T17:00'],
    ['2026-03-02T20:00+07', '1wd', 'excluded', 'default', '2026-03-03T07:30 → 2026-03-04T17:00'],
    ['2026-03-02T09:00+07', '20wh', 'excluded', 'default', '{"refused":"HOURS_WITH_FIRST_DAY_EXCLUDED","span":"20wh"}'],
    // Saturday mornings
    ['2026-03-07T09:00+07', '1wd', '', 'saturday-open', '2026-03-09T07:30 → 2026-03-09T17:00'],
    ['2026-03-06T10:00+07', '1wd', '', 'saturday-open', '2026-03-06T10:00 → 2026-03-09T10:00'],
    ['2026-03-06T10:00+07', '1wd', '', 'saturday-counts', '2026-03-06T10:00 → 2026-03-07T10:00'],
    ['2026-03-06T16:00+07', '1wd', '', 'saturday-counts', '2026-03-06T16:00 → 2026-03-07T11:30'],
    ['2026-03-06T16:00+07', '1wd', 'hand-over', 'saturday-counts', '2026-03-07T07:30 → 2026-03-07T11:30'],
    ['2026-03-07T10:00+07', '1wd', '', 'saturday-counts', '2026-03-07T10:00 → 2026-03-09T10:00'],
    // hours that change with the season: the position in the day is the work done in it
    ['2026-04-15T07:00+07', '1wd', '', 'seasons', '2026-04-15T07:30 → 2026-04-15T17:00'],
    ['2026-04-16T07:00+07', '1wd', '', 'seasons', '2026-04-16T07:00 → 2026-04-16T17:00'],
    ['2026-04-15T09:30+07', '1wd', '', 'seasons', '2026-04-15T09:30 → 2026-04-16T09:00'],
    // what is not announced yet is said so
    ['2026-12-31T09:00+07', '1wd', '', 'default', '2026-12-31T09:00 → 2027-01-04T09:00 provisional'],
    ['2027-01-04T09:00+07', '1wd', '', 'default', '2027-01-04T09:00 → 2027-01-05T09:00'],
    ['2027-02-03T16:00+07', '1wd', 'hand-over', 'default', '2027-02-08T07:30 → 2027-02-08T17:00 provisional'],
    // what the calendar does not know is refused
    ['2027-12-31T09:00+07', '1wd', '', 'default', '{"refused":"NO_CALENDAR","year":2028}'],
    ['2027-12-31T07:30+07', '1wd', '', 'default', '2027-12-31T07:30 → 2027-12-31T17:00'],
    ['2027-12-30T09:00+07', '9d', '', 'default', '{"refused":"NO_CALENDAR","year":2028}'],
    ['2027-12-30T09:00+07', '2wd', 'excluded', 'default', '{"refused":"NO_CALENDAR","year":2028}'],
    ['2027-12-31T16:00+07', '2wh', '', 'default', '{"refused":"NO_CALENDAR","year":2028}'],
    ['2027-12-31T17:00+07', '1wh', '', 'default', '{"refused":"NO_CALENDAR","year":2028}'],
    ['2024-12-31T09:00+07', '1wd', '', 'default', '{"refused":"NO_CALENDAR","year":2024}'],
    ['2024-12-31T17:00Z', '1wd', '', 'default', '2025-01-02T07:30 → 2025-01-02T17:00'],
    ['2026-03-02T09:00+07', '1wd', '', 'nowhere', '{"refused":"NO_SESSIONS","sessions":"nowhere","date":"2026-03-02"}'],
    ['2025-06-27T09:00+07', '1wd', '', 'until-june', '2025-06-27T09:00 → 2025-06-30T09:00'],
    ['2025-06-27T09:00+07', '2wd', '', 'until-june', '{"refused":"NO_SESSIONS","sessions":"until-june","date":"2025-07-01"}'],
    ['2026-03-02T09:00+07', '3', '', 'default', '{"refused":"BAD_SPAN","span":"3"}'],
  ])('%s + %s %s (%s): %s', (received, span, rule, sessions, result) => {
    expect(outcome(received, span, rule, sessions)).toBe(result);
  });
});

describe('days', () => {
  test.each([
    ['default', '2026-02-16', 'false'], ['default', '2026-03-07', 'false'], ['default', '2026-03-09', 'true'], ['default', '2026-08-22', 'true'], ['default', '2026-08-31', 'false'],
    ['default', '2026-04-27', 'false'], ['default', '2026-01-02', 'true'], ['saturday-open', '2026-03-07', 'false'], ['saturday-counts', '2026-03-07', 'true'], ['saturday-counts', '2026-03-08', 'false'],
    ['default', '2028-03-09', '{"refused":"NO_CALENDAR","year":2028}'], ['until-june', '2025-07-01', '{"refused":"NO_SESSIONS","sessions":"until-june","date":"2025-07-01"}'],
  ])('%s works on %s: %s', (sessions, date, result) => {
    const working = time.workingDay(sessions, date);
    expect(typeof working === 'boolean' ? String(working) : show(working)).toBe(result);
  });

  test('a counter open on a rest day is open, and its time does not count', () => {
    expect(time.sessionsOf('saturday-open', '2026-03-07')).toEqual({ sessions: [{ from: 450, to: 690 }], counts: false });
    expect(time.sessionsOf('saturday-counts', '2026-03-07')).toEqual({ sessions: [{ from: 450, to: 690 }], counts: true });
  });

  test('a day made up for is a whole working day, also where the counter has short hours on that weekday', () => {
    for (const id of ['default', 'saturday-open', 'saturday-counts']) {
      expect(time.sessionsOf(id, '2026-08-22')).toEqual({ sessions: [{ from: 450, to: 690 }, { from: 810, to: 1020 }], counts: true });
    }
  });

  test('overlapping sessions are a fault of the data', () => {
    const broken = workingTime({ ...calendarOfTests, sessions: [{ id: 'x', validFrom: '2020-01-01', validTo: null, week: { 1: [{ from: 450, to: 690 }, { from: 600, to: 700 }] } }] });
    expect(() => broken.workingDay('x', '2026-03-02')).toThrow('sessions x, weekday 1');
  });

  test('a year without rows stops the counting though later years have some', () => {
    const gap = workingTime({ ...calendarOfTests, years: new Set([2025, 2027]) });
    expect(gap.dueAt(instant('2025-12-31T09:00+07'), '1wd', 'elapsed', 'default')).toEqual({ refused: 'NO_CALENDAR', year: 2026 });
    expect(gap.workingMinutesBetween(instant('2025-12-31T09:00+07'), instant('2027-01-04T09:00+07'), 'default')).toEqual({ refused: 'NO_CALENDAR', year: 2026 });
    expect(gap.dueAt(instant('2027-03-01T09:00+07'), '1wd', 'elapsed', 'default')).toEqual({ due: instant('2027-03-02T09:00+07'), provisional: false });
  });
});

describe('working time between and onwards', () => {
  test.each([
    ['2026-03-02T07:30+07', '2026-03-02T17:00+07', 450],
    ['2026-03-02T10:30+07', '2026-03-02T14:00+07', 90],
    ['2026-03-02T00:00+07', '2026-03-09T00:00+07', 2250],
    ['2026-02-13T17:00+07', '2026-02-23T07:30+07', 0],
    ['2026-03-03T07:30+07', '2026-03-02T17:00+07', 0],
    ['2026-03-03T08:30+07', '2026-03-02T16:00+07', -120],
    ['2026-03-02T07:30:30+07', '2026-03-02T07:31+07', 0.5],
  ])('%s to %s: %d minutes', (a, b, minutes) => {
    expect(time.workingMinutesBetween(instant(a), instant(b), 'default')).toBe(minutes);
  });

  test.each([
    ['2026-03-02T10:30+07', 60, '2026-03-02T11:30'], ['2026-03-02T10:30+07', 61, '2026-03-02T13:31'], ['2026-02-13T17:00+07', 1, '2026-02-23T07:31'],
    ['2026-03-07T09:00+07', 0, '2026-03-07T09:00'], ['2026-03-02T07:30+07', 450, '2026-03-02T17:00'],
  ])('%s and %d working minutes: %s', (from, minutes, result) => {
    const due = time.addWorking(instant(from), minutes, 'default');
    expect(isTimeRefusal(due) ? show(due) : short(due.due)).toBe(result);
  });

  test('minutes to add are finite and not negative', () => {
    for (const minutes of [-1, NaN, Infinity]) expect(() => time.addWorking(instant('2026-03-02T10:30+07'), minutes, 'default')).toThrow(RangeError);
  });
});
