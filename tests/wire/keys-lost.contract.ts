/** A hub whose keys were lost beside its store does not start: it would take dossiers that nobody could go on with. */
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub } from '@lienthong/embedded';
import { createLogger, readConfig } from '@lienthong/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';

let directory: string;
beforeAll(async () => { directory = await mkdtemp(join(tmpdir(), 'lienthong-keys-lost-')); });
afterAll(() => rm(directory, { recursive: true, force: true }));

const start = (): ReturnType<typeof startHub> => {
  const config = readConfig({ LIENTHONG_HTTP_PORT: '0', LIENTHONG_GRPC_PORT: '0', LIENTHONG_DATA_DIR: directory, LIENTHONG_STOP_GRACE_MS: '500' });
  return startHub({ config, log: createLogger({ level: 'silent' }), exit: () => {} });
};

test('it names what is missing, makes no other keys in its place, and starts again when they are back', async () => {
  await (await start()).stop('the keys go');
  const keys = join(directory, 'keys'), safe = join(directory, 'safe');
  await rename(keys, safe);
  await expect(start()).rejects.toMatchObject({ code: 'KEYS_MISSING', file: expect.stringContaining(keys) });
  // The marks say how far the store has come; they are no key.
  expect(await readdir(keys)).toEqual(['marks']);
  await rm(keys, { recursive: true });
  await rename(safe, keys);
  await (await start()).stop('the test is over');
});
