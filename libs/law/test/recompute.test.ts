/** Calendars and outages are announced while dossiers are under way; and the clock of whoever receives for another office. */
import { describe, expect, test } from 'vitest';
import type { CalendarDay, Outage } from '../src/types.ts';
import { suspensions } from '../src/suspensions.ts';
import { dossierDue, legDue } from '../src/limits.ts';
import { maxRecomputations } from '../src/recompute.ts';
import { printInstant } from '../src/time/index.ts';
import { calendarOfTests } from './time/calendar-of-tests.ts';
import { complete } from './world/sayings.ts';
import { at, World } from './world/world.ts';

const short = (instant: number | null): string => (instant === null ? 'stands' : printInstant(instant).slice(0, 16));
const legDueOf = (hub: World, leg: string): string => { const service = hub.service('oversight'); return short(legDue(service.dossier, hub.legAt('oversight', leg), hub.context(service)).due); };
const wholeDue = (hub: World): string => { const service = hub.service('oversight'); return short(dossierDue(service.dossier, hub.context(service)).due); };
const recomputations = (hub: World): number => hub.service('oversight').dossier.entries.filter((one) => one.kind === 'due-recomputed').length;

function submitted(time: string, procedure = 'extract', subject = 'hoi-an'): World {
  const hub = new World(time);
  hub.submit(procedure, { areas: { subject } });
  hub.quiet();
  return hub;
}
function announced(hub: World, rows: readonly CalendarDay[]): void {
  hub.announce({ days: new Map([...calendarOfTests.days, ...rows.map((one): [string, CalendarDay] => [one.date, one])]) });
  hub.quiet();
}
const row = (date: string, kind: CalendarDay['kind'] = 'holiday'): CalendarDay => ({ date, kind, name: 'nghỉ', status: 'announced' });
const outage = (id: string, from: string, to: string | null, offices?: readonly string[]): Outage => ({
  id, from: at(from), to: to === null ? null : at(to), name: { vi: 'Sự cố', en: 'Outage' }, source: { act: `thông báo ${id}`, status: 'read' }, ...(offices === undefined ? {} : { offices }),
});

describe('a calendar that is announced later', () => {
  test('what was provisional becomes certain, by one entry for each limit, and no more when nothing changes', () => {
    const hub = submitted('2026-12-30T09:00+07');
    const { dossier } = hub.service('oversight');
    expect([dossier.root!.body.provisional, dossier.root!.limit.provisional, hub.legAt('oversight', 'issue').takenOver!.provisional, wholeDue(hub), legDueOf(hub, 'issue')]).toEqual([true, true, true, '2027-01-14T09:00', '2027-01-05T09:00']);
    announced(hub, [row('2027-01-01'), row('2027-01-04', 'swap-off')]);
    expect([wholeDue(hub), legDueOf(hub, 'issue'), recomputations(hub)]).toEqual(['2027-01-15T09:00', '2027-01-06T09:00', 2]);
    expect([hub.service('oversight').dossier.root!.limit.provisional, hub.legAt('oversight', 'issue').takenOver!.provisional]).toEqual([false, false]);
    hub.quiet();
    expect(recomputations(hub)).toBe(2);
  });

  test('a start that lay on a day now off moves on; one that waited for an opening may come earlier', () => {
    const late = submitted('2026-03-06T16:00+07');
    expect(short(late.service('oversight').dossier.root!.limit.startsAt)).toBe('2026-03-09T07:30');
    announced(late, [row('2026-03-07', 'swap-working'), row('2026-03-09', 'swap-off')]);
    expect([short(late.service('oversight').dossier.root!.limit.startsAt), short(late.legAt('oversight', 'issue').takenOver!.startsAt)]).toEqual(['2026-03-07T07:30', '2026-03-07T07:30']);
    const now = submitted('2026-03-06T09:00+07');
    announced(now, [row('2026-03-06')]);
    expect(short(now.legAt('oversight', 'issue').takenOver!.startsAt)).toBe('2026-03-09T07:30');
  });

  test('a date that an officer has set, and legs that have ended, stay as they are', () => {
    const hub = submitted('2026-03-02T08:00+07', 'chain');
    hub.says('one', complete());
    hub.quiet();
    expect(hub.says('two', { kind: 'extend', dueAt: at('2026-03-09T08:00+07'), ground: '1/2026/NĐ-CP' })).toBeNull();
    hub.asks({ kind: 'apologise', newDueAt: at('2026-03-25T08:00+07'), reason: 'x' });
    announced(hub, [row('2026-03-04')]);
    expect([recomputations(hub), legDueOf(hub, 'two'), wholeDue(hub)]).toEqual([0, '2026-03-09T08:00', '2026-03-25T08:00']);
  });

  test('data that change to and fro do so only so often', () => {
    const hub = submitted('2026-03-02T08:00+07');
    for (let n = 0; n < 3 * maxRecomputations; n++) announced(hub, n % 2 === 0 ? [row('2026-03-04')] : []);
    expect(recomputations(hub)).toBe(2 * maxRecomputations);
  });
});

