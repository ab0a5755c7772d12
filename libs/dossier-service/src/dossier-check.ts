/** Whether a dossier names what a register is asked about in its name: judged from the particulars that stand beside this service's copy. */
import { asideName, numbersOf, resultsNamed } from '@lienthong/law';
import type { Dossier, OfficeId, PartyPart, SubjectPart } from '@lienthong/law';
import { particularsNamed } from './desk/leg-particulars.ts';
import type { DossierCheck, DossierStanding, EvidenceQuery, Host } from './host.ts';
import { folderByCode } from './folder-by-code.ts';
import { officesOf } from './offices-of.ts';

/** Undefined: this service has no dossier of that code. */
export function dossierCheck(host: Host): DossierCheck {
  return async (code, subject, id, office) => {
    const folder = await folderByCode(host.participant, code);
    const read = folder === undefined ? undefined : await host.participant.view(folder, ({ state: { dossier, dossier: { root } } }) => (root === null ? undefined : {
      standing: { folder, procedure: root.body.procedure, procedureFrom: root.rules.procedureFrom, closed: root.closed !== null, apart: isApart(host, dossier, office) } satisfies Omit<DossierStanding, 'named'>,
      parts: [...root.particulars.values()].filter((one) => naming.has(one.part)).map((one) => ({ part: one.part, name: asideName(one.commitment) })),
    }));
    if (read === undefined) return undefined;
    return { ...read.standing, named: namesIn(await particularsNamed(host, read.standing.folder, read.parts), subject).has(id) };
  };
}

/** A citizen goes to whichever counter is near. */
function isApart({ environment: { reference } }: Host, dossier: Dossier, office: OfficeId): boolean {
  return office !== '' && !officesOf(dossier).has(office) && reference.office(office)?.roles.includes('counter') !== true;
}

/** Parts that may name somebody or something. */
const naming: ReadonlySet<string> = new Set(['applicant', 'submitter', 'co-applicants', 'subject', 'declaration']);

/** What the particulars name of a kind. What was declared counts whatever field it stands in: a buyer, a deceased, the parcels of a merge. */
export function namesIn(particulars: Readonly<Record<string, unknown>>, subject: EvidenceQuery['subject']): ReadonlySet<string> {
  const about = (particulars['subject'] ?? {}) as SubjectPart;
  const declared = Object.values((particulars['declaration'] ?? {}) as Readonly<Record<string, string>>).flatMap((text) => [text.trim(), ...text.split(/[,;|]/).map((part) => part.trim())]);
  const own: Readonly<Record<EvidenceQuery['subject'], readonly (string | undefined)[]>> = { parcel: [about.parcel], business: [about.business], result: resultsNamed(about), person: [about.beneficiary, ...partiesIn(particulars).flatMap((one) => [...numbersOf(one)])] };
  return new Set([...own[subject], ...declared].filter((one): one is string => one !== undefined && one !== ''));
}

function partiesIn(particulars: Readonly<Record<string, unknown>>): readonly PartyPart[] {
  const submitter = particulars['submitter'] as { readonly party?: PartyPart } | undefined;
  return [particulars['applicant'] as PartyPart | undefined, submitter?.party, ...((particulars['co-applicants'] ?? []) as readonly PartyPart[])].filter((one): one is PartyPart => one !== undefined);
}
