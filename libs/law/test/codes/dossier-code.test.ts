import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeGrammars, isCodeRefusal, parseAgencyCode, parseCode, parseProcedureCode, printCode } from '../../src/codes/index.ts';
import type { CodeGrammar, DossierCode } from '../../src/codes/index.ts';

const shown = (result: DossierCode | object): string => ('agency' in result && 'sequence' in result ? `${result.agency} ${result.date} ${result.rehearsal ? 'rehearsal ' : ''}${result.sequence}` : JSON.stringify(result));
const bad = (text: string, problem: string): string => JSON.stringify({ refused: 'BAD_CODE', text, problem });

describe('dossier codes read', () => {
  test.each([
    ['000.00.01.H47-220919-0001', '000.00.01.H47 2022-09-19 1'],
    ['001.00.10.H47-250630-9999', '001.00.10.H47 2025-06-30 9999'],
    ['H57.132-260804-0583', 'H57.132 2026-08-04 583'],
    ['H15.50.05.13-261008-0975', 'H15.50.05.13 2026-10-08 975'],
    ['H17.10.20.30.40-261008-0975', 'H17.10.20.30.40 2026-10-08 975'],
    ['H57.132-260804-R0001', 'H57.132 2026-08-04 rehearsal 1'],
    ['000.00.01.H47-240229-R0012', '000.00.01.H47 2024-02-29 rehearsal 12'],
    // as people type and paste it
    ['  h57.132-260804-0583 ', 'H57.132 2026-08-04 583'],
    ['h57.132 - 260804 - r0001', 'H57.132 2026-08-04 rehearsal 1'],
    ['H57.132–260804—0583', 'H57.132 2026-08-04 583'],
    ['H57.132\u00a0-\u200b260804‑0583\n', 'H57.132 2026-08-04 583'],
    ['Ｈ５７．１３２－２６０８０４－０５８３', 'H57.132 2026-08-04 583'],
  ])('%j: %s', (text, result) => {
    expect(shown(parseCode(text))).toBe(result);
  });

  test.each([
    ['', 'form'], ['H57.132', 'form'], ['H57.132-260804', 'form'], ['H57.132-260804-583', 'form'], ['H57.132-260804-00583', 'form'], ['H57.132-260804-10000', 'form'], ['H57-260804-0583', 'form'],
    ['H57.1-260804-0583', 'form'], ['H57.1322-260804-0583', 'form'], ['H57.10.20.30.40.50-260804-0583', 'form'], ['000.00.H47-220919-0001', 'form'], ['0000.00.01.H47-220919-0001', 'form'],
    ['H57.132-20260804-0583', 'form'], ['H57.132-260804-X0001', 'form'], ['H57.132-260804-0583-1', 'form'], ['H57132-260804-0583', 'form'], ['x'.repeat(200), 'form'],
    ['H57.132-260230-0583', 'date'], ['H57.132-261301-0583', 'date'], ['H57.132-230229-0583', 'date'], ['H57.132-260804-0000', 'sequence'], ['H57.132-260804-R0000', 'sequence'],
    ['H57.132-190804-0583', 'not-in-force'], ['000.00.01.H47-180919-0001', 'not-in-force'],
  ])('%j is refused: %s', (text, problem) => {
    expect(shown(parseCode(text))).toBe(bad(text, problem));
  });

  test('the day by which a grammar is judged can be given', () => {
    expect(shown(parseCode('H57.132-260804-0583', '2020-09-14'))).toBe(bad('H57.132-260804-0583', 'not-in-force'));
    expect(shown(parseCode('H57.132-190804-0583', '2026-08-04'))).toBe('H57.132 2019-08-04 583');
  });
});

describe('dossier codes written', () => {
  const code = (change: Partial<DossierCode>): DossierCode => ({ agency: 'H57.132', date: '2026-08-04', sequence: 583, rehearsal: false, ...change });
  test.each([
    [{}, 'H57.132-260804-0583'],
    [{ rehearsal: true, sequence: 1 }, 'H57.132-260804-R0001'],
    [{ agency: '000.00.01.H47', date: '2022-09-19', sequence: 1 }, '000.00.01.H47-220919-0001'],
    [{ agency: ' h57.132' }, 'H57.132-260804-0583'],
    [{ sequence: 9999 }, 'H57.132-260804-9999'],
    [{ sequence: 10000 }, '{"refused":"SEQUENCE_EXHAUSTED","agency":"H57.132","date":"2026-08-04","last":9999}'],
    [{ rehearsal: true, sequence: 10000 }, '{"refused":"SEQUENCE_EXHAUSTED","agency":"H57.132","date":"2026-08-04","last":9999}'],
    [{ agency: 'Hội An' }, '{"refused":"BAD_AGENCY_CODE","text":"Hội An","on":"2026-08-04"}'],
    [{ date: '2020-09-14' }, '{"refused":"BAD_AGENCY_CODE","text":"H57.132","on":"2020-09-14"}'],
    [{ date: '2026-02-30' }, '{"refused":"BAD_CODE","text":"2026-02-30","problem":"date"}'],
    [{ date: '2100-01-01' }, '{"refused":"BAD_CODE","text":"2100-01-01","problem":"date"}'],
  ])('%j: %s', (change, result) => {
    const printed = printCode(code(change));
    expect(isCodeRefusal(printed) ? JSON.stringify(printed) : printed).toBe(result);
  });

  test('a sequence is a whole number from 1', () => {
    for (const sequence of [0, -1, 1.5, NaN, Infinity]) expect(() => printCode(code({ sequence }))).toThrow(RangeError);
  });
});

