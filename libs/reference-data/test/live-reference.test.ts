import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { julyReform } from '@lienthong/testkit';
import { csvList, emptyOffice, importProcedures, importRules, liveReference, loadReference, readDataFiles, versionsLike, writeOffice, writePlaceText, writeReforms } from '../src/index.ts';
import type { OfficeCatalogue, Reform } from '../src/index.ts';

const base = readDataFiles();
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'office-')); });

const own = (...codes: readonly string[]): OfficeCatalogue => ({ rules: [], procedures: importProcedures(csvList(`MaTTHC,TenTTHC,CoQuanThucHien,ThoiGian\n${codes.map((code) => `${code},Thử,Công an cấp xã,3wd`).join('\n')}\n`), base, [], '2026-01-01').procedures });
const has = (live: ReturnType<typeof liveReference>, code: string): boolean => live.reference.procedure(code, '2026-06-01') !== undefined;

type Harmed = { legs: { name: string; results: unknown[] }[]; fees: unknown[]; validFrom?: string };
/** The first procedure of the file changed. */
const harmed = (harm: (procedure: Harmed) => void) => (text: string): string => {
  const file = JSON.parse(text) as { procedures: Harmed[] };
  harm(file.procedures[0]!);
  return JSON.stringify(file, null, 1);
};

test('without an import the catalogue is the released one', () => {
  const live = liveReference(folder, base);
  expect(live.refresh()).toEqual({ outcome: 'unchanged' });
  expect(live.reference.digest).toBe(loadReference().digest);
});

test('an import is taken while the hub runs, under a digest of its own; those who hold the reference see it', () => {
  const live = liveReference(folder, base);
  const { reference } = live;
  writeOffice(folder, own('1.000001'));
  expect(live.refresh()).toMatchObject({ outcome: 'taken', procedures: 1 });
  expect(live.refresh()).toEqual({ outcome: 'unchanged' });
  expect(reference.procedure('1.000001', '2026-06-01')?.facts?.route).toBe('default');
  expect(reference.digest).not.toBe(loadReference().digest);
  expect(versionsLike(folder, reference.digest.slice(0, 12))).toHaveLength(1);
});

test.each([
  ['cut short', (text: string) => text.slice(0, -40), 'JSON'],
  ['without a list', () => '{}', 'lacks its lists'],
  ['with a procedure that is no record', (text: string) => text.replace('{"procedures":[', '{"procedures":[null,'), 'procedures[0] is null, no record'],
  ['with a rule of no procedure', (text: string) => text.replace('"rules":[', '"rules":[{}'), 'procedure undefined does not exist'],
  ['with a rule that is no record', (text: string) => text.replace('"rules":[', '"rules":[7'), 'rules[0] is 7, no record'],
  ['with a role that nobody bears', (text: string) => text.replaceAll('"police"', '"wizard"'), 'no office bears role wizard'],
  ['with a span without unit', (text: string) => text.replaceAll('"3wd"', '"3"'), 'is "3"'],
  ['with a route that is a cycle', (text: string) => text.replace('"after":[]', '"after":["handling"]'), 'a cycle'],
  ['with a leg that stands aside', harmed((one) => { one.legs.push({ ...one.legs[0]!, name: 'survey', results: [] }); }), 'stands aside of the route'],
  ['with a fee without validity', harmed((one) => { one.fees = [{ code: 'fee', name: { vi: 'Lệ phí', en: 'Fee' }, kind: 'fee', amount: { counter: 1, online: 1, post: 1 }, when: 'filing', refundable: false, source: { act: '1/2026/NQ-HĐND', status: 'read' } }]; delete one.validFrom; }), 'has no validity'],
  ['with a procedure of the release', (text: string) => text.replaceAll('1.000001', '1.013831'), 'in force on the same days'],
])('a file %s is refused; the last good state stays, over a restart, too', (_fault, harm, problem) => {
  const live = liveReference(folder, base);
  writeOffice(folder, own('1.000001'));
  live.refresh();
  const path = join(folder, 'catalogue.json');
  writeFileSync(path, harm(readFileSync(path, 'utf8')));
  const refused = live.refresh();
  const line = expect.any(Number) as number;
  expect(refused).toMatchObject({ outcome: 'refused', findings: expect.arrayContaining([expect.objectContaining({ file: 'catalogue.json', line, problem: expect.stringContaining(problem) })]) });
  expect(has(live, '1.000001')).toBe(true);
  const restarted = liveReference(folder, base);
  expect(restarted.refresh().outcome).toBe('refused');
  expect([has(restarted, '1.000001'), restarted.reference.digest]).toEqual([true, live.reference.digest]);
});

