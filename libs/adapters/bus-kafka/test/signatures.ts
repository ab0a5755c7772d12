/** Real signatures, with one key for all senders of a test but `stranger`, the same in every process. */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { FolderUpdate } from '@lienthong/kernel';
import { encodeUpdate } from '@lienthong/kernel';
import { proofHeader, proofOf } from '../src/sender-proof.ts';
import type { Signatures } from '../src/sender-proof.ts';

/** Of whom no certificate is there. */
export const stranger = 'alpha~ffffffffffffffff';
const keyId = 'test', seed = Buffer.alloc(32, 7), pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' }), publicKey = createPublicKey(key);
const about = (author: string, hash: string): Buffer => Buffer.from(`${author} ${hash}`);

export const testSignatures: Signatures = {
  hash: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  sign: (author, hash) => ({ keyId, signature: sign(null, about(author, hash), key) }),
  verify: (author, hash, proof) => author !== stranger && proof.keyId === keyId && verify(null, about(author, hash), publicKey, proof.signature),
  knows: (author) => author !== stranger,
};

/** The value of an update, and the header that proves its sender to a service. */
export function proved(destination: string, update: FolderUpdate): { value: Buffer; headers: Record<string, string> } {
  const value = Buffer.from(encodeUpdate(update));
  return { value, headers: { [proofHeader]: proofOf(testSignatures, destination, update, value) } };
}
