/** A dossier that another system received, brought here while it was open. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EarlierLife } from '../src/decide/earlier-system.ts';
import { receiptForm } from '../src/forms/receipt-form.ts';
import { dossierDue, legDue } from '../src/limits.ts';
import { lateness } from '../src/lateness.ts';
import { printInstant } from '../src/time/index.ts';
import { timeline } from '../src/timeline.ts';
import { complete } from './world/sayings.ts';
import { at, World } from './world/world.ts';

const short = (instant: number | null): string => (instant === null ? 'stands' : printInstant(instant).slice(5, 16));
/** Histories that are drawn, and how long they may take on a busy machine. */
const runs = 60, propertyMs = 120_000;
/** Received on Monday 2/3/2026 at 8:00; ten working days. */
const life: EarlierLife = { system: 'Một cửa cũ', code: 'OLD-1', receivedAt: at('2026-03-02T08:00+07'), done: [], waits: [] };
const wait = { cause: 'supplement', from: at('2026-03-03T08:00+07'), to: at('2026-03-05T08:00+07'), ground: 'phiếu 12' } as const;

function brought(procedure: string, now: string, more: Partial<EarlierLife> = {}): World {
  const hub = new World(now);
  hub.submit(procedure, { earlier: { ...life, ...more } });
  hub.quiet();
  return hub;
}
const whole = (hub: World): string => { const service = hub.service('oversight'); return short(dossierDue(service.dossier, hub.context(service)).due); };
const legsOf = (hub: World): string[] => [...hub.service('oversight').dossier.legs.values()].map((leg) => `${leg.plan.name} ${leg.status}`);

describe('its clock', () => {
  test.each<[what: string, more: Partial<EarlierLife>, starts: string, due: string]>([
    ['runs from its receipt there', {}, '03-02T08:00', '03-16T08:00'],
    ['leaves out what stood still there', { waits: [wait] }, '03-02T08:00', '03-18T08:00'],
    ['leaves out twice what stood still twice, and once what overlaps', { waits: [wait, { ...wait, cause: 'payment' }, { ...wait, from: at('2026-03-06T08:00+07'), to: at('2026-03-09T08:00+07') }] }, '03-02T08:00', '03-19T08:00'],
    ['knows the hand-over after 15:00', { receivedAt: at('2026-03-02T15:30+07') }, '03-03T07:30', '03-16T17:00'],
  ])('%s', (_what, more, starts, due) => {
    const hub = brought('extract', '2026-03-10T08:00+07', more), root = hub.service('intake').dossier.root!;
    expect([short(root.body.startsAt), short(root.body.dueAt), whole(hub), short(root.recordedAt)]).toEqual([starts, due, due, '03-10T08:00']);
    // What was promised stands: nothing is computed anew, and the competent office's receipt here starts no clock.
    expect([root.limit.recomputed, root.body.clock]).toEqual([0, undefined]);
  });

  test('is late by the time there, and only what went beyond the plan there is laid at it', () => {
    // The check there had three working days; it took twelve.
    const hub = brought('land-transfer', '2026-03-18T08:00+07', { done: ['check'] });
    hub.now = at('2026-03-18T10:00+07');
    const service = hub.service('oversight'), [dossier] = lateness(service.dossier, hub.now, hub.context(service));
    expect(service.dossier.root!.body.earlier!.plannedUntil).toBe(at('2026-03-05T08:00+07'));
    expect([dossier!.name, dossier!.intervals.map((one) => [one.who, short(one.from), one.share])]).toEqual(['', [['earlier-system', '03-05T08:00', 1]]]);
  });
});

test('the leg that had its turn there goes on with its limit, and is late by what it took there', () => {
  // Three working days from Thursday 5/3; two of them were waited for papers.
  const hub = brought('land-transfer', '2026-03-16T08:00+07', { done: ['check'], legSince: at('2026-03-05T08:00+07'), waits: [{ ...wait, from: at('2026-03-06T08:00+07'), to: at('2026-03-10T08:00+07') }] });
  hub.now = at('2026-03-16T10:00+07');
  const service = hub.service('oversight'), context = hub.context(service), notice = hub.legAt('oversight', 'notice');
  expect([short(notice.takenOver!.startsAt), short(legDue(service.dossier, notice, context).due)]).toEqual(['03-05T08:00', '03-12T08:00']);
  expect(lateness(service.dossier, hub.now, context).map((one) => [one.name, one.intervals.map((each) => [each.who, short(each.from), each.millis / 60_000])])).toEqual([['notice', [['earlier-system', '03-12T08:00', 2 * 450], ['office', '03-16T08:00', 120]]]]);
  // What is opened anew, and what comes after, begins here.
  expect(hub.legAt('oversight', 'registration').takenOver).toBeNull();
});