test('a fault is told with its line', () => {
  const live = liveReference(folder, base);
  writeOffice(folder, own('1.000001', '1.000002'));
  const path = join(folder, 'catalogue.json');
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findLastIndex((one) => one.includes('"name":"handling"'));
  writeFileSync(path, lines.map((one, n) => (n === at ? one.replace('"3wd"', '"3"') : one)).join('\n'));
  expect(live.refresh()).toMatchObject({ findings: [{ file: 'catalogue.json', line: at + 1, record: '1.000002@2026-01-01', field: 'legs[0].limit' }] });
  writeOffice(folder, { procedures: [], rules: [{ procedure: '1.013227', validFrom: '2026-01-01', validTo: null, limit: { counter: '9wd', online: '5wd', post: '5wd' }, source: { act: '01/2026/NQ-HĐND', status: 'read' } }] });
  expect(live.refresh()).toMatchObject({ findings: [{ line: 3, field: 'local[0].limit.counter' }] });
});

test('what the office takes back is gone', () => {
  writeOffice(folder, own('1.000001', '1.000002'));
  const live = liveReference(folder, base);
  live.refresh();
  writeOffice(folder, own('1.000002'));
  expect(live.refresh()).toMatchObject({ outcome: 'taken', procedures: 1 });
  expect([has(live, '1.000001'), has(live, '1.000002')]).toEqual([false, true]);
});

describe('what a province decides', () => {
  const columns = 'MaTTHC,VanBan,TuNgay,DenNgay,ThoiGian,TenPhi,Phi,PhiTrucTuyen';
  const rules = (lines: readonly string[], office: OfficeCatalogue = emptyOffice) => importRules(`${columns}\n${lines.join('\n')}\n`, base, office);
  const fee = '1.013227,01/2026/NQ-HĐND,2026-01-01,,,Lệ phí gia hạn giấy phép xây dựng,15000,10000';

  test('holds from its first day on, in place of the national fee and limit', () => {
    writeOffice(folder, rules([fee, '1.013227,02/2026/QĐ-UBND,2026-03-01,,3 ngày làm việc,,,', '1.013833,02/2026/QĐ-UBND,2026-03-01,,6wd,,,', '1.012783,02/2026/QĐ-UBND,2026-03-01,2026-06-30,5 ngày làm việc,,,']).office);
    const live = liveReference(folder, base);
    live.refresh();
    const of = (code: string, on: string) => live.reference.procedure(code, on)!;
    expect(['2026-02-28', '2026-03-01'].map((on) => [of('1.013227', on).limit.online, of('1.013227', on).legs[0]!.limit, of('1.013227', on).fees.length])).toEqual([['5wd', '5wd', 1], ['3wd', '3wd', 1]]);
    expect(of('1.013833', '2026-03-01').legs.map((leg) => leg.limit)).toEqual(['1wd', '4wd']);
    expect([of('1.013227', '2025-12-31').fees, of('1.013227', '2026-01-01').fees.map((one) => one.amount)]).toEqual([[], [{ counter: 15_000, online: 10_000, post: 15_000 }]]);
    expect(['2026-02-28', '2026-03-01', '2026-06-30', '2026-07-01'].map((on) => of('1.012783', on).limit.online)).toEqual(['15wd', '5wd', '5wd', '15wd']);
  });

  test('brought again changes nothing; a later decision ends the one before', () => {
    const first = rules([fee]).office;
    expect(rules([fee], first)).toMatchObject({ office: first, taken: [], unchanged: ['1.013227'] });
    expect(rules([fee.replace('2026-01-01', '2027-01-01').replace('15000', '20000')], first).office.rules.map((one) => [one.validFrom, one.validTo])).toEqual([['2026-01-01', '2026-12-31'], ['2027-01-01', null]]);
  });

  test.each([
    ['a fee without validity', '1.013227,01/2026/NQ-HĐND,,,,,15000,', 'TuNgay', 'no fee and no limit without validity'],
    ['a limit without unit', '1.013227,01/2026/NQ-HĐND,2026-01-01,,3,,,', 'ThoiGian', 'say working days'],
    ['without an act', '1.013227,,2026-01-01,,,,15000,', 'VanBan', 'give the number'],
    ['an amount that is none', '1.013227,01/2026/NQ-HĐND,2026-01-01,,,,15k,', 'Phi', 'write a whole number'],
    ['a procedure that nobody knows', '9.999999,01/2026/NQ-HĐND,2026-01-01,,,,15000,', 'MaTTHC', 'name a procedure'],
    ['a longer limit than the national one', '1.013227,01/2026/NQ-HĐND,2026-01-01,,9wd,,,', 'ThoiGian', 'a province may shorten'],
    ['a last day before the first', '1.013227,01/2026/NQ-HĐND,2026-01-01,2025-12-31,,,15000,', 'DenNgay', 'give the last day'],
    ['a way of filing of which nothing is said', '1.013227,01/2026/NQ-HĐND,2026-01-01,,,,,10000', 'PhiTrucTiep', 'write the amount, 0 for free'],
    ['nothing at all', '1.013227,01/2026/NQ-HĐND,2026-01-01,,,,,', 'ThoiGian', 'give the limit or the fees'],
  ])('%s is refused with its line', (_fault, line, field, remedy) => {
    expect(rules([fee.replace('1.013227', '1.013228'), line])).toMatchObject({ taken: ['1.013228'], problems: expect.arrayContaining([expect.objectContaining({ line: 3, field, remedy: expect.objectContaining({ en: expect.stringContaining(remedy) }) })]) });
  });
});

