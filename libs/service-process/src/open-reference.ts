/** The released reference data with the calendar that the operator keeps in its place. */
import { join } from 'node:path';
import type { Reference } from '@lienthong/law';
import { liveCalendar, loadReference, readCalendarFile } from '@lienthong/reference-data';
import type { LiveCalendar } from '@lienthong/reference-data';

/** Folder of the data directory in which the operator keeps reference data in place of the released. */
export const referenceFolder = 'reference';

/** Throws Errors that name a damaged file of the released data; what the operator keeps is judged by `followCalendar`. */
export function openReference(dataDir: string): { readonly reference: Reference; readonly calendar: LiveCalendar } {
  const released = loadReference(), calendar = liveCalendar(join(dataDir, referenceFolder), { ...readCalendarFile(), offices: released.offices });
  return { reference: calendar.over(released), calendar };
}
