/** Whose time it was, whether it was in time, and what made it late. */
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import type { Outage } from '../src/types.ts';
import { lateness } from '../src/lateness.ts';
import type { Lateness } from '../src/lateness.ts';
import { dossierDue, legDue } from '../src/limits.ts';
import { isLate, punctualityOfDossier, punctualityOfLeg } from '../src/punctuality.ts';
import { printInstant } from '../src/time/index.ts';
import { timeline } from '../src/timeline.ts';
import type { Interval } from '../src/timeline.ts';
import { drawnHistories, lived } from './world/drawn-histories.ts';
import { complete, refusal, returned, withdrawal } from './world/sayings.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const hour = 3_600_000, day = 24 * hour;
const short = (instant: number): string => printInstant(instant).slice(8, 16).replace('T', ' ');
const told = ({ from, to, who, cause, office, legs }: Interval): string => `${short(from)}–${short(to)} ${who} ${cause} ${office} ${legs.join('+')}`.trimEnd().replace(/ {2,}/g, ' ');
const lifeOf = (hub: World): string[] => { const service = hub.service('oversight'); return timeline(service.dossier, hub.now, hub.context(service)).map(told); };
const classOf = (hub: World, leg?: string): string | undefined => {
  const service = hub.service('oversight'), context = hub.context(service);
  return (leg === undefined ? punctualityOfDossier(service.dossier, hub.now, context) : punctualityOfLeg(service.dossier, hub.legAt('oversight', leg), hub.now, context))?.class;
};
const latenessOf = (hub: World): Lateness[] => { const service = hub.service('oversight'); return lateness(service.dossier, hub.now, hub.context(service)); };
const shares = (hub: World): string[] => latenessOf(hub).flatMap((one) => [`${one.name || 'dossier'} ${one.punctuality.class} ${one.punctuality.lateMillis / hour}h`, ...one.intervals.map((i) => `  ${short(i.from)}–${short(i.to)} ${i.who} ${i.office || i.cause} ${i.leg} ${(i.millis / hour).toFixed(2)}h`)]);

const lateLegs = (hub: World): string[] => latenessOf(hub).flatMap((one) => (one.leg === null ? [] : [one.name]));

function submitted(procedure: string, time = '2026-03-02T08:00+07'): World {
  const hub = new World(time);
  hub.submit(procedure);
  hub.quiet();
  return hub;
}
function goTo(hub: World, time: string): void {
  hub.now = at(time);
  hub.quiet();
}
const outage = (from: string, to: string, offices?: readonly string[]): Outage => ({ id: 'SC', from: at(from), to: at(to), name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'thông báo', status: 'read' }, ...(offices === undefined ? {} : { offices }) });

