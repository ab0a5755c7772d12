/** One server for all files of a test run: the first that needs it has it started, by a process of its own that ends with the run. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderOfRun, isAlive, readNote } from './server-run.ts';

/** With fetching what it is made of. */
const startWithinMs = 400_000;
const pollMs = 100;

/**
 * What the keeper of `name` noted. `program` is started once per run as `program <file for the note> <pid of the run> ...args`; it calls `keepServer`.
 * Only in a worker of a test run: its parent is the run.
 */
export async function sharedServer<T>(name: string, program: string, args: readonly string[]): Promise<T | { readonly skipped: string }> {
  const runner = process.ppid;
  const folder = folderOfRun(runner);
  const file = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  if (isFirst(join(folder, `${name}.starting`))) startKeeper(program, [file, String(runner), ...args], join(folder, `${name}.log`));
  for (const until = Date.now() + startWithinMs; Date.now() < until; await sleep(pollMs)) {
    const noted = readNote<T>(file);
    if (noted === undefined) continue;
    if (isAlive(noted.keeper) || 'skipped' in (noted.server as object)) return noted.server;
    return { skipped: `the process that kept ${name} has ended` };
  }
  return { skipped: `${name} did not start within ${startWithinMs / 1_000} s` };
}

/** Making a folder succeeds for one only. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function startKeeper(program: string, args: readonly string[], log: string): void {
  const out = openSync(log, 'a');
  spawn(process.execPath, [program, ...args], { detached: true, stdio: ['ignore', out, out] }).unref();
}

/** What an earlier run of the same process number left behind. */
export function forgetRun(runner: number): void {
  rmSync(folderOfRun(runner), { recursive: true, force: true });
}
