/** The whole production shape on the loopback: real Kafka, a real server for MongoDB's driver, every service in its own processes. */
import { join, resolve } from 'node:path';
import { chooseServers } from '@lienthong/testkit/servers/choose-servers';
import type { ServersSetting } from '@lienthong/testkit/servers/choose-servers';
import { dockerMissing } from '@lienthong/testkit/servers/docker-available';
import { localKafkaMissing } from '@lienthong/testkit/servers/kafka-jars';
import { localMongoMissing } from '@lienthong/testkit/servers/local-mongo';
import { startKafka } from '@lienthong/testkit/servers/start-kafka';
import type { KafkaFront, KafkaServers } from '@lienthong/testkit/servers/start-kafka';
import { startMongo } from '@lienthong/testkit/servers/start-mongo';
import type { MongoServer } from '@lienthong/testkit/servers/start-mongo';
import { addressesOf, clusterServices, mainOf, partName, settingsOf } from './cluster-layout.ts';
import type { ClusterService, Part, Servers } from './cluster-layout.ts';
import { provisionKeys } from './cluster-keys.ts';
import { portsFor } from './cluster-ports.ts';
import { kafkaTopics } from './provision.ts';
import { ServiceChild } from './service-child.ts';

export type ClusterOptions = {
  /** For keys, marks and logs; made when absent. */
  readonly directory: string;
  readonly brokers: 1 | 3;
  /** Of each service; the pages have one. */
  readonly instances: number;
  /** Services with one instance more, which is not started. */
  readonly spare?: readonly ClusterService[];
  /** Where Kafka and MongoDB come from. Absent: containers where they run, else processes of this machine. */
  readonly servers?: ServersSetting;
  /** Absent: with the pages. */
  readonly pages?: boolean;
  /** Data of Kafka and MongoDB stay under `directory`, and where the services answered: the next cluster there goes on with them. Absent: they end with the cluster. */
  readonly keepsData?: boolean;
  /** What stands between the processes. */
  readonly detours?: Detours;
};

/** Addresses by which processes reach what they depend on, where that is not its own. */
export type Detours = {
  readonly kafka: readonly KafkaFront[];
  /** Asked once per process, when all parts have their ports. */
  mongo(part: Part, uri: string): string;
  /** By service, as `addressesOf` gives them. */
  peers(parts: readonly Part[]): ReadonlyMap<string, string>;
};

/** What keeps a cluster from being started here; undefined: nothing. */
export function clusterMissing(servers: ServersSetting): string | undefined {
  const choices = [chooseServers(servers, 'Kafka', { docker: dockerMissing, local: localKafkaMissing }), chooseServers(servers, 'MongoDB', { docker: dockerMissing, local: localMongoMissing })];
  return choices.flatMap((one) => (typeof one === 'object' ? [one.skipped] : []))[0];
}

export class Cluster {
  readonly kafka: KafkaServers;
  readonly mongo: MongoServer;
  readonly parts: readonly Part[];
  readonly children: ReadonlyMap<string, ServiceChild>;

  constructor(kafka: KafkaServers, mongo: MongoServer, parts: readonly Part[], children: ReadonlyMap<string, ServiceChild>) {
    this.kafka = kafka;
    this.mongo = mongo;
    this.parts = parts;
    this.children = children;
  }

  get servers(): Servers { return { kafka: this.kafka.bootstrap, mongo: this.mongo.uri }; }
  get addresses(): ReadonlyMap<string, string> { return addressesOf(this.parts); }

  /** In order: services drain while Kafka and MongoDB still run. */
  async stop(): Promise<void> {
    await Promise.allSettled([...this.children.values()].map((child) => child.stop()));
    await Promise.allSettled([this.kafka.stop(), this.mongo.stop()]);
  }
}

/** Rejects with what is missing on this machine. What was started until then is stopped. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const servers = options.servers ?? 'auto';
  const keptIn = (name: string): { readonly directory?: string } => (options.keepsData === true ? { directory: resolve(options.directory, name) } : {});
  const [kafka, mongo] = await Promise.all([startKafka({ nodes: options.brokers, servers, fronts: options.detours?.kafka ?? [], ...keptIn('kafka') }), startMongo({ servers, ...keptIn('mongo') })]);
  const stopServers = async (): Promise<void> => { await Promise.allSettled([kafka, mongo].map((one) => ('stop' in one ? one.stop() : undefined))); };
  if ('skipped' in kafka || 'skipped' in mongo) {
    await stopServers();
    throw new Error([kafka, mongo].flatMap((one) => ('skipped' in one ? [one.skipped] : [])).join('\n'));
  }
  const parts = await partsOf(options);
  const at: Servers = { kafka: kafka.bootstrap, mongo: mongo.uri };
  const relayed = options.detours?.peers(parts);
  const childOf = (part: Part): ServiceChild => {
    const own = options.detours === undefined ? at : { ...at, mongo: options.detours.mongo(part, at.mongo) };
    return new ServiceChild(partName(part), mainOf(part.service), settingsOf(part, parts, own, options.directory, relayed), join(options.directory, 'logs', `${partName(part)}.log`));
  };
  const cluster = new Cluster(kafka, mongo, parts, new Map(parts.map((part) => [partName(part), childOf(part)])));
  try {
    provisionKeys(join(options.directory, 'keys'), clusterServices);
    await kafkaTopics(at.kafka, options.brokers);
    await Promise.all(parts.filter(({ instance }) => instance <= options.instances).map((part) => cluster.children.get(partName(part))!.start()));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

async function partsOf({ directory, instances, spare = [], pages = true, keepsData = false }: ClusterOptions): Promise<readonly Part[]> {
  const instancesOf = (service: ClusterService): number => instances + (spare.includes(service) ? 1 : 0);
  const wanted = [...clusterServices.flatMap((service) => Array.from({ length: instancesOf(service) }, (_, at) => ({ service, instance: at + 1 }))), ...(pages ? [{ service: 'portal' as const, instance: 1 }] : [])];
  const ports = await portsFor(wanted.map(partName), keepsData ? directory : undefined);
  return wanted.map((one, at) => ({ ...one, port: ports[at]! }));
}
