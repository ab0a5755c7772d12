/** The parts of the particulars that a leg may read, from beside the entries. */
import { asideName, numbersOf } from '@lienthong/law';
import type { Dossier, FolderId, Leg, PartyPart, SubjectPart } from '@lienthong/law';
import type { EvidenceSubjects } from '../documents.ts';
import type { Host } from '../host.ts';
import { valueOf } from '../particulars.ts';

export async function legParticulars(host: Host, folder: FolderId, dossier: Pick<Dossier, 'root'>, leg: Leg): Promise<Record<string, unknown>> {
  const wanted = leg.plan.reads.flatMap((part) => { const one = dossier.root?.particulars.get(part); return one === undefined ? [] : [{ part, name: asideName(one.commitment) }]; });
  return particularsNamed(host, folder, wanted);
}

/** Values by part; a part that is not here is left out. */
export async function particularsNamed(host: Host, folder: FolderId, wanted: readonly { readonly part: string; readonly name: string }[]): Promise<Record<string, unknown>> {
  if (wanted.length === 0) return {};
  const bytes = new Map((await host.participant.asides(folder, wanted.map((one) => one.name))).map((one) => [one.name, one.bytes]));
  const found: Record<string, unknown> = {};
  for (const { part, name } of wanted) {
    const aside = bytes.get(name);
    if (aside != null) found[part] = valueOf(aside);
  }
  return found;
}

/** What evidence of this dossier may be about. */
export function evidenceSubjects(particulars: Readonly<Record<string, unknown>>): EvidenceSubjects {
  const subject = particulars['subject'] as SubjectPart | undefined;
  return { parcel: subject?.parcel ?? '', person: subject?.beneficiary || (numbersOf(particulars['applicant'] as PartyPart | undefined)[0] ?? ''), business: subject?.business ?? '' };
}
