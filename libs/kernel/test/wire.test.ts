/** Bytes of segments and updates: what is written is what the contract says, and garbage is told apart from damage. */
import { crc32 } from 'node:zlib';
import { folder as contract } from '@lienthong/contract';
import type { Head } from '@lienthong/folder';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeEntry, decodeSegment, decodeUpdate, encodeEntry, encodeSealed, encodeSegment, encodeUpdate, isMalformed } from '../src/index.ts';
import type { FolderUpdate, SealedEntry } from '../src/index.ts';

const author = 'alpha~0123456789abcdef';
const folder = 'a'.repeat(64);
const hash = 'b'.repeat(64);
const signed = { keyId: fc.string({ minLength: 1, maxLength: 40 }), signature: fc.uint8Array({ minLength: 64, maxLength: 64 }) };
const sealed: fc.Arbitrary<SealedEntry> = fc.record({
  bytes: fc.uint8Array({ minLength: 1, maxLength: 400 }),
  proof: fc.option(fc.oneof(fc.record(signed), fc.record({ ...signed, path: fc.uint8Array({ minLength: 33, maxLength: 330 }) }))),
});
const plain = (bytes: Uint8Array): number[] => [...bytes];
const shown = ({ bytes, proof }: SealedEntry): object => [plain(bytes), proof && [proof.keyId, plain(proof.signature), proof.path && plain(proof.path)]];

describe('a segment', () => {
  test('has the bytes of the generated encoder, and reads back', () => {
    fc.assert(fc.property(fc.array(sealed, { maxLength: 5 }), fc.array(fc.nat({ max: 100_000 }), { maxLength: 3 }), (entries, supersedes) => {
      const message = { entries: entries.map(encodeSealed), supersedes }, unchecked = contract.StoredSegment.encode(message).finish();
      const generated = contract.StoredSegment.encode({ ...message, checksum: crc32(unchecked) }).finish();
      const segment = encodeSegment(entries, supersedes);
      expect(plain(segment)).toEqual(plain(generated));
      expect(decodeSegment(segment).map(shown)).toEqual(entries.map(shown));
    }));
  });

  test('of which any byte is another one is not read', () => {
    fc.assert(fc.property(fc.array(sealed, { maxLength: 3 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (entries, place, turned) => {
      const segment = encodeSegment(entries), at = place % segment.length;
      segment[at] = segment[at]! ^ turned;
      expect(() => decodeSegment(segment)).toThrow();
    }));
  });

  test.each([
    ['the tag of its checksum', [{ bytes: new Uint8Array([1, 2]), proof: null }], 6, 0x08],
    ['the length of an entry, which takes the checksum for its own', [{ bytes: new Uint8Array(10), proof: null }, { bytes: new Uint8Array(11), proof: null }], 15, 0x0d ^ 0x12],
  ])('of which %s is another byte is not read', (_what, entries, at, turned) => {
    const segment = encodeSegment(entries), before = segment[at]!;
    segment[at] = before ^ turned;
    expect(() => decodeSegment(segment)).toThrow(/damaged/);
  });

  test('that was written before there were checksums is read', () => {
    const entries = [{ bytes: new Uint8Array([1, 2]), proof: null }];
    expect(decodeSegment(encodeSegment(entries).subarray(0, -5)).map(({ bytes }) => plain(bytes))).toEqual([[1, 2]]);
  });

  test('that is cut short is not read', () => {
    expect(() => decodeSegment(encodeSegment([{ bytes: new Uint8Array(50), proof: null }]).subarray(0, 30))).toThrow();
  });
});

describe('an update', () => {
  test('reads back as it was', () => {
    const head: Head = { seq: 3, hash };
    const update: FolderUpdate = { folder, sender: author, heads: { [author]: head }, entries: [{ bytes: new Uint8Array([1]), proof: null }], wantsReply: true, mark: 17 };
    const read = decodeUpdate(encodeUpdate(update));
    expect({ ...read, entries: read.entries.map((one) => plain(one.bytes)) }).toEqual({ ...update, entries: [[1]] });
  });

  test.each([
    ['a folder that is none', { folder: 'x', fromAuthor: author }, 'folder'],
    ['a sender that is none', { folder, fromAuthor: '__proto__' }, 'from_author'],
    ['a head without hash', { folder, fromAuthor: author, heads: [{ author, seq: 1, hash: new Uint8Array(3) }] }, 'heads'],
  ])('with %s is refused', (_what, message, field) => {
    const bytes = contract.FolderUpdate.encode(contract.FolderUpdate.fromPartial(message)).finish();
    expect(() => decodeUpdate(bytes)).toThrow(field);
  });
});

describe('an entry', () => {
  const content = {
    folder, author, seq: 2, prev: hash, seen: { 'beta~0123456789abcdef': { seq: 1, hash } }, item: `${author}/1/0`, term: 1, creates: [author], handsTo: '', ends: false,
    cites: [{ author, seq: 1 }], succeeds: null, kind: 'added', recordedAt: 1_780_000_000_000, effectiveAt: 1_780_000_000_001,
  };

  test('reads back as it was', () => {
    const bytes = encodeEntry(content, Buffer.from('{"n":1}'));
    expect(decodeEntry(bytes, hash, null)).toEqual({ ...content, body: { n: 1 }, bytes, hash, proof: null });
  });

  test('whose body is no JSON object is kept, and told apart', () => {
    for (const body of ['', '7', '[1]', 'null', '{', '\u00ff']) {
      expect(isMalformed(decodeEntry(encodeEntry(content, Buffer.from(body, 'latin1')), hash, null)), body).toBe(true);
    }
  });

  test.each([
    ['seq 0', { seq: 0 }], ['a first entry with a predecessor', { seq: 1 }], ['a later one without', { prev: '' }], ['a term without item', { item: '' }], ['an item without term', { term: 0 }],
    ['a holder that is no author', { creates: ['nobody'] }], ['a next holder that is no author', { handsTo: 'nobody' }], ['no kind', { kind: '' }],
  ])('with %s is none', (_what, change) => {
    expect(() => decodeEntry(encodeEntry({ ...content, ...change }, Buffer.from('{}')), hash, null)).toThrow('not an entry');
  });
});
