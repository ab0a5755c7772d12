import { describe, expect, test } from 'vitest';
import { actsNamed, buildReference, institutionMap, loadActs, loadForms, loadReference, standingOf } from '../src/index.ts';
import type { Act, MapEntry } from '../src/index.ts';
import type { Source } from '@lienthong/law';
import { excerpt, pick } from './excerpt.ts';

const reference = loadReference();
const acts = loadActs(), forms = loadForms();
const ON = '2026-11-28';

test.each([
  ['101/2024/NĐ-CP; 151/2025/NĐ-CP', ['101/2024/NĐ-CP', '151/2025/NĐ-CP']], ['20/2021/NĐ-CP, Điều 8', ['20/2021/NĐ-CP']], ['Mẫu 18 NĐ 151/2025', ['151/2025/NĐ-CP']], ['CT01 TT 53/2025', ['53/2025/TT']],
  ['3380/QĐ-BNNMT', ['3380/QĐ-BNNMT']], ['1659/NQ-UBTVQH15, Điều 1 khoản 3', ['1659/NQ-UBTVQH15']], ['66.7/2025/NQ-CP', ['66.7/2025/NQ-CP']], ['05/2015/TTLT-BTP-BCA-BYT', ['05/2015/TTLT-BTP-BCA-BYT']], ['DC02', []], ['', []],
])('%j names %j', (text, numbers) => {
  expect(actsNamed(text)).toEqual(numbers);
});

const act = (validFrom: string | null, validTo: string | null): Act => ({ number: '1/2020/NĐ-CP', title: '', validFrom, validTo, replacedBy: null, source: { act: 'x', status: 'read' } });
test.each([
  ['2020-01-01', null, 'in-force'], ['2020-01-01', '2026-11-28', 'in-force'], ['2020-01-01', '2026-11-27', 'ended'], ['2026-11-28', null, 'in-force'], ['2026-11-29', null, 'not-yet'], [null, null, 'unknown'], [null, '2020-01-01', 'ended'],
] as const)('an act from %s to %s is %s', (from, to, standing) => {
  expect(standingOf(act(from, to), ON)).toBe(standing);
});

