/** Land transfers from submission to delivery, as fast as officers, payer and postman can be: three offices, a suspension, a register change, the post. Counted when closed. */
import { randomBytes } from 'node:crypto';
import { agency, dossier as pb, intake, land, payments, postal } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { DeskEvents } from './desk-events.ts';
import { figuresOf, measured, warmUp } from './load.ts';
import type { Benched } from './load.ts';
import type { SuiteResult } from './intake-suite.ts';
import { counterOf } from './submissions.ts';

const landOffice = 'land-515-202501', taxOffice = 'tax-515-202507', postOffice = 'post-503-202501';
const traMy = '20900@2025-07-01';
/** Communes of the former Hội An. */
const hoiAn = ['20401', '20410', '20413'] as const;
/** What others published for a ten-step journey between agencies on two cores: the figure to compare with. */
const published = { what: 'published: Restate 1.7 tuned, ten-step inter-agency journey on 2 cores, 64 in flight', per_s: 164, p50_ms: 376 } as const;

type Desks = { readonly land: DeskEvents; readonly tax: DeskEvents };

export async function journeySuite(benched: Benched, seconds: number, inFlight: number): Promise<SuiteResult> {
  const run = randomBytes(4).toString('hex'), { hub } = benched;
  const desks: Desks = { land: new DeskEvents(hub, landOffice), tax: new DeskEvents(hub, taxOffice) };
  await Promise.all([desks.land.current, desks.tax.current]);
  const codes: string[] = [];
  const one = async (n: number, name = run): Promise<void> => { codes.push(await transfer(new Transfer(hub, desks, `${name}-${n}`, n))); };
  await warmUp(benched, inFlight, (n) => one(n, `${run}w`));
  codes.length = 0;
  const { latencies, seconds: took, cpuSeconds } = await measured(benched, seconds, inFlight, one);
  const closed = await countClosed(hub, codes);
  desks.land.stop();
  desks.tax.stop();
  if (closed < codes.length) throw new Error(`${codes.length - closed} of ${codes.length} dossiers did not close`);
  return { figures: figuresOf(latencies, took, closed), raw: published, cpuSeconds };
}

async function countClosed(hub: HubClient, codes: readonly string[]): Promise<number> {
  let closed = 0;
  for (const code of codes) {
    const { status } = await hub.intake.getDossier(intake.GetDossierRequest.fromPartial({ code }), { office: counterOf(hoiAn[0]) });
    if (status?.closed === true && status.state === pb.DossierState.RETURNED) closed++;
  }
  return closed;
}

class Transfer {
  readonly hub: HubClient;
  readonly desks: Desks;
  readonly name: string;
  readonly n: number;
  code = '';

  constructor(hub: HubClient, desks: Desks, name: string, n: number) {
    this.hub = hub;
    this.desks = desks;
    this.name = name;
    this.n = n;
  }

  /** Counters from which one post office collects. */
  get counter(): string { return counterOf(hoiAn[this.n % hoiAn.length]!); }
  get seller(): string { return String(49_100_000_000 + this.n).padStart(12, '0'); }
  get buyer(): string { return String(49_200_000_000 + this.n).padStart(12, '0'); }

  complete(leg: string, office: string, results: readonly agency.IssuedResult[] = []): Promise<unknown> {
    const request = agency.CompleteLegRequest.fromPartial({ requestId: `${this.name}-${leg.split('/').at(-1)}-c`, code: this.code, leg, verdict: agency.Verdict.DONE, results: [...results] });
    return this.hub.desk.completeLeg(request, { office, deadlineMs: 60_000 });
  }
}

/** One journey; gives its code. */
async function transfer(one: Transfer): Promise<string> {
  const parcel = `20900-9-${one.name}`;
  await one.hub.land.seedParcel(seed(one, parcel), { office: landOffice, deadlineMs: 60_000 });
  // A register that is slow under load is asked again, as a counter would.
  const submitted = await retried(() => one.hub.intake.submitDossier(submission(one, parcel), { office: one.counter, deadlineMs: 60_000 }));
  one.code = submitted.code;
  await one.complete(await one.desks.land.working(one.code, 'land-check'), landOffice);
  const tax = await one.desks.tax.working(one.code, 'tax-notice');
  const charge = await openCharge(one, tax);
  await pay(one, charge);
  await one.desks.tax.resumed(one.code, 'tax-notice');
  await retried(() => one.complete(tax, taxOffice));
  await one.complete(await one.desks.land.working(one.code, 'registration'), landOffice, [{ result: 'KQ.G10.001147', number: `CS ${one.name}`, digest: '' }]);
  await deliver(one);
  return one.code;
}

