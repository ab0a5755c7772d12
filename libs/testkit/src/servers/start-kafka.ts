/** A real Kafka for tests. */
import { chooseServers } from './choose-servers.ts';
import type { ServersChoice, ServersSetting } from './choose-servers.ts';
import { dockerMissing } from './docker-available.ts';
import { localKafkaMissing } from './kafka-jars.ts';
import { startLocalKafka } from './local-kafka.ts';

/** A running cluster. Nodes count from 1. */
export type KafkaServers = {
  /** `host:port` of every node. */
  readonly bootstrap: readonly string[];
  /** Ends a node without warning. */
  kill(node: number): Promise<void>;
  /** Starts a node that was killed, on its own data; resolves when it serves. */
  start(node: number): Promise<void>;
  /** The node keeps its connections and answers nothing. */
  pause(node: number): void | Promise<void>;
  resume(node: number): void | Promise<void>;
  stop(): Promise<void>;
};

/** Where a Kafka would come from, without starting it. */
export function chooseKafka(servers: ServersSetting): ServersChoice {
  return chooseServers(servers, 'Kafka', { docker: dockerMissing, local: localKafkaMissing });
}

/** What stands in front of a node: clients are told its address, and it is told where the node is. */
export type KafkaFront = { readonly address: string; leadTo(address: string): void };

export type KafkaOptions = {
  readonly nodes: 1 | 3; readonly servers: ServersSetting;
  /** One per node. Nodes in containers do without: `bootstrap` says by what address each is reached. */
  readonly fronts?: readonly KafkaFront[];
  /** Where nodes on this machine keep their data and find them again. Absent, and in containers: they end with them. */
  readonly directory?: string;
};

/** Starts a cluster of its own; whoever starts it stops it. `skipped` says why there is none. */
export async function startKafka(options: KafkaOptions): Promise<KafkaServers | { readonly skipped: string }> {
  const { nodes, servers, fronts, directory } = options;
  const choice = chooseKafka(servers);
  if (typeof choice === 'object') return choice;
  try {
    return choice === 'docker' ? await (await import('./docker-kafka.ts')).startDockerKafka(nodes) : await startLocalKafka(nodes, fronts, directory);
  } catch (cause) {
    // Docker was only the first choice: what is local may still start.
    if (choice === 'docker' && servers === 'auto') return startKafka({ ...options, servers: 'local' });
    return { skipped: `no Kafka: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}
