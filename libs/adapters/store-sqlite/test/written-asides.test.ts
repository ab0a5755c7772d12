import { describe, expect, it } from 'vitest';
import { WrittenAsides } from '../src/written-asides.ts';

const bytes = (size: number): Uint8Array => new Uint8Array(size);

describe('asides that were written lately', () => {
  it('are as they were written last, and a deleted one is not there', () => {
    const written = new WrittenAsides(100), again = bytes(3);
    written.note('f', [{ name: 'a', bytes: bytes(1) }, { name: 'b', bytes: bytes(2) }]);
    written.note('f', [{ name: 'a', bytes: again }, { name: 'b', bytes: null }]);
    expect(written.get('f', 'a')).toBe(again);
    expect(written.get('f', 'b')).toBeUndefined();
    expect(written.get('g', 'a')).toBeUndefined();
  });

  it.each([[4, ['f', 'g', 'h']], [5, ['h']]])('where 10 bytes are kept and 8 were written, %i more leave those of %j', (size, kept) => {
    const written = new WrittenAsides(10);
    for (const id of ['f', 'g']) written.note(id, [{ name: 'a', bytes: bytes(4) }]);
    written.note('h', [{ name: 'a', bytes: bytes(size) }]);
    expect(['f', 'g', 'h'].filter((id) => written.get(id, 'a') !== undefined)).toEqual(kept);
  });

  it('count for the whole message that a slice keeps in memory', () => {
    const written = new WrittenAsides(10);
    for (const id of ['f', 'g']) written.note(id, [{ name: 'a', bytes: bytes(100).subarray(0, 1) }]);
    expect(['f', 'g'].filter((id) => written.get(id, 'a') !== undefined)).toEqual(['g']);
  });
});
