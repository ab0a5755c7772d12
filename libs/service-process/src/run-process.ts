/** One process from its settings to its end: what is wrong is said in words, and signals stop it in order. */
import { createLifecycle, createLogger, stopOnProcessEvents, useSmallPools } from '@lienthong/runtime';
import { ConfigFaults, readConfigOf } from '@lienthong/runtime';
import type { Lifecycle, Logger, ServiceConfig } from '@lienthong/runtime';
import { explained } from './start-failure.ts';

export type ProcessStart = { readonly config: ServiceConfig; readonly log: Logger; readonly lifecycle: Lifecycle };

/** `start` prints nothing; when it has resolved, `name` and `address` are told on stdout: `land ready 127.0.0.1:50051`. */
export async function runProcess(name: string, start: (process: ProcessStart) => Promise<{ readonly address: string }>): Promise<void> {
  useSmallPools();
  try {
    const config = readConfigOf(name), log = createLogger({ level: config.logLevel });
    const lifecycle = createLifecycle({ log, graceMs: config.stopGraceMs, forceMs: config.stopForceMs, exit: (code) => process.exit(code) });
    stopOnProcessEvents(lifecycle, log);
    const { address } = await start({ config, log, lifecycle });
    process.stdout.write(`${name} ready ${address}\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof ConfigFaults ? error.message : `Không khởi động được / not started: ${explained(error)}`}\n`);
    process.exit(1);
  }
}
