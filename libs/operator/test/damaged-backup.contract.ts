/** A backup that holds a dossier with turned bytes: a new one is refused, one that is there is put back, and both name dossier, service and remedy. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBackup } from '@lienthong/backup';
import { encodeSegment } from '@lienthong/kernel';
import { openKeys } from '@lienthong/keys';
import { openSqlite, readStoreFacts } from '@lienthong/store-sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';

const folder = 'f'.repeat(64), code = 'H17.125.02-261130-0001';
let directory: string;
const store = (): string => join(directory, 'store', 'hub.db');

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lienthong-damaged-backup-'));
  openKeys(join(directory, 'keys'));
  const opened = openSqlite({ path: store(), marksPath: join(directory, 'keys', 'marks') }), segment = encodeSegment([{ bytes: Buffer.alloc(300, 'an entry'), proof: null }]);
  segment.fill(0, 100, 104);
  await opened.namespace('land').append({ id: folder, expectedVersion: 0, incarnation: 'land~00000000000000a1', segment, index: { code: [code] }, wakeAt: null, unsettled: false });
  await opened.close();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function lienthong(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly told: string }> {
  const env = { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: directory, LIENTHONG_GRPC_PORT: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, ['libs/operator/src/main.ts', ...args], { cwd: join(import.meta.dirname, '../../..'), env }, (error, out, told) => { resolve({ code: error === null ? 0 : Number(error.code), out, told }); });
  });
}

const remedy = `lienthong folder pull ${folder} --service land`;

test('is not made', async () => {
  const to = join(directory, 'new.tar'), ended = await lienthong('backup', '--to', to);
  expect(ended).toMatchObject({ code: 1, told: expect.stringContaining(remedy) });
  expect(ended.told).toContain(code);
  expect([existsSync(to), existsSync(`${to}.part`)]).toEqual([false, false]);
});

test('that was made before such a check is put back, and says what it holds', async () => {
  const from = join(directory, 'old.tar'), { schema, services } = readStoreFacts(store(), true), pieces: Uint8Array[] = [];
  for await (const piece of writeBackup({ store: store(), schema, services, documents: join(directory, 'documents'), keys: null, version: '0.1.0', takenAt: 1_780_000_000_000 })) pieces.push(piece);
  await writeFile(from, Buffer.concat(pieces));
  const told = await lienthong('restore', '--from', from);
  expect(told).toMatchObject({ code: 0, out: expect.stringContaining(remedy) });
  expect(told.out).toContain(code);
  const restored = await lienthong('restore', '--from', from, '--json');
  expect(JSON.parse(restored.out)).toMatchObject({ damaged: [{ service: 'land', folder, code, problem: 'segment 0' }] });
});
