/** Trees of hashes that are signed together: each leaf leads to the root, and nothing else does. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { maxTreeLeaves, maxTreeLevels, signatureTree, signedMessage } from '../src/ports/signature-tree.ts';

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const hashesOf = (n: number): string[] => Array.from({ length: n }, (_, at) => sha256(Buffer.from(`entry ${at}`)).toString('hex'));
const hex = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString('hex');
const levelBytes = 33;

/** RFC 6962, 2.1, word for word: split at the largest power of two below n. */
function merkleTreeHash(hashes: readonly string[]): Buffer {
  if (hashes.length === 1) return sha256(Buffer.of(0), Buffer.from(hashes[0]!, 'hex'));
  const k = 2 ** (Math.ceil(Math.log2(hashes.length)) - 1);
  return sha256(Buffer.of(1), merkleTreeHash(hashes.slice(0, k)), merkleTreeHash(hashes.slice(k)));
}

describe('a tree', () => {
  test.each([2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33, 255, 256, 257, 1_000, maxTreeLeaves])('of %s leaves has the root of RFC 6962, and each leaf leads to it', (n) => {
    const hashes = hashesOf(n), { message, paths } = signatureTree(hashes);
    expect(hex(message)).toBe(hex(Buffer.concat([Buffer.from('lienthong signatures v1\n'), merkleTreeHash(hashes)])));
    expect(paths.map((path, leaf) => hex(signedMessage(hashes[leaf]!, path)))).toEqual(hashes.map(() => hex(message)));
    expect(Math.max(...paths.map((path) => path.byteLength))).toBe(Math.ceil(Math.log2(n)) * levelBytes);
    expect(new Set(paths.map(hex)).size).toBe(n);
  });

  test('of every size up to 130 leads each leaf to its root', () => {
    for (let n = 2; n <= 130; n++) {
      const hashes = hashesOf(n), { message, paths } = signatureTree(hashes);
      for (const [leaf, path] of paths.entries()) expect(Buffer.compare(signedMessage(hashes[leaf]!, path)!, message), `${leaf} of ${n}`).toBe(0);
    }
  });

  test.each([0, 1, maxTreeLeaves + 1])('of %s leaves is none', (n) => { expect(() => signatureTree(hashesOf(n))).toThrow(RangeError); });
  test.each(['', 'ab', 'AB'.repeat(32), 'ab'.repeat(33)])('over %o is none', (hash) => { expect(() => signatureTree([...hashesOf(2), hash])).toThrow(RangeError); });
});

describe('what a signature must be over', () => {
  const hashes = hashesOf(11), { message, paths } = signatureTree(hashes);

  test('is the hash itself where there is no path', () => { expect(hex(signedMessage(hashes[0]!))).toBe(hashes[0]); });

  test.each([0, 4, 7, 8, 10])('is another thing for whatever bit of hash %s or its path is turned', (leaf) => {
    const hash = Buffer.from(hashes[leaf]!, 'hex'), path = paths[leaf]!;
    for (let bit = 0; bit < hash.length * 8; bit++) expect(hex(signedMessage(turned(hash, bit).toString('hex'), path))).not.toBe(hex(message));
    for (let bit = 0; bit < path.length * 8; bit++) expect(hex(signedMessage(hashes[leaf]!, turned(path, bit)))).not.toBe(hex(message));
  });

  test('a path of another leaf, or with a level less or more, leads elsewhere', () => {
    const [path] = paths as [Uint8Array], more = Buffer.concat([path, path.subarray(0, levelBytes)]);
    for (const other of [...paths.slice(1), path.subarray(levelBytes), path.subarray(0, -levelBytes), more]) expect(hex(signedMessage(hashes[0]!, other))).not.toBe(hex(message));
  });

  test('a node is no leaf: who shows the children of one as if they were an entry is led elsewhere', () => {
    const [one, other] = hashes.map((hash) => sha256(Buffer.of(0), Buffer.from(hash, 'hex'))) as [Buffer, Buffer], path = paths[0]!.subarray(levelBytes);
    for (const posed of [sha256(Buffer.of(1), one, other), sha256(one, other), Buffer.from(hashes[0]!, 'hex')]) expect(hex(signedMessage(posed.toString('hex'), path))).not.toBe(hex(message));
    // It is the right way for the node itself: with its prefix gone, it would pass.
    let node = sha256(Buffer.of(1), one, other);
    for (let at = 0; at < path.length; at += levelBytes) node = path[at] === 0 ? sha256(Buffer.of(1), path.subarray(at + 1, at + levelBytes), node) : sha256(Buffer.of(1), node, path.subarray(at + 1, at + levelBytes));
    expect(hex(message)!.endsWith(hex(node)!)).toBe(true);
  });

  const levels = (n: number): Uint8Array => new Uint8Array(n * levelBytes);
  test.each<[string, string, Uint8Array | undefined, boolean]>([
    ['the longest path', hashes[0]!, levels(maxTreeLevels), true],
    ['a longer one', hashes[0]!, levels(maxTreeLevels + 1), false],
    ['an empty one', hashes[0]!, levels(0), false],
    ['one that is cut off', hashes[0]!, levels(2).subarray(0, -1), false],
    ['one with a byte too many', hashes[0]!, new Uint8Array(levelBytes + 1), false],
    ['a side that is none', hashes[0]!, levels(1).fill(2, 0, 1), false],
    ['a hash that is none', hashes[0]!.slice(1), levels(1), false],
    ['a hash in capitals', hashes[0]!.toUpperCase(), undefined, false],
  ])('%s: is one, %s', (_what, hash, path, is) => { expect(signedMessage(hash, path) !== null).toBe(is); });
});

function turned(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}
