/** Entries for tests: encoded, hashed and signed by stand-ins that need no library. */
import type { AuthorId, Entry, Hash, Proof, Verify } from '../../src/index.ts';

export type Content = Omit<Entry<string>, 'bytes' | 'hash' | 'proof'>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** 256 bits in eight lanes, each lane mixing all bytes. Collisions do not happen by chance; nobody attacks a test. */
export function hashOf(bytes: Uint8Array): Hash {
  const lanes = new Uint32Array(8);
  for (let lane = 0; lane < 8; lane++) lanes[lane] = 0x811c9dc5 + lane * 0x9e3779b1;
  for (let at = 0; at < bytes.length; at++) {
    const lane = at & 7;
    lanes[lane] = Math.imul(lanes[lane]! ^ bytes[at]!, 0x01000193) + at;
  }
  for (let round = 0; round < 32; round++) {
    const lane = round & 7;
    const mixed = Math.imul(lanes[lane]! ^ (lanes[(lane + 7) & 7]! >>> 13), 0x85ebca6b);
    lanes[lane] = mixed ^ (mixed >>> 16) ^ round;
  }
  return Array.from(lanes, (lane) => lane.toString(16).padStart(8, '0')).join('');
}

export function encode(content: Content): Uint8Array {
  return encoder.encode(JSON.stringify(content));
}

/** What a receiver makes of bytes: throws on bytes that are no entry. */
export function decode(bytes: Uint8Array, proof: Proof | null): Entry<string> {
  return { ...(JSON.parse(decoder.decode(bytes)) as Content), bytes, hash: hashOf(bytes), proof };
}

/** Hashes the entry; signs it unless more of the same write follows. */
export function sealEntry(content: Content, signed = true): Entry<string> {
  const bytes = encode(content);
  const hash = hashOf(bytes);
  return { ...content, bytes, hash, proof: signed ? proofOf(content.author, hash) : null };
}

/** Nobody but the author can make it: tests have no other way to one. */
export function proofOf(author: AuthorId, hash: Hash): Proof {
  return { keyId: author, signature: encoder.encode(`${author} signs ${hash}`) };
}

export const verify: Verify = (author, hash, proof) => proof.keyId === author && decoder.decode(proof.signature) === `${author} signs ${hash}`;
