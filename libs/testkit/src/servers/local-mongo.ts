/** A MongoDB-compatible server as a process of this machine. It does not outlive the process that started it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonMissing, pythonPrograms } from './python-environment.ts';
import { serverPlace } from './server-place.ts';
import type { ServerPlace } from './server-place.ts';
import { dyingWithParent, endProcess, isRunning, stopProcess } from './server-process.ts';
import type { MongoServer } from './start-mongo.ts';

const packages = { requirements: new URL('./mongo-requirements.txt', import.meta.url), name: 'python-for-mongo' };
const readyWithinMs = 60_000;
const pollMs = 50;

/** Why it cannot be run here, or undefined when it can. */
export function localMongoMissing(): string | undefined {
  return pythonMissing(packages);
}

/** Installed when it is needed first. Throws when it cannot be, or does not become ready, with the end of its log. `directory`: for data that stay when it is stopped, and for its port; absent: none do. */
export async function startLocalMongo(directory?: string): Promise<MongoServer> {
  const program = join(await pythonPrograms(packages), 'secantusd-py');
  const server = new LocalMongo(program, await serverPlace(directory, 'mongo-', 1));
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
  readonly #program: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #keeps: boolean;
  #process: ChildProcess | undefined;
  readonly #atExit = (): void => { this.#process?.kill('SIGKILL'); };

  constructor(program: string, { folder, ports, keeps }: ServerPlace) {
    this.#program = program;
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
    const server = [this.#program, '--host', '127.0.0.1', '--port', String(this.#port), '--storage-path', join(this.#folder, 'data'), '--sync-on-commit', '--cache-size', '128M', '--log-level', 'WARNING'];
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
