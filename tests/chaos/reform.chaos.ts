/**
 * The change of 1/7/2025 on a running hub: districts end, 281 communes become 94. Every open dossier goes to its successors while new ones arrive and the hub is killed in the middle;
 * nobody is asked again, no clock starts anew, none is lost.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { agency, intake, operator } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { decodeEntry, decodeSealed } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { HubProcess } from './hub-process.ts';
import { handIn, oldProvince, splitCommune } from './old-province.ts';
import type { HandedIn, OldProvince } from './old-province.ts';
import { phaseCosts } from './phase-costs.ts';
import { watchedCalls } from './watched-calls.ts';

/** Open dossiers when the reform comes; 20,000 at size 500. */
const dossiers = 40 * inject('size');
/** Counters at work side by side. */
const counters = 8;
/** Dossiers whose whole history is compared. */
const compared = 200;
/** Of one call: a hub that moves thousands of dossiers on a busy machine answers late. */
const deadlineMs = 120_000;
const testMs = 300_000 + dossiers * 200;

let place: HubProcess, hub: HubClient;
beforeEach(async () => { place = await HubProcess.place(); hub = watchedCalls(hubClient(place.address), deadlineMs, () => {}); });
afterEach(async () => { hub.close(); await place.gone(); });

async function sideBySide<T>(count: number, one: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: counters }, async () => { while (next < count) { const n = next++; done[n] = await one(n); } }));
  return done;
}

const openPage = (pageToken: string): Promise<operator.ListOpenDossiersResponse> => hub.operator.listOpenDossiers(operator.ListOpenDossiersRequest.fromPartial({ service: 'intake', pageSize: 200, pageToken }));

async function open(): Promise<Map<string, operator.OpenDossier>> {
  const found = new Map<string, operator.OpenDossier>();
  for (let pageToken = ''; ;) {
    const page = await openPage(pageToken);
    for (const one of page.dossiers) found.set(one.code, one);
    if (page.nextPageToken === '') return found;
    pageToken = page.nextPageToken;
  }
}

type History = { readonly kinds: readonly string[]; readonly takenOver: readonly unknown[]; readonly rehomed: readonly string[]; readonly entries: number };

async function historyOf(folder: string): Promise<History> {
  const entries: ReturnType<typeof decodeEntry>[] = [];
  for await (const page of hub.operator.getFolder(operator.GetFolderRequest.fromPartial({ service: 'intake', folder }))) for (const sealed of page.entries.map(decodeSealed)) entries.push(decodeEntry(sealed.bytes, '', sealed.proof));
  const of = (kind: string): typeof entries => entries.filter((one) => one.kind === kind);
  return { kinds: [...new Set(entries.map((one) => one.kind))], takenOver: of('leg-taken-over').map((one) => { const { startsAt, dueAt } = one.body as { startsAt: number; dueAt: number }; return [startsAt, dueAt]; }), rehomed: of('rehomed').map((one) => one.item), entries: entries.length };
}

/** Dossier `n`: the split commune comes up again and again, every other time with an address that tells the part. */
function dossierOf(province: OldProvince, n: number): Promise<HandedIn> {
  const { communes } = province, commune = n % 10 === 0 ? splitCommune : communes[(n * 7) % communes.length]!;
  return handIn(hub, province, commune, commune === splitCommune && n % 20 === 0);
}

async function allTakenOver(codes: readonly HandedIn[]): Promise<void> {
  for (const one of codes.slice(0, compared)) for (;;) {
    if ((await historyOf(one.folder)).takenOver.length === 1) break;
    await pause(50);
  }
}

