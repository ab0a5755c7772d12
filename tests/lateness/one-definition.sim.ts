/**
 * Drawn dossiers, whatever their offices did: the time line sums to the lifetime to the millisecond, and whoever is asked who is late – the law, the lateness of a dossier, the list of late
 * legs, the figures of offices, alerts, desks, the tracking page – says the same. 10,200 dossiers at size 34.
 */
import { oversight } from '@lienthong/contract';
import { dossierStatus } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { clockOf, lateness, punctualityOfDossier, punctualityOfLeg, skipped, timeline } from '@lienthong/law';
import type { Dossier, Lateness, PunctualityClass } from '@lienthong/law';
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { drawnHistories, lived } from '../../libs/law/test/world/drawn-histories.ts';
import { deskLeg } from '../../libs/dossier-service/src/desk/desk-views.ts';
import { alertsOf } from '../../services/oversight/src/alerts.ts';
import { countLegs } from '../../services/oversight/src/indices.ts';
import type { Count } from '../../services/oversight/src/indices.ts';
import { dueAmong, lateLegView, openLegs } from '../../services/oversight/src/late-legs.ts';
import { latenessView } from '../../services/oversight/src/lateness-view.ts';

/** Dossiers at size 1; each some fifty milliseconds on a quick machine. */
const dossiersPerSize = 300;
const slowDossierMs = 2_000;
const hourMs = 3_600_000, minuteMs = 60_000, dayMs = 24 * hourMs, ppm = 1_000_000;
const numRuns = dossiersPerSize * inject('size');

const codes = oversight.PunctualityClass;
const classCodes: Readonly<Record<PunctualityClass, oversight.PunctualityClass>> = { early: codes.EARLY, 'on-time': codes.ON_TIME, late: codes.LATE, running: codes.RUNNING, 'running-late': codes.RUNNING_LATE, excluded: codes.EXCLUDED };
const lateCodes: readonly oversight.PunctualityClass[] = [codes.LATE, codes.RUNNING_LATE];
const sorted = (ids: Iterable<string>): string[] => [...ids].sort();
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** What was seen, so that a run says what it rests on. */
const seen: Record<string, number> = {};
const count = (what: string): void => { seen[what] = (seen[what] ?? 0) + 1; };

test(`of ${numRuns} drawn dossiers every minute is somebody's, and no two queries disagree on lateness`, { timeout: 60_000 + numRuns * slowDossierMs }, () => {
  fc.assert(fc.property(drawnHistories, fc.integer({ min: 1, max: 720 }), fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 90 })), (drawn, hours, [first, last]) => {
    const hub = lived(drawn), service = hub.service('oversight'), { dossier } = service;
    if (dossier.root === null) { count('not heard of'); return; }
    const host = { environment: hub.context(service), world: { now: () => hub.now } } as unknown as Host;
    const now = clockOf(dossier, hub.now), known = lateness(dossier, now, host.environment);
    count('dossiers');
    count(`dossier ${punctualityOfDossier(dossier, now, host.environment)!.class}`);
    sumsToItsLife(dossier, now, host);
    readsAlike(dossier, known, now, host);
    listsAlike(dossier, known, now, hours, host);
    countsAlike(dossier, host, dossier.root.receivedAt + Math.min(first, last) * dayMs, dossier.root.receivedAt + Math.max(first, last) * dayMs);
  }), { numRuns, unbiased: true });
  process.stdout.write(`${Object.entries(seen).sort().map(([what, times]) => `${what} ${times}`).join(', ')}\n`);
  for (const what of ['dossier late', 'dossier running-late', 'leg late', 'leg running-late', 'leg on-time', 'leg excluded']) expect(seen[what] ?? 0, what).toBeGreaterThan(0);
});

function sumsToItsLife(dossier: Dossier, now: number, { environment }: Host): void {
  const { receivedAt, closed } = dossier.root!, intervals = timeline(dossier, now, environment), end = Math.max(closed?.at ?? now, receivedAt);
  expect(sum(intervals.map((one) => one.to - one.from))).toBe(end - receivedAt);
  expect([...intervals.map((one) => one.from), end]).toEqual([receivedAt, ...intervals.map((one) => one.to)]);
}

