/** Who signs in the same turn shares a signature; nobody waits for ever, and nobody signs for another. */
import { createHash } from 'node:crypto';
import type { AuthorId, Proof } from '@lienthong/folder';
import { describe, expect, test } from 'vitest';
import { maxSignedTogether, signingTogether } from '../src/ports/sign-together.ts';
import { signedMessage } from '../src/ports/signature-tree.ts';
import type { World } from '../src/index.ts';

const alpha = 'alpha~0123456789abcdef', beta = 'beta~0123456789abcdef', keyless = 'gamma~0123456789abcdef';
const hashesOf = (n: number, of = ''): string[] => Array.from({ length: n }, (_, at) => createHash('sha256').update(`${of}${at}`).digest('hex'));
const signature = (author: AuthorId, message: Uint8Array): Uint8Array => createHash('sha256').update(author).update(message).digest();
const isProof = (author: AuthorId, hash: string, { keyId, signature: by, path }: Proof): boolean => keyId === author && Buffer.compare(by, signature(author, signedMessage(hash, path)!)) === 0;

function signer(): { readonly signTogether: World['signTogether']; readonly signed: AuthorId[]; readonly endTurn: () => void; readonly ends: (() => void)[] } {
  const signed: AuthorId[] = [], ends: (() => void)[] = [];
  const sign = (author: AuthorId, message: Uint8Array): Proof => {
    if (author === keyless) throw new Error('no key');
    signed.push(author);
    return { keyId: author, signature: signature(author, message) };
  };
  return { signTogether: signingTogether(sign, (run) => { ends.push(run); }), signed, ends, endTurn: () => { for (const run of ends.splice(0)) run(); } };
}

/** All authors had several in their last turn. */
async function busy(): Promise<ReturnType<typeof signer>> {
  const one = signer();
  const before = Promise.allSettled([alpha, beta, keyless].flatMap((author) => hashesOf(2, 'before').map((hash) => one.signTogether(author, hash))));
  one.endTurn();
  await before;
  one.signed.length = 0;
  return one;
}

describe('signing together', () => {
  test('after a turn of one at most nobody waits: the first is signed at once, who comes meanwhile at the end, and then all wait', async () => {
    const { signTogether, signed, endTurn } = signer(), hashes = hashesOf(6), first = await signTogether(alpha, hashes[0]!);
    expect(first).toEqual({ keyId: alpha, signature: signature(alpha, Buffer.from(hashes[0]!, 'hex')) });
    endTurn();
    await signTogether(alpha, hashes[1]!);
    const meanwhile = [hashes[2]!, hashes[3]!].map((hash) => signTogether(alpha, hash));
    expect(signed).toEqual([alpha, alpha]);
    endTurn();
    expect((await Promise.all(meanwhile)).map((proof, at) => isProof(alpha, hashes[2 + at]!, proof))).toEqual([true, true]);
    const next = signTogether(alpha, hashes[4]!);
    expect(signed).toEqual([alpha, alpha, alpha]);
    endTurn();
    await next;
    await signTogether(alpha, hashes[5]!);
    expect(signed).toHaveLength(5);
  });

  test('one alone is signed by itself: its signature is over its own hash', async () => {
    const { signTogether, signed, endTurn } = await busy(), [hash] = hashesOf(1) as [string], proof = signTogether(alpha, hash);
    expect(signed).toEqual([]);
    endTurn();
    expect(await proof).toEqual({ keyId: alpha, signature: signature(alpha, Buffer.from(hash, 'hex')) });
    expect(Object.keys(await proof)).not.toContain('path');
  });

  test.each([2, 3, 100, maxSignedTogether - 1])('%s of one turn get one signature, and each its own proof', async (n) => {
    const { signTogether, signed, endTurn, ends } = await busy(), hashes = hashesOf(n), proofs = Promise.all(hashes.map((hash) => signTogether(alpha, hash)));
    expect(ends).toHaveLength(1);
    endTurn();
    expect((await proofs).map((proof, at) => isProof(alpha, hashes[at]!, proof))).toEqual(hashes.map(() => true));
    expect((await proofs).map((proof, at) => isProof(alpha, hashes[(at + 1) % n]!, proof))).toEqual(hashes.map(() => false));
    expect(signed).toEqual([alpha]);
  });

  test('two authors in a turn get a signature each, and none of the other', async () => {
    const { signTogether, signed, endTurn } = await busy(), mine = hashesOf(3), theirs = hashesOf(2, 'b');
    const proofs = Promise.all([...mine.map((hash) => signTogether(alpha, hash)), ...theirs.map((hash) => signTogether(beta, hash))]);
    endTurn();
    expect((await proofs).map((proof, at) => isProof(at < 3 ? alpha : beta, [...mine, ...theirs][at]!, proof))).toEqual([true, true, true, true, true]);
    expect(signed).toEqual([alpha, beta]);
  });

  test('as many as may wait do not wait for the end of the turn; who comes then waits for it', async () => {
    const { signTogether, signed, endTurn } = await busy(), hashes = hashesOf(maxSignedTogether + 1);
    const proofs = hashes.map((hash) => signTogether(alpha, hash));
    expect((await Promise.all(proofs.slice(0, -1))).every((proof, at) => isProof(alpha, hashes[at]!, proof))).toBe(true);
    expect(signed).toEqual([alpha]);
    endTurn();
    expect(await proofs.at(-1)).toEqual({ keyId: alpha, signature: signature(alpha, Buffer.from(hashes.at(-1)!, 'hex')) });
  });

  test('who comes while others are signed belongs to the next turn, and nobody waits for ever', async () => {
    const { signTogether, signed, endTurn, ends } = await busy(), [first, other, second, third] = hashesOf(4) as [string, string, string, string];
    const chained = Promise.all([signTogether(alpha, first), signTogether(alpha, other)]).then(() => Promise.all([signTogether(alpha, second), signTogether(alpha, third)]));
    endTurn();
    await new Promise((done) => { setImmediate(done); });
    expect(ends).toHaveLength(1);
    endTurn();
    expect((await chained).map((proof, at) => isProof(alpha, [second, third][at]!, proof))).toEqual([true, true]);
    expect(signed).toEqual([alpha, alpha]);
  });

  test('a key that is gone is told to all who wait for it, and to nobody else', async () => {
    const { signTogether, endTurn } = await busy(), [one, other] = hashesOf(2) as [string, string];
    const outcomes = Promise.allSettled([signTogether(keyless, one), signTogether(alpha, one), signTogether(keyless, other)]);
    endTurn();
    expect((await outcomes).map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : outcome.status))).toEqual(['Error: no key', 'fulfilled', 'Error: no key']);
  });

  test('what is no hash is refused, and spoils nothing for the others', async () => {
    const { signTogether, endTurn } = await busy(), hash = hashesOf(1)[0]!;
    const outcomes = Promise.allSettled([signTogether(alpha, hash), signTogether(alpha, 'no hash')]);
    endTurn();
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});
