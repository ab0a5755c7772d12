/** A hub in a process of its own that can be killed and started again at the same place: same data directory, same ports. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentForChildren } from '@lienthong/runtime';
import { freePorts } from '@lienthong/testkit/servers/free-ports';
import { outcomeOf, runLienthong } from './run-lienthong.ts';
import type { Ended } from './run-lienthong.ts';

const hubProgram = fileURLToPath(new URL('../../deploy/embedded/src/main.ts', import.meta.url));

/** Longest start on a busy machine, in milliseconds. */
const maxStartMs = 180_000;

export class HubProcess {
  readonly root: string;
  readonly grpcPort: number;
  readonly httpPort: number;
  #child: ChildProcess | undefined;
  #ended: Promise<Ended> | undefined;

  private constructor(root: string, grpcPort: number, httpPort: number) {
    this.root = root;
    this.grpcPort = grpcPort;
    this.httpPort = httpPort;
  }

  /** A place for a hub; nothing runs yet. `from`: the data of a hub that has stopped, to begin with. */
  static async place(from?: HubProcess): Promise<HubProcess> {
    const [grpcPort, httpPort] = await freePorts(2) as [number, number];
    const made = new HubProcess(await mkdtemp(join(tmpdir(), 'lienthong-chaos-')), grpcPort, httpPort);
    if (from !== undefined) await cp(from.data, made.data, { recursive: true });
    return made;
  }

  /** Of the present process; undefined: none was started. */
  get pid(): number | undefined { return this.#child?.pid; }
  get address(): string { return `127.0.0.1:${this.grpcPort}`; }
  get http(): string { return `http://127.0.0.1:${this.httpPort}`; }
  get data(): string { return join(this.root, 'data'); }
  get store(): string { return join(this.data, 'store', 'hub.db'); }

  /** Resolves with the milliseconds from spawn to ready; rejects with what a hub that does not start has said. `more`: settings of this start alone. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<number> {
    const from = performance.now();
    const child = spawn(process.execPath, [hubProgram], { env: { ...this.#environment(), ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const ended = this.#ended = outcomeOf(child);
    await Promise.race([said(child, 'Ctrl+C'), ended.then(({ code, stderr }) => { throw new Error(`the hub ended with ${code}: ${stderr}`); })]);
    return performance.now() - from;
  }

  /** How the present process ends, whoever ends it. */
  get ended(): Promise<Ended> { return this.#ended ?? Promise.reject(new Error('nothing was started')); }

  /** Ends the process; answers how it ended. */
  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.#child?.kill(signal);
    return await this.#ended ?? { code: null, signal: null, stdout: '', stderr: '' };
  }

  /** One command of the operator, in its own process, meant for this place. */
  async lienthong(...args: readonly string[]): Promise<Ended> {
    return runLienthong(this.#environment(), args);
  }

  /** Nothing is left of it. */
  async gone(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.root, { recursive: true, force: true });
  }

  #environment(): Record<string, string> {
    return {
      ...environmentForChildren(), NODE_COMPILE_CACHE: join(tmpdir(), 'lienthong-compiled'), LIENTHONG_GRPC_PORT: String(this.grpcPort), LIENTHONG_HTTP_PORT: String(this.httpPort),
      LIENTHONG_DATA_DIR: this.data, LIENTHONG_LOG_LEVEL: 'error',
    };
  }
}

async function said(child: ChildProcess, word: string): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the hub was not ready in ${maxStartMs} ms`)), maxStartMs);
    child.stdout!.on('data', (more) => { text += String(more); if (text.includes(word)) { clearTimeout(late); resolve(); } });
  });
}
