/** Documents as they are handed in become records of the dossier: bytes are there, evidence is what the register says. */
import { dossier as pb } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { silentRegisterGround } from '@lienthong/law';
import type { By, DocumentRecord, FolderId, Procedure, RegisterFailure } from '@lienthong/law';
import { checkDigest } from './file-digest.ts';
import type { EvidenceQuery, FoundEvidence, Host } from './host.ts';
import type { Side } from './side.ts';

/** What evidence may be about, as the particulars of a dossier name it. */
export type EvidenceSubjects = { readonly parcel: string; readonly person: string; /** Number of who applies: a result is evidence for whom it was issued to. */ readonly applicant: string; readonly business: string; /** Results that the dossier names. */ readonly results: readonly string[] };

/** `by`: the officer on whose behalf it is sought; absent: the service itself. */
export type EvidenceAsk = { readonly side: Side; readonly dossier: string; readonly purpose: string; readonly ground: string; readonly by?: By; /** Folder that a submission will have. */ readonly folder?: FolderId; /** True: nobody of the office has seen the papers, as with a submission from home. */ readonly unseen?: boolean };

/** Checks each document: an upload must be in the store with that size and type, evidence must be found now. `path`: where the documents stand in the request. */
export async function documentRecords(host: Host, inputs: readonly pb.DocumentInput[], procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk, path = 'documents'): Promise<DocumentRecord[]> {
  return Promise.all(inputs.map((input) => documentRecord(host, input, procedure, subjects, ask, path)));
}

async function documentRecord(host: Host, input: pb.DocumentInput, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk, path: string): Promise<DocumentRecord> {
  const { document } = input;
  const record = await originOf(host, input, procedure, subjects, ask, path);
  const failure = input.registerSilent === true ? await silenceOf(host, document, procedure, subjects, ask, path) : null;
  return { ...record, ...verifiedBy(record, ask, host.world.now()), ...(failure === null ? {} : { failure }) };
}

/** Who acts for the office has seen the paper; a register read is verified by the reading. */
function verifiedBy({ origin }: DocumentRecord, { by, unseen }: EvidenceAsk, now: number): Pick<DocumentRecord, 'verified'> {
  if (by === undefined || (unseen === true && origin.type !== 'evidence')) return {};
  return { verified: { by, at: origin.type === 'evidence' ? origin.readAt : now } };
}

/** Why the paper is taken although a register could stand in for it; ALREADY_HELD when the register answers after all. Null: it answers, and holds nothing. */
async function silenceOf(host: Host, document: string, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk, path: string): Promise<RegisterFailure | null> {
  const { found, failure } = await lookedUp(host, document, procedure, subjects, ask);
  const held = found[0];
  if (held !== undefined) throw new HubError('ALREADY_HELD', { document, heldBy: host.environment.reference.office(held.office)?.name.vi ?? held.office, evidenceId: held.evidenceId }, { field: `${path}.register_silent` });
  return failure;
}

export type LookedUp = { readonly found: readonly FoundEvidence[]; readonly failure: RegisterFailure | null };

/** As `evidenceFor`; a register that does not answer is told as such, and keeps nobody from going on without it. */
export async function lookedUp(host: Host, document: string, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk): Promise<LookedUp> {
  const service = procedure.documents.find((one) => one.code === document)?.evidence?.service ?? '';
  try {
    return { found: await evidenceFor(host, document, procedure, subjects, ask), failure: null };
  } catch (error) {
    if (!(error instanceof HubError) || !error.retryable) throw error;
    return { found: [], failure: { service, at: host.world.now(), ground: silentRegisterGround } };
  }
}

async function originOf(host: Host, { document, origin }: pb.DocumentInput, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk, path: string): Promise<DocumentRecord> {
  if (document === '') throw new HubError('FIELD_MISSING', { field: `${path}.document` }, { field: `${path}.document` });
  switch (origin?.$case) {
    case 'presented': return { document, origin: { type: 'presented' } };
    case 'upload': return { document, origin: await uploaded(host, origin.value, path) };
    case 'evidence': {
      const found = await evidenceFor(host, document, procedure, subjects, ask);
      const chosen = found.find((one) => origin.value.evidence === '' || one.evidenceId === origin.value.evidence);
      if (chosen === undefined) throw new HubError('UNKNOWN_ITEM', { item: origin.value.evidence }, { field: `${path}.evidence` });
      return evidenceRecord(document, chosen);
    }
    case undefined: throw new HubError('FIELD_MISSING', { field: `${path}[${document}].origin` }, { field: `${path}.origin` });
  }
}

async function uploaded(host: Host, upload: pb.Upload, path: string): Promise<DocumentRecord['origin']> {
  checkDigest(upload.digest, `${path}.upload.digest`);
  const info = await host.documents.stat(upload.digest);
  if (info === undefined) throw new HubError('UNKNOWN_DOCUMENT', { digest: upload.digest }, { field: `${path}.upload.digest` });
  if (info.size !== upload.size) throw new HubError('DOCUMENT_DIGEST_MISMATCH', {}, { field: `${path}.upload.size` });
  if (info.mediaType !== upload.mediaType) throw new HubError('DOCUMENT_TYPE_MISMATCH', { mediaType: upload.mediaType }, { field: `${path}.upload.media_type` });
  return { type: 'upload', digest: info.digest, size: info.size, mediaType: info.mediaType };
}

export function evidenceRecord(document: string, found: FoundEvidence, by?: By): DocumentRecord {
  return { document, origin: { type: 'evidence', service: found.service, office: found.office, fact: found.fact, evidenceId: found.evidenceId, readAt: found.readAt }, ...(by === undefined ? {} : { verified: { by, at: found.readAt } }) };
}

/** What the register that can stand in for a document knows about this dossier's subject; nothing when no register can. */
export async function evidenceFor(host: Host, document: string, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk): Promise<readonly FoundEvidence[]> {
  const source = procedure.documents.find((one) => one.code === document)?.evidence;
  if (source === undefined) return [];
  const asked = { service: source.service, fact: source.fact, from: host.service, by: { office: '', officer: '' }, procedure: procedure.code, procedureDate: procedure.validFrom, ...ask };
  if (source.subject !== 'result') return subjects[source.subject] === '' ? [] : answered(host, { ...asked, subject: source.subject, id: subjects[source.subject] });
  // A result is evidence for whom it was issued to: without a number nobody can say that it is the applicant's.
  for (const id of subjects.applicant === '' ? [] : subjects.results) {
    const found = await answered(host, { ...asked, subject: 'result', id, person: subjects.applicant });
    if (found.length > 0) return found;
  }
  return [];
}

async function answered(host: Host, ask: EvidenceQuery): Promise<readonly FoundEvidence[]> {
  const { service, side } = ask, found = await host.evidence(ask);
  const stranger = found.find((one) => one.side !== side);
  if (stranger !== undefined) throw new RangeError(`${service} answers a ${side} look-up with a ${stranger.side} record`);
  return found;
}
