/** Payments: holds every charge until it is settled, numbers fee receipts, gives back what must be given back. */
import { payments } from '@lienthong/contract';
import { dossierRules } from '@lienthong/dossier-service';
import type { Host, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { createParticipant } from '@lienthong/kernel';
import type { AnyRpcService, RpcService } from '@lienthong/kernel';
import { chargeIndex, getFeeReceipt, listCharges } from './charge-reading.ts';
import { receiptNumbers } from './fee-receipts.ts';
import { payCharge } from './pay-charge.ts';
import type { Till } from './pay-charge.ts';
import { refundEffect } from './refund-effect.ts';
import type { MoneyBack } from './refund-effect.ts';
import { settlingTill } from './settle-charge.ts';

/** `moneyBack`: orders money back at a bank or gateway; null: every real refund is done at a till. */
export type PaymentsSettings = { readonly moneyBack: MoneyBack | null };

export function createPayments(ports: ServicePorts, settings: PaymentsSettings = { moneyBack: null }): ServiceModule {
  const participant = createParticipant({ ...ports, service: 'payments', rules: dossierRules(ports.environment, chargeIndex), effects: { 'refund-charge': refundEffect(settings.moneyBack) } });
  const host: Host = { service: 'payments', participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, rehearsalsAllowed: ports.rehearsalsAllowed };
  return { name: 'payments', participant, rpcs: [paymentsRpcs(host) as unknown as AnyRpcService], start: () => participant.start(), stop: () => participant.stop() };
}

function paymentsRpcs(host: Host): RpcService<typeof payments.PaymentsService> {
  const till: Till = { host, receipts: receiptNumbers(host) };
  return {
    definition: payments.PaymentsService,
    handlers: {
      listCharges: (request, call) => listCharges(host, request, call),
      payCharge: (request, call) => payCharge(till, request, call),
      getFeeReceipt: (request, call) => getFeeReceipt(host, request, call),
      ...settlingTill(host),
    },
  };
}