describe('the life of a dossier', () => {
  test('is cut at office hours, at what the citizen pays and completes, and ends with its closing', () => {
    const hub = submitted('land-transfer');
    goTo(hub, '2026-03-02T09:00+07');
    hub.pays('filing-fee');
    goTo(hub, '2026-03-02T18:00+07');
    hub.says('check', complete());
    hub.quiet();
    goTo(hub, '2026-03-03T10:00+07');
    hub.says('notice', { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] });
    goTo(hub, '2026-03-04T10:00+07');
    hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] });
    goTo(hub, '2026-03-04T11:00+07');
    expect(lifeOf(hub)).toEqual([
      '02 08:00–02 09:00 applicant payment check', '02 09:00–02 11:30 office work land-branch check', '02 11:30–02 13:30 outside-hours closed land-branch check', '02 13:30–02 17:00 office work land-branch check',
      '02 17:00–02 18:00 outside-hours closed land-branch check', '02 18:00–03 07:30 outside-hours closed tax notice', '03 07:30–03 10:00 office work tax notice', '03 10:00–04 10:00 applicant supplement notice', '04 10:00–04 11:00 office work tax notice',
    ]);
  });

  test.each<[string, LegSaying, LegSaying | null]>([
    ['opened it again', { kind: 'reopen', reason: 'sai' }, null], ['took it back', { kind: 'revoke', reason: 'sai' }, { kind: 'reopen', reason: 'làm lại' }],
  ])('is the office\'s that %s of its own accord, not that of the next, which had begun: its clock stands meanwhile', (_what, saying, then) => {
    const hub = submitted('chain');
    hub.says('one', complete());
    hub.quiet();
    const two = (): readonly (string | null)[] => { const service = hub.service('oversight'), { due, suspendedSince } = legDue(service.dossier, hub.legAt('oversight', 'two'), hub.context(service)); return [due, suspendedSince].map((one) => (one === null ? null : short(one))); };
    goTo(hub, '2026-03-03T08:00+07');
    expect(hub.says('one', saying)).toBeNull();
    goTo(hub, '2026-03-03T09:00+07');
    if (then !== null) expect(hub.says('one', then)).toBeNull();
    hub.quiet();
    goTo(hub, '2026-03-10T08:00+07');
    expect(two()).toEqual([null, '03 08:00']);
    expect(hub.says('one', complete())).toBeNull();
    goTo(hub, '2026-03-11T08:00+07');
    expect(two()).toEqual(['12 08:00', null]);
    expect(lifeOf(hub).filter((one) => one.includes(' law '))).toEqual([]);
    expect(lifeOf(hub).filter((one) => one.includes('office work land-branch two')).map((one) => one.slice(0, 17))).toEqual(['02 08:00–02 11:30', '02 13:30–02 17:00', '03 07:30–03 08:00', '10 08:00–10 11:30', '10 13:30–10 17:00', '11 07:30–11 08:00']);
    expect(lateLegs(hub)).toEqual(['one']);
  });

  test('of work that rests on what is done again is its office\'s from when it can look at it', () => {
    const hub = submitted('chain');
    for (const leg of ['one', 'two']) { hub.says(leg, complete()); hub.quiet(); }
    goTo(hub, '2026-03-02T10:00+07');
    hub.says('one', { kind: 'reopen', reason: 'sai' });
    hub.quiet();
    goTo(hub, '2026-03-02T11:00+07');
    hub.says('one', { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] });
    goTo(hub, '2026-03-02T14:00+07');
    hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'form', origin: { type: 'presented' } }] });
    goTo(hub, '2026-03-02T15:00+07');
    hub.says('one', complete());
    goTo(hub, '2026-03-02T16:00+07');
    hub.says('two', { kind: 'confirm' });
    goTo(hub, '2026-03-02T17:00+07');
    expect(lifeOf(hub)).toEqual([
      '02 08:00–02 10:00 office work social three', '02 10:00–02 11:00 office work civil-hoi-an one', '02 11:00–02 14:00 applicant supplement one+three', '02 14:00–02 15:00 office work civil-hoi-an one', '02 15:00–02 16:00 office work land-branch two', '02 16:00–02 17:00 office work social three',
    ]);
  });

  test('knows transfers, outages, the return and the post', () => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract', { return: { way: 'post', office: 'counter-hoi-an' } });
    goTo(hub, '2026-03-02T09:00+07');
    hub.announce({ outages: [outage('2026-03-02T10:00+07', '2026-03-02T14:00+07')] });
    goTo(hub, '2026-03-02T16:00+07');
    hub.says('issue', complete('extract'));
    hub.quiet();
    hub.now += hour;
    expect(lifeOf(hub)).toEqual([
      '02 08:00–02 09:00 transfer handover civil-hoi-an issue', '02 09:00–02 10:00 office work civil-hoi-an issue', '02 10:00–02 14:00 outage outage civil-hoi-an issue', '02 14:00–02 16:00 office work civil-hoi-an issue',
      '02 16:00–02 17:00 post carriage',
    ]);
  });

  test('is the post\'s while an original is still on its way, though everything is decided and returned', () => {
    const hub = submitted('extract');
    expect(hub.asks({ kind: 'send-originals', to: 'civil-hoi-an', documents: ['form'] })).toBeNull();
    hub.says('issue', complete('extract'));
    hub.quiet();
    hub.asks(returned);
    hub.quiet();
    hub.now += hour;
    expect(lifeOf(hub)).toEqual(['02 08:00–02 09:00 post carriage']);
  });

  test('tells every copy the same office, whichever of two that work at once was heard of first', () => {
    const hub = submitted('birth');
    hub.says('register', complete('birth-certificate'));
    hub.quiet();
    for (const [leg, role, result] of [['residence', 'tax', 'residence-notice'], ['insurance', 'land', 'insurance-card']] as const) {
      expect(hub.says(leg, hub.insertion(`after-${leg}`, role))).toBeNull();
      expect(hub.says(leg, complete(result))).toBeNull();
    }
    hub.tell('general-agency', 'intake');
    hub.tell('social-protection', 'intake');
    hub.tell('social-protection', 'oversight');
    hub.tell('general-agency', 'oversight');
    hub.quiet();
    hub.now += hour;
    const told = (['intake', 'oversight'] as const).map((name) => timeline(hub.service(name).dossier, hub.now, hub.context(hub.service(name))));
    expect(told[1]).toEqual(told[0]);
  });

  test('what the calendar does not know is taken for open', () => {
    const hub = submitted('extract');
    hub.announce({ years: new Set([2020]) });
    hub.now += day;
    expect(lifeOf(hub)).toEqual(['02 08:00–03 08:00 office work civil-hoi-an issue']);
  });
});

