/** The catalogue as the hub of this data directory runs it: the released one, and what the office brought. */
import { join } from 'node:path';
import type { LocalDate, Procedure, Reference } from '@lienthong/law';
import { localDate } from '@lienthong/law';
import { OFFICE_FOLDER, buildReference, canonicalDigest, readDataFiles, readOfficeProcedures } from '@lienthong/reference-data';
import type { ReferenceData } from '@lienthong/reference-data';
import { readConfig } from '@lienthong/runtime';
import { UsageError } from '../command.ts';

export type CatalogueOfHub = { /** Where the office's own procedures lie. */ readonly folder: string; readonly base: ReferenceData; readonly own: readonly Procedure[]; readonly data: ReferenceData };

export const officeFolder = (): string => join(readConfig().dataDir, OFFICE_FOLDER);

export function catalogueOfHub(folder: string = officeFolder()): CatalogueOfHub {
  const base = readDataFiles();
  return withOwn(folder, base, readOfficeProcedures(folder));
}

export function withOwn(folder: string, base: ReferenceData, own: readonly Procedure[]): CatalogueOfHub {
  return { folder, base, own, data: own.length === 0 ? base : { ...base, procedures: [...base.procedures, ...own] } };
}

export const referenceOf = ({ data }: Pick<CatalogueOfHub, 'data'>): Reference => buildReference(data, canonicalDigest(data));

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day of `--on` or `--from`; absent: today in +07:00. */
export function dayOf(given: string | undefined): LocalDate {
  if (given === undefined) return localDate(Date.now());
  if (!DAY.test(given) || Number.isNaN(Date.parse(given))) throw new UsageError(`ngày phải viết YYYY-MM-DD / write the day as YYYY-MM-DD: ${given}`);
  return given;
}
