/** Kafka nodes in containers of Apache's own image, on a network of their own. */
import { Network, Wait } from 'testcontainers';
import { LoopbackContainer, startDockerNode } from './docker-node.ts';
import { freePorts } from './free-ports.ts';
import { asVariables, kafkaProperties, newClusterId } from './kafka-properties.ts';
import { kafkaImage } from './kafka-version.ts';
import type { KafkaServers } from './start-kafka.ts';

/** Far longer than it takes (3 to 9 s): the machine may be busy with everything else. */
const readyWithinMs = 180_000;
const readyLine = 'Kafka Server started';
/** Inside the containers. */
const betweenPort = 9_094, controllerPort = 9_093;

/** One node of as many as there are ports. Clients reach it on the loopback of this machine, the others by its name. */
export function kafkaVariables(ports: readonly number[], node: number, cluster: string): Readonly<Record<string, string>> {
  const names = ports.map((_, at) => nameOf(at + 1));
  const properties = kafkaProperties({
    advertised: ports.map((one) => `127.0.0.1:${one}`), between: names.map((name) => `${name}:${betweenPort}`), controllers: names.map((name) => `${name}:${controllerPort}`),
    listeners: ports.map((one) => `PLAINTEXT://:${one},BETWEEN://:${betweenPort},CONTROLLER://:${controllerPort}`),
  }, node, '/var/lib/kafka/data');
  return { ...asVariables(properties), CLUSTER_ID: cluster, KAFKA_HEAP_OPTS: '-Xms64m -Xmx256m' };
}

const nameOf = (node: number): string => `kafka-${node}`;

/** Throws when a node does not become ready. Containers and network are removed by `stop`. */
export async function startDockerKafka(count: number): Promise<KafkaServers> {
  const cluster = newClusterId(), ports = await freePorts(count), network = await new Network().start();
  const begun = await Promise.allSettled(ports.map((port, at) => startDockerNode(
    new LoopbackContainer(kafkaImage, port).withNetwork(network).withNetworkAliases(nameOf(at + 1)).withEnvironment({ ...kafkaVariables(ports, at + 1, cluster) }),
    Wait.forLogMessage(readyLine).withStartupTimeout(readyWithinMs),
  )));
  const nodes = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), failed = begun.find((one) => one.status === 'rejected');
  const stop = async (): Promise<void> => {
    await Promise.allSettled(nodes.map((node) => node.remove()));
    await network.stop().catch(() => {});
  };
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return {
    bootstrap: ports.map((port) => `127.0.0.1:${port}`), stop,
    start: (node) => nodes[node - 1]!.start(), kill: (node) => nodes[node - 1]!.kill(),
    pause: (node) => nodes[node - 1]!.pause(), resume: (node) => nodes[node - 1]!.resume(),
  };
}
