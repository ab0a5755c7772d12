/** Entries that were signed together share a signature: only with its path it is the proof of one of them. */
import type { Proof } from '@lienthong/folder';

/** By their bytes. */
export function sameProof(one: Proof | null, other: Proof | null): boolean {
  if (one === other) return true;
  return one !== null && other !== null && one.keyId === other.keyId && same(one.signature, other.signature) && same(one.path, other.path);
}

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && Buffer.compare(one, other) === 0);
}
