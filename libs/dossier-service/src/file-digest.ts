/** Digests of files as a request gives them. */
import { errorOfRefusal } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Refusal } from '@lienthong/law';

/** SHA-256 of a file. */
export const fileDigest = /^[0-9a-f]{64}$/;

/** FIELD_INVALID for what is no digest, or one in capitals: under another spelling the same file would not be found. Null: it is one. */
export function digestRefusal(digest: string, field: string): Refusal | null {
  return fileDigest.test(digest) ? null : refuse('FIELD_INVALID', { field, problem: 'SHA-256 gồm 64 ký tự 0–9, a–f viết thường / SHA-256 is 64 lowercase hex characters' }, field);
}

/** Throws the refusal of `digestRefusal`. */
export function checkDigest(digest: string, field: string): void {
  const refusal = digestRefusal(digest, field);
  if (refusal !== null) throw errorOfRefusal(refusal);
}