describe('a file of decisions that contradicts itself or is not understood', () => {
  const lines = (header: string, ...rows: readonly string[]) => importRules([header, ...rows, ''].join('\n'), base, emptyOffice), header = 'MaTTHC,VanBan,TuNgay,ThoiGian,TenPhi,Phi';
  const first = '1.013227,01/2026/NQ-HĐND,2026-01-01,,Phí thẩm định,15000';

  test('two fees of one day in two lines: the first stands, the second is told with the line of the first', () => {
    const found = lines(header, first, first.replace('Phí thẩm định,15000', 'Lệ phí cấp,20000'), '1.013227,01/2026/NQ-HĐND,2026-01-01,3wd,,');
    expect(found).toMatchObject({ taken: ['1.013227', '1.013227'], problems: [{ line: 3, field: 'Phi', problem: { en: expect.stringContaining('line 2 says something else') } }] });
    expect(found.office.rules.flatMap((one) => one.fees ?? []).map((one) => one.amount.counter)).toEqual([15_000]);
  });

  test('one decision twice in the same words is one', () => {
    expect(lines(header, first, first)).toMatchObject({ taken: ['1.013227'], unchanged: ['1.013227'], problems: [] });
  });

  test('what is wrong with a limit is told once, whatever the ways of filing', () => {
    expect(lines(header, '1.013227,01/2026/NQ-HĐND,2026-01-01,9wd,,').problems.map((one) => [one.field, one.problem.en])).toEqual([['ThoiGian', '9wd is longer than the national 5wd']]);
  });

  test.each(['Phí', 'Denngay', 'GhiChu'])('a column %s that nobody reads', (column) => {
    expect(() => lines(`${header},${column}`, `${first},x`)).toThrow(`the header has ${column}, which nobody reads`);
  });
});

