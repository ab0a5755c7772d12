/** The calendar: one meaning per day, swap days where they change something, sessions that do not overlap. */
import { dayOf, parseInstant, weekdayOf } from '@lienthong/law';
import type { CalendarDay, OfficeSessions, Sessions } from '@lienthong/law';
import { CALENDAR_FILE } from '../data-files.ts';
import type { ReferenceData } from '../data-files.ts';
import { groupedBy, overlappingPairs } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding } from './finding.ts';

/** A calendar as it is released: with all offices that keep it. */
export function checkCalendar(data: Pick<ReferenceData, 'days' | 'sessions' | 'offices' | 'outages'>): Finding[] {
  return [...checkDaysAndSessions(data), ...checkUsed(data), ...checkOutages(data)];
}

/** What is wrong with it whoever keeps it. */
export function checkDaysAndSessions({ days, sessions }: Pick<ReferenceData, 'days' | 'sessions'>): Finding[] {
  return [...checkDays(days), ...checkYears(days), ...sessions.flatMap(checkWeek), ...checkSessionsOverTime(sessions)];
}

/** Of a release only: a province brings sessions before it brings the offices that keep them. */
function checkUsed({ sessions, offices }: Pick<ReferenceData, 'sessions' | 'offices'>): Finding[] {
  const findings: Finding[] = [], used = new Set(offices.map((one) => one.sessions));
  for (const { id } of sessions) if (!used.has(id)) reporter(findings, CALENDAR_FILE, id)('id', 'no office keeps these sessions', 'name them in an office, or remove them');
  return findings;
}

export function checkOutages({ outages = [], offices: known }: Pick<ReferenceData, 'offices' | 'outages'>): Finding[] {
  const findings: Finding[] = [], offices = new Set(known.map((one) => one.id));
  const millis = (text: string): number => parseInstant(text) as number;
  for (const [first, ...others] of groupedBy(outages, (one) => one.id)) {
    if (others.length > 0) reporter(findings, CALENDAR_FILE, first!.id)('id', 'two outages bear this id', 'give each announcement an id of its own');
  }
  for (const one of outages) {
    const report = reporter(findings, CALENDAR_FILE, one.id);
    if (one.to !== null && millis(one.to) <= millis(one.from)) report('to', `recovery at ${one.to} is not after the beginning ${one.from}`, 'give the recovery after the beginning, or null while it lasts');
    for (const office of one.offices ?? []) if (!offices.has(office)) report('offices', `office ${office} does not exist`, 'name offices of offices.json, or leave the field out where all were affected');
  }
  return findings;
}

function checkDays(days: readonly CalendarDay[]): Finding[] {
  const findings: Finding[] = [];
  for (const [first, ...others] of groupedBy(days, (one) => one.date)) {
    const kinds = [first!.kind, ...others.map((one) => one.kind)];
    if (others.length > 0) reporter(findings, CALENDAR_FILE, first!.date)('kind', `the day is ${kinds.join(' and ')} at once`, 'keep one row for the day');
  }
  for (const day of days) {
    const weekday = weekdayOf(dayOf(day.date));
    const weekend = weekday === 0 || weekday === 6;
    const report = reporter(findings, CALENDAR_FILE, day.date);
    if (day.kind === 'swap-working' && !weekend) report('kind', 'a swap working day must be a day of weekly rest', 'correct the date, or remove the row');
    if ((day.kind === 'swap-off' || day.kind === 'observed') && weekend) report('kind', `${day.kind} on a day of weekly rest changes nothing`, 'correct the date, or remove the row');
  }
  return findings;
}

/** A year without rows between years with rows would let due dates run over it as if it had no holiday. */
function checkYears(days: readonly CalendarDay[]): Finding[] {
  const years = [...new Set(days.map((one) => Number(one.date.slice(0, 4))))].sort((a, b) => a - b);
  const findings: Finding[] = [];
  years.slice(1).forEach((year, n) => {
    if (year !== years[n]! + 1) reporter(findings, CALENDAR_FILE, String(year))('date', `no rows between ${years[n]} and ${year}`, 'enter the holidays of the years between');
  });
  return findings;
}

function checkWeek(sessions: Sessions): Finding[] {
  const findings: Finding[] = [];
  const report = reporter(findings, CALENDAR_FILE, sessions.id);
  for (const [weekday, day] of Object.entries(sessions.week)) {
    day.forEach(({ from, to }, n) => {
      if (to <= from) report(`week.${weekday}[${n}]`, `the session ends at minute ${to}, not after its start ${from}`, 'give the end after the start');
      const before = day[n - 1];
      if (before !== undefined && from < before.to) report(`week.${weekday}[${n}]`, `the session begins at minute ${from}, before the earlier one ends at ${before.to}: they overlap`, 'order the sessions of the day and leave no overlap');
    });
  }
  const open = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => (sessions.week[weekday] ?? []).length > 0), counted: readonly number[] = [1, 2, 3, 4, 5, ...(sessions as OfficeSessions).countsOnRestDays ?? []];
  if (open.length === 0) report('week', 'an office that never opens', 'enter the weekly sessions');
  else if (!open.some((weekday) => counted.includes(weekday))) report('week', 'an office that opens on days of weekly rest alone, none of which counts: nothing could be due there', 'enter the sessions of its working days, or name the days in countsOnRestDays');
  return findings;
}

function checkSessionsOverTime(sessions: readonly Sessions[]): Finding[] {
  const findings: Finding[] = [];
  for (const [first, second] of groupedBy(sessions, (one) => one.id).flatMap(overlappingPairs)) {
    reporter(findings, CALENDAR_FILE, second.id)('validFrom', `sessions ${second.id} since ${first.validFrom} are in force on the same days`, 'end the earlier ones the day before the later begin');
  }
  return findings;
}
