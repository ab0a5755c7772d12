import { describe, expect, test } from 'vitest';
import { readDataFiles, validate } from '../src/index.ts';
import type { Finding } from '../src/index.ts';
import { excerpt, pick } from './excerpt.ts';
import type { MutableData } from './excerpt.ts';

const area = (data: MutableData, id: string) => pick(data.areas, (one) => one.id === id);
const office = (data: MutableData, id: string) => pick(data.offices, (one) => one.id === id);
const procedure = (data: MutableData, code: string, from = '2025-07-01') => pick(data.procedures, (one) => one.code === code && one.validFrom === from);
const day = (data: MutableData, date: string) => pick(data.days, (one) => one.date === date);
const wrong = (value: unknown) => value as never;

type Case = readonly [fault: string, harm: (data: MutableData) => void, file: string, record: string, field: string, problem: string];

function expectFinding([, harm, file, record, field, problem]: Case): void {
  const data = excerpt();
  harm(data);
  const findings = validate(data);
  const found = findings.find((one) => one.file === file && one.record === record && one.field === field);
  expect(found, JSON.stringify(findings.slice(0, 5), null, 1)).toBeDefined();
  expect(found!.problem).toContain(problem);
  expect(found!.remedy).not.toBe('');
}

describe('the released data', () => {
  test('has no finding: every role resolves for every commune on every date', () => {
    expect(validate(readDataFiles())).toEqual([]);
  });

  test('has no finding in the excerpt that the cases below break', () => {
    expect(validate(excerpt())).toEqual([]);
  });
});

describe('a fault of form is found', () => {
  test.each<Case>([
    ['result fact without source', (d) => { d.resultFacts![0]!.source = wrong(undefined); }, 'results.json', 'construction-permit', 'source', 'is missing'],
    ['transition without a choice', (d) => { d.transitions![0]!.choice = wrong('yes'); }, 'transitions.json', 'interlinked-chains', 'choice', '"yes"'],
    ['span without unit', (d) => { procedure(d, '1.013831').legs[0]!.limit = '3'; }, 'procedures/1.013831.json', '1.013831@2025-07-01', 'legs[0].limit', 'is "3"'],
    ['total limit missing for a channel', (d) => { procedure(d, '1.013831').limit.post = wrong(undefined); }, 'procedures/1.013831.json', '1.013831@2025-07-01', 'limit.post', 'is missing'],
    ['fee without validity', (d) => { procedure(d, '1.001612').validFrom = wrong(undefined); }, 'procedures/1.001612.json', '1.001612@undefined', 'fees[0]', 'has no validity'],
    ['fee with half a đồng', (d) => { procedure(d, '1.001612').fees[0]!.amount.online = 0.5; }, 'procedures/1.001612.json', '1.001612@2025-07-01', 'fees[0].amount.online', 'is 0.5'],
    ['fee above the bound', (d) => { procedure(d, '1.001612').fees[0]!.amount.online = 10_000_000_000_001; }, 'procedures/1.001612.json', '1.001612@2025-07-01', 'fees[0].amount.online', '10000000000001'],
    ['date that does not exist', (d) => { area(d, '20194@2025-07-01').validFrom = '2025-02-30'; }, 'areas.json', '20194@2025-07-01', 'validFrom', '2025-02-30'],
    ['end before begin', (d) => { area(d, '20194@2025-01-01').validTo = '2024-12-31'; }, 'areas.json', '20194@2025-01-01', 'validTo', 'before validFrom'],
    ['name in one language only', (d) => { office(d, 'land-497-202501').name.en = ' '; }, 'offices.json', 'land-497-202501', 'name.en', '" "'],
    ['unknown service', (d) => { office(d, 'land-497-202501').service = 'lands'; }, 'offices.json', 'land-497-202501', 'service', '"lands"'],
    ['misspelled field', (d) => { Object.assign(procedure(d, '1.001193').documents[0]!, { optonal: true }); }, 'procedures/1.001193.json', '1.001193@2025-07-01', 'documents[0].optonal', 'no field'],
    ['decision without reason', (d) => { delete (area(d, '497@2025-01-01').source as { note?: string }).note; }, 'areas.json', '497@2025-01-01', 'source.note', 'gives no reason'],
    ['unknown kind of day', (d) => { day(d, '2026-09-02').kind = wrong('feast'); }, 'calendar.json', '2026-09-02', 'kind', '"feast"'],
    ['minute past midnight', (d) => { d.sessions[0]!.week[1]![0]!.to = 1441; }, 'calendar.json', 'default', 'week.1[0].to', '1441'],
    ['eighth day of the week', (d) => { d.sessions[0]!.week[7] = []; }, 'calendar.json', 'default', 'week.7', 'no field'],
    ['part of the particulars that does not exist', (d) => { procedure(d, '1.001193').legs[0]!.reads.push('diary'); }, 'procedures/1.001193.json', '1.001193@2025-07-01', 'legs[0].reads[3]', '"diary"'],
  ])('%s', (...one) => expectFinding(one));
});

