/** Payments: holds every charge until it is settled, numbers fee receipts, gives back what must be given back, and keeps the ledger of all that. */
import { payments } from '@lienthong/contract';
import { dossierRules } from '@lienthong/dossier-service';
import type { FolderState, Host, ServiceModule, ServicePorts, Side } from '@lienthong/dossier-service';
import { createParticipant, errorOfRefusal, HubError } from '@lienthong/kernel';
import type { AnyRpcService, Effect, PaymentGateway, RpcService } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Books } from './books.ts';
import { chargeIndex, getFeeReceipt, listCharges, getFeeReceiptPdf } from './charge-reading.ts';
import type { FeeReceiptPdf } from './charge-reading.ts';
import { DayFiles } from './day-files.ts';
import { receiptNumbers } from './fee-receipts.ts';
import { askGateway, gatewayDesk } from './gateway-channel.ts';
import type { ReceiptCheck } from './gateway-channel.ts';
import { moneyDesk } from './money-desk.ts';
import { moneyDuties, moneyEffects } from './money-effects.ts';
import { bookCollection, receivePostMoney } from './post-money.ts';
import { payCharge } from './pay-charge.ts';
import { reconciling } from './reconcile-day.ts';
import { refundEffect } from './refund-effect.ts';
import type { MoneyBack } from './refund-effect.ts';
import { asking } from './rules-owed.ts';
import type { Asking } from './rules-owed.ts';
import { settlingTill } from './settle-charge.ts';
import type { Counter } from './settle-money.ts';
import { statementDesk } from './statement-desk.ts';
import { tillDesk } from './till-desk.ts';

export type PaymentsSettings = {
  readonly receiptPdf: FeeReceiptPdf;
  /** Orders money back at a bank or gateway; null: every real refund is done at a till. */
  readonly moneyBack: MoneyBack | null;
  /** The payment platform; null: there is none. Nothing of a rehearsal ever reaches it. */
  readonly gateway: PaymentGateway | null;
  /** The sandbox at which rehearsals pay; null or absent: they pay in cash only. */
  readonly rehearsalGateway?: PaymentGateway | null;
  /** Asks intake about the secret of a receipt; absent: nobody pays by one. */
  readonly receiptCheck?: ReceiptCheck;
  /** How it is asked again; absent: as in `asking`. */
  readonly asking?: Asking;
};

export function createPayments(ports: ServicePorts, settings: PaymentsSettings): ServiceModule {
  // Effects and RPCs stand on the host, which stands on the participant, which knows the effects.
  const effects: Record<string, Effect<FolderState>> = {};
  const participant = createParticipant({ ...ports, service: 'payments', rules: dossierRules(ports.environment, chargeIndex, moneyDuties(settings.asking ?? asking)), effects });
  const host: Host = { service: 'payments', participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, rehearsalsAllowed: ports.rehearsalsAllowed };
  const counters = countersOf(host, ports, settings);
  Object.assign(effects, moneyEffects(counters, (counter, folder) => askGateway(counter, folder, (settings.asking ?? asking).times)), { 'book-collection': bookCollection(counters), 'refund-charge': refundEffect((side) => counters(side).books, (side) => (side === 'real' ? backBy(settings) : backOfRehearsals(settings))) });
  return { name: 'payments', participant, rpcs: [paymentsRpcs(host, counters, settings) as unknown as AnyRpcService], start: () => participant.start(), stop: () => participant.stop() };
}

function countersOf(host: Host, { reports }: ServicePorts, { gateway, rehearsalGateway = null }: PaymentsSettings): (side: Side) => Counter {
  const receipts = receiptNumbers(host), alarm: Counter['books']['alarm'] = (error, folder) => reports.alarm?.(error, folder);
  const counterOf = (side: Side, at: PaymentGateway | null): Counter => ({ books: { host, side, alarm }, receipts, gateway: at, files: at === null ? null : new DayFiles(at, () => host.world.now()) });
  const counters = { real: counterOf('real', gateway), rehearsal: counterOf('rehearsal', rehearsalGateway) } as const;
  return (side) => counters[side];
}

/** What came through our platform goes back through it; the rest as the operator has it. */
function backBy({ gateway, moneyBack }: PaymentsSettings): MoneyBack | null {
  if (gateway === null) return moneyBack;
  return async (order) => {
    const { key, reference, transaction, amount, code } = order;
    if (order.method === 'gateway' && reference !== '') return gateway.giveBack({ key, reference, transaction, amount });
    if (moneyBack !== null) return moneyBack(order);
    throw new HubError('REFUND_AT_TILL', { amount: String(amount), code });
  };
}

/** No money moves: what came through the sandbox goes back through it, anything else at once. */
function backOfRehearsals({ rehearsalGateway = null }: PaymentsSettings): MoneyBack {
  return async ({ method, key, reference, transaction, amount }) => (rehearsalGateway !== null && method === 'gateway' && reference !== '' ? rehearsalGateway.giveBack({ key, reference, transaction, amount }) : undefined);
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
      ...gatewayDesk(counters, settings.receiptCheck ?? (async ({ code }) => { throw new HubError('TRACK_REFUSED', { code }, { field: 'secret' }); })), ...moneyDesk(counters), ...reconciling(counters), ...statementDesk(counters('real')),
      receivePostMoney: (request, call) => receivePostMoney((side) => { openBooks(host, counters(side).books); return counters(side); }, request, call),
    },
  };
}
