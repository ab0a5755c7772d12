import { describe, expect, test } from 'vitest';
import { effectOf, itemId, tipsOf } from '../src/index.ts';
import type { Entry, Folder, Head } from '../src/index.ts';
import { checks, copyOf, draft, dump, take, write } from './support/copy.ts';
import { sealEntry } from './support/seal-entry.ts';

const [a, b, p1, p2, p3] = ['a~1', 'b~1', 'p~1', 'p~2', 'p~3'] as const;
const held = itemId(a, 1, 0);
const head = ({ seq, hash }: Entry<string>): Head => ({ seq, hash });
const succeed = (folder: Folder<string>, author: string, predecessor: string, chosen: Head | null): Entry<string> => write(folder, author, { succeeds: { predecessor, head: chosen } });

/** a creates an item for p~1, which writes three entries; the third hands the item to b. */
function story(): { base: Entry<string>[]; ofP: Entry<string>[] } {
  const folder = copyOf();
  const base = [write(folder, a, { creates: [p1, a] })];
  const ofP = [write(folder, p1, { item: held }), write(folder, p1, { item: held, creates: [p1] }), write(folder, p1, { item: held, handsTo: b })];
  return { base, ofP };
}

test('the successor takes over what the predecessor held, under the next term', () => {
  const { base, ofP } = story();
  const folder = copyOf(base, ofP.slice(0, 2));
  succeed(folder, p2, p1, head(ofP[1]!));
  expect(folder.items.get(held)).toMatchObject({ holder: p2, term: 2, last: { author: p2, seq: 1 } });
  expect(folder.items.get(itemId(p1, 2, 0))).toMatchObject({ holder: p2, term: 2 });
  expect(folder.items.get(itemId(a, 1, 1))).toMatchObject({ holder: a, term: 1 });
  expect(effectOf(folder, write(folder, p2, { item: held }))).toBe('effective');
});

test('entries beyond the chosen head are kept without effect, whether they come before or after', () => {
  const { base, ofP } = story();
  const writer = copyOf(base, ofP.slice(0, 2));
  const succession = succeed(writer, p2, p1, head(ofP[1]!));
  const before = copyOf(base, ofP);
  expect(take(before, [succession]).refolded).toBe(true);
  const after = copyOf(base, ofP.slice(0, 2), [succession]);
  expect(take(after, ofP.slice(2))).toMatchObject({ refolded: false, added: [ofP[2]] });
  for (const folder of [before, after]) {
    expect(ofP.map((entry) => effectOf(folder, entry))).toEqual(['effective', 'effective', 'voided']);
    expect(folder.items.get(held)).toMatchObject({ holder: p2, term: 2 });
  }
  expect(dump(before)).toBe(dump(after));
});

test('what hung on a voided handoff has no effect any more', () => {
  const { base, ofP } = story();
  const folder = copyOf(base, ofP);
  const used = write(folder, b, { item: held, handsTo: a });
  expect(effectOf(folder, used)).toBe('effective');
  take(folder, [succeed(copyOf(base, ofP.slice(0, 2)), p2, p1, head(ofP[1]!))]);
  expect(effectOf(folder, used)).toBe('not-holder');
  expect(folder.items.get(held)).toMatchObject({ holder: p2, term: 2 });
});

test('with no head, nothing of the predecessor counts, not even the items it created', () => {
  const { base, ofP } = story();
  const folder = copyOf(base, ofP);
  succeed(folder, p2, p1, null);
  expect(ofP.map((entry) => effectOf(folder, entry))).toEqual(['voided', 'voided', 'voided']);
  expect(folder.items.has(itemId(p1, 2, 0))).toBe(false);
  expect(folder.items.get(held)).toMatchObject({ holder: p2, term: 2 });
});

test('an item handed to the predecessor by somebody who had not seen the succession goes to the successor, in any order', () => {
  const { base, ofP } = story();
  const writer = copyOf(base, ofP.slice(0, 2));
  const succession = succeed(writer, p2, p1, head(ofP[1]!));
  const [ownItem, atA] = [itemId(a, 1, 1), copyOf(base)];
  const late = write(atA, a, { item: ownItem, handsTo: p1 });
  const [first, second] = [copyOf(base, ofP, [succession], [late]), copyOf(base, ofP, [late], [succession])];
  for (const folder of [first, second]) expect(folder.items.get(ownItem)).toMatchObject({ holder: p2, term: 3 });
  expect(dump(first)).toBe(dump(second));
});

test('an item goes through several successors, a term each', () => {
  const { base, ofP } = story();
  const folder = copyOf(base, ofP.slice(0, 1));
  const first = succeed(folder, p2, p1, head(ofP[0]!));
  succeed(folder, p3, p2, head(first));
  expect(folder.items.get(held)).toMatchObject({ holder: p3, term: 3 });
});

