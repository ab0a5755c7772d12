/** Holds a cluster in the background: starts it, says where it is, restarts what ends, and stops everything on SIGTERM. */
import { parseArgs } from 'node:util';
import { startCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { removeState, writeState } from './cluster-state.ts';
import { Reviver } from './reviver.ts';

const { values } = parseArgs({ options: { directory: { type: 'string' }, brokers: { type: 'string', default: '1' }, instances: { type: 'string', default: '1' } } });
const directory = values.directory!;

function told(cluster: Cluster): void {
  writeState({
    keeper: process.pid, directory, kafka: cluster.kafka.bootstrap, mongo: cluster.mongo.uri, addresses: Object.fromEntries(cluster.addresses),
    processes: [...cluster.children.values()].map((child) => ({ name: child.name, pid: child.pid ?? 0 })),
  });
}

async function main(): Promise<void> {
  const cluster = await startCluster({ directory, brokers: values.brokers === '3' ? 3 : 1, instances: Number(values.instances) });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await cluster.stop();
    removeState(directory);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  told(cluster);
  process.send?.('ready');
  process.disconnect?.();
  void new Reviver([...cluster.children.values()], {
    wanted: () => !stopping, revived: () => told(cluster), failed: (_child, error) => { process.stderr.write(`${String(error)}\n`); },
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
