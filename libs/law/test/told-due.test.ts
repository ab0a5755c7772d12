/** A due time never moves without an entry that says so, whatever calendar a copy has loaded since. */
import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '../src/types.ts';
import { emptyDossier } from '../src/dossier.ts';
import type { Dossier } from '../src/dossier.ts';
import { fold } from '../src/fold.ts';
import { dossierDue, legDue } from '../src/limits.ts';
import { punctualityOfDossier, punctualityOfLeg } from '../src/punctuality.ts';
import { maxRecomputations } from '../src/recompute.ts';
import { printInstant } from '../src/time/index.ts';
import { calendarOfTests } from './time/calendar-of-tests.ts';
import { complete, returned } from './world/sayings.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';

const consent: LegSaying = { kind: 'start-wait', wait: 'consent', ground: '1/2026/NĐ-CP', limit: '20wd' }, agreed: LegSaying = { kind: 'end-wait', wait: '', outcome: 'agree' };
const short = (instant: number | null): string => (instant === null ? 'stands' : printInstant(instant).slice(5, 16));

function goTo(hub: World, time: string): void {
  hub.now = at(`2026-${time}+07`);
  hub.quiet();
}
function says(hub: World, saying: LegSaying): void {
  expect(hub.says('issue', saying)).toBeNull();
  hub.quiet();
}
function announce(hub: World, ...dates: readonly string[]): void {
  hub.announce({ days: new Map([...calendarOfTests.days, ...dates.map((date): [string, CalendarDay] => [`2026-${date}`, { date: `2026-${date}`, kind: 'holiday', name: 'nghỉ', status: 'announced' }])]) });
}
/** Three working days at the office from Monday 2/3 8:00; it waits for a consent from the next day until the Monday after. */
function resumed(): World {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('extract');
  hub.quiet();
  goTo(hub, '03-03T08:00');
  says(hub, consent);
  goTo(hub, '03-09T08:00');
  says(hub, agreed);
  return hub;
}
const told = (hub: World, dossier: Dossier = hub.service('oversight').dossier): readonly (string | undefined)[] => {
  const context = hub.context(hub.service('oversight')), leg = [...dossier.legs.values()].find((one) => one.plan.name === 'issue')!;
  return [short(legDue(dossier, leg, context).due), punctualityOfLeg(dossier, leg, hub.now, context)?.class, short(dossierDue(dossier, context).due), punctualityOfDossier(dossier, hub.now, context)?.class];
};
const recomputations = (hub: World): number => hub.service('oversight').dossier.entries.filter(({ kind }) => kind === 'due-recomputed').length;

describe('what was suspended', () => {
  test('and was decided late stays late when a day off is announced afterwards', () => {
    const hub = resumed();
    goTo(hub, '03-11T09:00');
    says(hub, complete('extract'));
    expect(hub.asks(returned)).toBeNull();
    hub.quiet();
    const before = told(hub);
    expect([hub.service('oversight').dossier.root!.closed?.outcome, ...before]).toEqual(['returned', '03-11T08:00', 'late', '03-20T08:00', 'early']);
    announce(hub, '03-10');
    hub.quiet();
    expect(told(hub)).toEqual(before);
  });

  test.each<[string, string, readonly string[]]>([
    ['before it falls due without what suspended it', '03-04', ['03-11T08:00', 'running', '03-20T08:00', 'running']],
    ['before it falls due with what suspended it', '03-10', ['03-12T08:00', 'running', '03-23T08:00', 'running']],
    ['after it falls due', '03-26', ['03-11T08:00', 'running', '03-20T08:00', 'running']],
  ])('and runs is due as it was until an entry tells of a day off %s', (_what, date, after) => {
    const hub = resumed(), before = told(hub);
    expect(before).toEqual(['03-11T08:00', 'running', '03-20T08:00', 'running']);
    announce(hub, date);
    expect(told(hub)).toEqual(before);
    hub.quiet();
    expect(told(hub)).toEqual(after);
  });

  test('and is suspended again stands, and tells anew when it runs on', () => {
    const hub = resumed();
    goTo(hub, '03-10T08:00');
    says(hub, consent);
    expect(told(hub)).toEqual(['stands', 'running', 'stands', 'running']);
    announce(hub, '03-12');
    goTo(hub, '03-16T08:00');
    says(hub, agreed);
    const after = told(hub);
    expect(after).toEqual(['03-17T08:00', 'running', '03-26T08:00', 'running']);
    announce(hub);
    expect(told(hub)).toEqual(after);
  });

  test('and once had passed its due time is not suspended, whatever is announced', () => {
    const hub = resumed();
    goTo(hub, '03-12T08:00');
    says(hub, consent);
    expect(told(hub).slice(0, 2)).toEqual(['03-11T08:00', 'running-late']);
    announce(hub, '03-10', '03-11');
    expect(told(hub).slice(0, 2)).toEqual(['03-11T08:00', 'running-late']);
  });

  test('and was given another date is due then', () => {
    const hub = resumed();
    says(hub, { kind: 'extend', dueAt: at('2026-03-18T08:00+07'), ground: '1/2026/NĐ-CP' });
    expect(told(hub)[0]).toBe('03-18T08:00');
    announce(hub, '03-10');
    hub.quiet();
    expect(told(hub)[0]).toBe('03-18T08:00');
  });
});

test('what only tells that a suspension is over leaves the times that a calendar may change untouched', () => {
  const hub = resumed();
  expect([recomputations(hub), hub.legAt('oversight', 'issue').takenOver!.recomputed, hub.service('oversight').dossier.root!.limit.recomputed]).toEqual([2, 0, 0]);
  for (let n = 0; n < 3 * maxRecomputations; n++) { announce(hub, ...(n % 2 === 0 ? ['03-10'] : [])); hub.quiet(); }
  expect(recomputations(hub)).toBe(2 + 2 * maxRecomputations);
  says(hub, consent);
  goTo(hub, '03-10T08:00');
  says(hub, agreed);
  expect(recomputations(hub)).toBe(4 + 2 * maxRecomputations);
});

test('entries from before anything was told fold to what they did: the calendar tells', () => {
  const hub = resumed(), { dossier } = hub.service('oversight'), old = emptyDossier(dossier.id);
  for (const entry of dossier.entries) if (entry.kind !== 'due-recomputed') fold(old, entry);
  expect(told(hub, old)).toEqual(told(hub));
  announce(hub, '03-10');
  expect(told(hub, old)).toEqual(['03-12T08:00', 'running', '03-23T08:00', 'running']);
});
