/** For registers: whether a dossier names what they are asked about in its name. */
import type { intake } from '@lienthong/contract';
import { dossierCheck, subjectKinds } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';

export async function checkSubject(host: Host, { code, subjectKind, subject, office }: intake.CheckSubjectRequest): Promise<intake.CheckSubjectResponse> {
  const kind = subjectKinds[subjectKind];
  if (kind === undefined) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'subject_kind' }, 'subject_kind'));
  const found = await dossierCheck(host)(code, kind, subject, office);
  if (found === undefined) throw errorOfRefusal(refuse('UNKNOWN_DOSSIER', { code }, 'code'));
  return { named: found.named, closed: found.closed, folder: found.folder, procedure: found.procedure, procedureDate: found.procedureFrom, officeApart: found.apart };
}