/** What is shown of one dossier: its lateness, its status, its legs on their desks. */
function readsAlike(dossier: Dossier, known: readonly Lateness[], now: number, host: Host): void {
  const view = latenessView(dossier, host), lateLegs = known.flatMap((one) => one.leg ?? []), whole = known.find((one) => one.leg === null);
  expect(lateCodes.includes(view.dossier!.punctualityClass)).toBe(whole !== undefined);
  expect(view.legs.filter((one) => lateCodes.includes(one.punctualityClass)).map((one) => one.leg)).toEqual(lateLegs);
  expect(view.late.map((one) => one.punctuality!.leg)).toEqual(known.map((one) => one.leg ?? ''));
  view.late.forEach(({ punctuality, intervals }, n) => {
    const { lateMillis, class: lateClass } = known[n]!.punctuality;
    expect([punctuality!.punctualityClass, punctuality!.lateWorkingMinutes, sum(intervals.map((one) => one.lateWorkingMs))]).toEqual([classCodes[lateClass], Math.floor(lateMillis / minuteMs), lateMillis]);
    if (lateMillis > 0) expect(Math.abs(sum(intervals.map((one) => one.sharePpm)) - ppm)).toBeLessThanOrEqual(intervals.length);
    for (const one of intervals) expect([one.startTime!.getTime() >= dossier.root!.receivedAt, one.endTime!.getTime() <= now]).toEqual([true, true]);
  });
  const status = dossierStatus(dossier, host.environment, host.world.now(), true);
  expect(status.late).toBe(whole?.punctuality.class === 'running-late');
  if (view.dossier!.punctualityClass !== codes.EXCLUDED) expect(status.dueTime).toEqual(view.dossier!.dueTime);
  for (const leg of dossier.legs.values()) expect(deskLeg(dossier, leg, host.environment, host.world.now()).late).toBe(lateLegs.includes(leg.id));
}

/** Lists over all dossiers: what is late, what will be, and what somebody is alarmed about. */
function listsAlike(dossier: Dossier, known: readonly Lateness[], now: number, hours: number, host: Host): void {
  const running = known.filter((one) => one.leg !== null && one.punctuality.class === 'running-late'), soon = [...dossier.legs.values()].filter((leg) => {
    const one = punctualityOfLeg(dossier, leg, now, host.environment);
    return one?.class === 'running-late' || (one?.class === 'running' && one.due !== null && one.due <= now + hours * hourMs);
  });
  const open = openLegs(dossier, host.environment);
  expect(sorted(dueAmong(open, now, 0).map((one) => one.leg.id))).toEqual(sorted(running.map((one) => one.leg!)));
  expect(sorted(dueAmong(open, now, hours).map((one) => one.leg.id))).toEqual(sorted(soon.map((leg) => leg.id)));
  for (const one of running) expect(lateLegView(dossier, dossier.legs.get(one.leg!)!, host).lateWorkingMinutes).toBe(Math.floor(one.punctuality.lateMillis / minuteMs));
  const alarmed = alertsOf(dossier, host).filter((one) => one.kind === oversight.AlertKind.LATE).map((one) => one.alert.split('/').slice(1, -2).join('/'));
  expect(sorted(alarmed)).toEqual(dossier.root!.closed === null ? sorted(running.map((one) => one.leg!)) : []);
}

/** Figures of a period against what each leg says of itself. */
function countsAlike(dossier: Dossier, host: Host, from: number, to: number): void {
  const counts = new Map<string, Count>(), expected: Record<string, number> = {}, counted: Record<string, number> = {};
  countLegs(dossier, from, to, host.environment, counts);
  for (const one of latenessView(dossier, host).legs) {
    count(`leg ${Object.entries(classCodes).find(([, code]) => code === one.punctualityClass)![0]}`);
    const decided = one.decidedTime?.getTime();
    if (dossier.root!.body.rehearsal || decided === undefined || decided < from || decided >= to) continue;
    const name = `${one.office} ${lateCodes.includes(one.punctualityClass) ? 'late' : one.punctualityClass === codes.EARLY ? 'early' : 'on-time'}`;
    expected[name] = (expected[name] ?? 0) + 1;
  }
  for (const leg of dossier.legs.values()) {
    if (leg.rehomed.length > 0) count('leg moved by a reform');
    const decided = leg.status === 'complete' || leg.status === 'refused' ? leg.completion!.at : null;
    if (!dossier.root!.body.rehearsal && decided !== null && decided >= from && decided < to && !skipped(dossier, leg)) expected[`${leg.office} completed`] = (expected[`${leg.office} completed`] ?? 0) + 1;
  }
  for (const [office, { early, onTime, late, excluded, completed }] of counts) {
    expect(early + onTime + late + excluded).toBe(completed);
    for (const [name, times] of [['early', early], ['on-time', onTime], ['late', late], ['completed', completed]] as const) if (times > 0) counted[`${office} ${name}`] = times;
  }
  expect(counted).toEqual(expected);
}