test(`${dossiers} open dossiers of 281 communes are re-homed while new ones arrive and the hub is killed`, async () => {
  const today = localDate(Date.now()), province = await oldProvince(place.data, today), file = join(place.root, 'reform.json');
  await writeFile(file, JSON.stringify(province.reform));
  await place.start();
  const costs = phaseCosts(() => place.pid!);
  await costs.phase('start');
  const before = await sideBySide(dossiers, (n) => dossierOf(province, n));
  expect(new Set(before.map((one) => one.code)).size).toBe(dossiers);
  await allTakenOver(before);
  await costs.phase('handed in');
  const histories = new Map(await Promise.all(before.slice(0, compared).map(async (one) => [one.code, await historyOf(one.folder)] as const)));

  const plan = await place.lienthong('reform', 'plan', '--file', file, '--json', '--address', place.address);
  await costs.phase('plan');
  const planned = JSON.parse(plan.stdout) as { dossiers: { code: string; moves: { item: string; to: string; ask: string[]; seek: boolean }[] }[]; noSuccessor: string[]; areas: unknown[] };
  const touched = new Set(planned.dossiers.map((one) => one.code));
  expect([plan.code, planned.noSuccessor, before.filter((one) => !touched.has(one.code)), touched.size]).toEqual([0, [], [], dossiers]);
  const ofSplit = before.filter((one) => one.commune === splitCommune), codesOf = (all: readonly HandedIn[]): string[] => all.map((one) => one.code).sort();
  expect(planned.dossiers.filter((one) => one.moves.some(({ ask, seek }) => ask.length > 0 && seek)).map((one) => one.code).sort()).toEqual(codesOf(ofSplit));
  const asked = codesOf(ofSplit.filter((one) => !one.told));

  const arrivals: HandedIn[] = [];
  let over = false;
  const arriving = (async () => { for (let n = 1; !over; n++) arrivals.push(await dossierOf(province, n)); })();
  arriving.catch(() => {});
  const published = await place.lienthong('reform', 'apply', '--file', file, '--json', '--no-wait', '--address', place.address);
  expect([published.code, published.stderr]).toEqual([0, '']);
  while (!(await openPage('')).dossiers.some((one) => one.counter.endsWith('-202507'))) await pause(10);
  await costs.phase('applied until the kill');
  expect((await place.end('SIGKILL')).signal).toBe('SIGKILL');
  const early = arrivals.length;
  await place.start();
  const applied = await place.lienthong('reform', 'apply', '--file', file, '--json', '--address', place.address);
  await costs.phase('started again and applied');
  over = true;
  await arriving;
  const again = await place.lienthong('reform', 'apply', '--file', file, '--json', '--address', place.address);
  await costs.phase('applied again');
  expect([applied, again].map(({ code, stderr }) => [code, stderr])).toEqual([[0, ''], [0, '']]);
  for (const one of [applied, again]) expect(JSON.parse(one.stdout)).toMatchObject({ published: 'before', taken: true, remaining: 0 });
  expect((JSON.parse(again.stdout) as { asked: string[] }).asked.filter((code) => ofSplit.some((one) => one.code === code)).sort()).toEqual(asked);

  const now = await open(), legOf = (code: string): string => now.get(code)!.legs[0]!.office;
  expect([...before, ...arrivals].filter((one) => !now.has(one.code))).toEqual([]);
  const unasked = [...before, ...arrivals].filter((one) => one.commune !== splitCommune);
  expect(unasked.filter((one) => legOf(one.code) !== province.after.officeNow(province.before.competentOffice('civil-status', one.commune, today)!.id, today)!.id)).toEqual([]);
  expect(asked.filter((code) => legOf(code) !== 'committee-20296-202501')).toEqual([]);
  const part = `committee-${province.toldPart}-202507`, told = ofSplit.filter((one) => one.told);
  expect(told.map((one) => legOf(one.code))).toEqual(told.map(() => part));
  for (const one of before.slice(0, compared)) {
    const was = histories.get(one.code)!, is = await historyOf(one.folder), { status } = await hub.intake.getDossier(intake.GetDossierRequest.fromPartial({ code: one.code }), { office: now.get(one.code)!.counter, officer: 'cb' });
    expect([is.takenOver, status!.dueTime!.getTime(), is.kinds.filter((kind) => !was.kinds.includes(kind)).sort(), new Set(is.rehomed).size]).toEqual([was.takenOver, one.due, one.commune === splitCommune ? ['part-sought', 'rehomed'] : ['rehomed'], is.rehomed.length]);
  }
  // The officer of the old office says in which part it lies.
  const tell = agency.TellPartRequest.fromPartial({ requestId: 'part', code: asked[0]!, leg: now.get(asked[0]!)!.legs[0]!.leg, part: `${province.toldPart}@${today}` });
  await hub.desk.tellPart(tell, { office: 'committee-20296-202501', officer: 'cb-ho-tich' });
  for (const end = Date.now() + 60_000; (await open()).get(asked[0]!)!.legs[0]!.office !== part; await pause(50)) if (Date.now() > end) throw new Error('the leg did not move');
  await costs.phase('compared');
  process.stdout.write(`${costs.text}\n${dossiers} dossiers re-homed, ${arrivals.length} arrived meanwhile (${early} before the kill), ${asked.length} asked of the officers of the split commune\n`);
}, testMs);