describe('a grammar whose sequence may grow', () => {
  const growing: CodeGrammar = { id: 'growing', agency: { unit: 'first', groups: [{ min: 2, max: 2 }], required: 0 }, sequence: { digits: 4, widest: 6 }, validFrom: '2027-01-01', validTo: '2027-12-31', source: { act: 'test', status: 'decided' } };
  test.each([
    [9999, 'H17-270301-9999'], [10_000, 'H17-270301-10000'], [999_999, 'H17-270301-999999'], [1_000_000, '{"refused":"SEQUENCE_EXHAUSTED","agency":"H17","date":"2027-03-01","last":999999}'],
  ])('%d: %s', (sequence, result) => {
    const printed = printCode({ agency: 'H17', date: '2027-03-01', sequence, rehearsal: false }, '2027-03-01', [growing]);
    expect(isCodeRefusal(printed) ? JSON.stringify(printed) : printed).toBe(result);
    if (!isCodeRefusal(printed)) expect(parseCode(printed, undefined, [growing])).toMatchObject({ sequence });
  });

  test('a number has one way of writing it', () => {
    expect(parseCode('H17-270301-00583', undefined, [growing])).toEqual({ refused: 'BAD_CODE', text: 'H17-270301-00583', problem: 'sequence' });
  });

  test('it ends with its last day', () => {
    expect(parseCode('H17-280101-0583', undefined, [growing])).toEqual({ refused: 'BAD_CODE', text: 'H17-280101-0583', problem: 'not-in-force' });
  });
});

describe('whatever the code', () => {
  const digits = (n: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: 10 ** n - 1 }).map((value) => String(value).padStart(n, '0'));
  const unit = fc.tuple(fc.constantFrom('H', 'G'), digits(2)).map(([letter, number]) => letter + number);
  const first = fc.tuple(unit, fc.array(fc.oneof(digits(2), digits(3)), { minLength: 1, maxLength: 4 })).map(([head, groups]) => [head, ...groups].join('.'));
  const last = fc.tuple(digits(3), digits(2), digits(2), unit).map((parts) => parts.join('.'));
  const date = fc.tuple(fc.integer({ min: 2021, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
  const codes: fc.Arbitrary<DossierCode> = fc.record({ agency: fc.oneof(first, last), date, sequence: fc.integer({ min: 1, max: 9999 }), rehearsal: fc.boolean() });

  test('what is written reads back, and is written the same again', () => {
    fc.assert(fc.property(codes, (code) => {
      const printed = printCode(code);
      if (isCodeRefusal(printed)) throw new Error(JSON.stringify(printed));
      const read = parseCode(printed);
      expect(read).toEqual(code);
      expect(isCodeRefusal(read) ? read : printCode(read)).toBe(printed);
    }));
  });

  test('lower case and blanks change nothing', () => {
    fc.assert(fc.property(codes, fc.integer({ min: 0, max: 30 }), (code, at) => {
      const printed = printCode(code) as string, typed = `${printed.slice(0, at)} ${printed.slice(at)}`.toLowerCase();
      expect(parseCode(typed)).toEqual(code);
    }));
  });

  test('two codes are never written alike', () => {
    fc.assert(fc.property(codes, codes, (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      expect(printCode(a)).not.toBe(printCode(b));
    }));
  });

  test('one wrong character is refused or makes another code that is written so', () => {
    fc.assert(fc.property(codes, fc.nat(30), fc.constantFrom('0', '9', 'A', 'R', '-', '.', '', 'đ'), (code, at, character) => {
      const printed = printCode(code) as string, typed = printed.slice(0, at) + character + printed.slice(at + 1);
      const read = parseCode(typed);
      if (!isCodeRefusal(read)) expect(printCode(read)).toBe(typed);
    }), { numRuns: 300 });
  });
});

describe('agency codes', () => {
  test.each([
    ['001.00.10.h47', { code: '001.00.10.H47', grammar: 'tt-01-2018', unit: 'H47', groups: ['001', '00', '10'] }],
    ['H57.132', { code: 'H57.132', grammar: 'qd-20-2020', unit: 'H57', groups: ['132'] }],
    ['H15.50.05.13', { code: 'H15.50.05.13', grammar: 'qd-20-2020', unit: 'H15', groups: ['50', '05', '13'] }],
    ['G10.01', { code: 'G10.01', grammar: 'qd-20-2020', unit: 'G10', groups: ['01'] }],
  ])('%s', (text, result) => {
    expect(parseAgencyCode(text)).toEqual(result);
  });

  test.each(['', 'H57', 'H5.132', '132.H57', '01.00.10.H47', 'H57.132.', '.H57.132', 'H57..132'])('%j is refused', (text) => {
    expect(parseAgencyCode(text)).toEqual({ refused: 'BAD_AGENCY_CODE', text, on: null });
  });

  test('no code is of two grammars', () => {
    for (const text of ['001.00.10.H47', 'H57.132', 'H15.50.05.13']) {
      expect(codeGrammars.filter((grammar) => !isCodeRefusal(parseAgencyCode(text, null, [grammar])))).toHaveLength(1);
    }
  });
});

describe('procedure codes', () => {
  test.each([['1.013831', '1.013831'], [' 2.000720 ', '2.000720'], ['3.000722', '3.000722']])('%j: %s', (text, code) => {
    expect(parseProcedureCode(text)).toBe(code);
  });

  test.each(['', '1.01383', '1.0138310', '0.013831', '1013831', '1.013831.01', 'A.013831'])('%j is refused', (text) => {
    expect(parseProcedureCode(text)).toEqual({ refused: 'BAD_PROCEDURE_CODE', text });
  });
});
