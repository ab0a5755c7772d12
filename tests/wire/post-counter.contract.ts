/** The post office as a counter: it says what is needed, takes in for the counter that answers, digitises, sends the originals after, and hands out. */
import { createGeneralAgency } from '@lienthong/general-agency';
import { createOversight } from '@lienthong/oversight';
import { agency, dossier as pb, intake, oversight, postal } from '@lienthong/contract';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { createIntake } from '@lienthong/intake';
import { createPostal } from '@lienthong/postal';
import { afterAll, beforeAll, expect, test } from 'vitest';

const counter = 'counter-20410-202507', office = 'post-503-202501', heardMs = 60_000;
const day = Date.parse('2026-11-23T09:00:00+07:00');
let hub: MemoryHub;

beforeAll(async () => {
  hub = await memoryHub({
    services: ['intake', 'postal', 'general-agency', 'oversight'],
    documents: { put: async () => ({ ok: false, refusal: 'empty' }), get: async () => undefined, stat: async (digest) => ({ digest, size: 3, mediaType: 'application/pdf' }) },
    compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createPostal(portsOf('postal')), createGeneralAgency(portsOf('general-agency')), createOversight(portsOf('oversight'))],
  });
  hub.world.clock = day;
});
afterAll(() => hub.stop());

const mother = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' });
const child: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', mother }) } };
const shown = (document: string): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } });
const scanned: pb.DocumentInput = { document: 'application-form', origin: { $case: 'upload', value: { digest: 'ab'.repeat(32), size: 3, mediaType: 'application/pdf' } } };
const submission = (more: Partial<intake.Submission> = {}): intake.Submission => intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.POST, applicant: child, areas: { residence: '20410' } as intake.Areas, documents: [scanned, shown('birth-notice')], ...more } as never);

