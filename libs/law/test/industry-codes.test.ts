/** Lines of business: read as people write them, and judged by the list of the day, as deep as it goes. */
import { describe, expect, test } from 'vitest';
import { declaredLines, industryRefusal, isIndustry } from '../src/industry-codes.ts';

const row = (code: string, validFrom = '2018-08-20', validTo: string | null = null): { code: string; parent: null; name: { vi: string; en: string }; validFrom: string; validTo: string | null; source: { act: string; status: 'read' } } =>
  ({ code, parent: null, name: { vi: code, en: code }, validFrom, validTo, source: { act: '27/2018/QĐ-TTg', status: 'read' } });
const industries = [row('G'), row('45', '2018-08-20', '2025-11-14'), row('46'), row('4610', '2025-11-15'), row('47'), row('56'), row('561'), row('5610')];

test.each<[string, string, boolean]>([
  ['4711', '2026-01-01', true], ['47', '2026-01-01', true], ['4512', '2025-11-14', true], ['4512', '2025-11-15', false], ['4711', '2018-08-19', false], ['3411', '2026-01-01', false], ['5610', '2026-01-01', true], ['56101', '2026-01-01', true],
  ['5620', '2026-01-01', false], ['4600', '2026-01-01', false], ['4690', '2026-01-01', false], ['46101', '2026-01-01', true], ['4690', '2025-11-14', true], ['5619', '2026-01-01', false], ['G', '2026-01-01', false], ['', '2026-01-01', false],
])('%s on %s: %s', (code, on, known) => {
  expect(isIndustry(industries, code, on)).toBe(known);
});

test.each<[string, ReturnType<typeof declaredLines>]>([
  ['4711 Tạp hóa, gạo; 5610', [{ code: '4711', name: 'Tạp hóa, gạo' }, { code: '5610', name: '' }]], ['47110, 5610;', [{ code: '47110', name: '' }, { code: '5610', name: '' }]], ['Tạp hóa', 'Tạp hóa'], ['471', '471'], ['4711 x; 12 bán cơm', '12 bán cơm'], ['4711; bán cơm', '4711; bán cơm'], ['', []],
])('"%s" is read', (text, lines) => {
  expect(declaredLines(text)).toEqual(lines);
});

describe('a declaration', () => {
  test('names the first line that the list does not know, and the day', () => {
    expect(industryRefusal({ industries }, '4711; 3411 Lạ; 9999', '2026-01-01', 'f')).toEqual({ code: 'INDUSTRY_UNKNOWN', field: 'f', meta: { code: '3411', date: '2026-01-01' } });
    expect(industryRefusal({ industries }, 'Tạp hóa', '2026-01-01', 'f')).toMatchObject({ meta: { code: 'Tạp hóa' } });
    expect([industryRefusal({ industries }, '4711; 5610', '2026-01-01', 'f'), industryRefusal({ industries }, '', '2026-01-01', 'f')]).toEqual([null, null]);
  });
  test('is judged by nothing where there is no list', () => {
    expect(industryRefusal({}, '3411', '2026-01-01', 'f')).toBeNull();
  });
});
