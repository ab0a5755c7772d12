/** Holidays, observed days and swap days as announced; the weekly sessions that public offices keep. */
import type { CalendarDay, Sessions } from '@lienthong/law';
import type { Row } from '../src/csv.ts';

const kinds: Readonly<Record<string, CalendarDay['kind']>> = { holiday: 'holiday', observed: 'observed', 'swap-off': 'swap-off', 'swap-work': 'swap-working' };
const statuses: Readonly<Record<string, CalendarDay['status']>> = { announced: 'announced', 'to confirm': 'to-confirm', 'computed, not yet announced': 'computed' };

export function calendarDaysFrom(rows: readonly Row[]): CalendarDay[] {
  return rows.map((row) => {
    const kind = kinds[row['kind']!];
    const status = statuses[row['status']!];
    if (kind === undefined || status === undefined) throw new Error(`calendar row ${row['date']}: unknown kind or status`);
    return { date: row['date']!, kind, name: row['name']!, status };
  });
}

const officeHours = [{ from: 7 * 60 + 30, to: 11 * 60 + 30 }, { from: 13 * 60 + 30, to: 17 * 60 }];

/** Hours seen in use at public offices; an office that differs gets a row of its own. */
export const defaultSessions: Sessions = { id: 'default', validFrom: '2022-01-01', validTo: null, week: { 1: officeHours, 2: officeHours, 3: officeHours, 4: officeHours, 5: officeHours } };
