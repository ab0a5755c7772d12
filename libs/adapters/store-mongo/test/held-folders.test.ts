/** What of a copied database counts: an aside that was replaced, removed or never landed on is not held. */
import { Binary, BSON } from 'mongodb';
import { expect, test } from 'vitest';
import { heldIn } from '../src/index.ts';
import { asideKey, segmentKey } from '../src/stored-documents.ts';
import type { BesideDocument, FolderDocument } from '../src/stored-documents.ts';

const id = 'f'.repeat(64), bytes = (text: string): Binary => new Binary(Buffer.from(text));
const folder: FolderDocument = {
  _id: id, version: 3, fence: 0, commit: 9, incarnation: 'land~1', segments: [bytes('first'), { w: 7, at: 0 }], count: 2, inline: 5, aux: bytes('{}'), wakeAt: null, unsettled: false, index: [], recent: [7, 9], asides: [4, 7, 9],
};

const aside = (w: number, at: number, n: string, b: string | null): BesideDocument => ({ _id: asideKey(id, w, at), f: id, w, n, b: b === null ? null : bytes(b) });
const segment = (w: number): BesideDocument => ({ _id: segmentKey(id, { w, at: 0 }), f: id, w, n: null, b: bytes(`segment ${w}`) });

function held(...beside: readonly BesideDocument[]): readonly (readonly [string, string])[] {
  const packed = (documents: readonly { readonly _id: string }[]): ReadonlyMap<string, Uint8Array> => new Map(documents.map((one) => [one._id, BSON.serialize(one)]));
  const found = heldIn({ store: new Map(), head: new Map(), folders: packed([folder]), beside: packed(beside) }).get(id)!;
  return [...found.beside].map(([name, what]) => [name, Buffer.from(what).toString()] as const);
}

test.each([
  ['what landed counts', [aside(4, 0, 'fact', 'one')], [['fact', 'one']]],
  ['the newest of a name counts', [aside(4, 0, 'fact', 'old'), aside(9, 0, 'fact', 'new')], [['fact', 'new']]],
  ['what was removed is not there', [aside(4, 0, 'fact', 'old'), aside(9, 0, 'fact', null)], []],
  ['of a write that did not land nothing counts', [aside(4, 0, 'fact', 'one'), aside(8, 0, 'fact', 'never')], [['fact', 'one']]],
  ['a segment counts where the folder names it', [segment(7), segment(8)], [[segmentKey(id, { w: 7, at: 0 }), 'segment 7']]],
])('%s', (_what, beside, expected) => {
  expect(held(...beside)).toEqual(expected);
});
