/**
 * The calendar of a running hub: the released one, or the whole calendar that the operator keeps in its place. It changes while the hub runs: holidays are announced, outages
 * begin and end. What is not sound is refused with file, line and remedy, and the last good version stays, also over a restart.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workingTime } from '@lienthong/law';
import type { Calendar, Hash, Reference, WorkingTime } from '@lienthong/law';
import { calendarOf } from './build-reference.ts';
import { canonicalDigest } from './canonical-digest.ts';
import { CALENDAR_FILE } from './data-files.ts';
import type { CalendarFile, ReferenceData } from './data-files.ts';
import { DamagedFile } from './json-file.ts';
import { locateFindings } from './locate-findings.ts';
import type { LocatedFinding } from './locate-findings.ts';
import { LAST_GOOD_FOLDER, fileMark } from './office-files.ts';
import { readCalendarFile } from './read-data-files.ts';
import { checkDaysAndSessions, checkOutages } from './validate/check-calendar.ts';
import { checkHours } from './validate/check-offices.ts';
import { checkCalendarShapes } from './validate/check-shapes.ts';
import type { Finding } from './validate/finding.ts';

/** Digest of the calendar by which all open dossiers were looked at last. */
const APPLIED_FILE = 'calendar.applied';

export type CalendarRefreshed =
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'taken'; readonly digest: Hash }
  | { readonly outcome: 'refused'; readonly findings: readonly LocatedFinding[] };

export type LiveCalendar = {
  /** `reference` with the calendar in force. */
  over(reference: Reference): Reference;
  /** Answers by the calendar in force. */
  readonly work: WorkingTime;
  readonly digest: Hash;
  /** Looks whether the operator's file changed; cheap while it did not. A file that was taken away brings the released calendar back. */
  refresh(): CalendarRefreshed;
  /** Whether open dossiers have been looked at by the calendar in force, at this run or an earlier one. */
  readonly applied: boolean;
  markApplied(): void;
};

type State = { readonly calendar: Calendar & { readonly digest: Hash }; readonly work: WorkingTime };

/** The released calendar, and the offices whose hours it must tell. */
export type CalendarBase = CalendarFile & Pick<ReferenceData, 'offices'>;

/** `folder`: where the operator's `calendar.json` may lie, of the same form as the released one. It stands in place of `base` as a whole. */
export function liveCalendar(folder: string, base: CalendarBase): LiveCalendar {
  let state = stateOf(lastGood(folder, base) ?? released(base)), mark = '', judgedBy: CalendarBase['offices'] | undefined;
  const appliedPath = join(folder, APPLIED_FILE);
  let applied = existsSync(appliedPath) ? readFileSync(appliedPath, 'utf8') : '';
  return {
    over: (reference) => Object.create(reference, { calendar: { get: () => state.calendar, enumerable: true } }) as Reference,
    work: delegating(() => state.work),
    get digest() { return state.calendar.digest; },
    refresh() {
      const now = fileMark(folder, CALENDAR_FILE), { offices } = base;
      // What offices keep decides on whether a calendar is sound: when they change, it is judged again.
      if (now === mark && offices === judgedBy) return { outcome: 'unchanged' };
      mark = now;
      judgedBy = offices;
      const read = soundCalendar(folder, base);
      if ('findings' in read) return { outcome: 'refused', findings: read.findings };
      const next = stateOf(read);
      if (next.calendar.digest === state.calendar.digest) return { outcome: 'unchanged' };
      state = next;
      keep(join(folder, LAST_GOOD_FOLDER), CALENDAR_FILE, JSON.stringify(read));
      return { outcome: 'taken', digest: state.calendar.digest };
    },
    get applied() { return applied === state.calendar.digest; },
    markApplied() { applied = state.calendar.digest; keep(folder, APPLIED_FILE, applied); },
  };
}

export type CalendarInForce = { readonly calendar: Calendar; readonly work: WorkingTime;
  /** `last-good`: the operator's file is not sound, and the hub goes on by the one before. */
  readonly origin: 'released' | 'imported' | 'last-good';
  /** Why the operator's file does not count; empty where it does, or where there is none. */
  readonly findings: readonly LocatedFinding[] };

