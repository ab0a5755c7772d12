/** Documents as they are handed in become records of the dossier: bytes are there, evidence is what the register says. */
import { dossier as pb } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import type { By, DocumentRecord, FolderId, Procedure } from '@lienthong/law';
import type { FoundEvidence, Host } from './host.ts';
import type { Side } from './side.ts';

/** What evidence may be about, as the particulars of a dossier name it. */
export type EvidenceSubjects = { readonly parcel: string; readonly person: string; readonly business: string };

/** `by`: the officer on whose behalf it is sought; absent: the service itself. */
export type EvidenceAsk = { readonly side: Side; readonly dossier: string; readonly purpose: string; readonly ground: string; readonly by?: By; /** Folder that a submission will have. */ readonly folder?: FolderId };

/** Checks each document: an upload must be in the store with that size and type, evidence must be found now. */
export async function documentRecords(host: Host, inputs: readonly pb.DocumentInput[], procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk): Promise<DocumentRecord[]> {
  return Promise.all(inputs.map((input) => documentRecord(host, input, procedure, subjects, ask)));
}

async function documentRecord(host: Host, input: pb.DocumentInput, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk): Promise<DocumentRecord> {
  const { document, origin } = input;
  if (document === '') throw new HubError('FIELD_MISSING', { field: 'documents.document' }, { field: 'documents.document' });
  switch (origin?.$case) {
    case 'presented': return { document, origin: { type: 'presented' } };
    case 'upload': return { document, origin: await uploaded(host, origin.value) };
    case 'evidence': {
      const found = await evidenceFor(host, document, procedure, subjects, ask);
      const chosen = found.find((one) => origin.value.evidence === '' || one.evidenceId === origin.value.evidence);
      if (chosen === undefined) throw new HubError('UNKNOWN_ITEM', { item: origin.value.evidence }, { field: 'documents.evidence' });
      return evidenceRecord(document, chosen);
    }
    case undefined: throw new HubError('FIELD_MISSING', { field: `documents[${document}].origin` }, { field: 'documents.origin' });
  }
}

async function uploaded(host: Host, upload: pb.Upload): Promise<DocumentRecord['origin']> {
  const info = await host.documents.stat(upload.digest);
  if (info === undefined) throw new HubError('UNKNOWN_DOCUMENT', { digest: upload.digest }, { field: 'documents.upload.digest' });
  if (info.size !== upload.size) throw new HubError('DOCUMENT_DIGEST_MISMATCH', {}, { field: 'documents.upload.size' });
  if (info.mediaType !== upload.mediaType) throw new HubError('DOCUMENT_TYPE_MISMATCH', { mediaType: upload.mediaType }, { field: 'documents.upload.media_type' });
  return { type: 'upload', digest: info.digest, size: info.size, mediaType: info.mediaType };
}

export function evidenceRecord(document: string, found: FoundEvidence): DocumentRecord {
  return { document, origin: { type: 'evidence', service: found.service, office: found.office, fact: found.fact, evidenceId: found.evidenceId, readAt: found.readAt } };
}

/** What the register that can stand in for a document knows about this dossier's subject; nothing when no register can. */
export async function evidenceFor(host: Host, document: string, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk): Promise<readonly FoundEvidence[]> {
  const source = procedure.documents.find((one) => one.code === document)?.evidence;
  if (source === undefined) return [];
  const id = subjects[source.subject];
  if (id === '') return [];
  const found = await host.evidence({ service: source.service, fact: source.fact, subject: source.subject, id, from: host.service, by: { office: '', officer: '' }, procedure: procedure.code, ...ask });
  const stranger = found.find(({ side }) => side !== ask.side);
  if (stranger !== undefined) throw new RangeError(`${source.service} answers a ${ask.side} look-up with a ${stranger.side} record`);
  return found;
}
