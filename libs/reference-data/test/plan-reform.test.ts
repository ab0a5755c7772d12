/** What a reform would touch, as rows of a table: each open item by what becomes of it. */
import { describe, expect, test } from 'vitest';
import { applyReform, buildReference, planReform, readDataFiles } from '../src/index.ts';
import type { OpenItem, Reform, ReformPlan, RegisterRows } from '../src/index.ts';

const released = readDataFiles(), FROM = '2027-01-01';
const name = (vi: string): { vi: string; en: string } => ({ vi, en: vi });
const reform: Reform = {
  reform: 'thu', from: FROM, source: { act: 'NQ thử', status: 'read' },
  areas: [
    { merge: ['20197', '20200'], into: { code: '20197', name: name('Phường Gộp') } },
    { split: '20194', into: [{ code: '20194', name: name('Phường Một') }, { code: '20198', name: name('Phường Hai'), agency: 'H17.901' }], otherwise: '20194' },
  ],
};
const after = applyReform(released, reform);
if ('findings' in after) throw new Error(JSON.stringify(after.findings[0]));
const [was, is] = [buildReference(released, ''), buildReference(after.data, '')];

const item = (more: Partial<OpenItem>): OpenItem => ({ code: 'H', procedure: '1.001193', counter: 'counter-20410-202507', returnOffice: 'counter-20410-202507', areas: { subject: '20410@2025-07-01' }, legs: [], openCharges: 0, rehearsal: false, sought: [], ...more });
const leg = (office: string, area: string, role = 'civil-status'): OpenItem['legs'][number] => ({ leg: 'i', name: 'registration', role, office, area });
const plan = (items: readonly OpenItem[], rows: readonly RegisterRows[] = []): ReformPlan => planReform({ before: was, after: is, from: FROM, items, rows });
const told = (one: OpenItem): string => plan([one]).dossiers.flatMap(({ moves, addresses, openCharges }) => [...moves.map((move) => `${move.item}: ${move.to || (move.noSuccessor ? 'none' : `ask ${move.ask.join(' ')}`)}`), ...addresses.map(({ of, to }) => `${of} → ${to.join(' ')}`), ...(openCharges === 0 ? [] : [`charges ${openCharges}`])]).join('; ');

describe('an open dossier', () => {
  test.each<[string, OpenItem, string]>([
    ['elsewhere', item({ legs: [leg('committee-20410-202507', '20410@2025-07-01')] }), ''],
    ['with a leg in a merged commune', item({ legs: [leg('committee-20200-202507', '20200@2025-07-01')], openCharges: 1 }), 'registration: committee-20197-202701; charges 1'],
    ['at a counter of a merged commune', item({ counter: 'counter-20200-202507' }), 'counter: counter-20197-202701'],
    ['that is returned in a split commune', item({ returnOffice: 'counter-20194-202507' }), 'return: counter-20194-202701'],
    ['with a leg in a split commune', item({ legs: [leg('committee-20194-202507', '20194@2025-07-01')] }), 'registration: ask 20194@2027-01-01 20198@2027-01-01'],
    ['whose address of the new era tells the part', item({ legs: [leg('committee-20194-202507', '20194@2025-07-01')], areas: { target: '20198@2027-01-01' } }), 'registration: committee-20198-202701'],
    ['whose target is the split commune itself', item({ legs: [leg('committee-20194-202507', '20194@2025-07-01')], areas: { target: '20194@2025-07-01' } }), 'registration: ask 20194@2027-01-01 20198@2027-01-01; target → 20194@2027-01-01 20198@2027-01-01'],
    ['whose target is another commune', item({ legs: [leg('committee-20194-202507', '20194@2025-07-01')], areas: { target: '20410@2025-07-01' } }), 'registration: ask 20194@2027-01-01 20198@2027-01-01'],
    ['at a branch that goes on', item({ legs: [leg('land-490-202501', '20200@2025-07-01', 'land-registration')], areas: { subject: '20200@2025-07-01' } }), 'subject → 20197@2027-01-01'],
    ['about something in a split commune', item({ areas: { subject: '20194@2025-07-01', residence: '20410@2025-07-01' } }), 'subject → 20194@2027-01-01 20198@2027-01-01'],
  ])('%s', (_what, one, result) => { expect(told(one)).toBe(result); });
});

test('the whole: areas, offices with their desks and hours, rows of registers, nothing without a successor', () => {
  const found = plan([item({ legs: [leg('committee-20200-202507', '20200@2025-07-01')] })], [{ register: 'land', area: '20200@2025-07-01', rows: 7 }, { register: 'land', area: '20410@2025-07-01', rows: 9 }]);
  expect(found.areas.map((one) => [one.area, one.to])).toEqual([['20194@2025-07-01', ['20194@2027-01-01', '20198@2027-01-01']], ['20197@2025-07-01', ['20197@2027-01-01']], ['20200@2025-07-01', ['20197@2027-01-01']]]);
  expect(found.offices.find((one) => one.office === 'committee-20200-202507')).toMatchObject({ becomes: 'ends', successor: 'committee-20197-202701', desk: 1, calendar: 'default' });
  expect(found.offices.filter((one) => one.becomes === 'begins')).toHaveLength(15);
  expect(found.offices.find((one) => one.office === 'land-490-202501')?.becomes).toBe('serves-more');
  expect([found.registers, found.calendars, found.outages, found.noSuccessor]).toEqual([[{ register: 'land', area: '20200@2025-07-01', rows: 7, to: ['20197@2027-01-01'] }], [{ sessions: 'default', offices: 15 }], [], []]);
});

test('what has nobody to go to is named', () => {
  expect(plan([item({ code: 'H17', legs: [leg('committee-20200-202507', '20200@2025-07-01', 'wizard')] })]).dossiers[0]!.moves).toMatchObject([{ to: 'committee-20197-202701' }]);
  const lost = planReform({ before: was, after: { ...is, areasNow: (id, on) => (id === '20200@2025-07-01' ? [] : is.areasNow(id, on)) }, from: FROM, items: [item({ code: 'H17', legs: [leg('committee-20200-202507', '20200@2025-07-01')] })], rows: [] });
  expect(lost.noSuccessor).toEqual(['20200@2025-07-01', 'H17 registration']);
});
