/** A leg has one clock per round: it runs on wherever the leg goes, and an extension is moved by what suspends it later. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legDue } from '../src/limits.ts';
import { complete } from './world/sayings.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const ground = '1/2026/NĐ-CP', hour = 3_600_000;
const due = (hub: World, leg = 'two'): { due: number | null; suspendedSince: number | null } => { const service = hub.service('oversight'); return legDue(service.dossier, hub.legAt('oversight', leg), hub.context(service)); };

/** The second leg of a chain, three working days at the land office from Monday 8:00. */
function atTwo(): World {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('chain');
  hub.quiet();
  hub.says('one', complete());
  hub.quiet();
  return hub;
}
function goTo(hub: World, time: string): void {
  hub.now = at(time);
  hub.quiet();
}
const placed = (hub: World): void => { expect(hub.says('two', { kind: 'reroute', office: 'land-branch', reason: 'xếp' }, 'counter-hoi-an')).toBeNull(); };

describe('it keeps its clock', () => {
  test.each<[string, (hub: World) => void]>([
    ['that goes to another office', (hub) => { expect(hub.says('two', { kind: 'reroute', office: 'land-branch-2', reason: 'x' })).toBeNull(); }],
    ['that goes to another office twice', (hub) => { hub.says('two', { kind: 'reroute', office: 'land-branch-2', reason: 'x' }); hub.quiet(); hub.says('two', { kind: 'reroute', office: 'land-branch', reason: 'x' }); }],
    ['that is declined and placed', (hub) => { expect(hub.says('two', { kind: 'decline', reason: 'x' })).toBeNull(); hub.quiet(); placed(hub); }],
  ])('a leg %s', (_what, move) => {
    const hub = atTwo();
    const promised = due(hub).due;
    expect(promised).toBe(at('2026-03-05T08:00+07'));
    goTo(hub, '2026-03-04T10:00+07');
    move(hub);
    hub.quiet();
    expect(hub.legAt('oversight', 'two')).toMatchObject({ status: 'open', round: 1 });
    expect(due(hub).due).toBe(promised);
  });

  test('a leg whose office ended and that another service took over', () => {
    const hub = new World('2025-06-30T08:00+07');
    hub.submit('extract', { areas: { subject: 'hoa-lien@old', target: 'hoa-vang@new' } });
    hub.quiet();
    const promised = due(hub, 'issue').due;
    goTo(hub, '2025-07-02T08:00+07');
    expect(hub.legAt('oversight', 'issue')).toMatchObject({ office: 'civil-hoa-vang', service: 'social-protection', status: 'open' });
    expect(due(hub, 'issue').due).toBe(promised);
  });

  test('but a new round has a new clock', () => {
    const hub = atTwo();
    goTo(hub, '2026-03-04T10:00+07');
    hub.says('two', complete());
    expect(hub.says('two', { kind: 'reopen', reason: 'sai' })).toBeNull();
    hub.quiet();
    expect(due(hub).due).toBe(at('2026-03-09T10:00+07'));
  });

  test('however often and whenever it moves', () => {
    const moves = fc.array(fc.record({ hours: fc.nat({ max: 30 }), what: fc.nat({ max: 2 }) }), { maxLength: 6 });
    fc.assert(fc.property(moves, (way) => {
      const hub = atTwo(), promised = due(hub).due;
      for (const { hours, what } of way) {
        hub.now += hours * hour;
        hub.quiet();
        if (what === 2 && hub.says('two', { kind: 'decline', reason: 'x' }) === null) { hub.quiet(); placed(hub); }
        else hub.says('two', { kind: 'reroute', office: what === 0 ? 'land-branch' : 'land-branch-2', reason: 'x' });
        hub.quiet();
        expect(due(hub).due).toBe(promised);
      }
    }), { numRuns: 60 });
  });
});