describe('a reform that is published while the hub runs', () => {
  const reform: Reform = { reform: 'thu', from: '2027-01-01', source: { act: 'NQ thử', status: 'read' }, areas: [{ merge: ['20194', '20197'], into: { code: '20194', name: { vi: 'Phường Bắc', en: 'Bắc Ward' } } }] };
  const heir = (live: ReturnType<typeof liveReference>): string | undefined => live.reference.officeNow('police-20197-202507', '2027-01-01')?.id;

  test('is in force for those who hold the reference, over a restart, too; taken back it is gone', () => {
    const live = liveReference(folder, base), { reference } = live;
    expect([live.refresh().outcome, live.places]).toEqual(['unchanged', '']);
    writeReforms(folder, [reform]);
    expect(live.refresh()).toMatchObject({ outcome: 'taken', digest: reference.digest });
    expect([heir(live), reference.areasNow('20197@2025-07-01', '2027-01-01')[0]?.name.vi, live.places === '']).toEqual(['police-20194-202701', 'Phường Bắc', false]);
    const restarted = liveReference(folder, base);
    expect([heir(restarted), restarted.refresh().outcome, restarted.places === live.places]).toEqual(['police-20194-202701', 'unchanged', true]);
    writeReforms(folder, []);
    expect([live.refresh().outcome, heir(live)]).toEqual(['taken', 'police-20197-202507']);
  });

  test('what is wrong is told with file, line and remedy, and the last good state stays', () => {
    const live = liveReference(folder, base);
    writeReforms(folder, [reform]);
    live.refresh();
    writeReforms(folder, [reform, { ...reform, reform: 'sau', from: '2028-01-01', areas: [{ rename: '20200', name: { vi: 'Phường Nam', en: 'Nam Ward' } }, { rename: '20197', name: { vi: 'x', en: 'x' } }] }]);
    const told = { file: 'reforms.json', line: 8, problem: 'area 20197 does not exist on 2027-12-31' };
    expect(live.refresh()).toMatchObject({ outcome: 'refused', findings: [told] });
    expect(heir(live)).toBe('police-20194-202701');
    writeFileSync(join(folder, 'reforms.json'), '{"reforms":');
    expect(live.refresh()).toMatchObject({ outcome: 'refused', findings: [{ file: 'reforms.json', remedy: expect.stringMatching(/./) }] });
    expect([heir(live), heir(liveReference(folder, base))]).toEqual(['police-20194-202701', 'police-20194-202701']);
  });

  test.each<[string, Reform['areas'], string]>([
    ['two successors without a rule', [{ split: '20194', into: [{ code: '20194', name: { vi: 'A', en: 'A' } }, { code: '20198', name: { vi: 'B', en: 'B' } }] } as never], 'two successors without a rule'],
    ['a successor that does not exist', [{ split: '20194', otherwise: '20199', into: [{ code: '20194', name: { vi: 'A', en: 'A' } }, { code: '20198', name: { vi: 'B', en: 'B' } }] }], '20199 is none of the parts'],
    ['a hamlet in two parts', [{ split: '20194', otherwise: '20194', into: [{ code: '20194', name: { vi: 'A', en: 'A' }, addresses: ['tổ 1'] }, { code: '20198', name: { vi: 'B', en: 'B' }, agency: 'H17.901', addresses: ['tổ 1'] }] }], 'tổ 1 lies in two parts'],
  ])('%s is refused with file, line and remedy, and the hub goes on', (_what, areas, problem) => {
    const live = liveReference(folder, base), before = live.reference.digest;
    writeReforms(folder, [{ ...reform, areas }]);
    expect(live.refresh()).toMatchObject({ outcome: 'refused', findings: expect.arrayContaining([expect.objectContaining({ file: 'reforms.json', line: expect.any(Number) as number, problem: expect.stringContaining(problem), remedy: expect.stringMatching(/./) })]) });
    expect(live.reference.digest).toBe(before);
  });

  test('a province may keep areas and offices of its own; they are judged as a release is', () => {
    const { before, reform: july } = julyReform(base, '2026-11-01');
    writePlaceText(folder, 'areas.json', JSON.stringify(before.areas));
    const file = (offices: typeof before.offices): void => writePlaceText(folder, 'offices.json', JSON.stringify({ sources: { all: { act: 'thử', status: 'read' } }, offices: offices.map((one) => ({ ...one, source: 'all' })) }));
    file(before.offices);
    const live = liveReference(folder, base);
    expect(live.refresh()).toMatchObject({ outcome: 'taken' });
    expect([live.reference.areas.filter((one) => one.level === 'commune').length, live.reference.office('police-20194-202507')]).toEqual([281, undefined]);
    writeReforms(folder, [july]);
    expect([live.refresh().outcome, live.reference.officeNow('business-490-202501', '2026-11-01')?.id]).toEqual(['taken', 'business-20197-202507']);
    file(before.offices.filter((one) => one.id !== 'police-20194-202501'));
    expect(live.refresh()).toMatchObject({ outcome: 'refused', findings: expect.arrayContaining([expect.objectContaining({ file: 'offices.json', problem: expect.stringContaining('no office bears role police for 1 communes (20194@2025-01-01)') })]) });
  });
});