describe('an announced outage', () => {
  test('stops the clock of legs and dossier from its beginning to recovery, with its ground', () => {
    const hub = submitted('2026-03-02T08:00+07');
    expect([legDueOf(hub, 'issue'), wholeDue(hub)]).toEqual(['2026-03-05T08:00', '2026-03-16T08:00']);
    hub.now = at('2026-03-03T10:00+07');
    hub.announce({ outages: [outage('SC-1', '2026-03-03T09:00+07', null)] });
    hub.quiet();
    expect([legDueOf(hub, 'issue'), wholeDue(hub)]).toEqual(['stands', 'stands']);
    hub.now = at('2026-03-04T11:00+07');
    hub.announce({ outages: [outage('SC-1', '2026-03-03T09:00+07', '2026-03-04T09:00+07')] });
    hub.quiet();
    expect([legDueOf(hub, 'issue'), wholeDue(hub)]).toEqual(['2026-03-06T08:00', '2026-03-17T08:00']);
    expect(suspensions(hub.service('oversight').dossier)).toEqual([{ leg: '', item: 'SC-1', cause: 'outage', from: at('2026-03-03T09:00+07'), to: at('2026-03-04T09:00+07'), ground: 'thông báo SC-1', openedBy: null, closedBy: null }]);
    // The whole dossier notes it, and tells when it falls due since it is over; so does its leg.
    expect(recomputations(hub)).toBe(3);
  });

  test('of one office touches its legs; elsewhere nothing stands', () => {
    const elsewhere = submitted('2026-03-02T08:00+07');
    elsewhere.announce({ outages: [outage('SC-2', '2026-03-03T09:00+07', '2026-03-04T09:00+07', ['tax'])] });
    elsewhere.quiet();
    expect([recomputations(elsewhere), legDueOf(elsewhere, 'issue')]).toEqual([0, '2026-03-05T08:00']);
    const here = submitted('2026-03-02T08:00+07');
    here.announce({ outages: [outage('SC-2', '2026-03-03T09:00+07', '2026-03-04T09:00+07', ['civil-hoi-an'])] });
    here.quiet();
    expect([recomputations(here), legDueOf(here, 'issue'), wholeDue(here)]).toEqual([2, '2026-03-06T08:00', '2026-03-17T08:00']);
  });

  test.each<[string, readonly string[] | undefined, number]>([['of one office', ['land-branch'], 2], ['of all offices', undefined, 4]])('%s moves the date that an officer has set by the working time that was lost', (_what, offices, written) => {
    const hub = submitted('2026-03-02T08:00+07', 'chain');
    hub.says('one', complete());
    hub.quiet();
    expect(hub.says('two', { kind: 'extend', dueAt: at('2026-03-09T08:00+07'), ground: '1/2026/NĐ-CP' })).toBeNull();
    hub.announce({ outages: [outage('SC-4', '2026-03-04T09:00+07', '2026-03-05T09:00+07', offices)] });
    hub.quiet();
    expect([legDueOf(hub, 'two'), recomputations(hub) > 0, recomputations(hub) <= written]).toEqual(['2026-03-10T08:00', true, true]);
  });

  test('stays in the clock of a leg that goes to another office in the same round', () => {
    const hub = submitted('2026-03-02T08:00+07', 'chain');
    hub.says('one', complete());
    hub.quiet();
    const promised = legDueOf(hub, 'two');
    hub.announce({ outages: [outage('SC-5', '2026-03-02T09:00+07', '2026-03-03T09:00+07', ['land-branch', 'land-branch-2'])] });
    hub.now = at('2026-03-03T10:00+07');
    hub.quiet();
    const moved = legDueOf(hub, 'two');
    hub.now = at('2026-03-04T10:00+07');
    expect(hub.says('two', { kind: 'reroute', office: 'land-branch-2', reason: 'x' })).toBeNull();
    hub.quiet();
    expect([promised, moved, legDueOf(hub, 'two')]).toEqual(['2026-03-05T08:00', '2026-03-06T08:00', '2026-03-06T08:00']);
  });

  test.each([['2026-02-27T09:00+07', '2026-02-28T09:00+07'], ['2026-03-16T08:00+07', '2026-03-17T09:00+07']])('from %s to %s lies outside the dossier: nothing is written', (from, to) => {
    const hub = submitted('2026-03-02T08:00+07');
    hub.announce({ outages: [outage('SC-3', from, to)] });
    hub.quiet();
    expect(recomputations(hub)).toBe(0);
  });
});

