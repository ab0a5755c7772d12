/** The post, the books and those who send by it, in memory: originals, papers and results with money at the door. */
import { agency, dossier as pb, payments, postal } from '@lienthong/contract';
import { createDeskService, doorSecret, handoverCode } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { Fee, Reference } from '@lienthong/law';
import { createPayments } from '@lienthong/payments';
import { createPostal } from '@lienthong/postal';
import type { CarrierPort, Errand } from '@lienthong/postal-carrier';
import { loadReference } from '@lienthong/reference-data';
import { copiesEqual, memoryHub, plainIntake, receivePlainly } from '@lienthong/testkit';
import type { MemoryHub, PlainDossier } from '@lienthong/testkit';
import { expect } from 'vitest';

export const hoiAn = '20410@2025-07-01', traMy = '20900@2025-07-01';
export const registration = '1.001193', business = '1.001612', original = 'birth-notice';
/** What a copy of the result costs here; the released catalogue asks for nothing. */
export const resultFee = 8_000;
export const home = { address: '3 Lê Lợi, phường Hội An', receiver: 'Hồ Thị Sáu', phone: '0905000111' };
/** Bound of a wait for something that comes by itself, in milliseconds. */
export const heardMs = 60_000;

const fee: Fee = { code: 'copy', name: { vi: 'Lệ phí cấp bản sao', en: 'Fee for a copy' }, kind: 'fee', amount: { counter: resultFee, online: resultFee, post: resultFee }, when: 'result', refundable: false, source: { act: '85/2019/TT-BTC', status: 'decided' } };

function withFee(released: Reference): Reference {
  return { ...released, procedure: (code, on) => { const found = released.procedure(code, on); return found === undefined || code !== registration ? found : { ...found, fees: [...found.fees, fee] }; } };
}

export function hubWithPost(): Promise<MemoryHub> {
  return memoryHub({
    reference: withFee(loadReference()), services: ['intake', 'postal', 'payments', 'business-registration', 'general-agency'],
    compose: (portsOf) => [
      plainIntake(portsOf('intake')), createPostal(portsOf('postal')), createPayments(portsOf('payments'), { receiptPdf: async () => Buffer.from('%PDF'), moneyBack: null, gateway: null }),
      ...['business-registration', 'general-agency'].map((name) => createDeskService(portsOf(name), { name, register: null })),
    ],
  });
}

let requests = 0;
export const nextRequest = (): string => `by-post-${++requests}`;
export const officeOf = (hub: MemoryHub, role: string, area = hoiAn): string => hub.environment.reference.competentOffice(role, area, '2026-06-01')!.id;
export const postOffice = (hub: MemoryHub): string => officeOf(hub, 'post-office');
export const treasury = (hub: MemoryHub): string => hub.environment.reference.offices.find((one) => one.roles.includes('treasury') && one.validTo === null)!.id;

/** Whose result goes home, and is paid for there. */
export const toPayAtTheDoor = (hub: MemoryHub, more: object = {}): Promise<PlainDossier> => receivePlainly(hub, {
  procedure: registration, case: 'ordinary', area: hoiAn, returnByPost: true, collectOnDelivery: true, particulars: { applicant: { citizen: { fullName: home.receiver } }, delivery: home }, ...more,
});

export async function decide(hub: MemoryHub, { code, folder }: PlainDossier): Promise<void> {
  await hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.create({ requestId: nextRequest(), code, leg: 'registration', verdict: agency.Verdict.DONE, round: 1, results: [{ result: 'KQ.G15.000031', number: `01/${code}`, digest: '' }] }), officeOf(hub, 'civil-status'));
  await copiesEqual(hub, folder);
}

export type Parcel = PlainDossier & { readonly number: string; readonly consignment: string; readonly due: number };

export async function accepted(hub: MemoryHub, dossier: PlainDossier, nth = 1): Promise<Parcel> {
  const find = async (): Promise<pb.ConsignmentView | undefined> => (await hub.call<postal.ListConsignmentsResponse>('postal', 'listConsignments', postal.ListConsignmentsRequest.create({ code: dossier.code, states: allStates }), postOffice(hub))).consignments[nth - 1]?.consignment;
  await expect.poll(async () => (await find())?.number ?? '', { interval: 5, timeout: heardMs }).not.toBe('');
  await copiesEqual(hub, dossier.folder);
  const { number, consignment, codAmount } = (await find())!;
  return { ...dossier, number, consignment, due: codAmount };
}

const allStates = Object.values(pb.ConsignmentState).filter((one): one is pb.ConsignmentState => typeof one === 'number' && one > 0);

