/** Four bytes of a stored dossier turn on the disk of a stopped hub: the backup names it, the running hub brings it back from the other services, and where none has it whole says so. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { intake, operator } from '@lienthong/contract';
import { startHub } from '@lienthong/embedded';
import { hubClient, uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { readSegments } from '@lienthong/kernel';
import { createLogger, readConfig } from '@lienthong/runtime';
import { damagedFolders, openSqlite } from '@lienthong/store-sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { counter, submitBirth } from '../chaos/birth.ts';
import { equalCopies } from '../chaos/equal-copies.ts';

const office = { office: counter, officer: 'an' };
let directory: string, running: Awaited<ReturnType<typeof startHub>> | null = null, client: HubClient | null = null;
beforeEach(async () => { directory = await mkdtemp(join(tmpdir(), 'lienthong-damaged-')); });
afterEach(async () => { await stop(); await rm(directory, { recursive: true, force: true }); });

async function start(): Promise<HubClient> {
  const config = readConfig({ LIENTHONG_HTTP_PORT: '0', LIENTHONG_GRPC_PORT: '0', LIENTHONG_DATA_DIR: directory, LIENTHONG_STOP_GRACE_MS: '500' });
  running = await startHub({ config, log: createLogger({ level: 'silent' }), exit: () => {} });
  return client = hubClient(`127.0.0.1:${running.grpcPort}`);
}

async function stop(): Promise<void> {
  client?.close();
  await running?.stop('as the test wants it');
  client = running = null;
}

const file = (): string => join(directory, 'store', 'hub.db');

/** Turns four bytes of the first entry of a dossier in the file: in one service's copy of it, or in all that are there. */
async function turnBytes(folder: string, all: boolean): Promise<void> {
  const store = openSqlite({ path: file(), marksPath: null }), stored = await store.namespace('intake').load(folder);
  await store.close();
  const [first] = readSegments(stored!.segments).entries, bytes = readFileSync(file()), entry = Buffer.from(first!.bytes);
  for (let at = bytes.indexOf(entry); at >= 0; at = bytes.indexOf(entry, at + 1)) {
    for (let byte = 0; byte < 4; byte++) bytes[at + entry.length - 20 + byte]! ^= 0xff;
    writeFileSync(file(), bytes);
    // SQLite leaves bytes behind where it has moved a row.
    if (!all && damagedFolders(file()).length > 0) return;
  }
}

function lienthong(...args: readonly string[]): Promise<{ readonly code: number; readonly told: string }> {
  const env = { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: directory, LIENTHONG_GRPC_PORT: String(running?.grpcPort ?? 1) };
  return new Promise((resolve) => {
    execFile(process.execPath, ['libs/operator/src/main.ts', ...args], { cwd: join(import.meta.dirname, '../..'), env }, (error, out, told) => { resolve({ code: error === null ? 0 : Number(error.code), told: out + told }); });
  });
}

async function backUp(hub: HubClient): Promise<number> {
  let size = 0;
  for await (const { chunk } of hub.operator.getBackup(operator.GetBackupRequest.fromPartial({}))) size += chunk.byteLength;
  return size;
}

test('one copy of several comes back by itself, and until then no backup passes for a checked one', async () => {
  const { code, folder } = (await submitBirth(await start(), uniqueData())).answer;
  await equalCopies(client!, code);
  await stop();
  await turnBytes(folder, false);
  const [damaged, ...more] = damagedFolders(file()), to = join(directory, 'backup.tar');
  expect([damaged, more]).toMatchObject([{ folder, code }, []]);
  const refused = await lienthong('backup', '--to', to);
  expect(refused).toMatchObject({ code: 1, told: expect.stringContaining(`lienthong folder pull ${folder} --service ${damaged!.service}`) });
  expect(refused.told).toContain(code);
  expect(existsSync(to)).toBe(false);
  const hub = await start();
  expect(await lienthong('folder', 'pull', folder, '--service', damaged!.service)).toMatchObject({ code: 0 });
  await equalCopies(hub, code);
  const { services } = await hub.operator.getStatus({});
  expect(services.flatMap(({ setAside, troubles }) => [...setAside, ...troubles])).toEqual([]);
  expect(await backUp(hub)).toBeGreaterThan(0);
  await stop();
  expect(damagedFolders(file())).toEqual([]);
});

test('where no copy is whole it is told with reason and remedy, by name, and hinders no other dossier', async () => {
  const before = await start(), { code, folder } = (await submitBirth(before, uniqueData())).answer, other = (await submitBirth(before, uniqueData())).answer;
  await equalCopies(before, code);
  await equalCopies(before, other.code);
  await stop();
  await turnBytes(folder, true);
  expect(damagedFolders(file()).length).toBeGreaterThan(1);
  const hub = await start();
  await expect(hub.intake.getDossier(intake.GetDossierRequest.fromPartial({ code }), office)).rejects.toMatchObject({ reason: 'FOLDER_DAMAGED' });
  const listed = await hub.intake.listDossiers(intake.ListDossiersRequest.fromPartial({}), office);
  expect(listed.dossiers.map((one) => one.code)).toEqual([other.code]);
  await equalCopies(hub, other.code);
  await expect(backUp(hub)).rejects.toMatchObject({ reason: 'FOLDER_DAMAGED' });
  const status = await lienthong('status');
  expect(status).toMatchObject({ code: 1, told: expect.stringContaining('FOLDER_DAMAGED') });
  expect(status.told).toContain('lienthong restore');
  expect((await lienthong('folder', 'pull', folder, '--service', 'intake')).code).toBe(1);
});
