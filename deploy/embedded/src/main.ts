/** `npm start`. */
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { ConfigFaults, createLogger, readConfig, stopOnProcessEvents, useSmallPools } from '@lienthong/runtime';
import type { Config, Logger } from '@lienthong/runtime';
import { explained } from '@lienthong/service-process';

// The generated code is large: what is loaded from here on is compiled once.
enableCompileCache();

async function main(config: Config, log: Logger): Promise<void> {
  const { startHub } = await import('./hub.ts');
  const hub = await startHub({ config, log, exit: (code) => process.exit(code), begun: (lifecycle) => stopOnProcessEvents(lifecycle, log) });
  process.stdout.write(`Liên thông hub sẵn sàng / ready
  Trang tra cứu / pages   ${hub.publicUrl}
  gRPC                    127.0.0.1:${hub.grpcPort}
  Dữ liệu / data          ${resolve(config.dataDir)}
  Tiếp theo / next        npm run --silent lienthong -- demo
  Dừng / stop             Ctrl+C
`);
}

useSmallPools();
try {
  const config = readConfig();
  await main(config, createLogger({ level: config.logLevel }));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigFaults ? error.message : `Không khởi động được / not started: ${explained(error)}`}\n`);
  process.exit(1);
}
