/** SIGKILL at any moment of the demo: whoever goes on asking gets it done, what was acknowledged is there, nothing is stuck. */
import { setTimeout as pause } from 'node:timers/promises';
import { intake } from '@lienthong/contract';
import { journeyNames, runJourneys } from '@lienthong/journeys';
import type { JourneyReport } from '@lienthong/journeys';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { equalCopies } from './equal-copies.ts';
import { HubProcess } from './hub-process.ts';
import { seededRandom } from './seeded-random.ts';
import { recordingHub } from './recording-hub.ts';
import type { Acknowledged } from './recording-hub.ts';

const kills = 5 * inject('size');
/** A hub that is ready lives so long before it is killed, in milliseconds. */
const shortestLifeMs = 20, longestLifeMs = 3_000;
/** Citizens whose journeys run at the same time. */
const walkers = 3;
const testMs = 120_000 + kills * 20_000;

let place: HubProcess;
beforeEach(async () => { place = await HubProcess.place(); });
afterEach(() => place.gone());

type Hub = ReturnType<typeof recordingHub>;

/** Journeys over and over, until `over`. A failed one is kept: none may. */
async function walk(hub: Hub, first: number, over: () => boolean): Promise<JourneyReport[]> {
  const reports: JourneyReport[] = [];
  for (let n = first; !over(); n++) reports.push(...await runJourneys(hub, [journeyNames[n % journeyNames.length]!], () => {}));
  return reports;
}

async function killAgainAndAgain(random: () => number): Promise<readonly number[]> {
  const starts: number[] = [];
  for (let n = 0; n < kills; n++) {
    await pause(shortestLifeMs + random() * (longestLifeMs - shortestLifeMs));
    expect((await place.end('SIGKILL')).signal).toBe('SIGKILL');
    starts.push(await place.start());
  }
  return starts;
}

async function expectKept(hub: Hub, { request, counter, answer }: Acknowledged): Promise<void> {
  const settings = { office: counter, officer: 'cb-tiep-nhan' };
  const found = await hub.intake.getDossier(intake.GetDossierRequest.fromPartial({ code: answer.code }), settings);
  expect(found.receipt).toEqual(answer.receipt);
  expect(found.status!.closed).toBe(true);
  expect(await hub.intake.submitDossier(request, settings)).toEqual(answer);
  await equalCopies(hub, answer.code);
}

test(`${kills} kills while ${walkers} citizens go their ways; then the demo once more`, async () => {
  const seed = inject('seed');
  const acknowledged: Acknowledged[] = [];
  const hub = recordingHub(place.address, acknowledged);
  try {
    await place.start();
    let over = false;
    const walking = Promise.all(Array.from({ length: walkers }, (_, n) => walk(hub, n * 4, () => over)));
    const starts = await killAgainAndAgain(seededRandom(seed)).finally(() => { over = true; });
    const reports = (await walking).flat();
    expect(reports.filter(({ ok }) => !ok), `seed ${seed}`).toEqual([]);
    expect(reports.length).toBeGreaterThan(walkers);
    for (const one of acknowledged.slice()) await expectKept(hub, one);
    const codes = acknowledged.map(({ answer }) => answer.code), folders = new Set(acknowledged.map(({ answer }) => answer.folder));
    expect(new Set(codes).size).toBe(folders.size);
    const demo = await place.lienthong('demo', '--json');
    expect({ code: demo.code, stderr: demo.stderr }).toEqual({ code: 0, stderr: '' });
    expect((await place.end('SIGTERM')).code).toBe(0);
    process.stdout.write(`${kills} kills, ${folders.size} dossiers in ${reports.length} journeys; ready again after ${starts.map((ms) => `${Math.round(ms)}`).join(', ')} ms\n`);
  } finally {
    hub.close();
  }
}, testMs);
