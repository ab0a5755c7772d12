/** Names of the two sides never meet. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onSide, sideOf, sideOfDossier, sideOfType } from '../src/index.ts';
import type { Side } from '../src/index.ts';

const sides: readonly Side[] = ['real', 'rehearsal'];
const names = fc.stringMatching(/^[a-z-]{1,12}$/);

describe('a name', () => {
  test('of real dossiers is what it was before there were sides', () => {
    fc.assert(fc.property(names, (name) => { expect(onSide('real', name)).toBe(name); }));
  });

  test('on one side is no name on the other, and tells its side', () => {
    fc.assert(fc.property(names, names, (one, other) => {
      expect(onSide('rehearsal', one)).not.toBe(onSide('real', other));
      for (const side of sides) expect(sideOfType(`register:${onSide(side, one)}`)).toBe(side);
    }));
  });

  test('bears one side only', () => {
    for (const side of sides) expect(() => onSide(side, onSide('rehearsal', 'land'))).toThrow(RangeError);
  });
});

test('what has not been received is on no side', () => {
  expect([sideOf(false), sideOf(true)]).toEqual(sides);
  expect(() => sideOfDossier({ id: 'f', root: null } as unknown as Parameters<typeof sideOfDossier>[0])).toThrow(RangeError);
});
