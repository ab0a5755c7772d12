import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendOwn, covers, effectOf, emptyFolder, headsOf, holds, mergeHeads, nextPosition, refKey, tipsOf } from '../src/index.ts';
import type { Heads } from '../src/index.ts';
import { copyOf, draft, folderId, take, write } from './support/copy.ts';
import { histories } from './support/history.ts';
import { sealEntry } from './support/seal-entry.ts';

const [a, b] = ['a~1', 'b~1'] as const;
const runs = { numRuns: 200 };

test('the first entry sees everything, a later one what has moved since, and its clock never runs back', () => {
  const folder = copyOf();
  expect(nextPosition(folder, a)).toEqual({ seq: 1, prev: '', seen: {}, recordedAtFloor: 0 });
  const first = write(folder, a, { creates: [a, b], recordedAt: 500 });
  expect(nextPosition(folder, a)).toEqual({ seq: 2, prev: first.hash, seen: {}, recordedAtFloor: 500 });
  expect(nextPosition(folder, b)).toEqual({ seq: 1, prev: '', seen: { [a]: { seq: 1, hash: first.hash } }, recordedAtFloor: 500 });
  const second = write(folder, b, { item: 'a~1/1/1', recordedAt: 700 });
  expect(nextPosition(folder, a).seen).toEqual({ [b]: { seq: 1, hash: second.hash } });
  write(folder, a, { item: 'a~1/1/0' });
  expect(nextPosition(folder, a).seen).toEqual({});
});

test.each([['left', 'right'], ['right', 'left']])('of a forked log nothing is seen twice: first %s, then %s', (...bodies) => {
  const base = [write(copyOf(), a, { creates: [a, b] })];
  const [first, second] = bodies.map((body) => write(copyOf(base), a, { item: 'a~1/1/0', body }));
  const folder = copyOf(base, [first!]);
  write(folder, b, { item: 'a~1/1/1' });
  take(folder, [second!]);
  write(folder, b, { item: 'a~1/1/1' });
  expect(nextPosition(folder, b).seen).toEqual({});
  expect(tipsOf(folder, a).map((tip) => tip.hash)).toEqual([first!.hash, second!.hash].sort());
});

test.each([['left', 'right'], ['right', 'left'], ['up', 'down'], ['down', 'up'], ['in', 'out'], ['out', 'in']])('the head of a forked log has the seq of the longest branch: %s', (longer, shorter) => {
  const base = [write(copyOf(), a, { creates: [a, b] })];
  const long = copyOf(base);
  for (let times = 0; times < 3; times++) write(long, a, { item: 'a~1/1/0', body: longer });
  const short = write(copyOf(base), a, { item: 'a~1/1/0', body: shorter });
  const heads = headsOf(copyOf(long.order, [short]));
  expect(heads[a]!.seq).toBe(4);
  expect(heads[a]!.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('a head is held only when seq and hash are those of one entry', () => {
  const base = [write(copyOf(), a, { creates: [a] })];
  const branches = ['left', 'right'].map((body) => write(copyOf(base), a, { item: 'a~1/1/0', body }));
  const folder = copyOf(base, branches);
  for (const { hash } of branches) expect([1, 2, 3].map((seq) => holds(folder, a, { seq, hash }))).toEqual([false, true, false]);
});

test('what an entry says about its own author\'s log is of no account: its chain tells', () => {
  const { bytes: _bytes, hash: _hash, proof: _proof, ...content } = draft(copyOf(), a, { creates: [a] });
  const folder = copyOf([sealEntry({ ...content, seen: { [a]: { seq: 7, hash: 'f'.repeat(64) } } })]);
  expect(folder.order).toHaveLength(1);
});

test('what a copy lets its author write is taken by every copy that holds what this one holds', () => {
  fc.assert(fc.property(histories(), ({ copies }) => {
    for (const [author, copy] of copies) {
      const other = copyOf(copy.order);
      const entry = draft(copy, author, { item: [...copy.items.keys()][0] ?? 'nobody~1/1/0' });
      expect(take(other, [entry]).stored).toEqual([entry]);
      appendOwn(copy, [entry]);
      expect(effectOf(copy, entry), refKey(entry)).toBe(effectOf(other, entry));
    }
  }), runs);
});

describe('own entries', () => {
  test('must continue their log', () => {
    const folder = copyOf();
    const first = write(folder, a, { creates: [a] });
    const third = { ...draft(folder, a, { item: 'a~1/1/0' }), seq: 3 };
    expect(() => appendOwn(folder, [third])).toThrow('does not continue its log');
    expect(() => appendOwn(folder, [draft(emptyFolder(folderId), a, { body: 'other' })])).toThrow('does not continue its log');
    expect(() => appendOwn(emptyFolder('0'.repeat(64)), [first])).toThrow('belongs to another folder');
  });

  test('are taken once', () => {
    const folder = copyOf();
    const entry = draft(folder, a, { creates: [a] });
    expect(appendOwn(folder, [entry]).added).toEqual([entry]);
    expect(appendOwn(folder, [entry]).added).toEqual([]);
  });

  test('may be signed after they were taken', () => {
    const folder = copyOf();
    const entry = draft(folder, a, { creates: [a] }, false);
    appendOwn(folder, [entry]);
    expect(effectOf(folder, entry)).toBe('effective');
  });
});

describe('heads', () => {
  const cases: readonly [Heads, Heads, boolean][] = [
    [{}, {}, true],
    [{ [a]: { seq: 1, hash: 'x' } }, {}, true],
    [{}, { [a]: { seq: 1, hash: 'x' } }, false],
    [{ [a]: { seq: 2, hash: 'x' } }, { [a]: { seq: 1, hash: 'y' } }, true],
    [{ [a]: { seq: 1, hash: 'x' } }, { [a]: { seq: 2, hash: 'y' } }, false],
    [{ [a]: { seq: 1, hash: 'x' } }, { [a]: { seq: 1, hash: 'y' } }, false],
    [{ [a]: { seq: 1, hash: 'x' } }, { [a]: { seq: 1, hash: 'x' }, [b]: { seq: 1, hash: 'z' } }, false],
  ];
  test.each(cases)('%j cover %j: %s', (heads, other, covered) => { expect(covers(heads, other)).toBe(covered); });

  test('merged are the further of each log, the later said where both are as far', () => {
    const one = { [a]: { seq: 2, hash: 'x' }, [b]: { seq: 1, hash: 'y' } };
    expect(mergeHeads(one, { [a]: { seq: 1, hash: 'z' }, [b]: { seq: 1, hash: 'w' } })).toEqual({ [a]: { seq: 2, hash: 'x' }, [b]: { seq: 1, hash: 'w' } });
  });

  test('of two copies are equal exactly when the copies hold the same entries, forked or not', () => {
    fc.assert(fc.property(histories(), ({ copies }) => {
      const list = [...copies.values()];
      const hashes = (at: number): string => JSON.stringify(list[at]!.order.map((entry) => entry.hash).sort());
      for (let one = 0; one < list.length; one++) {
        for (let other = 0; other < one; other++) {
          const [left, right] = [headsOf(list[one]!), headsOf(list[other]!)];
          expect(covers(left, right) && covers(right, left)).toBe(hashes(one) === hashes(other));
        }
      }
    }), runs);
  });
});
