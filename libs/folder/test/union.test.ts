import { expect, test } from 'vitest';
import { effectOf, effective, headsOf, itemId, missing, refKey } from '../src/index.ts';
import { copyOf, draft, dump, take, write } from './support/copy.ts';

const [a, b, c] = ['a~1', 'b~1', 'c~1'] as const;

/** a creates an item for itself and one for b; hands the first to c. */
function threeAuthors() {
  const atA = copyOf();
  write(atA, a, { creates: [a, b] });
  write(atA, a, { item: itemId(a, 1, 0), handsTo: c });
  const atB = copyOf(atA.order);
  write(atB, b, { item: itemId(a, 1, 1), creates: [c] });
  const atC = copyOf(atA.order);
  write(atC, c, { item: itemId(a, 1, 0), ends: true });
  return { atA, atB, atC };
}

test('copies that take each other\'s entries are equal', () => {
  const { atA, atB, atC } = threeAuthors();
  const one = copyOf(atA.order, atB.order, atC.order);
  const other = copyOf(atC.order, atB.order);
  expect(dump(one)).toBe(dump(other));
  expect([...effective(one)].map(refKey)).toHaveLength(4);
  expect(one.items.get(itemId(a, 1, 0))).toMatchObject({ holder: c, term: 2, ended: true });
});

test('entries in reverse wait for what is before them and then all have effect', () => {
  const { atA, atB } = threeAuthors();
  take(atA, atB.order);
  const reversed = copyOf();
  for (const entry of [...atA.order].reverse()) {
    expect(reversed.order).toHaveLength(0);
    take(reversed, [entry]);
  }
  expect(dump(reversed)).toBe(dump(atA));
  expect(reversed.buffered).toHaveLength(0);
});

test('an unsigned entry waits for the signature that covers it', () => {
  const atA = copyOf();
  const first = draft(atA, a, { creates: [a] }, false);
  const at = copyOf([first]);
  expect(at.buffered).toEqual([first]);
  const whole = write(atA, a, { creates: [a] });
  expect(take(at, [whole]).added).toEqual([whole]);
});

test('what a copy lacks is found by its heads', () => {
  const { atA, atB } = threeAuthors();
  const lacking = missing(atB, headsOf(atA));
  expect(lacking.map(refKey)).toEqual(['b~1/1']);
  expect(missing(atB, headsOf(atB))).toEqual([]);
});

test('an entry by somebody who does not hold the item has no effect', () => {
  const { atA, atB } = threeAuthors();
  const stranger = write(atB, b, { item: itemId(a, 1, 0), handsTo: b });
  take(atA, atB.order);
  expect(effectOf(atA, stranger)).toBe('not-holder');
});
