import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargeFor, codesIn, lineFor, maxCodes, referenceIn, transferName, transferOf, transferReference } from '../src/rules-transfer.ts';
import type { Owed, StatementLine } from '../src/rules-transfer.ts';

describe('what a payer writes', () => {
  const code = 'H17.125.02-261124-0001';
  test.each<[string, string | null]>([
    // text                                         the code that is found in it
    [code, code],
    ['Nộp phí hồ sơ h17.125.02-261124-0001', code],
    ['NOP PHI HS H17 125 02 261124 0001 NGUYEN VAN A', code],
    ['NOP PHI H17.125.02 261124 0001.CT tu 0123456789', code],
    ['FT26328 H17.125.02\u2013261124\u20130001', code],
    ['NOP PHI H17125022611240001 NGUYEN VAN A', code],
    ['NOPPHIH1712502-261124-0001CT0123', code],
    ['H1712502 261124 0001', code],
    ['H1712502261324000', null],
    ['000.00.01.H47-220919-0001 le phi', '000.00.01.H47-220919-0001'],
    ['H57.132-260804-0583', 'H57.132-260804-0583'],
    ['H17.125.02-261324-0001', null],
    ['H17.125.02-261124-0000', null],
    ['H17.125.02-261124-R0001', null],
    ['chuyen tien', null],
    ['', null],
    ['0123456789 261124 0001', null],
  ])('"%s" names %s', (text, expected) => {
    const found = codesIn(text);
    if (expected === null) expect(found).toEqual([]);
    else expect(found).toContain(expected);
  });

  test('is read in bounded time, and never gives more than so many', () => {
    fc.assert(fc.property(fc.string({ maxLength: 600, unit: fc.constantFrom('H', '1', '7', '.', ' ', '-', '261124', '0001') }), (text) => { expect(codesIn(text).length).toBeLessThanOrEqual(maxCodes); }));
    expect(codesIn('H1 '.repeat(200))).toEqual([]);
  });
});

describe('an amount', () => {
  const owed = (charge: string, amount: number, isOpen = true): Owed => ({ charge, amount, isOpen });
  test.each<[string, number, readonly Owed[], string]>([
    // what is owed                                 amount  charges                                       what it pays, or why nothing
    ['the only one', 50_000, [owed('a', 50_000)], 'a'],
    ['the one of that amount', 50_000, [owed('a', 20_000), owed('b', 50_000)], 'b'],
    ['the first of two like it', 50_000, [owed('a', 50_000), owed('b', 50_000)], 'a'],
    ['not one that is paid', 50_000, [owed('a', 50_000, false), owed('b', 50_000)], 'b'],
    ['the only one, and more', 60_000, [owed('a', 50_000)], 'a'],
    ['less than the only one', 40_000, [owed('a', 50_000)], 'AMOUNT_PARTIAL 50000'],
    ['two at once', 70_000, [owed('a', 20_000), owed('b', 50_000)], 'AMOUNT_DIFFERS 70000'],
    ['all are paid', 50_000, [owed('a', 50_000, false)], 'CHARGE_NOT_OPEN 0'],
    ['nothing is owed', 50_000, [], 'CHARGE_NOT_OPEN 0'],
  ])('%s', (_what, amount, charges, expected) => {
    const chosen = chargeFor(amount, charges);
    expect('charge' in chosen ? chosen.charge.charge : `${chosen.reason} ${chosen.due}`).toBe(expected);
  });
});

describe('a transfer that a counter records', () => {
  const line = (name: string, aside: number, allocated = false): StatementLine => ({ folder: `of ${name}`, name, aside, allocated });
  test.each<[string, string, readonly StatementLine[], string | null]>([
    // what stands on the statement                 it records      lines of that reference                              paid out of, or refused; null: of its own
    ['nothing', 'KBNN|FT1', [], null],
    ['the same, set aside', 'KBNN|FT1', [line('KBNN|FT1', 50_000)], 'of KBNN|FT1'],
    ['the same, and more of it', 'KBNN|FT1', [line('KBNN|FT1', 60_000)], 'of KBNN|FT1'],
    ['the same, and too little', 'KBNN|FT1', [line('KBNN|FT1', 49_999)], 'AMOUNT_PARTIAL'],
    ['the same, for another charge', 'KBNN|FT1', [line('KBNN|FT1', 0, true)], 'REFERENCE_USED'],
    ['the same, for another charge and something over', 'KBNN|FT1', [line('KBNN|FT1', 50_000, true)], 'REFERENCE_USED'],
    ['the same, and it went back', 'KBNN|FT1', [line('KBNN|FT1', 0)], 'REFERENCE_USED'],
    ['that reference and amount of a bank called otherwise', 'KHO BẠC|FT1', [line('KBNN|FT1', 50_000)], 'TRANSFER_ON_STATEMENT'],
    ['that reference of another bank over another amount', 'VCB|FT1', [line('KBNN|FT1', 60_000)], null],
    ['that reference of another bank, for a charge', 'VCB|FT1', [line('KBNN|FT1', 50_000, true)], null],
    ['that reference of another bank, and it went back', 'VCB|FT1', [line('KBNN|FT1', 0)], null],
    ['both, and the same goes first', 'KBNN|FT1', [line('VCB|FT1', 50_000), line('KBNN|FT1', 50_000)], 'of KBNN|FT1'],
    ['another reference of the same bank', 'KBNN|FT2', [line('KBNN|FT1', 50_000)], null],
  ])('%s', (_what, name, lines, expected) => {
    const found = lineFor(name, 50_000, lines);
    expect(found === null ? null : 'refusal' in found ? found.refusal.code : found.folder).toBe(expected);
  });

  test.each([['kbnn', 'ft/1', 'KBNN|FT/1', 'FT/1'], ['Ngân hàng', 'a|b', 'NGÂN HÀNG|A|B', 'A|B'], ['Ngân hàng|a', 'b', 'NGÂN HÀNG A|B', 'B'],
    ['VCB', 'FT 26\u00a0334', 'VCB|FT26334', 'FT26334'], ['VCB', 'F\u00adT26334\u200b', 'VCB|FT26334', 'FT26334'], ['ＶＣＢ', 'ＦＴ26334', 'VCB|FT26334', 'FT26334'], ['Ngân\u00a0 hàng\ufeff', 'b', 'NGÂN HÀNG|B', 'B']])('%s %s is one name for whoever writes it', (bank, reference, name, own) => {
    expect([transferName(bank, reference), referenceIn(name), transferOf(transferReference(name))]).toEqual([name, own, name]);
  });
});
