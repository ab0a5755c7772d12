import { expect, test } from 'vitest';
import { dossierDue, legDue } from '../src/limits.ts';
import { track } from '../src/tracking.ts';
import type { Tracking } from '../src/tracking.ts';
import type { Procedure } from '../src/types.ts';
import { referenceOfTests } from './world/reference-of-tests.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';
import { complete, refusal, returned, withdrawal } from './world/sayings.ts';

const seen = (hub: World): Tracking => { const service = hub.service('oversight'); return track(service.dossier, hub.context(service)); };
const due = (hub: World, leg: string): unknown => { const service = hub.service('oversight'); return legDue(service.dossier, hub.legAt('oversight', leg), hub.context(service)).due; };
const whole = (hub: World): unknown => { const service = hub.service('oversight'); return dossierDue(service.dossier, hub.context(service)).due; };
const supplement: LegSaying = { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] };
const deliver = { kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] } as const;
const tax: LegSaying = { kind: 'open-charge', code: 'income-tax', charge: 'tax', amount: 5, refundable: false, ground: '1/2026/NĐ-CP' };

function submitted(procedure: string): World {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit(procedure);
  hub.quiet();
  return hub;
}
function goTo(hub: World, time: string): void {
  hub.now = at(time);
  hub.quiet();
}

test('the way of a dossier in plain words, from receipt to return', () => {
  const hub = submitted('land-transfer');
  const way: string[] = [];
  const look = (): void => { const { state, current, next } = seen(hub); way.push(`${state}: ${current.map((one) => `${one.leg.plan.name} ${one.state}`).join(', ')} → ${next.map((one) => one.leg.plan.name).join(', ')}`); };
  look();
  hub.pays('filing-fee'); hub.quiet(); look();
  hub.says('check', complete()); hub.quiet(); look();
  hub.says('notice', tax); hub.quiet(); look();
  hub.pays('income-tax'); hub.quiet();
  hub.says('notice', complete()); hub.quiet(); look();
  hub.says('registration', { ...complete('certificate'), change: { part: 'c', commitment: 'x' } }); hub.quiet(); look();
  hub.asks(returned); hub.quiet(); look();
  expect(way).toEqual([
    'waiting-for-payment: check suspended → notice, registration', 'in-process: check working → notice, registration', 'in-process: notice working → registration', 'waiting-for-payment: notice suspended → registration',
    'in-process: registration working → ', 'result-ready:  → ', 'returned:  → ',
  ]);
});

test('endings, asks and postings show as what they are', () => {
  const refused = submitted('extract');
  refused.says('issue', refusal); refused.quiet();
  const withdrawn = submitted('extract');
  withdrawn.asks(withdrawal); withdrawn.quiet();
  const asked = submitted('extract');
  asked.says('issue', supplement); asked.quiet();
  const posted = submitted('allowance');
  expect([refused, withdrawn, asked, posted].map((hub) => seen(hub).state)).toEqual(['refused', 'withdrawn', 'waiting-for-citizen', 'in-process']);
});

test('a supplement that is delivered lets the limits of leg and dossier run anew; one that is declined moves nothing', () => {
  const hub = submitted('extract');
  expect([due(hub, 'issue'), whole(hub)]).toEqual([at('2026-03-05T08:00+07'), at('2026-03-16T08:00+07')]);
  goTo(hub, '2026-03-04T08:00+07');
  hub.says('issue', supplement);
  goTo(hub, '2026-03-06T08:00+07');
  expect([due(hub, 'issue'), whole(hub)]).toEqual([null, null]);
  hub.asks(deliver);
  hub.quiet();
  expect([due(hub, 'issue'), whole(hub)]).toEqual([at('2026-03-11T08:00+07'), at('2026-03-20T08:00+07')]);

  const twins = submitted('twins');
  twins.says('left', supplement);
  twins.says('right', supplement);
  twins.quiet();
  const declined = ['left', 'right'].find((leg) => due(twins, leg) !== null)!;
  expect(due(twins, declined)).toBe(at('2026-03-05T08:00+07'));
});

test('a supplement of an earlier round does not shorten the present one', () => {
  const hub = submitted('extract');
  hub.says('issue', supplement);
  hub.quiet();
  goTo(hub, '2026-03-03T08:00+07');
  hub.asks(deliver);
  hub.quiet();
  hub.says('issue', complete('extract'));
  goTo(hub, '2026-03-09T08:00+07');
  hub.says('issue', { kind: 'reopen', reason: 'sai' });
  hub.quiet();
  expect(due(hub, 'issue')).toBe(at('2026-03-12T08:00+07'));
});

