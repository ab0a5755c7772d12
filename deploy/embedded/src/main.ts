/** `npm start`. */
import { enableCompileCache } from 'node:module';
import { ConfigFaults, createLogger, readConfig, stopOnProcessEvents } from '@lienthong/runtime';
import type { Config, Logger } from '@lienthong/runtime';

enableCompileCache();

/** What people need to know when the hub does not start: never a stack. */
function explain(error: unknown): string {
  const lines = [error instanceof Error ? error.message : String(error)];
  if (typeof error === 'object' && error !== null && 'remedy' in error) {
    const remedy = error.remedy as string | { vi: string; en: string };
    lines.push(...(typeof remedy === 'string' ? [remedy] : [remedy.vi, remedy.en]));
  }
  return lines.join('\n');
}

async function main(config: Config, log: Logger): Promise<void> {
  const { startHub } = await import('./hub.ts');
  const hub = await startHub({ config, log, exit: (code) => process.exit(code) });
  stopOnProcessEvents(hub.lifecycle, log);
  process.stdout.write(`Liên thông hub sẵn sàng / ready
  Trang tra cứu / pages   ${hub.publicUrl}
  gRPC                    127.0.0.1:${hub.grpcPort}
  Dữ liệu / data          ${config.dataDir}
  Tiếp theo / next        npm run --silent lienthong -- demo
  Dừng / stop             Ctrl+C
`);
}

try {
  const config = readConfig();
  await main(config, createLogger({ level: config.logLevel }));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigFaults ? error.message : `Không khởi động được / not started: ${explain(error)}`}\n`);
  process.exit(1);
}
