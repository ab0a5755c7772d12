/** Every record of every topic is read once more from the first: no byte of any folder may change. */
import { rereadTopics, silentLog, Topics } from '@lienthong/bus-kafka';
import { asksForParts, kernelRecordId } from '@lienthong/kernel';
import { copyDatabase, heldIn } from '@lienthong/store-mongo';
import type { HeldFolder } from '@lienthong/store-mongo';
import { clusterServices } from '../../cluster/cluster-layout.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { Patience, quietDeadlines } from '../patience.ts';
import type { Waited } from '../patience.ts';
import type { StatusWatch } from './watch-status.ts';

type Held = ReadonlyMap<string, HeldFolder>;

export type Replayed = { readonly changes: readonly string[]; readonly restless: readonly string[]; readonly waited: Waited };

/** All processes are stopped before and after. `waiting`: folders in which something is asked for again and again, and that is noted there. */
export async function replay(cluster: Cluster, status: StatusWatch, waiting: ReadonlySet<string>): Promise<Replayed> {
  const children = cluster.parts.filter(({ instance }) => instance === 1).map(({ service }) => cluster.children.get(`${service}-1`)!);
  const before = await copies(cluster);
  await rereadTopics({ brokers: [...cluster.kafka.bootstrap], clientId: 'lienthong-chaos', log: silentLog }, new Topics(), clusterServices);
  await Promise.all(children.map((child) => child.start()));
  const patience = new Patience(quietDeadlines), restless = await status.quiet(patience);
  await Promise.all(children.map((child) => child.stop()));
  const after = await copies(cluster);
  return { changes: clusterServices.flatMap((service) => changesOf(service, before.get(service)!, after.get(service)!, waiting)), restless, waited: patience.waited };
}

async function copies({ mongo: { uri } }: Cluster): Promise<ReadonlyMap<string, Held>> {
  return new Map(await Promise.all(clusterServices.map(async (service) => [service, heldIn(await copyDatabase(uri, service))] as const)));
}

/** A folder that asked others for parts may get them at any time, whatever is read. */
function changesOf(service: string, before: Held, after: Held, waiting: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(id), is = after.get(id);
    if (id === kernelRecordId || waiting.has(id) || (was !== undefined && asksForParts(was.aux))) continue;
    const changes = was === undefined ? ['is new'] : is === undefined ? ['is gone'] : [...(isSame(was.document, is.document) ? [] : ['has changed']), ...besideChanges(was, is)];
    found.push(...changes.map((change) => `${service}: ${id.slice(0, 24)} ${change}`));
  }
  return found;
}

function besideChanges({ beside: was }: HeldFolder, { beside: is }: HeldFolder): string[] {
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names].filter((name) => !was.has(name) || !is.has(name) || !isSame(was.get(name)!, is.get(name)!)).map((name) => `has another ${name} beside it`);
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
