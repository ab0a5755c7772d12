import { expect, test } from 'vitest';
import type { LegPlan, Procedure, Reference } from '../src/types.ts';
import type { LawContext } from '../src/context.ts';
import { assess, received } from '../src/decide/submit.ts';
import type { Submission } from '../src/decide/submit.ts';
import { legDue } from '../src/limits.ts';
import { predecessors } from '../src/itinerary.ts';
import { procedures, referenceOfTests } from './world/reference-of-tests.ts';
import { at, World } from './world/world.ts';

const submission: Submission = {
  by: { office: 'counter-hoi-an', officer: 'An' }, request: 'r', procedure: 'extract', case: '', channel: 'counter', areas: { subject: 'hoi-an' }, applicantKind: 'citizen', submittedBy: 'self',
  documents: [{ document: 'form', origin: { type: 'presented' } }], particulars: [], return: { way: 'counter', office: 'counter-hoi-an' }, rehearsal: null,
};

function context(now = '2025-06-26T08:00+07', more: Partial<Reference> = {}): LawContext {
  const hub = new World(now);
  return { ...hub.context(hub.service('intake')), reference: { ...referenceOfTests, ...more } };
}

const july = '2025-07-02T08:00+07';

/** One line a case: what is wrong, when, and the refusal with the field that it names. */
const wrong: readonly (readonly [string, Partial<Submission>, string, string, string])[] = [
  ['an unknown procedure', { procedure: 'nothing' }, july, 'UNKNOWN_PROCEDURE', 'procedure'],
  ['a case of a procedure without cases', { case: 'x' }, july, 'UNKNOWN_CASE', 'case'],
  ['an unknown counter', { by: { office: 'nowhere', officer: '' } }, july, 'UNKNOWN_OFFICE', 'office'],
  ['an office that is no counter', { by: { office: 'tax', officer: '' } }, july, 'NOT_A_COUNTER', 'office'],
  ['a counter that has ended', { by: { office: 'counter-tra-my-old', officer: '' } }, july, 'OFFICE_NOT_IN_FORCE', 'office'],
  ['a counter that does not exist yet', { by: { office: 'counter-tra-my', officer: '' } }, '2025-06-26T08:00+07', 'OFFICE_NOT_IN_FORCE', 'office'],
  ['a channel that is not offered', { channel: 'post' }, july, 'CHANNEL_NOT_OFFERED', 'channel'],
  ['no area of the subject', { areas: {} }, july, 'AREA_MISSING', 'areas.subject'],
  ['an unknown area', { areas: { subject: 'nowhere' } }, july, 'UNKNOWN_AREA', 'areas.subject'],
  ['an area that has ended', { areas: { subject: 'tra-my@old' } }, july, 'UNKNOWN_AREA', 'areas.subject'],
  ['an area that is still to come', { areas: { subject: 'tra-my@new' } }, '2025-06-30T08:00+07', 'UNKNOWN_AREA', 'areas.subject'],
  ['a foreign document', { documents: [{ document: 'deed', origin: { type: 'presented' } }] }, july, 'DOCUMENT_UNKNOWN', 'documents'],
  ['a return office that is no counter', { return: { way: 'counter', office: 'tax' } }, july, 'NOT_A_COUNTER', 'return.office'],
  ['a return office that has ended', { return: { way: 'counter', office: 'counter-tra-my-old' } }, july, 'NOT_A_COUNTER', 'return.office'],
  ['a year without calendar', {}, '2028-01-03T08:00+07', 'NO_CALENDAR', ''],
  ['a limit that runs out of the calendar', {}, '2027-12-30T08:00+07', 'NO_CALENDAR', ''],
];

test.each(wrong)('refused: %s', (_what, more, now, code, field) => {
  expect(assess({ ...submission, ...more }, context(now))).toEqual({ refusal: expect.objectContaining({ code, field }) });
});

test('on its last day an area and its office still receive; where a file moves to may lie in the new era', () => {
  for (const now of ['2025-06-30T16:59+07', '2025-06-30T23:59+07']) {
    expect(assess({ ...submission, areas: { subject: 'tra-my@old' }, by: { office: 'counter-tra-my-old', officer: '' } }, context(now))).toMatchObject({ legs: [{ office: 'civil-tra-my-old' }] });
  }
  expect(assess({ ...submission, areas: { subject: 'hoa-lien@old', target: 'hai-van@new' } }, context())).toMatchObject({ legs: [{ office: 'civil-hoa-lien' }] });
});

