/** The adapters of a service in production, chosen by its settings: MongoDB, Kafka, gRPC. */
import { join } from 'node:path';
import { kafkaBus, sslOf } from '@lienthong/bus-kafka';
import { directoryDocuments } from '@lienthong/documents';
import type { LawEnvironment, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { knownServices } from '@lienthong/kernel';
import type { CrashPoint, Documents } from '@lienthong/kernel';
import { checkKnown, openKeys, systemWorld } from '@lienthong/keys';
import { sharedMark } from '@lienthong/marks';
import type { LiveCalendar } from '@lienthong/reference-data';
import { grpcPeers } from '@lienthong/rpc-grpc';
import type { Trust } from '@lienthong/rpc-grpc';
import { crashPointAt } from '@lienthong/runtime';
import type { Health } from '@lienthong/runtime';
import { openMongo, openMongoDocuments, ownerOf } from '@lienthong/store-mongo';
import { followReference } from './follow-reference.ts';
import { openReference } from './open-reference.ts';
import type { OpenReference } from './open-reference.ts';
import { remoteEvidence } from './remote-evidence.ts';
import type { RemoteEvidence } from './remote-evidence.ts';
import type { ProcessStart } from './run-process.ts';
import { reportsTo } from './reports.ts';

export type Composed = {
  readonly ports: ServicePorts; readonly environment: LawEnvironment; readonly documents: Documents; readonly trust: Trust; readonly calendar: LiveCalendar; readonly places: OpenReference;
  /** The service of this process answers for its own register without a call. */
  offer(module: ServiceModule): void;
};

/** Throws what names a setting, file or server and a remedy: KeysError, StoreError. */
export async function composePorts(service: string, process: ProcessStart, health: Health): Promise<Composed> {
  const { config, log, lifecycle } = process;
  const crashPoint = crashPointAt(config.crashAt);
  const keysDir = config.keysDir || join(config.dataDir, 'keys'), owner = await ownerOf({ uri: config.mongo, service, prefix: config.namespace });
  // Keys that were lost are told before others are made in their place.
  checkKnown(keysDir, owner === undefined ? [] : [owner]);
  const keys = openKeys(keysDir, crashPoint), world = systemWorld(keys, crashPoint);
  const mark = sharedMark(join(keysDir, 'marks'), service, config.instance, keys, crashPoint);
  const author = keys.incarnationOf(service);
  const places = openReference(config), { reference, live, calendar } = places;
  const follower = followReference(live, log);
  lifecycle.onStop('stop-accepting', 'reference', () => follower.stop());
  const environment: LawEnvironment = { reference, work: calendar.work, hosts: { intake: 'intake', money: 'payments', post: 'postal', observers: ['oversight'] }, keepers: config.keepers };
  const store = await openMongo({ uri: config.mongo, service, prefix: config.namespace, mark, crashPoint });
  lifecycle.onStop('close-stores', 'store', async () => { await store.close(); mark.close(); });
  const documents = await openDocuments(process, crashPoint);
  const bus = kafkaBus({
    brokers: config.kafka, clientId: `${config.namespace}-${service}`, prefix: config.namespace, signatures: { hash: world.hash, sign: world.sign, verify: world.verify, knows: (sender) => keys.knows(sender) }, log, crashPoint, ...sslOf(config.kafkaTls),
    fatal: (cause) => { log.fatal({ err: cause }, 'the consumer has ended'); void lifecycle.stop('consumer', 1); },
  });
  health.readyWhen('kafka', () => bus.problem());
  lifecycle.onStop('close-stores', 'bus', () => bus.stop());
  const peers = grpcPeers((other) => config.peers.get(other), keys);
  lifecycle.onStop('close-stores', 'peers', () => peers.close());
  const directory = knownServices([...new Set([service, ...config.peers.keys()])], world.maySucceed);
  directory.announce(author);
  const registers = [...new Set(reference.procedures.flatMap(({ documents }) => documents.flatMap((one) => (one.evidence === undefined ? [] : [one.evidence.service]))))].sort();
  const evidence = remoteEvidence({ addressOf: (other) => config.peers.get(other), author: () => directory.authorOf(service) ?? author, world, intake: environment.hosts.intake, registers });
  lifecycle.onStop('close-stores', 'evidence', () => evidence.close());
  const ports: ServicePorts = { store, bus, peers, world, keys, directory, documents, environment, evidence: evidence.lookup, evidenceBook: evidence.book, mark, rehearsalsAllowed: config.rehearsals === 'allow', reports: reportsTo(log, service), options: { sharedStore: true } };
  return { ports, environment, documents, trust: keys, calendar, places, offer: (module) => offerTo(evidence, module, environment.hosts.intake) };
}

function offerTo(evidence: RemoteEvidence, module: ServiceModule, intake: string): void {
  if (module.evidence != null) evidence.offer(module.evidence);
  if (module.name === intake && module.dossierCheck !== undefined) evidence.answerFor(module.dossierCheck);
}

/** One place for all services: what a counter took is read by whoever holds a leg. */
async function openDocuments({ config, lifecycle }: ProcessStart, crashPoint: CrashPoint | undefined): Promise<Documents> {
  if (config.documents !== '') return directoryDocuments(config.documents, undefined, crashPoint);
  const documents = await openMongoDocuments({ uri: config.mongo, prefix: config.namespace, service: 'documents', crashPoint });
  lifecycle.onStop('close-stores', 'documents', () => documents.close());
  return documents;
}
