/** Waits that do not count, and the limits within which the citizen may be asked once and apologised to once. */
import { describe, expect, test } from 'vitest';
import { suspensions } from '../src/suspensions.ts';
import { dossierDue } from '../src/limits.ts';
import { punctualityOfDossier } from '../src/punctuality.ts';
import { printInstant } from '../src/time/index.ts';
import { complete } from './world/sayings.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

describe('waits outside the hub', () => {
  const consent: LegSaying = { kind: 'start-wait', wait: 'consent', ground: '301/2026/NĐ-CP, Điều 3', limit: '5wd' };
  const over: LegSaying = { kind: 'end-wait', wait: '', outcome: 'agree' };

  test('stop the clock until the office says that they are over; one at a time, with a ground', () => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    expect(hub.says('issue', over)).toMatchObject({ code: 'WAIT_NOT_OPEN' });
    expect(hub.says('issue', { ...consent, ground: '' } as LegSaying)).toMatchObject({ code: 'REASON_MISSING' });
    expect(hub.says('issue', { ...consent, limit: '5' } as LegSaying)).toMatchObject({ code: 'BAD_SPAN' });
    expect(hub.says('issue', consent)).toBeNull();
    expect(hub.says('issue', consent)).toMatchObject({ code: 'BLOCKED' });
    expect(hub.says('issue', complete('extract'))).toMatchObject({ code: 'BLOCKED' });
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.says('issue', over)).toBeNull();
    hub.quiet();
    expect(hub.says('issue', over)).toMatchObject({ code: 'WAIT_NOT_OPEN' });
    const { dossier } = hub.service('oversight');
    expect(suspensions(dossier)).toMatchObject([{ cause: 'consent', from: at('2026-03-02T08:00+07'), to: at('2026-03-04T08:00+07'), ground: '301/2026/NĐ-CP, Điều 3', openedBy: { office: 'civil-hoi-an', officer: 'Bình' }, closedBy: { office: 'civil-hoi-an', officer: 'Bình' } }]);
    expect(hub.says('issue', complete('extract'))).toBeNull();
  });

  test('end by themselves when their limit has passed; without a limit they last', () => {
    const hub = new World('2026-03-02T08:00+07'), abroad = new World('2026-03-02T08:00+07');
    for (const [one, wait] of [[hub, consent], [abroad, { ...consent, wait: 'verification-abroad', limit: '' }]] as const) {
      one.submit('extract');
      one.quiet();
      expect(one.says('issue', wait as LegSaying)).toBeNull();
      one.now = at('2026-05-04T08:00+07');
      one.quiet();
    }
    expect(suspensions(hub.service('oversight').dossier)).toMatchObject([{ to: at('2026-03-09T08:00+07'), closedBy: null }]);
    expect(suspensions(abroad.service('oversight').dossier)).toMatchObject([{ to: null }]);
  });

  test('kept by the service that held the leg before, they end all the same', () => {
    const hub = new World('2025-06-27T08:00+07');
    hub.submit('extract', { areas: { subject: 'hoa-lien@old', target: 'hoa-vang@new' } });
    hub.quiet();
    expect(hub.says('issue', { ...consent, limit: '' } as LegSaying)).toBeNull();
    hub.now = at('2025-07-02T08:00+07');
    hub.quiet();
    expect(hub.holderOf('issue').name).toBe('social-protection');
    expect(hub.says('issue', over)).toBeNull();
    hub.quiet();
    expect(suspensions(hub.service('oversight').dossier)).toMatchObject([{ cause: 'consent', to: at('2025-07-02T08:00+07'), closedBy: { office: 'civil-hoa-vang' } }]);
  });
});

describe('the one supplement', () => {
  const ask: LegSaying = { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] };
  test.each([['2026-03-05T08:00:00+07', null], ['2026-03-05T08:00:01+07', 'SUPPLEMENT_TOO_LATE']])('is asked within three working days of the receipt: at %s %s', (time, refused) => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    hub.now = at(time);
    expect(hub.says('issue', ask)?.code ?? null).toBe(refused);
  });

  test('counts from the receipt by the office that asks', () => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('chain');
    hub.quiet();
    hub.now = at('2026-03-12T08:00+07');
    hub.says('one', complete());
    hub.quiet();
    hub.now = at('2026-03-13T08:00+07');
    expect(hub.says('two', ask)).toBeNull();
  });
});

