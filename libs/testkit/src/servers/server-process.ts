/** Servers as processes of this machine: none outlives the process that started it. */
import { spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Told to end, a server gets so long before it is killed. */
const endWithinMs = 10_000;

export const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** Resolves when it has ended; also one that was stopped by a signal ends. */
export async function endProcess(child: ChildProcess | undefined, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child === undefined || !isRunning(child)) return;
  const ended = once(child, 'close');
  const killing = setTimeout(() => child.kill('SIGKILL'), endWithinMs);
  child.kill(signal);
  if (signal === 'SIGTERM') child.kill('SIGCONT');
  await ended;
  clearTimeout(killing);
}

/** A signal that stops a process is on its way when it has been sent: a thread that runs just now may still answer. */
const stoppedWithinMs = 2_000, lookMs = 5;

/** Resolves when each of its threads stands still; at once where the system does not tell. */
export async function stopProcess(child: ChildProcess | undefined): Promise<void> {
  child?.kill('SIGSTOP');
  const tasks = `/proc/${child?.pid ?? 0}/task`;
  for (const until = Date.now() + stoppedWithinMs; !listed(tasks).every((task) => isStopped(`${tasks}/${task}/stat`)) && Date.now() < until;) await sleep(lookMs);
}

/** Of a process that has ended meanwhile: none. */
function listed(folder: string): readonly string[] {
  try { return readdirSync(folder); } catch { return []; }
}

/** The state follows the name, which may hold anything but is in brackets. A thread that has ended meanwhile does nothing either. */
function isStopped(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).startsWith('T');
  } catch {
    return true;
  }
}

/** The command that runs `server`. Where the kernel can be told so, it ends the server even when its parent was killed without warning. */
export function dyingWithParent(server: readonly string[]): readonly string[] {
  settable ??= spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true'], { stdio: 'ignore' }).status === 0;
  return settable ? ['setpriv', '--pdeathsig', 'KILL', ...server] : server;
}

let settable: boolean | undefined;
