import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Procedure } from '@lienthong/law';
import { csvList, importProcedures, nationalList, readDataFiles, validate } from '../src/index.ts';
import type { Import } from '../src/index.ts';

const base = readDataFiles();
const FROM = '2026-12-01';

const national = (...records: readonly object[]): string => JSON.stringify({ error_code: '0', result: records }, null, 1);
const record = (change: object = {}): object => ({
  MATTHC: '1.000001', TENTTHC: 'Cấp phép thử', LINHVUCTHUCHIEN: [{ MALINHVUC: 'G09', TENLINHVUC: 'Thử' }], COQUANTHUCHIEN: [{ TENDONVI: 'Uỷ ban nhân dân xã, phường' }], TRANGTHAI: 1,
  CACHTHUCTHUCHIEN: [{ KENH: 1, THOIGIAN: [{ THOIGIANGIAIQUYET: 8, DONVITINH: 'Ngày làm việc', PHILEPHI: [{ MAPHILEPHI: 'PLP1', SOTIEN: 30000 }] }] }, { KENH: 2, THOIGIAN: [{ THOIGIANGIAIQUYET: 18, DONVITINH: 'Ngày làm việc' }] }],
  KETQUATHUCHIEN: [{ MAKETQUA: 'KQ.G09.000001', TENKETQUA: 'Giấy phép' }], CANCUPHAPLY: [{ SOVANBAN: '31/2024/QH15', TENVANBAN: 'Luật Đất đai' }],
  THANHPHANHOSO: [{ TRUONGHOP: 'Cấp mới', GIAYTO: [{ MAGIAYTO: 'DON', TENGIAYTO: 'Đơn', SOBANCHINH: 1, SOBANSAO: 0 }] }, { TRUONGHOP: 'Cấp lại', GIAYTO: [{ MAGIAYTO: 'DON', TENGIAYTO: 'Đơn', SOBANCHINH: 1 }, { MAGIAYTO: 'CU', TENGIAYTO: 'Giấy phép cũ', SOBANSAO: 1 }] }],
  ...change,
});
const importOf = (content: string, own: readonly Procedure[] = [], from = FROM): Import => importProcedures(nationalList(content), base, own, from);
const only = (result: Import): Procedure => { expect(result.problems).toEqual([]); return result.procedures.at(-1)!; };

describe('a procedure of the national list', () => {
  const made = only(importOf(national(record())));

  test('gets the default route at the office that the list names, and says so', () => {
    expect(made.legs).toMatchObject([{ name: 'handling', role: 'peoples-committee', locality: 'subject', limit: '8wd', decides: true, results: ['KQ.G09.000001'] }]);
    expect(made.facts).toMatchObject({ route: 'default', flags: ['default-route', 'imported'], accountable: { role: 'peoples-committee' } });
    expect(made).toMatchObject({ validFrom: FROM, validTo: null, channels: ['counter', 'online'], legalBasis: ['31/2024/QH15'], source: { status: 'to-confirm' }, fees: [{ amount: { counter: 30_000, online: 0, post: 0 } }] });
  });

  test('has one limit for all doors, with the reason where they differ', () => {
    expect(made.limit).toEqual({ counter: '8wd', online: '8wd', post: '8wd' });
    expect(made.facts!.decisions).toMatchObject([{ field: 'limit', published: 'counter 8wd; online 18wd', decided: '8wd', reason: expect.stringContaining('remote communes') }]);
  });

  test('asks for the papers of one case', () => {
    expect(made.cases).toEqual(['case-1', 'case-2']);
    expect(made.documents.map(({ code, cases }) => [code, cases])).toEqual([['DON', undefined], ['CU', ['case-2']]]);
  });

  test('stands in a sound catalogue', () => {
    expect(validate({ ...base, procedures: [...base.procedures, made] })).toEqual([]);
  });
});

describe('a row that cannot be taken is told with line, field and remedy, the others are taken', () => {
  test.each([
    ['no code', { MATTHC: 'abc' }, 'MaTTHC', 'is no procedure code'],
    ['no name', { TENTTHC: '' }, 'TenTTHC', 'name is missing'],
    ['a time without unit', { CACHTHUCTHUCHIEN: [{ KENH: 1, THOIGIAN: [{ THOIGIANGIAIQUYET: 3, DONVITINH: '' }] }] }, 'ThoiGian', 'has no unit'],
    ['no time', { CACHTHUCTHUCHIEN: [] }, 'ThoiGian', 'no time limit'],
    ['an office that nobody knows', { COQUANTHUCHIEN: [{ TENDONVI: 'Văn phòng Ban chỉ đạo' }] }, 'CoQuanThucHien', 'names no office'],
    ['a role that nobody bears', { VaiTro: 'wizard' }, 'VaiTro', 'no office bears'],
    ['a limit of no day', { CACHTHUCTHUCHIEN: [{ KENH: 1, THOIGIAN: [{ THOIGIANGIAIQUYET: 0, DONVITINH: 'Ngày làm việc' }] }] }, 'ThoiGian', 'has no unit that is known'],
  ])('%s', (_fault, change, field, problem) => {
    const content = national(record(), record({ MATTHC: '1.000002', ...change }), record({ MATTHC: '1.000003' }));
    const result = importOf(content);
    expect(result.added).toEqual(['1.000001', '1.000003']);
    const line = content.split('\n').map((one, n) => (one === '  {' ? n + 1 : 0)).filter((one) => one > 0)[1];
    expect(result.problems).toMatchObject([{ line, field, problem: { en: expect.stringContaining(problem) }, remedy: { vi: expect.stringMatching(/./), en: expect.stringMatching(/./) } }]);
  });

  test('a code that stands there twice', () => {
    expect(importOf(national(record(), record()))).toMatchObject({ added: ['1.000001'], problems: [{ code: '1.000001', field: 'MaTTHC' }] });
  });

  test('a release has the last word on its own procedures', () => {
    expect(importOf(national(record({ MATTHC: '1.013831' })))).toMatchObject({ added: [], released: ['1.013831'], procedures: [] });
  });
});

