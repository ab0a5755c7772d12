/** Real services over stores, bus and peers in memory: what a service does can be tested without a process around it. */
import { memoryBus } from '@lienthong/bus-memory';
import { knownServices, raisedMark } from '@lienthong/kernel';
import type { AnyRpcService, Caller, Documents, HighWaterMark, Mark } from '@lienthong/kernel';
import { workingTime } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import { loadReference } from '@lienthong/reference-data';
import { memoryPeers } from '@lienthong/rpc-memory';
import { memoryStore } from '@lienthong/store-memory';
import { gatherReads } from '@lienthong/dossier-service';
import type { EvidenceBook, EvidenceLookup, LawEnvironment, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { testWorld } from './test-world.ts';
import type { TestWorld } from './test-world.ts';

export type MemoryHub = {
  readonly world: TestWorld; readonly environment: LawEnvironment; readonly modules: readonly ServiceModule[];
  /** Calls a handler as `office` would; `module` names the service whose handlers are meant. */
  call<R>(module: string, method: string, request: object, office?: string): Promise<R>;
  /** Resolves when nothing waits to be sent, settled or run at any service. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

export type MemoryHubConfig = {
  /** Names of all services, also of those that are not composed. */
  readonly services: readonly string[];
  readonly compose: (portsOf: (service: string) => ServicePorts) => readonly ServiceModule[];
  readonly documents?: Documents; readonly evidence?: EvidenceLookup; readonly world?: TestWorld; /** Absent: they are. */ readonly rehearsalsAllowed?: boolean;
  /** Absent: the released data. */
  readonly reference?: Reference;
};

const noDocuments: Documents = { put: async () => ({ ok: false, refusal: 'empty' }), get: async () => undefined, stat: async () => undefined };

function memoryMark(): HighWaterMark {
  let kept: Mark | undefined;
  return { read: () => kept, raise: (mark) => { kept = raisedMark(kept, mark); } };
}

export async function memoryHub(config: MemoryHubConfig): Promise<MemoryHub> {
  const world = config.world ?? testWorld();
  const reference = config.reference ?? loadReference();
  const environment: LawEnvironment = { reference, work: workingTime(reference.calendar), hosts: { intake: 'intake', money: 'payments', post: 'postal', observers: config.services.includes('oversight') ? ['oversight'] : [] } };
  let modules: readonly ServiceModule[] = [];
  const bus = memoryBus(), peers = memoryPeers(), directory = knownServices(config.services, world.maySucceed);
  for (const service of config.services) directory.announce(world.keys.incarnationOf(service));
  const book: EvidenceBook = {
    check: async (code, subject, id, office) => modules.find((one) => one.name === environment.hosts.intake)?.dossierCheck?.(code, subject, id, office),
    reads: (folder, code) => gatherReads(modules.flatMap(({ name, evidence }) => (evidence == null ? [] : [{ service: name, reads: () => evidence.reads(folder, code) }]))),
  };
  const portsOf = (service: string): ServicePorts => {
    const mark = memoryMark();
    return {
      store: memoryStore({ mark }), bus, peers: peers.of(service), world, keys: world.keys, directory, documents: config.documents ?? noDocuments, environment, evidence: config.evidence ?? (async () => []), evidenceBook: book,
      mark, rehearsalsAllowed: config.rehearsalsAllowed ?? true, reports: { alarm: (error) => { console.error(error); } }, options: {},
    };
  };
  modules = config.compose(portsOf);
  for (const module of modules) peers.register(module.name, module.participant.peerService);
  await Promise.all(modules.map((module) => module.start()));
  return {
    world, environment, modules,
    call: (module, method, request, office = '') => callHandler(modules, module, method, request, office),
    async quiet() { for (let round = 0; round < 4; round++) for (const module of modules) await module.participant.drain(); },
    async stop() { await Promise.all(modules.map((module) => module.stop())); },
  };
}

/** Bound of one call in a test, in milliseconds. */
const callMs = 30_000;

async function callHandler<R>(modules: readonly ServiceModule[], name: string, method: string, request: object, office: string): Promise<R> {
  const module = modules.find((one) => one.name === name);
  const rpc = module?.rpcs.find((one: AnyRpcService) => method in one.handlers);
  if (rpc === undefined) throw new Error(`no ${name}.${method}`);
  const caller: Caller = { office, officer: 'cb-04', service: '', peer: '127.0.0.1' };
  return await (rpc.handlers[method] as (request: object, call: object) => Promise<R>)(request, { caller, method, signal: AbortSignal.timeout(callMs) });
}
