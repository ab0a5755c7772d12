/** Entries that a key directory signs together: one signature for a turn, one verification for whoever takes them. */
import { createHash } from 'node:crypto';
import type * as crypto from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Proof } from '@lienthong/folder';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openKeys } from '../src/index.ts';
import type { DirectoryKeys } from '../src/index.ts';

const { asked } = vi.hoisted(() => ({ asked: { sign: 0, verify: 0 } }));
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  const counted = <A extends readonly unknown[], R>(name: 'sign' | 'verify', run: (...args: A) => R) => (...args: A): R => { asked[name]++; return run(...args); };
  return { ...real, sign: counted('sign', real.sign), verify: counted('verify', real.verify) };
});

const hashesOf = (n: number, of = ''): string[] => Array.from({ length: n }, (_, at) => createHash('sha256').update(`${of}${at}`).digest('hex'));
let path: string, keys: DirectoryKeys, land: string, intake: string;
beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'lienthong-keys-'));
  keys = openKeys(path);
  [land, intake] = [keys.incarnationOf('land'), keys.incarnationOf('intake')];
  await beBusy();
});

/** From now on both authors have work that is worth waiting for. */
async function beBusy(): Promise<void> {
  await Promise.all([signAll(land, hashesOf(2)), signAll(intake, hashesOf(2))]);
  asked.sign = asked.verify = 0;
}

afterEach(() => { rmSync(path, { recursive: true, force: true }); });

const signAll = (author: string, hashes: readonly string[]): Promise<readonly Proof[]> => Promise.all(hashes.map((hash) => keys.signTogether(author, hash)));
const signedBy = (author: string, hashes: readonly string[], proofs: readonly Proof[], by = keys): boolean[] => hashes.map((hash, at) => by.verify(author, hash, proofs[at]!));

function turned(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

describe('what is signed in one turn', () => {
  test.each([[2, 1], [5, 1], [255, 1], [256, 1], [257, 2], [600, 3]])('%s of one author take %s signatures, and as many verifications at a stranger', async (n, signatures) => {
    const hashes = hashesOf(n), proofs = await signAll(land, hashes), other = openKeys(path);
    expect(asked.sign).toBe(signatures);
    asked.verify = 0;
    expect(signedBy(land, hashes, proofs, other).every(Boolean)).toBe(true);
    expect(signedBy(land, hashes, proofs, other).every(Boolean)).toBe(true);
    // One that is alone is verified each time, as ever: the kernel remembers the entry.
    const alone = n % 256 === 1 ? 1 : 0;
    expect(asked.verify).toBe(signatures + alone);
    expect(proofs.filter((proof) => proof.path === undefined)).toHaveLength(alone);
  });

  test('alone in its turn, it gets the signature that it would get by itself, byte for byte', async () => {
    const [hash] = hashesOf(1) as [string];
    for (const _turn of ['busy', 'quiet']) expect(await keys.signTogether(land, hash)).toEqual(keys.sign(land, hash));
  });

  test('of two authors, it gets a signature of each', async () => {
    const mine = hashesOf(3), theirs = hashesOf(4, 'b');
    const [byLand, byIntake] = await Promise.all([signAll(land, mine), signAll(intake, theirs)]);
    expect(asked.sign).toBe(2);
    expect([...signedBy(land, mine, byLand), ...signedBy(intake, theirs, byIntake)].every(Boolean)).toBe(true);
    expect([...signedBy(intake, mine, byLand), ...signedBy(land, theirs, byIntake)].some(Boolean)).toBe(false);
  });

  test('in the next turn, it is signed anew', async () => {
    await signAll(land, hashesOf(2));
    await signAll(land, hashesOf(2, 'b'));
    expect(asked.sign).toBe(2);
  });

  test('with a key that is gone is refused to all who wait', async () => {
    rmSync(join(path, 'private', `${land}.pem`));
    keys = openKeys(path);
    const outcomes = await Promise.allSettled(hashesOf(3).map((hash) => keys.signTogether(land, hash)));
    expect(outcomes.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)).toEqual(['KEYS_MISSING', 'KEYS_MISSING', 'KEYS_MISSING']);
  });
});

describe('a proof with a path', () => {
  test('of which any bit of hash, path or signature is turned is none, before and after the right one was verified', async () => {
    const hashes = hashesOf(3), proofs = await signAll(land, hashes), [hash] = hashes as [string], [proof] = proofs as [Proof];
    const wrong = [
      ...Array.from({ length: 256 }, (_, bit): [string, Proof] => [Buffer.from(turned(Buffer.from(hash, 'hex'), bit)).toString('hex'), proof]),
      ...Array.from({ length: proof.path!.length * 8 }, (_, bit): [string, Proof] => [hash, { ...proof, path: turned(proof.path!, bit) }]),
      ...Array.from({ length: 512 }, (_, bit): [string, Proof] => [hash, { ...proof, signature: turned(proof.signature, bit) }]),
    ];
    const by = openKeys(path), passed = (): unknown[] => wrong.filter(([of, one]) => by.verify(land, of, one) || by.verify(land, of, one));
    expect(passed()).toEqual([]);
    expect(by.verify(land, hash, proof)).toBe(true);
    expect(passed()).toEqual([]);
  });

  test('stands for nothing else', async () => {
    const hashes = hashesOf(3), [first, second] = await signAll(land, hashes) as [Proof, Proof], [hash] = hashes as [string], alone = keys.sign(land, hash);
    const { keyId, signature } = first;
    const cases: [string, boolean, boolean][] = [
      ['itself', keys.verify(land, hash, first), true],
      ['another author', keys.verify(intake, hash, first), false],
      ['another author, under that one\'s key', keys.verify(intake, hash, { ...first, keyId: keys.sign(intake, hash).keyId }), false],
      ['another key', keys.verify(land, hash, { ...first, keyId: keys.sign(intake, hash).keyId }), false],
      ['the path of another', keys.verify(land, hash, { ...first, path: second.path! }), false],
      ['its signature without a path', keys.verify(land, hash, { keyId, signature }), false],
      ['a signature over the hash itself, with a path', keys.verify(land, hash, { ...alone, path: first.path! }), false],
      ['the same, with an empty path', keys.verify(land, hash, { ...alone, path: new Uint8Array(0) }), false],
      ['a path that is too long', keys.verify(land, hash, { ...first, path: new Uint8Array(11 * 33) }), false],
      ['a signature that is too short', keys.verify(land, hash, { ...first, signature: signature.subarray(1) }), false],
      ['a hash that is none', keys.verify(land, 'no hash', first), false],
    ];
    expect(cases.map(([what, given]) => [what, given])).toEqual(cases.map(([what, , expected]) => [what, expected]));
  });

  test('of a root that was signed as if it were an entry is none, nor the reverse', async () => {
    const hashes = hashesOf(2), [proof] = await signAll(land, hashes) as [Proof];
    const leaf = createHash('sha256').update(Buffer.concat([Buffer.of(0), Buffer.from(hashes[0]!, 'hex')])).digest();
    const root = createHash('sha256').update(Buffer.concat([Buffer.of(1), leaf, proof.path!.subarray(1)])).digest('hex');
    expect(keys.verify(land, root, { keyId: proof.keyId, signature: proof.signature })).toBe(false);
    expect(keys.verify(land, hashes[0]!, { ...keys.sign(land, root), path: proof.path! })).toBe(false);
  });
});
