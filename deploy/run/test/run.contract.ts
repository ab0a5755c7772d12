import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const module = (name: string): string => pathToFileURL(join(root, 'deploy', 'run', name)).href;
const scratch = (): string => mkdtempSync(join(tmpdir(), 'lienthong-run-'));

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (text) => (out += String(text)));
  child.stderr?.on('data', (text) => (err += String(text)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

/** Runs a line of JavaScript in a process of its own, as npm would run a script. */
function script(text: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', text], { cwd: root });
}

describe('the door to every script', () => {
  it('names the programs that there are when asked for another', async () => {
    const { code, out, err } = await ended(spawn(process.execPath, ['deploy/run.mjs', 'dance'], { cwd: root }));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('start, lienthong, generate, typecheck, test');
  });

  it('runs from anywhere, passes arguments and exit code, and adds nothing to the output', async () => {
    const { code, out, err } = await ended(spawn(process.execPath, [join(root, 'deploy', 'run.mjs'), 'lienthong', 'no-such-command'], { cwd: tmpdir() }));
    expect(err).toContain('no-such-command');
    expect(code).toBe(2);
    expect(out).toBe('');
  });
});

describe('a program that is run', () => {
  const runs = (program: string): string => `import { runProgram } from ${JSON.stringify(module('child.mjs'))}; process.exitCode = await runProgram(process.execPath, ['-e', ${JSON.stringify(program)}]);`;

  test.each([
    ['process.exit(7)', 7],
    ["process.kill(process.pid, 'SIGKILL')", 137],
  ])('%s gives exit code %i', async (program, code) => expect((await ended(script(runs(program)))).code).toBe(code));

  test.each(['SIGTERM', 'SIGINT'] as const)('gets %s from outside', async (signal) => {
    const child = script(runs("process.on('SIGTERM', () => process.exit(21)); process.on('SIGINT', () => process.exit(22)); console.log('up'); setInterval(() => {}, 1000)"));
    const done = ended(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill(signal);
    expect((await done).code).toBe(signal === 'SIGTERM' ? 21 : 22);
  });
});

describe('what only one process may do', () => {
  const worker = (lock: string, log: string): string => `
    import { appendFileSync } from 'node:fs';
    import { exclusively } from ${JSON.stringify(module('exclusively.mjs'))};
    await exclusively(${JSON.stringify(lock)}, async () => {
      appendFileSync(${JSON.stringify(log)}, 'in\\n');
      await new Promise((done) => setTimeout(done, 30));
      appendFileSync(${JSON.stringify(log)}, 'out\\n');
    });`;

  it('is never done by two at once', async () => {
    const folder = scratch();
    const log = join(folder, 'log');
    appendFileSync(log, '');
    const workers = Array.from({ length: 4 }, () => ended(script(worker(join(folder, 'lock'), log))));
    expect((await Promise.all(workers)).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(log, 'utf8')).toBe('in\nout\n'.repeat(4));
  });

  it('may be done when the one that did it was killed', async () => {
    const folder = scratch();
    const lock = join(folder, 'lock');
    writeFileSync(lock, 'of a process that is gone');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect((await ended(script(worker(lock, join(folder, 'log'))))).code).toBe(0);
  });
});
