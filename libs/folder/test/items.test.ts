import { describe, expect, test } from 'vitest';
import { canWrite, effectOf, itemId, parseItemId } from '../src/index.ts';
import type { Folder, NoEffect } from '../src/index.ts';
import { copyOf, take, write } from './support/copy.ts';
import type { Act } from './support/copy.ts';

const [a, b, c] = ['a~1', 'b~1', 'c~1'] as const;
const [mine, theirs] = [itemId(a, 1, 0), itemId(a, 1, 1)];

/** a creates an item for itself and one for b. */
function folderAt(): Folder<string> {
  const folder = copyOf();
  write(folder, a, { creates: [a, b] });
  return folder;
}

describe('an entry', () => {
  const cases: readonly [string, readonly (readonly [string, Act])[], 'effective' | NoEffect][] = [
    ['of the holder has effect', [[a, { item: mine }]], 'effective'],
    ['of somebody else has none', [[b, { item: mine }]], 'not-holder'],
    ['on an item that nobody created has none', [[a, { item: itemId(a, 1, 2), term: 1 }]], 'unknown-item'],
    ['on an item created without effect has none', [[b, { item: mine, creates: [b] }], [b, { item: itemId(b, 1, 0), term: 1 }]], 'unknown-item'],
    ['of whoever was handed the item has effect', [[a, { item: mine, handsTo: b }], [b, { item: mine }]], 'effective'],
    ['of whoever handed the item on has none', [[a, { item: mine, handsTo: b }], [a, { item: mine, term: 1 }]], 'outdated-term'],
    ['of whoever handed the item on has none under the new term either', [[a, { item: mine, handsTo: b }], [a, { item: mine, term: 2 }]], 'not-holder'],
    ['of the holder under a term to come has none', [[a, { item: mine, term: 2 }]], 'not-holder'],
    ['under the old term has none though the item came back', [[a, { item: mine, handsTo: b }], [b, { item: mine, handsTo: a }], [a, { item: mine, term: 1 }]], 'outdated-term'],
    ['under the new term has effect when the item came back', [[a, { item: mine, handsTo: b }], [b, { item: mine, handsTo: a }], [a, { item: mine }]], 'effective'],
    ['on an ended item has none', [[a, { item: mine, ends: true }], [a, { item: mine }]], 'item-ended'],
    ['that ends an item of somebody else has none', [[a, { item: theirs, ends: true }]], 'not-holder'],
    ['that is handed to oneself raises the term', [[a, { item: mine, handsTo: a }], [a, { item: mine, term: 1 }]], 'outdated-term'],
    ['that creates items has effect', [[a, { item: mine, creates: [c] }], [c, { item: itemId(a, 2, 0) }]], 'effective'],
    ['of a second origin has none', [[a, { creates: [a] }]], 'rival-origin'],
  ];
  test.each(cases)('%s', (_name, acts, effect) => {
    const folder = folderAt();
    const last = acts.map(([author, act]) => write(folder, author, act)).at(-1)!;
    expect(effectOf(folder, last)).toBe(effect);
  });
});

test('handing on raises the term and moves the right to write', () => {
  const folder = folderAt();
  write(folder, a, { item: mine, handsTo: b });
  expect(folder.items.get(mine)).toMatchObject({ holder: b, term: 2, ended: false, createdBy: { author: a, seq: 1 }, last: { author: a, seq: 2 } });
  expect([a, b].map((author) => canWrite(folder, author, mine))).toEqual([false, true]);
});

test('who names a term before having seen the handoff has no effect, whichever of the two comes first', () => {
  const [atA, atB] = [folderAt(), folderAt()];
  const handoff = write(atA, a, { item: mine, handsTo: b });
  const guess = write(atB, b, { item: mine, term: 2, handsTo: c });
  for (const order of [[handoff, guess], [guess, handoff]]) {
    const folder = copyOf(folderAt().order, order);
    expect(effectOf(folder, guess)).toBe('not-holder');
    expect(folder.items.get(mine)).toMatchObject({ holder: b, term: 2 });
  }
});

test('of several origins the one with the smallest hash counts, also when it comes last', () => {
  const origins = [a, b, c].map((author) => write(copyOf(), author, { creates: [author] })).sort((one, other) => (one.hash < other.hash ? -1 : 1));
  const folder = copyOf();
  expect(origins.map((_, at) => take(folder, [origins[origins.length - 1 - at]!]).refolded)).toEqual([false, true, true]);
  expect(origins.map((origin) => effectOf(folder, origin))).toEqual(['effective', 'rival-origin', 'rival-origin']);
  expect([...folder.items.keys()]).toEqual([itemId(origins[0]!.author, 1, 0)]);
});

test('an origin after other entries of its author does not count', () => {
  const folder = copyOf();
  write(folder, b, { item: 'nobody~1/1/0', term: 1 });
  expect(effectOf(folder, write(folder, b, { creates: [b] }))).toBe('rival-origin');
});

test.each([
  ['a~1/1/0', { author: 'a~1', seq: 1, n: 0 }],
  ['a/b~1/12/3', { author: 'a/b~1', seq: 12, n: 3 }],
  ['a~1/0/0', undefined],
  ['a~1/1', undefined],
  ['a~1/01/0', undefined],
  ['', undefined],
])('item id %j names %j', (id, parts) => {
  expect(parseItemId(id)).toEqual(parts);
  if (parts !== undefined) expect(itemId(parts.author, parts.seq, parts.n)).toBe(id);
});
