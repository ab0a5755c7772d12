/** How each fault begins, lasts and ends. Every one of them is bounded, and ends early when faults are over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { deleteTopics, silentLog, Topics } from '@lienthong/bus-kafka';
import { clusterServices } from '../../cluster/cluster-layout.ts';
import type { ClusterService } from '../../cluster/cluster-layout.ts';
import { kafkaTopics } from '../../cluster/provision.ts';
import { childrenOf, heldDown, lasts } from '../arena.ts';
import type { Arena } from '../arena.ts';
import type { ServiceChild } from '../../cluster/service-child.ts';
import type { Link } from '../network.ts';
import type { FaultKind, PlannedFault } from './plan.ts';
import { setBack, setBackUntold } from './set-back.ts';

/** What a fault needs for itself, and what it does. */
export type Fault = {
  /** While one of them is in use by another fault, this one waits. */
  readonly needs: readonly string[];
  /** Whom it befalls. */
  readonly target: string;
  run(): Promise<void>;
};

type Draw = Pick<PlannedFault, 'lengthMs' | 'chance'>;

export const faultOf: Readonly<Record<FaultKind, (arena: Arena, draw: Draw) => Fault>> = {
  'broker-killed': (arena, draw) => onBroker(arena, draw, (node) => arena.cluster.kafka.kill(node), (node) => arena.cluster.kafka.start(node)),
  'broker-paused': (arena, draw) => onBroker(arena, draw, async (node) => arena.cluster.kafka.pause(node), async (node) => arena.cluster.kafka.resume(node)),
  'database-killed': (arena, draw) => onDatabase(arena, draw, () => arena.cluster.mongo.kill(), () => arena.cluster.mongo.start()),
  'database-paused': (arena, draw) => onDatabase(arena, draw, async () => arena.cluster.mongo.pause(), async () => arena.cluster.mongo.resume()),
  'service-killed': (arena, draw) => onService(arena, draw, async (service) => {
    await heldDown(arena, childrenOf(arena, service).map(({ child }) => child), () => lasts(arena, draw.lengthMs));
  }),
  'service-paused': (arena, draw) => onService(arena, draw, async (service) => {
    const children = childrenOf(arena, service).map(({ child }) => child);
    for (const child of children) child.pause();
    try { await lasts(arena, draw.lengthMs); } finally { for (const child of children) child.resume(); }
  }),
  'connections-reset': (arena, draw) => onLink(arena, draw, async ({ relay }) => {
    for (const until = Date.now() + draw.lengthMs; Date.now() < until && !arena.over.aborted;) {
      relay.reset();
      await lasts(arena, betweenResetsMs);
    }
  }),
  'link-stalled': (arena, draw) => onLink(arena, draw, async ({ relay }) => {
    relay.stall();
    try { await lasts(arena, draw.lengthMs); } finally { relay.flow(); }
  }),
  'link-half-open': (arena, draw) => onLink(arena, draw, async ({ relay }) => {
    relay.halfOpen();
    try { await lasts(arena, draw.lengthMs); } finally { relay.flow(); }
  }),
  'topic-deleted': topicDeleted,
  'database-set-back': (arena, draw) => {
    const service = pick(draw, busyServices);
    return { needs: [serviceLock(service), databaseLock], target: service, run: () => setBack(arena, service, draw.lengthMs) };
  },
  'database-set-back-untold': (arena, draw) => ({
    needs: [serviceLock('intake'), databaseLock, brokerLock, ...arena.network.brokerLinks.map(linkLock)], target: 'intake', run: () => setBackUntold(arena, draw.lengthMs),
  }),
  'second-instance': secondInstance,
};

/** What these write in a few seconds would be missed. */
const busyServices = ['intake', 'land', 'general-agency', 'payments', 'postal', 'business-registration'] as const;
const brokerLock = 'brokers', databaseLock = 'database';
const serviceLock = (service: ClusterService): string => `service ${service}`;
const linkLock = ({ name }: Link): string => `link ${name}`;
const betweenResetsMs = 500;

const pick = <T>({ chance }: Draw, from: readonly T[]): T => from[Math.floor(chance * from.length)]!;

function onBroker(arena: Arena, draw: Draw, begin: (node: number) => Promise<void>, end: (node: number) => Promise<void>): Fault {
  const node = 1 + Math.floor(draw.chance * arena.brokers);
  return { needs: [brokerLock], target: `broker ${node}`, run: () => between(arena, draw, () => begin(node), () => end(node)) };
}

function onDatabase(arena: Arena, draw: Draw, begin: () => Promise<void>, end: () => Promise<void>): Fault {
  return { needs: [databaseLock], target: 'database', run: () => between(arena, draw, begin, end) };
}

async function between(arena: Arena, { lengthMs }: Draw, begin: () => Promise<void>, end: () => Promise<void>): Promise<void> {
  await begin();
  try { await lasts(arena, lengthMs); } finally { await end(); }
}

function onService(_arena: Arena, draw: Draw, run: (service: ClusterService) => Promise<void>): Fault {
  const service = pick(draw, clusterServices);
  return { needs: [serviceLock(service)], target: service, run: () => run(service) };
}

function onLink(arena: Arena, draw: Draw, run: (link: Link) => Promise<void>): Fault {
  const link = pick(draw, arena.network.links);
  return { needs: [linkLock(link)], target: link.name, run: () => run(link) };
}

/** Its records are gone, and for a while there is none. */
function topicDeleted(arena: Arena, draw: Draw): Fault {
  const service = pick(draw, clusterServices), { cluster: { kafka }, brokers } = arena;
  const run = async (): Promise<void> => {
    await deleteTopics({ brokers: [...kafka.bootstrap], clientId: 'lienthong-chaos', log: silentLog }, new Topics(), [service]);
    try { await lasts(arena, draw.lengthMs); } finally { await provisioned(kafka.bootstrap, brokers === 3 ? 3 : 1); }
  };
  // Whoever deletes and makes topics speaks to the brokers as everybody does.
  return { needs: [brokerLock, ...arena.network.brokerLinks.map(linkLock)], target: service, run };
}

const maxProvisions = 60, betweenProvisionsMs = 1_000;

/** A topic that is being deleted cannot be made yet. */
export async function provisioned(brokers: readonly string[], nodes: 1 | 3): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      await kafkaTopics(brokers, nodes);
      return;
    } catch (error) {
      if (n === maxProvisions) throw error;
      await sleep(betweenProvisionsMs);
    }
  }
}

const maxStarts = 10, betweenStartsMs = 1_000;

/** A start may meet another fault. */
async function startAtLast(child: ServiceChild): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      await child.start();
      return;
    } catch (error) {
      if (n === maxStarts) throw error;
      await sleep(betweenStartsMs);
    }
  }
}

/** Both write the same store and share the topic's partitions; then the first is killed and the second goes on alone for a while. */
function secondInstance(arena: Arena, draw: Draw): Fault {
  const service = arena.doubled;
  const run = async (): Promise<void> => {
    const [first, second] = childrenOf(arena, service).map(({ child }) => child);
    try {
      await startAtLast(second!);
      await lasts(arena, draw.lengthMs);
      await heldDown(arena, [first!], () => lasts(arena, draw.lengthMs / 2));
    } finally {
      await second!.stop();
    }
  };
  return { needs: [serviceLock(service)], target: service, run };
}
