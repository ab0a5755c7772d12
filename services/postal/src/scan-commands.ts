/** What post offices record on the way, by the number on the consignment. */
import { postal } from '@lienthong/contract';
import type { dossier as pb } from '@lienthong/contract';
import { actingFor, commandDossier, commitTo, markRequest } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Aside, Call, Handlers } from '@lienthong/kernel';
import { decideConsignmentCommand, refuse } from '@lienthong/law';
import type { ConsignmentCommand } from '@lienthong/law';
import { findConsignment } from './consignment-index.ts';
import type { Found } from './consignment-index.ts';
import { dropStray, isStray, keepStray, strayFolder } from './stray-scans.ts';

export const maxPlaceCharacters = 200;
export const maxReceiverCharacters = 200;
/** Name of the part that holds who took it. */
export const receiverPart = 'receiver';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Action = DistributiveOmit<ConsignmentCommand, 'consignment' | 'by' | 'request'>;
type NumberRequest = { readonly requestId: string; readonly office: string; readonly number: string; readonly place: string };
export type ScanCommands = Pick<Handlers<typeof postal.PostalService>, 'scanConsignment' | 'deliverConsignment' | 'failConsignment'>;

const scans: Readonly<Record<number, Extract<Action, { kind: 'scan' }>['state']>> = {
  [postal.ScanState.COLLECTED]: 'collected', [postal.ScanState.IN_TRANSIT]: 'in-transit', [postal.ScanState.OUT_FOR_DELIVERY]: 'out-for-delivery',
};
const failures: Readonly<Record<number, Extract<Action, { kind: 'fail' }>['failure']>> = {
  [postal.FailureKind.ATTEMPT]: 'attempt', [postal.FailureKind.RETURNED]: 'returned', [postal.FailureKind.LOST]: 'lost',
};

function missing(field: string): never {
  throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
}

export function scanCommands(host: Host): ScanCommands {
  return {
    scanConsignment: async (request, call) => ({ receipt: await command(host, call, request, postal.ScanConsignmentRequest.encode(request).finish(), { kind: 'scan', state: scans[request.state] ?? missing('state'), place: placeOf(request) }) }),
    failConsignment: async (request, call) => ({ receipt: await command(host, call, request, postal.FailConsignmentRequest.encode(request).finish(), { kind: 'fail', failure: failures[request.kind] ?? missing('kind'), place: placeOf(request) }) }),
    deliverConsignment: async (request, call) => {
      const receiver = receiverOf(host, request.receiverName.trim());
      const action: Action = { kind: 'deliver', place: placeOf(request), codCollected: request.codCollected, ...(receiver === null ? {} : { receiver: receiver.commitment }) };
      return { receipt: await command(host, call, request, postal.DeliverConsignmentRequest.encode(request).finish(), action, receiver === null ? [] : [receiver.aside]) };
    },
  };
}

function placeOf({ place }: NumberRequest): string {
  if (place.length > maxPlaceCharacters) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'place', problem: `≤ ${maxPlaceCharacters}` }, 'place'));
  return place.trim();
}

function receiverOf(host: Host, name: string): ReturnType<typeof commitTo> | null {
  if (name.length > maxReceiverCharacters) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'receiver_name', problem: `≤ ${maxReceiverCharacters}` }, 'receiver_name'));
  return name === '' ? null : commitTo(receiverPart, { name }, host.world);
}

async function command(host: Host, call: Call, request: NumberRequest, content: Uint8Array, action: Action, asides: readonly Aside[] = []): Promise<pb.CommandReceipt> {
  const mark = markRequest(request.requestId, content, host.world);
  const by = actingFor(call, request.office);
  const stray = strayFolder(host, mark, by.office, request.number);
  let found: Found | null = null;
  try {
    const { folder, code, consignment } = found = await findConsignment(host, request.number);
    const receipt = await commandDossier(host, folder, code, mark, (dossier, context) => ({
      outcome: decideConsignmentCommand({ ...action, consignment, by, request: mark.mark } as ConsignmentCommand, dossier, context), asides,
    }));
    await dropStray(host, stray);
    return receipt;
  } catch (error) {
    if (error instanceof HubError && isStray(error)) await keepStray(host, stray, { number: request.number.trim(), ...by, command: wordOf(action), place: request.place.trim(), reason: error.code }, found);
    throw error;
  }
}

function wordOf(action: Action): string {
  return action.kind === 'scan' ? action.state : action.kind === 'fail' ? action.failure : action.kind === 'deliver' ? 'delivered' : action.kind;
}
