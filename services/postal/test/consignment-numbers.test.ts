import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, isGivenOut, printNumber } from '../src/consignment-numbers.ts';

describe('S10 numbers', () => {
  // Published examples of the standard, and both exceptions of the rule (10 → 0, 11 → 5).
  test.each([['47312482', 9], ['47312483', 2], ['00000001', 4], ['00000000', 5], ['00000003', 1], ['12345678', 5], ['99999999', 5], ['70000000', 0]])('%s has the check digit %d', (eight, digit) => expect(checkDigit(eight)).toBe(digit));

  test('are printed with letters, eight digits, check digit and country', () => {
    expect([printNumber('RL', 1), printNumber('ZZ', 12_345_678)]).toEqual(['RL000000014VN', 'ZZ123456785VN']);
  });

  test('one digit typed wrongly is noticed', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.nat(7), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      const eight = String(number).padStart(8, '0'), wrong = `${eight.slice(0, at)}${(Number(eight[at]) + by) % 10}${eight.slice(at + 1)}`;
      // The standard gives the digit 5 to two remainders, so among those an error may pass.
      const folded = (text: string): boolean => checkDigit(text) === 5;
      expect(checkDigit(wrong) !== checkDigit(eight) || folded(eight)).toBe(true);
    }));
  });

  test.each([['RL000000014VN', true], ['rl000000014vn', true], ['ZZ000000014VN', true], ['EA000000014VN', false], ['RL14', false], ['RL000000014US', false]])('%s is given out by the hub: %s', (number, own) => expect(isGivenOut(number)).toBe(own));
});