let requests = 0;
const next = (): string => `post-counter-${++requests}`;
const ask = <T>(method: string, request: object, by = office): Promise<T> => hub.call('intake', method, request, by);
const submit = (more: Partial<intake.Submission> = {}, by = office): Promise<intake.SubmitDossierResponse> => ask('submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: next(), submission: submission(more) }), by);
const look = (code: string): Promise<intake.GetDossierResponse> => ask('getDossier', { code, office: '' });
const listed = async (by: string): Promise<readonly string[]> => (await ask<intake.ListDossiersResponse>('listDossiers', intake.ListDossiersRequest.create({ pageSize: 200, states: [pb.DossierState.RECEIVED, pb.DossierState.IN_PROCESS, pb.DossierState.RESULT_READY] }), by)).dossiers.map((one) => one.code);

test('it says beforehand what is missing and when the result would be due', async () => {
  const check = (documents: pb.DocumentInput[]): Promise<intake.CheckSubmissionResponse> => ask('checkSubmission', intake.CheckSubmissionRequest.fromPartial({ submission: submission({ documents }) }));
  expect(await check([])).toMatchObject({ acceptable: false, problems: [{ field: 'submission.documents.application-form', reason: 'DOCUMENT_MISSING' }, { field: 'submission.documents.birth-notice', reason: 'DOCUMENT_MISSING' }] });
  expect(await check([scanned, shown('birth-notice')])).toMatchObject({ acceptable: true, problems: [], legs: [{ name: 'registration' }] });
});

test('what it takes in is the competent counter\'s, which answers for it: its code, its book, its offices; the post office sees it all the same', async () => {
  const { code, receipt } = await submit(), there = await submit({ channel: pb.Channel.COUNTER }, counter);
  expect(receipt).toMatchObject({ counter, channel: pb.Channel.POST, returnOffice: office, documents: [{ document: 'application-form', origin: { $case: 'upload' }, verified: { office } }, { document: 'birth-notice', verified: { office } }] });
  expect(code.slice(0, code.indexOf('-'))).toBe(there.code.slice(0, there.code.indexOf('-')));
  expect(receipt!.legs.map((leg) => leg.office)).toEqual(there.receipt!.legs.map((leg) => leg.office));
  for (const by of [office, counter]) expect(await listed(by)).toContain(code);
  expect(await listed('counter-20900-202507')).not.toContain(code);
});

test('where the dossier is about another area, it is that area\'s counter; for what names none, that of its own', async () => {
  expect((await submit({ areas: intake.Areas.fromPartial({ residence: '20900' }) })).receipt).toMatchObject({ counter: hub.environment.reference.competentOffice('counter', '20900@2025-07-01', '2026-11-23')!.id, returnOffice: office });
});

test('the originals follow from the post office, and the result is handed out there', async () => {
  const { code } = await submit(), { legs } = await look(code), registrar = legs[0]!.office;
  await ask('sendOriginals', intake.SendOriginalsRequest.create({ requestId: next(), code, toOffice: registrar, documents: ['birth-notice'] }));
  await expect(ask('sendOriginals', intake.SendOriginalsRequest.create({ requestId: next(), code, toOffice: registrar, documents: ['birth-notice'] }), counter)).rejects.toMatchObject({ code: 'ORIGINAL_ELSEWHERE' });
  const parcel = async (): Promise<pb.ConsignmentView | undefined> => (await look(code)).status!.consignments[0];
  await expect.poll(async () => (await parcel())?.number ?? '', { timeout: heardMs }).not.toBe('');
  const { number, consignment } = (await parcel())!, post = (method: string, request: object): Promise<unknown> => hub.call('postal', method, request, office);
  expect((await hub.call<postal.ListOriginalsResponse>('postal', 'listOriginals', { code, office: '' }, office)).originals).toMatchObject([{ hand: postal.Hand.SENDER, handOffice: office }]);
  await post('scanConsignment', postal.ScanConsignmentRequest.create({ requestId: next(), number, state: postal.ScanState.COLLECTED, place: 'Hội An', signedBy: 'Giao dịch viên' }));
  await post('deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId: next(), number, place: 'Hội An', signed: true }));
  const heard = (method: string, request: object): Promise<string> => hub.call('general-agency', method, request, registrar).then(() => 'done', (error: { code: string }) => error.code);
  const counted = agency.ConfirmConsignmentRequest.create({ requestId: next(), code, leg: 'registration', consignment, received: ['birth-notice'] });
  await expect.poll(() => heard('confirmConsignment', counted), { timeout: heardMs }).toBe('done');
  const complete = agency.CompleteLegRequest.create({ requestId: next(), code, leg: 'registration', verdict: agency.Verdict.DONE, results: [{ result: 'KQ.G15.000031', number: '01/2026', digest: '' }] });
  await expect.poll(() => heard('completeLeg', complete), { timeout: heardMs }).toBe('done');
  await expect.poll(async () => (await look(code)).status!.state, { timeout: heardMs }).toBe(pb.DossierState.RESULT_READY);
  await ask('returnResult', intake.ReturnResultRequest.create({ requestId: next(), code }));
  await expect.poll(async () => (await look(code)).status!.closed, { timeout: heardMs }).toBe(true);
});

test('what is not in the envelope when it is counted is somebody\'s to look at', async () => {
  const { code } = await submit(), { legs } = await look(code), registrar = legs[0]!.office, post = (method: string, request: object): Promise<unknown> => hub.call('postal', method, request, office);
  await ask('sendOriginals', intake.SendOriginalsRequest.create({ requestId: next(), code, toOffice: registrar, documents: ['birth-notice'] }));
  await expect.poll(async () => (await look(code)).status!.consignments[0]?.number ?? '', { timeout: heardMs }).not.toBe('');
  const { number, consignment } = (await look(code)).status!.consignments[0]!;
  await post('scanConsignment', postal.ScanConsignmentRequest.create({ requestId: next(), number, state: postal.ScanState.COLLECTED, place: 'Hội An', signedBy: 'A' }));
  await post('deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId: next(), number, place: 'Hội An', signed: true }));
  const counted = agency.ConfirmConsignmentRequest.create({ requestId: next(), code, leg: 'registration', consignment, received: [] });
  await expect.poll(() => hub.call('general-agency', 'confirmConsignment', counted, registrar).then(() => 'done', (error: { code: string }) => error.code), { timeout: heardMs }).toBe('done');
  await expect.poll(async () => (await undelivered(code, registrar)).map((one) => `${one.office} ${one.text!.vi}`), { timeout: heardMs }).toEqual([`${registrar} Bưu gửi thiếu bản gốc khi kiểm đếm`]);
});

async function undelivered(code: string, by = office): Promise<readonly oversight.Alert[]> {
  const { alerts } = await hub.call<oversight.ListAlertsResponse>('oversight', 'listAlerts', oversight.ListAlertsRequest.create({ pageSize: 200 }), by);
  return alerts.filter((one) => one.code === code && one.kind === oversight.AlertKind.UNDELIVERED);
}

test('what came back is somebody\'s to look at; what was taken back before it was collected is not', async () => {
  const { code } = await submit(), { legs } = await look(code), post = (method: string, request: object): Promise<unknown> => hub.call('postal', method, request, office);
  const sent = async (nth: number): Promise<pb.ConsignmentView> => {
    await ask('sendOriginals', intake.SendOriginalsRequest.create({ requestId: next(), code, toOffice: legs[0]!.office, documents: ['birth-notice'] }));
    await expect.poll(async () => (await look(code)).status!.consignments[nth]?.number ?? '', { timeout: heardMs }).not.toBe('');
    return (await look(code)).status!.consignments[nth]!;
  };
  const first = await sent(0);
  await post('cancelConsignment', postal.CancelConsignmentRequest.create({ requestId: next(), code, consignment: first.consignment }));
  await expect.poll(async () => (await look(code)).status!.consignments[0]!.state, { timeout: heardMs }).toBe(pb.ConsignmentState.CANCELLED);
  const { number, consignment } = await sent(1);
  await post('scanConsignment', postal.ScanConsignmentRequest.create({ requestId: next(), number, state: postal.ScanState.COLLECTED, place: 'Hội An', signedBy: 'A' }));
  await post('failConsignment', postal.FailConsignmentRequest.create({ requestId: next(), number, kind: postal.FailureKind.RETURNED, place: 'Hội An', reason: postal.FailureReason.CLOSED }));
  // Whoever knows of the later knows of the earlier.
  await expect.poll(async () => (await undelivered(code)).map((one) => one.alert.includes(consignment)), { timeout: heardMs }).toEqual([true]);
});

test('it speaks for the citizen and not for the office: it takes withdrawals, and gives no apology', async () => {
  const { code } = await submit();
  await expect(ask('giveApology', intake.GiveApologyRequest.create({ requestId: next(), code, newDueTime: new Date(day + 30 * 86_400_000), reason: 'trễ' }))).rejects.toMatchObject({ code: 'NOT_A_COUNTER' });
  await expect(ask('withdrawDossier', intake.WithdrawDossierRequest.create({ requestId: next(), code, reason: 'đổi ý' }))).resolves.toMatchObject({ receipt: { code } });
});

test('a result that goes home by post starts at the counter', async () => {
  const { receipt } = await submit({ returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.POST, deliveryAddress: '3 Lê Lợi, phường Hội An' }) });
  expect(receipt).toMatchObject({ counter, returnWay: pb.ReturnWay.POST, returnOffice: counter });
});
