/** The life of a process that keeps one shared server: it notes the server, waits for the end of the run and stops it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, writeNote } from './server-run.ts';

const watchEveryMs = 500;

/** `file` and `runner` are the first two arguments of the program. Resolves when the server has stopped. */
export async function keepServer<T extends { stop(): Promise<void> }>(file: string, runner: number, start: () => Promise<T | { readonly skipped: string }>, tell: (server: T) => object): Promise<void> {
  let told = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => { told = true; });
  const server = await start();
  if ('skipped' in server) return writeNote(file, { keeper: process.pid, server: { skipped: server.skipped } });
  writeNote(file, { keeper: process.pid, server: tell(server) });
  while (!told && isAlive(runner)) await sleep(watchEveryMs);
  await server.stop();
}
