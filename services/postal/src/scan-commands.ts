/** What post offices record on the way, by the number on the consignment. */
import { postal } from '@lienthong/contract';
import type { dossier as pb } from '@lienthong/contract';
import { actingFor, commandDossier, LoadedFields, markRequest } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Aside, Call, Handlers } from '@lienthong/kernel';
import { decideConsignmentCommand, refuse } from '@lienthong/law';
import type { ConsignmentCommand, FailureReason } from '@lienthong/law';
import { findConsignment } from './consignment-index.ts';
import type { Found } from './consignment-index.ts';
import { giverPart, proofOf, receiverPart, signer } from './handover-proof.ts';
import type { Proving, Shown } from './handover-proof.ts';
import { dropStray, isStray, keepStray, strayFolder } from './stray-scans.ts';

export const maxPlaceCharacters = 200;
const fields: LoadedFields = new LoadedFields('');

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

const reasons: Readonly<Record<number, FailureReason>> = {
  [postal.FailureReason.ABSENT]: 'absent', [postal.FailureReason.REFUSED]: 'refused', [postal.FailureReason.ADDRESS]: 'address', [postal.FailureReason.UNPAID]: 'unpaid', [postal.FailureReason.CLOSED]: 'closed',
};

function missing(field: string): never {
  throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
}

export function scanCommands(proving: Proving): ScanCommands {
  const { host } = proving;
  return {
    scanConsignment: async (request, call) => {
      const giver = signer(host, giverPart, request.signedBy, 'signed_by'), state = scans[request.state] ?? missing('state'), scan: Action = { kind: 'scan', state, place: placeOf(request), codCollected: request.codCollected };
      const given: Given = state !== 'collected' ? { action: scan } : {
        action: { ...scan, ...(giver === null ? {} : { giver: giver.commitment }) }, shown: { end: 'given', code: request.handoverCode, signed: giver !== null }, asides: giver === null ? [] : [giver.aside],
      };
      return { receipt: await command(proving, call, request, postal.ScanConsignmentRequest.encode(request).finish(), given) };
    },
    failConsignment: async (request, call) => {
      const reason = reasons[request.reason], action: Action = { kind: 'fail', failure: failures[request.kind] ?? missing('kind'), place: placeOf(request), ...(reason === undefined ? {} : { reason }) };
      return { receipt: await command(proving, call, request, postal.FailConsignmentRequest.encode(request).finish(), { action }) };
    },
    deliverConsignment: async (request, call) => {
      const receiver = signer(host, receiverPart, request.receiverName, 'receiver_name');
      const action: Action = { kind: 'deliver', place: placeOf(request), codCollected: request.codCollected, ...(receiver === null ? {} : { receiver: receiver.commitment }) };
      const given: Given = { action, shown: { end: 'taken', code: request.handoverCode, signed: request.signed }, asides: receiver === null ? [] : [receiver.aside] };
      return { receipt: await command(proving, call, request, postal.DeliverConsignmentRequest.encode(request).finish(), given) };
    },
  };
}

function placeOf({ place }: NumberRequest): string {
  return fields.text(place, 'place', maxPlaceCharacters).trim();
}

/** What is to be recorded. `shown`: by whoever gave or took it; absent: nobody did either. */
type Given = { readonly action: Action; readonly shown?: Shown; readonly asides?: readonly Aside[] };

async function command(proving: Proving, call: Call, request: NumberRequest, content: Uint8Array, { action, shown, asides = [] }: Given): Promise<pb.CommandReceipt> {
  const { host } = proving, mark = markRequest(request.requestId, content, host.world);
  const by = actingFor(call, request.office);
  const stray = strayFolder(host, mark, by.office, request.number);
  let found: Found | null = null;
  try {
    const { folder, code, consignment } = found = await findConsignment(host, request.number);
    const proof = shown === undefined ? undefined : await proofOf(proving, found, shown);
    host.world.crashPoint?.('scan-proved');
    const receipt = await commandDossier(host, folder, code, mark, (dossier, context) => ({
      outcome: decideConsignmentCommand({ ...action, ...(proof === undefined ? {} : { proof }), consignment, by, request: mark.mark } as ConsignmentCommand, dossier, context), asides,
    }));
    host.world.crashPoint?.('scan-recorded');
    await dropStray(host, stray);
    return receipt;
  } catch (error) {
    if (error instanceof HubError && isStray(error)) await keepStray(host, stray, { number: request.number.trim(), ...by, command: wordOf(action), place: request.place.trim(), reason: error.code, collected: collectedBy(action) }, found);
    throw error;
  }
}

const collectedBy = (action: Action): number => ('codCollected' in action ? Math.max(0, action.codCollected ?? 0) : 0);

function wordOf(action: Action): string {
  return action.kind === 'scan' ? action.state : action.kind === 'fail' ? action.failure : action.kind === 'deliver' ? 'delivered' : action.kind;
}
