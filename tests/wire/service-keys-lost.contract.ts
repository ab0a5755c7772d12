/** A service of its own process whose keys were lost beside its database does not start: it would take dossiers that nobody could go on with. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { sharedMongo } from '@lienthong/testkit/servers/shared-mongo';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

type Started = { readonly ready: boolean; readonly told: string };

describeWith(await sharedMongo(inject('servers')), 'a service in its own process', (server) => {
  const prefix = `t${randomBytes(8).toString('hex')}`;
  let directory: string;
  beforeAll(async () => { directory = await mkdtemp(join(tmpdir(), 'lienthong-service-keys-')); });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** Until it is ready, when it is stopped, or has ended by itself. Nobody is at the address of Kafka, which need not be there. */
  function start(): Promise<Started> {
    const env = {
      PATH: process.env['PATH'] ?? '', LIENTHONG_MONGO: server().uri, LIENTHONG_NAMESPACE: prefix, LIENTHONG_KAFKA: '127.0.0.1:1', LIENTHONG_GRPC_PORT: '0', LIENTHONG_DATA_DIR: directory,
      LIENTHONG_INSTANCE: 'one', LIENTHONG_LOG_LEVEL: 'silent', LIENTHONG_STOP_GRACE_MS: '500',
    };
    const child = spawn(process.execPath, ['services/land/src/main.ts'], { cwd: join(import.meta.dirname, '../..'), env });
    return new Promise((resolve, failed) => {
      let ready = false, told = '';
      child.stdout.on('data', (bytes: Buffer) => { if (bytes.toString().includes('land ready')) { ready = true; child.kill('SIGTERM'); } });
      child.stderr.on('data', (bytes: Buffer) => { told += bytes.toString(); });
      child.once('error', failed);
      child.once('close', () => resolve({ ready, told }));
    });
  }

  test('it names what is missing, makes no other keys in its place, and starts again when they are back', async () => {
    const keys = join(directory, 'keys'), safe = join(directory, 'safe');
    expect(await start()).toMatchObject({ ready: true });
    await rename(keys, safe);
    expect(await start()).toEqual({ ready: false, told: expect.stringMatching(/land: .*not started: KEYS_MISSING .*keys.certificates.land~.*\n(.*\n)*.*restore/) });
    expect(existsSync(join(keys, 'root.pem'))).toBe(false);
    await rm(keys, { recursive: true, force: true });
    await rename(safe, keys);
    expect(await start()).toMatchObject({ ready: true });
  });
});
