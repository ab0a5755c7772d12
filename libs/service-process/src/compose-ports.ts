/** The adapters of a service in production, chosen by its settings: MongoDB, Kafka, gRPC. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaBus } from '@lienthong/bus-kafka';
import { directoryDocuments } from '@lienthong/documents';
import type { LawEnvironment, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { knownServices } from '@lienthong/kernel';
import type { Documents } from '@lienthong/kernel';
import { openKeys, systemWorld } from '@lienthong/keys';
import { workingTime } from '@lienthong/law';
import { fileMark } from '@lienthong/marks';
import { OFFICE_FOLDER, liveReference } from '@lienthong/reference-data';
import { grpcPeers } from '@lienthong/rpc-grpc';
import type { Trust } from '@lienthong/rpc-grpc';
import type { Health } from '@lienthong/runtime';
import { openMongo } from '@lienthong/store-mongo';
import { followReference } from './follow-reference.ts';
import { remoteEvidence } from './remote-evidence.ts';
import type { ProcessStart } from './run-process.ts';
import { reportsTo } from './reports.ts';

export type Composed = {
  readonly ports: ServicePorts; readonly environment: LawEnvironment; readonly documents: Documents; readonly trust: Trust;
  /** The service of this process answers for its own register without a call. */
  offer(module: ServiceModule): void;
};

/** Throws what names a setting, file or server and a remedy: KeysError, StoreError. */
export async function composePorts(service: string, { config, log, lifecycle }: ProcessStart, health: Health): Promise<Composed> {
  const keys = openKeys(config.keysDir || join(config.dataDir, 'keys')), world = systemWorld(keys);
  const mark = fileMark(join(config.dataDir, 'mark'), service);
  const author = keys.incarnationOf(service);
  const live = liveReference(config.referenceDir || join(config.dataDir, OFFICE_FOLDER)), { reference } = live;
  lifecycle.onStop('stop-accepting', 'reference', followReference(live, log));
  const environment: LawEnvironment = { reference, work: workingTime(reference.calendar), hosts: { intake: 'intake', money: 'payments', post: 'postal', observers: ['oversight'] } };
  const store = await openMongo({ uri: config.mongo, service, prefix: config.namespace, mark });
  lifecycle.onStop('close-stores', 'store', async () => { await store.close(); mark.close(); });
  const documents = directoryDocuments(config.documents || join(config.dataDir, 'documents'));
  const bus = kafkaBus({
    brokers: config.kafka, clientId: `${config.namespace}-${service}`, prefix: config.namespace, log, ...(config.kafkaTls === '' ? {} : { ssl: { ca: [readFileSync(config.kafkaTls)] } }),
    fatal: (cause) => { log.fatal({ err: cause }, 'the consumer has ended'); void lifecycle.stop('consumer', 1); },
  });
  health.readyWhen('kafka', () => bus.problem());
  lifecycle.onStop('close-stores', 'bus', () => bus.stop());
  const peers = grpcPeers((other) => config.peers.get(other), keys);
  lifecycle.onStop('close-stores', 'peers', () => peers.close());
  const directory = knownServices([...new Set([service, ...config.peers.keys()])], world.maySucceed);
  directory.announce(author);
  const evidence = remoteEvidence((other) => config.peers.get(other), () => directory.authorOf(service) ?? author);
  lifecycle.onStop('close-stores', 'evidence', () => evidence.close());
  const ports: ServicePorts = { store, bus, peers, world, keys, directory, documents, environment, evidence: evidence.lookup, mark, rehearsalsAllowed: config.rehearsals === 'allow', reports: reportsTo(log, service), options: { sharedStore: true } };
  return { ports, environment, documents, trust: keys, offer: (module) => { if (module.evidence != null) evidence.offer(module.evidence); } };
}
