/** Who takes whose place, and an operator's order to go on without somebody. */
import type { operator } from '@lienthong/contract';
import { HubError, maxForceReasonCharacters } from '@lienthong/kernel';
import type { Force, SuccessionStatus } from '@lienthong/kernel';
import { checkRequestId } from '../command-call.ts';
import type { ServiceModule } from '../service-module.ts';

/** Services that one order may name. */
const maxWithout = 64;

export function successionView({ predecessors, begunAt, forces, goesOnWithout, voided, whole }: SuccessionStatus): operator.SuccessionStatus {
  return { predecessors: [...predecessors], beginTime: begunAt === null ? undefined : new Date(begunAt), forces: forces.map(forceView), goesOnWithout: [...goesOnWithout], voided: [...voided], rebuilding: !whole };
}

function forceView({ author, without, returned, reason, at }: Force): operator.Force {
  return { author, without: [...without], returned: [...returned], reason, time: new Date(at) };
}

export async function forceSuccession(modules: readonly ServiceModule[], { requestId, service, without, reason }: operator.ForceSuccessionRequest): Promise<operator.ForceSuccessionResponse> {
  checkRequestId(requestId);
  const participant = modules.find((one) => one.name === service)?.participant;
  if (participant === undefined) throw new HubError('UNKNOWN_SERVICE', { service }, { field: 'service' });
  if (without.length === 0) throw new HubError('FIELD_MISSING', { field: 'without' }, { field: 'without' });
  if (without.length > maxWithout) throw invalid('without', `${without.length} > ${maxWithout}`);
  if (reason.length > maxForceReasonCharacters) throw invalid('reason', `${reason.length} > ${maxForceReasonCharacters}`);
  const force = await participant.forceSuccession({ request: requestId, without, reason });
  return { force: forceView(force), waitsFor: [...participant.status().waitsFor] };
}

const invalid = (field: string, problem: string): HubError => new HubError('FIELD_INVALID', { field, problem }, { field });
