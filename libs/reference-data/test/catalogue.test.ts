/** What the catalogue promises to cover, and that its files are what its rows say. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Procedure } from '@lienthong/law';
import { loadReference, releasedData } from '../src/index.ts';
import { parseCsv } from '../src/csv.ts';
import { generatedFiles } from '../scripts/generate-procedures.ts';

const reference = loadReference();
const national = parseCsv(readFileSync(join(releasedData, 'national/procedures.csv'), 'utf8'));
const latest = (code: string): Procedure => reference.procedures.findLast((one) => one.code === code)!;
const codes = [...new Set(reference.procedures.map((one) => one.code))];
const flagged = (flag: string): string[] => codes.filter((code) => latest(code).facts!.flags.includes(flag));

describe('the files', () => {
  test('are what the rows and the national lists give', () => {
    const generated = generatedFiles();
    for (const [path, body] of generated) expect(existsSync(join(releasedData, path)) ? readFileSync(join(releasedData, path), 'utf8') : 'missing', `${path}: run node scripts/generate-procedures.ts`).toBe(body);
    expect(readdirSync(join(releasedData, 'procedures')).sort()).toEqual([...generated.keys()].filter((one) => one.startsWith('procedures')).map((one) => one.slice('procedures/'.length)).sort());
  });
});

describe('the catalogue', () => {
  test('holds every procedure of the national list', () => {
    expect(codes.toSorted()).toEqual(national.map((one) => one['code']).toSorted());
  });

  test('has a typed route for every procedure that was read', () => {
    const read = national.filter((one) => one['status'] === 'read').map((one) => one['code']!);
    expect(read).toHaveLength(96);
    expect(read.filter((code) => latest(code).facts!.route !== 'typed')).toEqual([]);
  });

  test('lists every published result: a leg issues it, or it is told that none does', () => {
    for (const row of national) {
      const { legs, facts } = latest(row['code']!), issued = legs.flatMap((one) => one.results), others = (facts!.notIssued ?? []).map((one) => one.code);
      const published = [...row['results']!.matchAll(/\(([^()]+)\)(?:; |$)/g)].map(([, code]) => code!);
      expect(published.filter((code) => !issued.includes(code) && !others.includes(code)), row['code']).toEqual([]);
      expect(others.filter((code) => issued.includes(code)), row['code']).toEqual([]);
    }
  });

  test('marks what was not read, with the reason', () => {
    expect(flagged('to-confirm').toSorted()).toEqual(national.filter((one) => one['status'] === 'to confirm').map((one) => one['code']).toSorted());
    for (const code of flagged('to-confirm')) expect(latest(code).source).toMatchObject({ status: 'to-confirm', note: expect.stringMatching(/.{20,}/) });
    expect(flagged('default-route')).toHaveLength(10);
  });

  test('decides every contradiction of the published time, with day and reason', () => {
    const silent = national.filter((one) => /time differs by channel|unit missing|time empty/.test(one['flags']!)).map((one) => latest(one['code']!)).filter((one) => !one.facts!.decisions.some(({ field, on, reason }) => /^(limit|caseLimits)/.test(field) && on >= '2026-01-01' && reason !== ''));
    expect(silent.map((one) => one.code)).toEqual([]);
  });

  test.each(['fee differs by channel', 'executing field names a trade union', 'executing field names a Hà Nội body', 'executing field names a steering committee office'])('decides: %s', (flag) => {
    const rows = national.filter((one) => one['flags']!.split('; ').includes(flag));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(latest(row['code']!).facts!.decisions.map(({ field }) => field)).toContain(flag.startsWith('fee') ? 'fees' : 'facts.accountable');
  });

  test('decides every note of a fee, with day and reason: none is left beside its field without a word', () => {
    const noted = national.filter((one) => one['status'] === 'read' && one['fee_note'] !== '');
    expect(noted.length).toBeGreaterThan(60);
    expect(noted.filter((one) => !latest(one['code']!).facts!.decisions.some(({ field, on, reason }) => field === 'fees' && on >= '2026-01-01' && reason !== '')).map((one) => one['code'])).toEqual([]);
  });

  test('has every paper of the national list; the form that is filled in online is the paper one through another door', () => {
    const papers = parseCsv(readFileSync(join(releasedData, 'national/procedure-documents.csv'), 'utf8')), online = /\(trực tuyến\)$/;
    const left = papers.filter((one) => codes.includes(one['procedure_code']!) && !latest(one['procedure_code']!).documents.some(({ name }) => name.vi === one['document_name_short']) && !online.test(one['document_name_short']!));
    expect(left.map((one) => `${one['procedure_code']} ${one['n']} ${one['document_name_short']}`)).toEqual([]);
  });

  test('asks one applicant for less than the union of all cases', () => {
    const first = latest('1.013978');
    const asked = (chosen: string): string[] => first.documents.filter((one) => one.optional !== true && (one.cases === undefined || one.cases.includes(chosen))).map((one) => one.code);
    expect(first.documents).toHaveLength(15);
    expect([asked('with-papers'), asked('without-papers'), asked('inherited')]).toEqual([['application-form', 'land-papers'], ['application-form'], ['application-form', 'inheritance-papers']]);
  });

  test.each([
    ['1.004859', 'addition', '1wd'], ['1.004859', 'change', undefined], ['1.013229', 'house', '15d'], ['2.000575', 'reissue', '1wd'], ['1.010041', 'in-database', '1wd'],
  ])('%s in case %s has a limit of its own: %s', (code, chosen, limit) => {
    expect(latest(code).caseLimits?.[chosen]).toBe(limit);
  });

  test.each([
    ['1.012796', '20900', '2025-06-30', 'land-registration', 'land-515-202501'], ['2.000528', '20900', '2025-06-30', 'civil-status-foreign', 'committee-515-202501'], ['2.000528', '20900', '2025-07-01', 'civil-status-foreign', 'committee-20900-202507'],
    ['1.013823', '20900', '2025-07-01', 'province-committee', 'committee-48-202507'], ['1.010824', '20900', '2025-03-01', 'department-home-affairs', 'home-affairs-49-202501'],
  ])('%s in %s on %s: %s is %s', (_code, area, on, role, office) => {
    expect(reference.competentOffice(role, reference.areaByCode(area, on)!.id, on)?.id).toBe(office);
  });
});
