/** Contents of documents, kept by digest. Messages and entries carry digests only. */
import type { Hash } from '@lienthong/folder';

export type DocumentInfo = {
  /** SHA-256 of the bytes, 64 lowercase hex characters. */
  readonly digest: Hash;
  /** Bytes; 1 ≤ size ≤ `maxDocumentBytes`. */
  readonly size: number;
  /** What the bytes are, whatever was declared. */
  readonly mediaType: MediaType;
};

/** What is taken. Everything else is refused before it is stored. */
export const mediaTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'application/xml',
  'text/plain',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
] as const;
export type MediaType = (typeof mediaTypes)[number];

export type Declared = {
  /** Compared with the bytes when given. */
  readonly digest?: Hash;
  readonly mediaType: string;
};

/** Why a document was not taken. Nothing of it is kept. */
export type DocumentRefusal =
  | 'type-not-accepted'   // the declared media type is not in `mediaTypes`
  | 'type-mismatch'       // the bytes are something else than declared
  | 'digest-mismatch'     // the bytes have another digest than declared
  | 'too-large'           // more than `maxDocumentBytes`
  | 'empty';              // no bytes at all

export type DocumentPut = { readonly ok: true; readonly document: DocumentInfo } | { readonly ok: false; readonly refusal: DocumentRefusal };

export type Documents = {
  /** Durable when it answers. Reads no further than it must to refuse. The same bytes again are the same document. */
  put(content: AsyncIterable<Uint8Array>, declared: Declared): Promise<DocumentPut>;
  /** The bytes from `offset` on, in pieces; undefined when there is no such document. */
  get(digest: Hash, offset?: number): Promise<AsyncIterable<Uint8Array> | undefined>;
  stat(digest: Hash): Promise<DocumentInfo | undefined>;
};

export const maxDocumentBytes = 100 * 1024 * 1024;
