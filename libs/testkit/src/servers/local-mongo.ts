/** A MongoDB-compatible server as a process of this machine. It does not outlive the process that started it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serverPlace } from './server-place.ts';
import type { ServerPlace } from './server-place.ts';
import { dyingWithParent, endProcess, isRunning, stopProcess } from './server-process.ts';
import type { MongoServer } from './start-mongo.ts';

const program = fileURLToPath(new URL('../../../../.tmp/python-for-mongo/bin/secantusd-py', import.meta.url));
const requirements = 'libs/testkit/src/servers/mongo-requirements.txt';
const readyWithinMs = 60_000;
const pollMs = 50;

/** Why it cannot be run here, or undefined when it can. */
export function localMongoMissing(): string | undefined {
  return existsSync(program) ? undefined : `SecantusDB is not installed in .tmp/python-for-mongo (.ci/run does it: ${requirements})`;
}

/** Throws when it does not become ready, with the end of its log. `directory`: for data that stay when it is stopped, and for its port; absent: none do. */
export async function startLocalMongo(directory?: string): Promise<MongoServer> {
  const server = new LocalMongo(await serverPlace(directory, 'mongo-', 1));
  try {
    await server.start();
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  return server;
}

class LocalMongo implements MongoServer {
  readonly uri: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #keeps: boolean;
  #process: ChildProcess | undefined;
  readonly #atExit = (): void => { this.#process?.kill('SIGKILL'); };

  constructor({ folder, ports, keeps }: ServerPlace) {
    this.#folder = folder;
    this.#port = ports[0]!;
    this.#keeps = keeps;
    // With repeated writes it looks through all that it remembers of a session at each write.
    // It does one thing at a time, and the machine may be busy with everything else.
    this.uri = `mongodb://127.0.0.1:${this.#port}/?retryWrites=false&socketTimeoutMS=60000`;
    process.once('exit', this.#atExit);
  }

  async start(): Promise<void> {
    if (this.#process && isRunning(this.#process)) return;
    const log = join(this.#folder, 'log');
    const out = openSync(log, 'a');
    const server = [program, '--host', '127.0.0.1', '--port', String(this.#port), '--storage-path', join(this.#folder, 'data'), '--sync-on-commit', '--cache-size', '128M', '--log-level', 'WARNING'];
    const [command, ...args] = dyingWithParent(server);
    const child = this.#process = spawn(command!, args, { stdio: ['ignore', out, out] });
    closeSync(out);
    for (const until = Date.now() + readyWithinMs; !await answers(this.#port); await sleep(pollMs)) {
      if (!isRunning(child) || Date.now() > until) throw new Error(`the MongoDB-compatible server did not start: ${readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n')}`);
    }
  }

  async kill(): Promise<void> { await endProcess(this.#process, 'SIGKILL'); }
  pause(): Promise<void> { return stopProcess(this.#process); }
  resume(): void { this.#process?.kill('SIGCONT'); }

  async stop(): Promise<void> {
    await endProcess(this.#process, 'SIGTERM');
    process.removeListener('exit', this.#atExit);
    if (!this.#keeps) rmSync(this.#folder, { recursive: true, force: true });
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}
