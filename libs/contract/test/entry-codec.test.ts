import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Entry } from '../src/gen/lienthong/folder/v1/entry.ts';
import { encodeEntry } from '../src/entry-codec.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('', 'land~0123456789abcdef', 'Trà My', '\ud800'));
const bytes = fc.uint8Array({ maxLength: 200 });
const small = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 0xffff_ffff }));
const millis = fc.oneof(fc.constantFrom(0, 1, 127, 128, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000, Number.MAX_SAFE_INTEGER), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
const head = fc.record({ author: text, seq: small, hash: bytes });
const entry: fc.Arbitrary<Entry> = fc.record({
  folder: text, author: text, seq: small, prev: bytes, seen: fc.array(head, { maxLength: 4 }), item: text, term: small, creates: fc.array(text, { maxLength: 4 }), handsTo: text, ends: fc.boolean(),
  cites: fc.array(fc.record({ author: text, seq: small }), { maxLength: 4 }), kind: text, body: fc.oneof({ weight: 9, arbitrary: bytes }, { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 90_000 }).map((size) => new Uint8Array(size).fill(size)) }),
  recordedAtMs: millis, effectiveAtMs: millis, succeeds: fc.option(fc.record({ predecessor: text, seq: small, hash: bytes }), { nil: undefined }),
});

describe('encodeEntry', () => {
  test('gives the bytes that the generated encoder gives', () => {
    fc.assert(fc.property(entry, (one) => Buffer.from(encodeEntry(one)).equals(Entry.encode(one).finish())), { numRuns: 2000 });
  });

  test('gives bytes that nobody writes into later', () => {
    const first = encodeEntry(Entry.fromPartial({ folder: 'a', kind: 'first' }));
    const before = hex(first);
    encodeEntry(Entry.fromPartial({ folder: 'b', kind: 'second' }));
    expect(hex(first)).toBe(before);
  });

  test('keeps what a newer writer added', () => {
    const newer = Buffer.concat([Entry.encode(Entry.fromPartial({ folder: 'a', seen: [{ author: 'b', seq: 1 }] })).finish(), Buffer.from([0xa2, 0x06, 0x01, 0x78])]);
    expect(hex(encodeEntry(Entry.decode(newer)))).toBe(hex(newer));
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses %s as a time', (recordedAtMs) => {
    expect(() => encodeEntry(Entry.fromPartial({ recordedAtMs }))).toThrow(RangeError);
  });
});
