/** The whole hub in one process: one store with a namespace per service, buses and peers in memory, one gRPC port, one HTTP port. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mayCall } from '@lienthong/dossier-service';
import { createPortal, parsePostKeys } from '@lienthong/portal';
import { grpcServer } from '@lienthong/rpc-grpc';
import { followCalendar, followPlaces, followReference, PortTaken, processRpcs } from '@lienthong/service-process';
import { createHealth, createLifecycle, publicUrlOf } from '@lienthong/runtime';
import type { Config, Health, Lifecycle, Logger } from '@lienthong/runtime';
import { checkKnown } from '@lienthong/keys';
import { openSqlite } from '@lienthong/store-sqlite';
import type { SqliteStore } from '@lienthong/store-sqlite';
import ownPackage from '../package.json' with { type: 'json' };
import { composeServices } from './compose-services.ts';
import { serviceNames } from './services.ts';
import type { Composed } from './compose-services.ts';
import { hubBackup } from './hub-backup.ts';
import { portalPorts } from './portal-ports.ts';

export type Hub = { readonly grpcPort: number; readonly httpPort: number; readonly publicUrl: string; stop(reason: string): Promise<void> };

export type HubOptions = {
  readonly config: Config; readonly log: Logger;
  /** Ends the process after stopping. */
  readonly exit: (code: number) => void;
  /** Given the lifecycle before anything is started, so that a signal stops what is only half started, too. */
  readonly begun?: (lifecycle: Lifecycle) => void;
};

/** Where the process was bound; 0 and '' before. */
type Bound = { grpcPort: number; httpPort: number; publicUrl: string };

/** Starts everything in order; what fails to start stops what had been started, and rejects: see `explained`. */
export async function startHub({ config, log, exit, begun }: HubOptions): Promise<Hub> {
  const lifecycle = createLifecycle({ log, graceMs: config.stopGraceMs, forceMs: config.stopForceMs, exit });
  begun?.(lifecycle);
  const health = createHealth(), part = health.part('hub');
  const bound: Bound = { grpcPort: 0, httpPort: 0, publicUrl: '' };
  let composed!: HubParts;
  await lifecycle.start([
    { name: 'compose', run: async () => { composed = await compose(config, log, lifecycle, () => bound.publicUrl); } },
    { name: 'services', run: () => startServices(composed, lifecycle) },
    { name: 'http', run: () => startPages(composed, { config, log, lifecycle, health, bound }) },
    { name: 'grpc', run: () => startGrpc(composed, { config, log, lifecycle, health, bound }) },
    { name: 'follow', run: () => startFollowing(composed, lifecycle, log) },
  ]);
  lifecycle.onStop('stop-accepting', 'health', () => health.stopping());
  part.ready();
  return { ...bound, stop: (reason) => lifecycle.stop(reason) };
}

type Parts = { readonly config: Config; readonly log: Logger; readonly lifecycle: Lifecycle; readonly health: Health; readonly bound: Bound };

type HubParts = Composed & { readonly store: SqliteStore };

/** Keys that were lost are told before others are made in their place. */
async function compose(config: Config, log: Logger, lifecycle: Lifecycle, publicUrl: () => string): Promise<HubParts> {
  const store = openSqlite({ path: join(config.dataDir, 'store', 'hub.db'), marksPath: join(config.dataDir, 'keys', 'marks'), crashAt: config.crashAt });
  lifecycle.onStop('close-stores', 'store', () => store.close());
  store.assertOnlyOf(serviceNames);
  const writers = await Promise.all(serviceNames.map((service) => store.namespace(service).incarnation()));
  checkKnown(join(config.dataDir, 'keys'), writers.filter((writer) => writer !== undefined));
  const composed = composeServices(config, log, store, publicUrl);
  const follower = followReference(composed.live, log);
  lifecycle.onStop('stop-accepting', 'reference', () => follower.stop());
  return { ...composed, store };
}

async function startServices({ modules }: Composed, lifecycle: Lifecycle): Promise<void> {
  for (const module of modules) lifecycle.onStop('flush', module.name, () => module.stop());
  await Promise.all(modules.map((module) => module.start()));
}

/** A round over all open dossiers that was cut off is begun again here: people are answered meanwhile. */
function startFollowing({ modules, calendar, live, own }: Composed, lifecycle: Lifecycle, log: Logger): void {
  const follower = followCalendar(calendar, modules, log);
  lifecycle.onStop('stop-accepting', 'calendar', () => follower.stop());
  const places = followPlaces(live, modules, own, log);
  lifecycle.onStop('stop-accepting', 'places', () => places.stop());
}

async function startPages({ modules }: Composed, { config, log, lifecycle, health, bound }: Parts): Promise<void> {
  const postKeys = config.postKeysFile === '' ? null : parsePostKeys(await readFile(config.postKeysFile, 'utf8'));
  const portal = createPortal(portalPorts(modules, health, log, postKeys, config), config);
  bound.httpPort = await portal.listen(config.httpPort).catch((error: unknown) => { throw new PortTaken('LIENTHONG_HTTP_PORT', config.httpPort, error); });
  bound.publicUrl = publicUrlOf(config, bound.httpPort);
  lifecycle.onStop('stop-accepting', 'http', () => portal.stop());
}

async function startGrpc(composed: HubParts, { config, log, lifecycle, health, bound }: Parts): Promise<void> {
  const { reference } = composed.environment;
  const services = processRpcs({ ...composed, evidence: composed.evidence.sources() }, { version: ownPackage.version, startedAt: Date.now(), rehearsalsAllowed: config.rehearsals === 'allow', backup: hubBackup(config.dataDir, composed.store, ownPackage.version) });
  const grpc = grpcServer({ services, access: (method, caller) => mayCall(method, caller, reference), port: config.grpcPort, health, log });
  bound.grpcPort = await grpc.start().catch((error: unknown) => { throw new PortTaken('LIENTHONG_GRPC_PORT', config.grpcPort, error); });
  lifecycle.onStop('drain', 'grpc', () => grpc.stop(config.stopGraceMs));
}
