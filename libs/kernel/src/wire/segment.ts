/** A segment of a stored folder: the entries of one write, each with its proof. Framed as a FolderUpdate that has nothing but entries. */
import { folder as contract } from '@lienthong/contract';
import type { Proof } from '@lienthong/folder';
import type { SealedEntry } from './folder-update.ts';

/** Tags of `FolderUpdate.entries`, `SignedEntry.entry`, `SignedEntry.signature`, `Signature.key_id` and `Signature.signature`. */
const tags = { entries: 0x22, entry: 0x0a, proof: 0x12, keyId: 0x0a, signature: 0x12 } as const;

/** Written by hand, for every write of every service passes here: one buffer, no pieces. The bytes are those of the generated encoder (a test holds it). */
export function encodeSegment(entries: readonly SealedEntry[]): Uint8Array {
  let total = 0;
  for (const entry of entries) total += fieldSize(sealedSize(entry));
  const segment = Buffer.allocUnsafe(total);
  let at = 0;
  const varint = (value: number): void => {
    let rest = value;
    while (rest > 0x7f) { segment[at++] = (rest & 0x7f) | 0x80; rest >>>= 7; }
    segment[at++] = rest;
  };
  const bytes = (tag: number, value: Uint8Array): void => {
    segment[at++] = tag;
    varint(value.byteLength);
    segment.set(value, at);
    at += value.byteLength;
  };
  for (const entry of entries) {
    segment[at++] = tags.entries;
    varint(sealedSize(entry));
    bytes(tags.entry, entry.bytes);
    if (entry.proof === null) continue;
    segment[at++] = tags.proof;
    varint(proofSize(entry.proof));
    bytes(tags.keyId, Buffer.from(entry.proof.keyId));
    bytes(tags.signature, entry.proof.signature);
  }
  return segment;
}

function fieldSize(bytes: number): number {
  let size = 2 + bytes;
  for (let rest = bytes; rest > 0x7f; rest >>>= 7) size++;
  return size;
}

function proofSize(proof: Proof): number {
  return fieldSize(Buffer.byteLength(proof.keyId)) + fieldSize(proof.signature.byteLength);
}

function sealedSize({ bytes, proof }: SealedEntry): number {
  return fieldSize(bytes.byteLength) + (proof === null ? 0 : fieldSize(proofSize(proof)));
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
