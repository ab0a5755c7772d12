/** Limits: the longest way through the legs of each case fits the total of each channel; what runs inside a leg fits the leg. What suspends the clock (a posting, a payment) is not weighed. */
import { parseSpan } from '@lienthong/law';
import type { Channel, LocalRule, Procedure, Sessions, Span } from '@lienthong/law';
import { withLocalRule } from '../local-rule.ts';
import { appliesTo, fileOf, recordOf } from './check-procedures.ts';
import { reporter } from './finding.ts';
import type { Finding, Report } from './finding.ts';

const MINUTES_OF_DAY = 24 * 60;
const WORKING_DAYS_OF_WEEK = 5;
const REST_DAYS_OF_WEEK = 2;

export function checkLimits(procedures: readonly Procedure[], sessions: readonly Sessions[]): Finding[] {
  const findings: Finding[] = [];
  const dayMinutes = shortestDay(sessions);
  for (const procedure of procedures) {
    const report = reporter(findings, fileOf(procedure), recordOf(procedure));
    checkTotals(procedure, dayMinutes, report);
    checkInsideLegs(procedure, dayMinutes, report);
    checkLocal(procedure, dayMinutes, report);
    if (procedure.counting === 'first-day-excluded') checkNoHours(procedure, report);
  }
  return findings;
}

/** Minutes of the shortest day on which anybody works: hours weigh most against days of that length. */
function shortestDay(sessions: readonly Sessions[]): number {
  const days = sessions.flatMap((one) => Object.values(one.week)).map((day) => day.reduce((sum, { from, to }) => sum + to - from, 0)).filter((minutes) => minutes > 0);
  return days.length === 0 ? MINUTES_OF_DAY : Math.min(...days);
}

type Ruler = 'work' | 'wall';
const rulerOf = (span: Span): Ruler => (/w[dh]$/.test(span) ? 'work' : 'wall');

/**
 * Minutes that a span takes at most, on the ruler of the limit that it must fit: working minutes, or calendar minutes.
 * Across rulers the longer reading counts: working days carry the weekly rest with them; calendar days may all be working days.
 */
export function longestMinutes(span: Span, ruler: Ruler, dayMinutes: number): number {
  const parsed = parseSpan(span);
  if (!('count' in parsed)) throw new RangeError(`not a span: ${span}`);
  const { count, unit } = parsed;
  if (ruler === 'work') return count * { wd: dayMinutes, wh: 60, d: dayMinutes, min: 1 }[unit];
  if (unit === 'd') return count * MINUTES_OF_DAY;
  if (unit === 'min') return count;
  const workingDays = unit === 'wd' ? count : Math.ceil((count * 60) / dayMinutes);
  return (workingDays + REST_DAYS_OF_WEEK * Math.ceil(workingDays / WORKING_DAYS_OF_WEEK)) * MINUTES_OF_DAY;
}

/**
 * The longest way through the legs of a case; a leg that the case leaves out costs nothing and passes on what it waits for. Limits in calendar days that end on a day
 * of rest run on to the next working day; inside a route that delay is paid each time, only the last leg shares it with the total.
 */
export function criticalPath(procedure: Procedure, chosen: string, ruler: Ruler, dayMinutes: number): number {
  const legs = procedure.legs.filter((leg) => appliesTo(leg, chosen));
  const ends = new Map<string, number>();
  for (const leg of procedure.legs) {
    const start = Math.max(0, ...leg.after.map((name) => ends.get(name) ?? 0));
    const carried = leg.limit.endsWith('d') && rulerOf(leg.limit) === 'wall' && legs.some((one) => one.after.includes(leg.name)) ? REST_DAYS_OF_WEEK * MINUTES_OF_DAY : 0;
    ends.set(leg.name, start + (legs.includes(leg) ? longestMinutes(leg.limit, ruler, dayMinutes) + carried : 0));
  }
  return Math.max(0, ...ends.values());
}

function checkTotals(procedure: Procedure, dayMinutes: number, report: Report): void {
  for (const chosen of procedure.cases) for (const [field, total] of totalsOf(procedure, chosen)) checkTotal(procedure, chosen, field, total, dayMinutes, report);
}

/** A local limit shortens the legs with it: what holds then must hold as the national rules do. */
function checkLocal(procedure: Procedure, dayMinutes: number, report: Report): void {
  procedure.local?.forEach((rule, n) => {
    if (rule.limit === undefined) return;
    checkShorter(procedure, rule, n, dayMinutes, report);
    const within: Report = (field, problem, remedy) => { report(`local[${n}].${field}`, problem, remedy); };
    const applied = withLocalRule(procedure, rule);
    checkTotals(applied, dayMinutes, within);
    checkInsideLegs(applied, dayMinutes, within);
  });
}

/** A province may shorten a national limit, not lengthen it. */
function checkShorter({ channels, limit }: Procedure, rule: LocalRule, n: number, dayMinutes: number, report: Report): void {
  for (const channel of rule.limit === undefined ? [] : channels) {
    const own = rule.limit![channel];
    const ruler = rulerOf(limit[channel]);
    if (longestMinutes(own, ruler, dayMinutes) > longestMinutes(limit[channel], ruler, dayMinutes)) report(`local[${n}].limit.${channel}`, `${own} is longer than the national ${limit[channel]}`, 'a province may shorten a limit: give one that is not longer');
  }
}

/** Every total that a dossier of the case may be promised, with the field where it stands. */
function totalsOf({ channels, limit, caseLimits }: Procedure, chosen: string): [field: string, total: Span][] {
  const own = caseLimits?.[chosen];
  return own === undefined ? channels.map((channel): [string, Span] => [`limit.${channel}`, limit[channel]]) : [[`caseLimits.${chosen}`, own]];
}

function checkTotal(procedure: Procedure, chosen: string, field: string, total: Span, dayMinutes: number, report: Report): void {
  const ruler = rulerOf(total);
  const path = criticalPath(procedure, chosen, ruler, dayMinutes);
  const room = longestMinutes(total, ruler, dayMinutes);
  if (path > room) report(field, `the legs of case ${chosen} take up to ${path} minutes, the total ${total} is ${room}`, 'shorten legs, let them run side by side, or correct the total');
}

/** A consultation that outlasts its leg could never end inside it. A posting may: the leg's clock stands still meanwhile. */
function checkInsideLegs(procedure: Procedure, dayMinutes: number, report: Report): void {
  procedure.legs.forEach((leg, n) => {
    const inside: readonly (readonly [field: string, span: Span])[] = (leg.consults ?? []).map((one, m) => [`consults[${m}].limit`, one.limit] as const);
    const ruler = rulerOf(leg.limit);
    for (const [field, span] of inside) {
      if (longestMinutes(span, ruler, dayMinutes) > longestMinutes(leg.limit, ruler, dayMinutes)) report(`legs[${n}].${field}`, `${span} does not fit the leg's ${leg.limit}`, "shorten it, or lengthen the leg's limit");
    }
  });
}

/** Whole days are counted from the next day on; hours have no meaning there. */
function checkNoHours(procedure: Procedure, report: Report): void {
  procedure.legs.forEach((leg, n) => {
    if (leg.limit.endsWith('wh')) report(`legs[${n}].limit`, `hours (${leg.limit}) where the first day is not counted`, 'write working days, or count "elapsed"');
  });
}
