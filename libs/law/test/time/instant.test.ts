import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, civilOfDay, dayOfCivil, instantAt, isTimeRefusal, localDate, localTime, parseDay, parseInstant, parseSpan, printDay, printInstant, printSpan, weekdayOf } from '../../src/time/index.ts';

describe('instants', () => {
  test.each([
    ['2026-02-13T15:30+07', '2026-02-13T15:30:00+07:00'],
    ['2026-02-13T15:30+0700', '2026-02-13T15:30:00+07:00'],
    ['2026-02-13T15:30:15+07:00', '2026-02-13T15:30:15+07:00'],
    ['2026-02-13T20:30Z', '2026-02-14T03:30:00+07:00'],
    ['2026-02-28T23:59:59.999Z', '2026-03-01T06:59:59.999+07:00'],
    ['2026-02-13T15:30:00.1234567+07', '2026-02-13T15:30:00.123+07:00'],
    ['2026-01-01T00:15:00-09:30', '2026-01-01T16:45:00+07:00'],
    ['2024-02-29T12:00+14:00', '2024-02-29T05:00:00+07:00'],
    ['1969-12-31T23:59:59.5Z', '1970-01-01T06:59:59.500+07:00'],
    ['0999-06-01T00:00+07', '0999-06-01T00:00:00+07:00'],
  ])('%s is %s', (text, printed) => {
    const instant = parseInstant(text);
    expect(isTimeRefusal(instant) ? instant : printInstant(instant)).toBe(printed);
  });

  test.each([
    '', '2026-02-13', '2026-02-13T15:30', '2026-02-13 15:30+07', '2026-02-13t15:30z', '2026-02-30T10:00+07', '2025-02-29T10:00+07', '2026-13-01T10:00+07', '2026-00-10T10:00+07', '2026-01-00T10:00+07',
    '2026-01-01T24:00+07', '2026-01-01T10:60+07', '2026-01-01T23:59:60Z', '2026-01-01T10:00+19', '2026-01-01T10:00+07:60', '2026-01-01T10:00+7', ' 2026-01-01T10:00Z', '2026-01-01T10:00Z\n',
    '26-01-01T10:00Z', '0000-01-01T10:00Z', '2026-01-01T10Z', '2026-01-01T10:00:00.Z', '20260101T1000Z', '٢٠٢٦-01-01T10:00Z',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toEqual({ refused: 'BAD_INSTANT', text });
  });

  test('what is printed reads back as the same millisecond', () => {
    fc.assert(fc.property(fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 }), (instant) => {
      expect(parseInstant(printInstant(instant))).toBe(instant);
    }));
  });

  test('agrees with the platform on every field', () => {
    fc.assert(fc.property(fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }), (date) => {
      const local = new Date(date.getTime() + 7 * 3_600_000).toISOString();
      expect(`${localDate(date.getTime())}T${localTime(date.getTime())}`).toBe(local.slice(0, 16));
      expect(parseInstant(date.toISOString())).toBe(date.getTime());
      expect(weekdayOf(dayOfCivil(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()))).toBe(date.getUTCDay());
    }));
  });

  test('only whole milliseconds of years 1–9999 are printed', () => {
    for (const instant of [0.5, NaN, Infinity, 253_402_300_800_000, -62_200_000_000_000]) expect(() => printInstant(instant)).toThrow(RangeError);
  });

  test('minutes after midnight of a date', () => {
    expect(printInstant(instantAt('2026-02-23', 450))).toBe('2026-02-23T07:30:00+07:00');
    expect(() => instantAt('2026-02-30', 0)).toThrow('not a date: 2026-02-30');
  });
});

describe('dates', () => {
  test('civil dates and day numbers are inverse for 800 years', () => {
    let { year, month, day } = { year: 1700, month: 1, day: 1 };
    for (let number = dayOfCivil(1700, 1, 1); number < dayOfCivil(2500, 1, 1); number += 1) {
      const civil = civilOfDay(number);
      if (civil.year !== year || civil.month !== month || civil.day !== day) throw new Error(`${number} is ${JSON.stringify(civil)}, not ${year}-${month}-${day}`);
      if (dayOfCivil(year, month, day) !== number) throw new Error(`${year}-${month}-${day}`);
      day += 1;
      if (parseDay(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`) === null) { day = 1; month += 1; }
      if (month === 13) { month = 1; year += 1; }
    }
    expect(year).toBe(2500);
  });

  test.each([
    ['2026-02-28', 1, '2026-03-01'], ['2024-02-28', 1, '2024-02-29'], ['2026-01-01', -1, '2025-12-31'], ['2000-02-29', 366, '2001-03-01'], ['1900-02-28', 1, '1900-03-01'],
  ])('%s and %d days: %s', (date, days, result) => {
    expect(addDays(date, days)).toBe(result);
  });

  test('no date lies outside years 1–9999', () => {
    expect(printDay(dayOfCivil(9999, 12, 31))).toBe('9999-12-31');
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
  });
});

describe('spans', () => {
  test.each(['3wd', '20wh', '15d', '10min', '1wd', '99999min'])('%s reads and prints', (text) => {
    const span = parseSpan(text);
    expect('refused' in span ? span : printSpan(span)).toBe(text);
  });

  test.each(['', '3', 'wd', '0wd', '03wd', '-1wd', '+1wd', '1.5wd', '3 wd', ' 3wd', '3WD', '3h', '3days', '100000d', '3wd\n', '١wd'])('refuses %j', (text) => {
    expect(parseSpan(text)).toEqual({ refused: 'BAD_SPAN', span: text });
  });
});
