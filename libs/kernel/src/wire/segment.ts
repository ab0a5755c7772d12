/** A segment of a stored folder: the entries of one write, each with its proof. Framed as a FolderUpdate that has nothing but entries. */
import { folder as contract } from '@lienthong/contract';
import type { Proof } from '@lienthong/folder';
import type { SealedEntry } from './folder-update.ts';

export function encodeSegment(entries: readonly SealedEntry[]): Uint8Array {
  return contract.FolderUpdate.encode({ folder: '', fromAuthor: '', heads: [], entries: entries.map(encodeSealed), wantsReply: false }).finish();
}

/** Throws when the bytes are no segment: the store is damaged. */
export function decodeSegment(bytes: Uint8Array): SealedEntry[] {
  return contract.FolderUpdate.decode(bytes).entries.map(decodeSealed);
}

export function encodeSealed({ bytes, proof }: SealedEntry): contract.SignedEntry {
  return { entry: bytes, proof: proof === null ? undefined : { $case: 'signature', value: { keyId: proof.keyId, signature: proof.signature } } };
}

export function decodeSealed(message: contract.SignedEntry): SealedEntry {
  const proof: Proof | null = message.proof === undefined ? null : { keyId: message.proof.value.keyId, signature: message.proof.value.signature };
  return { bytes: message.entry, proof };
}
