/**
 * What a signature is over: the hash of one entry, or the root of a tree of hashes that were signed together. Leaves and nodes are hashed as RFC 6962 has it, so that
 * neither can stand for the other; what is signed of a root is longer than a hash, so that none can stand for an entry.
 */
import { hash as digest } from 'node:crypto';
import type { Hash } from '@lienthong/folder';

/** From a leaf to the root, at most. */
export const maxTreeLevels = 10;
/** Hashes that one signature may cover. */
export const maxTreeLeaves = 2 ** maxTreeLevels;

const hashPattern = /^[0-9a-f]{64}$/, hashBytes = 32;
/** Of a path, per level: on which side the sibling stands, and its hash. */
const levelBytes = 1 + hashBytes;
const left = 0, right = 1;
const leafPrefix = 0x00, nodePrefix = 0x01;
/** Neither a certificate nor anything else that is signed begins like this. */
const rootText = Buffer.from('lienthong signatures v1\n');

/** What a signature over `hash`, or over the tree in which `path` leads from it to the root, must be over; null: there is no such hash or path. */
export function signedMessage(hash: Hash, path?: Uint8Array): Uint8Array | null {
  if (!hashPattern.test(hash)) return null;
  if (path === undefined) return Buffer.from(hash, 'hex');
  if (path.byteLength === 0 || path.byteLength % levelBytes !== 0 || path.byteLength > maxTreeLevels * levelBytes) return null;
  const steps = Buffer.from(path.buffer, path.byteOffset, path.byteLength);
  let node = leafOf(hash);
  for (let at = 0; at < steps.byteLength; at += levelBytes) {
    const side = steps[at]!, sibling = steps.toString('hex', at + 1, at + levelBytes);
    if (side > right) return null;
    node = side === left ? nodeOf(sibling, node) : nodeOf(node, sibling);
  }
  return messageOf(node);
}

/** `message`: what is to be signed. `paths`: for each hash the way from it to the root, for each level the side of the sibling (0 left, 1 right) and its hash. */
export type SignatureTree = { readonly message: Uint8Array; readonly paths: readonly Uint8Array[] };

/** The tree over 2 to `maxTreeLeaves` hashes, of the shape of RFC 6962: whoever has no sibling goes up as it is. Throws RangeError for others, and for what is no hash. */
export function signatureTree(hashes: readonly Hash[]): SignatureTree {
  if (hashes.length < 2 || hashes.length > maxTreeLeaves) throw new RangeError(`a tree has 2 to ${maxTreeLeaves} leaves, not ${hashes.length}`);
  if (!hashes.every((hash) => hashPattern.test(hash))) throw new RangeError('only a SHA-256 of 64 lowercase hex characters is signed');
  const levels = [hashes.map(leafOf)];
  for (let nodes = levels[0]!; nodes.length > 1; levels.push(nodes)) nodes = levelAbove(nodes);
  return { message: messageOf(levels.at(-1)![0]!), paths: hashes.map((_, leaf) => pathOf(levels, leaf)) };
}

function levelAbove(nodes: readonly Hash[]): Hash[] {
  const above: Hash[] = [];
  for (let at = 0; at < nodes.length; at += 2) above.push(at + 1 < nodes.length ? nodeOf(nodes[at]!, nodes[at + 1]!) : nodes[at]!);
  return above;
}

/** Of its own memory: it is kept with the entry, and the others go their ways. */
function pathOf(levels: readonly (readonly Hash[])[], leaf: number): Uint8Array {
  const steps: [side: number, sibling: Hash][] = [];
  let at = leaf;
  for (const nodes of levels) {
    const sibling = nodes[at ^ 1];
    if (sibling !== undefined) steps.push([at % 2 === 1 ? left : right, sibling]);
    at >>= 1;
  }
  const path = Buffer.allocUnsafeSlow(steps.length * levelBytes);
  steps.forEach(([side, sibling], level) => {
    path[level * levelBytes] = side;
    path.write(sibling, level * levelBytes + 1, 'hex');
  });
  return path;
}

/** What is hashed; each use writes all of it. Hashes are text here, for a buffer of its own costs three times what the hash does. */
const leafInput = Buffer.alloc(1 + hashBytes, leafPrefix), nodeInput = Buffer.alloc(1 + 2 * hashBytes, nodePrefix);

function leafOf(hash: Hash): Hash {
  leafInput.write(hash, 1, 'hex');
  return digest('sha256', leafInput, 'hex');
}

function nodeOf(one: Hash, other: Hash): Hash {
  nodeInput.write(one, 1, 'hex');
  nodeInput.write(other, 1 + hashBytes, 'hex');
  return digest('sha256', nodeInput, 'hex');
}

const messageOf = (root: Hash): Uint8Array => Buffer.concat([rootText, Buffer.from(root, 'hex')]);
