/** Payments: holds every charge until it is settled, numbers fee receipts, gives back what must be given back, and keeps the ledger of all that. */
import { payments } from '@lienthong/contract';
import { dossierRules } from '@lienthong/dossier-service';
import type { FolderState, Host, ServiceModule, ServicePorts, Side } from '@lienthong/dossier-service';
import { createParticipant, errorOfRefusal } from '@lienthong/kernel';
import type { AnyRpcService, Effect, RpcService } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Books } from './books.ts';
import { chargeIndex, getFeeReceipt, listCharges, getFeeReceiptPdf } from './charge-reading.ts';
import type { FeeReceiptPdf } from './charge-reading.ts';
import { receiptNumbers } from './fee-receipts.ts';
import { moneyDuties, moneyEffects } from './money-effects.ts';
import { payCharge } from './pay-charge.ts';
import { refundEffect } from './refund-effect.ts';
import type { MoneyBack } from './refund-effect.ts';
import { asking } from './rules-owed.ts';
import { settlingTill } from './settle-charge.ts';
import type { Counter } from './settle-money.ts';
import { tillDesk } from './till-desk.ts';

export type PaymentsSettings = {
  readonly receiptPdf: FeeReceiptPdf;
  /** Orders money back at a bank or gateway; null: every real refund is done at a till. */
  readonly moneyBack: MoneyBack | null;
};

export function createPayments(ports: ServicePorts, settings: PaymentsSettings): ServiceModule {
  // Effects and RPCs stand on the host, which stands on the participant, which knows the effects.
  const effects: Record<string, Effect<FolderState>> = {};
  const participant = createParticipant({ ...ports, service: 'payments', rules: dossierRules(ports.environment, chargeIndex, moneyDuties(asking)), effects });
  const host: Host = { service: 'payments', participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, rehearsalsAllowed: ports.rehearsalsAllowed };
  const counters = countersOf(host, ports);
  Object.assign(effects, moneyEffects(counters, async () => {}), { 'refund-charge': refundEffect((side) => counters(side).books, settings.moneyBack) });
  return { name: 'payments', participant, rpcs: [paymentsRpcs(host, counters, settings) as unknown as AnyRpcService], start: () => participant.start(), stop: () => participant.stop() };
}

function countersOf(host: Host, { reports }: ServicePorts): (side: Side) => Counter {
  const receipts = receiptNumbers(host), alarm: Counter['books']['alarm'] = (error, folder) => reports.alarm?.(error, folder);
  const counters = { real: { books: { host, side: 'real', alarm }, receipts }, rehearsal: { books: { host, side: 'rehearsal', alarm }, receipts } } as const;
  return (side) => counters[side];
}

/** Where the operator allows no rehearsals nobody keeps books of any. */
function openBooks({ rehearsalsAllowed }: Host, books: Books): Books {
  if (books.side === 'rehearsal' && !rehearsalsAllowed) throw errorOfRefusal(refuse('REHEARSAL_REFUSED', {}, 'rehearsal'));
  return books;
}

function paymentsRpcs(host: Host, counters: (side: Side) => Counter, settings: PaymentsSettings): RpcService<typeof payments.PaymentsService> {
  return {
    definition: payments.PaymentsService,
    handlers: {
      listCharges: (request, call) => listCharges(host, request, call),
      payCharge: (request, call) => payCharge(counters, request, call),
      getFeeReceipt: (request, call) => getFeeReceipt(host, request, call),
      getFeeReceiptPdf: (request, call) => getFeeReceiptPdf(host, settings.receiptPdf, request, call),
      ...settlingTill(host, counters),
      ...tillDesk((side) => openBooks(host, counters(side).books)),
    },
  };
}
