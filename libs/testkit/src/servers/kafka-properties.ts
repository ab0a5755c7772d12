/** How the nodes of a small cluster are set up, whoever runs them. */
import { randomBytes } from 'node:crypto';

const clusterIdBytes = 16;

/** Told on a command line: what begins with a hyphen would be taken for an option. */
export function newClusterId(bytes: (count: number) => Buffer = randomBytes): string {
  const id = bytes(clusterIdBytes);
  // The first character is made of the first six bits.
  id[0] = id[0]! & 0x7f;
  return id.toString('base64url');
}

/** Where the nodes are found. Node `n` is the n-th of each list, from 1. */
export type KafkaLayout = {
  /** `host:port` that clients use. */
  readonly advertised: readonly string[];
  /** Listeners of each node, with the names that `protocols` maps. */
  readonly listeners: readonly string[];
  /** `host:port` by which nodes reach each other's controller. */
  readonly controllers: readonly string[];
  /** Only where nodes reach each other by another address than clients do. */
  readonly between?: readonly string[];
};

/** Failures show within seconds: a dead node is fenced after this, instead of 9 s. */
const brokerSessionMs = 3_000;
const brokerHeartbeatMs = 500;
const clientSessionFloorMs = 1_000;

/** Properties of node `node` (from 1). With three nodes everything is kept three times and written when two have it. */
export function kafkaProperties(layout: KafkaLayout, node: number, dataFolder: string): Readonly<Record<string, string>> {
  const nodes = layout.advertised.length;
  const copies = String(nodes), inSync = String(nodes > 1 ? 2 : 1);
  const between = layout.between?.[node - 1];
  return {
    'process.roles': 'broker,controller',
    'node.id': String(node),
    'controller.quorum.voters': layout.controllers.map((address, at) => `${at + 1}@${address}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: layout.listeners[node - 1]!,
    'advertised.listeners': [`PLAINTEXT://${layout.advertised[node - 1]!}`, ...(between === undefined ? [] : [`BETWEEN://${between}`])].join(','),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BETWEEN:PLAINTEXT',
    'inter.broker.listener.name': between === undefined ? 'PLAINTEXT' : 'BETWEEN',
    'log.dirs': dataFolder,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': copies, 'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies, 'offsets.topic.num.partitions': '3',
    'transaction.state.log.replication.factor': copies, 'transaction.state.log.min.isr': inSync, 'transaction.state.log.num.partitions': '3',
    'group.initial.rebalance.delay.ms': '0', 'group.min.session.timeout.ms': String(clientSessionFloorMs),
    'broker.session.timeout.ms': String(brokerSessionMs), 'broker.heartbeat.interval.ms': String(brokerHeartbeatMs),
    'log.cleaner.dedupe.buffer.size': '4194304',
  };
}

/** As the image takes them: `process.roles` → `KAFKA_PROCESS_ROLES`. */
export function asVariables(properties: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [`KAFKA_${name.replaceAll('_', '__').replaceAll('.', '_').toUpperCase()}`, value]));
}
