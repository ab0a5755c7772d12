/** The parts of the particulars that a leg may read, from beside the entries. */
import { namedParts, numbersOf, resultsNamed, serviceOf } from '@lienthong/law';
import type { Dossier, FolderId, Leg, NamedPart, PartyPart, SubjectPart } from '@lienthong/law';
import type { EvidenceSubjects } from '../documents.ts';
import type { Host } from '../host.ts';
import { keptParts, valueOf } from '../particulars.ts';

/** Parts that were corrected after the takeover are pulled; where their keeper cannot be reached they are left out. */
export async function legParticulars(host: Host, folder: FolderId, dossier: Pick<Dossier, 'root'>, leg: Leg): Promise<Record<string, unknown>> {
  const { root } = dossier;
  if (root === null) return {};
  const wanted = namedParts(root, leg.plan.reads);
  const keeper = serviceOf(root.holder);
  const found = await keptParts(host, folder, wanted);
  const missing = wanted.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  if (missing.length > 0 && host.pull !== undefined && keeper !== host.service) {
    for (const one of await host.pull(keeper, folder, leg.id, missing).catch(() => [])) if (one.bytes !== null) found.set(one.name, one.bytes);
  }
  return valuesOf(wanted, found);
}

/** Values by part; a part that is not here is left out. */
export async function particularsNamed(host: Host, folder: FolderId, wanted: readonly NamedPart[]): Promise<Record<string, unknown>> {
  return valuesOf(wanted, await keptParts(host, folder, wanted));
}

function valuesOf(wanted: readonly NamedPart[], found: ReadonlyMap<string, Uint8Array>): Record<string, unknown> {
  return Object.fromEntries(wanted.flatMap(({ part, name }) => { const bytes = found.get(name); return bytes === undefined ? [] : [[part, valueOf(bytes)]]; }));
}

/** What evidence of this dossier may be about. */
export function evidenceSubjects(particulars: Readonly<Record<string, unknown>>): EvidenceSubjects {
  const subject = particulars['subject'] as SubjectPart | undefined;
  const applicant = numbersOf(particulars['applicant'] as PartyPart | undefined)[0] ?? '';
  return { parcel: subject?.parcel ?? '', person: subject?.beneficiary || applicant, applicant, business: subject?.business ?? '', results: resultsNamed(subject ?? {}) };
}
