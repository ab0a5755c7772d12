/** Reforms that would do harm or nothing: each is refused with its place in the file and what to do. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyReform, applyReforms, readDataFiles } from '../src/index.ts';
import type { Reform } from '../src/index.ts';

const released = readDataFiles();
const name = (vi: string): { vi: string; en: string } => ({ vi, en: `${vi} (en)` });
const reform = (areas: readonly unknown[], offices: readonly unknown[] = [], more: object = {}): Reform => ({ reform: 'thu', from: '2027-01-01', source: { act: 'NQ thử', status: 'read' }, areas, offices, ...more }) as unknown as Reform;
const merge = (into: object, ...codes: string[]): object => ({ merge: codes.length === 0 ? ['20194', '20197'] : codes, into: { code: '20194', name: name('Phường Bắc'), ...into } });
const split = (first: object, second: object, code = '20194'): object => ({ split: code, into: [{ code, name: name(`Một ${code}`), ...first }, { code: '20198', name: name('Hai'), agency: 'H17.901', ...second }], otherwise: code });
const opened = (more: object): object => ({ open: { id: 'xd-20194-202701', name: name('Phòng Xây dựng'), service: 'general-agency', roles: ['construction-permit'], serves: ['20194'], agencyCode: 'H17.99.17', ...more } });
const long = 'x'.repeat(5_000), liveName = released.areas.find((one) => one.code === '20197' && one.validTo === null)!.name;

test.each<[string, Reform, string, string]>([
  ['a name of a reform of 5,000 characters', reform([merge({})], [], { reform: long }), 'reform', 'reform has 5000 characters'],
  ['a name of a reform on two lines', reform([merge({})], [], { reform: 'a\nb' }), 'reform', 'holds U+000A at character 2'],
  ['a name of a reform between blanks', reform([merge({})], [], { reform: ' thu' }), 'reform', 'has blanks before or after it'],
  ['a day in the year 9999', reform([merge({})], [], { from: '9999-01-01' }), 'from', 'from is "9999-01-01"'],
  ['a day in the year 1', reform([merge({})], [], { from: '0001-01-01' }), 'from', 'from is "0001-01-01"'],
  ['a day of another half century', reform([merge({})], [], { from: '2072-01-01' }), 'from', '2072-01-01 is more than 10 years after the last year of the calendar'],
  ['an act that fills pages', reform([merge({})], [], { source: { act: long, status: 'read' } }), 'source.act', 'source.act has 5000 characters'],
  ['a name of a unit that fills a page', reform([merge({ name: name('x'.repeat(301)) })]), 'areas[0].into.name.vi', 'has 301 characters'],
  ['a name that runs from right to left', reform([merge({ name: name('Phường \u202EBắc') })]), 'areas[0].into.name.vi', 'holds U+202E'],
  ['a file that was not saved as UTF-8', reform([merge({ name: name('Ph\uFFFD\uFFFDng B\uFFFDc') })]), 'areas[0].into.name.vi', 'holds U+FFFD'],
  ['a code that is none', reform([merge({ code: '../x y' })]), 'areas[0].into.code', 'is "../x y"'],
  ['an id in the place of a code', reform([merge({ code: '20194@2025-07-01' })]), 'areas[0].into.code', 'is "20194@2025-07-01"'],
  ['a field that has the name of something of the language', reform([], [JSON.parse('{"close": ["police-20194-202507"], "into": "police-20197-202507", "__proto__": 1}')]), 'offices[0].__proto__', 'is no field of this record'],
  ['more changes than there are units', reform(Array.from({ length: 10_001 }, () => merge({}))), 'areas', 'areas has 10001 entries'],
  ['more map sheets than a commune has', reform([split({ parcels: Array.from({ length: 10_001 }, (_, n) => `20194-${n}`) }, {})]), 'areas[0].into[0].parcels', 'has 10001 entries'],
  ['a unit named twice in one merge', reform([merge({}, '20194', '20194')]), 'areas[0].merge[1]', '20194 is named twice'],
  ['merges in a circle', reform([merge({ code: '20197' }, '20194'), merge({ code: '20194', name: name('Phường Nam') }, '20197')]), 'areas[0].into', 'code 20197 was that of 20197@2025-07-01, which goes to 20194@2027-01-01'],
  ['a part of two splits that is another in each', reform([split({}, {}), split({}, { name: name('Ba') }, '20197')]), 'areas[1].into[1].name', '20198@2027-01-01 begins with another name at areas[0].into[1]'],
  ['a sheet inside what lies in another part', reform([split({ parcels: ['20194-1'] }, { parcels: ['20194-1-7', '20194-12'] })]), 'areas[0].into[1].parcels', '20194-1-7 lies in 20194-1 of another part, too'],
  ['a hamlet in two parts, written otherwise', reform([split({ addresses: ['Thôn Đông'] }, { addresses: ['thôn  đông'] })]), 'areas[0].into[1].addresses', 'thôn  đông lies in two parts'],
  ['an address that no address would be found by', reform([split({ addresses: ['12 Lê Lợi, tổ 3'] }, {})]), 'areas[0].into[0].addresses', 'is more than one name'],
  ['a name that a neighbour bears', reform([{ rename: '20194', name: liveName }]), 'areas[0]', `20197@2025-07-01 bears the name ${liveName.vi}`],
  ['one name for two', reform([merge({}), merge({ code: '20200', name: name('phường  BẮC') }, '20200')]), 'areas[1].into', '20194@2027-01-01 bears the name'],
  ['a new name that is the old one', reform([{ rename: '20197', name: liveName }]), 'areas[0].name', 'bears this name already'],
  ['a commune that becomes a district', reform([merge({ level: 'district' })]), 'areas[0].into', '20194@2027-01-01 takes over the commune 20194@2025-07-01 and is a district'],
  ['communes that become a province', reform([merge({ level: 'province' })]), 'areas[0].into', 'and is a province'],
  ['a province among communes', reform([merge({}, '20194', '48')]), 'areas[0].into', 'takes over the province'],
  ['a day before a change that is published', reform([{ rename: '20194', name: name('Mới') }], [], { from: '2025-03-01' }), 'areas[0].rename', '20194@2025-01-01 ends on 2025-06-30 by a change that is published already'],
  ['an office closed before it ends by a change that is published', reform([], [{ close: ['committee-20194-202501'], into: 'counter-20194-202501' }], { from: '2025-03-01' }), 'offices[0].close[0]', 'ends on 2025-06-30'],
  ['a unit of the old era', reform([merge({}, '20194@2025-01-01', '20197')]), 'areas[0].merge[0]', 'area 20194@2025-01-01 is not in force'],
  ['an office with an id that is none', reform([], [opened({ id: 'a b/c' })]), 'offices[0].open.id', 'is "a b/c"'],
  ['an office of a service that is none', reform([], [opened({ service: 'nowhere' })]), 'offices[0].open.service', 'is "nowhere"'],
  ['an office with a role that nobody knows', reform([], [opened({ roles: ['construction-permits'] })]), 'offices[0].open.roles[0]', 'nobody knows role construction-permits'],
  ['a role given twice', reform([], [opened({ roles: ['education', 'education'] })]), 'offices[0].open.roles[1]', 'education is named twice'],
  ['an office without hours', reform([], [opened({ sessions: 'nine-to-five' }), { move: ['construction-permit'], from: 'committee-20194-202507', to: 'xd-20194-202701' }]), 'offices[0]', 'sessions nine-to-five do not exist'],
  ['a register that goes to an office that does not keep it', reform([], [{ move: ['business-registration'], from: 'business-20194-202507', to: 'committee-20194-202507' }]), 'offices[0]', 'successor committee-20194-202701 is hosted by general-agency, not business-registration'],
  ['a successor that the same reform closes', reform([], [{ close: ['police-20194-202507'], into: 'police-20197-202507' }, { close: ['police-20197-202507'], into: 'committee-20197-202507' }]), 'offices[0]', 'successor police-20197-202507 is not in force'],
  ['an office that follows itself', reform([], [{ close: ['police-20194-202507'], into: 'police-20194-202507' }]), 'offices[0]', 'successor police-20194-202507 is not in force'],
  ['an area that another office serves in this role', reform([], [{ keep: ['police-20194-202507'], serves: ['20197'] }]), 'offices[0]', 'police-20194-202507 bears role police for 20197@2025-07-01'],
  ['an office kept for what it serves', reform([], [{ keep: ['police-20194-202507'], serves: ['20194'] }]), 'offices[0].keep[0]', 'police-20194-202507 serves 20194 already'],
  ['no change at all', reform([]), 'areas', 'the reform changes nothing'],
])('%s', (_what, change, field, problem) => {
  const found = applyReform(released, change), findings = 'findings' in found ? found.findings : [];
  expect(findings.find((one) => one.field === field), JSON.stringify(findings.slice(0, 3))).toMatchObject({ file: 'reform', problem: expect.stringContaining(problem), remedy: expect.stringMatching(/./) });
});

test('a unit that parts of two others make is one unit, said in the same words in both', () => {
  const found = applyReform(released, reform([split({}, {}), split({}, {}, '20197')]));
  expect('data' in found ? found.data.areas.filter((one) => one.code === '20198' && one.validTo === null).map((one) => one.id) : found.findings).toEqual(['20198@2027-01-01']);
});

test('a list of reforms that names one twice is told, wherever the second one stands', () => {
  const found = applyReforms(released, [reform([merge({})]), reform([{ rename: '20200', name: name('Mới') }])]);
  expect('findings' in found && found.findings).toMatchObject([{ field: 'reforms[1].reform', problem: 'reform thu is published twice' }]);
});

const whole = reform(
  [merge({ level: 'commune', parent: '48', agency: 'H17.901' }), split({ parcels: ['20200-1'] }, { addresses: ['tổ 1'], agency: 'H17.902' }, '20200'), { rename: '20410', name: name('Phường Mới') }],
  [
    opened({ serves: ['20209'], id: 'xd-20209-202701' }), { move: ['construction-permit'], from: 'committee-20209-202507', to: 'xd-20209-202701' }, { keep: ['land-490-202501'], serves: ['20194', '20198', '20200'] },
    opened({ id: 'police-20209-202701', roles: ['police'], serves: ['20209'], agencyCode: 'H17.99.18' }), { close: ['police-20209-202507'], into: 'police-20209-202701' },
  ],
);
type Place = { readonly holder: Record<string, unknown>; readonly key: string };
const placesIn = (value: unknown): Place[] => (typeof value !== 'object' || value === null ? [] : Object.keys(value).flatMap((key) => [{ holder: value as Record<string, unknown>, key }, ...placesIn((value as Record<string, unknown>)[key])]));
const texts = ['20194', '20194@2025-07-01', '20194@2025-01-01', '48', '490', '48@2025-07-01', '20198', 'committee-20194-202507', 'land-490-202501', 'district', 'province', 'commune', '2027-01-01', '2025-07-01', '2024-12-31', '1900-01-01', 'education', 'police', 'land', ''];

test('whatever stands in a reform, it is carried out or told, never thrown', () => {
  const first = applyReform(released, whole);
  expect('findings' in first ? first.findings : []).toEqual([]);
  // Mostly what the form lets pass: a text in the place of another.
  const put = fc.oneof({ weight: 12, arbitrary: fc.constantFrom<unknown>(...texts) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) }, { weight: 1, arbitrary: fc.constant(undefined) });
  const seen = { done: 0, told: 0 };
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(), put), { minLength: 1, maxLength: 2 }), (changes) => {
    const changed = structuredClone(whole);
    for (const [at, value] of changes) {
      const all = placesIn(changed).filter(({ holder, key }) => typeof value !== 'string' || typeof holder[key] === 'string'), { holder, key } = all[at % all.length]!;
      holder[key] = value;
    }
    const found = applyReform(released, changed);
    if ('findings' in found) for (const one of found.findings) expect([one.problem, one.remedy].every((text) => text !== '')).toBe(true);
    seen['findings' in found ? 'told' : 'done']++;
  }), { numRuns: 200 });
  expect([seen.done > 0, seen.told > 0]).toEqual([true, true]);
}, 120_000);
