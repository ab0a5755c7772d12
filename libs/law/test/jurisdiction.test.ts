import { describe, expect, test } from 'vitest';
import { areaIndex, jurisdiction, officeIndex, rehome } from '../src/jurisdiction.ts';
import type { Rehoming } from '../src/jurisdiction.ts';
import type { Area, Office } from '../src/types.ts';

const before = '2025-06-30', after = '2025-07-01';
const source = { act: 'test', status: 'decided' } as const;
const area = (id: string, level: Area['level'], parent: string | null, successors: readonly string[] = [], validTo: string | null = successors.length > 0 ? before : null): Area => ({
  id, code: id.split('@')[0] ?? '', name: { vi: id, en: id }, level, parent, successors, validFrom: id.split('@')[1] ?? '', validTo, source,
});
const office = (id: string, role: string, serves: readonly string[], validFrom: string, validTo: string | null, successor: string | null = null): Office => ({
  id, name: { vi: id, en: id }, service: 'desk', roles: role.split(' '), serves, agencyCode: 'H17.01', successor, sessions: 'default', validFrom, validTo, source,
});

/** Two provinces of three levels become one of two: Tân Thạnh and Tam Thăng merge under a code already borne, Hòa Liên is split, Nông Sơn's district had gone before. */
const areas = areaIndex([
  area('49@2020-01-01', 'province', null, ['48@2025-07-01']), area('48@2020-01-01', 'province', null, ['48@2025-07-01']), area('48@2025-07-01', 'province', null),
  area('502@2020-01-01', 'district', '49@2020-01-01', ['20335@2025-07-01']), area('497@2020-01-01', 'district', '48@2020-01-01', ['20194@2025-07-01', '20197@2025-07-01']),
  area('509@2020-01-01', 'district', '49@2020-01-01', ['20700@2025-07-01']), area('519@2020-01-01', 'district', '49@2020-01-01', ['509@2020-01-01'], '2024-12-31'),
  area('20335@2020-01-01', 'commune', '502@2020-01-01', ['20335@2025-07-01']), area('20341@2020-01-01', 'commune', '502@2020-01-01', ['20335@2025-07-01']),
  area('20296@2020-01-01', 'commune', '497@2020-01-01', ['20194@2025-07-01', '20197@2025-07-01']), area('20700@2020-01-01', 'commune', '519@2020-01-01', ['20700@2025-07-01']),
  area('20335@2025-07-01', 'commune', '48@2025-07-01'), area('20194@2025-07-01', 'commune', '48@2025-07-01'), area('20197@2025-07-01', 'commune', '48@2025-07-01'), area('20700@2025-07-01', 'commune', '48@2025-07-01'),
  area('lost@2020-01-01', 'commune', '502@2020-01-01', [], before),
  area('loop@2020-01-01', 'commune', null, ['pool@2020-01-01']), area('pool@2020-01-01', 'commune', null, ['loop@2020-01-01']),
]);
const offices = officeIndex([
  office('committee-20335-old', 'civil-status', ['20335@2020-01-01'], '2020-01-01', before, 'committee-20335'), office('committee-20341-old', 'civil-status', ['20341@2020-01-01'], '2020-01-01', before, 'committee-20335'),
  office('committee-20296-old', 'civil-status', ['20296@2020-01-01'], '2020-01-01', before), office('district-502', 'business civil-status', ['502@2020-01-01'], '2020-01-01', before),
  office('district-497', 'business', ['497@2020-01-01'], '2020-01-01', before), office('district-509', 'business', ['509@2020-01-01'], '2020-01-01', before),
  office('committee-20335', 'civil-status business', ['20335@2025-07-01'], after, null), office('committee-20194', 'civil-status business', ['20194@2025-07-01'], after, null),
  office('committee-20197', 'civil-status business', ['20197@2025-07-01'], after, null), office('committee-20700', 'civil-status business', ['20700@2025-07-01'], after, null),
  office('land-502', 'land', ['502@2020-01-01', '20335@2025-07-01'], '2020-01-01', null), office('land-497', 'land', ['497@2020-01-01', '20194@2025-07-01', '20197@2025-07-01'], '2020-01-01', null),
  office('finance-49', 'finance', ['49@2020-01-01'], '2020-01-01', before, 'finance-48'), office('finance-48', 'finance', ['48@2025-07-01'], after, null),
  office('archive', 'archive', ['49@2020-01-01'], '2020-01-01', null), office('ring-a', 'ring', [], '2020-01-01', before, 'ring-b'), office('ring-b', 'ring', [], '2020-01-01', before, 'ring-a'),
]);
const places = jurisdiction(areas, offices);

describe('areas by date', () => {
  test.each([
    ['20335', before, '20335@2020-01-01'], ['20335', after, '20335@2025-07-01'], ['20341', after, undefined], ['20335', '2019-12-31', undefined], ['99999', after, undefined],
  ])('code %s on %s is %s', (code, on, id) => {
    expect(places.areaByCode(code, on)?.id).toBe(id);
  });

  test.each([
    ['20335@2020-01-01', before, '20335@2020-01-01'], ['20335@2020-01-01', after, '20335@2025-07-01'], ['20341@2020-01-01', after, '20335@2025-07-01'],
    ['20296@2020-01-01', after, '20194@2025-07-01 20197@2025-07-01'], ['519@2020-01-01', before, '509@2020-01-01'], ['519@2020-01-01', after, '20700@2025-07-01'],
    ['20335@2025-07-01', before, ''], ['lost@2020-01-01', after, ''], ['nowhere', after, ''], ['loop@2020-01-01', after, ''], ['loop@2020-01-01', before, 'loop@2020-01-01'],
  ])('%s on %s: %s', (id, on, now) => {
    expect(places.areasNow(id, on).map((one) => one.id).join(' ')).toBe(now);
  });
});

