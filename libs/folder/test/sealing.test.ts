import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adoptSeals, chooseHead, isSealed, itemId, mayAct, noSeals, seal, sealOf, waitsFor } from '../src/index.ts';
import { heldOf } from '../src/heads.ts';
import type { Entry, Head } from '../src/index.ts';
import { copyOf, dump, take, write } from './support/copy.ts';
import { histories } from './support/history.ts';
import { seededRandom, shuffled } from './support/random.ts';

const [a, p1, p2, q1] = ['a~1', 'p~1', 'p~2', 'q~1'] as const;
const held = itemId(a, 1, 0);
const sealed = (...authors: string[]) => ({ sealed: (author: string) => authors.includes(author) });
const head = ({ seq, hash }: Entry<string>): Head => ({ seq, hash });

test('a sealed author gains no entry as long as no succession of it comes, whatever else comes in whatever order', () => {
  fc.assert(fc.property(histories(), fc.nat(), fc.nat(), ({ all }, at, seed) => {
    const folder = copyOf(all.slice(0, at % (all.length + 1)));
    const shut = [...folder.logs.keys()].filter((author) => !folder.successions.has(author));
    const before = shut.map((author) => heldOf(folder, author).length);
    const comes = all.filter((entry) => entry.succeeds === null || !shut.includes(entry.succeeds.predecessor));
    for (const entry of shuffled(comes, seededRandom(seed))) {
      for (const one of take(folder, [entry], sealed(...shut)).rejected) expect(one).toMatchObject({ reason: 'sealed', author: expect.toBeOneOf(shut) });
    }
    expect(shut.map((author) => heldOf(folder, author).length)).toEqual(before);
  }), { numRuns: 200 });
});

test('once nothing is sealed any more, what was refused is taken, and copies are equal', () => {
  fc.assert(fc.property(histories(), fc.nat(), fc.nat(), ({ all }, at, seed) => {
    const folder = copyOf(all.slice(0, at % (all.length + 1)));
    const shut = [...folder.logs.keys()];
    for (const entry of shuffled(all, seededRandom(seed))) take(folder, [entry], sealed(...shut));
    take(folder, all);
    expect(dump(folder)).toBe(dump(copyOf(all)));
  }), { numRuns: 200 });
});

/** p~1 wrote two entries; p~2 succeeds it at the first or the second. */
function story(chosen: 1 | 2): { base: Entry<string>[]; ofP: Entry<string>[]; succession: Entry<string> } {
  const folder = copyOf();
  const base = [write(folder, a, { creates: [p1] })];
  const ofP = [write(folder, p1, { item: held }), write(folder, p1, { item: held })];
  return { base, ofP, succession: write(copyOf(base, ofP.slice(0, chosen)), p2, { succeeds: { predecessor: p1, head: head(ofP[chosen - 1]!) } }) };
}

test('a refused entry is told as such, is not kept, and enters when it is sent again after the succession', () => {
  const { base, ofP, succession } = story(1);
  const folder = copyOf(base, ofP.slice(0, 1));
  expect(take(folder, [ofP[1]!], sealed(p1))).toMatchObject({ added: [], rejected: [{ author: p1, seq: 2, reason: 'sealed' }] });
  expect(folder.buffered).toEqual([]);
  take(folder, [succession], sealed(p1));
  expect(take(folder, [ofP[1]!], sealed(p1))).toMatchObject({ added: [ofP[1]], rejected: [] });
});

test('what stands under the head of a succession that waits for it enters, though its author is sealed', () => {
  const { base, ofP, succession } = story(2);
  const folder = copyOf(base);
  expect(take(folder, [succession], sealed(p1)).added).toEqual([]);
  expect(take(folder, ofP, sealed(p1)).added).toEqual([...ofP, succession]);
});

test('what stands beyond that head comes in only after the succession, without effect', () => {
  const { base, ofP, succession } = story(1);
  const folder = copyOf(base);
  expect(take(folder, [...ofP, succession], sealed(p1)).added).toEqual([ofP[0], succession, ofP[1]]);
  expect(folder.effects.get('p~1/2')).toBe('voided');
});

test('a claim that no certificate allows opens nothing', () => {
  const { base, ofP } = story(2);
  const claim = write(copyOf(base, ofP), 'x~1', { succeeds: { predecessor: p1, head: head(ofP[1]!) } });
  const folder = copyOf(base);
  expect(take(folder, [claim, ...ofP], sealed(p1)).added).toEqual([]);
});