function seed(one: Transfer, parcel: string): land.SeedParcelRequest {
  const holder = pb.Party.fromPartial({ party: { $case: 'citizen', value: { fullName: 'Nguyễn Văn Sơn', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: one.seller } } } as pb.Party);
  return land.SeedParcelRequest.fromPartial({
    requestId: `${one.name}-seed`,
    parcel: { parcel, area: traMy, mapSheet: '9', number: one.name, sizeDm2: 20_000, purpose: 'ONT', rights: [{ kind: land.RightKind.USE, holder, shareMillionths: 1_000_000, certificateNumber: `G ${one.name}`, sinceDate: '2015-03-20' }] },
  });
}

function submission(one: Transfer, parcel: string): intake.SubmitDossierRequest {
  const shown = (document: string): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } });
  return intake.SubmitDossierRequest.fromPartial({
    requestId: `${one.name}-s`,
    submission: {
      procedure: '1.013831', case: 'transfer', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Nguyễn Văn Sơn', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: one.seller }) } },
      areas: { subject: traMy }, subject: { parcel }, declaration: { transfereeIdentityNumber: one.buyer, transfereeName: 'Trần Thị Hạnh' }, documents: [shown('application-form'), shown('transfer-contract')],
      returnTo: { way: pb.ReturnWay.POST, deliveryAddress: '15 Trần Phú, phường Hội An', receiverName: 'Trần Thị Hạnh' },
    },
  });
}

async function openCharge(one: Transfer, leg: string): Promise<string> {
  const request = agency.OpenChargeRequest.fromPartial({ requestId: `${one.name}-t`, code: one.code, leg, fee: 'land-tax', name: { vi: 'Lệ phí trước bạ', en: 'Registration charge' }, kind: pb.ChargeKind.TAX, amount: 5_000_000, ground: '38/2019/QH14' });
  const { receipt } = await one.hub.desk.openCharge(request, { office: taxOffice, deadlineMs: 60_000 });
  return receipt!.entries[0]!.created[0]!;
}

async function pay(one: Transfer, charge: string): Promise<void> {
  const request = payments.PayChargeRequest.fromPartial({ requestId: `${one.name}-p`, code: one.code, charge, amount: 5_000_000, method: { $case: 'cash', value: {} } });
  await retried(() => one.hub.payments.payCharge(request, { office: one.counter, deadlineMs: 60_000 }));
}

async function deliver(one: Transfer): Promise<void> {
  const { consignment, office } = await retried(() => consignmentOf(one));
  const { number } = consignment;
  for (const state of [postal.ScanState.COLLECTED, postal.ScanState.IN_TRANSIT, postal.ScanState.OUT_FOR_DELIVERY]) {
    await one.hub.postal.scanConsignment(postal.ScanConsignmentRequest.fromPartial({ requestId: `${one.name}-${state}`, number, state, place: 'Hội An' }), { office, deadlineMs: 60_000 });
  }
  const request = postal.DeliverConsignmentRequest.fromPartial({ requestId: `${one.name}-d`, number, place: 'phường Hội An' });
  await one.hub.postal.deliverConsignment(request, { office, deadlineMs: 60_000 });
}

async function consignmentOf(one: Transfer): Promise<{ readonly consignment: pb.ConsignmentView; readonly office: string }> {
  const { consignments } = await one.hub.postal.listConsignments(postal.ListConsignmentsRequest.fromPartial({ code: one.code }), { office: postOffice, deadlineMs: 60_000 });
  const consignment = consignments.find((other) => (other.consignment?.number ?? '') !== '')?.consignment;
  if (consignment === undefined) throw new Error('not accepted yet');
  return { consignment, office: postOffice };
}

/** What another office must first have heard of is tried again, as its system would: each time after twice as long, up to the longest; in milliseconds. */
const firstWaitMs = 100, longestWaitMs = 1_600, giveUpAfterMs = 60_000;

async function retried<T>(run: () => Promise<T>): Promise<T> {
  const until = performance.now() + giveUpAfterMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try { return await run(); } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => { setTimeout(resolve, waitMs); });
    }
  }
}
