/** Two or three at one dossier in the same moment, over connections of their own: what was acknowledged has happened once, everybody holds the same, and the dossier still comes to its end. */
import { agency, dossier as pb, folder, intake, operator, payments } from '@lienthong/contract';
import { hubClient, uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { CallError } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { counter, submitBirth } from '../chaos/birth.ts';
import { equalCopies } from '../chaos/equal-copies.ts';
import { seededRandom } from '../chaos/seeded-random.ts';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const office = 'committee-20410-202507', consulted = 'committee-20335-202507', leg = 'registration', ground = '309/2026/NĐ-CP, Điều 8', reason = 'vì thế';
const races = 40 * inject('size'), racers = 3, testMs = 60_000 + races * 5_000;
const unique = uniqueData();
let place: HubOfTest, hubs: readonly HubClient[];

beforeAll(async () => {
  place = await hubOfTest();
  hubs = Array.from({ length: racers + 1 }, () => hubClient(place.address));
});
afterAll(async () => {
  for (const one of hubs) one.close();
  await place.stop();
});

type Answer = { readonly receipt?: pb.CommandReceipt | undefined };
type Say = (hub: HubClient, code: string, requestId: string) => Promise<Answer>;
const desk = { office, officer: 'cb-ho-tich' }, front = { office: counter, officer: 'cb-tiep-nhan' };
const paper: pb.DocumentInput = { document: 'authority', origin: { $case: 'presented', value: {} } };

async function completion(hub: HubClient, code: string, name: string, by: string, requestId: string): Promise<Answer> {
  const { work } = await hub.desk.getWork(agency.GetWorkRequest.fromPartial({ code, leg: name }), { office: by });
  const results = work!.resultCodes.map((result) => ({ result, number: requestId, digest: '' })), opinion = work!.deskLeg!.leg!.task ? agency.Opinion.AGREE : agency.Opinion.UNSPECIFIED;
  return hub.desk.completeLeg(agency.CompleteLegRequest.fromPartial({ requestId, code, leg: name, results, opinion }), { office: by });
}

const says: Readonly<Record<string, Say>> = {
  complete: (hub, code, requestId) => completion(hub, code, leg, office, requestId),
  refuse: (hub, code, requestId) => hub.desk.refuseLeg(agency.RefuseLegRequest.fromPartial({ requestId, code, leg, reason, ground }), desk),
  stop: (hub, code, requestId) => hub.desk.stopLeg(agency.StopLegRequest.fromPartial({ requestId, code, leg, reason, ground }), desk),
  decline: (hub, code, requestId) => hub.desk.returnLeg(agency.ReturnLegRequest.fromPartial({ requestId, code, leg, target: { $case: 'notOurs', value: {} }, reason }), desk),
  assign: (hub, code, requestId) => hub.desk.assignLeg(agency.AssignLegRequest.fromPartial({ requestId, code, leg, officer: 'cb-02' }), desk),
  ask: (hub, code, requestId) => hub.desk.requestSupplement(agency.RequestSupplementRequest.fromPartial({ requestId, code, leg, documents: [paper.document], ground }), desk),
  consult: (hub, code, requestId) => hub.desk.consult(agency.ConsultRequest.fromPartial({ requestId, code, leg, consultedOffice: consulted, question: reason, limit: '2wd' }), desk),
  charge: (hub, code, requestId) => hub.desk.openCharge(agency.OpenChargeRequest.fromPartial({ requestId, code, leg, fee: 'sao-luc', kind: pb.ChargeKind.FEE, amount: 8_000, ground }), desk),
  withdraw: (hub, code, requestId) => hub.intake.withdrawDossier(intake.WithdrawDossierRequest.fromPartial({ requestId, code }), front),
  correct: (hub, code, requestId) => hub.intake.correctParticulars(intake.CorrectParticularsRequest.fromPartial({ requestId, code, reason, contact: { phone: '0905 111 222' } }), front),
  supply: (hub, code, requestId) => hub.intake.deliverSupplement(intake.DeliverSupplementRequest.fromPartial({ requestId, code, documents: [paper] }), front),
  handOut: (hub, code, requestId) => hub.intake.returnResult(intake.ReturnResultRequest.fromPartial({ requestId, code }), front),
};
const names = Object.keys(says);

/** What came of it; null: the law said no, which a racer may hear at any time. */
async function said(run: Promise<Answer>): Promise<pb.CommandReceipt | null> {
  try { return (await run).receipt!; } catch (error) {
    if (!(error instanceof CallError) || error.reason === 'INTERNAL' || error.reason === '') throw error;
    return null;
  }
}

const look = (code: string): Promise<intake.GetDossierResponse> => hubs[0]!.intake.getDossier(intake.GetDossierRequest.fromPartial({ code }), front);

async function received(): Promise<string> {
  const { answer: { code } } = await submitBirth(hubs[0]!, unique);
  await vi.waitFor(async () => expect((await look(code)).legs[0]!.state).toBe(pb.LegState.WORKING), { timeout: 30_000 });
  return code;
}

async function refsOf(code: string): Promise<string[]> {
  const refs: string[] = [];
  for await (const { entries } of hubs[0]!.operator.getFolder(operator.GetFolderRequest.fromPartial({ service: 'intake', code }))) {
    for (const { entry } of entries) { const { author, seq } = folder.Entry.decode(entry); refs.push(`${author}/${seq}`); }
  }
  return refs;
}

/** As diligent people would: each does what is on its desk. */
async function workOn(code: string): Promise<boolean> {
  const hub = hubs[0]!, { status, legs, supplementDocuments } = await look(code), id = (): string => unique.request('then');
  if (status!.closed) return true;
  for (const { charge, amount, state } of status!.charges) {
    if (state === pb.ChargeState.OPEN) await said(hub.payments.payCharge(payments.PayChargeRequest.fromPartial({ requestId: id(), code, charge, amount, method: { $case: 'transfer', value: { bank: 'VCB', reference: id() } } }), front));
  }
  if (supplementDocuments.length > 0) await said(says['supply']!(hub, code, id()));
  const { placements } = await hub.intake.listPlacements(intake.ListPlacementsRequest.fromPartial({ pageSize: 200 }), front);
  for (const one of placements.filter((placement) => placement.code === code)) await said(hub.intake.placeLeg(intake.PlaceLegRequest.fromPartial({ requestId: id(), code, leg: one.leg!.leg, toOffice: office, reason }), front));
  for (const one of [...legs, ...status!.current]) if (one.state === pb.LegState.WORKING) await said(completion(hub, code, one.leg, one.office, id()));
  await said(says['handOut']!(hub, code, id()));
  return false;
}

async function race(random: () => number): Promise<void> {
  const pick = (): string => names[Math.floor(random() * names.length)]!;
  const code = await received(), before = pick(), racing = Array.from({ length: 2 + Math.floor(random() * (racers - 1)) }, pick), told = `${before}, then ${racing.join(' × ')} on ${code}`;
  if (random() < 0.5) await said(says[before]!(hubs[0]!, code, unique.request('before')));
  const ids = racing.map(() => unique.request('race'));
  const answers = await Promise.all(racing.map((name, n) => said(says[name]!(hubs[n + 1]!, code, ids[n]!))));
  for (const [n, answer] of answers.entries()) if (answer !== null) expect(await said(says[racing[n]!]!(hubs[0]!, code, ids[n]!)), told).toEqual(answer);
  await equalCopies(hubs[0]!, code);
  const refs = await refsOf(code), written = answers.flatMap((answer) => (answer?.entries ?? []).map(({ ref }) => `${ref!.author}/${ref!.seq}`));
  expect(new Set(written).size, told).toBe(written.length);
  for (const one of written) expect(refs.filter((ref) => ref === one), told).toEqual([one]);
  await expect.poll(() => workOn(code), { timeout: 60_000, message: told }).toBe(true);
}

test('at the desk and at the counter', async () => {
  const random = seededRandom(inject('seed'));
  for (let n = 0; n < races; n++) await race(random);
}, testMs);