describe('the one apology', () => {
  test.each([['2026-03-15T23:59+07', null], ['2026-03-16T00:00+07', 'APOLOGY_TOO_LATE'], ['2026-03-18T08:00+07', 'APOLOGY_TOO_LATE']])('is given at the latest the day before the due day: at %s %s', (time, refused) => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    hub.now = at(time);
    expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-25T08:00+07'), reason: 'quá tải' })?.code ?? null).toBe(refused);
  });

  const apologised = (): World => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    hub.now = at('2026-03-03T08:00+07');
    expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-20T08:00+07'), reason: 'quá tải' })).toBeNull();
    return hub;
  };
  const whole = (hub: World): readonly (string | null)[] => {
    const { dossier } = hub.service('oversight'), { due, suspendedSince } = dossierDue(dossier, hub.context(hub.service('oversight')));
    return [due, suspendedSince].map((one) => (one === null ? null : printInstant(one).slice(0, 16)));
  };

  test('sets a date that what is the citizen\'s time moves, like any other', () => {
    const hub = apologised();
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.says('issue', { kind: 'start-wait', wait: 'consent', ground: '1/2026/NĐ-CP', limit: '20wd' })).toBeNull();
    hub.quiet();
    expect(whole(hub)).toEqual([null, '2026-03-04T08:00']);
    hub.now = at('2026-03-23T08:00+07');
    expect(punctualityOfDossier(hub.service('oversight').dossier, hub.now, hub.context(hub.service('oversight')))!.class).toBe('running');
    expect(hub.says('issue', { kind: 'end-wait', wait: '', outcome: 'agree' })).toBeNull();
    hub.quiet();
    expect(whole(hub)).toEqual(['2026-04-08T08:00', null]);
  });

  test('sets a date that an outage of all moves', () => {
    const hub = apologised(), source = { act: 'Thông báo 1', status: 'read' } as const;
    hub.quiet();
    hub.announce({ outages: [{ id: 'SC-1', from: at('2026-03-05T07:30+07'), to: at('2026-03-06T17:00+07'), name: { vi: 'Sự cố', en: 'Outage' }, source }] });
    hub.now = at('2026-03-09T08:00+07');
    hub.quiet();
    expect(whole(hub)).toEqual(['2026-03-24T08:00', null]);
  });

  test.each<[string, LegSaying, string | undefined]>([
    ['is done', complete('extract'), 'NOTHING_TO_PUT_OFF'], ['was refused', { kind: 'refuse', reason: 'không đủ điều kiện', ground: '1/2026/NĐ-CP' }, 'NOTHING_TO_PUT_OFF'],
    ['was stopped', { kind: 'stop', ground: '1/2026/NĐ-CP' }, 'NOTHING_TO_PUT_OFF'], ['goes on', { kind: 'assign', officer: 'Chi' }, undefined],
  ])('puts nothing off where the work %s', (_what, saying, code) => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    expect(hub.says('issue', saying)).toBeNull();
    hub.tell('general-agency', 'intake');
    if (saying.kind === 'stop') expect(hub.perform('intake')).toBeTruthy();
    expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-25T08:00+07'), reason: 'quá tải' })?.code).toBe(code);
  });

  test('is not too late while the clock stands: nothing falls due then', () => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('land-transfer');
    hub.quiet();
    hub.now = at('2026-03-20T08:00+07');
    expect(whole(hub)).toEqual([null, '2026-03-02T08:00']);
    expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-04-03T07:00+07'), reason: 'x' })).toMatchObject({ code: 'DUE_ALREADY', meta: { due: '2026-04-03T08:00:00+07:00' } });
    expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-04-06T08:00+07'), reason: 'x' })).toBeNull();
  });

  test.each<[string, string, string | undefined]>([
    ['2026-03-21T09:00+07', 'a Saturday', 'FIELD_INVALID'], ['2026-04-30T09:00+07', 'a holiday', 'FIELD_INVALID'], ['2062-03-20T09:00+07', 'a slip of the year', 'NO_CALENDAR'], ['2026-03-20T09:00+07', 'a working day', undefined],
  ])('%s, %s, as a new date: %s', (time, _what, code) => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('extract');
    hub.quiet();
    const refusals = [hub.asks({ kind: 'apologise', newDueAt: at(time), reason: 'quá tải' }), hub.says('issue', { kind: 'extend', dueAt: at(time), ground: '1/2026/NĐ-CP' })];
    expect(refusals.map((one) => one?.code)).toEqual([code, code]);
    if (code !== undefined) expect(refusals.map((one) => one?.field)).toEqual(['new_due_time', 'due_time']);
  });

  test('names a date later than the one that stands now', () => {
    const hub = new World('2026-03-02T08:00+07');
    hub.submit('land-transfer');
    hub.quiet();
    hub.now = at('2026-03-04T08:00+07');
    hub.pays('filing-fee');
    hub.quiet();
    expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-18T08:00+07'), reason: 'x' })).toMatchObject({ code: 'DUE_ALREADY' });
  });
});
