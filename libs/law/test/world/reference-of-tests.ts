/** A small province for tests: a few areas of both eras, the offices of several services, procedures of every shape the law knows. */
import type { Area, AreaId, LegTemplate, Locality, Office, Procedure, Reference, Role, ServiceName, Source, Span, Text } from '../../src/types.ts';
import { areaIndex, isInForce, jurisdiction, officeIndex } from '../../src/jurisdiction.ts';
import { calendarOfTests } from '../time/calendar-of-tests.ts';

const source: Source = { act: 'luật thử', status: 'decided' };
const text = (vi: string): Text => ({ vi, en: vi });

// ---------------------------------------------------------------- places

const area = (id: string, more: Partial<Area> = {}): Area => ({
  id, code: id.split('@')[0]!, name: text(id), level: 'commune', parent: 'quang-nam', validFrom: '2020-01-01', validTo: null, successors: [], source, ...more,
});
const lastDayOfOldEra = '2025-06-30', firstDayOfNewEra = '2025-07-01';

const areas: readonly Area[] = [
  area('quang-nam', { level: 'province', parent: null }),
  area('hoi-an'),
  area('tra-my@old', { validTo: lastDayOfOldEra, successors: ['tra-my@new'] }), area('tra-my@new', { validFrom: firstDayOfNewEra }),
  area('hoa-lien@old', { validTo: lastDayOfOldEra, successors: ['hai-van@new', 'hoa-vang@new'] }), area('hai-van@new', { validFrom: firstDayOfNewEra }), area('hoa-vang@new', { validFrom: firstDayOfNewEra }),
];

const office = (id: string, service: ServiceName, roles: readonly Role[], serves: readonly AreaId[], more: Partial<Office> = {}): Office => ({
  id, name: text(`Cơ quan ${id}`), service, roles, serves, agencyCode: '000.00.01.H47', successor: null, sessions: 'default', validFrom: '2020-01-01', validTo: null, source, ...more,
});
const untilReform = { validTo: lastDayOfOldEra }, sinceReform = { validFrom: firstDayOfNewEra };

const offices: readonly Office[] = [
  office('counter-hoi-an', 'intake', ['counter'], ['hoi-an']),
  office('counter-tra-my-old', 'intake', ['counter'], ['tra-my@old'], { ...untilReform, successor: 'counter-tra-my' }), office('counter-tra-my', 'intake', ['counter'], ['tra-my@new'], sinceReform),
  office('counter-hoa-lien', 'intake', ['counter'], ['hoa-lien@old'], untilReform),
  office('counter-hai-van', 'intake', ['counter'], ['hai-van@new'], sinceReform), office('counter-hoa-vang', 'intake', ['counter'], ['hoa-vang@new'], sinceReform),
  office('civil-hoi-an', 'general-agency', ['civil-status'], ['hoi-an']),
  office('civil-tra-my-old', 'general-agency', ['civil-status'], ['tra-my@old'], { ...untilReform, successor: 'civil-tra-my' }), office('civil-tra-my', 'general-agency', ['civil-status'], ['tra-my@new'], sinceReform),
  office('civil-hoa-lien', 'general-agency', ['civil-status'], ['hoa-lien@old'], untilReform),
  office('civil-hai-van', 'general-agency', ['civil-status'], ['hai-van@new'], sinceReform),
  // After the reform this office is hosted elsewhere: what moves there changes service.
  office('civil-hoa-vang', 'social-protection', ['civil-status'], ['hoa-vang@new'], sinceReform),
  office('police', 'general-agency', ['residence'], ['quang-nam']), office('insurance', 'social-protection', ['insurance'], ['quang-nam']),
  office('social', 'social-protection', ['social'], ['quang-nam']), office('social-other', 'social-protection', ['social'], ['quang-nam']),
  office('land-branch', 'land', ['land'], ['quang-nam']), office('land-branch-2', 'land', ['land'], ['quang-nam']),
  office('tax', 'general-agency', ['tax'], ['quang-nam']), office('business', 'business-registration', ['business'], ['quang-nam']),
];

// ---------------------------------------------------------------- procedures

type LegMore = Partial<Omit<LegTemplate, 'name' | 'role' | 'after'>>;
const leg = (name: string, role: Role, after: readonly string[], more: LegMore = {}): LegTemplate => ({
  name, role, after, title: text(name), locality: 'subject' as Locality, limit: '3wd', decides: false, results: [], reads: ['applicant'], source, ...more,
});