test('its life has no gap: the earlier system, whom it waited for, then the offices here', () => {
  const hub = brought('extract', '2026-03-10T08:00+07', { waits: [{ ...wait, cause: 'posting', from: at('2026-03-06T08:00+07'), to: at('2026-03-07T08:00+07') }, wait] });
  hub.now = at('2026-03-10T10:00+07');
  const { dossier } = hub.service('oversight'), found = timeline(dossier, hub.now, hub.context(hub.service('oversight')));
  expect(found.map((one) => `${short(one.from)} ${one.who} ${one.cause}`)).toEqual([
    '03-02T08:00 earlier-system earlier-system', '03-03T08:00 applicant supplement', '03-05T08:00 earlier-system earlier-system', '03-06T08:00 law posting', '03-07T08:00 earlier-system earlier-system', '03-10T08:00 office work',
  ]);
  expect(found.reduce((sum, one) => sum + one.to - one.from, 0)).toBe(hub.now - life.receivedAt);
});

describe('what it waited for when it came', () => {
  const since = at('2026-03-05T08:00+07'), now = '2026-03-10T08:00+07';
  const supplement = { cause: 'supplement', from: since, ground: '1/2026/NĐ-CP', documents: ['form'] } as const, consent = { cause: 'consent', from: since, ground: '' } as const;
  const waits = (hub: World): string[] => { const { dossier } = hub.service('oversight'); return timeline(dossier, hub.now, hub.context(hub.service('oversight'))).map((one) => `${short(one.from)} ${one.who} ${one.cause}`); };

  test('papers: stands on without a gap, asked by intake, and runs again with the delivery', () => {
    const hub = brought('extract', now, { running: supplement }), intake = hub.service('intake').dossier;
    expect([whole(hub), legsOf(hub), [...intake.requests.values()].map((one) => [one.plan.request, one.plan.documents, short(one.plan.fallsDueAt), intake.root!.supplement?.request === one.id])]).toEqual(['stands', ['issue open'], [['supplement', ['form'], '03-19T08:00', true]]]);
    hub.now = at('2026-03-12T08:00+07');
    hub.quiet();
    expect(hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] })).toBeNull();
    hub.quiet();
    hub.now = at('2026-03-12T10:00+07');
    expect([waits(hub), whole(hub), intake.requests.size]).toEqual([['03-02T08:00 earlier-system earlier-system', '03-05T08:00 applicant supplement', '03-10T08:00 applicant supplement', '03-12T08:00 office work'], '03-26T08:00', 1]);
  });

  test('consent: ended by the office, or by its day', () => {
    const hub = brought('extract', now, { running: consent });
    expect(whole(hub)).toBe('stands');
    hub.now = at('2026-03-11T08:00+07');
    expect(hub.says('issue', { kind: 'end-wait', wait: '', outcome: 'agree' })).toBeNull();
    hub.quiet();
    // Ten working days from 2/3, of which four stood.
    expect([whole(hub), hub.service('intake').dossier.requests.size]).toEqual(['03-20T08:00', 1]);
    const due = brought('extract', now, { running: { ...consent, until: at('2026-03-11T08:00+07') } });
    due.now = at('2026-03-11T09:00+07');
    due.quiet();
    expect(whole(due)).toBe('03-20T08:00');
  });

  test('a posting: its days there count, it ends with its own day, and is not posted a second time', () => {
    const hub = brought('allowance', now, { running: { cause: 'posting', from: since, ground: '', until: at('2026-03-12T08:00+07') } }), { dossier } = hub.service('oversight');
    expect([whole(hub), [...dossier.requests.values()].map((one) => [one.plan.request, short(one.plan.fallsDueAt)])]).toEqual(['stands', [['posting', '03-12T08:00']]]);
    hub.now = at('2026-03-12T09:00+07');
    hub.quiet();
    // Ten working days from 2/3, of which five stood.
    expect([whole(hub), dossier.requests.size, waits(hub)]).toEqual(['03-23T08:00', 1, ['03-02T08:00 earlier-system earlier-system', '03-05T08:00 law posting', '03-10T08:00 law posting', '03-12T08:00 office work']]);
    expect(hub.says('verification', complete())).toBeNull();
  });

  test('an opinion: of the office that was asked there, once, within the time that goes on, with what its silence means', () => {
    const awaited = { cause: 'consultation', from: since, ground: '', office: 'tax', until: at('2026-03-12T17:00+07') } as const, hub = brought('terminate', now, { running: awaited }), { dossier } = hub.service('oversight');
    expect([whole(hub), [...dossier.requests.values()].map((one) => [one.plan.request, one.plan.silence, short(one.plan.fallsDueAt)]), legsOf(hub)]).toEqual(['03-16T08:00', [['consultation', 'consent', '03-12T17:00']], ['termination open', 'termination.opinion open']]);
    hub.now = at('2026-03-13T08:00+07');
    hub.quiet();
    expect([[...dossier.requests.values()].map((one) => one.ended?.outcome), legsOf(hub)]).toEqual([['consent'], ['termination open', 'termination.opinion stopped']]);
    const other = brought('extract', now, { running: awaited }).service('oversight').dossier;
    expect([...other.requests.values()].map((one) => [one.plan.request, one.plan.silence])).toEqual([['consultation', 'none']]);
  });

  test('a payment: of the tax notice that was given there, open here until it is paid, and not asked for again', () => {
    const hub = brought('land-transfer', now, { done: ['check'], running: { cause: 'payment', from: since, ground: '', fee: 'income-tax', amount: 2_500_000 } }), { dossier } = hub.service('oversight');
    expect([whole(hub), [...dossier.charges.values()].map((one) => [one.plan.code, one.plan.kind, one.plan.amount, one.status, dossier.legs.get(one.plan.blocks)!.plan.name])]).toEqual(['stands', [['income-tax', 'tax', 2_500_000, 'open', 'notice']]]);
    hub.now = at('2026-03-12T08:00+07');
    hub.pays('income-tax');
    hub.quiet();
    hub.now = at('2026-03-12T10:00+07');
    expect([whole(hub), dossier.charges.size, waits(hub)]).toEqual(['03-23T08:00', 1, ['03-02T08:00 earlier-system earlier-system', '03-05T08:00 applicant payment', '03-10T08:00 applicant payment', '03-12T08:00 office work']]);
    expect(hub.says('notice', complete())).toBeNull();
  });

  test('only the first leg that goes on here waits for it', () => {
    const hub = brought('birth', now, { done: ['register'], running: consent });
    expect([...hub.service('oversight').dossier.requests.values()].map((one) => hub.service('oversight').dossier.legs.get(one.plan.blocks)!.plan.name)).toEqual(['residence']);
  });

  test.each<[string, Partial<EarlierLife>, string]>([
    ['before its receipt', { running: { ...consent, from: at('2026-03-01T08:00+07') } }, 'earlier.running.start_time'], ['in the future', { running: { ...consent, from: at('2026-03-11T08:00+07') } }, 'earlier.running.start_time'],
    ['due already', { running: { ...consent, until: at(now) } }, 'earlier.running.due_time'], ['papers that nobody named', { running: { ...supplement, documents: [] } }, 'earlier.running.documents'],
    ['papers of another procedure', { running: { ...supplement, documents: ['certificate'] } }, 'earlier.running.documents'], ['papers for a consent', { running: { ...consent, documents: ['form'] } }, 'earlier.running.documents'],
    ['an opinion of nobody', { running: { cause: 'consultation', from: since, ground: '', office: 'nobody', until: at('2026-03-12T08:00+07') } }, 'earlier.running.office'], ['a posting that has ended', { running: { cause: 'posting', from: since, ground: '', until: at(now) } }, 'earlier.running.due_time'],
    ['a charge that nobody knows', { running: { cause: 'payment', from: since, ground: '', fee: 'x', amount: 1 } }, 'earlier.running.fee'], ['a charge of nothing', { running: { cause: 'payment', from: since, ground: '', fee: 'x', amount: 0 } }, 'earlier.running.amount'],
  ])('%s is refused', (_what, more, field) => expect(() => brought('extract', now, more)).toThrow(field));
});

