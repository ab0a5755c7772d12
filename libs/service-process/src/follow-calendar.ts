/** What is announced is taken while the hub runs: the operator's calendar file is looked at, and every open dossier is looked at again by the new calendar. */
import type { ServiceModule } from '@lienthong/dossier-service';
import type { LiveCalendar } from '@lienthong/reference-data';
import type { Logger } from '@lienthong/runtime';
import { followChanges } from './follow-changes.ts';
import type { Follower } from './follow-changes.ts';
import { wakeOpenFolders } from './wake-open-folders.ts';

/** How often the file is looked at, in milliseconds. */
export const calendarLookMs = 2_000;
/** Findings written to the log in full. */
const findingsLogged = 20;

/** The first dossier is reckoned by what was announced before the start. */
export function followCalendar(live: LiveCalendar, modules: readonly ServiceModule[], log: Logger): Follower {
  const look = (): boolean => {
    const found = live.refresh();
    if (found.outcome === 'taken') log.info({ calendar: found.digest }, 'calendar taken');
    if (found.outcome === 'refused') log.error({ findings: found.findings.slice(0, findingsLogged), count: found.findings.length, calendar: live.digest }, 'calendar refused; the last good one stays');
    return !live.applied;
  };
  const act = async (stopping: AbortSignal): Promise<void> => {
    const { digest } = live;
    // A calendar that came meanwhile asks for a round of its own.
    if (await wakeOpenFolders(modules, stopping) && live.digest === digest) live.markApplied();
  };
  return followChanges({ everyMs: calendarLookMs, look, act, failed: { look: 'the calendar cannot be looked at', act: 'open dossiers could not all be looked at by the new calendar; tried again' } }, log);
}
