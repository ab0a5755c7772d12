import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headsOf, missing } from '../src/index.ts';
import type { Entry, Folder } from '../src/index.ts';
import { copyOf, dump, take } from './support/copy.ts';
import { histories } from './support/history.ts';
import { seededRandom, shuffled } from './support/random.ts';
import type { Random } from './support/random.ts';

const runs = { numRuns: 300 };
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

/** Some entries twice, all in a random order, in pieces of random length. */
function inPieces(entries: readonly Entry<string>[], random: Random): Entry<string>[][] {
  const mixed = shuffled([...entries, ...entries.filter(() => random.chance(20))], random);
  const pieces: Entry<string>[][] = [];
  while (mixed.length > 0) pieces.push(mixed.splice(0, 1 + random.below(5)));
  return pieces;
}

/** A copy that got about half of the entries: it has gaps, and what stands beyond them is buffered. */
const somePart = (all: readonly Entry<string>[], random: Random): Folder<string> => copyOf(all.filter(() => random.chance(50)));

function exchangeBetween(one: Folder<string>, other: Folder<string>): void {
  take(one, missing(other, headsOf(one)));
  take(other, missing(one, headsOf(other)));
}

function expectEqual(one: Folder<string>, other: Folder<string>): void {
  expect(dump(one)).toBe(dump(other));
  expect(headsOf(one)).toEqual(headsOf(other));
  expect(missing(one, headsOf(other))).toEqual([]);
}

describe.each([['calm', true], ['with forks and successions', false]])('histories %s', (_name, calm) => {
  test('the same entries in any order, in any pieces, some twice, give the same state', () => {
    fc.assert(fc.property(histories(calm), seeds, ({ all }, seed) => {
      const inOrder = copyOf(all);
      expect(dump(copyOf(...inPieces(all, seededRandom(seed))))).toBe(dump(inOrder));
    }), runs);
  });

  test('union is associative and commutative over copies', () => {
    fc.assert(fc.property(histories(calm), seeds, ({ all }, seed) => {
      const random = seededRandom(seed);
      const parts = [0, 1, 2].map(() => all.filter(() => random.chance(60)));
      const [one, two, three] = parts.map((part) => [...copyOf(part).order]) as [Entry<string>[], Entry<string>[], Entry<string>[]];
      const left = copyOf(copyOf(one, two).order, three);
      const right = copyOf(one, copyOf(three, two).order);
      expect(dump(left)).toBe(dump(right));
    }), runs);
  });

  test('taking again what is held changes nothing', () => {
    fc.assert(fc.property(histories(calm), ({ all }) => {
      const copy = copyOf(all);
      const before = dump(copy);
      expect(take(copy, all)).toMatchObject({ added: [], stored: [], rejected: [], refolded: false });
      expect(dump(copy)).toBe(before);
    }), runs);
  });

  test('a copy read again from what it made durable is equal', () => {
    fc.assert(fc.property(histories(calm), seeds, ({ all }, seed) => {
      const copy = copyOf();
      const segments = inPieces(all, seededRandom(seed)).map((piece) => take(copy, piece).stored);
      expect(dump(copyOf(...segments))).toBe(dump(copy));
    }), runs);
  });

  test('what is missing, taken, makes two copies equal within three exchanges, and then nothing is missing', () => {
    fc.assert(fc.property(histories(calm), seeds, ({ all }, seed) => {
      const random = seededRandom(seed);
      const [one, other] = [somePart(all, random), somePart(all, random)].map((part) => copyOf(part.order)) as [Folder<string>, Folder<string>];
      for (let exchange = 0; exchange < 3; exchange++) exchangeBetween(one, other);
      expectEqual(one, other);
    }), runs);
  });

  test('copies with gaps get equal as well: each exchange fills at least one gap', () => {
    fc.assert(fc.property(histories(calm), seeds, ({ all }, seed) => {
      const random = seededRandom(seed);
      const [one, other] = [somePart(all, random), somePart(all, random)];
      const gaps = one.buffered.length + other.buffered.length;
      for (let exchange = 0; exchange < 3 + gaps; exchange++) exchangeBetween(one, other);
      expectEqual(one, other);
    }), runs);
  });

  test('what is missing comes causes first: each of its entries is folded as soon as its author\'s next signature is there', () => {
    fc.assert(fc.property(histories(calm), ({ all }) => {
      const copy = copyOf();
      for (const entry of missing(copyOf(all), {})) {
        take(copy, [entry]);
        if (entry.proof !== null) expect(copy.buffered).toEqual([]);
      }
    }), runs);
  });
});