test('a claim that nobody has signed opens nothing', () => {
  const { base, ofP, succession } = story(2);
  const folder = copyOf(base);
  expect(take(folder, [...ofP, { ...succession, proof: null }], sealed(p1)).added).toEqual([]);
});

test('a succession that changes what was folded opens the log in the same union', () => {
  const { base, ofP, succession } = story(1);
  const third = write(copyOf(base, ofP), p1, { item: held });
  const folder = copyOf(base, ofP);
  expect(take(folder, [third, succession], sealed(p1))).toMatchObject({ added: [succession, third], rejected: [], refolded: true });
});

test('a claim by somebody who is sealed opens nothing', () => {
  const { base, ofP, succession } = story(2);
  const folder = copyOf(base);
  const { added, rejected } = take(folder, [...ofP, succession], sealed(p1, p2));
  expect(added).toEqual([]);
  expect(rejected.map((one) => `${one.author}/${one.seq} ${one.reason}`)).toEqual(['p~1/1 sealed', 'p~1/2 sealed', 'p~2/1 sealed']);
});

test('a succession that enters itself opens the one that it succeeds, and so on to the oldest', () => {
  const { base, ofP, succession } = story(2);
  const last = write(copyOf(base, ofP, [succession]), 'p~3', { succeeds: { predecessor: p2, head: head(succession) } });
  const folder = copyOf(base);
  expect(take(folder, [last, succession, ...ofP], sealed(p1, p2)).added).toEqual([...ofP, succession, last]);
});

test('two may be succeeded at once though each branch hangs on the other\'s predecessor', () => {
  const writer = copyOf();
  const base = [write(writer, a, { creates: [p1, q1] })];
  const crossed = [write(writer, p1, { item: held }), write(writer, q1, { item: itemId(a, 1, 1) }), write(writer, p1, { item: held })];
  const folder = copyOf(base);
  const refused = take(folder, crossed, sealed(p1, q1));
  expect(refused.added).toEqual([]);
  const choosing = [{ predecessor: p1, head: head(crossed[2]!) }];
  expect(take(folder, crossed, { ...sealed(p1, q1), choosing }).added).toEqual(crossed);
});

describe('seals', () => {
  const seals = seal(seal(noSeals, p1, 's~1'), q1, 's~2');

  test('stay once given, with who gave them', () => {
    expect([p1, q1, a].map((author) => isSealed(seals, author))).toEqual([true, true, false]);
    expect(seal(seals, p1, 's~3')).toBe(seals);
    expect(sealOf(seals, 's~2')).toEqual({ giver: 's~2', sealed: [p1, q1] });
  });

  test('that another store lists are adopted, but never of oneself', () => {
    const adopted = adoptSeals(noSeals, { giver: 't~1', sealed: [p1, 's~2'] }, 's~2');
    expect([...adopted]).toEqual([[p1, 's~2']]);
  });

  const cases: readonly [string, readonly { giver: string; sealed: string[] }[], readonly string[]][] = [
    ['none was received', [], ['s~2', 't~1']],
    ['one service is missing', [{ giver: 's~2', sealed: [p1, 'p~0'] }], ['t~1']],
    ['one predecessor is missing', [{ giver: 's~2', sealed: [p1, 'p~0'] }, { giver: 't~1', sealed: [p1] }], ['t~1']],
    ['one was given by an incarnation that is no more', [{ giver: 's~1', sealed: [p1, 'p~0'] }, { giver: 't~1', sealed: [p1, 'p~0'] }], ['s~2']],
    ['all were given', [{ giver: 's~2', sealed: [p1, 'p~0', q1] }, { giver: 't~1', sealed: ['p~0', p1] }], []],
  ];
  test.each(cases)('when %s, the successor waits for %j → %j', (_name, received, waiting) => {
    const [succession, registered] = [{ successor: p2, predecessors: [p1, 'p~0'] }, [p2, 's~2', 't~1']];
    expect(waitsFor(succession, registered, received)).toEqual(waiting);
    expect(mayAct(succession, registered, received)).toBe(waiting.length === 0);
  });
});

test.each([
  ['nothing was shown', [], null],
  ['one was shown', [{ seq: 3, hash: 'b' }], { seq: 3, hash: 'b' }],
  ['the longest of several', [{ seq: 3, hash: 'a' }, { seq: 5, hash: 'c' }, { seq: 4, hash: 'b' }], { seq: 5, hash: 'c' }],
  ['the smaller hash of two as long', [{ seq: 5, hash: 'd' }, { seq: 5, hash: 'c' }], { seq: 5, hash: 'c' }],
])('the head chosen when %s', (_name, shown, chosen) => {
  expect(chooseHead(shown)).toEqual(chosen);
});
