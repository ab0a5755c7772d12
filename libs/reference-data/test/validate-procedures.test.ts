import { describe, expect, test } from 'vitest';
import { validate } from '../src/index.ts';
import { excerpt, pick } from './excerpt.ts';
import type { MutableData } from './excerpt.ts';

type MutableProcedure = MutableData['procedures'][number];
type Case = readonly [fault: string, code: string, harm: (procedure: MutableProcedure, data: MutableData) => void, field: string, problem: string];

/** Harms the version in force since 1/7/2025, or the only one. */
function expectFinding([, code, harm, field, problem]: Case): void {
  const data = excerpt();
  const broken = pick(data.procedures, (one) => one.code === code && one.validTo === null);
  harm(broken, data);
  const findings = validate(data);
  const found = findings.find((one) => one.file === `procedures/${broken.code}.json` && one.record === `${broken.code}@${broken.validFrom}` && one.field === field);
  expect(found, JSON.stringify(findings.slice(0, 5), null, 1)).toBeDefined();
  expect(found!.problem).toContain(problem);
  expect(found!.remedy).not.toBe('');
}

const legs = (one: MutableProcedure, name: string) => pick(one.legs, (leg) => leg.name === name);
const rule = (): NonNullable<MutableProcedure['local']>[number] => ({ validFrom: '2026-01-01', validTo: null, source: { act: '01/2026/NQ-HĐND', status: 'read' } });
const bearers = (data: MutableData, role: string) => data.offices.filter((one) => one.roles.includes(role));

describe('a fault of a procedure is found', () => {
  test.each<Case>([
    ['versions in force on the same days', '1.001193', (p, d) => { pick(d.procedures, (one) => one.code === '1.001193' && one !== p).validTo = null; }, 'validFrom', 'same days'],
    ['code of no grammar', '1.014027', (p) => { p.code = '1.14027'; }, 'code', 'no procedure code'],
    ['case that does not exist', '1.013831', (p) => { p.documents[2]!.cases = ['lease']; }, 'documents[2].cases', 'case lease does not exist'],
    ['case without legs', '1.001570', (p) => { p.cases.push('merge'); }, 'legs', 'case merge has no leg'],
    ['case without decision', '1.001193', (p) => { p.legs[0]!.decides = false; }, 'legs', 'no leg that decides'],
    ['case without result', '1.001193', (p) => { p.legs[0]!.results = []; }, 'legs', 'gives no result'],
    ['document listed twice', '1.001193', (p) => { p.documents[1]!.code = p.documents[0]!.code; }, 'documents', 'stands there twice'],
    ['document of which nothing is asked', '1.001193', (p) => { p.documents[0]!.originals = 0; }, 'documents[0]', 'neither an original nor a copy'],
    ['evidence that no register holds', '1.013831', (p) => { p.documents[1]!.evidence!.fact = 'diploma'; }, 'documents[1].evidence', 'no register holds land/diploma'],
    ['leg after a leg that does not exist', '1.013831', (p) => { p.legs[1]!.after = ['survey']; }, 'legs[1].after', 'leg survey does not exist'],
    ['leg that works on the paper of a document that does not exist', '1.013831', (p) => { p.legs[1]!.originals = ['deed-of-the-moon']; }, 'legs[1].originals', 'document deed-of-the-moon does not exist'],
    ['legs in a cycle', '1.013831', (p) => { p.legs[0]!.after = ['registration']; }, 'legs[0].after', 'a cycle'],
    ['register action that nobody performs', '1.013831', (p) => { p.legs[2]!.register!.action = 'burn'; }, 'legs[2].register', 'land/burn'],
    ['result that is not listed', '1.013831', (p) => { p.legs[2]!.results = ['KQ.G10.000000']; }, 'legs[2].results', 'is not listed'],
    ['leg that stands aside', '1.013831', (p) => { p.legs.push({ ...p.legs[0]!, name: 'survey', results: [] }); }, 'legs[3].after', 'stands aside of the route of case transfer'],
    ['limit of a case that does not exist', '2.000575', (p) => { p.caseLimits = { ...p.caseLimits, lease: '1wd' }; }, 'caseLimits.lease', 'case lease does not exist'],
    ['limit of a case without unit', '2.000575', (p) => { p.caseLimits = { reissue: '1' }; }, 'caseLimits.reissue', 'is "1"'],
    ['wait of a leg that does not exist', '1.012786', (p) => { p.facts!.waits[0]!.leg = 'notice'; }, 'facts.waits[0].leg', 'leg notice does not exist'],
    ['flag that nobody knows', '1.012786', (p) => { p.facts!.flags.push('strange'); }, 'facts.flags[3]', 'is "strange"'],
    ['default route that is not flagged', '1.001653', (p) => { p.facts!.flags = ['to-confirm']; }, 'facts.flags', 'the route is default'],
    ['decision without a reason', '1.012783', (p) => { p.facts!.decisions[0]!.reason = ''; }, 'facts.decisions[0].reason', 'is ""'],
    ['local rules on the same days', '1.001193', (p) => { p.local = [{ ...rule(), fees: [] }, { ...rule(), validFrom: '2026-06-01', fees: [] }]; }, 'local[1].validFrom', 'same days'],
    ['local rule beyond its version', '1.001193', (p) => { p.local = [{ ...rule(), validFrom: '2025-01-01', fees: [] }]; }, 'local[0].validFrom', 'reaches beyond its version'],
    ['local rule that changes nothing', '1.001193', (p) => { p.local = [rule()]; }, 'local[0]', 'changes neither'],
    ['local fee without validity', '1.001193', (p) => { p.local = [{ ...rule(), fees: [] }]; delete (p.local[0] as { validFrom?: string }).validFrom; }, 'local[0].validFrom', 'is missing'],
    ['orphan result', '1.013831', (p) => { p.results.push({ code: 'KQ.G10.000000', name: { vi: 'x', en: 'x' } }); }, 'results[1]', 'no leg issues'],
  ])('%s', (...one) => expectFinding(one));
});

