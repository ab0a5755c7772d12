/** Cancelling, exempting and giving back: by the office that asks for the money. */
import { payments } from '@lienthong/contract';
import type { dossier as pb } from '@lienthong/contract';
import { actingFor, commandDossier, folderOf, markRequest } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import type { Call, Handlers } from '@lienthong/kernel';
import { decideChargeCommand } from '@lienthong/law';
import type { ChargeCommand } from '@lienthong/law';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Action = DistributiveOmit<ChargeCommand, 'charge' | 'by' | 'request'>;
type ChargeRequest = { readonly requestId: string; readonly office: string; readonly code: string; readonly charge: string; readonly ground: string; readonly reason: string };
export type SettlingTill = Pick<Handlers<typeof payments.PaymentsService>, 'cancelCharge' | 'exemptCharge' | 'refundCharge'>;

export function settlingTill(host: Host): SettlingTill {
  return {
    cancelCharge: async (request, call) => ({ receipt: await command(host, call, request, payments.CancelChargeRequest.encode(request).finish(), { kind: 'cancel', ground: request.ground, reason: request.reason }) }),
    exemptCharge: async (request, call) => ({ receipt: await command(host, call, request, payments.ExemptChargeRequest.encode(request).finish(), { kind: 'exempt', ground: request.ground, reason: request.reason }) }),
    refundCharge: async (request, call) => ({ receipt: await command(host, call, request, payments.RefundChargeRequest.encode(request).finish(), { kind: 'refund', ground: request.ground, reason: request.reason, amount: request.amount }) }),
  };
}

async function command(host: Host, call: Call, request: ChargeRequest, content: Uint8Array, action: Action): Promise<pb.CommandReceipt> {
  const mark = markRequest(request.requestId, content, host.world);
  const by = actingFor(call, request.office);
  const folder = await folderOf(host, request.code);
  return commandDossier(host, folder, request.code, mark, (dossier, context) => ({ outcome: decideChargeCommand({ ...action, charge: request.charge, by, request: mark.mark } as ChargeCommand, dossier, context) }));
}
