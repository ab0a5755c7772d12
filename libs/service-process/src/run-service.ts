/** The production shape of one service: its own process, store, keys and consumer group; the same service, law and kernel as in the embedded hub. */
import { mayCall } from '@lienthong/dossier-service';
import type { ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { grpcServer } from '@lienthong/rpc-grpc';
import { createHealth } from '@lienthong/runtime';
import type { Health, ServiceConfig } from '@lienthong/runtime';
import { composePorts } from './compose-ports.ts';
import { followCalendar } from './follow-calendar.ts';
import { followPlaces } from './follow-places.ts';
import type { Composed } from './compose-ports.ts';
import { processRpcs } from './process-rpcs.ts';
import { runProcess } from './run-process.ts';
import type { ProcessStart } from './run-process.ts';
import { PortTaken } from './start-failure.ts';

export type ServiceStart = { readonly name: string; readonly version: string; create(ports: ServicePorts, config: ServiceConfig): ServiceModule };

/** `node services/<name>/src/main.ts` is this and nothing else. */
export function runService(service: ServiceStart): Promise<void> {
  return runProcess(service.name, async (process) => {
    const { config, log, lifecycle } = process;
    const health = createHealth(), part = health.part(service.name);
    let composed!: Composed, module!: ServiceModule, address = '';
    await lifecycle.start([
      { name: 'ports', run: async () => { composed = await composePorts(service.name, process, health); module = service.create(composed.ports, config); composed.offer(module); } },
      // Peers ask while this service still compares its store with what they have seen.
      { name: 'grpc', run: async () => { address = await listen(service, composed, module, process, health); } },
      { name: 'service', run: async () => { lifecycle.onStop('flush', service.name, () => module.stop()); await module.start(); } },
      { name: 'calendar', run: () => { const follower = followCalendar(composed.calendar, [module], log); lifecycle.onStop('stop-accepting', 'calendar', () => follower.stop()); } },
      { name: 'places', run: () => { const { live, own } = composed.places, follower = followPlaces(live, [module], own, log); lifecycle.onStop('stop-accepting', 'places', () => follower.stop()); } },
    ]);
    lifecycle.onStop('stop-accepting', 'health', () => health.stopping());
    health.readyWhen('succession', () => (module.participant.status().state === 'ready' ? null : `waits for ${module.participant.status().waitsFor.join(', ') || 'its peers'}`));
    part.ready();
    log.info({ service: service.name, author: module.participant.context().author, address }, 'ready');
    return { address };
  });
}

async function listen({ version }: ServiceStart, composed: Composed, module: ServiceModule, { config, log, lifecycle }: ProcessStart, health: Health): Promise<string> {
  const { environment, documents, trust } = composed;
  const parts = { modules: [module], environment, evidence: module.evidence == null ? [] : [module.evidence], documents, trust };
  const services = processRpcs(parts, { version, startedAt: Date.now(), rehearsalsAllowed: config.rehearsals === 'allow' });
  const grpc = grpcServer({ services, access: (method, caller) => mayCall(method, caller, environment.reference), host: config.grpcHost, port: config.grpcPort, health, log });
  const port = await grpc.start().catch((error: unknown) => { throw new PortTaken('LIENTHONG_GRPC_PORT', config.grpcPort, error); });
  lifecycle.onStop('drain', 'grpc', () => grpc.stop(config.stopGraceMs));
  return `${config.grpcHost}:${port}`;
}
