/** A process that stops in order and tells on which path: `node stopping-process.ts FILE [defect]`. With `parting` it closes the channel to its parent and ends. */
import { appendFileSync } from 'node:fs';
import { createLifecycle, createLogger, stopOnProcessEvents } from '../src/index.ts';

const [file = '', defect = ''] = process.argv.slice(2);
const log = createLogger({ level: 'info', write: (line) => appendFileSync(file, line) });
const lifecycle = createLifecycle({ log, graceMs: 1_000, forceMs: 2_000, exit: (code) => process.exit(code) });
stopOnProcessEvents(lifecycle, log);
lifecycle.onStop('close-stores', 'store', () => appendFileSync(file, 'closed\n'));
const work = setInterval(() => {}, 1_000);
lifecycle.onStop('stop-accepting', 'work', () => clearInterval(work));
appendFileSync(file, `up ${process.pid}\n`);
if (defect === 'parting') {
  process.disconnect?.();
  setTimeout(() => process.exit(5), 50);
}
if (defect === 'rejection') void Promise.reject(new Error('forgotten'));
if (defect === 'exception') setImmediate(() => { throw new Error('uncaught'); });