test('goes on where it stood: what was done there is nobody\'s here, and what comes next begins', () => {
  const hub = brought('birth', '2026-03-10T08:00+07', { done: ['register'] });
  expect(legsOf(hub)).toEqual(['residence open', 'insurance open', 'support addressed']);
  hub.says('residence', complete('residence-notice'));
  hub.says('insurance', complete('insurance-card'));
  hub.quiet();
  expect(legsOf(hub)).toEqual(['residence complete', 'insurance complete', 'support open']);
});

test('keeps its code and its system for good, in the entry and on the receipt', () => {
  const hub = brought('extract', '2026-03-10T08:00+07'), { dossier } = hub.service('oversight');
  expect(dossier.root!.body.earlier).toMatchObject({ system: 'Một cửa cũ', code: 'OLD-1' });
  const receipt = receiptForm(dossier, { applicant: { citizen: { fullName: 'Trần Thị Bông' } }, contact: {}, secret: '', words: new Map() }, hub.context(hub.service('oversight')));
  expect(JSON.stringify(receipt)).toContain('(hệ thống trước: Một cửa cũ, OLD-1)');
});

/** Minutes of the two weeks between a receipt there and the import. */
const minute = 60_000, fortnight = 14 * 24 * 60;
const drawnWait = fc.record({ cause: fc.constantFrom('supplement', 'payment', 'posting', 'consent', 'consultation', 'verification-abroad'), at: fc.integer({ min: 0, max: fortnight - 1 }), length: fc.integer({ min: 1, max: fortnight }) });

