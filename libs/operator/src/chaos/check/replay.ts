/** Every record of every topic is read once more from the first: no byte of any folder may change. */
import { rereadTopics, silentLog, Topics } from '@lienthong/bus-kafka';
import { copyDatabase } from '@lienthong/store-mongo';
import type { DatabaseCopy } from '@lienthong/store-mongo';
import { clusterServices } from '../../cluster/cluster-layout.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { StatusWatch } from './watch-status.ts';

/** Longest wait until all is read and nothing waits, in milliseconds. */
const maxQuietMs = 180_000;

/** What a service remembers of its peers: it may grow with every word that it hears. */
const kernelRecordId = '0'.repeat(64);

/** How a folder notes that what stands beside its entries is asked for again and again: nobody has it any more. The count grows with time, whatever is read. */
const failedPull = '"p":{"failures":';
const asksAgain = (document: Uint8Array | undefined): boolean => document !== undefined && Buffer.from(document).includes(failedPull);

export type Replayed = { readonly changes: readonly string[]; readonly restless: readonly string[] };

/** All processes are stopped before and after. `waiting`: folders in which something is asked for again and again, and that is noted there. */
export async function replay(cluster: Cluster, status: StatusWatch, waiting: ReadonlySet<string>): Promise<Replayed> {
  const children = cluster.parts.filter(({ instance }) => instance === 1).map(({ service }) => cluster.children.get(`${service}-1`)!);
  const before = await copies(cluster);
  await rereadTopics({ brokers: [...cluster.kafka.bootstrap], clientId: 'lienthong-chaos', log: silentLog }, new Topics(), clusterServices);
  await Promise.all(children.map((child) => child.start()));
  const restless = await status.quiet(maxQuietMs);
  await Promise.all(children.map((child) => child.stop()));
  const after = await copies(cluster);
  return { changes: clusterServices.flatMap((service) => changesOf(service, before.get(service)!, after.get(service)!, waiting)), restless };
}

async function copies({ mongo: { uri } }: Cluster): Promise<ReadonlyMap<string, DatabaseCopy>> {
  return new Map(await Promise.all(clusterServices.map(async (service) => [service, await copyDatabase(uri, service)] as const)));
}

function changesOf(service: string, before: DatabaseCopy, after: DatabaseCopy, waiting: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const name of ['folders', 'beside'] as const) {
    for (const id of new Set([...before[name].keys(), ...after[name].keys()])) {
      const [was, is] = [before[name].get(id), after[name].get(id)];
      if (id === kernelRecordId || waiting.has(id) || (asksAgain(was) && asksAgain(is))) continue;
      if (was === undefined || is === undefined || Buffer.compare(was, is) !== 0) found.push(`${service}: ${name} ${id.slice(0, 24)} ${was === undefined ? 'is new' : is === undefined ? 'is gone' : 'has changed'}`);
    }
  }
  return found;
}