describe('a fault among transitions is found', () => {
  test.each<Case>([
    ['procedure that does not exist', (d) => { d.transitions![0]!.procedures![1] = '9.999999'; }, 'transitions.json', 'interlinked-chains', 'procedures[1]', '9.999999 does not exist'],
    ['two for all on the same days', (d) => { d.transitions!.push({ ...d.transitions![1]!, id: 'again', validFrom: '2026-10-01' }); }, 'transitions.json', 'again', 'validFrom', 'since 2026-09-01 says it for all'],
    ['two for one procedure', (d) => { d.transitions!.push({ ...d.transitions![0]!, id: 'again', procedures: ['1.001776', '2.002913'] }); }, 'transitions.json', 'again', 'validFrom', 'for 2.002913'],
  ])('%s', (...one) => expectFinding(one));
});

describe('a fault among areas is found', () => {
  test.each<Case>([
    ['id that is not code and first day', (d) => { area(d, '20194@2025-07-01').code = '20199'; }, 'areas.json', '20194@2025-07-01', 'id', 'not <code>'],
    ['code borne twice on one day', (d) => { area(d, '20194@2025-01-01').validTo = '2025-07-01'; }, 'areas.json', '20194@2025-07-01', 'validFrom', 'same days'],
    ['successor that does not exist', (d) => { area(d, '20296@2025-01-01').successors = ['99999@2025-07-01']; }, 'areas.json', '20296@2025-01-01', 'successors', 'does not exist'],
    ['successor that ended before: a cycle', (d) => { area(d, '20296@2025-01-01').successors = ['20296@2025-01-01']; }, 'areas.json', '20296@2025-01-01', 'successors', 'not in force on 2025-07-01'],
    ['orphan: ended without successor', (d) => { area(d, '20296@2025-01-01').successors = []; }, 'areas.json', '20296@2025-01-01', 'successors', 'belongs to nobody'],
    ['what says of a part that is none', (d) => { Object.assign(area(d, '20296@2025-01-01'), { parts: [{ area: '20296@2025-01-01', parcels: ['20296-1'], addresses: [] }] }); }, 'areas.json', '20296@2025-01-01', 'parts', '20296@2025-01-01 is no part of 20296@2025-01-01'],
    ['map sheet in two parts', (d) => { const split = area(d, '20296@2025-01-01'); Object.assign(split, { parts: split.successors.map((one) => ({ area: one, parcels: ['20296-1'], addresses: [] })) }); }, 'areas.json', '20296@2025-01-01', 'parts', '20296-1 lies in two parts'],
    ['successor of an area in force', (d) => { area(d, '20194@2025-07-01').successors = ['20197@2025-07-01']; }, 'areas.json', '20194@2025-07-01', 'successors', 'in force has no successors'],
    ['orphan: commune without parent', (d) => { area(d, '20194@2025-07-01').parent = null; }, 'areas.json', '20194@2025-07-01', 'parent', 'belongs nowhere'],
    ['parent that does not exist', (d) => { area(d, '20194@2025-07-01').parent = '497@2025-07-01'; }, 'areas.json', '20194@2025-07-01', 'parent', 'does not exist'],
    ['parent that ended', (d) => { area(d, '20194@2025-07-01').parent = '497@2025-01-01'; }, 'areas.json', '20194@2025-07-01', 'parent', 'not in force all the time'],
    ['parents in a cycle', (d) => { area(d, '20194@2025-07-01').parent = '20194@2025-07-01'; }, 'areas.json', '20194@2025-07-01', 'parent', 'a cycle'],
  ])('%s', (...one) => expectFinding(one));
});

