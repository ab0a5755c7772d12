/** A hub is put back to an earlier day, by the command or by somebody who copies a file: it notices, goes on as somebody new, and nothing that it still holds is stuck. */
import { copyFileSync, cpSync, existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { operator } from '@lienthong/contract';
import { hubClient, runJourneys, uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { underWay } from '@lienthong/operator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { download, finishBirth, repeat, submitBirth, upload } from './birth.ts';
import type { Submitted } from './birth.ts';
import { equalCopies } from './equal-copies.ts';
import { HubProcess } from './hub-process.ts';
import { recordingHub } from './recording-hub.ts';
import type { Acknowledged } from './recording-hub.ts';

const unique = uniqueData();
const testMs = 120_000;
let place: HubProcess;
let hub: HubClient;

beforeEach(async () => { place = await HubProcess.place(); hub = hubClient(place.address); await place.start(); }, testMs);
afterEach(async () => { hub.close(); await place.gone(); });

const json = ({ code, stdout, stderr }: Awaited<ReturnType<HubProcess['lienthong']>>): Record<string, unknown> => {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
};
/** Longest wait for all services, in milliseconds. */
const maxReadyMs = 90_000;

/** Waits until every service takes commands. A connection that was refused a moment ago is not tried again at once: that is waited out, too. */
async function ready(): Promise<readonly operator.ServiceStatus[]> {
  for (const end = Date.now() + maxReadyMs; ;) {
    const services = await hub.operator.getStatus({}).then((answer) => answer.services, (error: unknown) => { if (Date.now() > end) throw error; return []; });
    if (services.length > 0 && services.every(({ state }) => state === operator.ServiceState.READY)) return services;
    expect(Date.now()).toBeLessThan(end);
    await pause(50);
  }
}
/** Waits until nothing is on its way: what comes after a backup is listed as lost with it, a copy for another service, too. */
async function atRest(): Promise<void> {
  for (const end = Date.now() + maxReadyMs; (await ready()).some((status) => underWay(status) > 0);) {
    expect(Date.now()).toBeLessThan(end);
    await pause(50);
  }
}
const authors = async (): Promise<readonly string[]> => (await ready()).map(({ author }) => author);

type Day = { readonly open: Submitted; readonly real: Submitted; readonly paper: string; readonly finished: Submitted; readonly authors: readonly string[] };

/** What is in the backup: dossiers in work, one with an uploaded paper, and one that is closed. */
async function firstDay(): Promise<Day> {
  const paper = await upload(place.address, `giấy chứng sinh ${unique.run}`, unique);
  const open = await submitBirth(hub, unique, { rehearsal: true }), real = await submitBirth(hub, unique, { rehearsal: false, paper }), finished = await submitBirth(hub, unique);
  await finishBirth(finished.walk);
  await open.walk.working('registration');
  return { open, real, paper: paper.digest, finished, authors: await authors() };
}

/** What is not: more dossiers than one block of codes holds, and a step of a dossier that is in it. */
async function secondDay({ open }: Day): Promise<readonly string[]> {
  const lost: string[] = [];
  for (let batch = 0; batch < 6; batch++) lost.push(...(await Promise.all(Array.from({ length: 10 }, () => submitBirth(hub, unique)))).map(({ answer }) => answer.code));
  await open.walk.complete('registration');
  return lost;
}

/** The hub runs again on what there was at the end of the first day. */
async function expectWhole(day: Day, lost: readonly string[]): Promise<void> {
  const services = await ready();
  for (const name of ['intake', 'general-agency']) {
    const { author, atRisk } = services.find(({ service }) => service === name)!;
    expect(day.authors).not.toContain(author);
    expect(atRisk!.toCommit).toBeGreaterThan(atRisk!.fromCommit);
  }
  for (const { walk, answer, request } of [day.open, day.real, day.finished]) {
    expect((await walk.look()).receipt).toEqual(answer.receipt);
    expect(await repeat(hub, request)).toEqual(answer);
  }
  expect(await download(place.address, day.real.answer.code, day.paper)).toBe(`giấy chứng sinh ${unique.run}`);
  for (const { walk } of [day.open, day.real]) expect(await finishBirth(walk)).toBe((await day.finished.walk.look()).status!.state);
  for (const { walk } of [day.open, day.real, day.finished]) await equalCopies(hub, walk.code);
  for (const code of lost.slice(0, 3)) await expect(hub.operator.getCopies({ code, folder: '' })).rejects.toMatchObject({ reason: 'UNKNOWN_DOSSIER' });
  const later = await Promise.all(Array.from({ length: 3 }, () => submitBirth(hub, unique)));
  for (const { walk } of later) {
    // The citizens of the lost day still hold receipts with their codes.
    expect(lost).not.toContain(walk.code);
    await finishBirth(walk);
    await equalCopies(hub, walk.code);
  }
}

test('restored by the command, with all that it says', async () => {
  const day = await firstDay(), file = join(place.root, 'backup.tar');
  await atRest();
  expect(json(await place.lienthong('backup', '--to', file, '--json'))).toMatchObject({ file, withKeys: false, documents: { count: 1 } });
  const lost = await secondDay(day);
  expect((await place.end('SIGTERM')).code).toBe(0);
  const told = json(await place.lienthong('restore', '--from', file, '--json'));
  expect(told).toMatchObject({ keys: 'kept', replaced_readable: true, documents: { in_backup: 1, added: 0 } });
  expect(told['dossiers_at_risk']).toEqual([...lost, day.open.answer.code].sort());
  // Whoever lost that list, or took another backup first, gets it again for as long as the hub has not been started.
  expect(json(await place.lienthong('restore', '--from', file, '--json'))['dossiers_at_risk']).toEqual(told['dossiers_at_risk']);
  const intake = (told['at_risk'] as { service: string; from_commit: number; to_commit: number }[]).find(({ service }) => service === 'intake')!;
  expect(intake.to_commit).toBeGreaterThanOrEqual(intake.from_commit + lost.length);
  expect(existsSync(join(told['replaced'] as string, 'hub.db'))).toBe(true);
  process.stdout.write(`ready ${Math.round(await place.start())} ms after a restore\n`);
  await expectWhole(day, lost);
  // Once is enough: the next start finds a store that is where its marks are.
  const now = await authors();
  await place.end('SIGTERM');
  await place.start();
  expect(await authors()).toEqual(now);
}, testMs);

test('restored by hand, without a word', async () => {
  const copy = join(place.root, 'copied.db');
  const day = await firstDay();
  await place.end('SIGTERM');
  copyFileSync(place.store, copy);
  await place.start();
  const lost = await secondDay(day);
  await place.end('SIGKILL');
  for (const ending of ['', '-wal', '-shm']) rmSync(place.store + ending, { force: true });
  copyFileSync(copy, place.store);
  await place.start();
  await expectWhole(day, lost);
}, testMs);

test('the whole machine is lost: a backup with keys in an empty place', async () => {
  const day = await firstDay(), file = join(place.root, 'backup.tar');
  expect(json(await place.lienthong('backup', '--to', file, '--with-keys', '--json'))).toMatchObject({ withKeys: true });
  const lost = await secondDay(day);
  await place.end('SIGKILL');
  renameSync(place.data, join(place.root, 'lost'));
  const told = json(await place.lienthong('restore', '--from', file, '--json'));
  expect(told).toMatchObject({ keys: 'restored', replaced: null, documents: { in_backup: 1, added: 1 }, dossiers_at_risk: [] });
  for (const one of told['at_risk'] as { to_commit: unknown }[]) expect(one.to_commit).toBeNull();
  await place.start();
  await expectWhole(day, lost);
}, testMs);

test('the machine is lost, and the keys that were kept are older than the backup, their marks with them', async () => {
  const day = await firstDay(), file = join(place.root, 'backup.tar'), kept = join(place.root, 'kept');
  cpSync(join(place.data, 'keys'), kept, { recursive: true });
  await submitBirth(hub, unique);
  json(await place.lienthong('backup', '--to', file, '--json'));
  const lost = await secondDay(day);
  await place.end('SIGKILL');
  rmSync(place.data, { recursive: true });
  cpSync(kept, join(place.data, 'keys'), { recursive: true });
  const told = json(await place.lienthong('restore', '--from', file, '--json'));
  expect(told).toMatchObject({ keys: 'kept', replaced: null, at_risk: expect.arrayContaining([expect.objectContaining({ service: 'intake', to_commit: null })]) as unknown });
  await place.start();
  await expectWhole(day, lost);
}, testMs);

test('a backup in the middle of everybody\'s work is as good as any', async () => {
  const file = join(place.root, 'backup.tar'), acknowledged: Acknowledged[] = [];
  const recording = recordingHub(place.address, acknowledged);
  try {
    const names = ['land-transfer', 'birth-chain-wrong-certificate', 'household-business', 'withdrawn-meanwhile'];
    // What comes after the backup is in vain: these citizens are answered by nobody any more.
    for (const name of names) void runJourneys(recording, [name], () => {});
    while (acknowledged.length < names.length) await pause(20);
    await pause(300);
    const before = acknowledged.slice();
    json(await place.lienthong('backup', '--to', file, '--json'));
    await place.end('SIGKILL');
    json(await place.lienthong('restore', '--from', file, '--json'));
    await place.start();
    await ready();
    for (const { answer, counter } of before) {
      const { status } = await hub.intake.getDossier({ code: answer.code, office: '' }, { office: counter });
      // Somebody has it, or it is waited for, or it has ended.
      expect([answer.code, status!.closed || status!.current.length + status!.next.length > 0]).toEqual([answer.code, true]);
      await equalCopies(hub, answer.code);
    }
    expect(JSON.parse((await place.lienthong('demo', '--json', '--only', 'land-transfer')).stdout)).toMatchObject({ ok: true });
    expect((await place.end('SIGTERM')).stderr).toBe('');
  } finally {
    recording.close();
  }
}, testMs);

describe('nothing is changed', () => {
  const storeBytes = (): Buffer => readFileSync(place.store);

  test('when the backup cannot be used, the hub runs, or the keys are missing', async () => {
    const day = await firstDay(), file = join(place.root, 'backup.tar'), spoilt = join(place.root, 'spoilt.tar');
    json(await place.lienthong('backup', '--to', file, '--json'));
    const busy = await place.lienthong('restore', '--from', file);
    expect(busy).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/STORE_BUSY .*hub\.db\n.*Hãy dừng/) as string });
    await place.end('SIGTERM');
    const before = storeBytes();
    const refused = async (reason: RegExp): Promise<void> => {
      const { code, stdout, stderr } = await place.lienthong('restore', '--from', spoilt);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(reason);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(storeBytes()).toEqual(before);
      expect(existsSync(join(place.data, 'restore.part'))).toBe(false);
    };
    copyFileSync(file, spoilt);
    truncateSync(spoilt, readFileSync(file).length - 4_096);
    await refused(/STORE_DAMAGED .*spoilt\.tar\n.*chưa bị thay đổi/);
    const bytes = readFileSync(file);
    bytes[8_192]! ^= 1;
    writeFileSync(spoilt, bytes);
    await refused(/STORE_DAMAGED .*spoilt\.tar/);
    rmSync(spoilt);
    await refused(/STORE_FAILED .*spoilt\.tar/);
    copyFileSync(file, spoilt);
    const keys = join(place.data, 'keys'), away = join(place.root, 'keys');
    renameSync(keys, away);
    await refused(/KEYS_MISSING .*keys/);
    renameSync(away, keys);
    await place.start();
    expect(await authors()).toEqual(day.authors);
  }, testMs);

  test('and a stopped hub is backed up from its directory, but never over another file', async () => {
    await firstDay();
    await place.end('SIGTERM');
    const file = join(place.root, 'deep', 'backup.tar');
    expect(json(await place.lienthong('backup', '--to', file, '--json'))).toMatchObject({ documents: { count: 1 } });
    const before = readFileSync(file);
    expect(await place.lienthong('backup', '--to', file)).toMatchObject({ code: 2, stderr: expect.stringContaining(file) as string });
    expect(readFileSync(file)).toEqual(before);
    expect(existsSync(`${file}.part`)).toBe(false);
  }, testMs);
});