describe('classes', () => {
  test.each<[string, (hub: World) => void, string | undefined, string | undefined]>([
    ['2026-03-03T08:00+07', () => {}, 'running', 'running'], ['2026-03-05T08:00+07', () => {}, 'running', 'running'], ['2026-03-05T08:01+07', () => {}, 'running-late', 'running'], ['2026-03-17T08:01+07', () => {}, 'running-late', 'running-late'],
    ['2026-03-04T16:00+07', (hub) => hub.says('issue', complete('extract')), 'early', 'early'], ['2026-03-05T08:00+07', (hub) => hub.says('issue', complete('extract')), 'on-time', 'early'],
    ['2026-03-05T09:00+07', (hub) => hub.says('issue', complete('extract')), 'late', 'early'], ['2026-03-16T09:00+07', (hub) => hub.says('issue', refusal), 'late', 'late'],
    ['2026-03-16T08:00+07', (hub) => hub.says('issue', refusal), 'late', 'on-time'],
    ['2026-03-20T08:00+07', (hub) => hub.asks(withdrawal), 'excluded', 'excluded'], ['2026-03-20T08:00+07', (hub) => hub.says('issue', { kind: 'stop', ground: '1/2026/NĐ-CP' }), 'excluded', 'excluded'],
    ['2026-03-04T08:00+07', (hub) => hub.says('issue', { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] }), 'running', 'running'],
  ])('%s', (time, act, leg, whole) => {
    const hub = submitted('extract');
    goTo(hub, time);
    act(hub);
    hub.quiet();
    expect([classOf(hub, 'issue'), classOf(hub)]).toEqual([leg, whole]);
    // what the citizen collects later changes nothing
    hub.asks(returned);
    hub.now += 30 * day;
    if (whole === 'early' || whole === 'on-time' || whole === 'late') expect([classOf(hub, 'issue'), classOf(hub)]).toEqual([leg, whole]);
  });

  test('legs that nobody has begun have none', () => {
    const hub = submitted('chain');
    expect([classOf(hub, 'one'), classOf(hub, 'two')]).toEqual(['running', undefined]);
  });
});

