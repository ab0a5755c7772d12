/** A province small enough to be built for each arrangement of services: offices of every role, procedures of every shape the law knows, limits in minutes. */
import { areaIndex, isInForce, jurisdiction, officeIndex, workingTime } from '@lienthong/law';
import type { Area, AreaId, Calendar, Fee, LegTemplate, Office, Procedure, Reference, Role, Root, ServiceName, Source, Span, Text } from '@lienthong/law';
import type { LawEnvironment } from '@lienthong/dossier-service';
import type { Layout } from './layouts.ts';

const source: Source = { act: 'luật thử', status: 'decided' };
const text = (vi: string): Text => ({ vi, en: vi });
const ever = { validFrom: '2020-01-01', validTo: null } as const;
const lastDayOfOldEra = '2025-06-30', firstDayOfNewEra = '2025-07-01';

// ---------------------------------------------------------------- places

const area = (id: AreaId, more: Partial<Area> = {}): Area => ({ id, code: id.split('@')[0]!, name: text(id), level: 'commune', parent: 'tinh', ...ever, successors: [], source, ...more });

const areas: readonly Area[] = [
  area('tinh', { level: 'province', parent: null }), area('xa'),
  area('cu@old', { validTo: lastDayOfOldEra, successors: ['cu@new'] }), area('cu@new', { validFrom: firstDayOfNewEra }),
];

const office = (id: string, service: ServiceName, role: Role, serves: readonly AreaId[], more: Partial<Office> = {}): Office => ({
  id, name: text(`Cơ quan ${id}`), service, roles: [role], serves, agencyCode: '000.00.01.H47', successor: null, sessions: 'default', ...ever, source, ...more,
});

function officesOf({ hosts, hostOf }: Layout): readonly Office[] {
  return [
    office('counter', hosts.intake, 'counter', ['xa']), office('counter-old', hosts.intake, 'counter', ['cu@old'], { validTo: lastDayOfOldEra, successor: 'counter-new' }),
    office('counter-new', hosts.intake, 'counter', ['cu@new'], { validFrom: firstDayOfNewEra }),
    office('civil', hostOf.civil, 'civil', ['xa']), office('civil-2', hostOf.civil, 'civil', ['xa']),
    // After the reform its work is hosted elsewhere: what moves there changes service.
    office('civil-old', hostOf.civil, 'civil', ['cu@old'], { validTo: lastDayOfOldEra, successor: 'civil-new' }), office('civil-new', hostOf.land, 'civil', ['cu@new'], { validFrom: firstDayOfNewEra }),
    office('land', hostOf.land, 'land', ['tinh']), office('land-2', hostOf.land, 'land', ['tinh']), office('land-elsewhere', hostOf.civil, 'land', ['xa']),
    office('tax', hostOf.tax, 'tax', ['tinh']), office('post', hosts.post, 'post-office', ['tinh']),
  ];
}

// ---------------------------------------------------------------- procedures

type LegMore = Partial<Omit<LegTemplate, 'name' | 'role' | 'after'>>;
const leg = (name: string, role: Role, after: readonly string[] = [], more: LegMore = {}): LegTemplate => ({
  name, role, after, title: text(name), locality: 'subject', limit: '3wd', decides: false, results: [], reads: ['applicant'], source, ...more,
});
const silentAfter: Span = '2min', supplementWithin: Span = '5min';
const consults: LegTemplate['consults'] = [{ role: 'tax', locality: 'subject', limit: silentAfter, silence: 'consent', title: text('Ý kiến cơ quan thuế') }];
const register = { register: 'parcels', action: 'transfer' } as const;
const filingFee: Fee = { code: 'filing-fee', name: text('Lệ phí'), kind: 'fee', amount: { counter: 100_000, online: 50_000, post: 100_000 }, when: 'filing', refundable: true, source };

const procedure = (code: string, legs: readonly LegTemplate[], more: Partial<Procedure> = {}): Procedure => {
  const limit: Span = '10wd';
  return {
    code, name: text(code), field: 'thử', cases: [], channels: ['counter', 'online'], limit: { counter: limit, online: limit, post: limit }, counting: 'elapsed', handOver: true, boundaryFree: true,
    documents: [{ code: 'form', name: text('Tờ khai'), originals: 1, copies: 0 }], fees: [], legs, results: legs.flatMap((one) => one.results.map((result) => ({ code: result, name: text(result) }))),
    supplement: { timeout: supplementWithin, restarts: true }, legalBasis: ['luật thử'], source, ...ever, ...more,
  };
};

const procedures: readonly Procedure[] = [
  procedure('extract', [leg('issue', 'civil', [], { decides: true, results: ['extract'] })]),
  procedure('birth', [
    leg('birth', 'civil', [], { decides: true, results: ['certificate'] }), leg('residence', 'land', ['birth'], { results: ['notice'] }), leg('insurance', 'tax', ['birth'], { results: ['card'] }),
    leg('support', 'civil', ['residence', 'insurance'], { results: ['decision'] }),
  ]),
  procedure('transfer', [
    leg('check', 'land'), leg('tax-notice', 'tax', ['check'], { charge: { code: 'tax', name: text('Thuế'), kind: 'tax' } }),
    leg('registration', 'land', ['tax-notice'], { decides: true, register, results: ['deed'] }),
  ], { fees: [filingFee] }),
  procedure('terminate', [leg('termination', 'land', [], { decides: true, results: ['notice'], register, consults })]),
  procedure('allowance', [leg('verification', 'civil', [], { posting: silentAfter }), leg('decision', 'land', ['verification'], { decides: true, results: ['decision'] })]),
  procedure('chain', [leg('one', 'civil'), leg('two', 'land', ['one']), leg('three', 'tax', ['two'], { consults }), leg('four', 'land', ['three'], { decides: true, register, results: ['paper'] })]),
];
/** Under other rules legs read nothing, and are given more time; back under the first ones they read again. */
const otherRules = (one: Procedure): Procedure => ({ ...one, limit: { counter: '12wd', online: '12wd', post: '12wd' }, supplement: { ...one.supplement, restarts: false }, legs: one.legs.map((leg) => ({ ...leg, limit: '4wd', reads: [] })) });

/** The rules have just changed, whichever a dossier stands under, and the applicant may choose. */
export function changedFor({ rules }: Pick<Root, 'rules'>, reference: Reference): Reference {
  const first = rules.supplement.restarts;
  return { ...reference, transitions: [{ id: 'choice', choice: true, ...ever, source }], procedure: (code, on) => { const found = reference.procedure(code, on); return found === undefined || !first ? found : otherRules(found); } };
}
export const procedureCodes: readonly string[] = procedures.map((one) => one.code);

// ---------------------------------------------------------------- time

const hours = [{ from: 450, to: 690 }, { from: 810, to: 1020 }];
const calendar: Calendar = { days: new Map(), years: new Set([2025, 2026]), sessions: [{ id: 'default', ...ever, week: { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours } }] };
const work = workingTime(calendar);

/** Built once per layout and used again: nothing in it changes. */
export function smallProvince(layout: Layout): LawEnvironment {
  let found = built.get(layout);
  if (found === undefined) built.set(layout, found = { reference: referenceOf(layout), work, hosts: layout.hosts });
  return found;
}
const built = new WeakMap<Layout, LawEnvironment>();

function referenceOf(layout: Layout): Reference {
  const offices = officesOf(layout);
  return {
    digest: 'small-province', ...jurisdiction(areaIndex(areas), officeIndex(offices)), areas, offices, procedures, calendar,
    procedure: (code, on) => procedures.find((one) => one.code === code && isInForce(one, on)),
  };
}
