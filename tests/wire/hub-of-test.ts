/** The embedded hub inside the test's own process, in a directory of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub } from '@lienthong/embedded';
import { createLogger, readConfig } from '@lienthong/runtime';

export type HubOfTest = { /** Its data directory. */ readonly directory: string; readonly address: string; readonly http: string; stop(): Promise<void> };

export async function hubOfTest(): Promise<HubOfTest> {
  const directory = await mkdtemp(join(tmpdir(), 'lienthong-wire-'));
  const config = readConfig({ LIENTHONG_HTTP_PORT: '0', LIENTHONG_GRPC_PORT: '0', LIENTHONG_DATA_DIR: directory, LIENTHONG_STOP_GRACE_MS: '500' });
  const hub = await startHub({ config, log: createLogger({ level: 'silent' }), exit: () => {} });
  return {
    directory, address: `127.0.0.1:${hub.grpcPort}`, http: `http://127.0.0.1:${hub.httpPort}`,
    async stop() {
      await hub.stop('the test is over');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
