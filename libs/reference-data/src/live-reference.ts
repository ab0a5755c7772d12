/** The reference data of a running hub: the released catalogue with what the office brought, taken anew when that changes. What is not sound is refused, and the last good state stays. */
import type { Procedure, Reference } from '@lienthong/law';
import { buildReference } from './build-reference.ts';
import { canonicalDigest } from './canonical-digest.ts';
import type { ReferenceData } from './data-files.ts';
import { LAST_GOOD_FILE, fileMark, keepVersion, readOfficeProcedures, writeOfficeProcedures } from './office-procedures.ts';
import { readDataFiles } from './read-data-files.ts';
import type { Finding } from './validate/finding.ts';
import { validateAddition } from './validate-addition.ts';

export type Refreshed =
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'taken'; readonly digest: string; readonly procedures: number }
  /** The file is damaged, or the validator refused it; `findings` tells why. */
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] };

export type LiveReference = {
  /** Answers from the state in force; areas, offices and calendar stay as released. */
  readonly reference: Reference;
  /** Looks whether the office's file changed. Cheap while it did not. */
  refresh(): Refreshed;
};

/** `folder`: where the office's own procedures lie. `base`: absent, the released data. */
export function liveReference(folder: string, base: ReferenceData = readDataFiles()): LiveReference {
  let mark = '';
  let current = buildReference(base, canonicalDigest(base));
  const released = current;
  const take = (own: readonly Procedure[]): void => {
    const data = own.length === 0 ? base : { ...base, procedures: [...base.procedures, ...own] };
    current = own.length === 0 ? released : buildReference(data, canonicalDigest(data));
  };
  const refresh = (): Refreshed => {
    const now = fileMark(folder);
    if (now === mark) return { outcome: 'unchanged' };
    mark = now;
    const read = soundProcedures(folder, base);
    if ('findings' in read) return { outcome: 'refused', findings: read.findings };
    take(read.procedures);
    keepGood(folder, current.digest, read.procedures);
    return { outcome: 'taken', digest: current.digest, procedures: read.procedures.length };
  };
  take(lastGood(folder, base));
  return { reference: delegating(() => current), refresh };
}

function keepGood(folder: string, digest: string, procedures: readonly Procedure[]): void {
  writeOfficeProcedures(folder, procedures, LAST_GOOD_FILE);
  keepVersion(folder, digest, procedures);
}

function soundProcedures(folder: string, base: ReferenceData, name?: string): { readonly procedures: readonly Procedure[] } | { readonly findings: readonly Finding[] } {
  try {
    const procedures = readOfficeProcedures(folder, name);
    const findings = validateAddition(base, procedures);
    return findings.length === 0 ? { procedures } : { findings };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return { findings: [{ file: name ?? 'procedures.json', record: '', field: '', problem: error.message, remedy: 'import the list again, or restore the file' }] };
  }
}

/** What the hub ran with before; nothing when there is none, or when a release has made it unsound. */
function lastGood(folder: string, base: ReferenceData): readonly Procedure[] {
  const read = soundProcedures(folder, base, LAST_GOOD_FILE);
  return 'findings' in read ? [] : read.procedures;
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
