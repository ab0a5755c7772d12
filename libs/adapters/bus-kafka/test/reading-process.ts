/** A subscriber in a process of its own that never answers: `reading-process.ts <host:port,…> <prefix> <service>`. Sends its parent the marks it was given. */
import { kafkaBus } from '../src/index.ts';
import { testSignatures } from './signatures.ts';

const [, , bootstrap, prefix, service] = process.argv;
const bus = kafkaBus({ brokers: bootstrap!.split(','), clientId: 'reader', prefix: prefix!, signatures: testSignatures, limits: { sessionTimeoutMs: 2_000, heartbeatMs: 300 }, fatal: (cause) => { throw cause; } });
await bus.subscribe(service!, (batch) => {
  process.send!(batch.map(({ mark }) => mark));
  return new Promise(() => {});
});
