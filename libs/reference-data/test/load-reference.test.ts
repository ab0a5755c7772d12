import { describe, expect, test } from 'vitest';
import { loadReference, releasedData } from '../src/index.ts';

const reference = loadReference();
const count = (level: string, from: string): number => reference.areas.filter((one) => one.level === level && one.validFrom === from).length;

describe('the released reference data', () => {
  test('knows all units of both eras', () => {
    expect([count('province', '2025-01-01'), count('district', '2025-01-01'), count('commune', '2025-01-01')]).toEqual([2, 25, 281]);
    expect([count('province', '2025-07-01'), count('district', '2025-07-01'), count('commune', '2025-07-01')]).toEqual([1, 0, 94]);
  });

  test('is read once per process and has one fingerprint', () => {
    expect(loadReference()).toBe(reference);
    expect(reference.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('names the file that is missing, and the remedy', () => {
    expect(() => loadReference('no such folder')).toThrow(/areas\.json cannot be read; restore it/);
  });

  test('gives every office an id and an agency code of its own', () => {
    expect(new Set(reference.offices.map((one) => one.id)).size).toBe(reference.offices.length);
    expect(new Set(reference.offices.map((one) => one.agencyCode)).size).toBe(reference.offices.length);
  });

  test.each([
    ['20410', '2025-06-30', 'Phường Sơn Phong'],
    ['20410', '2025-07-01', 'Phường Hội An'],
    ['20500', '2025-06-30', 'Thị trấn Ái Nghĩa'],
    ['20500', '2026-01-01', 'Xã Đại Lộc'],
    ['20398', '2025-07-01', undefined],
    ['49', '2025-07-01', undefined],
    ['20410', '2024-12-31', undefined],
  ])('the unit with code %s on %s is %s', (code, on, name) => {
    expect(reference.areaByCode(code, on)?.name.vi).toBe(name);
  });

  test.each([
    ['20398@2025-01-01', '2025-06-30', ['Phường Minh An']],
    ['20398@2025-01-01', '2025-07-01', ['Phường Hội An']],
    ['20296@2025-01-01', '2025-07-01', ['Phường Hải Vân', 'Phường Liên Chiểu']],
    ['49@2025-01-01', '2026-11-24', ['Thành phố Đà Nẵng']],
    ['20410@2025-07-01', '2025-06-30', []],
    ['no such area', '2025-07-01', []],
  ])('what %s became by %s is %j', (id, on, names) => {
    expect(reference.areasNow(id, on).map((one) => one.name.vi)).toEqual(names);
  });

  test.each([
    ['land-registration', '20900', '2025-03-01', 'land-515-202501'],
    ['land-registration', '20900', '2026-03-01', 'land-515-202501'],
    ['civil-status', '20296', '2025-06-30', 'committee-20296-202501'],
    ['civil-status', '20194', '2025-07-01', 'committee-20194-202507'],
    ['business-registration', '20401', '2025-06-30', 'business-503-202501'],
    ['business-registration', '20401', '2025-07-01', 'business-20401-202507'],
    ['tax', '20410', '2026-01-01', 'tax-503-202507'],
    ['treasury', '20410', '2025-01-01', 'treasury-49-202501'],
    ['tax', '20333', '2026-01-01', 'tax-492-202507'],
    ['counter', '20410', '2026-01-01', 'counter-20410-202507'],
  ])('%s for commune %s on %s is %s', (role, code, on, office) => {
    expect(reference.competentOffice(role, reference.areaByCode(code, on)!.id, on)?.id).toBe(office);
  });

  test('an office that ended names who took over', () => {
    expect(reference.officeNow('business-503-202501', '2025-07-01')?.name.vi).toBe('Cơ quan đăng ký kinh doanh phường Hội An');
    expect(reference.officeNow('business-503-202501', '2025-06-30')?.name.vi).toBe('Phòng Tài chính – Kế hoạch thành phố Hội An');
    expect(reference.officeNow('counter-20410-202507', '2025-06-30')).toBeUndefined();
  });

  test('a procedure has the version of the day', () => {
    expect(reference.procedure('1.013831', '2025-06-30')).toBeUndefined();
    expect(reference.procedure('1.013831', '2025-07-01')?.limit).toEqual({ counter: '18wd', online: '18wd', post: '4wd' });
    expect(reference.procedure('1.001193', '2025-06-30')?.boundaryFree).toBe(false);
  });

  test('the calendar covers 2022 to 2027 and knows its swap days', () => {
    expect([...reference.calendar.years]).toEqual([2022, 2023, 2024, 2025, 2026, 2027]);
    expect(reference.calendar.days.get('2025-04-26')?.kind).toBe('swap-working');
  });
});
