/** Total limits out of what was published, and their division among legs. What is decided here is told with date and reason. */
import type { CatalogueDecision, Channel, Span } from '@lienthong/law';
import type { Row as NationalRow } from '../../src/csv.ts';
import { oneLimit } from '../../src/one-limit.ts';
import { everyChannel } from './builder.ts';
import type { Limits } from './builder.ts';

export const DECIDED_ON = '2026-11-28';
const DOORS: readonly Channel[] = ['counter', 'online', 'post'];
const UNITS: Readonly<Record<string, string>> = { working_day: 'wd', day: 'd' };

export const decision = (field: string, published: string, decided: string, reason: string): CatalogueDecision => ({ field, published, decided, reason, on: DECIDED_ON });

type Door = { readonly channel: Channel; readonly n: number; readonly unit: string };

/** Doors with a number; those without a channel or without a number are left out. */
function doorsOf(row: NationalRow): Door[] {
  return DOORS.flatMap((channel) => {
    const n = row[`time_${channel}_n`]!;
    return n === '' ? [] : [{ channel, n: Number(n), unit: row[`time_${channel}_unit`]! }];
  });
}

export function offeredChannels(row: NationalRow): Channel[] {
  const offered = DOORS.filter((channel) => row[`time_${channel}_unit`] !== 'no_channel');
  return offered.length === 0 ? [...DOORS] : offered;
}

const shown = (doors: readonly Door[]): string => doors.map(({ channel, n, unit }) => `${channel} ${n} ${unit === 'missing' ? '(no unit)' : unit.replace('_', ' ')}`).join('; ');

export type Decided = { readonly limit: Limits; readonly decisions: readonly CatalogueDecision[] };

/** One limit for all doors: the door may not change how long the law gives the office. */
export function limitFrom(row: NationalRow): Decided {
  const doors = doorsOf(row);
  const withUnit = doors.filter(({ unit }) => unit in UNITS);
  if (doors.length === 0) throw new Error(`${row['code']}: no limit is published; decide one with its reason`);
  if (withUnit.length === 0) throw new Error(`${row['code']}: the published limit has no unit; decide one with its reason`);
  const { span, reason } = oneLimit(withUnit.map(({ channel, n, unit }) => ({ channel, span: `${n}${UNITS[unit]}` })));
  if (reason === null && withUnit.length === doors.length) return { limit: everyChannel(span), decisions: [] };
  return { limit: everyChannel(span), decisions: [decision('limit', shown(doors), span, reason ?? 'A door without a unit says nothing; the others agree.')] };
}

/** Hours of a working day at the default sessions, in whole hours; legs of less than a day are written in hours. */
const HOURS_OF_DAY = 7;

/** Divides a total in working days among legs in a row by weight, each at least a day; a total that is too short for whole days is divided into hours. No text divides totals: the division is ours. */
export function split(total: Span, weights: readonly number[]): Span[] {
  if (!total.endsWith('wd')) throw new RangeError(`cannot divide ${total} among legs in a row: days of rest would carry each of them further`);
  const count = Number.parseInt(total, 10);
  return count >= weights.length ? parts(count, weights).map((n) => `${n}wd`) : parts(count * HOURS_OF_DAY, weights).map((n) => `${n}wh`);
}

/** Whole parts, each at least one, that add up to `sum`; what is left over goes to the heaviest. */
function parts(sum: number, weights: readonly number[]): number[] {
  const all = weights.reduce((total, one) => total + one, 0);
  const shares = weights.map((one) => Math.max(1, Math.floor((sum * one) / all)));
  const heaviest = weights.indexOf(Math.max(...weights));
  shares[heaviest] = shares[heaviest]! + sum - shares.reduce((total, one) => total + one, 0);
  if (shares[heaviest]! < 1) throw new RangeError(`${sum} cannot be divided by ${weights.join(':')}`);
  return shares;
}
