/** Looking at charges: of a dossier, of an office; and the fee receipt as it was issued. */
import { dossier as pb, payments } from '@lienthong/contract';
import { actingFor, chargeView, checkKnownValues, officeText, officesOf, pageOf, particularsNamed, readDossier } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Call, IndexFields } from '@lienthong/kernel';
import { asideName, chargeRefusal, refuse, tills } from '@lienthong/law';
import type { Dossier, OfficeId, PaymentMethod } from '@lienthong/law';
import { amountInWords } from './amount-in-words.ts';
import { paymentOf, seriesPrinted } from './fee-receipts.ts';
import { detailsPart } from './payment-given.ts';
import type { PaymentDetails } from './payment-given.ts';

/** Charges and receipts are found by their numbers; a counter finds the dossiers with charges that it received, and those where something is owed. */
export function chargeIndex(dossier: Dossier): IndexFields {
  const { root } = dossier;
  const charges = [...dossier.charges.values()];
  if (root === null || charges.length === 0) return {};
  const receipts = charges.flatMap((one) => { const paid = paymentOf(dossier, one); return paid === null ? [] : [`${paid.body.receipt}@${paid.body.by?.office ?? ''}`]; });
  return { charge: charges.map((one) => one.id), receipt: receipts, charges: [root.counter], ...(charges.some((one) => one.status === 'open') ? { 'open-charges': [root.counter] } : {}) };
}

/** Tills may look at any dossier's charges, for they collect for all; others at those of their own dossiers. */
function assertMayLook(host: Host, dossier: Dossier, office: OfficeId, call: Call): void {
  const roles = host.environment.reference.office(office)?.roles ?? [];
  if (officesOf(dossier).has(office) || tills.some((till) => roles.includes(till))) return;
  throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'office' });
}

export async function listCharges(host: Host, request: payments.ListChargesRequest, call: Call): Promise<payments.ListChargesResponse> {
  const { office } = actingFor(call, request.office);
  checkKnownValues('states', request.states, pb.ChargeState);
  const wanted = (states: readonly pb.ChargeState[]) => (dossier: Dossier): payments.DossierCharge[] => chargesOf(dossier).filter((one) => states.length === 0 || states.includes(one.charge!.state));
  if (request.code !== '') {
    await readDossier(host, request.code, (dossier) => assertMayLook(host, dossier, office, call));
    const page = await pageOf(host, 'code', request.code, request, wanted(request.states));
    return { charges: page.items, nextPageToken: page.nextPageToken };
  }
  const states = request.states.length === 0 ? [pb.ChargeState.OPEN] : request.states;
  const onlyOpen = states.every((one) => one === pb.ChargeState.OPEN);
  const mine = wanted(states);
  const page = await pageOf(host, onlyOpen ? 'open-charges' : 'charges', office, request, (dossier) => (dossier.root?.body.rehearsal === request.rehearsal ? mine(dossier) : []));
  return { charges: page.items, nextPageToken: page.nextPageToken };
}

function chargesOf(dossier: Dossier): payments.DossierCharge[] {
  const body = dossier.root?.body;
  if (body === undefined) return [];
  return [...dossier.charges.values()].map((charge) => ({ code: body.code, procedure: body.procedure, charge: chargeView(charge), rehearsal: body.rehearsal }));
}

// ---------------------------------------------------------------- the receipt

const methods: Readonly<Record<PaymentMethod, payments.PaymentMethod>> = {
  cash: payments.PaymentMethod.CASH, transfer: payments.PaymentMethod.TRANSFER, gateway: payments.PaymentMethod.GATEWAY, post: payments.PaymentMethod.POST,
};

/** As it was issued: also after the money went back. */
export async function getFeeReceipt(host: Host, request: Pick<payments.GetFeeReceiptRequest, 'office' | 'code' | 'charge'>, call: Call): Promise<payments.GetFeeReceiptResponse> {
  const { office } = actingFor(call, request.office);
  const read = await readDossier(host, request.code, (dossier, folder) => {
    assertMayLook(host, dossier, office, call);
    const { receipt, details } = receiptOf(host, dossier, request.charge);
    return { folder, receipt, names: details === undefined ? [] : [{ part: detailsPart, name: asideName(details) }], seesPayer: office === receipt.office || office === dossier.root!.counter };
  });
  const kept = (await particularsNamed(host, read.folder, read.names))[detailsPart] as PaymentDetails | undefined;
  const paidTime = kept?.paidAt === undefined ? read.receipt.paidTime : new Date(kept.paidAt);
  return { receipt: { ...read.receipt, paidTime, payerName: read.seesPayer ? kept?.payer ?? '' : '' } };
}

/** Makes the PDF; the same content gives the same bytes. `signal`: aborted when nobody waits for it any more. */
export type FeeReceiptPdf = (content: { readonly receipt: payments.FeeReceipt; readonly language: 'vi' | 'en' }, signal: AbortSignal) => Promise<Uint8Array>;
/** Bytes in one message of the stream. */
export const chunkBytes = 256 * 1024;

export async function* getFeeReceiptPdf(host: Host, pdf: FeeReceiptPdf, request: payments.GetFeeReceiptPdfRequest, call: Call): AsyncIterable<payments.GetFeeReceiptPdfResponse> {
  const { receipt } = await getFeeReceipt(host, request, call);
  const bytes = await pdf({ receipt: receipt!, language: request.language === 'en' ? 'en' : 'vi' }, call.signal);
  for (let at = 0; at < bytes.length; at += chunkBytes) yield { chunk: Buffer.from(bytes.subarray(at, at + chunkBytes)) };
}

function receiptOf(host: Host, dossier: Dossier, id: string): { readonly receipt: payments.FeeReceipt; readonly details: string | undefined } {
  const charge = dossier.charges.get(id);
  if (charge === undefined) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: id }, 'charge'));
  const paid = paymentOf(dossier, charge);
  if (paid === null) throw errorOfRefusal(chargeRefusal('CHARGE_NOT_PAID', charge.plan.name.vi, charge.status));
  const { body, at } = paid, office = body.by?.office ?? '', root = dossier.root!.body;
  return {
    details: body.details?.commitment,
    receipt: {
      number: body.receipt, series: seriesPrinted(body.receipt), office, officeName: officeText(host.environment, office), code: root.code, name: charge.plan.name, kind: chargeView(charge).kind,
      amount: body.amount, amountInWords: amountInWords(body.amount), method: methods[body.method], paidTime: new Date(at), payerName: '', rehearsal: root.rehearsal,
    },
  };
}
