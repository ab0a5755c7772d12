/** A server that the files of a run share ends with the run, however that ends, and leaves nothing behind. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, readNote } from '../src/servers/server-run.ts';
import type { Noted } from '../src/servers/server-run.ts';

const keeperProgram = fileURLToPath(new URL('./keep-a-file.ts', import.meta.url));
const withinMs = 20_000;

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'lienthong-servers-')); });
afterEach(() => { for (const child of started.splice(0)) child.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); });

function start(program: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  started.push(child);
  return child;
}

async function noted(file: string): Promise<Noted<{ readonly serves: string }>> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(20)) {
    const note = readNote<{ readonly serves: string }>(file);
    if (note !== undefined) return note;
  }
  throw new Error('nothing was noted');
}

/** A process that stands for the run. */
function aRun(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  started.push(child);
  return child;
}

test.each<[string, (run: ChildProcess, keeper: ChildProcess) => void]>([
  ['the run was killed', (run) => { run.kill('SIGKILL'); }],
  ['it is told to', (_run, keeper) => { keeper.kill('SIGTERM'); }],
])('stops its server when %s', async (_when, end) => {
  const run = aRun();
  const served = join(folder, 'served'), note = join(folder, 'note.json');
  const keeper = start(keeperProgram, [note, String(run.pid), served]);
  expect(await noted(note)).toEqual({ keeper: keeper.pid, server: { serves: served } });
  expect(readFileSync(served, 'utf8')).toBe('open');
  const ended = once(keeper, 'exit');
  end(run, keeper);
  await ended;
  expect(existsSync(served)).toBe(false);
  expect(isAlive(keeper.pid!)).toBe(false);
});

test('notes why there is no server, and ends', async () => {
  const run = aRun();
  const note = join(folder, 'note.json');
  const keeper = start(keeperProgram, [note, String(run.pid), '']);
  const ended = once(keeper, 'exit');
  expect((await noted(note)).server).toEqual({ skipped: 'no file was named' });
  await ended;
});
