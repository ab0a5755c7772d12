/** A payment as a till or gateway reports it: checked, and divided into what the entry says and what stands beside it. */
import type { payments } from '@lienthong/contract';
import { LoadedFields } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Instant, PaymentMethod } from '@lienthong/law';
import { plainReference, transferName, transferReference } from './rules-transfer.ts';

/** Particulars of a payment: who paid, and how it is found at the bank. Empty texts are left out. */
export type PaymentDetails = {
  readonly payer?: string; readonly bank?: string; readonly gateway?: string; readonly reference?: string; readonly merchantReference?: string; readonly consignment?: string; readonly paidAt?: Instant;
};
/** Name of the part that holds them. */
export const detailsPart = 'payment';

/** `reference`: what settles one charge only; '' for money over the counter. */
export type GivenPayment = { readonly method: PaymentMethod; readonly details: PaymentDetails; readonly reference: string; readonly paidAt: Instant | null };

export const maxPayerCharacters = 200;
export const maxReferenceCharacters = 100;
export const maxGatewayCharacters = 64;

/** One line, trimmed. Throws FIELD_MISSING and FIELD_INVALID. */
export function text(value: string, field: string, max: number, required: boolean): string {
  const given = value.trim(), fields = new LoadedFields('');
  return required ? fields.required(given, field, max) : fields.text(given, field, max);
}

/** Throws FIELD_MISSING and FIELD_INVALID. */
export function givenPayment(request: payments.PayChargeRequest): GivenPayment {
  const payer = text(request.payerName, 'payer_name', maxPayerCharacters, false);
  const { method } = request;
  switch (method?.$case) {
    case 'cash': return given('cash', { payer }, '', undefined);
    case 'post': return given('post', { payer, consignment: method.value.consignment }, '', undefined);
    case 'transfer': {
      const bank = text(method.value.bank, 'transfer.bank', maxReferenceCharacters, true), reference = text(method.value.reference, 'transfer.reference', maxReferenceCharacters, true);
      return given('transfer', { payer, bank, reference }, transferReference(transferName(bank, reference)), method.value.paidTime);
    }
    case 'gateway': {
      const { value } = method;
      const gateway = text(value.gateway, 'gateway.gateway', maxGatewayCharacters, true), reference = text(value.transaction, 'gateway.transaction', maxReferenceCharacters, true);
      const merchantReference = text(value.merchantReference, 'gateway.merchant_reference', maxReferenceCharacters, true), bank = text(value.bank, 'gateway.bank', maxReferenceCharacters, false);
      return given('gateway', { payer, gateway, reference, merchantReference, bank }, `gateway|${gateway}|${plainReference(reference)}`, value.paidTime);
    }
    default: throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'method' }, 'method'));
  }
}

function given(method: PaymentMethod, texts: PaymentDetails, reference: string, paidTime: Date | undefined): GivenPayment {
  const paidAt = paidTime?.getTime() ?? null;
  const kept = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ''));
  // Banks do not tell capital from small letters.
  return { method, details: paidAt === null ? kept : { ...kept, paidAt }, reference: reference.toUpperCase(), paidAt };
}
