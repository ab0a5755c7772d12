import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effective, emptyFolder, headsOf, maxBufferedEntries, missing } from '../src/index.ts';
import type { Entry, Rejection } from '../src/index.ts';
import { copyOf, draft, dump, folderId, take, write } from './support/copy.ts';
import { histories } from './support/history.ts';
import { seededRandom, shuffled } from './support/random.ts';
import { decode, encode, proofOf, sealEntry, verify } from './support/seal-entry.ts';

const a = 'a~1';
const runs = { numRuns: 200 };
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

/** The entry as a damaged or forged message brings it; undefined where the bytes are no entry any more. */
function damaged(entry: Entry<string>, at: number, bit: number): Entry<string> | undefined {
  const bytes = entry.bytes.slice();
  bytes[at % bytes.length]! ^= 1 << (bit % 7);
  try {
    const found = decode(bytes, entry.proof);
    return typeof found.author === 'string' && typeof found.seen === 'object' && found.seen !== null ? found : undefined;
  } catch {
    return undefined;
  }
}

test('an entry with any one byte changed never enters, and keeps nothing else out', () => {
  fc.assert(fc.property(histories(), seeds, ({ all }, seed) => {
    const random = seededRandom(seed);
    const forged = all.flatMap((entry) => damaged(entry, random.below(10_000), random.below(7)) ?? []);
    const folder = copyOf(shuffled([...all, ...forged], random));
    expect(dump(folder)).toBe(dump(copyOf(all)));
    const genuine = new Set(all.map((entry) => entry.hash));
    expect(folder.order.every((entry) => genuine.has(entry.hash))).toBe(true);
  }), runs);
});

describe('bytes that do not belong are refused with their reason', () => {
  const origin = draft(emptyFolder(folderId), a, { creates: [a] });
  const content = { ...origin };
  const cases: readonly [string, Entry<string>, Rejection['reason']][] = [
    ['another folder', sealEntry({ ...content, folder: '0'.repeat(64) }), 'wrong-folder'],
    ['seq 0', sealEntry({ ...content, seq: 0 }), 'bad-seq'],
    ['a fraction as seq', sealEntry({ ...content, seq: 1.5 }), 'bad-seq'],
    ['seq 1 after another entry', sealEntry({ ...content, prev: origin.hash }), 'bad-seq'],
    ['seq 2 after nothing', sealEntry({ ...content, seq: 2 }), 'bad-seq'],
    ['a signature over other bytes', { ...origin, proof: proofOf(a, '0'.repeat(64)) }, 'bad-proof'],
    ['a signature of somebody else', { ...origin, proof: proofOf('b~1', origin.hash) }, 'bad-proof'],
  ];
  test.each(cases)('%s', (_name, entry, reason) => {
    const folder = copyOf();
    expect(take(folder, [entry]).rejected).toEqual([{ author: entry.author, seq: entry.seq, reason }]);
    expect(folder.order).toHaveLength(0);
    expect(folder.buffered).toHaveLength(0);
  });
});

test('each signature is verified once, however often and in whatever order entries come', () => {
  fc.assert(fc.property(histories(), seeds, ({ all }, seed) => {
    const asked: string[] = [];
    const folder = copyOf();
    for (const entry of shuffled([...all, ...all], seededRandom(seed))) {
      take(folder, [entry], { verify: (author, hash, proof) => { asked.push(hash); return verify(author, hash, proof); } });
    }
    expect(asked.sort()).toEqual(all.filter((entry) => entry.proof !== null).map((entry) => entry.hash).sort());
  }), runs);
});

test('an unsigned entry waits for the signature that covers it', () => {
  const writer = copyOf();
  const first = draft(writer, a, { creates: [a] }, false);
  const folder = copyOf([first]);
  expect(folder.buffered).toEqual([first]);
  const second = sealEntry({ ...first, seq: 2, prev: first.hash, item: 'a~1/1/0', term: 1, creates: [] });
  expect(take(folder, [second]).added).toEqual([first, second]);
  expect(folder.buffered).toEqual([]);
});

test('the same entry with a signature takes the place of one that waits without', () => {
  const unsigned = draft(copyOf(), a, { creates: [a] }, false);
  const folder = copyOf([unsigned]);
  const signed = { ...unsigned, proof: proofOf(a, unsigned.hash) };
  expect(take(folder, [signed]).added).toEqual([signed]);
});

