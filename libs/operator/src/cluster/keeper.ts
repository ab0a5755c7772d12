/** Holds a cluster in the background: starts it, says where it is, restarts what ends, and stops everything on SIGTERM. */
import { parseArgs } from 'node:util';
import { startCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { removeState, writeState } from './cluster-state.ts';

/** Between two looks at the processes, in milliseconds. A process that ended is started again at the next look. */
const lookEveryMs = 1_000;

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
  setInterval(() => void revive(cluster, () => stopping), lookEveryMs);
}

const reviving = new Set<string>();

async function revive(cluster: Cluster, stopping: () => boolean): Promise<void> {
  for (const child of cluster.children.values()) {
    if (stopping() || child.running || reviving.has(child.name)) continue;
    reviving.add(child.name);
    await child.start().then(() => told(cluster), (error: unknown) => { process.stderr.write(`${String(error)}\n`); });
    reviving.delete(child.name);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
