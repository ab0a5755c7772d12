/** After a reform was published: each holder re-homes its own items. What was applied is remembered, so that a round which was cut off is begun again at the next start. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceModule } from '@lienthong/dossier-service';
import { writePlaceText } from '@lienthong/reference-data';
import type { LiveReference } from '@lienthong/reference-data';
import type { Logger } from '@lienthong/runtime';
import { wakeOpenFolders } from './wake-open-folders.ts';

/** How often it is looked whether areas or offices have changed, in milliseconds. */
export const placesLookMs = 1_000;
/** Digest of the places by which all open dossiers were looked at last. */
const APPLIED_FILE = 'places.applied';

/** `folder`: this process's own: another one may share the reference data, but not what was done by them. */
export function followPlaces(live: Pick<LiveReference, 'places'>, modules: readonly ServiceModule[], folder: string, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController(), path = join(folder, APPLIED_FILE);
  let applied = existsSync(path) ? readFileSync(path, 'utf8') : '';
  let waking: Promise<void> | undefined;
  const round = async (places: string): Promise<void> => {
    if (!await wakeOpenFolders(modules, stopping.signal)) return;
    writePlaceText(folder, APPLIED_FILE, places);
    applied = places;
    log.info({ places }, 'open dossiers have been looked at by the new areas and offices');
  };
  const look = (): void => {
    if (live.places === applied) return;
    waking ??= round(live.places).catch((error: unknown) => { log.error({ err: error }, 'open dossiers could not all be looked at by the new areas and offices; tried again'); }).finally(() => { waking = undefined; });
  };
  look();
  const timer = setInterval(look, placesLookMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await waking;
    },
  };
}
