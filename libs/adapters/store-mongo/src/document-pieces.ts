/** The bytes of a document, read piece by piece: never more than one is in memory. */
import { createHash } from 'node:crypto';
import type { Binary, Collection } from 'mongodb';
import { inTime } from './connection.ts';
import { faultOf, storeError } from './store-faults.ts';

/** Piece `n` of upload `u`. */
export type PieceDocument = { readonly _id: string; readonly u: string; readonly n: number; readonly b: Binary };

export const pieceKey = (upload: string, n: number): string => `${upload}/${n}`;

export type Whole = { readonly digest: string; readonly size: number; readonly upload: string; readonly pieceBytes: number; /** For what is told of faults. */ readonly place: string };

/** A whole document is compared with its digest on the way: throws STORE_DAMAGED at the end when the bytes are others, and where one is missing. */
export async function* readPieces(pieces: Collection<PieceDocument>, whole: Whole, offset: number): AsyncIterable<Uint8Array> {
  const { digest, size, upload, pieceBytes } = whole;
  const hash = createHash('sha256');
  for (let n = Math.floor(offset / pieceBytes); n * pieceBytes < size; n++) {
    const bytes = await readPiece(pieces, whole, pieceKey(upload, n));
    if (bytes.byteLength !== Math.min(pieceBytes, size - n * pieceBytes)) throw damaged(whole, `piece ${n} has ${bytes.byteLength} bytes`);
    if (offset === 0) hash.update(bytes);
    yield bytes.subarray(Math.max(0, offset - n * pieceBytes));
  }
  if (offset === 0 && hash.digest('hex') !== digest) throw damaged(whole, 'the bytes have another digest');
}

async function readPiece(pieces: Collection<PieceDocument>, whole: Whole, key: string): Promise<Uint8Array> {
  let found: PieceDocument | null;
  try {
    found = await pieces.findOne({ _id: key }, inTime);
  } catch (cause) {
    throw faultOf(whole.place, cause);
  }
  if (found === null) throw damaged(whole, `piece ${key} is missing`);
  const { buffer, position } = found.b;
  return new Uint8Array(buffer.buffer, buffer.byteOffset, position);
}

const damaged = ({ place, digest }: Whole, what: string): Error => storeError('STORE_DAMAGED', place, new Error(`document ${digest}: ${what}`));
