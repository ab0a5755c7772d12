/** The reference data of a running hub: the released catalogue with what the office brought, taken anew when that changes. What is not sound is refused, and the last good state stays. */
import type { Reference } from '@lienthong/law';
import { buildReference } from './build-reference.ts';
import { canonicalDigest } from './canonical-digest.ts';
import type { ReferenceData } from './data-files.ts';
import { DamagedFile } from './json-file.ts';
import { livePlaces } from './live-places.ts';
import { emptyOffice, validateOffice, withOffice } from './office-catalogue.ts';
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
  /** Answers from the state in force; the calendar stays as released. */
  readonly reference: Reference;
  /** Of what the province says of areas and offices; '' where the released ones stand. Open dossiers are looked at again when it changes. */
  readonly places: string;
  /** Looks whether the office's file changed. Cheap while it did not. */
  refresh(): Refreshed;
};

/** `folder`: where what the office brought lies. `released`: absent, the released data. `calendarFolder`: where the calendar lies whose sessions its offices may keep. */
export function liveReference(folder: string, released: ReferenceData = readDataFiles(), calendarFolder: string = folder): LiveReference {
  const places = livePlaces(folder, released, calendarFolder);
  let mark = '', office = lastGood(folder, places.data), current = built(places.data, office);
  const refresh = (): Refreshed => {
    const found = places.refresh((data) => locateOffice(validateOffice(data, office), office, folder, LAST_GOOD_FILE));
    if (found.outcome === 'taken') current = built(places.data, office);
    const now = fileMark(folder);
    if (now === mark) return found.outcome === 'taken' ? taken(current.digest, office) : found;
    mark = now;
    const read = soundOffice(folder, places.data, OFFICE_FILE);
    if ('findings' in read || found.outcome === 'refused') return { outcome: 'refused', findings: [...'findings' in read ? read.findings : [], ...found.outcome === 'refused' ? found.findings : []] };
    office = read.office;
    current = built(places.data, office);
    keepGood(folder, current.digest, office);
    return taken(current.digest, office);
  };
  return { reference: delegating(() => current), refresh, get places() { return places.digest; } };
}

const taken = (digest: string, { procedures, rules }: OfficeCatalogue): Refreshed => ({ outcome: 'taken', digest, procedures: procedures.length, rules: rules.length });

function built(base: ReferenceData, office: OfficeCatalogue): Reference {
  const data = withOffice(base, office);
  return buildReference(data, canonicalDigest(data));
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
    if (!(error instanceof DamagedFile)) throw error;
    return { findings: [{ file: name, line: error.line, record: '', field: '', problem: error.message, remedy: 'import the list again, or restore the file' }] };
  }
}

/** What the hub ran with before; nothing when there is none, or when a release has made it unsound. */
function lastGood(folder: string, base: ReferenceData): OfficeCatalogue {
  const read = soundOffice(folder, base, LAST_GOOD_FILE);
  return 'findings' in read ? emptyOffice : read.office;
}

/** Those who hold it see each state as it comes. */
function delegating(current: () => Reference): Reference {
  return {
    get digest() { return current().digest; },
    get areas() { return current().areas; },
    get offices() { return current().offices; },
    get procedures() { return current().procedures; },
    calendar: current().calendar,
    get industries() { return current().industries ?? []; },
    get support() { return current().support ?? { bases: [], groups: [] }; },
    get transitions() { return current().transitions ?? []; },
    get resultFacts() { return current().resultFacts ?? []; },
    area: (id) => current().area(id),
    areaByCode: (code, on) => current().areaByCode(code, on),
    areasNow: (id, on) => current().areasNow(id, on),
    office: (id) => current().office(id),
    officeNow: (id, on) => current().officeNow(id, on),
    competentOffice: (role, area, on) => current().competentOffice(role, area, on),
    procedure: (code, on) => current().procedure(code, on),
  };
}
