/** What is asked of people and officers as a dossier stands: told from its public view alone, so that whoever was interrupted just looks again. */
import { agency, dossier as pb, intake, payments, postal } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { postOffice } from './cases.ts';
import type { Case } from './cases.ts';

type Sending = {
  readonly request: string;
  /** Who answers. */
  readonly service: string;
  send(hub: HubClient): Promise<pb.CommandReceipt | undefined>;
};

/** `leg`: what is completed, item id. `refused`: whether its register refused what was decided last. */
export type Step = Sending & ({ readonly leg?: undefined } | { readonly leg: string; refused(hub: HubClient): Promise<boolean> });

const taxLeg = 'tax-notice', taxFee = 'land-tax', tax = 5_000_000;

/** Empty: others have their turn. `redone`: how often a register has refused what was decided on a leg, by its item. */
export function nextSteps(one: Case, dossier: intake.GetDossierResponse, redone: ReadonlyMap<string, number> = new Map()): Step[] {
  const { charges, consignments, results } = dossier.status!;
  const steps: Step[] = [];
  for (const leg of dossier.legs) {
    if (leg.state === pb.LegState.STALE) steps.push(confirm(one, dossier, leg));
    // Nobody here stops work: its decision was taken back, for a lost store alone had what it changed.
    if (leg.state === pb.LegState.STOPPED && !leg.task) steps.push(reopen(one, dossier, leg));
    if (leg.state !== pb.LegState.WORKING) continue;
    steps.push(leg.name === taxLeg && !charges.some(({ fee }) => fee === taxFee) ? openCharge(one, dossier, leg) : complete(one, dossier, leg, redone.get(leg.leg) ?? 0));
  }
  for (const charge of charges) if (charge.state === pb.ChargeState.OPEN) steps.push(pay(one, dossier, charge));
  for (const consignment of consignments) if (consignment.number !== '') steps.push(...carry(one, consignment));
  if (one.kind !== 'transfer' && results.some(({ returnTime }) => returnTime === undefined)) steps.push(handOut(one, dossier));
  return steps;
}

/** As request ids are written. */
const idOf = (one: Case, ...parts: readonly (string | number)[]): string => [one.name, ...parts].join('-').replaceAll(/[^A-Za-z0-9._:-]/g, '.');
const codeOf = (dossier: intake.GetDossierResponse): string => dossier.status!.code;

function complete(one: Case, dossier: intake.GetDossierResponse, leg: pb.LegView, redone: number): Step {
  const request = idOf(one, leg.name, leg.round, ...(redone === 0 ? [] : [`again${redone}`])), code = codeOf(dossier), { office } = leg;
  const workOf = async (hub: HubClient): Promise<agency.Work> => (await hub.desk.getWork(agency.GetWorkRequest.fromPartial({ code, leg: leg.leg }), { office })).work!;
  return {
    request, service: leg.service, leg: leg.leg,
    async refused(hub) { return ((await workOf(hub)).deskLeg?.registerRefusal ?? '') !== ''; },
    async send(hub) {
      const work = await workOf(hub);
      const results = work.resultCodes.map((result) => ({ result, number: `${request}/${result.split('.').at(-1)}`, digest: '' }));
      return (await hub.desk.completeLeg(agency.CompleteLegRequest.fromPartial({ requestId: request, code, leg: leg.leg, verdict: agency.Verdict.DONE, results }), { office })).receipt;
    },
  };
}

function confirm(one: Case, dossier: intake.GetDossierResponse, leg: pb.LegView): Step {
  const request = idOf(one, leg.name, leg.round, 'confirm');
  return { request, service: leg.service, send: async (hub) => (await hub.desk.confirmCompletion(agency.ConfirmCompletionRequest.fromPartial({ requestId: request, code: codeOf(dossier), leg: leg.leg }), { office: leg.office })).receipt };
}

function reopen(one: Case, dossier: intake.GetDossierResponse, leg: pb.LegView): Step {
  const request = idOf(one, leg.name, leg.round, 'reopen');
  return { request, service: leg.service, send: async (hub) => (await hub.desk.reopenLeg(agency.ReopenLegRequest.fromPartial({ requestId: request, code: codeOf(dossier), leg: leg.leg, reason: 'làm lại' }), { office: leg.office })).receipt };
}

function openCharge(one: Case, dossier: intake.GetDossierResponse, leg: pb.LegView): Step {
  const request = idOf(one, leg.name, leg.round, 'charge');
  const message = agency.OpenChargeRequest.fromPartial({ requestId: request, code: codeOf(dossier), leg: leg.leg, fee: taxFee, name: { vi: 'Lệ phí trước bạ', en: 'Registration charge' }, kind: pb.ChargeKind.TAX, amount: tax, ground: '38/2019/QH14' });
  return { request, service: leg.service, send: async (hub) => (await hub.desk.openCharge(message, { office: leg.office })).receipt };
}

function pay(one: Case, dossier: intake.GetDossierResponse, charge: pb.ChargeView): Step {
  const request = idOf(one, 'pay', charge.charge);
  const message = payments.PayChargeRequest.fromPartial({ requestId: request, code: codeOf(dossier), charge: charge.charge, amount: charge.amount, method: { $case: 'cash', value: {} } });
  return { request, service: 'payments', send: async (hub) => (await hub.payments.payCharge(message, { office: one.counter })).receipt };
}

const nextScan: Readonly<Partial<Record<pb.ConsignmentState, postal.ScanState>>> = {
  [pb.ConsignmentState.ACCEPTED]: postal.ScanState.COLLECTED, [pb.ConsignmentState.COLLECTED]: postal.ScanState.IN_TRANSIT, [pb.ConsignmentState.IN_TRANSIT]: postal.ScanState.OUT_FOR_DELIVERY,
};

function carry(one: Case, { number, state }: pb.ConsignmentView): Step[] {
  const scan = nextScan[state], office = postOffice;
  if (scan !== undefined) {
    const request = idOf(one, 'scan', number, scan);
    const message = postal.ScanConsignmentRequest.fromPartial({ requestId: request, number, state: scan, place: 'Hội An' });
    return [{ request, service: 'postal', send: async (hub) => (await hub.postal.scanConsignment(message, { office })).receipt }];
  }
  if (state !== pb.ConsignmentState.OUT_FOR_DELIVERY) return [];
  const request = idOf(one, 'deliver', number);
  return [{ request, service: 'postal', send: async (hub) => (await hub.postal.deliverConsignment(postal.DeliverConsignmentRequest.fromPartial({ requestId: request, number, place: 'phường Hội An' }), { office })).receipt }];
}

function handOut(one: Case, dossier: intake.GetDossierResponse): Step {
  const request = idOf(one, 'return', dossier.status!.results.filter(({ returnTime }) => returnTime !== undefined).length);
  const message = intake.ReturnResultRequest.fromPartial({ requestId: request, code: codeOf(dossier), receiver: intake.Receiver.APPLICANT });
  return { request, service: 'intake', send: async (hub) => (await hub.intake.returnResult(message, { office: one.counter })).receipt };
}