describe('intake for an office elsewhere', () => {
  test('counts from the competent office\'s own receipt; a receipt within the exchange limit is one with the handover', () => {
    const own = submitted('2026-03-02T08:00+07'), other = new World('2026-03-02T08:00+07');
    other.submit('extract', { areas: { subject: 'tra-my@new' } });
    expect([own.service('intake').dossier.root!.body.clock, other.service('intake').dossier.root!.body.clock]).toEqual([undefined, 'competent-office']);
    other.now = at('2026-03-02T08:10+07');
    other.quiet();
    expect([wholeDue(own), wholeDue(other)]).toEqual(['2026-03-16T08:00', '2026-03-16T08:00']);
    const slow = new World('2026-03-02T08:00+07');
    slow.submit('extract', { areas: { subject: 'tra-my@new' } });
    slow.now = at('2026-03-03T10:00+07');
    slow.quiet();
    expect(wholeDue(slow)).toBe('2026-03-17T10:00');
  });

  test('runs by the hours of the competent office', () => {
    const hub = new World('2026-04-16T16:00+07');
    const { office } = hub.reference;
    hub.reference = { ...hub.reference, office: (id) => { const found = office(id); return found === undefined || id !== 'civil-tra-my' ? found : { ...found, sessions: 'seasons' }; }, competentOffice: (role, area, on) => { const found = hub.reference.offices.find((one) => one.id === 'civil-tra-my'); return role === 'civil-status' && area === 'tra-my@new' ? { ...found!, sessions: 'seasons' } : new World().reference.competentOffice(role, area, on); } };
    hub.submit('extract', { areas: { subject: 'tra-my@new' } });
    // after 15:00: the counter hands over at its next opening, 7:30; that office has been open since 7:00
    expect(short(hub.service('intake').dossier.root!.limit.startsAt)).toBe('2026-04-17T07:30');
    hub.quiet();
    expect(short(hub.legAt('oversight', 'issue').takenOver!.startsAt)).toBe('2026-04-17T07:00');
    expect(recomputations(hub)).toBe(0);
  });
});