test('a missing document shows in the assessment and is refused at receipt', () => {
  const incomplete = { ...submission, documents: [] };
  const assessment = assess(incomplete, context());
  expect(assessment).toMatchObject({ missing: [{ code: 'form' }] });
  expect('refusal' in assessment ? null : received(incomplete, assessment, 'c', context())).toMatchObject({ refusal: { code: 'DOCUMENT_MISSING', field: 'documents' } });
});

test('fees follow the channel; a fee of nothing is none', () => {
  const channelFees = (channel: 'counter' | 'online'): unknown => {
    const assessment = assess({ ...submission, procedure: 'land-transfer', channel }, context());
    return 'refusal' in assessment ? assessment : assessment.fees.map((fee) => fee.amount[channel]);
  };
  expect([channelFees('counter'), channelFees('online')]).toEqual([[100_000], [50_000]]);
});

// ---------------------------------------------------------------- the itinerary

const waits = (procedure: Procedure, chosen: string): Record<string, readonly string[]> => {
  const here = context('2025-06-26T08:00+07', { procedure: () => procedure });
  const assessment = assess({ ...submission, case: chosen }, here);
  if ('refusal' in assessment) throw new Error(assessment.refusal.code);
  const origin = received({ ...submission, case: chosen }, assessment, 'c', here);
  if ('refusal' in origin) throw new Error(origin.refusal.code);
  const hub = new World('2025-06-26T08:00+07');
  hub.write(hub.service('intake'), origin.drafts);
  const { dossier } = hub.service('intake');
  return Object.fromEntries([...dossier.legs.values()].map((leg) => [leg.plan.name, predecessors(dossier, leg).map((one) => one.plan.name)]));
};

test('each leg waits for the legs that the procedure names', () => {
  expect(waits(procedures.find((one) => one.code === 'birth')!, '')).toEqual({ register: [], residence: ['register'], insurance: ['register'], support: ['residence', 'insurance'] });
});

test('where a case leaves a leg out, who waited for it waits for what it waited for', () => {
  const chain = procedures.find((one) => one.code === 'chain')!;
  const [one, two, three, four] = chain.legs as readonly [typeof chain.legs[number], typeof chain.legs[number], typeof chain.legs[number], typeof chain.legs[number]];
  const cased: Procedure = { ...chain, cases: ['short', 'long'], legs: [one, { ...two, cases: ['long'] }, { ...three, cases: ['long'] }, four] };
  expect(waits(cased, 'long')).toEqual({ one: [], two: ['one'], three: ['two'], four: ['three'] });
  expect(waits(cased, 'short')).toEqual({ one: [], four: ['one'] });
});

test('legs may stand in the catalogue in any order', () => {
  const chain = procedures.find((one) => one.code === 'chain')!;
  expect(waits({ ...chain, legs: [...chain.legs].reverse() }, '')).toEqual({ one: [], two: ['one'], three: ['two'], four: ['three'] });
});

test('legs that wait for each other are no itinerary', () => {
  const chain = procedures.find((one) => one.code === 'chain')!;
  expect(() => waits({ ...chain, legs: chain.legs.map((leg) => (leg.name === 'one' ? { ...leg, after: ['four'] } : leg)) }, '')).toThrow(/wait for each other/);
});

test('a leg is planned from when the last of those before it is due', () => {
  const assessment = assess({ ...submission, procedure: 'birth' }, context('2026-03-02T08:00+07'));
  expect('refusal' in assessment ? assessment : assessment.legs.map((leg: LegPlan) => leg.plannedDue)).toEqual([at('2026-03-05T08:00+07'), at('2026-03-10T08:00+07'), at('2026-03-10T08:00+07'), at('2026-03-13T08:00+07')]);
});

test('what a leg used of its time before a supplement does not count after it, where the procedure says so', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('extract');
  hub.quiet();
  const agency = hub.service('general-agency');
  const due = (): unknown => legDue(agency.dossier, hub.legAt('general-agency', 'issue'), hub.context(agency));
  expect(due()).toEqual({ due: at('2026-03-05T08:00+07'), suspendedSince: null });
  hub.now = at('2026-03-03T08:00+07');
  hub.says('issue', { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] });
  hub.quiet();
  expect(due()).toEqual({ due: null, suspendedSince: at('2026-03-03T08:00+07') });
  hub.now = at('2026-03-04T08:00+07');
  hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] });
  hub.quiet();
  expect(due()).toEqual({ due: at('2026-03-09T08:00+07'), suspendedSince: null });
});
