import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alreadyHeld, documentStandings, evidenceToRead, missingOf } from '../src/once-only.ts';
import type { RegisterFact } from '../src/once-only.ts';
import type { DocumentRecord, RequiredDocument } from '../src/types.ts';

const name = { vi: 'Giấy tờ', en: 'Paper' };
const required: readonly RequiredDocument[] = [
  { code: 'application', name, originals: 1, copies: 0 },
  { code: 'certificate', name, originals: 1, copies: 0, evidence: { service: 'cadastre', fact: 'certificate', subject: 'parcel' } },
  { code: 'contract', name, originals: 1, copies: 0, cases: ['sale'] },
  { code: 'will', name, originals: 1, copies: 0, cases: ['inheritance'] },
  { code: 'mandate', name, originals: 0, copies: 1, optional: true },
];
const upload = (document: string): DocumentRecord => ({ document, origin: { type: 'upload', digest: 'd', size: 1, mediaType: 'application/pdf' } });
const presented = (document: string): DocumentRecord => ({ document, origin: { type: 'presented' } });
const fact = (change: Partial<RegisterFact> = {}): RegisterFact => ({ service: 'cadastre', office: 'branch-502', fact: 'certificate', evidenceId: 'e1', readAt: 5, ...change });

describe('how required documents stand', () => {
  test.each([
    ['nothing brought', 'sale', [], [], 'application:missing certificate:missing contract:missing mandate:optional'],
    ['the other case', 'inheritance', [], [], 'application:missing certificate:missing will:missing mandate:optional'],
    ['brought', 'sale', [upload('application'), presented('certificate'), upload('mandate')], [], 'application:upload certificate:presented contract:missing mandate:upload'],
    ['held by a register', 'sale', [upload('application')], [fact()], 'application:upload certificate:evidence contract:missing mandate:optional'],
    ['brought though a register holds it', 'sale', [upload('certificate')], [fact()], 'application:missing certificate:upload contract:missing mandate:optional'],
    ['another fact of the same register', 'sale', [], [fact({ fact: 'mortgage' })], 'application:missing certificate:missing contract:missing mandate:optional'],
    ['the same fact of another register', 'sale', [], [fact({ service: 'elsewhere' })], 'application:missing certificate:missing contract:missing mandate:optional'],
  ])('%s', (_why, chosenCase, given, facts, result) => {
    expect(documentStandings(required, chosenCase, given, facts).map((one) => `${one.document.code}:${one.by === 'missing' && one.optional ? 'optional' : one.by}`).join(' ')).toBe(result);
  });

  test('the latest reading is the evidence', () => {
    const [, certificate] = documentStandings(required, 'sale', [], [fact({ evidenceId: 'new', readAt: 9 }), fact({ evidenceId: 'old', readAt: 3 })]);
    expect(certificate).toMatchObject({ record: { document: 'certificate', origin: { type: 'evidence', service: 'cadastre', office: 'branch-502', fact: 'certificate', evidenceId: 'new', readAt: 9 } } });
  });

  test('what is missing stands in the way, what is optional does not', () => {
    expect(missingOf(documentStandings(required, 'sale', [upload('application')], [fact()])).map((one) => one.code)).toEqual(['contract']);
  });

  test('registers are asked for what nobody brought', () => {
    expect(evidenceToRead(required, 'sale', [upload('application')]).map((one) => one.code)).toEqual(['certificate']);
    expect(evidenceToRead(required, 'sale', [presented('certificate')])).toEqual([]);
  });
});

describe('nobody is asked for what is held', () => {
  test.each([
    [['certificate'], [fact()], [{ document: 'certificate', office: 'branch-502', evidenceId: 'e1', fact: 'certificate', readAt: 5 }]],
    [['contract', 'certificate'], [fact()], [{ document: 'certificate', office: 'branch-502', evidenceId: 'e1', fact: 'certificate', readAt: 5 }]],
    [['contract'], [fact()], []],
    [['certificate'], [], []],
    [['certificate'], [fact({ fact: 'mortgage' })], []],
  ])('%j with %j', (wanted, facts, held) => {
    expect(alreadyHeld(wanted, required, facts)).toEqual(held);
  });

  test('what is held is never both asked for and missing', () => {
    const facts = fc.array(fc.record({ service: fc.constantFrom('cadastre', 'elsewhere'), fact: fc.constantFrom('certificate', 'mortgage'), readAt: fc.nat(9) }).map((change) => fact(change)), { maxLength: 4 });
    const given = fc.subarray(required.map((one) => one.code)).map((codes) => codes.map(upload));
    fc.assert(fc.property(facts, given, fc.constantFrom('sale', 'inheritance'), (found, brought, chosenCase) => {
      const missing = missingOf(documentStandings(required, chosenCase, brought, found)).map((one) => one.code);
      expect(alreadyHeld(missing, required, found)).toEqual([]);
    }));
  });
});
