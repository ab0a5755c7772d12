/** `Documents`: content in, content out. Whoever reads must take part in a dossier that holds the document. */
import { documents as pb } from '@lienthong/contract';
import type { dossier } from '@lienthong/contract';
import { errorOfRefusal, HubError, maxDocumentBytes } from '@lienthong/kernel';
import type { Call, DocumentInfo, DocumentRefusal, Documents, ErrorCode, RpcService, World } from '@lienthong/kernel';
import { documentsOf, refuse } from '@lienthong/law';
import type { Dossier } from '@lienthong/law';
import { actingFor, checkRequestId } from '../command-call.ts';
import { checkDigest } from '../file-digest.ts';
import { officesOf } from '../offices-of.ts';
import type { ServiceModule } from '../service-module.ts';
import { checkCodeGiven, folderByCode } from '../folder-by-code.ts';

export type DocumentsFacts = { readonly documents: Documents; readonly modules: readonly ServiceModule[]; readonly later: World['later'] };

/** Bytes of one piece: coming in at most, going out. */
export const maxChunkBytes = 1024 * 1024;
export const sentChunkBytes = 64 * 1024;
/** Who sends nothing for so long is not waited for: each upload holds an open file. */
export const maxSilenceMs = 60_000;

const reasons: Readonly<Record<DocumentRefusal, ErrorCode>> = {
  'type-not-accepted': 'DOCUMENT_TYPE_NOT_ACCEPTED', 'type-mismatch': 'DOCUMENT_TYPE_MISMATCH', 'digest-mismatch': 'DOCUMENT_DIGEST_MISMATCH', 'too-large': 'DOCUMENT_TOO_LARGE', 'empty': 'DOCUMENT_EMPTY',
};
const fields: Readonly<Record<DocumentRefusal, string>> = {
  'type-not-accepted': 'header.media_type', 'type-mismatch': 'header.media_type', 'digest-mismatch': 'header.digest', 'too-large': 'chunk', 'empty': 'chunk',
};

export function documentsRpcs(facts: DocumentsFacts): RpcService<typeof pb.DocumentsService> {
  return {
    definition: pb.DocumentsService,
    handlers: {
      putDocument: (requests, call) => put(facts, requests, call),
      getDocument: (request, call) => get(facts, request, call),
      async statDocument({ digest }) {
        checkDigest(digest, 'digest');
        const info = await facts.documents.stat(digest);
        if (info === undefined) throw new HubError('UNKNOWN_DOCUMENT', { digest }, { field: 'digest' });
        return { document: uploadOf(info) };
      },
    },
  };
}

async function put({ documents, later }: DocumentsFacts, requests: AsyncIterable<pb.PutDocumentRequest>, call: Call): Promise<pb.PutDocumentResponse> {
  const parts = notSilent(requests[Symbol.asyncIterator](), later);
  const first = await parts.next();
  const header = first.done === true || first.value.part?.$case !== 'header' ? undefined : first.value.part.value;
  if (header === undefined) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'header' }, 'header'));
  checkRequestId(header.requestId);
  actingFor(call, header.office);
  if (header.digest !== '') checkDigest(header.digest, 'header.digest');
  const declared = { mediaType: header.mediaType, ...(header.digest === '' ? {} : { digest: header.digest }) };
  const answer = await documents.put(chunksOf(parts), declared);
  if (!answer.ok) throw new HubError(reasons[answer.refusal], { mediaType: header.mediaType, digest: header.digest, limit: String(maxDocumentBytes) }, { field: fields[answer.refusal] });
  return { document: uploadOf(answer.document) };
}

async function* chunksOf(parts: Parts): AsyncGenerator<Uint8Array> {
  for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
    const { part } = next.value;
    if (part?.$case !== 'chunk') throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'part', problem: 'chunk' }, 'part'));
    if (part.value.byteLength > maxChunkBytes) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'chunk', problem: `≤ ${maxChunkBytes}` }, 'chunk'));
    yield part.value;
  }
}

type Parts = { next(): Promise<IteratorResult<pb.PutDocumentRequest>> };

/** Throws DEADLINE_EXCEEDED after `maxSilenceMs` without a part. */
function notSilent(parts: AsyncIterator<pb.PutDocumentRequest>, later: World['later']): Parts {
  return {
    async next() {
      const silence = Promise.withResolvers<never>();
      const heard = later(maxSilenceMs, () => silence.reject(new HubError('DEADLINE_EXCEEDED', { deadlineMs: String(maxSilenceMs) })));
      try { return await Promise.race([parts.next(), silence.promise]); } finally { heard(); }
    },
  };
}

async function* get(facts: DocumentsFacts, request: pb.GetDocumentRequest, call: Call): AsyncGenerator<pb.GetDocumentResponse> {
  const { office } = actingFor(call, request.office);
  checkDigest(request.digest, 'digest');
  await checkRight(facts.modules, request, office, call.method);
  const info = await facts.documents.stat(request.digest);
  const content = info === undefined ? undefined : await facts.documents.get(request.digest, offsetIn(info, request.offset));
  if (info === undefined || content === undefined) throw new HubError('UNKNOWN_DOCUMENT', { digest: request.digest }, { field: 'digest' });
  yield { part: { $case: 'document', value: uploadOf(info) } };
  for await (const piece of content) {
    for (let at = 0; at < piece.byteLength; at += sentChunkBytes) yield { part: { $case: 'chunk', value: Buffer.from(piece.subarray(at, at + sentChunkBytes)) } };
  }
}

function offsetIn({ size }: DocumentInfo, offset: number): number {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset > size) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'offset', problem: `0–${size}` }, 'offset'));
  return offset;
}

/** The office takes part in the dossier, and the dossier holds the document. Copies may lag behind each other: one that says so is enough. */
async function checkRight(modules: readonly ServiceModule[], { code, digest }: pb.GetDocumentRequest, office: string, method: string): Promise<void> {
  checkCodeGiven(code);
  const found: Right[] = [];
  for (const { participant } of modules) {
    const folder = await folderByCode(participant, code);
    const right = folder === undefined ? undefined : await participant.view(folder, ({ state: { dossier } }) => dossier.root === null ? undefined : rightIn(dossier, digest, office));
    if (right !== undefined) found.push(right);
    if (right?.part === true && right.holds) return;
  }
  if (found.length === 0) throw new HubError('UNKNOWN_DOSSIER', { code }, { field: 'code' });
  if (!found.some(({ part }) => part)) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method }, { field: 'office' });
  throw new HubError('UNKNOWN_DOCUMENT', { digest }, { field: 'digest' });
}

type Right = { readonly part: boolean; readonly holds: boolean };

function rightIn(dossier: Dossier, digest: string, office: string): Right {
  const uploaded = documentsOf(dossier).some(({ origin }) => origin.type === 'upload' && origin.digest === digest);
  const issued = [...dossier.legs.values()].some((leg) => [...leg.completion?.results ?? [], ...(leg.completion?.amendments ?? []).map((one) => one.result)].some((result) => result.digest === digest));
  return { part: officesOf(dossier).has(office), holds: uploaded || issued };
}

function uploadOf({ digest, size, mediaType }: DocumentInfo): dossier.Upload {
  return { digest, size, mediaType };
}
