/**
 * A certificate binds an incarnation to its public key and names those it may succeed. Signed by the province's root key,
 * so that whoever knows the root can judge any history, offline.
 */
import { createPublicKey, hash, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AuthorId } from '@lienthong/folder';

export type Certificate = {
  readonly author: AuthorId;
  /** Ed25519, SubjectPublicKeyInfo in DER, base64. */
  readonly publicKey: string;
  /** All that it may succeed, newest first; none for the first incarnation of a service. */
  readonly predecessors: readonly AuthorId[];
  /** Of the root key over `signedText`, base64. */
  readonly signature: string;
};

/** A service's name, `~`, 16 lowercase hex characters. */
export const authorPattern = /^[a-z][a-z0-9-]{0,62}~[0-9a-f]{16}$/;

export function certify(root: KeyObject, author: AuthorId, publicKey: KeyObject, predecessors: readonly AuthorId[]): Certificate {
  const stated = { author, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), predecessors };
  return { ...stated, signature: sign(null, signedText(stated), root).toString('base64') };
}

/** Whether `value` is a certificate that the root has signed. Never throws. */
export function isCertified(value: unknown, root: KeyObject): value is Certificate {
  const { author, publicKey, predecessors, signature } = (value ?? {}) as Partial<Record<keyof Certificate, unknown>>;
  const authors = Array.isArray(predecessors) ? [author, ...predecessors] : [];
  if (authors.length === 0 || !authors.every((one) => typeof one === 'string' && authorPattern.test(one))) return false;
  if (typeof publicKey !== 'string' || typeof signature !== 'string') return false;
  return verify(null, signedText(value as Certificate), root, Buffer.from(signature, 'base64'));
}

export function publicKeyOf({ publicKey }: Certificate): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
}

/** Names a key in proofs: the first 16 hex characters of the SHA-256 of its DER bytes. */
export function keyIdOf({ publicKey }: Certificate): string {
  return hash('sha256', Buffer.from(publicKey, 'base64'), 'hex').slice(0, 16);
}

/** One line each, so that two certificates never share a text; longer than any hash, so that no entry's signature is one. */
function signedText({ author, publicKey, predecessors }: Omit<Certificate, 'signature'>): Buffer {
  return Buffer.from(['lienthong certificate v1', author, publicKey, ...predecessors, ''].join('\n'));
}
