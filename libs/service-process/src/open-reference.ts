/** The reference data of a process: the released with what the office brought, and the operator's calendar where one lies in the data directory. Both change while it runs. */
import { join } from 'node:path';
import type { Reference } from '@lienthong/law';
import { OFFICE_FOLDER, liveCalendar, liveReference, readCalendarFile } from '@lienthong/reference-data';
import type { LiveCalendar, LiveReference } from '@lienthong/reference-data';
import type { Config } from '@lienthong/runtime';

export type OpenReference = { readonly reference: Reference; readonly live: LiveReference; readonly calendar: LiveCalendar; /** Where this process keeps what it applied. */ readonly own: string };

/** Throws Errors that name a damaged file of the released reference data. */
export function openReference({ referenceDir, dataDir }: Pick<Config, 'referenceDir' | 'dataDir'>): OpenReference {
  // What was applied of a calendar is this process's own to know; what the office brought may be shared.
  const own = join(dataDir, OFFICE_FOLDER);
  const live = liveReference(referenceDir || own, undefined, own), calendar = liveCalendar(own, { ...readCalendarFile(), get offices() { return live.reference.offices; } });
  return { reference: calendar.over(live.reference), live, calendar, own };
}