describe('a fault among offices is found', () => {
  test.each<Case>([
    ['area served that does not exist', (d) => { office(d, 'land-497-202501').serves.push('1@2025-01-01'); }, 'offices.json', 'land-497-202501', 'serves', 'does not exist'],
    ['area served that is of another era', (d) => { office(d, 'counter-20194-202507').serves.push('20194@2025-01-01'); }, 'offices.json', 'counter-20194-202507', 'serves', 'never in force together'],
    ['successor that does not exist', (d) => { office(d, 'business-497-202501').successor = 'business-1-202507'; }, 'offices.json', 'business-497-202501', 'successor', 'does not exist'],
    ['successor in a cycle', (d) => { office(d, 'business-497-202501').successor = 'business-490-202501'; }, 'offices.json', 'business-497-202501', 'successor', 'a cycle'],
    ['successor on another desk', (d) => { office(d, 'business-497-202501').successor = 'land-497-202501'; }, 'offices.json', 'business-497-202501', 'successor', 'hosted by land'],
    ['orphan: ended without successor', (d) => { office(d, 'business-497-202501').successor = null; }, 'offices.json', 'business-497-202501', 'successor', 'belong to nobody'],
    ['id used twice', (d) => { office(d, 'post-497-202501').id = 'post-490-202501'; }, 'offices.json', 'post-490-202501', 'id', 'used twice'],
    ['agency code used twice', (d) => { office(d, 'counter-20194-202507').agencyCode = office(d, 'counter-20197-202507').agencyCode; }, 'offices.json', 'counter-20197-202507', 'agencyCode', 'same days'],
    ['agency code of no grammar', (d) => { office(d, 'counter-20194-202507').agencyCode = 'Đà Nẵng 1'; }, 'offices.json', 'counter-20194-202507', 'agencyCode', 'no agency code'],
    ['agency code written loosely', (d) => { office(d, 'counter-20194-202507').agencyCode = 'h17.102.02'; }, 'offices.json', 'counter-20194-202507', 'agencyCode', 'no agency code of 2025-07-01'],
    ['two offices for one role', (d) => { office(d, 'land-497-202501').serves.push('490@2025-01-01'); }, 'offices.json', 'land-497-202501', 'roles', 'same days'],
    ['sessions that do not exist', (d) => { office(d, 'land-497-202501').sessions = 'night'; }, 'offices.json', 'land-497-202501', 'sessions', 'do not exist'],
    ['sessions that ended while the office works on', (d) => { d.sessions[0]!.validTo = '2026-12-31'; }, 'offices.json', 'land-497-202501', 'sessions', 'do not exist on 2027-01-01'],
  ])('%s', (...one) => expectFinding(one));
});

describe('a fault of the calendar is found', () => {
  test.each<Case>([
    ['swap day that is also a holiday', (d) => { d.days.push({ date: '2025-04-30', kind: 'swap-off', name: 'hoán đổi', status: 'announced' }); }, 'calendar.json', '2025-04-30', 'kind', 'holiday and swap-off'],
    ['swap working day on a working day', (d) => { day(d, '2025-04-26').date = '2025-04-25'; }, 'calendar.json', '2025-04-25', 'kind', 'day of weekly rest'],
    ['observed day on a Sunday', (d) => { day(d, '2026-04-27').date = '2026-04-26'; }, 'calendar.json', '2026-04-26', 'kind', 'at once'],
    ['day off on a Saturday', (d) => { day(d, '2025-05-02').date = '2025-05-03'; }, 'calendar.json', '2025-05-03', 'kind', 'changes nothing'],
    ['a year without rows', (d) => { d.days = d.days.filter((one) => !one.date.startsWith('2024')); }, 'calendar.json', '2025', 'date', 'between 2023 and 2025'],
    ['overlapping sessions', (d) => { d.sessions[0]!.week[3]![1]!.from = 11 * 60; }, 'calendar.json', 'default', 'week.3[1]', 'overlap'],
    ['session that ends before it begins', (d) => { d.sessions[0]!.week[3]![1]!.to = 60; }, 'calendar.json', 'default', 'week.3[1]', 'not after its start'],
    ['office that never opens', (d) => { d.sessions[0]!.week = {}; }, 'calendar.json', 'default', 'week', 'never opens'],
    ['sessions in force twice', (d) => { d.sessions.push({ ...structuredClone(d.sessions[0]!), validFrom: '2026-01-01' }); }, 'calendar.json', 'default', 'validFrom', 'same days'],
    ['orphan sessions', (d) => { d.sessions.push({ ...structuredClone(d.sessions[0]!), id: 'saturday' }); }, 'calendar.json', 'saturday', 'id', 'no office'],
  ])('%s', (...one) => expectFinding(one));
});
