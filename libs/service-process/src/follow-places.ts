/** After a reform was published: each holder re-homes its own items. What was applied is remembered, so that a round which was cut off is begun again at the next start. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceModule } from '@lienthong/dossier-service';
import { writePlaceText } from '@lienthong/reference-data';
import type { LiveReference } from '@lienthong/reference-data';
import type { Logger } from '@lienthong/runtime';
import { followChanges } from './follow-changes.ts';
import type { Follower } from './follow-changes.ts';
import { wakeOpenFolders } from './wake-open-folders.ts';

/** How often it is looked whether areas or offices have changed, in milliseconds. */
export const placesLookMs = 1_000;
/** Digest of the places by which all open dossiers were looked at last. */
const APPLIED_FILE = 'places.applied';

/** `folder`: this process's own: another one may share the reference data, but not what was done by them. */
export function followPlaces(live: Pick<LiveReference, 'places'>, modules: readonly ServiceModule[], folder: string, log: Logger): Follower {
  const path = join(folder, APPLIED_FILE);
  let applied = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const act = async (stopping: AbortSignal): Promise<void> => {
    const { places } = live;
    if (!await wakeOpenFolders(modules, stopping)) return;
    writePlaceText(folder, APPLIED_FILE, places);
    applied = places;
    log.info({ places }, 'open dossiers have been looked at by the new areas and offices');
  };
  const failed = { look: 'areas and offices cannot be looked at', act: 'open dossiers could not all be looked at by the new areas and offices; tried again' };
  return followChanges({ everyMs: placesLookMs, look: () => live.places !== applied, act, failed }, log);
}