const procedure = (code: string, legs: readonly LegTemplate[], more: Partial<Procedure> = {}): Procedure => {
  const limit: Span = '10wd';
  return {
    code, name: text(code), field: 'thử', cases: [], channels: ['counter', 'online'], limit: { counter: limit, online: limit, post: limit }, counting: 'elapsed', handOver: true, boundaryFree: true,
    documents: [{ code: 'form', name: text('Tờ khai'), originals: 1, copies: 0 }, { code: 'certificate-paper', name: text('Giấy chứng nhận'), originals: 1, copies: 0, optional: true }], fees: [], legs, results: legs.flatMap((one) => one.results.map((result) => ({ code: result, name: text(result) }))),
    supplement: { timeout: '7wd', restarts: true }, legalBasis: ['luật thử'], source, validFrom: '2020-01-01', validTo: null, ...more,
  };
};

export const procedures: readonly Procedure[] = [
  procedure('extract', [leg('issue', 'civil-status', [], { decides: true, results: ['extract'] })]),
  procedure('birth', [
    leg('register', 'civil-status', [], { decides: true, results: ['birth-certificate'] }),
    leg('residence', 'residence', ['register'], { results: ['residence-notice'] }), leg('insurance', 'insurance', ['register'], { results: ['insurance-card'] }),
    leg('support', 'social', ['residence', 'insurance'], { results: ['support-decision'] }),
  ]),
  procedure('land-transfer', [
    leg('check', 'land', []), leg('notice', 'tax', ['check'], { charge: { code: 'income-tax', name: text('Thuế thu nhập'), kind: 'tax' } }),
    leg('registration', 'land', ['notice'], { decides: true, register: { register: 'parcels', action: 'transfer' }, results: ['certificate'] }),
  ], { fees: [{ code: 'filing-fee', name: text('Lệ phí'), kind: 'fee', amount: { counter: 100_000, online: 50_000, post: 100_000 }, when: 'filing', refundable: true, source }] }),
  procedure('terminate', [
    leg('termination', 'business', [], { decides: true, results: ['notice'], register: { register: 'businesses', action: 'terminate' }, consults: [{ role: 'tax', locality: 'subject', limit: '2wd', silence: 'consent', title: text('Ý kiến cơ quan thuế'), binding: true }] }),
  ]),
  procedure('allowance', [leg('verification', 'social', [], { posting: '2wd' }), leg('decision', 'social', ['verification'], { decides: true, results: ['decision'] })]),
  // Two chains side by side without a join: each part decides nothing about the other.
  procedure('twins', [leg('left', 'land', []), leg('left-end', 'land', ['left'], { results: ['left-paper'] }), leg('right', 'social', []), leg('right-end', 'business', ['right'], { decides: true, results: ['right-paper'] })]),
  // Beside a deciding leg one that consults.
  procedure('consult-twins', [
    leg('left', 'land', [], { consults: [{ role: 'tax', locality: 'subject', limit: '2wd', silence: 'consent', title: text('Ý kiến') }] }), leg('right', 'business', [], { decides: true, results: ['right-paper'] }),
  ]),
  // The certificate costs money when it is there.
  procedure('permit', [leg('permit', 'land', [], { decides: true, results: ['permit'] })], { channels: ['counter', 'online', 'post'], fees: [
    { code: 'permit-fee', name: text('Lệ phí cấp phép'), kind: 'fee', amount: { counter: 75_000, online: 40_000, post: 75_000 }, when: 'result', refundable: false, source },
    { code: 'nothing', name: text('Không thu'), kind: 'fee', amount: { counter: 0, online: 0, post: 0 }, when: 'result', refundable: false, source },
  ] }),
  // A chain of four offices, for branch edits.
  procedure('chain', [leg('one', 'civil-status', []), leg('two', 'land', ['one']), leg('three', 'social', ['two']), leg('four', 'business', ['three'], { decides: true, results: ['paper'] })]),
];

/** The rules have changed, for every procedure at once, and whoever wants may choose them. `n` tells one change from another. */
export function changedRules(n: number): Reference {
  const limit: Span = `${6 + n % 9}wd`, of: Span = `${1 + n % 4}wd`, reads = n % 2 === 0 ? ['applicant', 'subject'] : ['applicant'], counting = n % 3 === 0 ? 'first-day-excluded' : 'elapsed';
  const change = (one: Procedure): Procedure => ({ ...one, counting, limit: { counter: limit, online: limit, post: limit }, supplement: { timeout: '5wd', restarts: n % 2 === 0 }, legs: one.legs.map((leg) => ({ ...leg, limit: of, reads })) });
  return {
    ...referenceOfTests, digest: `changed ${n}`, transitions: [{ id: 'choice', choice: true, validFrom: '2020-01-01', validTo: null, source }],
    procedure: (code, on) => { const found = referenceOfTests.procedure(code, on); return found === undefined ? undefined : change(found); },
  };
}

const places = jurisdiction(areaIndex(areas), officeIndex(offices));

export const referenceOfTests: Reference = {
  digest: 'reference-of-tests', ...places, areas, offices, procedures, calendar: calendarOfTests,
  procedure: (code, on) => procedures.find((one) => one.code === code && isInForce(one, on)),
};
