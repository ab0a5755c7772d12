import { describe, expect, test } from 'vitest';
import { isTimeRefusal, mergedSuspensions, parseInstant, printInstant, workingTime } from '../../src/time/index.ts';
import type { Counting, Suspension } from '../../src/time/index.ts';
import { calendarOfTests } from './calendar-of-tests.ts';

const time = workingTime(calendarOfTests);
const instant = (text: string): number => {
  const parsed = parseInstant(`${text}+07:00`);
  if (isTimeRefusal(parsed)) throw new Error(text);
  return parsed;
};
/** `a/b, c/…`: from a to b, and from c until nobody knows. */
const suspensions = (text: string): Suspension[] => text.split(', ').filter(Boolean).map((part) => {
  const [from = '', to = ''] = part.split('/');
  return { from: instant(from), to: to === '…' ? null : instant(to) };
});

describe('suspended stretches do not count', () => {
  test.each([
    // elapsed working days: what was used is kept, the rest runs afterwards
    ['2026-03-02T09:00', '3wd', 'elapsed', '', '2026-03-05T09:00'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-03T09:00/2026-03-04T09:00', '2026-03-06T09:00'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-03T10:00/2026-03-03T11:00', '2026-03-05T10:00'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-03T18:00/2026-03-04T06:00', '2026-03-05T09:00'],
    ['2026-03-02T09:00', '1wd', 'elapsed', '2026-02-20T09:00/2026-03-02T10:00', '2026-03-03T10:00'],
    ['2026-02-13T09:00', '1wd', 'elapsed', '2026-02-13T17:00/2026-02-24T09:00', '2026-02-24T10:30'],
    ['2026-03-02T09:00', '1wd', 'elapsed', '2026-03-03T09:00/2026-03-09T09:00', '2026-03-03T09:00'],
    ['2026-03-02T09:00', '1wd', 'elapsed', '2026-03-03T08:59/2026-03-09T09:00', '2026-03-09T09:01'],
    // hours
    ['2026-03-02T07:30', '4wh', 'elapsed', '2026-03-02T10:30/2026-03-02T15:00', '2026-03-02T16:00'],
    // several, overlapping, touching, in any order
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-04T09:00/2026-03-05T09:00, 2026-03-03T09:00/2026-03-04T09:00', '2026-03-09T09:00'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-03T09:00/2026-03-04T09:00, 2026-03-03T10:00/2026-03-04T08:00', '2026-03-06T09:00'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-04T09:00/2026-03-03T09:00', '2026-03-05T09:00'],
    // the first day excluded: carried to a closing
    ['2026-03-02T09:00', '3wd', 'first-day-excluded', '2026-03-03T10:00/2026-03-04T10:00', '2026-03-06T17:00'],
    ['2026-03-02T09:00', '3wd', 'first-day-excluded', '2026-03-03T10:00/2026-03-03T11:00', '2026-03-06T17:00'],
    ['2026-03-02T09:00', '3wd', 'first-day-excluded', '2026-03-02T10:00/2026-03-02T16:00', '2026-03-05T17:00'],
    ['2026-03-02T09:00', '3wd', 'first-day-excluded', '2026-03-02T10:00/2026-03-03T08:30', '2026-03-06T17:00'],
    // one that begins while the end is carried to the closing still counts
    ['2026-03-02T09:00', '3wd', 'first-day-excluded', '2026-03-03T10:00/2026-03-03T11:00, 2026-03-06T10:00/2026-03-09T10:00', '2026-03-09T17:00'],
    ['2026-03-02T09:00', '5d', 'elapsed', '2026-03-07T09:00/2026-03-10T09:00', '2026-03-10T17:00'],
    ['2026-03-02T09:00', '6d', 'elapsed', '2026-03-09T09:00/2026-03-11T09:00', '2026-03-11T17:00'],
    // calendar days stand still by the wall clock
    ['2026-03-02T09:00', '15d', 'elapsed', '2026-03-04T09:00/2026-03-06T09:00', '2026-03-19T17:00'],
    ['2026-03-02T09:00', '15d', 'elapsed', '2026-03-17T17:00/2026-03-20T17:00', '2026-03-17T17:00'],
    // minutes
    ['2026-03-02T09:00', '10min', 'elapsed', '2026-03-02T09:05/2026-03-02T09:25, 2026-03-02T08:00/2026-03-02T09:01', '2026-03-02T09:31'],
    ['2026-03-02T09:00', '10min', 'elapsed', '2026-03-02T09:05/…', 'SUSPENDED'],
    ['2026-03-02T09:00', '10min', 'elapsed', '2026-03-02T09:10/…', '2026-03-02T09:10'],
    // one that lasts still
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-03T09:00/…', 'SUSPENDED'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-05T09:00/…', '2026-03-05T09:00'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-03T09:00/2027-12-30T09:00', 'NO_CALENDAR'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2026-03-03T09:00/2029-12-30T09:00', 'NO_CALENDAR'],
    ['2026-03-02T09:00', '3wd', 'elapsed', '2029-03-03T09:00/2029-12-30T09:00', '2026-03-05T09:00'],
  ])('%s + %s %s, suspended %s: %s', (starts, span, counting, text, result) => {
    const due = time.dueWithSuspensions(instant(starts), span, counting as Counting, suspensions(text), 'default');
    expect(isTimeRefusal(due) ? due.refused : printInstant(due.due).slice(0, 16)).toBe(result);
  });

  test('refuses what is wrong with the span as without suspensions', () => {
    expect(time.dueWithSuspensions(instant('2026-03-02T09:00'), '2wh', 'first-day-excluded', suspensions('2026-03-03T09:00/2026-03-04T09:00'), 'default')).toEqual({ refused: 'HOURS_WITH_FIRST_DAY_EXCLUDED', span: '2wh' });
    expect(time.dueWithSuspensions(instant('2026-03-02T09:00'), 'soon', 'elapsed', [], 'default')).toEqual({ refused: 'BAD_SPAN', span: 'soon' });
  });

  test('merging keeps the union', () => {
    expect(mergedSuspensions([{ from: 5, to: 7 }, { from: 1, to: 3 }, { from: 3, to: 4 }, { from: 6, to: null }, { from: 9, to: 12 }, { from: 2, to: 2 }])).toEqual([{ from: 1, to: 4 }, { from: 5, to: null }]);
  });
});