describe('a list brought again', () => {
  const first = importOf(national(record())).procedures;

  test('changes nothing', () => {
    expect(importOf(national(record()), first, '2027-03-01')).toMatchObject({ unchanged: ['1.000001'], changed: [], procedures: first });
  });

  test('with other rules begins a version and ends the one before', () => {
    const later = importOf(national(record({ TENTTHC: 'Cấp phép khác' })), first, '2027-03-01');
    expect(later.changed).toEqual(['1.000001']);
    expect(later.procedures.map(({ name, validFrom, validTo }) => [name.vi, validFrom, validTo])).toEqual([['Cấp phép thử', FROM, '2027-02-28'], ['Cấp phép khác', '2027-03-01', null]]);
  });

  test('corrected on the same day takes the place of what was there', () => {
    expect(importOf(national(record({ TENTTHC: 'Cấp phép khác' })), first).procedures.map(({ name, validFrom }) => [name.vi, validFrom])).toEqual([['Cấp phép khác', FROM]]);
  });

  test('without force ends the procedure', () => {
    expect(importOf(national(record({ TRANGTHAI: 2 })), first, '2027-03-01')).toMatchObject({ ended: ['1.000001'], procedures: [{ validTo: '2027-02-28' }] });
  });
});

describe('a plain CSV', () => {
  test('needs code, name, time and office; quoted cells may run over lines', () => {
    const rows = csvList('MaTTHC,TenTTHC,CoQuanThucHien,ThoiGian,VaiTro\n1.000001,"Cấp phép,\nthử",Công an cấp xã,3 ngày làm việc,\n1.000002,Khác,,10wd,department-culture\n');
    expect(rows.map(({ line, name }) => [line, name])).toEqual([[2, 'Cấp phép,\nthử'], [4, 'Khác']]);
    const result = importProcedures(rows, base, [], FROM);
    expect(result.problems).toEqual([]);
    expect(result.procedures.map(({ legs }) => [legs[0]!.role, legs[0]!.limit])).toEqual([['police', '3wd'], ['department-culture', '10wd']]);
  });

  test.each([
    ['20000', 20_000, null], ['', null, null], ['0', null, null], ['Miễn phí', null, null], ['-5', null, '"-5" is no amount'], ['abc', null, '"abc" is no amount'], ['1.5', null, '"1.5" is no amount'], ['20.000', null, '"20.000" is no amount'], ['99999999999999999', null, '"99999999999999999" is no amount'],
  ])('a fee of "%s" is asked as %s, or told: %s', (fee, amount, problem) => {
    const found = importProcedures(csvList(`MaTTHC,TenTTHC,CoQuanThucHien,ThoiGian,Phi\n1.000001,Một,Công an cấp xã,3 ngày làm việc,${fee}\n`), base, [], FROM);
    expect([found.procedures[0]?.fees[0]?.amount.counter ?? null, found.problems.map((one) => [one.line, one.field, one.problem.en])]).toEqual([amount, problem === null ? [] : [[2, 'Phi', problem]]]);
  });

  test.each([
    ['a quote that never ends', '1.000001,"Một,x', 'line 2 begins a quote that never ends'], ['a comma outside quotes', '1.000001,Một,x,y', 'line 2 has 4 fields, the header 3'],
  ])('%s is refused with its line', (_what, line, said) => { expect(() => csvList(`MaTTHC,TenTTHC,ThoiGian\n${line}\n`)).toThrow(said); });

  test('names are one line, without what nobody sees', () => {
    const { procedures } = importProcedures(csvList('MaTTHC,TenTTHC,CoQuanThucHien,ThoiGian,ThanhPhanHoSo\n1.000001,"Cấp\u200B phép\n thử",Công an cấp xã,3 ngày làm việc,"Đơn\n\tđề nghị"\n'), base, [], FROM);
    expect(procedures.map(({ name, documents }) => [name.vi, documents[0]!.name.vi])).toEqual([['Cấp phép thử', 'Đơn đề nghị']]);
  });

  test('without its columns is refused as a whole, naming them', () => {
    expect(() => csvList('a,b\n1,2\n')).toThrow(/lacks MaTTHC, TenTTHC; columns are MaTTHC/);
  });
});

test('651 procedures come at once, and twice is once', () => {
  const content = national(...Array.from({ length: 651 }, (_, n) => record({ MATTHC: `9.${String(n).padStart(6, '0')}` })));
  const result = importOf(content);
  expect(result.added).toHaveLength(651);
  expect(importOf(content, result.procedures).procedures).toEqual(result.procedures);
});

test('whatever a record holds, it is taken or told, never thrown', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.record({ MATTHC: fc.constantFrom('1.000001', '2.000002', 'x'), TENTTHC: fc.jsonValue(), CACHTHUCTHUCHIEN: fc.jsonValue(), THANHPHANHOSO: fc.jsonValue(), CAPTHUCHIEN: fc.constantFrom('Cấp Xã', 'Cấp Tỉnh') })), { maxLength: 4 }), (records) => {
    const rows = nationalList(JSON.stringify(records, null, 1));
    const { added, problems } = importProcedures(rows, base, [], FROM);
    expect(rows).toHaveLength(records.length);
    for (const row of rows.filter(({ active }) => active)) expect([added.includes(row.code), problems.some(({ line, field }) => line === row.line && field !== '')]).toContain(true);
  }), { numRuns: 50 });
});