test('whatever it waited for there, every minute is somebody\'s, and shares of a lateness sum to it', () => {
  fc.assert(fc.property(fc.array(drawnWait, { maxLength: 5 }), fc.boolean(), fc.option(fc.integer({ min: 0, max: fortnight }), { nil: undefined }), fc.integer({ min: 0, max: 3 * fortnight }), (drawn, checked, turn, later) => {
    const waits = drawn.map(({ cause, at: from, length }) => ({ cause, ground: '', from: life.receivedAt + from * minute, to: life.receivedAt + Math.min(fortnight, from + length) * minute }));
    const hub = brought('land-transfer', '2026-03-16T08:00+07', { waits, done: checked ? ['check'] : [], ...(turn === undefined ? {} : { legSince: life.receivedAt + turn * minute }) });
    hub.now += later * minute;
    hub.quiet();
    const { dossier } = hub.service('oversight'), context = hub.context(hub.service('oversight')), lived = timeline(dossier, hub.now, context);
    expect([lived[0]!.from, lived.at(-1)!.to]).toEqual([life.receivedAt, hub.now]);
    lived.forEach((one, n) => expect(one.to).toBe(lived[n + 1]?.from ?? hub.now));
    const { startsAt, dueAt, limit } = dossier.root!.body, expected = context.work.dueWithSuspensions(startsAt, limit, 'elapsed', waits, 'default');
    expect(expected).toMatchObject({ due: dueAt });
    expect([dossierDue(dossier, context).due, dossier.root!.limit.recomputed]).toEqual([dueAt, 0]);
    for (const one of lateness(dossier, hub.now, context)) expect(one.intervals.reduce((sum, each) => sum + each.millis, 0)).toBe(one.punctuality.lateMillis);
  }), { numRuns: runs });
}, propertyMs);

describe('refused is', () => {
  test.each<[what: string, more: Partial<EarlierLife>, code: string]>([
    ['no system', { system: '' }, 'earlier.system'], ['no code', { code: '' }, 'earlier.code'], ['a code too long', { code: 'x'.repeat(65) }, 'earlier.code'],
    ['a receipt to come', { receivedAt: at('2026-03-10T08:01+07') }, 'earlier.received_time'], ['a receipt at no time', { receivedAt: NaN }, 'earlier.received_time'],
    ['a turn before the receipt', { legSince: at('2026-03-02T07:59+07') }, 'earlier.leg_since_time'], ['a turn to come', { legSince: at('2026-03-10T08:01+07') }, 'earlier.leg_since_time'],
    ['a wait before the receipt', { waits: [{ ...wait, from: at('2026-03-02T07:59+07') }] }, 'earlier.waits[0]'], ['a wait that lasts', { waits: [wait, { ...wait, to: at('2026-03-10T08:01+07') }] }, 'earlier.waits[1]'],
    ['a wait that ends before it begins', { waits: [{ ...wait, to: wait.from }] }, 'earlier.waits[0]'], ['too many waits', { waits: Array.from({ length: 51 }, () => wait) }, 'earlier.waits'],
    ['a leg that the procedure has not', { done: ['magic'] }, 'earlier.done'], ['a leg before what it waits for', { done: ['residence'] }, 'earlier.done'],
    ['nothing left to do', { done: ['register', 'residence', 'insurance', 'support'] }, 'earlier.done'], ['a day before the procedure', { receivedAt: at('2019-12-31T08:00+07') }, 'UNKNOWN_PROCEDURE'],
  ])('%s', (_what, more, code) => { expect(() => brought('birth', '2026-03-10T08:00+07', more)).toThrow(code); });

  test('what is a rehearsal, or was taken in an outage', () => {
    const hub = new World('2026-03-10T08:00+07');
    hub.announce({ outages: [{ id: 'SC-9', from: at('2026-03-02T07:00+07'), to: null, name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'Thông báo 9', status: 'read' } }] });
    expect(() => hub.submit('extract', { earlier: life, late: { receivedAt: life.receivedAt, outage: 'SC-9' } })).toThrow('late_record');
    expect(() => hub.submit('extract', { earlier: life, rehearsal: at('2026-03-02T08:00+07') })).toThrow('rehearsal');
  });

  test.each([['exactly now', { receivedAt: at('2026-03-10T08:00+07') }], ['the longest code', { code: 'x'.repeat(64) }], ['the most waits', { waits: Array.from({ length: 50 }, () => wait) }], ['a wait up to now', { waits: [{ ...wait, to: at('2026-03-10T08:00+07') }] }]])('but not %s', (_what, more) => {
    expect(brought('birth', '2026-03-10T08:00+07', more).service('intake').dossier.root).not.toBeNull();
  });
});
