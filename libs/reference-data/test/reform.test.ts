/** A reform as people write it, and what it makes of areas and offices. */
import { julyReform } from '@lienthong/testkit';
import { rehome } from '@lienthong/law';
import { describe, expect, test } from 'vitest';
import { applyReform, applyReforms, buildReference, readDataFiles } from '../src/index.ts';
import type { AreaChange, OfficeChange, Reform, ReferenceData } from '../src/index.ts';

const released = readDataFiles();
const FROM = '2027-01-01';
const name = (vi: string): { vi: string; en: string } => ({ vi, en: `${vi} (en)` });
const reform = (areas: readonly AreaChange[], offices?: readonly OfficeChange[]): Reform => ({ reform: 'thu', from: FROM, source: { act: 'NQ thử', status: 'read' }, areas, ...(offices === undefined ? {} : { offices }) });

function after(change: Reform): ReferenceData {
  const found = applyReform(released, change);
  if ('findings' in found) throw new Error(JSON.stringify(found.findings.slice(0, 3)));
  return found.data;
}
const officesOf = (data: ReferenceData, area: string): string[] => data.offices.filter((one) => one.serves.includes(area) && one.serves.length === 1).map((one) => one.id).sort();

test('the change of 1/7/2025, written as a reform, makes the released data of after out of those of before', () => {
  const { before, reform: july } = julyReform(released);
  expect([before.areas.filter((one) => one.level === 'commune').length, july.areas.filter((one) => 'split' in one).length]).toEqual([281, 1]);
  const found = applyReform(before, july);
  if ('findings' in found) throw new Error(JSON.stringify(found.findings[0]));
  const plain = (data: ReferenceData): unknown => [
    data.areas.map(({ source: _source, ...one }) => ({ ...one, successors: [...one.successors].sort() })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    data.offices.map(({ source: _source, ...one }) => ({ ...one, serves: [...one.serves].sort() })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  ];
  expect(plain(found.data)).toEqual(plain(released));
});

describe('a merge', () => {
  const data = after(reform([{ merge: ['20194', '20197'], into: { code: '20194', name: name('Phường Bắc') } }]));

  test('ends what it takes over, and each office of it is followed by one of the same kind with its own code', () => {
    expect(data.areas.find((one) => one.id === '20197@2025-07-01')).toMatchObject({ validTo: '2026-12-31', successors: ['20194@2027-01-01'] });
    expect(officesOf(data, '20194@2027-01-01')).toEqual(['business-20194-202701', 'committee-20194-202701', 'counter-20194-202701', 'police-20194-202701', 'social-20194-202701']);
    expect(data.offices.find((one) => one.id === 'police-20194-202701')).toMatchObject({ name: { vi: 'Công an phường Bắc' }, agencyCode: 'H17.101.05', roles: ['police'], validFrom: FROM });
    expect(data.offices.find((one) => one.id === 'police-20197-202507')).toMatchObject({ validTo: '2026-12-31', successor: 'police-20194-202701' });
  });

  test('leaves who serves several areas where they are, serving the new one, too', () => {
    expect(data.offices.find((one) => one.id === 'land-490-202501')).toMatchObject({ validTo: null, serves: expect.arrayContaining(['20194@2027-01-01', '20200@2025-07-01']) });
  });
});

test('a split: each part has its offices; what nothing places is asked, and a counter goes on in the part that has the rest', () => {
  const data = after(reform([{ split: '20194', into: [{ code: '20194', name: name('Phường Hải Vân') }, { code: '20198', name: name('Phường Kim Liên'), agency: 'H17.901' }], otherwise: '20198' }]));
  const reference = buildReference(data, '');
  expect(officesOf(data, '20198@2027-01-01').map((id) => data.offices.find((one) => one.id === id)!.agencyCode)).toEqual(['H17.901.03', 'H17.901', 'H17.901.02', 'H17.901.05', 'H17.901.04']);
  const item = { office: 'police-20194-202507', role: 'police', area: '20194@2025-07-01' };
  expect(rehome(reference, item, FROM)).toMatchObject({ ask: [{ code: '20198' }, { code: '20194' }] });
  expect(rehome(reference, item, FROM, '20194@2027-01-01')).toMatchObject({ office: { id: 'police-20194-202701' } });
  expect(reference.officeNow('counter-20194-202507', FROM)?.id).toBe('counter-20198-202701');
});

test('a new name: the code stays, the offices are renamed with it', () => {
  const data = after(reform([{ rename: '20194', name: name('Phường Mới') }]));
  expect(data.offices.find((one) => one.id === 'committee-20194-202701')).toMatchObject({ name: { vi: 'Ủy ban nhân dân phường Mới' }, agencyCode: 'H17.101' });
});

describe('a competence that moves', () => {
  const opened: OfficeChange = { open: { id: 'xd-20194-202701', name: name('Phòng Xây dựng'), service: 'general-agency', roles: ['construction-permit'], serves: ['20194'], agencyCode: 'H17.99.17' } };
  const moved = (roles: readonly string[], from: string, to: string): OfficeChange => ({ move: roles, from, to });
  const bearers = (data: ReferenceData, role: string, area: string): string[] => data.offices.filter((one) => one.validTo === null && one.roles.includes(role) && one.serves.includes(area)).map((one) => one.id);

  test.each<[to: string, areas: readonly AreaChange[], offices: readonly OfficeChange[], bearers: Readonly<Record<string, string>>, area: string]>([
    ['an office that the same reform opens', [], [opened, moved(['construction-permit'], 'committee-20194-202507', 'xd-20194-202701')], { 'construction-permit': 'xd-20194-202701', 'civil-status': 'committee-20194-202701' }, '20194@2025-07-01'],
    ['it and, by a move of its own, another', [], [opened, moved(['construction-permit'], 'committee-20194-202507', 'xd-20194-202701'), moved(['education'], 'committee-20194-202507', 'social-20194-202507')], { 'construction-permit': 'xd-20194-202701', 'education': 'social-20194-202701', 'civil-status': 'committee-20194-202701' }, '20194@2025-07-01'],
    ['one office from several', [], [moved(['education'], 'committee-20194-202507', 'counter-20194-202507'), moved(['health-agency'], 'social-20194-202507', 'counter-20194-202507')], { 'education': 'counter-20194-202701', 'health-agency': 'counter-20194-202701', 'counter': 'counter-20194-202701' }, '20194@2025-07-01'],
    ['an office of a unit that begins with the reform, by the ids of that day', [{ rename: '20194', name: name('Phường Mới') }], [opened, moved(['construction-permit'], 'committee-20194-202701', 'xd-20194-202701')], { 'construction-permit': 'xd-20194-202701', 'civil-status': 'committee-20194-202701' }, '20194@2027-01-01'],
  ])('to %s', (_to, areas, offices, expected, area) => {
    const data = after(reform(areas, offices));
    expect(Object.fromEntries(Object.keys(expected).map((role) => [role, bearers(data, role, area).join(' ')]))).toEqual(expected);
    expect(rehome(buildReference(data, ''), { office: 'committee-20194-202507', role: 'construction-permit', area: '20194@2025-07-01' }, FROM)).toMatchObject({ office: { id: bearers(data, 'construction-permit', area)[0] } });
  });

  test.each<[fault: string, offices: readonly OfficeChange[], field: string, problem: string]>([
    ['to itself', [moved(['education'], 'committee-20194-202507', 'committee-20194-202507')], 'offices[0].to', 'is who gives'],
    ['away from an office that begins with nothing left', [opened, moved(['construction-permit'], 'xd-20194-202701', 'committee-20194-202507')], 'offices[1].move', 'would answer for nothing'],
    ['twice from one', [opened, moved(['construction-permit'], 'committee-20194-202507', 'xd-20194-202701'), moved(['construction-permit'], 'committee-20194-202507', 'social-20194-202507')], 'offices[2].move', 'does not bear role construction-permit'],
  ])('not %s', (_fault, offices, field, problem) => {
    const found = applyReform(released, reform([], offices));
    expect('findings' in found ? found.findings.map((one) => [one.field, one.problem.includes(problem)]) : []).toContainEqual([field, true]);
  });
});

test('a competence that moves up: both offices begin anew, and open work finds the new one', () => {
  const department = released.offices.find((one) => one.roles.includes('department-construction') && one.validTo === null)!;
  const data = after(reform([], [{ move: ['construction-permit'], from: 'committee-20194-202507', to: department.id }])), reference = buildReference(data, '');
  expect(data.offices.find((one) => one.id === 'committee-20194-202701')!.roles).not.toContain('construction-permit');
  const home = rehome(reference, { office: 'committee-20194-202507', role: 'construction-permit', area: '20194@2025-07-01' }, FROM);
  expect('office' in home && [home.office.id, home.office.agencyCode]).toEqual([reference.officeNow(department.id, FROM)!.id, department.agencyCode]);
});

describe('what cannot be carried out is told with its place in the file and what to do', () => {
  const one = (areas: unknown, offices?: unknown): Reform => reform(areas as AreaChange[], offices as OfficeChange[]);
  test.each([
    ['a unit that does not exist', one([{ merge: ['99999'], into: { code: '99999', name: name('x') } }]), 'areas[0].merge[0]', 'area 99999 does not exist on 2026-12-31'],
    ['a unit changed twice', one([{ rename: '20194', name: name('a') }, { rename: '20194', name: name('b') }]), 'areas[1].rename', 'area 20194@2025-07-01 is changed twice'],
    ['two successors without a rule', one([{ split: '20194', into: [{ code: '20194', name: name('a') }, { code: '20198', name: name('b') }] }]), 'areas[0].into', 'two successors without a rule'],
    ['a rest that is no part', one([{ split: '20194', into: [{ code: '20194', name: name('a') }, { code: '20198', name: name('b'), agency: 'H17.901' }], otherwise: '20200' }]), 'areas[0].otherwise', '20200 is none of the parts'],
    ['a part without codes', one([{ split: '20194', into: [{ code: '20194', name: name('a') }, { code: '20198', name: name('b') }], otherwise: '20194' }]), 'areas[0]', 'the offices of 20198@2027-01-01 have no agency code to take over'],
    ['a successor that does not exist', one([], [{ close: ['police-20194-202507'], into: 'police-0-0' }]), 'offices[0].into', 'successor police-0-0 does not exist on 2027-01-01'],
    ['an office that does not exist', one([], [{ close: ['nobody'], into: 'police-20194-202507' }]), 'offices[0].close[0]', 'office nobody does not exist'],
    ['a competence for whom does not serve there', one([], [{ move: ['education'], from: 'committee-20194-202507', to: 'committee-20197-202507' }]), 'offices[0].to', 'committee-20197-202507 does not serve 20194@2025-07-01'],
    ['a role that nobody would bear', one([], [{ close: ['police-20194-202507'], into: 'committee-20194-202507' }]), 'offices[0]', null],
    ['no word that it knows', one([{ mingle: ['20194'] }]), 'areas[0]', 'areas[0] is none of the changes, or several at once'],
    ['a day that does not exist', { ...one([]), from: '2027-02-30' }, 'from', 'from is "2027-02-30"'],
    ['a reform that changes nothing', reform([]), 'areas', 'the reform changes nothing'],
    ['a unit merged with itself', one([{ merge: ['20194', '20197', '20194@2025-07-01'], into: { code: '20194', name: name('x') } }]), 'areas[0].merge[2]', 'area 20194@2025-07-01 is merged twice'],
    ['a part named twice', one([{ split: '20194', into: [{ code: '20194', name: name('a') }, { code: '20194', name: name('b') }], otherwise: '20194' }]), 'areas[0].into[1].code', 'part 20194 is named twice'],
    ['a map sheet in two parts', one([{ split: '20194', into: [{ code: '20194', name: name('a'), parcels: ['20194-12'] }, { code: '20198', name: name('b'), agency: 'H17.901', parcels: ['20194-13', '20194-12'] }], otherwise: '20194' }]), 'areas[0].into[1].parcels', '20194-12 lies in two parts'],
    ['a level that has ended before', one([{ abolish: 'district' }]), 'areas[0]', 'there are no districts on 2026-12-31'],
    ['no reform at all', null as unknown as Reform, '', ' is null'],
  ])('%s', (_what, change, field, problem) => {
    const found = applyReform(released, change);
    const [first] = 'findings' in found ? found.findings : [];
    expect(first).toMatchObject({ file: 'reform', field, remedy: expect.stringMatching(/./), ...(problem === null ? {} : { problem }) });
  });

  test('one reform stands on another; the second is told by its place in the list', () => {
    const merge = reform([{ merge: ['20194', '20197'], into: { code: '20194', name: name('Phường Bắc') } }]), later: Reform = { ...reform([{ rename: '20197', name: name('y') }]), reform: 'sau', from: '2028-01-01' };
    const found = applyReforms(released, [merge, later]);
    expect('findings' in found && found.findings[0]).toMatchObject({ record: 'sau', field: 'reforms[1].areas[0].rename' });
    expect('data' in applyReforms(released, [merge, { ...later, areas: [{ rename: '20194', name: name('z') }] }])).toBe(true);
  });
});