test('without one entry, all that hangs on it waits and all else is folded; once it comes, all is', () => {
  fc.assert(fc.property(histories(), seeds, ({ all }, seed) => {
    if (all.length === 0) return;
    const missed = all[seed % all.length]!;
    const folder = copyOf(all.filter((entry) => entry !== missed));
    const held = new Set(folder.order.map((entry) => entry.hash));
    const byHash = new Map(all.map((entry) => [entry.hash, entry]));
    // What an entry needs at once: the entry before it, what it saw, and the head it chose.
    const needs = (entry: Entry<string>): string[] => [entry.prev, ...Object.values(entry.seen).map((head) => head.hash), entry.succeeds?.head?.hash ?? ''].filter((hash) => hash !== '');
    const ready = (entry: Entry<string>): boolean => entry !== missed && needs(entry).every((hash) => ready(byHash.get(hash)!));
    const coveredBy = (entry: Entry<string>): Entry<string>[] => (entry.proof !== null ? [entry] : all.filter((one) => one.prev === entry.hash && one.author === entry.author).flatMap(coveredBy));
    for (const entry of all) expect(held.has(entry.hash)).toBe(coveredBy(entry).some(ready));
    take(folder, [missed]);
    expect(dump(folder)).toBe(dump(copyOf(all)));
  }), runs);
});

test('a log ends on a signed entry at any time', () => {
  fc.assert(fc.property(histories(), seeds, ({ all }, seed) => {
    const folder = copyOf();
    for (const entry of shuffled(all, seededRandom(seed))) {
      take(folder, [entry]);
      for (const log of folder.logs.values()) expect(log.entries.at(-1)!.proof).not.toBeNull();
    }
  }), runs);
});

describe('the buffer', () => {
  /** Signed entries of one author from seq 2 on, none of which can be folded while the first is missing. */
  function chain(length: number): { first: Entry<string>; rest: Entry<string>[] } {
    const writer = copyOf();
    const first = write(writer, a, { creates: [a] });
    const rest = Array.from({ length }, () => write(writer, a, { item: 'a~1/1/0' }));
    return { first, rest };
  }

  test.each([
    [maxBufferedEntries - 1, maxBufferedEntries - 1],
    [maxBufferedEntries, maxBufferedEntries],
    [maxBufferedEntries + 1, maxBufferedEntries],
  ])('of %i entries that wait keeps %i, the oldest', (length, kept) => {
    const { first, rest } = chain(length);
    const folder = copyOf(rest);
    expect(folder.buffered).toEqual(rest.slice(0, kept));
    take(folder, [first]);
    expect(folder.order).toHaveLength(kept + 1);
    take(folder, missing(copyOf([first, ...rest]), headsOf(folder)));
    expect(folder.order).toHaveLength(length + 1);
  });

  test('that is full of what can never be folded still lets a whole write in', () => {
    const { first } = chain(0);
    const junk = Array.from({ length: maxBufferedEntries }, (_, at) => sealEntry({ ...first, author: 'z~1', seq: 2, prev: 'f'.repeat(64), body: String(at) }));
    const folder = copyOf(junk);
    expect(folder.buffered).toHaveLength(maxBufferedEntries);
    expect(take(folder, [first]).added).toEqual([first]);
  });
});

test('causes come before consequences in what is added and in what is effective', () => {
  fc.assert(fc.property(histories(), seeds, ({ all }, seed) => {
    const folder = copyOf();
    const done = new Set<string>();
    for (const entry of take(folder, shuffled(all, seededRandom(seed))).stored) {
      for (const hash of [entry.prev, ...Object.values(entry.seen).map((head) => head.hash)]) if (hash !== '') expect(done.has(hash)).toBe(true);
      done.add(entry.hash);
    }
    const places = new Map(folder.order.map((entry, at) => [entry.hash, at]));
    const order = [...effective(folder)].map((entry) => places.get(entry.hash)!);
    expect(order).toEqual([...order].sort((x, y) => x - y));
  }), runs);
});

test('encoding is what is hashed: the same content gives the same entry', () => {
  const one = draft(copyOf(), a, { creates: [a] });
  expect(decode(encode({ ...one, bytes: undefined, hash: undefined, proof: undefined } as unknown as Entry<string>), one.proof).hash).toBe(one.hash);
});