describe('an extension', () => {
  const extend = (time: string): LegSaying => ({ kind: 'extend', dueAt: at(time), ground });
  const charge: LegSaying = { kind: 'open-charge', code: 'fee', charge: 'fee', amount: 5, refundable: false, ground };

  test.each<[string, string, string | null, string | null]>([
    // opened, paid, due then
    ['is not moved by what suspended the leg before', '2026-03-02T08:00+07', '2026-03-03T08:00+07', '2026-03-11T08:00+07'],
    ['is moved by a working day of waiting for money', '2026-03-05T08:00+07', '2026-03-06T08:00+07', '2026-03-12T08:00+07'],
    ['is moved by hours', '2026-03-05T08:00+07', '2026-03-05T10:00+07', '2026-03-11T10:00+07'],
    ['is moved over a weekend by its working days', '2026-03-06T08:00+07', '2026-03-09T08:00+07', '2026-03-12T08:00+07'],
    ['is moved by the part that comes after it', '2026-03-03T08:00+07', '2026-03-05T08:00+07', '2026-03-12T08:00+07'],
    ['is not moved by what begins after it has passed', '2026-03-12T08:00+07', '2026-03-13T08:00+07', '2026-03-11T08:00+07'],
    ['stands still while the leg waits', '2026-03-05T08:00+07', null, null],
  ])('%s', (_what, opened, paid, expected) => {
    const hub = atTwo(), extendedAt = '2026-03-04T08:00+07';
    const doAt = (time: string, act: () => void): void => { goTo(hub, time); act(); hub.quiet(); };
    const acts: [string, () => void][] = [[extendedAt, () => { expect(hub.says('two', extend('2026-03-11T08:00+07'))).toBeNull(); }], [opened, () => { expect(hub.says('two', charge)).toBeNull(); }], ...(paid === null ? [] : [[paid, () => { hub.pays('fee'); }] as [string, () => void]])];
    for (const [time, act] of acts.sort((a, b) => at(a[0]) - at(b[0]))) doAt(time, act);
    goTo(hub, '2026-03-13T09:00+07');
    expect(due(hub)).toEqual({ due: expected === null ? null : at(expected), suspendedSince: expected === null ? at(opened) : null });
  });

  test('must lie after what the leg has now, suspensions taken into account', () => {
    const hub = atTwo();
    hub.says('two', charge);
    goTo(hub, '2026-03-04T08:00+07');
    hub.pays('fee');
    hub.quiet();
    expect(due(hub).due).toBe(at('2026-03-09T08:00+07'));
    expect(hub.says('two', extend('2026-03-06T08:00+07'))).toMatchObject({ code: 'DUE_ALREADY', meta: { due: '2026-03-09T08:00:00+07:00' } });
  });

  test.each([['2026-03-05T08:00+07', undefined], ['2026-03-05T08:01+07', 'EXTENSION_TOO_LATE'], ['2026-03-20T08:00+07', 'EXTENSION_TOO_LATE']])('makes nothing good that is late: at %s %s', (time, refused) => {
    const hub = atTwo();
    expect(due(hub).due).toBe(at('2026-03-05T08:00+07'));
    goTo(hub, time);
    expect(hub.says('two', extend('2026-03-27T08:00+07'))?.code).toBe(refused);
  });

  test('of a leg whose clock stands lies after what it would have if it ran on now', () => {
    const hub = atTwo();
    hub.says('two', charge);
    goTo(hub, '2026-03-20T08:00+07');
    expect(due(hub).due).toBeNull();
    expect(hub.says('two', extend('2026-03-13T08:00+07'))).toMatchObject({ code: 'DUE_ALREADY', field: 'due_time' });
    expect(hub.says('two', extend('2026-04-29T08:00+07'))).toBeNull();
  });

  test('stays with the leg wherever it goes', () => {
    const hub = atTwo();
    hub.says('two', extend('2026-03-11T08:00+07'));
    hub.says('two', { kind: 'reroute', office: 'land-branch-2', reason: 'x' });
    hub.quiet();
    expect(due(hub).due).toBe(at('2026-03-11T08:00+07'));
  });
});
