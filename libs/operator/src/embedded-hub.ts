/** A hub of its own in a directory of its own, for a demo or a bench; gone afterwards. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type OwnHub = { readonly address: string; readonly http: string; readonly pid: number; stop(): Promise<void> };

/** Longest start, in milliseconds. */
export const maxStartMs = 30_000;

const entry = fileURLToPath(new URL('../../../deploy/embedded/src/main.ts', import.meta.url));

/** Starts the embedded hub on free ports. Resolves when it is ready. */
export async function embeddedHub(environment: Readonly<Record<string, string>> = {}): Promise<OwnHub> {
  const directory = await mkdtemp(join(tmpdir(), 'lienthong-'));
  const child = spawn(process.execPath, ['--max-semi-space-size=64', entry], {
    env: { ...inherited(), LIENTHONG_HTTP_PORT: '0', LIENTHONG_GRPC_PORT: '0', LIENTHONG_DATA_DIR: directory, LIENTHONG_LOG_LEVEL: 'error', ...environment }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const { grpc, http } = await announced(child.stdout!, ended);
    return { address: grpc, http, pid: child.pid!, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The child finds its programs as this process does; its settings are given. */
function inherited(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin' };
}

/** The addresses that a starting hub prints. */
async function announced(output: NodeJS.ReadableStream, ended: Promise<void>): Promise<{ grpc: string; http: string }> {
  const lines = createInterface({ input: output });
  const found = { grpc: '', http: '' };
  const read = (async () => {
    for await (const line of lines) {
      found.grpc ||= /gRPC\s+(127\.0\.0\.1:\d+)/.exec(line)?.[1] ?? '';
      found.http ||= /(http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1] ?? '';
      if (found.grpc !== '' && found.http !== '') { output.resume(); return found; }
    }
    throw new Error('the hub ended before it was ready');
  })();
  return Promise.race([read, ended.then((): never => { throw new Error('the hub ended before it was ready'); }), deadline()]);
}

function deadline(): Promise<never> {
  return new Promise((_resolve, reject) => { setTimeout(() => reject(new Error(`the hub was not ready in ${maxStartMs} ms`)), maxStartMs).unref(); });
}
