/** Set-up of a whole test run (`globalSetup`): servers that its files shared are stopped before it ends, whatever came of the tests. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, keepersOf } from './server-run.ts';
import { forgetRun } from './shared-server.ts';

const endWithinMs = 30_000;
const pollMs = 100;

export function setup(): void {
  forgetRun(process.pid);
}

export async function teardown(): Promise<void> {
  const keepers = keepersOf(process.pid).filter(isAlive);
  for (const keeper of keepers) process.kill(keeper, 'SIGTERM');
  for (const until = Date.now() + endWithinMs; keepers.some(isAlive) && Date.now() < until;) await sleep(pollMs);
  forgetRun(process.pid);
}
