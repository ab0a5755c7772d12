import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function started(name: string, ...args: string[]) {
  const file = join(mkdtempSync(join(tmpdir(), 'lienthong-')), 'told');
  const child = spawn(process.execPath, [program(name), file, ...args], { stdio: 'ignore' });
  const told = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, told, ended, up: () => expect.poll(told, { timeout: 10_000 }).toMatch(/^up \d+$/m) };
}

describe('a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('stops in order on %s and ends with code 0', async (signal) => {
    const { child, told, ended, up } = started('./stopping-process.ts');
    await up();
    child.kill(signal);
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(told()).toMatch(/"stopping"[^]*closed\n[^]*"clean":true/);
  });

  test.each([['rejection', 'forgotten'], ['exception', 'uncaught']])('logs an unhandled %s, stops in order and ends with code 1', async (defect, message) => {
    const { told, ended } = started('./stopping-process.ts', defect);
    expect(await ended).toBe(1);
    expect(told()).toContain(message);
    expect(told()).toContain('closed\n');
  });

  it('that closes the channel itself is no orphan', async () => {
    const { ended, told } = started('./starting-process.ts', 'parting');
    expect(await ended).toBe(5);
    expect(told()).not.toContain('closed');
  });

  it('stops in order when the process that started it is killed outright', async () => {
    const { child, told, up } = started('./starting-process.ts');
    await up();
    child.kill('SIGKILL');
    await expect.poll(told, { timeout: 10_000 }).toMatch(/the starting process is gone[^]*closed\n[^]*"clean":true/);
  });
});