describe('what made it late', () => {
  const finish = (hub: World, leg: string, time: string): void => { goTo(hub, time); expect(hub.says(leg, complete(...hub.legAt('oversight', leg).plan.results))).toBeNull(); hub.quiet(); };

  test('is laid at those who took more than the plan gave them, not at the last', () => {
    const hub = submitted('chain');
    // 3 working days each; the first takes 8, the others are quick, the last finishes after the tenth day
    finish(hub, 'one', '2026-03-12T08:00+07');
    finish(hub, 'two', '2026-03-13T08:00+07');
    finish(hub, 'three', '2026-03-16T08:00+07');
    finish(hub, 'four', '2026-03-17T08:00+07');
    expect(shares(hub)).toEqual([
      'dossier late 7.5h', '  05 08:00–12 08:00 office civil-hoi-an one 7.50h',
      'one late 37.5h', '  05 08:00–12 08:00 office civil-hoi-an one 37.50h',
    ]);
  });

  test('transfers count whole, the waits of the citizen not at all', () => {
    const hub = submitted('land-transfer');
    goTo(hub, '2026-03-04T08:00+07');
    hub.pays('filing-fee');
    hub.quiet();
    goTo(hub, '2026-03-05T08:00+07');
    hub.says('check', complete());
    // nobody tells the tax office for eight days
    hub.now = at('2026-03-17T08:00+07');
    hub.quiet();
    expect(hub.says('notice', { kind: 'open-charge', code: 'income-tax', charge: 'tax', amount: 5, refundable: false, ground: '1/2026/NĐ-CP' })).toBeNull();
    hub.quiet();
    goTo(hub, '2026-03-19T08:00+07');
    hub.pays('income-tax');
    hub.quiet();
    finish(hub, 'notice', '2026-03-23T08:00+07');
    hub.now = at('2026-03-24T08:00+07');
    expect(shares(hub)).toEqual(['dossier running-late 15h', '  05 08:00–17 08:00 transfer tax notice 15.00h']);
  });

  test('an office that was handed the dossier after three o\'clock and kept its limit, which began the next morning, is laid nothing', () => {
    const hub = submitted('chain');
    finish(hub, 'one', '2026-03-02T16:00+07');
    // from 3/3 07:30 three working days: until 17:00 of 5/3
    finish(hub, 'two', '2026-03-05T17:00+07');
    finish(hub, 'three', '2026-03-06T08:00+07');
    finish(hub, 'four', '2026-03-20T08:00+07');
    expect(lateLegs(hub)).toEqual(['four']);
    expect(latenessOf(hub)[0]!.intervals.map((one) => one.leg)).toEqual(['four']);
  });

  test('in proportion, summing to the millisecond', () => {
    const hub = submitted('chain');
    finish(hub, 'one', '2026-03-09T08:00+07');
    finish(hub, 'two', '2026-03-16T08:00+07');
    finish(hub, 'three', '2026-03-17T08:00+07');
    finish(hub, 'four', '2026-03-18T08:00:00.001+07');
    const whole = latenessOf(hub)[0]!;
    expect(whole.intervals.map((one) => [one.office, one.share.toFixed(3)])).toEqual([['civil-hoi-an', '0.500'], ['land-branch', '0.500']]);
    expect(whole.intervals.reduce((sum, one) => sum + one.millis, 0)).toBe(whole.punctuality.lateMillis);
  });

  test('a leg that stood still after it was late shows whose time that was', () => {
    const hub = submitted('land-transfer');
    hub.pays('filing-fee');
    hub.quiet();
    goTo(hub, '2026-03-06T08:00+07');
    const tax: LegSaying = { kind: 'open-charge', code: 'x', charge: 'fee', amount: 5, refundable: false, ground: '1/2026/NĐ-CP' };
    expect(hub.says('check', tax)).toBeNull();
    goTo(hub, '2026-03-09T08:00+07');
    hub.pays('x');
    hub.quiet();
    finish(hub, 'check', '2026-03-10T08:00+07');
    expect(shares(hub)).toEqual(['check late 22.5h', '  05 08:00–06 08:00 office land-branch check 7.50h', '  06 08:00–09 08:00 applicant payment check 7.50h', '  09 08:00–10 08:00 office land-branch check 7.50h']);
  });
});

// ---------------------------------------------------------------- whatever happens

/** Each some fifty milliseconds; two thousand were run when this was written. */
const numRuns = 120 * inject('size');

test('every minute is somebody\'s, shares sum exactly to the lateness, and class, due time and shares never disagree', () => {
  fc.assert(fc.property(drawnHistories, (drawn) => {
    const hub = lived(drawn);
    for (const service of hub.services.values()) checkTime(hub, service);
  }), { numRuns, unbiased: true });
});

function checkTime(hub: World, service: ReturnType<World['service']>): void {
  const { dossier } = service, context = hub.context(service);
  if (dossier.root === null) return;
  const now = dossier.root.clock ?? hub.now, end = dossier.root.closed?.at ?? now;
  let reached = dossier.root.receivedAt;
  for (const one of timeline(dossier, now, context)) {
    expect(one.from).toBe(reached);
    expect(one.to).toBeGreaterThan(one.from);
    reached = one.to;
  }
  expect(reached).toBe(Math.max(end, dossier.root.receivedAt));
  const late = lateness(dossier, now, context);
  for (const one of late) {
    expect(one.intervals.reduce((sum, interval) => sum + interval.millis, 0)).toBe(one.punctuality.lateMillis);
    for (const interval of one.intervals) expect(interval.to).toBeGreaterThan(interval.from);
  }
  const whole = punctualityOfDossier(dossier, now, context);
  expect(late.some((one) => one.leg === null)).toBe(isLate(whole));
  if (isLate(whole)) expect((whole.ended ?? now) > dossierDue(dossier, context).due!).toBe(true);
  for (const leg of dossier.legs.values()) {
    const one = punctualityOfLeg(dossier, leg, now, context);
    expect(late.some((other) => other.leg === leg.id)).toBe(isLate(one));
    if (one?.class === 'running' && one.due !== null) expect(legDue(dossier, leg, context).due! >= now).toBe(true);
  }
}
