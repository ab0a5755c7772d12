/** What is said of stored segments when nobody knows the keys: checksums, and where there are none the chain of hashes. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { damageOfSegments, encodeEntry, encodeSegment } from '../src/index.ts';

const author = 'alpha~0123456789abcdef', folder = 'a'.repeat(64);
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const entry = (seq: number, prev: string): Uint8Array => encodeEntry({ folder, author, seq, prev, seen: {}, item: '', term: 0, creates: [], handsTo: '', ends: false, cites: [], succeeds: null, kind: 'added', recordedAt: 1, effectiveAt: 1 }, Buffer.from('{"n":1}'));
const first = entry(1, ''), second = entry(2, hash(first)), third = entry(3, hash(second));
const segments = [first, second, third].map((bytes) => encodeSegment([{ bytes, proof: null }]));
const unchecked = segments.map((bytes) => bytes.subarray(0, -5));
const turn = (all: readonly Uint8Array[], place: number, at: number): readonly Uint8Array[] => all.map((bytes, n) => (n === place ? Uint8Array.from(bytes, (byte, b) => (b === at ? byte ^ 0xff : byte)) : bytes));
const last = second.length - 3;

describe('segments', () => {
  test.each([
    ['that are as they were written', segments, null],
    ['of before there were checksums', unchecked, null],
    ['of both kinds', [unchecked[0]!, ...segments.slice(1)], null],
    ['with a turned byte', turn(segments, 2, last), 'segment 2'],
    ['with a turned byte, of before there were checksums', turn(unchecked, 1, last), `${author}/3 hangs on what is not there`],
    ['of which one is missing, of before there were checksums', [unchecked[0]!, unchecked[2]!], `${author}/3 hangs on what is not there`],
    ['with a turned frame, of before there were checksums', turn(unchecked, 1, 0), 'segment 1'],
  ])('%s', (_what, some, expected) => expect(damageOfSegments(some, hash)).toBe(expected));
});
