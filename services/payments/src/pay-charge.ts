/** Settling a charge: one reference settles one charge, one charge gets one receipt number, and only then the payment is written. */
import { dossier as pb, payments } from '@lienthong/contract';
import { actingFor, claimOnce, commandDossier, commitTo, contextOf, folderOf, markRequest, onSide, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { Host, RequestMark, Side } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { clockOf, decideChargeCommand, isRefused, refuse } from '@lienthong/law';
import type { By, Charge, ChargeCommand, Dossier, FolderId, LawContext, Refusal } from '@lienthong/law';
import { seriesOf } from './fee-receipts.ts';
import type { ReceiptNumbers } from './fee-receipts.ts';
import { detailsPart, givenPayment } from './payment-given.ts';
import type { GivenPayment } from './payment-given.ts';

/** A bank's clock may be ahead of ours by so much. */
export const maxBankClockAheadMs = 5 * 60 * 1000;
/** A charge that changes between number and payment is looked at again, so often. */
const maxLooks = 4;

export type Till = { readonly host: Host; readonly receipts: ReceiptNumbers };

type Paying = { readonly request: payments.PayChargeRequest; readonly mark: RequestMark; readonly by: By; readonly folder: FolderId; readonly given: GivenPayment };

export async function payCharge(till: Till, request: payments.PayChargeRequest, call: Call): Promise<payments.PayChargeResponse> {
  const { host } = till;
  const mark = markRequest(request.requestId, payments.PayChargeRequest.encode(request).finish(), host.world);
  const by = actingFor(call, request.office);
  const paying: Paying = { request, mark, by, folder: await folderOf(host, request.code), given: givenPayment(request) };
  const receipt = await settle(till, paying);
  const receiptNumber = await readDossier(host, request.code, (dossier) => receiptOfRequest(dossier, mark));
  return { receipt, receiptNumber };
}

/** Of the entry that the request wrote, so that a repeat is answered identically. */
function receiptOfRequest(dossier: Dossier, mark: RequestMark): string {
  const entry = dossier.entries.find((one) => one.kind === 'charge-paid' && one.body.request === mark.mark);
  return entry === undefined ? '' : (entry.body as { readonly receipt: string }).receipt;
}

async function settle(till: Till, paying: Paying): Promise<pb.CommandReceipt> {
  const { host } = till;
  const details = Object.keys(paying.given.details).length === 0 ? null : commitTo(detailsPart, paying.given.details, host.world);
  for (let look = 1; ; look++) {
    const standing = await lookAt(till, paying);
    const receipt = standing.repeated ? '' : await claim(till, paying, standing);
    let moved = false;
    const decide = (dossier: Dossier, context: LawContext): ReturnType<Parameters<typeof commandDossier>[4]> => {
      moved = dossier.charges.get(paying.request.charge)?.status !== standing.status;
      const outcome = moved ? { refusal: notOpen(dossier, paying.request.charge) } : decideChargeCommand(command(paying, receipt, details?.commitment), dossier, context);
      return details === null ? { outcome } : { outcome, asides: [details.aside] };
    };
    try {
      return await commandDossier(host, paying.folder, paying.request.code, paying.mark, decide);
    } catch (cause) {
      if (!moved || look >= maxLooks) throw cause;
    }
  }
}

function command({ request, by, mark, given }: Paying, receipt: string, details?: NonNullable<Extract<ChargeCommand, { kind: 'pay' }>['details']>): ChargeCommand {
  return { kind: 'pay', charge: request.charge, amount: request.amount, method: given.method, receipt, by, request: mark.mark, ...(details === undefined ? {} : { details }) };
}

function notOpen(dossier: Dossier, charge: string): Refusal {
  const found = dossier.charges.get(charge);
  return refuse('CHARGE_NOT_OPEN', { charge: found?.plan.name.vi ?? charge, status: found?.status ?? '' }, 'charge');
}

// ---------------------------------------------------------------- before anything is claimed

type Standing = { readonly repeated: boolean; readonly status: Charge['status'] | undefined; readonly series: string; readonly side: Side };

/** Refuses whatever the law would refuse, so that neither reference nor number is spent on it. */
async function lookAt({ host }: Till, paying: Paying): Promise<Standing> {
  const { request, mark, by } = paying;
  const found = await readDossier(host, request.code, (dossier): Standing | { readonly refusal: Refusal } => {
    const context = contextOf(host);
    const repeated = dossier.entries.some((entry) => entry.body.request?.startsWith(`${mark.id}#`) === true);
    const refusal = repeated ? null : refusalOf(paying, dossier, context);
    if (refusal !== null) return { refusal };
    return { repeated, status: dossier.charges.get(request.charge)?.status, series: seriesOf(dossier, by.office, context.now), side: sideOfDossier(dossier) };
  });
  if ('refusal' in found) throw errorOfRefusal(found.refusal);
  return found;
}

function refusalOf(paying: Paying, dossier: Dossier, context: LawContext): Refusal | null {
  const outcome = decideChargeCommand(command(paying, ''), dossier, context);
  if (isRefused(outcome)) return outcome.refusal;
  const { paidAt, details } = paying.given;
  if (paidAt !== null && paidAt > clockOf(dossier, context.now) + maxBankClockAheadMs) return refuse('FIELD_INVALID', { field: 'paid_time', problem: new Date(paidAt).toISOString() }, 'paid_time');
  const { consignment } = details;
  return consignment === undefined || dossier.consignments.has(consignment) ? null : refuse('UNKNOWN_ITEM', { item: consignment }, 'post.consignment');
}

/** The receipt number, once the reference is this charge's. */
async function claim({ host, receipts }: Till, { request, folder, given }: Paying, standing: Standing): Promise<string> {
  if (given.reference !== '') {
    const owner = `${folder} ${request.charge}`;
    // What a rehearsal makes up must not stand in the way of real money.
    const first = await claimOnce(host, onSide(standing.side, 'payment'), given.reference, owner);
    if (first !== owner) throw new HubError('REFERENCE_USED', { reference: given.details.reference ?? '' }, { field: `${given.method}.reference` });
  }
  return receipts.take(standing.series, { folder, item: request.charge, state: standing.status ?? '' });
}
