/** Charges, consignments, documents and results as the contracts show them. */
import { dossier as pb } from '@lienthong/contract';
import { awaitsConfirmation, codDue, requiredDocument } from '@lienthong/law';
import type { Charge, ChargePlan, Consignment, DocumentRecord, Dossier, Reference } from '@lienthong/law';
import { time } from './legs.ts';

const chargeKinds: Readonly<Record<ChargePlan['kind'], pb.ChargeKind>> = { fee: pb.ChargeKind.FEE, charge: pb.ChargeKind.CHARGE, tax: pb.ChargeKind.TAX };
const chargeStates: Readonly<Record<Charge['status'], pb.ChargeState>> = {
  open: pb.ChargeState.OPEN, paid: pb.ChargeState.PAID, cancelled: pb.ChargeState.CANCELLED, exempted: pb.ChargeState.EXEMPTED, refunded: pb.ChargeState.REFUNDED,
};

export function chargeView(charge: Charge): pb.ChargeView {
  return { ...plannedCharge(charge.plan), charge: charge.id, state: chargeStates[charge.status], openTime: time(charge.openedAt), settleTime: time(charge.status === 'open' ? null : charge.changedAt), receiptNumber: charge.receipt, openedAmount: charge.opened, refundedAmount: charge.refunded };
}

/** A charge that a submission would open. */
export function plannedCharge(plan: ChargePlan): pb.ChargeView {
  return {
    charge: '', fee: plan.code, name: plan.name, kind: plan.fine === true ? pb.ChargeKind.FINE : chargeKinds[plan.kind], amount: plan.amount, state: pb.ChargeState.OPEN, blocks: plan.blocks, ground: plan.ground, refundable: plan.refundable,
    openTime: undefined, settleTime: undefined, receiptNumber: '', openedAmount: plan.amount, refundedAmount: 0,
  };
}

const carries: Readonly<Record<Consignment['plan']['carries'], pb.Carries>> = { result: pb.Carries.RESULT, originals: pb.Carries.ORIGINALS, papers: pb.Carries.PAPERS };
const scanStates: Readonly<Record<string, pb.ConsignmentState>> = {
  'collected': pb.ConsignmentState.COLLECTED, 'in-transit': pb.ConsignmentState.IN_TRANSIT, 'out-for-delivery': pb.ConsignmentState.OUT_FOR_DELIVERY, 'failed': pb.ConsignmentState.FAILED,
  'delivered': pb.ConsignmentState.DELIVERED, 'returned': pb.ConsignmentState.RETURNED, 'lost': pb.ConsignmentState.LOST, 'cancelled': pb.ConsignmentState.CANCELLED,
};

export function consignmentState(consignment: Consignment): pb.ConsignmentState {
  const last = consignment.scans.at(-1);
  if (last !== undefined) return scanStates[last.state] ?? pb.ConsignmentState.IN_TRANSIT;
  return consignment.number === '' ? pb.ConsignmentState.ORDERED : pb.ConsignmentState.ACCEPTED;
}

/** Without codes: whoever may have them asks for them. */
export function consignmentView(consignment: Consignment, dossier: Dossier): pb.ConsignmentView {
  const last = consignment.scans.at(-1);
  return {
    consignment: consignment.id, number: consignment.number, carries: carries[consignment.plan.carries], state: consignmentState(consignment), place: last?.place ?? '',
    updateTime: time(last?.at ?? (consignment.number === '' ? null : consignment.openedAt)), codAmount: consignment.ended === null ? codDue(dossier, consignment) : 0,
    documents: (consignment.plan.originals ?? []).map((one) => one.document), awaitsConfirmation: awaitsConfirmation(dossier, consignment), handoverCode: '',
  };
}

export function documentView(record: DocumentRecord, dossier: Dossier, reference: Reference): pb.DocumentRecord {
  const name = requiredDocument(dossier, record.document, { reference })?.name;
  const { verified, failure } = record;
  return {
    document: record.document, name, origin: originOf(record), verified: verified === undefined ? undefined : { ...verified.by, time: new Date(verified.at) },
    failure: failure === undefined ? undefined : { service: failure.service, ground: failure.ground, time: new Date(failure.at) },
  };
}

function originOf({ origin }: DocumentRecord): pb.DocumentRecord['origin'] {
  switch (origin.type) {
    case 'upload': return { $case: 'upload', value: { digest: origin.digest, size: origin.size, mediaType: origin.mediaType } };
    case 'evidence': return { $case: 'evidence', value: { service: origin.service, office: origin.office, fact: origin.fact, evidence: origin.evidenceId, readTime: new Date(origin.readAt) } };
    case 'presented': return { $case: 'presented', value: {} };
  }
}
