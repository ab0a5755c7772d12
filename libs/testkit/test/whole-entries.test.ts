import { encodeSegment } from '@lienthong/kernel';
import { expect, test } from 'vitest';
import { wholeEntries } from '../src/index.ts';

const segment = (entry: number, supersedes: readonly number[] = []): Uint8Array => encodeSegment([{ bytes: new Uint8Array([entry]), proof: null }], supersedes);
function turned(bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[other.length - 1]! ^= 1;
  return other;
}
const read = (...segments: readonly Uint8Array[]): readonly number[] => wholeEntries(segments).map(({ bytes }) => bytes[0]!);

test('what was mended is read once, as it was mended', () => expect(read(turned(segment(1)), segment(2), segment(1, [0]))).toEqual([2, 1]));

test('what is damaged still is no entry that was overlooked', () => {
  expect(() => read(segment(1), turned(segment(2)))).toThrow('1 (content)');
  expect(read(segment(1), segment(2))).toEqual([1, 2]);
});