export const collect = (hub: MemoryHub, { number }: Parcel, more: Partial<postal.ScanConsignmentRequest> = {}): Promise<unknown> => hub.call('postal', 'scanConsignment', postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number, state: postal.ScanState.COLLECTED, place: 'Hội An', signedBy: 'A', ...more }), postOffice(hub));
export const deliver = (hub: MemoryHub, { number }: Parcel, more: Partial<postal.DeliverConsignmentRequest> = {}): Promise<unknown> => hub.call('postal', 'deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId: nextRequest(), number, place: 'Hội An', signed: true, ...more }), postOffice(hub));

export async function chargeOf(hub: MemoryHub, { code, counter }: PlainDossier): Promise<pb.ChargeView> {
  return (await hub.call<payments.ListChargesResponse>('payments', 'listCharges', payments.ListChargesRequest.create({ code, states: [] }), counter)).charges[0]!.charge!;
}

export const pay = (hub: MemoryHub, dossier: PlainDossier, charge: pb.ChargeView): Promise<payments.PayChargeResponse> => hub.call('payments', 'payCharge', payments.PayChargeRequest.create({ requestId: nextRequest(), code: dossier.code, charge: charge.charge, amount: charge.amount, method: { $case: 'cash', value: {} } }), dossier.counter);
export const reconcile = (hub: MemoryHub): Promise<payments.ReconcileResponse> => hub.call('payments', 'reconcile', payments.ReconcileRequest.create({ requestId: nextRequest() }), treasury(hub));
export const handOver = (hub: MemoryHub, amount: number, requestId = nextRequest()): Promise<payments.ReceivePostMoneyResponse> => hub.call('payments', 'receivePostMoney', payments.ReceivePostMoneyRequest.create({ requestId, postOffice: postOffice(hub), amount }), treasury(hub));
export async function balance(hub: MemoryHub, prefix: string): Promise<number> {
  const { lines } = await hub.call<payments.GetLedgerResponse>('payments', 'getLedger', payments.GetLedgerRequest.create({}), treasury(hub));
  return lines.filter((one) => one.account.startsWith(prefix)).reduce((sum, one) => sum + one.debit - one.credit, 0);
}

/** As the applicant reads it on the page of the dossier. */
export async function citizensCode(hub: MemoryHub, one: Parcel, part: string, end: 'given' | 'taken'): Promise<string> {
  const { participant } = hub.modules.find((other) => other.name === 'intake')!;
  const address = await participant.view(one.folder, ({ state }) => state.dossier.root!.particulars.get(part));
  return handoverCode(hub.world, (await doorSecret({ participant, world: hub.world }, one.folder, address))!, one.consignment, end);
}

const scans = { 'collected': postal.ScanState.COLLECTED, 'in-transit': postal.ScanState.IN_TRANSIT, 'out-for-delivery': postal.ScanState.OUT_FOR_DELIVERY } as const;
const failures = { attempt: postal.FailureKind.ATTEMPT, returned: postal.FailureKind.RETURNED, lost: postal.FailureKind.LOST } as const;

function run(hub: MemoryHub, { requestId, number, at, what, sum }: Errand): Promise<unknown> {
  const office = officeOf(hub, 'post-office', at === 'other' ? traMy : hoiAn), place = 'Hội An';
  if (what in scans) return hub.call('postal', 'scanConsignment', postal.ScanConsignmentRequest.create({ requestId, number, place, state: scans[what as keyof typeof scans], codCollected: sum, signedBy: what === 'collected' ? home.receiver : '' }), office);
  if (what === 'delivered') return hub.call('postal', 'deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId, number, place, codCollected: sum, signed: true }), office);
  return hub.call('postal', 'failConsignment', postal.FailConsignmentRequest.create({ requestId, number, place, kind: failures[what as keyof typeof failures] }), office);
}

/** What the sandbox carrier needs, without a port between. */
export function carrierPort(hub: MemoryHub): CarrierPort {
  return {
    watch(cursor, signal) {
      const rpc = hub.modules.find((one) => one.name === 'postal')!.rpcs.find((one) => 'watchConsignments' in one.handlers)!;
      const caller = { office: postOffice(hub), officer: 'buu-ta', service: '', peer: '127.0.0.1' };
      return (rpc.handlers['watchConsignments'] as (request: object, call: object) => AsyncIterable<postal.WatchConsignmentsResponse>)(postal.WatchConsignmentsRequest.create({ wholePost: true, cursor }), { caller, method: 'watchConsignments', signal });
    },
    send: (errand) => run(hub, errand).then(() => '', (error: unknown) => { if (error instanceof HubError) return error.code; throw error; }),
    pause: () => Promise.resolve(),
  };
}