describe('offices by date', () => {
  test.each([
    ['civil-status', '20335@2020-01-01', before, 'committee-20335-old'], ['business', '20335@2020-01-01', before, 'district-502'], ['finance', '20335@2020-01-01', before, 'finance-49'],
    ['land', '20335@2020-01-01', before, 'land-502'], ['land', '20335@2025-07-01', after, 'land-502'], ['business', '20335@2025-07-01', after, 'committee-20335'], ['finance', '20335@2025-07-01', after, 'finance-48'],
    // the area of then asked about today
    ['civil-status', '20341@2020-01-01', after, 'committee-20335'], ['finance', '20341@2020-01-01', after, 'finance-48'],
    // a commune whose district had been merged into another one
    ['business', '20700@2020-01-01', before, 'district-509'],
    // split: known only where all parts have the same office
    ['civil-status', '20296@2020-01-01', after, undefined], ['land', '20296@2020-01-01', after, 'land-497'],
    ['civil-status', 'lost@2020-01-01', after, undefined], ['nothing', '20335@2025-07-01', after, undefined], ['civil-status', 'nowhere', after, undefined],
  ])('%s for %s on %s: %s', (role, id, on, found) => {
    expect(places.competentOffice(role, id, on)?.id).toBe(found);
  });

  test.each([
    ['committee-20335-old', before, 'committee-20335-old'], ['committee-20335-old', after, 'committee-20335'], ['finance-49', after, 'finance-48'], ['district-502', after, undefined],
    ['committee-20335', before, undefined], ['land-502', after, 'land-502'], ['ring-a', after, undefined], ['nobody', after, undefined],
  ])('%s on %s is %s', (id, on, now) => {
    expect(places.officeNow(id, on)?.id).toBe(now);
  });
});

describe('re-homing', () => {
  const told = (result: Rehoming): string => {
    if ('ask' in result) return `ask ${result.ask.map((one) => one.id).join(' ')}`;
    return 'refused' in result ? result.refused : `${result.office.id} ${result.area.id}${result.moved ? '' : ' stays'}`;
  };
  test.each([
    ['merged', 'committee-20341-old', 'civil-status', '20341@2020-01-01', undefined, 'committee-20335 20335@2025-07-01'],
    ['the level abolished', 'district-502', 'business', '20335@2020-01-01', undefined, 'committee-20335 20335@2025-07-01'],
    ['the office goes on for a new area', 'land-502', 'land', '20335@2020-01-01', undefined, 'land-502 20335@2025-07-01'],
    ['a province merged', 'finance-49', 'finance', '20335@2020-01-01', undefined, 'finance-48 20335@2025-07-01'],
    ['split, nothing tells', 'committee-20296-old', 'civil-status', '20296@2020-01-01', undefined, 'ask 20194@2025-07-01 20197@2025-07-01'],
    ['split, an address tells', 'committee-20296-old', 'civil-status', '20296@2020-01-01', '20197@2025-07-01', 'committee-20197 20197@2025-07-01'],
    ['split, office stays, an address tells', 'land-497', 'land', '20296@2020-01-01', '20197@2025-07-01', 'land-497 20197@2025-07-01'],
    ['split, a wrong answer', 'committee-20296-old', 'civil-status', '20296@2020-01-01', '20335@2025-07-01', 'NOT_A_SUCCESSOR'],
    ['no area took over', 'district-502', 'business', 'lost@2020-01-01', undefined, 'NO_SUCCESSOR'],
    ['no office took over', 'district-502', 'ferry', '20335@2020-01-01', undefined, 'NO_SUCCESSOR'],
    ['still there though it serves the old area only', 'archive', 'archive', '20335@2020-01-01', undefined, 'archive 20335@2025-07-01'],
    ['nothing ended', 'committee-20335', 'civil-status', '20335@2025-07-01', undefined, 'committee-20335 20335@2025-07-01 stays'],
  ])('%s', (_why, id, role, where, chosen, result) => {
    expect(told(rehome(places, { office: id, role, area: where }, after, chosen))).toBe(result);
  });

  test('before the day nothing moves', () => {
    expect(told(rehome(places, { office: 'committee-20341-old', role: 'civil-status', area: '20341@2020-01-01' }, before))).toBe('committee-20341-old 20341@2020-01-01 stays');
  });

  test('twice is once', () => {
    const once = rehome(places, { office: 'committee-20296-old', role: 'civil-status', area: '20296@2020-01-01' }, after, '20194@2025-07-01');
    if (!('office' in once)) throw new Error('not re-homed');
    expect(rehome(places, { office: once.office.id, role: 'civil-status', area: once.area.id }, after, '20194@2025-07-01')).toMatchObject({ moved: false });
  });
});
