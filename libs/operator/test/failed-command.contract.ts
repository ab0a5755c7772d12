/** What a command that fails leaves: a reason without a stack, an exit code, and JSON for whoever asked for it. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

type Ended = { readonly code: number; readonly out: string; readonly told: string };

let directory: string;
beforeAll(async () => { directory = await mkdtemp(join(tmpdir(), 'lienthong-failed-')); });
afterAll(async () => { await rm(directory, { recursive: true, force: true }); });

/** Port 1 is nobody's. */
function lienthong(...args: readonly string[]): Promise<Ended> { return ended(args, {}); }

function ended(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: directory, LIENTHONG_GRPC_PORT: '1', ...['dead', 'provision'].includes(args[0]!) ? { LIENTHONG_KAFKA: '127.0.0.1:1', LIENTHONG_MONGO: 'mongodb://127.0.0.1:1' } : {}, ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, ['libs/operator/src/main.ts', ...args], { cwd: join(import.meta.dirname, '../../..'), env }, (error, out, told) => { resolve({ code: error === null ? 0 : Number(error.code), out, told }); });
  });
}

test.each([
  ['status', 1, 'npm start'], ['folder show X', 1, 'npm start'], ['succession show', 1, 'npm start'], ['restore --from nowhere.tar', 1, 'Check the path'], ['restore', 2, 'restore --from FILE'], ['bench --suite nope', 2, '--suite'],
  ['dead list', 1, 'LIENTHONG_KAFKA'], ['provision', 1, 'LIENTHONG_KAFKA'],
] as const)('%s --json ends with %i and answers JSON', async (typed, code, remedy) => {
  const ended = await lienthong(...typed.split(' '), '--json');
  expect(ended.code).toBe(code);
  expect(JSON.parse(ended.out)).toMatchObject({ error: expect.any(String) });
  expect(ended.told).toContain(remedy);
});

test.each(['demo', 'status', 'folder show X'])('%s says soon that no hub is there, at which address and what to do', async (typed) => {
  const { code, told } = await lienthong(...typed.split(' '), '--address', '127.0.0.1:1');
  expect([code, told.includes('npm start'), told.includes('(127.0.0.1:1: ')]).toEqual([1, true, true]);
});

test('a command that is asked for help tells how it is called', async () => {
  expect(await lienthong('status', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('status [--json]'), told: '' });
});

test('a backup that is not a file is told by its name', async () => {
  const ended = await lienthong('restore', '--from', directory);
  expect(ended).toMatchObject({ code: 1, told: expect.stringContaining(directory) });
});

test('a backup that cannot be written is told by its name, and without a stack', async () => {
  const notAFolder = join(directory, 'a-file');
  await writeFile(notAFolder, '');
  const ended = await lienthong('backup', '--to', join(notAFolder, 'backup.tar'));
  expect(ended).toMatchObject({ code: 1, told: expect.stringContaining(notAFolder) });
  expect(ended.told).not.toContain('    at ');
});

test.each([
  ['a link to what is not there', (file: string, elsewhere: string) => symlink(elsewhere, file), '', 'this is a link'],
  ['a link in the place of the unfinished file', (file: string, elsewhere: string) => symlink(elsewhere, `${file}.part`), '', 'where no other backup is under way, remove it'],
  ['an unfinished backup', (file: string) => writeFile(`${file}.part`, 'of another'), '.part', 'where no other backup is under way, remove it'],
  ['a file', (file: string) => writeFile(file, 'of another'), '', 'choose another name'],
  ['a folder', (file: string) => mkdir(file), '', 'name a file in it'],
])('a backup writes over nothing and follows no link: %s', async (_case, lay, kept, remedy) => {
  const own = await mkdtemp(join(directory, 'to-')), file = join(own, 'backup.tar'), elsewhere = join(own, 'elsewhere');
  await lay(file, elsewhere);
  const before = await readdir(own);
  expect(await lienthong('backup', '--to', file)).toMatchObject({ code: 2, told: expect.stringContaining(remedy) });
  expect(await readdir(own)).toEqual(before);
  if (kept !== '') expect(await readFile(file + kept, 'utf8')).toBe('of another');
});

test.each(['status', 'backup', 'cluster status'])('%s is not refused where the settings of services are set, too', async (typed) => {
  const { told } = await ended(typed.split(' '), { LIENTHONG_KAFKA: '127.0.0.1:1', LIENTHONG_MONGO: 'mongodb://127.0.0.1:1' });
  expect(told).not.toContain('wrong configuration');
});

test.each(['dead list', 'provision'])('%s goes to brokers as the services do: with the authority that signed their certificates', async (typed) => {
  const authority = join(directory, 'authority.pem');
  expect(await ended(typed.split(' '), { LIENTHONG_KAFKA_TLS: authority, LIENTHONG_POST_KEYS_FILE: '' })).toMatchObject({ code: 1, told: expect.stringContaining(authority) });
});
