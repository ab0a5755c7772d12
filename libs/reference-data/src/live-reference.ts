/** The reference data of a running hub: the released catalogue with what the office brought, taken anew when that changes. What is not sound is refused, and the last good state stays. */
import type { Reference } from '@lienthong/law';
import { buildReference } from './build-reference.ts';
import { canonicalDigest } from './canonical-digest.ts';
import type { ReferenceData } from './data-files.ts';
import { emptyOffice, isEmpty, validateOffice, withOffice } from './office-catalogue.ts';
import type { OfficeCatalogue } from './office-catalogue.ts';
import { LAST_GOOD_FILE, OFFICE_FILE, fileMark, keepVersion, readOffice, writeOffice } from './office-files.ts';
import { readDataFiles } from './read-data-files.ts';
import type { LocatedFinding } from './locate-findings.ts';
import { locateOffice } from './locate-office.ts';

export type Refreshed =
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'taken'; readonly digest: string; readonly procedures: number; readonly rules: number }
  /** The file is damaged, or the validator refused it; `findings` tells why. */
  | { readonly outcome: 'refused'; readonly findings: readonly LocatedFinding[] };

export type LiveReference = {
  /** Answers from the state in force; areas, offices and calendar stay as released. */
  readonly reference: Reference;
  /** Looks whether the office's file changed. Cheap while it did not. */
  refresh(): Refreshed;
};

/** `folder`: where what the office brought lies. `base`: absent, the released data. */
export function liveReference(folder: string, base: ReferenceData = readDataFiles()): LiveReference {
  let mark = '';
  let current = buildReference(base, canonicalDigest(base));
  const released = current;
  const take = (office: OfficeCatalogue): void => {
    const data = withOffice(base, office);
    current = isEmpty(office) ? released : buildReference(data, canonicalDigest(data));
  };
  const refresh = (): Refreshed => {
    const now = fileMark(folder);
    if (now === mark) return { outcome: 'unchanged' };
    mark = now;
    const read = soundOffice(folder, base, OFFICE_FILE);
    if ('findings' in read) return { outcome: 'refused', findings: read.findings };
    take(read.office);
    keepGood(folder, current.digest, read.office);
    return { outcome: 'taken', digest: current.digest, procedures: read.office.procedures.length, rules: read.office.rules.length };
  };
  take(lastGood(folder, base));
  return { reference: delegating(() => current), refresh };
}

function keepGood(folder: string, digest: string, office: OfficeCatalogue): void {
  writeOffice(folder, office, LAST_GOOD_FILE);
  keepVersion(folder, digest, office);
}

function soundOffice(folder: string, base: ReferenceData, name: string): { readonly office: OfficeCatalogue } | { readonly findings: readonly LocatedFinding[] } {
  try {
    const office = readOffice(folder, name);
    const findings = locateOffice(validateOffice(base, office), office, folder, name);
    return findings.length === 0 ? { office } : { findings };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return { findings: [{ file: name, line: 1, record: '', field: '', problem: error.message, remedy: 'import the list again, or restore the file' }] };
  }
}

/** What the hub ran with before; nothing when there is none, or when a release has made it unsound. */
function lastGood(folder: string, base: ReferenceData): OfficeCatalogue {
  const read = soundOffice(folder, base, LAST_GOOD_FILE);
  return 'findings' in read ? emptyOffice : read.office;
}

/** Those who hold it see each state as it comes; only what procedures concern can change. */
function delegating(current: () => Reference): Reference {
  const { areas, offices, calendar, area, areaByCode, areasNow, office, competentOffice, officeNow } = current();
  return {
    areas, offices, calendar, area, areaByCode, areasNow, office, competentOffice, officeNow,
    get digest() { return current().digest; },
    get procedures() { return current().procedures; },
    procedure: (code, on) => current().procedure(code, on),
  };
}
