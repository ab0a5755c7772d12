import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import type { Calendar, CalendarDay, Reference } from '../src/types.ts';
import { dossierDue, legDue } from '../src/limits.ts';
import { punctualityOfDossier, punctualityOfLeg } from '../src/punctuality.ts';
import { localDate, workingTime } from '../src/time/index.ts';
import { timeline } from '../src/timeline.ts';
import { track } from '../src/tracking.ts';
import { workOneDay, workToTheEnd } from './world/officials.ts';
import { dump } from './world/dump.ts';
import { FolderCopy } from './world/folder-copy.ts';
import { checkAll, checkEnd, checkQuiet } from './world/invariants.ts';
import { recover } from './world/tills-and-carriers.ts';
import { begin, step } from './world/walk.ts';
import { at } from './world/world.ts';
import type { Service, World } from './world/world.ts';

const n = fc.nat({ max: 1_000_000 });
const beginnings = fc.record({ procedure: n, place: n, way: n, slow: fc.boolean(), rehearsal: fc.boolean(), days: fc.nat({ max: 3 }), start: n });
const steps = fc.array(fc.record({ what: n, a: n, b: n, c: n }), { minLength: 5, maxLength: 120, size: 'max' });
/** Each up to 120 steps. */
const numRuns = 150 * inject('size');
const slowHistoryMs = 400;
const firstWednesday = at('2025-06-04T12:00+07');

/** A copy that hears everything in another order. */
function heardAnew(hub: World): FolderCopy {
  const copy = new FolderCopy();
  copy.take([...hub.service('oversight').copy.entries].reverse());
  return copy;
}

/** Whose every minute was, as one copy tells it. */
function whoseTime(hub: World, { dossier }: Service): string {
  const observer = hub.service('oversight');
  return JSON.stringify(timeline(dossier, dossier.root?.clock ?? hub.now, hub.context(observer)));
}

/** What happened, as one copy tells it. */
function toldHistory(hub: World, { dossier }: Service): string {
  return dossier.root === null ? '' : JSON.stringify(track(dossier, hub.context(hub.service('oversight'))).history);
}

/** Every Wednesday is a day off, as if that had been announced just now. */
function withOtherDaysOff({ calendar }: Reference): Calendar {
  const wednesdays = Array.from({ length: 100 }, (_one, n): CalendarDay => ({ date: localDate(firstWednesday + n * 7 * 86_400_000), kind: 'holiday', name: 'Nghỉ', status: 'announced' }));
  return { ...calendar, days: new Map([...calendar.days, ...wednesdays.map((one): [string, CalendarDay] => [one.date, one])]) };
}

/** When all falls due and whether that was kept, as a copy tells it that has loaded such a calendar. */
function dueTimes(hub: World, calendar: Calendar): string {
  const observer = hub.service('oversight'), { dossier } = observer, context = { ...hub.context(observer), reference: { ...hub.reference, calendar }, work: workingTime(calendar) };
  if (dossier.root === null) return '';
  const now = dossier.root.clock ?? hub.now, legs = [...dossier.legs.values()].map((leg) => {
    const kept = punctualityOfLeg(dossier, leg, now, context)?.class;
    return [leg.plan.name, kept, kept === undefined || kept === 'excluded' ? null : legDue(dossier, leg, context)];
  });
  return JSON.stringify([dossierDue(dossier, context), punctualityOfDossier(dossier, now, context)?.class, legs]);
}

function checkDueTimes(hub: World): void {
  expect(dueTimes(hub, withOtherDaysOff(hub.reference))).toBe(dueTimes(hub, hub.reference.calendar));
}

test('whatever people do and whatever the network does: invariants hold at every step, copies agree, and the dossier can be finished', { timeout: numRuns * slowHistoryMs }, () => {
  fc.assert(fc.property(beginnings, steps, (beginning, history) => {
    const hub = begin(beginning);
    for (let day = 0; day < beginning.days; day++) workOneDay(hub);
    for (const one of history) { step(hub, one); checkAll(hub); }
    hub.quiet();
    checkAll(hub);
    checkQuiet(hub);
    checkDueTimes(hub);
    for (const tells of [whoseTime, toldHistory]) expect(new Set(hub.participants.map((one) => tells(hub, one))).size).toBe(1);
    recover(hub);
    const outcome = workToTheEnd(hub);
    checkAll(hub);
    checkEnd(hub);
    checkDueTimes(hub);
    const dumps = hub.participants.map((one) => dump(one.dossier));
    expect(new Set(dumps).size).toBe(1);
    expect(dump(heardAnew(hub).dossier)).toBe(dumps[0]);
    expect(['returned', 'refused', 'withdrawn', 'stopped']).toContain(outcome);
    const before = hub.service('oversight').copy.entries.length;
    hub.quiet();
    expect(hub.service('oversight').copy.entries.length).toBe(before);
  }), { numRuns, unbiased: true });
});