describe('the acts', () => {
  test('bear each number once, and name successors that are listed', () => {
    const numbers = acts.map((one) => one.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(acts.filter((one) => one.replacedBy !== null && !numbers.includes(one.replacedBy)).map((one) => `${one.number} → ${one.replacedBy}`)).toEqual(['36/2014/TT-BCA → 56/2021/TT-BCA'].filter((one) => !numbers.includes(one.slice(-14))));
    expect(acts.filter((one) => one.validFrom !== null && one.validTo !== null && one.validTo < one.validFrom)).toEqual([]);
  });

  test('are all those that the catalogue names', () => {
    const known = new Set(acts.map((one) => one.number));
    expect(reference.procedures.flatMap((one) => one.legalBasis).filter((one) => actsNamed(one).some((number) => !known.has(number)))).toEqual([]);
  });
});

describe('the map', () => {
  const map = institutionMap(reference, acts, forms, { on: ON });
  const of = (procedure: string, element: MapEntry['element']): MapEntry[] => map.filter((one) => one.procedure === procedure && one.element === element);

  test('holds every procedure in force with each leg, fee, form and limit', () => {
    for (const one of reference.procedures.filter((procedure) => reference.procedure(procedure.code, ON) === procedure)) {
      expect(of(one.code, 'procedure')).toHaveLength(1);
      expect(of(one.code, 'leg').map(({ name, value, role }) => [name, value, role])).toEqual(one.legs.map(({ name, limit, role }) => [name, limit, role]));
      expect(of(one.code, 'fee').map(({ name }) => name)).toEqual(one.fees.map(({ code }) => code));
      expect(of(one.code, 'form')).toHaveLength(one.documents.filter(({ form }) => form !== undefined).length);
      expect(of(one.code, 'limit').map(({ name, value }) => [name, value])).toEqual([
        ...one.channels.map((channel) => [channel, one.limit[channel]]), ...Object.entries(one.caseLimits ?? {}), ['supplement', one.supplement.timeout],
        ...one.legs.flatMap(({ name, posting }) => (posting === undefined ? [] : [[`${name}.posting`, posting]])),
      ]);
    }
  });

  test('tells who answers: the office for an area, or the only one', () => {
    const area = reference.areaByCode('20900', ON)!.id;
    const there = institutionMap(reference, acts, forms, { on: ON, procedure: '1.013831', area });
    expect(there.find((one) => one.element === 'leg' && one.name === 'tax-notice')).toMatchObject({ role: 'tax', office: 'tax-515-202507' });
    expect(of('1.013823', 'procedure')).toMatchObject([{ role: 'province-committee', office: 'committee-48-202507', offices: 1 }]);
    expect(of('1.013831', 'leg')[0]!.office).toBeNull();
  });

  test('tells acts out of force with their successor, and forms by the act that they cite', () => {
    const chain = institutionMap(reference, acts, forms, { on: '2026-08-01', procedure: '2.000986' }).find((one) => one.element === 'procedure')!;
    expect(chain.acts.find((one) => one.number === '158/2005/NĐ-CP')).toMatchObject({ standing: 'ended', replacedBy: '123/2015/NĐ-CP' });
    expect(of('1.004222', 'form')[0]!.acts.map(({ number, standing }) => [number, standing])).toEqual([['53/2025/TT-BCA', 'in-force']]);
    expect(of('1.013831', 'form').map(({ value, basis }) => [value, basis])).toEqual([['Mẫu 18 NĐ 151/2025', 'in-force'], ['Mẫu 22 NĐ 151/2025', 'in-force']]);
  });

  test.each([
    ['2025-09-14', ['supplement-window', 'apology'], '01/2018/TT-VPCP', ['receipt Mẫu 01', 'supplement Mẫu 02', 'refusal Mẫu 03', 'apology Mẫu 04', 'control-slip Mẫu 05', 'tracking-book Mẫu 06'], '2019-01-09'],
    ['2026-08-31', ['supplement-window', 'apology'], '03/2025/TT-VPCP', ['receipt Mẫu 01', 'supplement Mẫu 02', 'refusal Mẫu 03', 'apology Mẫu 04', 'stop Mẫu 05', 'control-slip Mẫu 06', 'tracking-book Mẫu 07'], '2025-09-15'],
    [ON, ['supplement-window', 'apology', 'synchronise', 'acknowledge'], '03/2025/TT-VPCP', ['receipt Mẫu 01', 'supplement Mẫu 02', 'refusal Mẫu 03', 'apology Mẫu 04', 'stop Mẫu 05', 'control-slip Mẫu 06', 'tracking-book Mẫu 07'], '2025-09-15'],
  ])('holds the forms and limits of the one-stop on %s', (on, limits, act, named, since) => {
    const common = institutionMap(reference, acts, forms, { on }).filter((one) => one.procedure === ''), editions = common.filter((one) => one.element === 'form');
    expect(common.filter((one) => one.element === 'limit').map(({ name }) => name)).toEqual(limits);
    expect(editions.map(({ name, value }) => `${name} ${value}`)).toEqual(named);
    for (const one of editions) expect([one.acts.map(({ number, standing }) => [number, standing]), one.validFrom, one.role]).toEqual([[[act, 'in-force']], since, 'counter']);
    for (const one of common) expect(one.basis, one.name).toBe('in-force');
    expect(institutionMap(reference, acts, forms, { on, procedure: '1.013831' }).every((one) => one.procedure === '1.013831')).toBe(true);
  });

  test('tells what the province decided: by which act, since when, and of which legs', () => {
    const data = excerpt(), version = pick(data.procedures, (one) => one.code === '1.013831' && one.validTo === null), council: Source = { act: '09/2026/NQ-HĐND', status: 'read' };
    version.local = [{ validFrom: '2026-03-03', validTo: null, limit: { counter: '3wd', online: '3wd', post: '3wd' }, source: council }];
    const there = (on: string): string[] => institutionMap(buildReference(data, 'local'), acts, forms, { on, procedure: '1.013831' }).filter(({ element }) => element === 'limit' || element === 'leg').map((one) => `${one.name} ${one.value} ${one.validFrom} ${one.source.act === council.act ? 'council' : 'national'}`);
    expect(there('2026-03-02')).toContain('registration 2wd 2025-07-01 national');
    expect(there('2026-03-03')).toEqual(expect.arrayContaining(['counter 3wd 2026-03-03 council', 'post 3wd 2026-03-03 council', 'land-check 1wd 2025-07-01 national', 'registration 1wd 2026-03-03 council', `supplement ${version.supplement.timeout} 2025-07-01 national`]));
  });

  test('tells what has no basis', () => {
    const none = map.filter((one) => one.basis === 'none');
    expect(none.length).toBeGreaterThan(0);
    for (const one of none) expect(one.acts).toEqual([]);
  });
});
