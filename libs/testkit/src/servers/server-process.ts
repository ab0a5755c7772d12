/** Servers as processes of this machine: none outlives the process that started it. */
import { spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

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

/** The command that runs `server`. Where the kernel can be told so, it ends the server even when its parent was killed without warning. */
export function dyingWithParent(server: readonly string[]): readonly string[] {
  settable ??= spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true'], { stdio: 'ignore' }).status === 0;
  return settable ? ['setpriv', '--pdeathsig', 'KILL', ...server] : server;
}

let settable: boolean | undefined;