/** The calendar by which a hub with this folder counts, for whoever only asks. Nothing is written. */
export function calendarInForce(folder: string, base: CalendarBase): CalendarInForce {
  const read = soundCalendar(folder, base);
  if (!('findings' in read)) return { ...stateOf(read), origin: existsSync(join(folder, CALENDAR_FILE)) ? 'imported' : 'released', findings: [] };
  const before = lastGood(folder, base);
  return { ...stateOf(before ?? released(base)), origin: before === null ? 'released' : 'last-good', findings: read.findings };
}

function stateOf(file: CalendarFile): State {
  const calendar = { ...calendarOf(file), digest: canonicalDigest(file) };
  return { calendar, work: workingTime(calendar) };
}

const released = ({ days, sessions, outages }: CalendarBase): CalendarFile => ({ days, sessions, ...(outages === undefined ? {} : { outages }) });

/** The operator's calendar, or the released one where there is none, unless offices of the province keep sessions that it does not have. */
function soundCalendar(folder: string, base: CalendarBase): CalendarFile | { readonly findings: readonly LocatedFinding[] } {
  if (!existsSync(join(folder, CALENDAR_FILE))) {
    const lacking = calendarFindings(released(base), base);
    return lacking.length === 0 ? released(base) : { findings: lacking.map((one) => ({ ...inCalendar(one), line: 1 })) };
  }
  let file: CalendarFile;
  try {
    file = readCalendarFile(folder);
  } catch (error) {
    return { findings: [unreadable(error)] };
  }
  const findings = calendarFindings(file, base);
  return findings.length === 0 ? file : { findings: located(findings, folder) };
}

/** Faults of a calendar that stands in place of the released one: its form, then its days, sessions and outages, then the hours of every office. */
export function calendarFindings(file: CalendarFile, base: Pick<CalendarBase, 'offices'>): readonly Finding[] {
  const form = checkCalendarShapes(file);
  return form.length > 0 ? form : [...checkDaysAndSessions(file), ...checkOutages({ ...file, offices: base.offices }), ...checkHours({ sessions: file.sessions, offices: base.offices })];
}

/** An office without hours is a fault of the calendar here: the offices are those in force. */
function located(findings: readonly Finding[], folder: string): LocatedFinding[] {
  return locateFindings(findings.map(inCalendar), folder);
}

function inCalendar(one: Finding): Finding {
  return one.file === CALENDAR_FILE ? one : { ...one, file: CALENDAR_FILE, problem: `office ${one.record}: ${one.problem}`, remedy: 'keep the sessions that this office names, for as long as it is in force' };
}

function unreadable(error: unknown): LocatedFinding {
  const cause = error instanceof Error ? error.cause ?? error : error;
  const problem = cause instanceof Error ? cause.message : String(cause);
  return { file: CALENDAR_FILE, record: '', field: '', line: cause instanceof DamagedFile ? cause.line : 1, problem, remedy: 'correct the file at this line, or restore it' };
}

function lastGood(folder: string, base: CalendarBase): CalendarFile | null {
  const kept = join(folder, LAST_GOOD_FOLDER);
  if (!existsSync(join(kept, CALENDAR_FILE))) return null;
  const read = soundCalendar(kept, base);
  return 'findings' in read ? null : read;
}

/** A reader sees the old file or the new one, never a part. */
function keep(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  writeFileSync(`${path}.part`, text, { mode: 0o600, flush: true });
  renameSync(`${path}.part`, path);
}

/** Those who hold it ask the calendar in force each time. */
function delegating(current: () => WorkingTime): WorkingTime {
  return {
    get calendar() { return current().calendar; },
    workingDay: (...asked) => current().workingDay(...asked), sessionsOf: (...asked) => current().sessionsOf(...asked), startOfClock: (...asked) => current().startOfClock(...asked),
    dueAt: (...asked) => current().dueAt(...asked), dueWithSuspensions: (...asked) => current().dueWithSuspensions(...asked), addWorking: (...asked) => current().addWorking(...asked),
    workingMillisBetween: (...asked) => current().workingMillisBetween(...asked), workingMinutesBetween: (...asked) => current().workingMinutesBetween(...asked), stretches: (...asked) => current().stretches(...asked),
  };
}
