/** What the services say of themselves while chaos goes on, and whether they have come to rest. */
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '@lienthong/contract';
import { lagOf, silentLog, Topics } from '@lienthong/bus-kafka';
import { grpcClient } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';
import type { ListedAtRisk } from '@lienthong/testkit/simulator';
import { clusterServices } from '../../cluster/cluster-layout.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { underWay } from '../../under-way.ts';
import type { Patience } from '../patience.ts';

const lookEveryMs = 1_000, answerMs = 3_000, quietLooks = 2;

type Client = { readonly name: string; readonly client: GrpcClient<typeof operator.OperatorService> };

export class StatusWatch {
  readonly #cluster: Cluster;
  readonly #clients: readonly Client[];
  readonly #atRisk = new Map<string, ListedAtRisk>();
  #watching = true;
  #recovering: readonly string[] = [];
  readonly #ended: Promise<void>;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#clients = cluster.parts.map(({ service, instance, port }) => ({ name: `${service}-${instance}`, client: grpcClient(operator.OperatorService, `127.0.0.1:${port}`) }));
    this.#ended = this.#watch();
  }

  /** All that any service has listed at any time. */
  get atRisk(): readonly ListedAtRisk[] { return [...this.#atRisk.values()]; }

  /** Who was on the way back when last asked: down, silent, succeeding, rebuilding its registers. */
  get recovering(): readonly string[] { return this.#recovering; }

  async stop(): Promise<void> {
    this.#watching = false;
    await this.#ended;
    for (const { client } of this.#clients) client.close();
  }

  /** Resolves when nothing waits anywhere, or, at the end of patience, with what does. */
  async quiet(patience: Patience): Promise<readonly string[]> {
    for (let looks = 0; ;) {
      const restless = [...await this.#restless(), ...await this.#lagging()];
      looks = restless.length === 0 ? looks + 1 : 0;
      if (looks === quietLooks || !patience.goesOn({ at: performance.now(), moved: 0, recovering: this.#recovering })) return restless;
      await sleep(lookEveryMs);
    }
  }

  async #watch(): Promise<void> {
    while (this.#watching) {
      await this.#statuses();
      await sleep(lookEveryMs);
    }
  }

  async #statuses(): Promise<readonly { readonly name: string; readonly status: operator.ServiceStatus | null; readonly problem: string }[]> {
    const running = this.#clients.filter(({ name }) => this.#cluster.children.get(name)!.running);
    const answers = await Promise.all(running.map(async ({ name, client }) => {
      try {
        return { name, status: (await client.getStatus({}, { deadlineMs: answerMs })).services[0]!, problem: '' };
      } catch (error) {
        return { name, status: null, problem: error instanceof Error ? error.message : String(error) };
      }
    }));
    this.#recovering = [...this.#down(), ...answers.flatMap(({ name, status }) => recoveringOf(name, status))];
    for (const { status } of answers) {
      if (status?.atRisk === undefined) continue;
      const { fromCommit, toCommit, folders } = status.atRisk;
      this.#atRisk.set(`${status.service} ${status.author}`, { service: status.service, fromCommit, toCommit, folders });
    }
    return answers;
  }

  async #restless(): Promise<string[]> {
    const statuses = await this.#statuses();
    return [...this.#down(), ...statuses.flatMap(({ name, status, problem }) => {
      if (status === null) return [`${name} does not answer: ${problem}`];
      const { state, waitingUpdates, outstandingUpdates, unsettledMarks, runningEffects, comparisons, setAside, waitsFor } = status;
      const found = state === operator.ServiceState.READY ? [] : [`${name} is in state ${state}, waits for ${waitsFor.join(', ')}`];
      if (underWay(status) > 0) found.push(`${name} has ${waitingUpdates} updates waiting, ${outstandingUpdates} outstanding, ${unsettledMarks} marks unsettled, ${runningEffects} effects running, ${comparisons} comparisons of copies`);
      return [...found, ...setAside.map(({ folder, problem: why }) => `${name} has set ${folder.slice(0, 8)} aside: ${why}`)];
    })];
  }

  /** One instance of each is always to run. */
  #down(): string[] {
    return clusterServices.filter((service) => !this.#cluster.children.get(`${service}-1`)!.running).map((service) => `${service} is down`);
  }

  async #lagging(): Promise<string[]> {
    try {
      const lag = await lagOf({ brokers: [...this.#cluster.kafka.bootstrap], clientId: 'lienthong-chaos', log: silentLog }, new Topics(), clusterServices);
      return [...lag].filter(([, records]) => records > 0).map(([service, records]) => `${service} has ${records} records to read`);
    } catch (error) {
      return [`Kafka does not say how far its readers are: ${error instanceof Error ? error.message : String(error)}`];
    }
  }
}

/** What a service says of being on the way back; empty: it is up. `status`: null when it does not answer. */
export function recoveringOf(name: string, status: Pick<operator.ServiceStatus, 'state' | 'succession' | 'waitsFor'> | null): readonly string[] {
  if (status === null) return [`${name} does not answer`];
  if (status.state === operator.ServiceState.SUCCEEDING) return [`${name} succeeds its lost store${status.waitsFor.length > 0 ? `, waits for ${status.waitsFor.join(', ')}` : ''}`];
  if (status.state !== operator.ServiceState.READY) return [`${name} starts`];
  return status.succession?.rebuilding === true ? [`${name} rebuilds its registers`] : [];
}
