/**
 * The law of time once more, written from its wording alone and as slowly as it reads: day by day, session by session, with no table, no prefix sum and none of the
 * code under test. What both say must agree on any calendar.
 */
import type { Calendar, CalendarDay, Sessions } from '../../src/types.ts';

const minute = 60_000, hour = 60 * minute, day = 24 * hour, zone = 7 * hour;

/** A refusal of the wording: the year without rows, or the day without sessions. */
export class Refused extends Error {}

/** Days are told by the date that a clock in +07:00 shows. */
const dateOf = (at: number): string => new Date(at + zone).toISOString().slice(0, 10);
const midnightOf = (date: string): number => Date.parse(`${date}T00:00:00.000+07:00`);
const nextDate = (date: string): string => dateOf(midnightOf(date) + day);
const isRestDay = (date: string): boolean => [0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay());

type Stretch = { readonly from: number; readonly to: number };

export class SlowOracle {
  readonly #calendar: Calendar;
  readonly #id: string;
  /** Whether a row that is not announced was met on the way. */
  provisional = false;

  constructor(calendar: Calendar, id: string) { this.#calendar = calendar; this.#id = id; }

  /** Counted sessions of a day, as instants; none: the day is off, or open without counting. */
  #counted(date: string): readonly Stretch[] {
    if (!this.#calendar.years.has(Number(date.slice(0, 4)))) throw new Refused(`NO_CALENDAR ${date.slice(0, 4)}`);
    const version = this.#versionOf(date);
    if (version === undefined) throw new Refused(`NO_SESSIONS ${date}`);
    const row = this.#rowOf(date);
    if (row?.status === 'computed') this.provisional = true;
    if (row !== undefined && row.kind !== 'swap-working') return [];
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const ordinary = this.#ordinarily(version, weekday) ? version.week[weekday]! : [];
    const hours = row?.kind === 'swap-working' && (isRestDay(date) || ordinary.length === 0) ? this.#hoursMadeUp(version) : ordinary;
    return [...hours].sort((a, b) => a.from - b.from).map(({ from, to }) => ({ from: midnightOf(date) + from * minute, to: midnightOf(date) + to * minute }));
  }

  #versionOf(date: string): Sessions | undefined {
    return this.#calendar.sessions.find((one) => one.id === this.#id && one.validFrom <= date && (one.validTo === null || date <= one.validTo));
  }

  /** A row to confirm is not applied. */
  #rowOf(date: string): CalendarDay | undefined {
    const row = this.#calendar.days.get(date);
    return row?.status === 'to-confirm' ? undefined : row;
  }

  #ordinarily(version: Sessions, weekday: number): boolean {
    const restDay = weekday === 0 || weekday === 6;
    return (version.week[weekday] ?? []).length > 0 && (!restDay || (version.countsOnRestDays ?? []).includes(weekday));
  }

  /** A day made up for is worked like the first day of the week that is worked. */
  #hoursMadeUp(version: Sessions): readonly { from: number; to: number }[] {
    const weekday = [1, 2, 3, 4, 5].find((one) => this.#ordinarily(version, one));
    return weekday === undefined ? [] : version.week[weekday]!;
  }

  #nextWorkingDate(date: string): string {
    let next = nextDate(date);
    while (this.#counted(next).length === 0) next = nextDate(next);
    return next;
  }

  /** The moment itself inside a session (half-open), else the next opening. */
  #working(at: number): number {
    for (let date = dateOf(at); ; date = nextDate(date)) {
      for (const { from, to } of this.#counted(date)) if (at < to) return Math.max(at, from);
    }
  }

  starts(received: number, handOver: boolean): number {
    const at = this.#working(received);
    const after15 = at - midnightOf(dateOf(at)) > 15 * hour;
    return handOver && after15 ? this.#counted(this.#nextWorkingDate(dateOf(at)))[0]!.from : at;
  }

  due(starts: number, span: string, counting: string): number {
    const count = Number(/^\d+/.exec(span)![0]), unit = span.replace(/^\d+/, '');
    if (unit === 'wh') return this.#afterHours(this.#working(starts), count * hour);
    if (unit === 'd') return this.#closingOnOrAfter(dateOf(midnightOf(dateOf(starts)) + count * day), dateOf(starts));
    return counting === 'elapsed' ? this.#samePosition(this.#working(starts), count) : this.#closingOfWorkingDay(dateOf(starts), count);
  }

  #afterHours(from: number, millis: number): number {
    let left = millis;
    for (let date = dateOf(from); ; date = nextDate(date)) {
      for (const session of this.#counted(date)) {
        const room = Math.max(0, session.to - Math.max(session.from, from));
        if (left <= room) return Math.max(session.from, from) + left;
        left -= room;
      }
    }
  }

  /** The N-th working day after `date`, at its closing. */
  #closingOfWorkingDay(date: string, count: number): number {
    this.#counted(date);
    let at = date;
    for (let n = 0; n < count; n++) at = this.#nextWorkingDate(at);
    return this.#counted(at).at(-1)!.to;
  }

  #closingOnOrAfter(date: string, from: string): number {
    for (let passed = from; passed < date; passed = nextDate(passed)) this.#counted(passed);
    let at = date;
    while (this.#counted(at).length === 0) at = nextDate(at);
    return this.#counted(at).at(-1)!.to;
  }

  /** As much of the day's work done as on the first day; its closing where the day is shorter; an opening is the closing before it. */
  #samePosition(from: number, count: number): number {
    const date = dateOf(from);
    const position = this.#counted(date).reduce((sum, one) => sum + Math.max(0, Math.min(one.to, from) - one.from), 0);
    if (position === 0) return count === 1 ? this.#counted(date).at(-1)!.to : this.#closingOfWorkingDay(date, count - 1);
    let target = date;
    for (let n = 0; n < count; n++) target = this.#nextWorkingDate(target);
    let done = 0;
    for (const { from: opening, to } of this.#counted(target)) {
      if (position <= done + to - opening) return opening + position - done;
      done += to - opening;
    }
    return this.#counted(target).at(-1)!.to;
  }
}