test('the head must be held: until then the succession waits', () => {
  const { base, ofP } = story();
  const succession = succeed(copyOf(base, ofP.slice(0, 2)), p2, p1, head(ofP[1]!));
  const folder = copyOf(base, [succession], ofP.slice(0, 1));
  expect(folder.buffered).toEqual([succession]);
  expect(take(folder, [ofP[1]!]).added).toEqual([ofP[1], succession]);
});

test('the head must be held even where the successor did not say that it had seen it', () => {
  const { base, ofP } = story();
  const { bytes: _bytes, hash: _hash, proof: _proof, ...content } = draft(copyOf(base, ofP.slice(0, 2)), p2, { succeeds: { predecessor: p1, head: head(ofP[1]!) } });
  const unseen = sealEntry({ ...content, seen: {} });
  const folder = copyOf(base, [unseen]);
  expect(folder.buffered).toEqual([unseen]);
  expect(take(folder, ofP.slice(0, 2)).added).toEqual([...ofP.slice(0, 2), unseen]);
});

test('an origin may follow the successions with which a log begins', () => {
  const folder = copyOf();
  succeed(folder, p2, p1, null);
  const origin = write(folder, p2, { creates: [p2] });
  expect(effectOf(folder, origin)).toBe('effective');
  const lost = write(copyOf(), p1, { creates: [p1] });
  expect(take(folder, [lost]).added).toEqual([lost]);
  expect([origin, lost].map((entry) => effectOf(folder, entry))).toEqual(['effective', 'voided']);
});

describe('a succession has no effect when', () => {
  test('no certificate allows it; once one does, it has', () => {
    const { base, ofP } = story();
    const folder = copyOf(base, ofP);
    const usurped = draft(folder, 'x~9', { succeeds: { predecessor: p1, head: null } });
    take(folder, [usurped]);
    expect(effectOf(folder, usurped)).toBe('bad-succession');
    expect(folder.items.get(held)).toMatchObject({ holder: b, term: 2 });
    expect(take(folder, [], { maySucceed: () => true }).refolded).toBe(true);
    expect(effectOf(folder, usurped)).toBe('effective');
    expect(folder.items.get(held)).toMatchObject({ holder: 'x~9', term: 2 });
  });

  test('its author has written something else before', () => {
    const { base, ofP } = story();
    const folder = copyOf(base, ofP);
    write(folder, p2, { item: held });
    const late = succeed(folder, p2, p1, null);
    const [left, right] = [copyOf(base), copyOf(base)].map((copy, body) => write(copy, a, { item: itemId(a, 1, 1), body: String(body) }));
    for (const refolded of [false, true]) {
      if (refolded) expect(take(folder, [left!, right!]).refolded).toBe(true);
      expect(effectOf(folder, late)).toBe('bad-succession');
      expect(effectOf(folder, ofP[0]!)).toBe('effective');
    }
  });

  test('a succession of the same predecessor lies under the head chosen before', () => {
    const { base, ofP } = story();
    const folder = copyOf(base, ofP);
    const first = succeed(folder, p2, p1, head(ofP[1]!));
    succeed(folder, p3, p2, head(first));
    expect(effectOf(folder, succeed(folder, p3, p1, null))).toBe('bad-succession');
    expect(ofP.map((entry) => effectOf(folder, entry))).toEqual(['effective', 'effective', 'voided']);
  });
});

/** Successions of p~1 by each of the claimants, at no head, in copies that know nothing of each other; the smaller hash first. */
function rivals(...claimants: readonly string[]): Entry<string>[] {
  return claimants.map((author) => succeed(copyOf(story().base), author, p1, null)).sort((one, other) => (one.hash < other.hash ? -1 : 1));
}

test.each([[p2, p3], ['p~4', 'p~5'], ['p~6', 'p~7']])('of two successions by strangers, %s and %s, the one with the smaller hash counts, whichever comes first', (...claimants) => {
  const both = rivals(...claimants);
  const texts = [both, [...both].reverse()].map((order) => {
    const folder = copyOf(story().base, ...order.map((entry) => [entry]));
    expect(both.map((entry) => effectOf(folder, entry))).toEqual(['effective', 'bad-succession']);
    expect(folder.items.get(held)!.holder).toBe(both[0]!.author);
    return dump(folder);
  });
  expect(texts[0]).toBe(texts[1]);
});

test.each([0, 1, 2, 3])('of two successions of one predecessor in one log the first counts, whatever their hashes (%i)', (variant) => {
  const { base, ofP } = story();
  const folder = copyOf(base, ofP);
  const first = write(folder, p2, { succeeds: { predecessor: p1, head: head(ofP[1]!) }, body: String(variant) });
  const second = write(folder, p2, { succeeds: { predecessor: p1, head: null }, body: String(variant) });
  for (const one of [folder, copyOf(folder.order)]) expect([first, second].map((entry) => effectOf(one, entry))).toEqual(['effective', 'bad-succession']);
});

