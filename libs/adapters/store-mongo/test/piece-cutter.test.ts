import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PieceCutter } from '../src/piece-cutter.ts';

test('however it arrives, it is cut at the same places, and nothing is lost', () => fc.assert(fc.property(
  fc.array(fc.uint8Array({ maxLength: 50 })), fc.integer({ min: 1, max: 20 }),
  (parts, size) => {
    const cutter = new PieceCutter(size);
    const pieces = [...parts.flatMap((part) => [...cutter.more(part)]), cutter.end()];
    expect(pieces.map(({ n }) => n)).toEqual(pieces.map((_, at) => at));
    expect(Buffer.concat(pieces.map(({ bytes }) => bytes))).toEqual(Buffer.concat(parts));
    expect(pieces.slice(0, -1).every(({ bytes }) => bytes.byteLength === size)).toBe(true);
    expect(pieces.at(-1)!.bytes.byteLength).toBeLessThan(size);
  },
)));
