/** Kafka nodes in containers of Apache's own image, on a network of their own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePorts } from './free-ports.ts';
import { asVariables, kafkaProperties, newClusterId } from './kafka-properties.ts';
import { kafkaImage } from './kafka-version.ts';
import type { KafkaServers } from './start-kafka.ts';

const run = promisify(execFile);
/** With the time that fetching the image takes. */
const commandWithinMs = 300_000;
/** Far longer than it takes (3 to 9 s): the machine may be busy with everything else. */
const readyWithinMs = 180_000;
const readyLine = 'Kafka Server started';
const pollMs = 250;
/** Inside the containers. */
const betweenPort = 9_094, controllerPort = 9_093;

const docker = async (...args: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await run('docker', args, { timeout: commandWithinMs, maxBuffer: 64 * 1024 * 1024 });
  return `${stdout}${stderr}`;
};

/** What starts one node: `docker run` with these arguments. Clients reach it on the loopback of this machine. */
export function containerArguments(names: readonly string[], ports: readonly number[], node: number, cluster: string): readonly string[] {
  const port = ports[node - 1]!;
  const properties = kafkaProperties({
    advertised: ports.map((one) => `127.0.0.1:${one}`), between: names.map((name) => `${name}:${betweenPort}`), controllers: names.map((name) => `${name}:${controllerPort}`),
    listeners: ports.map((one) => `PLAINTEXT://:${one},BETWEEN://:${betweenPort},CONTROLLER://:${controllerPort}`),
  }, node, '/var/lib/kafka/data');
  const variables = Object.entries({ ...asVariables(properties), CLUSTER_ID: cluster, KAFKA_HEAP_OPTS: '-Xms64m -Xmx256m' });
  return ['--detach', '--name', names[node - 1]!, '--network', names[0]!, '--publish', `127.0.0.1:${port}:${port}`, ...variables.flatMap(([name, value]) => ['--env', `${name}=${value}`]), kafkaImage];
}

/** Throws when a node does not become ready. Containers and network are removed by `stop`. */
export async function startDockerKafka(count: number): Promise<KafkaServers> {
  const run = randomBytes(4).toString('hex');
  const names = Array.from({ length: count }, (_, at) => `lienthong-kafka-${run}-${at + 1}`);
  const cluster = newClusterId();
  const ports = await freePorts(count);
  const nameOf = (node: number): string => names[node - 1]!;
  const stop = async (): Promise<void> => {
    await docker('rm', '--force', '--volumes', ...names).catch(() => {});
    await docker('network', 'rm', names[0]!).catch(() => {});
  };
  const start = async (node: number): Promise<void> => {
    const since = new Date().toISOString();
    await docker('start', nameOf(node));
    await ready(nameOf(node), since);
  };
  try {
    await docker('network', 'create', names[0]!);
    await Promise.all(names.map((_, at) => docker('run', ...containerArguments(names, ports, at + 1, cluster))));
    await Promise.all(names.map((name) => ready(name, '0')));
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    bootstrap: ports.map((port) => `127.0.0.1:${port}`), stop, start,
    kill: async (node) => { await docker('kill', nameOf(node)); },
    pause: (node) => { void docker('pause', nameOf(node)); },
    resume: (node) => { void docker('unpause', nameOf(node)); },
  };
}

async function ready(name: string, since: string): Promise<void> {
  for (const until = Date.now() + readyWithinMs; !(await docker('logs', '--since', since, name)).includes(readyLine); await sleep(pollMs)) {
    if (Date.now() > until) throw new Error(`${name} did not start: ${(await docker('logs', '--tail', '15', name)).trim()}`);
  }
}
