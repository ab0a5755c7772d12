/** The weekly sessions that offices of a province may keep: those of its own calendar, which stand in place of the released ones. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sessions } from '@lienthong/law';
import { CALENDAR_FILE } from './data-files.ts';
import { LAST_GOOD_FOLDER, fileMark } from './office-files.ts';
import { readCalendarFile } from './read-data-files.ts';
import { checkDaysAndSessions } from './validate/check-calendar.ts';
import { checkCalendarShapes } from './validate/check-shapes.ts';

/**
 * Read from the calendar file itself, for the calendar in force is judged by the offices, and neither could come first otherwise. Whether it tells the hours of
 * every office is not asked here: a file that lacks what an office keeps is refused, and the last good one, whose sessions are among these, stays.
 * `folder`: where `calendar.json` may lie.
 */
export function ownSessions(folder: string, released: readonly Sessions[]): readonly Sessions[] {
  const now = sessionsIn(folder), before = sessionsIn(join(folder, LAST_GOOD_FOLDER));
  if (now === null || before === null) return now ?? before ?? released;
  const ids = new Set(now.map((one) => one.id));
  return [...now, ...before.filter((one) => !ids.has(one.id))];
}

/** Changes whenever what `ownSessions` reads is written anew. */
export const ownSessionsMark = (folder: string): string => [folder, join(folder, LAST_GOOD_FOLDER)].map((one) => fileMark(one, CALENDAR_FILE)).join('|');

/** Null: there are none, or they are not sound. */
function sessionsIn(folder: string): readonly Sessions[] | null {
  if (!existsSync(join(folder, CALENDAR_FILE))) return null;
  try {
    const file = readCalendarFile(folder);
    return checkCalendarShapes(file).length > 0 || checkDaysAndSessions(file).length > 0 ? null : file.sessions;
  } catch {
    // Not readable: the calendar in force tells it.
    return null;
  }
}
