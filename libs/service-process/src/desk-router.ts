/** One `AgencyDesk` for all services of the process: a call goes to the service that hosts its office. */
import { agency, evidence } from '@lienthong/contract';
import { actingFor } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { AnyRpcService, Call } from '@lienthong/kernel';
import type { Reference } from '@lienthong/law';

type Handler = (request: { readonly office: string }, call: Call) => unknown;

const isDesk = (rpc: AnyRpcService): boolean => rpc.definition === (agency.AgencyDeskService as unknown);
/** Behind one port the registers of all services are one. */
const isEvidence = (rpc: AnyRpcService): boolean => rpc.definition === (evidence.EvidenceService as unknown);

/** All RPCs of the process: each service's own, and one desk for all. */
export function allRpcs(modules: readonly ServiceModule[], reference: Reference): AnyRpcService[] {
  const desks = new Map<string, AnyRpcService>();
  for (const module of modules) for (const rpc of module.rpcs) if (isDesk(rpc)) desks.set(module.name, rpc);
  return [...modules.flatMap((module) => module.rpcs.filter((rpc) => !isDesk(rpc) && !isEvidence(rpc))), deskRouter(desks, reference)];
}

function deskRouter(desks: ReadonlyMap<string, AnyRpcService>, reference: Reference): AnyRpcService {
  const route = (method: string): Handler => (request, call) => {
    const { office } = actingFor(call, request.office);
    const found = reference.office(office);
    if (found === undefined) throw new HubError('UNKNOWN_OFFICE', { office }, { field: 'office' });
    const desk = desks.get(found.service);
    if (desk === undefined) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'office' });
    return (desk.handlers[method] as Handler)(request, call);
  };
  const definition = agency.AgencyDeskService as unknown as AnyRpcService['definition'];
  return { definition, handlers: Object.fromEntries(Object.keys(definition).map((method) => [method, route(method)])) as AnyRpcService['handlers'] };
}
