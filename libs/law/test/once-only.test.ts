import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyDossier } from '../src/dossier.ts';
import type { Dossier } from '../src/dossier.ts';
import { groundRefusal } from '../src/legal-ground.ts';
import { alreadyHeld, documentStandings, evidenceToRead, missingOf, notAskedAgain, silentFor, silentRegisterGround } from '../src/once-only.ts';
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

describe('a register that is silent', () => {
  const silent = (document: string): { document: string; service: string; at: number; ground: string } => ({ document, service: 'cadastre', at: 5, ground: silentRegisterGround });
  test.each<[string, readonly string[], readonly string[], string]>([
    ['stands in the way of what is missing', ['certificate'], ['certificate'], 'certificate'], ['not of what was brought', [], ['certificate'], ''], ['not of what it does not hold', ['application'], ['certificate'], ''],
    ['of each that it holds', ['certificate', 'application'], ['certificate', 'mandate'], 'certificate'],
  ])('%s', (_what, missing, asked, expected) => {
    expect(silentFor(required.filter((one) => missing.includes(one.code)), asked.map(silent)).map((one) => one.document).join(' ')).toBe(expected);
  });
  test('is a ground as the law wants one', () => { expect(groundRefusal(silentRegisterGround)).toBeNull(); });
});

describe('what was not asked for again', () => {
  const evidenceOf = (document: string): DocumentRecord => ({ document, origin: { type: 'evidence', service: 'cadastre', office: 'branch-502', fact: 'certificate', evidenceId: 'e1', readAt: 5 } });
  const day = Date.parse('2026-03-02T09:00:00+07:00'), next = day + 86_400_000;
  /** As received, and what offices attached later. */
  const dossier = (received: readonly DocumentRecord[], attached: readonly DocumentRecord[] = []): Dossier => ({
    ...emptyDossier('f'), root: { receivedAt: day, body: { documents: received, counter: 'counter-1' } },
    entries: attached.map((document) => ({ kind: 'evidence-attached', effectiveAt: next, body: { document, by: { office: 'branch-502', officer: 'cb' } } })),
  }) as unknown as Dossier;
  const told = (one: Dossier): string => notAskedAgain(one).map(({ document, date, office }) => `${document} ${date} ${office}`).join('; ');

  test.each<[string, Dossier, string]>([
    ['nothing before receipt', emptyDossier('f'), ''], ['papers do not count', dossier([upload('application'), presented('certificate')]), ''],
    ['at receipt, by the counter', dossier([upload('application'), evidenceOf('certificate')]), 'certificate 2026-03-02 counter-1'],
    ['attached later, by the office', dossier([], [evidenceOf('certificate')]), 'certificate 2026-03-03 branch-502'],
    ['what was brought first was asked for', dossier([presented('certificate')], [evidenceOf('certificate')]), ''],
    ['attached again, it counts once and where it was first', dossier([evidenceOf('certificate')], [evidenceOf('certificate'), evidenceOf('mandate')]), 'certificate 2026-03-02 counter-1; mandate 2026-03-03 branch-502'],
  ])('%s', (_what, given, expected) => { expect(told(given)).toBe(expected); });

  test('each document once, and none that a register did not give first', () => {
    const record = fc.constantFrom('application', 'certificate', 'mandate').chain((code) => fc.constantFrom(upload(code), presented(code), evidenceOf(code)));
    fc.assert(fc.property(fc.array(record), fc.array(record), (received, attached) => {
      const counted = notAskedAgain(dossier(received, attached)).map((one) => one.document);
      const all = [...received, ...attached], given = new Set(all.filter((one, n) => one.origin.type === 'evidence' && all.findIndex((other) => other.document === one.document) === n).map((one) => one.document));
      expect(counted.sort()).toEqual([...given].sort());
    }));
  });
});
