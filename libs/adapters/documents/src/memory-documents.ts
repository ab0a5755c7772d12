/** Documents in memory, for simulators and tests. */
import type { Declared, DocumentInfo, DocumentPut, Documents } from '@lienthong/kernel/ports/documents';
import { Examination } from './examination.ts';

/** `limit`: bytes of one document, at most `maxDocumentBytes`. */
export function memoryDocuments(limit?: number): Documents {
  const kept = new Map<string, { info: DocumentInfo; bytes: Uint8Array }>();
  return {
    async put(content: AsyncIterable<Uint8Array>, declared: Declared): Promise<DocumentPut> {
      const examination = new Examination(declared, limit);
      let refusal = examination.begin();
      if (refusal) return { ok: false, refusal };
      const pieces: Uint8Array[] = [];
      for await (const piece of content) {
        refusal = examination.more(piece);
        if (refusal) return { ok: false, refusal };
        pieces.push(piece.slice());
      }
      const verdict = examination.end();
      if (verdict.ok) kept.set(verdict.document.digest, { info: verdict.document, bytes: Buffer.concat(pieces) });
      return verdict;
    },
    async get(digest, offset = 0) {
      const bytes = kept.get(digest)?.bytes;
      return bytes && pieceByPiece(bytes.subarray(offset));
    },
    async stat(digest) { return kept.get(digest)?.info; },
  };
}

async function* pieceByPiece(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const pieceBytes = 64 * 1024;
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.slice(at, at + pieceBytes);
}