test('waiting for money does not count, and a refund later does not make the wait longer', () => {
  const hub = submitted('land-transfer');
  goTo(hub, '2026-03-04T08:00+07');
  hub.pays('filing-fee');
  hub.quiet();
  expect([due(hub, 'check'), whole(hub)]).toEqual([at('2026-03-09T08:00+07'), at('2026-03-18T08:00+07')]);
  hub.asks(withdrawal);
  goTo(hub, '2026-03-20T08:00+07');
  expect(seen(hub).suspensions).toMatchObject([{ cause: 'payment', to: at('2026-03-04T08:00+07') }]);
});

test('what one office asks another to redo suspends the asker, not the promise to the citizen', () => {
  const hub = submitted('chain');
  hub.says('one', complete());
  hub.quiet();
  goTo(hub, '2026-03-03T08:00+07');
  hub.says('two', { kind: 'ask-redo', target: hub.id('one'), reason: 'sai' });
  goTo(hub, '2026-03-05T08:00+07');
  expect([due(hub, 'two'), whole(hub)]).toEqual([null, at('2026-03-16T08:00+07')]);
});

test('an extension and an apology set dates, each later than what was promised, the apology once', () => {
  const hub = submitted('extract');
  expect(hub.says('issue', { kind: 'extend', dueAt: at('2026-03-05T08:00+07'), ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'DUE_ALREADY' });
  expect(hub.says('issue', { kind: 'extend', dueAt: NaN, ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'FIELD_INVALID' });
  expect(hub.says('issue', { kind: 'extend', dueAt: at('2026-03-09T08:00+07'), ground: '1/2026/NĐ-CP' })).toBeNull();
  hub.quiet();
  expect(due(hub, 'issue')).toBe(at('2026-03-09T08:00+07'));
  expect(hub.says('issue', { kind: 'extend', dueAt: at('2026-03-20T08:00+07'), ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'APOLOGY_ONCE' });
  expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-16T08:00+07'), reason: 'x' })).toMatchObject({ code: 'DUE_ALREADY' });
  expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-20T08:00+07'), reason: 'quá tải' })).toBeNull();
  hub.quiet();
  expect(whole(hub)).toBe(at('2026-03-20T08:00+07'));
  expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-25T08:00+07'), reason: 'x' })).toMatchObject({ code: 'APOLOGY_ONCE' });
});

test('particulars are corrected part by part; strangers are refused', () => {
  const hub = submitted('extract');
  expect(hub.asks({ kind: 'correct', particulars: [{ part: 'shoe-size', commitment: 'c' }], reason: 'x' })).toMatchObject({ code: 'FIELD_INVALID' });
  expect(hub.asks({ kind: 'correct', particulars: [{ part: 'applicant', commitment: 'c2' }], reason: 'sai tên' })).toBeNull();
  hub.quiet();
  expect(hub.service('oversight').dossier.root!.particulars.get('applicant')).toMatchObject({ commitment: 'c2' });
});

test.each<[string, string | null]>([
  ['contact', null], ['declaration', null], ['subject', 'subject'], ['co-applicants', 'co_applicants'], ['submitter', 'submitter'], ['access', 'access'],
])('%s that was forgotten at the receipt is added where the form has a place for it, or refused at %s', (part, field) => {
  const hub = new World();
  const read = (one: Procedure): Procedure => ({ ...one, legs: one.legs.map((leg) => ({ ...leg, reads: ['applicant', 'submitter', 'declaration'] })) });
  hub.reference = { ...hub.reference, procedure: (code, on) => { const found = referenceOfTests.procedure(code, on); return found === undefined ? undefined : read(found); } };
  hub.submit('extract');
  hub.quiet();
  expect(hub.asks({ kind: 'correct', particulars: [{ part, commitment: 'c9' }], reason: 'bỏ sót' })?.field ?? null).toBe(field);
  hub.quiet();
  expect(hub.service('oversight').dossier.root!.particulars.has(part)).toBe(field === null);
});

test('the history tells what happened in the order in which it counts', () => {
  const hub = submitted('extract');
  hub.says('issue', complete('extract'));
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(seen(hub).history.map((line) => line.text.vi)).toEqual(['Tiếp nhận hồ sơ', 'Cơ quan tiếp nhận xử lý', 'Hoàn thành bước', 'Trả kết quả', 'Kết thúc hồ sơ']);
});
