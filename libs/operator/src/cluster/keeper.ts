/** Holds a cluster in the background: starts it, says where it is, restarts what ends, and stops everything on SIGTERM. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseKafka } from '@lienthong/testkit/servers/start-kafka';
import { startCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { keeperLog, removeState, writeState } from './cluster-state.ts';
import { Reviver } from './reviver.ts';

const { values } = parseArgs({ options: { directory: { type: 'string' }, brokers: { type: 'string', default: '1' }, instances: { type: 'string', default: '1' } } });
const directory = values.directory!;

function told(cluster: Cluster): void {
  writeState({
    keeper: process.pid, directory, kafka: cluster.kafka.bootstrap, mongo: cluster.mongo.uri, addresses: Object.fromEntries(cluster.addresses),
    processes: [...cluster.children.values()].map((child) => ({ name: child.name, pid: child.pid ?? 0 })),
  });
}

/** Containers end with their data: keys and marks that tell of it would say that everything was lost. */
function beginAnew(): void {
  for (const name of readdirSync(directory)) if (name !== keeperLog) rmSync(join(directory, name), { recursive: true, force: true });
}

async function main(): Promise<void> {
  if (chooseKafka('auto') === 'docker') beginAnew();
  const cluster = await startCluster({ directory, brokers: values.brokers === '3' ? 3 : 1, instances: Number(values.instances), keepsData: true });
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
