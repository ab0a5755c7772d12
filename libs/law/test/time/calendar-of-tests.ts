/** The days that the tests need, written out; the data file is read elsewhere. */
import type { Calendar, CalendarDay } from '../../src/types.ts';
import type { OfficeSessions } from '../../src/time/index.ts';

type Row = readonly [date: string, kind: CalendarDay['kind'], name: string, status?: CalendarDay['status']];

const rows: readonly Row[] = [
  ['2025-01-01', 'holiday', 'Tết Dương lịch'],
  ['2025-01-27', 'holiday', '29 Tết'], ['2025-01-28', 'holiday', 'Giao thừa'], ['2025-01-29', 'holiday', 'Tết'], ['2025-01-30', 'holiday', 'Mùng hai'], ['2025-01-31', 'holiday', 'Mùng ba'],
  ['2025-04-07', 'holiday', 'Giỗ Tổ'], ['2025-04-26', 'swap-working', 'Làm bù cho 2/5/2025'], ['2025-04-30', 'holiday', 'Ngày Chiến thắng'], ['2025-05-01', 'holiday', 'Quốc tế Lao động'],
  ['2025-05-02', 'swap-off', 'Nghỉ thay cho 26/4/2025'], ['2025-09-01', 'holiday', 'Quốc khánh'], ['2025-09-02', 'holiday', 'Quốc khánh'],
  ['2026-01-01', 'holiday', 'Tết Dương lịch'], ['2026-01-02', 'swap-off', 'Hoán đổi với 10/1/2026', 'to-confirm'], ['2026-01-10', 'swap-working', 'Làm bù cho 2/1/2026', 'to-confirm'],
  ['2026-02-16', 'holiday', 'Giao thừa'], ['2026-02-17', 'holiday', 'Tết'], ['2026-02-18', 'holiday', 'Mùng hai'], ['2026-02-19', 'holiday', 'Mùng ba'], ['2026-02-20', 'holiday', 'Mùng bốn'],
  ['2026-04-26', 'holiday', 'Giỗ Tổ'], ['2026-04-27', 'observed', 'Giỗ Tổ (nghỉ bù)'], ['2026-04-30', 'holiday', 'Ngày Chiến thắng'], ['2026-05-01', 'holiday', 'Quốc tế Lao động'],
  ['2026-08-22', 'swap-working', 'Làm bù cho 31/8/2026'], ['2026-08-31', 'swap-off', 'Nghỉ thay cho 22/8/2026'], ['2026-09-01', 'holiday', 'Quốc khánh'], ['2026-09-02', 'holiday', 'Quốc khánh'],
  ['2026-11-24', 'holiday', 'Ngày Văn hóa'],
  ['2027-01-01', 'holiday', 'Tết Dương lịch', 'computed'], ['2027-02-04', 'holiday', '29 Tết', 'computed'], ['2027-02-05', 'holiday', 'Giao thừa', 'computed'],
];

const full = [{ from: 450, to: 690 }, { from: 810, to: 1020 }];
const early = [{ from: 420, to: 690 }, { from: 810, to: 1020 }];
const morning = [{ from: 450, to: 690 }];
const weekdays = (hours: typeof full) => ({ 1: hours, 2: hours, 3: hours, 4: hours, 5: hours });
const always = { validFrom: '2020-01-01', validTo: null };

export const sessionsOfTests: readonly OfficeSessions[] = [
  { id: 'default', ...always, week: weekdays(full) },
  // The counter is open on Saturday morning; that time counts for no limit …
  { id: 'saturday-open', ...always, week: { ...weekdays(full), 6: morning } },
  // … unless the calendar says so.
  { id: 'saturday-counts', ...always, week: { ...weekdays(full), 6: morning }, countsOnRestDays: [6] },
  // Summer hours from 16/4/2026, an hour that is not made up for.
  { id: 'seasons', validFrom: '2020-01-01', validTo: '2026-04-15', week: weekdays(full) },
  { id: 'seasons', validFrom: '2026-04-16', validTo: null, week: weekdays(early) },
  { id: 'until-june', validFrom: '2020-01-01', validTo: '2025-06-30', week: weekdays(full) },
];

export const calendarOfTests: Calendar = {
  days: new Map(rows.map(([date, kind, name, status]) => [date, { date, kind, name, status: status ?? 'announced' }])),
  years: new Set([2025, 2026, 2027]),
  sessions: sessionsOfTests,
};
