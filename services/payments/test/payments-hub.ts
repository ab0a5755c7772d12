/** Payments among the services that open charges, in memory. */
import { dossier as pb, payments } from '@lienthong/contract';
import { createDeskService } from '@lienthong/dossier-service';
import type { ServicePorts } from '@lienthong/dossier-service';
import { memoryHub, plainIntake, receivePlainly } from '@lienthong/testkit';
import type { TestWorld, MemoryHub, PlainDossier, PlainSubmission } from '@lienthong/testkit';
import { createPayments } from '../src/index.ts';
import type { PaymentsSettings } from '../src/index.ts';

export const hoiAn = '20410@2025-07-01', traMy = '20900@2025-07-01';

const settingsOfTests: PaymentsSettings = { receiptPdf: async ({ receipt }) => Buffer.from(`%PDF ${receipt.number}`), moneyBack: null, gateway: null };

/** `ports`: of payments, in place of what it would get. */
export function paymentsHub(settings: Partial<PaymentsSettings> = {}, world?: TestWorld, ports: Partial<ServicePorts> = {}): Promise<MemoryHub> {
  return memoryHub({
    ...(world === undefined ? {} : { world }),
    services: ['intake', 'payments', 'business-registration', 'general-agency'],
    compose: (portsOf) => [
      plainIntake(portsOf('intake')), createPayments({ ...portsOf('payments'), ...ports }, { ...settingsOfTests, ...settings }),
      ...['business-registration', 'general-agency'].map((name) => createDeskService(portsOf(name), { name, register: null })),
    ],
  });
}

export type Owed = PlainDossier & { readonly charge: string; readonly amount: number };

/** A household business whose filing fee is owed. */
export async function owing(hub: MemoryHub, given: Partial<PlainSubmission> = {}): Promise<Owed> {
  const dossier = await receivePlainly(hub, { procedure: '1.001612', area: hoiAn, ...given });
  const { charges } = await hub.call<payments.ListChargesResponse>('payments', 'listCharges', payments.ListChargesRequest.create({ code: dossier.code }), dossier.counter);
  return { ...dossier, charge: charges[0]!.charge!.charge, amount: charges[0]!.charge!.amount };
}

let requests = 0;
export const nextRequest = (): string => `pay-${++requests}`;

export type Paying = Partial<Omit<payments.PayChargeRequest, 'code' | 'charge'>>;

/** Cash over the counter of the dossier, unless said otherwise. */
export function payRequest(owed: Owed, more: Paying = {}): payments.PayChargeRequest {
  return payments.PayChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, method: { $case: 'cash', value: {} }, ...more });
}

export function pay(hub: MemoryHub, owed: Owed, more: Paying = {}, office = owed.counter): Promise<payments.PayChargeResponse> {
  return hub.call('payments', 'payCharge', payRequest(owed, more), office);
}

export const gateway = (transaction: string): Paying => ({ method: { $case: 'gateway', value: { gateway: 'PayGov', merchantReference: `M-${transaction}`, transaction, bank: '', paidTime: undefined } } });

export async function chargeOf(hub: MemoryHub, owed: Owed): Promise<pb.ChargeView> {
  const { charges } = await hub.call<payments.ListChargesResponse>('payments', 'listCharges', payments.ListChargesRequest.create({ code: owed.code }), owed.counter);
  return charges[0]!.charge!;
}
