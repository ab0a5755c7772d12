/** One process of a cluster as its parent sees it: started until it is ready, stopped in order, or killed. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { environmentForChildren } from '@lienthong/runtime';
import { dyingWithParent } from '@lienthong/testkit/servers/server-process';

/** Longest start and longest orderly stop, in milliseconds; after the latter it is killed. */
export const maxStartMs = 120_000;
export const maxStopMs = 30_000;

export class ServiceChild {
  readonly name: string;
  readonly #main: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #logFile: string;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(name: string, main: string, settings: Readonly<Record<string, string>>, logFile: string) {
    this.name = name;
    this.#main = main;
    this.#settings = settings;
    this.#logFile = logFile;
  }

  get pid(): number | undefined { return this.#child?.pid; }
  get running(): boolean { return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null; }

  /** Resolves when it says that it is ready. Rejects when it ends before, or takes longer than `maxStartMs`. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    mkdirSync(dirname(this.#logFile), { recursive: true });
    const log = createWriteStream(this.#logFile, { flags: 'a' });
    const [command, ...args] = dyingWithParent([process.execPath, this.#main]);
    const child = this.#child = spawn(command!, args, { env: { ...environmentForChildren(), ...this.#settings, ...more }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.stderr!.pipe(log);
    this.#ended = new Promise((resolve) => { child.once('exit', () => { log.end(); resolve(); }); });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => { timer = setTimeout(() => reject(new Error(`${this.name} was not ready in ${maxStartMs} ms; see ${this.#logFile}`)), maxStartMs); });
    const ended = this.#ended.then((): never => { throw new Error(`${this.name} ended before it was ready; see ${this.#logFile}`); });
    try { await Promise.race([said(child, `${this.name.replace(/-\d+$/, '')} ready`), ended, late]); } finally { clearTimeout(timer); ended.catch(() => {}); }
  }

  /** Without warning; resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.running) this.#child!.kill('SIGKILL');
    await this.#ended;
  }

  async stop(): Promise<void> {
    if (!this.running) return this.#ended;
    this.#child!.kill('SIGTERM');
    this.resume();
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), maxStopMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** It keeps its connections and does nothing, until `resume`. */
  pause(): void { if (this.running) this.#child!.kill('SIGSTOP'); }
  resume(): void { if (this.running) this.#child!.kill('SIGCONT'); }
}

async function said(child: ChildProcess, beginning: string): Promise<void> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (!line.startsWith(beginning)) continue;
    child.stdout!.resume();
    return;
  }
  await new Promise<never>(() => {});
}
