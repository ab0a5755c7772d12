/** `lienthong demo` as anybody runs it: against a hub in another process, over gRPC, as often as one likes. */
import { journeyNames } from '@lienthong/journeys';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HubProcess } from '../chaos/hub-process.ts';

const demoMs = 120_000;
let place: HubProcess;

beforeAll(async () => { place = await HubProcess.place(); await place.start(); });
afterAll(() => place.gone());

const text = expect.stringMatching(/./) as string;
const count = expect.any(Number) as number;
const states = /^(waiting|transfer|working|suspended|stale|done|refused|stopped|skipped)$/;

type Journey = { readonly name: string; readonly dossier: string; readonly entries: number; readonly legs: readonly { readonly name: string; readonly office: string; readonly state: string; readonly round: number }[]; readonly offices: readonly string[]; readonly suspensions: number; readonly handoffs: number };

async function demo(): Promise<readonly Journey[]> {
  const { code, stdout, stderr } = await place.lienthong('demo', '--json');
  const told = JSON.parse(stdout) as { journeys: (Journey & { problem?: string })[]; ok: boolean };
  expect(told.journeys.map(({ name, problem }) => [name, problem])).toEqual(journeyNames.map((name) => [name, undefined]));
  expect({ code, stderr, ok: told.ok }).toEqual({ code: 0, stderr: '', ok: true });
  return told.journeys;
}

test('every journey is as told, and each copy of each dossier is the same; and so once more on the same hub', async () => {
  const journeys = await demo();
  for (const journey of journeys) {
    expect(journey).toEqual({ name: text, dossier: text, entries: count, legs: expect.any(Array) as [], offices: expect.any(Array) as [], suspensions: count, handoffs: count, result: text, ok: true });
    for (const leg of journey.legs) expect(leg).toEqual({ name: text, office: text, state: expect.stringMatching(states) as string, round: count });
    expect(journey.legs.length).toBeGreaterThan(0);
    expect(journey.offices.length).toBeGreaterThan(1);
    expect(journey.entries).toBeGreaterThan(journey.legs.length);
  }
  const again = await demo();
  const codes = [...journeys, ...again].map(({ dossier }) => dossier);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of [journeys[0]!.dossier, again.at(-1)!.dossier]) {
    const { code: exit, stdout } = await place.lienthong('track', code, '--copies', '--json');
    const told = JSON.parse(stdout) as { equal: boolean; copies: { service: string; digest: string }[] };
    expect({ exit, equal: told.equal }).toEqual({ exit: 0, equal: true });
    expect(told.copies.length).toBeGreaterThan(2);
    expect(new Set(told.copies.map(({ digest }) => digest)).size).toBe(1);
  }
}, demoMs);

test('for people it prints each step with office, time and due date', async () => {
  const { code, stdout } = await place.lienthong('demo', '--only', 'commune-merged');
  expect(code).toBe(0);
  expect(stdout).toMatch(/== commune-merged/);
  expect(stdout).toMatch(/14:00 30\/6\/25 +Tiếp nhận hồ sơ \S+: .+ — Bộ phận một cửa phường Sơn Phong \(hạn \/ due .+\)/);
  expect(stdout).toMatch(/Ủy ban nhân dân phường Sơn Phong → Ủy ban nhân dân phường Hội An/);
  expect(stdout).toMatch(/✔ commune-merged: /);
}, demoMs);

test('with an own hub it needs no other', async () => {
  await place.end('SIGTERM');
  const unreached = await place.lienthong('demo', '--only', 'commune-split');
  expect(unreached).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/Không có hub nào trả lời.*npm start/) as string });
  const alone = await place.lienthong('demo', '--embedded', '--only', 'commune-split', '--json');
  expect({ code: alone.code, ok: (JSON.parse(alone.stdout) as { ok: boolean }).ok }).toEqual({ code: 0, ok: true });
}, demoMs);

test('a name that is no journey is told with those that are', async () => {
  const { code, stderr } = await place.lienthong('demo', '--only', 'to-the-moon');
  expect(code).toBe(2);
  expect(stderr).toContain(journeyNames.join(', '));
});
