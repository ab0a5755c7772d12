/** Areas and offices of a running hub. They change while it runs: a reform is published, an office is added. What is not sound is refused and the last good state stays, over a restart, too. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferenceData } from './data-files.ts';
import type { LocatedFinding } from './locate-findings.ts';
import { LAST_GOOD_FOLDER, fileMark } from './office-files.ts';
import { ownSessions, ownSessionsMark } from './own-sessions.ts';
import { placeFiles, readPlaceTexts, writePlaceText } from './place-files.ts';
import type { PlaceTexts } from './place-files.ts';
import { soundPlaces } from './sound-places.ts';
import type { SoundPlaces } from './sound-places.ts';

export type PlacesRefreshed = { readonly outcome: 'unchanged' } | { readonly outcome: 'taken' } | { readonly outcome: 'refused'; readonly findings: readonly LocatedFinding[] };

export type LivePlaces = {
  /** The released data with the areas and offices in force. */
  readonly data: ReferenceData;
  /** Of the files in force; '' where the released places stand. */
  readonly digest: string;
  /** `object`: what else would be wrong with these data. */
  refresh(object: (data: ReferenceData) => readonly LocatedFinding[]): PlacesRefreshed;
};

/** `folder`: where `areas.json`, `offices.json` and `reforms.json` may lie. `calendarFolder`: where the calendar whose sessions offices may keep. */
export function livePlaces(folder: string, released: ReferenceData, calendarFolder: string = folder): LivePlaces {
  const kept = join(folder, LAST_GOOD_FOLDER), soundBy = (hours: string, texts: PlaceTexts): SoundPlaces => soundPlaces(texts, released, ownSessions(hours, released.sessions));
  // A calendar that came while nothing ran may lack what these offices keep: it will be refused, and the last good one stays with them.
  let good = keptTexts(kept, released, (texts) => { const now = soundBy(calendarFolder, texts); return 'data' in now ? now : soundBy(join(calendarFolder, LAST_GOOD_FOLDER), texts); }), mark = '', digest = digestOf(good.texts);
  return {
    get data() { return good.data; },
    get digest() { return digest; },
    refresh(object) {
      // Offices that were refused for want of their sessions are looked at again when the calendar changes.
      const now = [...placeFiles.map((name) => fileMark(folder, name)), ownSessionsMark(calendarFolder)].join('|');
      if (now === mark) return { outcome: 'unchanged' };
      mark = now;
      const texts = readPlaceTexts(folder), found = digestOf(texts);
      if (found === digest) return { outcome: 'unchanged' };
      const read = soundBy(calendarFolder, texts), findings = 'findings' in read ? read.findings : object(read.data);
      if ('findings' in read || findings.length > 0) return { outcome: 'refused', findings };
      good = { texts, data: read.data };
      digest = found;
      keep(kept, texts);
      return { outcome: 'taken' };
    },
  };
}

const digestOf = (texts: PlaceTexts): string => (Object.keys(texts).length === 0 ? '' : createHash('sha256').update(JSON.stringify(placeFiles.map((name) => texts[name] ?? null))).digest('hex'));

function keptTexts(kept: string, released: ReferenceData, sound: (texts: PlaceTexts) => SoundPlaces): { readonly texts: PlaceTexts; readonly data: ReferenceData } {
  const texts = readPlaceTexts(kept), read = Object.keys(texts).length === 0 ? { data: released } : sound(texts);
  return 'data' in read ? { texts, data: read.data } : { texts: {}, data: released };
}

/** Published reforms are added before anything is taken away: whoever starts between two of these writes has what was in force before or is now. */
function keep(kept: string, texts: PlaceTexts): void {
  for (const name of placeFiles) if (texts[name] !== undefined) writePlaceText(kept, name, texts[name]);
  for (const name of placeFiles) if (texts[name] === undefined) rmSync(join(kept, name), { force: true });
}
