/** The whole hub in one process: one store with a namespace per service, buses and peers in memory, one gRPC port, one HTTP port. */
import { join } from 'node:path';
import { memoryBus } from '@lienthong/bus-memory';
import { directoryDocuments } from '@lienthong/documents';
import { evidenceExchange, evidenceService, mayCall, operatorRpcs } from '@lienthong/dossier-service';
import type { EvidenceExchange, LawEnvironment, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { intakeReceiptPdf } from '@lienthong/forms-pdf';
import { knownServices } from '@lienthong/kernel';
import type { AnyRpcService, Reports } from '@lienthong/kernel';
import { openKeys, sha256, systemWorld } from '@lienthong/keys';
import { workingTime } from '@lienthong/law';
import { createPortal } from '@lienthong/portal';
import { loadReference } from '@lienthong/reference-data';
import { grpcServer } from '@lienthong/rpc-grpc';
import { memoryPeers } from '@lienthong/rpc-memory';
import { createHealth, createLifecycle, publicUrlOf } from '@lienthong/runtime';
import type { Config, Logger } from '@lienthong/runtime';
import { openSqlite } from '@lienthong/store-sqlite';
import type { SqliteStore } from '@lienthong/store-sqlite';
import { allRpcs } from './desk-router.ts';
import { portalPorts } from './portal-ports.ts';
import { createServices, serviceNames } from './services.ts';

export type Hub = { readonly grpcPort: number; readonly httpPort: number; readonly publicUrl: string; stop(reason: string): Promise<void> };

export type HubOptions = { readonly config: Config; readonly log: Logger; readonly exit: (code: number) => void };

/** Of this package. */
const version = '0.1.0';

/** Oversight holds nothing and nobody waits for it: what goes there is gathered for this long, in milliseconds. */
const oversightCoalesceMs = 25;

/** Starts everything in order; what fails to start stops what had been started, and rejects. */
export async function startHub({ config, log, exit }: HubOptions): Promise<Hub & { readonly lifecycle: ReturnType<typeof createLifecycle> }> {
  const lifecycle = createLifecycle({ log, graceMs: config.stopGraceMs, forceMs: config.stopForceMs, exit });
  const health = createHealth(), part = health.part('hub');
  const store = openSqlite({ path: join(config.dataDir, 'store', 'hub.db'), marksPath: join(config.dataDir, 'keys', 'marks') });
  lifecycle.onStop('close-stores', 'store', () => store.close());
  let publicUrl = '';
  const { modules, environment, evidence } = composeServices(config, log, store, () => publicUrl);
  const operator = operatorRpcs({ modules, reference: environment.reference, version, startedAt: Date.now(), rehearsalsAllowed: config.rehearsals === 'allow', hash: sha256 });
  const services = [...allRpcs(modules, environment.reference), ...[operator, evidenceService(evidence.sources(), environment)] as unknown as AnyRpcService[]];
  const grpc = grpcServer({ services, access: (method, caller) => mayCall(method, caller, environment.reference), port: config.grpcPort, health, log });
  const portal = createPortal(portalPorts(modules, health, log));
  let grpcPort = 0, httpPort = 0;
  await lifecycle.start([
    { name: 'services', run: async () => { for (const module of modules) lifecycle.onStop('flush', module.name, () => module.stop()); await Promise.all(modules.map((module) => module.start())); } },
    { name: 'http', run: async () => { httpPort = await portal.listen(config.httpPort); publicUrl = publicUrlOf(config, httpPort); lifecycle.onStop('stop-accepting', 'http', () => portal.stop()); } },
    { name: 'grpc', run: async () => { grpcPort = await grpc.start(); lifecycle.onStop('drain', 'grpc', () => grpc.stop(config.stopGraceMs)); } },
  ]);
  lifecycle.onStop('stop-accepting', 'health', () => health.stopping());
  part.ready();
  return { grpcPort, httpPort, publicUrl, lifecycle, stop: (reason) => lifecycle.stop(reason) };
}

type Composed = { readonly modules: readonly ServiceModule[]; readonly environment: LawEnvironment; readonly evidence: EvidenceExchange };

function composeServices(config: Config, log: Logger, store: SqliteStore, publicUrl: () => string): Composed {
  const keys = openKeys(join(config.dataDir, 'keys')), world = systemWorld(keys);
  const reference = loadReference();
  const environment: LawEnvironment = { reference, work: workingTime(reference.calendar), hosts: { intake: 'intake', money: 'payments', post: 'postal', observers: ['oversight'] } };
  const bus = memoryBus(), peers = memoryPeers(), directory = knownServices(serviceNames, world.maySucceed), evidence = evidenceExchange();
  for (const service of serviceNames) directory.announce(keys.incarnationOf(service));
  const documents = directoryDocuments(join(config.dataDir, 'documents'));
  const portsOf = (service: string): ServicePorts => ({
    store: store.namespace(service), bus, peers: peers.of(service), world, keys, directory, documents, environment, evidence: evidence.lookup, mark: { read: () => store.mark(service), raise: () => {} },
    reports: reportsTo(log, service), options: { coalesceMs: { oversight: oversightCoalesceMs } },
  });
  const receiptPdf = (content: Parameters<typeof intakeReceiptPdf>[0]): Promise<Uint8Array> => intakeReceiptPdf(content, `${publicUrl()}/track/${encodeURIComponent(content.receipt.code)}?s=${content.receipt.trackSecret}`);
  const modules = createServices(portsOf, { rehearsalsAllowed: config.rehearsals === 'allow', receiptPdf });
  for (const module of modules) {
    peers.register(module.name, module.participant.peerService);
    if (module.evidence != null) evidence.offer(module.evidence);
  }
  return { modules, environment, evidence };
}

function reportsTo(log: Logger, service: string): Partial<Reports> {
  return { alarm: (error, folder) => { log.error({ service, folder, err: error }, 'alarm'); } };
}
