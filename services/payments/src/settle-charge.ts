/** Cancelling, exempting, reducing and giving back: by the office that asks for the money. */
import { payments } from '@lienthong/contract';
import type { dossier as pb } from '@lienthong/contract';
import { actingFor, commandDossier, contextOf, folderOf, markRequest, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { Host, RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call, Handlers } from '@lienthong/kernel';
import { decideChargeCommand, isRefused } from '@lienthong/law';
import type { ChargeCommand, Dossier, LawContext, Refusal } from '@lienthong/law';
import { refundCharge } from './return-money.ts';
import type { Counter } from './settle-money.ts';

type Saying = { readonly kind: 'cancel' | 'exempt' } | { readonly kind: 'reduce'; readonly amount: number };
type ChargeRequest = { readonly requestId: string; readonly office: string; readonly code: string; readonly charge: string; readonly ground: string; readonly reason: string };
export type SettlingTill = Pick<Handlers<typeof payments.PaymentsService>, 'cancelCharge' | 'exemptCharge' | 'reduceCharge' | 'refundCharge'>;

export function settlingTill(host: Host, counterOn: (side: Side) => Counter): SettlingTill {
  return {
    cancelCharge: async (request, call) => ({ receipt: await say(host, call, request, payments.CancelChargeRequest.encode(request).finish(), { kind: 'cancel' }) }),
    exemptCharge: async (request, call) => ({ receipt: await say(host, call, request, payments.ExemptChargeRequest.encode(request).finish(), { kind: 'exempt' }) }),
    reduceCharge: async (request, call) => ({ receipt: await say(host, call, request, payments.ReduceChargeRequest.encode(request).finish(), { kind: 'reduce', amount: request.amount }) }),
    async refundCharge(request, call) {
      const mark = markRequest(request.requestId, payments.RefundChargeRequest.encode(request).finish(), host.world);
      const by = actingFor(call, request.office), dossier = await folderOf(host, request.code);
      const { code, charge, amount, ground, reason } = request, command: ChargeCommand = { kind: 'refund', charge, amount, ground, reason, by, request: mark.mark };
      const { side, refusal } = await readDossier(host, code, (state) => ({ side: sideOfDossier(state), refusal: refusalOf(command, mark, state, contextOf(host)) }));
      // What the law refuses opens no till and is not looked for in one.
      if (refusal !== null) throw errorOfRefusal(refusal);
      const counter = counterOn(side);
      return { receipt: await refundCharge(counter, { code, dossier, charge, amount, ground, reason, by, mark }) };
    },
  };
}

/** Null also for what has been decided already. */
function refusalOf(command: ChargeCommand, { id }: RequestMark, dossier: Dossier, context: LawContext): Refusal | null {
  if (dossier.entries.some((entry) => entry.body.request?.startsWith(`${id}#`) === true)) return null;
  const outcome = decideChargeCommand(command, dossier, context);
  return isRefused(outcome) ? outcome.refusal : null;
}

async function say(host: Host, call: Call, request: ChargeRequest, content: Uint8Array, saying: Saying): Promise<pb.CommandReceipt> {
  const mark = markRequest(request.requestId, content, host.world);
  const by = actingFor(call, request.office), folder = await folderOf(host, request.code);
  const command: ChargeCommand = { ...saying, ground: request.ground, reason: request.reason, charge: request.charge, by, request: mark.mark };
  return commandDossier(host, folder, request.code, mark, (dossier, context) => ({ outcome: decideChargeCommand(command, dossier, context) }));
}
