/** The catalogue as the hub of this data directory runs it: the released one, and what the office brought. */
import { join } from 'node:path';
import type { LocalDate, Reference, Sessions } from '@lienthong/law';
import { localDate, parseDay } from '@lienthong/law';
import { DamagedFile, OFFICE_FOLDER, buildReference, canonicalDigest, emptyOffice, readDataFiles, ownSessions, readOffice, readPlaceTexts, soundPlaces, withOffice } from '@lienthong/reference-data';
import type { OfficeCatalogue, ReferenceData } from '@lienthong/reference-data';
import { readHubConfig } from '@lienthong/runtime';
import { UsageError } from '../command.ts';

export type CatalogueOfHub = { /** Where what the office brought lies. */ readonly folder: string; readonly base: ReferenceData; readonly office: OfficeCatalogue; readonly data: ReferenceData; /** Those that offices of this hub may keep. */ readonly sessions: readonly Sessions[] };

export function officeFolder(): string {
  const { referenceDir, dataDir } = readHubConfig();
  return referenceDir || join(dataDir, OFFICE_FOLDER);
}

/** As the hub of this data directory runs it. */
export function catalogueOfHub(): CatalogueOfHub {
  return catalogueIn(officeFolder());
}

/** With what lies in this folder: the office's catalogue, its own areas and offices, published reforms. @throws DamagedCatalogue */
export function catalogueIn(folder: string): CatalogueOfHub {
  const released = readDataFiles(), sessions = ownSessions(calendarFolderOf(folder), released.sessions), places = soundPlaces(readPlaceTexts(folder), released, sessions);
  if ('findings' in places) throw new DamagedCatalogue(join(folder, `${places.findings[0]!.file}:${places.findings[0]!.line}`), new TypeError(places.findings[0]!.problem));
  return { ...catalogueWith(places.data, soundFile(folder), folder), sessions };
}

/** A process keeps its calendar in its data directory, also where what the office brought is shared. */
export function calendarFolderOf(folder: string): string {
  return folder === officeFolder() ? join(readHubConfig().dataDir, OFFICE_FOLDER) : folder;
}

/** A file of the office cannot be taken. */
export class DamagedCatalogue extends Error {
  readonly file: string;
  readonly remedy = { vi: 'Nhập lại danh mục, hoặc chép bản tốt gần nhất (catalogue.last-good.json, thư mục last-good) đè lên.', en: 'Import the list again, or copy the last good one (catalogue.last-good.json, folder last-good) over it.' };

  constructor(file: string, cause: Error) {
    super(cause.message, { cause });
    this.file = `${file}: ${cause.message}`;
  }
}

function soundFile(folder: string): OfficeCatalogue {
  try {
    return readOffice(folder);
  } catch (error) {
    if (error instanceof DamagedFile) throw new DamagedCatalogue(join(folder, `${error.file}:${error.line}`), error);
    throw error;
  }
}

export function catalogueWith(base: ReferenceData, office: OfficeCatalogue = emptyOffice, folder = ''): CatalogueOfHub {
  return { folder, base, office, data: withOffice(base, office), sessions: base.sessions };
}

export const referenceOf = ({ data }: Pick<CatalogueOfHub, 'data'>): Reference => buildReference(data, canonicalDigest(data));

/** The day of `--on` or `--from`; absent: today in +07:00. */
export function dayOf(given: string | undefined): LocalDate {
  if (given === undefined) return localDate(Date.now());
  if (parseDay(given) === null) throw new UsageError(`ngày phải viết YYYY-MM-DD / write the day as YYYY-MM-DD: ${given}`);
  return given;
}