test('an older predecessor is succeeded again when its succession does not lie under the chosen head', () => {
  const { base, ofP } = story();
  const lost = succeed(copyOf(base, ofP.slice(0, 1)), p2, p1, head(ofP[0]!));
  const folder = copyOf(base, ofP);
  succeed(folder, p3, p2, null);
  const again = succeed(folder, p3, p1, head(ofP[1]!));
  for (const one of [folder, copyOf(base, ofP, [lost], folder.order)]) {
    take(one, [lost]);
    expect(effectOf(one, again)).toBe('effective');
    expect(effectOf(one, lost)).toBe('voided');
    expect(one.items.get(held)).toMatchObject({ holder: p3, term: 2 });
  }
});

describe('a forked log', () => {
  /** p~1 writes two different second entries. */
  function forked(): { base: Entry<string>[]; first: Entry<string>; one: Entry<string>; other: Entry<string> } {
    const { base, ofP } = story();
    const [left, right] = [copyOf(base, ofP.slice(0, 1)), copyOf(base, ofP.slice(0, 1))];
    return { base, first: ofP[0]!, one: write(left, p1, { item: held, handsTo: a }), other: write(right, p1, { item: held, handsTo: b }) };
  }

  test('keeps both entries as evidence, and has no effect from there on, whichever came first', () => {
    const { base, first, one, other } = forked();
    const texts = [[one, other], [other, one]].map((order) => {
      const folder = copyOf(base, [first]);
      const results = order.map((entry) => take(folder, [entry]));
      expect(results[1]).toMatchObject({ refolded: true, stored: [order[1]] });
      expect(results[1]!.forks).toHaveLength(1);
      expect(folder.forks.map((fork) => [fork.author, fork.seq, fork.one.hash, fork.other.hash])).toEqual([[p1, 2, ...[one.hash, other.hash].sort()]]);
      expect(effectOf(folder, { author: p1, seq: 1 })).toBe('effective');
      expect(effectOf(folder, { author: p1, seq: 2 })).toBe('beyond-fork');
      expect(folder.items.get(held)).toMatchObject({ holder: p1, term: 1 });
      expect(tipsOf(folder, p1)).toHaveLength(2);
      return dump(folder);
    });
    expect(texts[0]).toBe(texts[1]);
  });

  test.each(['one', 'other'] as const)('has effect again along the branch that a succession chooses: %s', (branch) => {
    const { base, first, ...branches } = forked();
    const folder = copyOf(base, [first, branches.one, branches.other]);
    succeed(folder, p2, p1, head(branches[branch]));
    expect(effectOf(folder, branches[branch])).toBe('effective');
    expect(folder.logs.get(p1)!.entries.at(-1)).toEqual(branches[branch]);
    expect(folder.items.get(held)).toMatchObject({ holder: branch === 'one' ? a : b, term: 2 });
    expect(folder.forks).toHaveLength(1);
  });
});

test('a branch that comes after another was chosen is kept as evidence and not among what was added', () => {
  const { base, ofP } = story();
  const [left, right] = [copyOf(base, ofP.slice(0, 1)), copyOf(base, ofP.slice(0, 1))];
  const [chosen, stray] = [write(left, p1, { item: held, handsTo: a }), write(right, p1, { item: held, handsTo: b })];
  succeed(left, p2, p1, head(chosen));
  const result = take(left, [stray]);
  expect(result).toMatchObject({ added: [], stored: [stray], rejected: [] });
  expect(result.forks).toHaveLength(1);
  expect(effectOf(left, chosen)).toBe('effective');
});

test('who saw one branch of a fork has not seen what stands on the other, though the seq is the same', () => {
  const { base, ofP } = story();
  const [left, right] = [copyOf(base, ofP.slice(0, 1)), copyOf(base, ofP.slice(0, 1))];
  const handed = write(left, p1, { item: held, handsTo: b });
  write(right, p1, { item: held });
  const guess = write(right, b, { item: held, term: 2 });
  const succession = succeed(copyOf(base, ofP.slice(0, 1), [handed]), p2, p1, head(handed));
  const texts = [[handed, ...right.order, succession], [...right.order, handed, succession]].map((order) => {
    const folder = copyOf(base, order);
    expect(effectOf(folder, handed)).toBe('effective');
    expect(effectOf(folder, guess)).toBe('not-holder');
    return dump(folder);
  });
  expect(texts[0]).toBe(texts[1]);
});

test('certificates that run in a circle stop nothing', () => {
  const [left, right] = [copyOf(), copyOf()];
  const both = [succeed(left, 'x~1', 'y~1', null), succeed(right, 'y~1', 'x~1', null)];
  const texts = [both, [...both].reverse()].map((order) => {
    const folder = copyOf(story().base);
    take(folder, order, { ...checks, maySucceed: () => true });
    return folder.order.length;
  });
  expect(texts).toEqual([3, 3]);
});