describe('limits that cannot hold are found', () => {
  test.each<Case>([
    ['legs longer than the shortest channel', '1.013831', (p) => { legs(p, 'registration').limit = '3wd'; }, 'limit.post', 'case transfer take up to 2250 minutes, the total 4wd is 1800'],
    ['hours weigh against days of seven and a half', '3.000722', (p) => { p.limit.online = '4wd'; }, 'limit.online', '1830 minutes, the total 4wd is 1800'],
    ['one case only is too long', '1.001776', (p) => { legs(p, 'move-out').limit = '4wd'; }, 'limit.counter', 'case move'],
    ['working days do not fit as many calendar days', '1.013225', (p) => { legs(p, 'permit-house').limit = '12wd'; }, 'limit.counter', 'case house'],
    ['calendar days in a row are each carried over a day of rest', '1.013225', (p) => { const one = legs(p, 'permit-house'); p.legs.unshift({ ...one, name: 'site-check', limit: '5d', results: [], decides: false }); one.after = ['site-check']; one.limit = '10d'; }, 'limit.counter', 'case house take up to 24480 minutes'],
    ['a case longer than its own limit', '2.000575', (p) => { legs(p, 'certificate-reissue').limit = '2wd'; }, 'caseLimits.reissue', '900 minutes, the total 1wd is 450'],
    ['a local limit longer than the national one', '1.001193', (p) => { p.local = [{ ...rule(), limit: { counter: '2wd', online: '1wd', post: '1wd' } }]; }, 'local[0].limit.counter', '2wd is longer than the national 1wd'],
    ['a local limit too short for the legs', '1.001612', (p) => { p.local = [{ ...rule(), limit: { counter: '2wd', online: '3wd', post: '3wd' } }]; }, 'local[0].limit.counter', 'case standard take up to 1350 minutes, the total 2wd is 900'],
    ['consultation longer than its leg', '1.001266', (p) => { p.legs[0]!.consults![0]!.limit = '6wd'; }, 'legs[0].consults[0].limit', '6wd does not fit'],
    ['hours where the first day is not counted', '1.001193', (p) => { p.counting = 'first-day-excluded'; p.legs[0]!.limit = '4wh'; }, 'legs[0].limit', 'first day is not counted'],
  ])('%s', (...one) => expectFinding(one));

  test('legs side by side count once', () => {
    const data = excerpt();
    const chain = pick(data.procedures, (one) => one.code === '3.000722');
    legs(chain, 'residence').limit = '3wd';
    expect(validate(data)).toEqual([]);
  });
});

describe('a route that leads nowhere is found', () => {
  test.each<Case>([
    ['role that nobody bears', '1.001193', (p) => { p.legs[0]!.role = 'registrar'; }, 'legs[0].role', 'no office bears role registrar for 3 communes'],
    ['office that lost one commune', '1.013831', (_, d) => { for (const one of bearers(d, 'land-registration')) one.serves = one.serves.filter((id) => id !== '20194@2025-07-01'); }, 'legs[0].role', 'for 1 communes (20194@2025-07-01)'],
    ['consulted role that nobody bears', '1.001266', (p) => { p.legs[0]!.consults![0]!.role = 'tax-inspectorate'; }, 'legs[0].consults[0].role', 'role tax-inspectorate'],
    ['office that ends before the procedure does', '1.013831', (_, d) => { for (const one of bearers(d, 'tax')) if (one.validTo === null) { one.validTo = '2026-12-31'; one.successor = 'committee-20194-202507'; } }, 'legs[1].role', 'on 2027-01-01'],
    ['register kept by another service', '1.013831', (_, d) => { for (const one of bearers(d, 'land-registration')) one.service = 'general-agency'; }, 'legs[2].role', 'land keeps the register'],
  ])('%s', (...one) => expectFinding(one));

  test('a dossier keeps its rules: roles of an ended version must still resolve after it', () => {
    const data = excerpt();
    for (const one of data.offices) if (one.validFrom === '2025-07-01') one.roles = one.roles.map((role) => (role === 'social-protection-decision' ? 'social-decision' : role));
    for (const one of data.procedures) if (one.validTo === null) for (const leg of one.legs) if (leg.role === 'social-protection-decision') leg.role = 'social-decision';
    const records = validate(data).map((one) => one.record);
    const ended = data.procedures.filter((one) => one.validTo !== null && one.legs.some((leg) => leg.role === 'social-protection-decision')).map((one) => `${one.code}@${one.validFrom}`);
    expect(ended).toContain('1.001776@2025-01-01');
    expect(new Set(records)).toEqual(new Set(ended));
  });

  test('every commune has a counter, a post office and a treasury', () => {
    const data = excerpt();
    for (const one of bearers(data, 'post-office')) one.roles = ['letters'];
    expect(validate(data).map((one) => `${one.record}: ${one.problem}`)).toContainEqual(expect.stringContaining('post-office: on 2025-01-01 no office bears role post-office for 6 communes'));
  });
});
