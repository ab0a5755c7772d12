/** What is announced is taken while the hub runs: the operator's calendar file is looked at, and every open dossier is looked at again by the new calendar. */
import type { ServiceModule } from '@lienthong/dossier-service';
import type { LiveCalendar } from '@lienthong/reference-data';
import type { Logger } from '@lienthong/runtime';
import { wakeOpenFolders } from './wake-open-folders.ts';

/** How often the file is looked at, in milliseconds. */
export const calendarLookMs = 2_000;
/** Findings written to the log in full. */
const findingsLogged = 20;

export type CalendarFollower = { stop(): Promise<void> };

/** Looks at once, so that the first dossier is reckoned by what was announced before the start. */
export function followCalendar(live: LiveCalendar, modules: readonly ServiceModule[], log: Logger): CalendarFollower {
  const stopping = new AbortController();
  let waking: Promise<void> | undefined;
  const look = (): void => {
    const found = live.refresh();
    if (found.outcome === 'taken') log.info({ calendar: found.digest }, 'calendar taken');
    if (found.outcome === 'refused') log.error({ findings: found.findings.slice(0, findingsLogged), count: found.findings.length, calendar: live.digest }, 'calendar refused; the last good one stays');
    if (!live.applied) waking ??= wakeAll(live, modules, stopping.signal).catch((error: unknown) => { log.error({ err: error }, 'open dossiers could not all be looked at by the new calendar; tried again'); }).finally(() => { waking = undefined; });
  };
  const safely = (): void => {
    // A full disk or a folder that nobody may read is no reason to stop: the hub goes on with what it has.
    try { look(); } catch (error) { log.error({ err: error }, 'the calendar cannot be looked at'); }
  };
  safely();
  const timer = setInterval(safely, calendarLookMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await waking;
    },
  };
}

async function wakeAll(live: LiveCalendar, modules: readonly ServiceModule[], signal: AbortSignal): Promise<void> {
  const { digest } = live;
  // A calendar that came meanwhile asks for a round of its own.
  if (await wakeOpenFolders(modules, signal) && live.digest === digest) live.markApplied();
}
