/** When two names are one. */
import { describe, expect, test } from 'vitest';
import { comparable } from '../src/rules-names.ts';

describe('two names', () => {
  test.each<[string, string, boolean]>([
    ['Minh Hòa', 'MINH HÒA', true],
    ['Minh Hòa', '  minh   hoà ', true],
    ['Minh Hòa', 'Minh Hòa'.normalize('NFD'), true],
    ['Minh Hòa', 'Hộ kinh doanh Minh Hòa', true],
    ['Minh Hòa', 'HKD Minh-Hòa', true],
    ['Minh Hòa', 'Minh Hoa', false],
    ['Tâm', 'Tám', false],
    ['Thủy', 'Thuỷ', true],
    ['Quán 1', 'Quán 2', false],
    ['Đông', 'Dông', false],
    ['HKDLan', 'Lan', false],
  ])('%s / %s: one is %s', (one, other, same) => {
    expect(comparable(one) === comparable(other)).toBe(same);
  });

  test('nothing but the words "hộ kinh doanh" is no name', () => {
    expect(comparable(' Hộ Kinh Doanh ')).toBe('');
  });
});
