/** Kafka nodes as processes of this machine. None of them outlives the process that started it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaJars } from './kafka-jars.ts';
import { kafkaProperties, newClusterId } from './kafka-properties.ts';
import type { KafkaFront, KafkaServers } from './start-kafka.ts';
import { serverPlace } from './server-place.ts';
import type { ServerPlace } from './server-place.ts';
import { dyingWithParent, endProcess, isRunning, stopProcess } from './server-process.ts';

/** Small, for several may run on one machine beside everything else. */
const virtualMachine = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Djava.awt.headless=true'];
const readyLine = 'Kafka Server started';
/** Far longer than it takes (3 to 9 s): the machine may be busy with everything else. */
const readyWithinMs = 180_000;
const pollMs = 100;

const logging = `status = warn
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %c{1} %m%n%throwable
rootLogger.level = INFO
rootLogger.appenderRef.out.ref = out
`;

type Node = { process: ChildProcess; starts: number };

/** Throws when a node does not become ready, with the end of its log. `directory`: for data that stay when they are stopped, and for their ports; absent: none do. */
export async function startLocalKafka(count: number, fronts: readonly KafkaFront[] = [], directory?: string): Promise<KafkaServers> {
  const classPath = join(await kafkaJars(), '*');
  const cluster = new LocalCluster(await serverPlace(directory, 'cluster-', 3 * count), classPath, fronts);
  try {
    await cluster.format();
    await Promise.all(cluster.numbers.map((node) => cluster.start(node)));
  } catch (cause) {
    await cluster.stop();
    throw cause;
  }
  return cluster;
}

class LocalCluster implements KafkaServers {
  readonly bootstrap: readonly string[];
  readonly numbers: readonly number[];
  readonly #folder: string;
  readonly #keeps: boolean;
  readonly #classPath: string;
  readonly #nodes = new Map<number, Node>();
  readonly #atExit = (): void => { for (const { process: node } of this.#nodes.values()) node.kill('SIGKILL'); };

  constructor({ folder, ports, keeps }: ServerPlace, classPath: string, fronts: readonly KafkaFront[]) {
    this.#folder = folder;
    this.#keeps = keeps;
    this.#classPath = classPath;
    const count = ports.length / 3, addresses = ports.map((port) => `127.0.0.1:${port}`);
    this.numbers = Array.from({ length: count }, (_, at) => at + 1);
    const clients = addresses.slice(0, count), controllers = addresses.slice(count, 2 * count), between = addresses.slice(2 * count);
    clients.forEach((address, at) => fronts[at]?.leadTo(address));
    this.bootstrap = clients.map((address, at) => fronts[at]?.address ?? address);
    const listeners = clients.map((address, at) => `PLAINTEXT://${address},BETWEEN://${between[at]!},CONTROLLER://${controllers[at]!}`);
    writeFileSync(join(folder, 'log4j2.properties'), logging);
    for (const node of this.numbers) {
      const properties = kafkaProperties({ advertised: this.bootstrap, listeners, controllers, between }, node, this.#data(node));
      writeFileSync(this.#file(node, 'properties'), Object.entries(properties).map(([name, value]) => `${name}=${value}\n`).join(''));
    }
    process.once('exit', this.#atExit);
  }

  /** Whoever has data is formatted already. */
  async format(): Promise<void> {
    const cluster = newClusterId(), bare = this.numbers.filter((node) => !existsSync(join(this.#data(node), 'meta.properties')));
    await Promise.all(bare.map(async (node) => {
      const formatting = this.#run(['kafka.tools.StorageTool', 'format', '-t', cluster, '-c', this.#file(node, 'properties')], this.#file(node, 'format.log'));
      const [code] = await once(formatting, 'close') as [number | null];
      if (code !== 0) throw new Error(`node ${node} could not be formatted: ${this.#tail(this.#file(node, 'format.log'))}`);
    }));
  }

  async start(node: number): Promise<void> {
    const before = this.#nodes.get(node);
    if (before !== undefined && isRunning(before.process)) return;
    const starts = (before?.starts ?? 0) + 1;
    const log = this.#file(node, `${starts}.log`);
    // An earlier process that kept its data may have said there that it is ready.
    rmSync(log, { force: true });
    const child = this.#run(['kafka.Kafka', this.#file(node, 'properties')], log);
    this.#nodes.set(node, { process: child, starts });
    for (const until = Date.now() + readyWithinMs; !readFileSync(log, 'utf8').includes(readyLine); await sleep(pollMs)) {
      if (!isRunning(child) || Date.now() > until) throw new Error(`node ${node} did not start: ${this.#tail(log)}`);
    }
  }

  async kill(node: number): Promise<void> { await endProcess(this.#nodes.get(node)?.process, 'SIGKILL'); }
  pause(node: number): Promise<void> { return stopProcess(this.#nodes.get(node)!.process); }
  resume(node: number): void { this.#nodes.get(node)!.process.kill('SIGCONT'); }

  /** Ends all nodes, and removes their data where they were not started to keep them. */
  async stop(): Promise<void> {
    await Promise.all(this.numbers.map((node) => endProcess(this.#nodes.get(node)?.process, 'SIGTERM')));
    process.removeListener('exit', this.#atExit);
    if (!this.#keeps) rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(program: readonly string[], log: string): ChildProcess {
    const out = openSync(log, 'a');
    const java = ['java', ...virtualMachine, `-Dlog4j2.configurationFile=${join(this.#folder, 'log4j2.properties')}`, '-cp', this.#classPath, ...program];
    const [command, ...args] = dyingWithParent(java);
    const child = spawn(command!, args, { stdio: ['ignore', out, out] });
    closeSync(out);
    return child;
  }

  #data(node: number): string { return join(this.#folder, `data-${node}`); }
  #file(node: number, name: string): string { return join(this.#folder, `node-${node}.${name}`); }
  #tail(log: string): string { return readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n'); }
}
