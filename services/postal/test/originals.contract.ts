/** Originals and papers by post, over the contract: ordered by who has them, given and taken for a code or a signature, counted by who gets them. */
import { agency, dossier as pb, postal } from '@lienthong/contract';
import { asideName } from '@lienthong/law';
import { commitTo, doorSecret, handoverCode } from '@lienthong/dossier-service';
import { askPlainly, copiesEqual, receivePlainly } from '@lienthong/testkit';
import type { MemoryHub, PlainDossier } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hoiAn, list, nextRequest, postOffice, postalHub, traMy } from './postal-hub.ts';

const { COLLECTED, OUT_FOR_DELIVERY } = postal.ScanState;
const document = 'birth-notice', home = { address: 'Thôn 2, xã Trà My', receiver: 'Hồ Thị Sáu', phone: '0905000111' };

let hub: MemoryHub;
beforeAll(async () => { hub = await postalHub(); });
afterAll(() => hub.stop());

const officeOf = (role: string, area = hoiAn): string => hub.environment.reference.competentOffice(role, area, '2026-06-01')!.id;
const shown = (): Promise<PlainDossier> => receivePlainly(hub, { procedure: '1.001193', case: 'ordinary', area: hoiAn, particulars: { applicant: { citizen: { fullName: 'Hồ Thị Sáu' } } } });
const post = <T>(method: string, request: object, office = postOffice(hub)): Promise<T> => hub.call('postal', method, request, office);
const desk = (method: string, request: object, office = officeOf('civil-status')): Promise<{ readonly receipt: pb.CommandReceipt }> => hub.call('general-agency', method, request, office);

type Parcel = PlainDossier & { readonly number: string; readonly consignment: string };

/** The newest consignment of a dossier, once the post has accepted it. */
async function accepted(dossier: PlainDossier): Promise<Parcel> {
  const find = async (): Promise<pb.ConsignmentView | undefined> => (await list(hub, { code: dossier.code })).consignments.at(-1)?.consignment;
  await expect.poll(async () => (await find())?.number ?? '', { interval: 2, timeout: 10_000 }).not.toBe('');
  await copiesEqual(hub, dossier.folder);
  const { number, consignment } = (await find())!;
  return { ...dossier, number, consignment };
}

async function sentToRegistrar(): Promise<Parcel> {
  const dossier = await shown();
  await askPlainly(hub, dossier, { kind: 'send-originals', to: officeOf('civil-status'), documents: [document] });
  return accepted(dossier);
}

const collect = (one: Parcel, more: Partial<postal.ScanConsignmentRequest> = {}): Promise<unknown> => post('scanConsignment', postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number: one.number, state: COLLECTED, place: 'Hội An', ...more }));
const deliver = (one: Parcel, more: Partial<postal.DeliverConsignmentRequest> = {}): Promise<unknown> => post('deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId: nextRequest(), number: one.number, place: 'Hội An', ...more }));
const codeFor = async (one: Parcel, office: string): Promise<string> => (await post<postal.GetHandoverCodeResponse>('getHandoverCode', postal.GetHandoverCodeRequest.create({ code: one.code, consignment: one.consignment }), office)).handoverCode;
const originals = async (one: PlainDossier): Promise<readonly postal.OriginalView[]> => (await post<postal.ListOriginalsResponse>('listOriginals', postal.ListOriginalsRequest.create({ code: one.code }), one.counter)).originals;
const errand = async (kind: postal.Errand, office: string): Promise<readonly string[]> => (await list(hub, { errand: kind, pageSize: 200 }, office)).consignments.map((one) => one.consignment!.number);

describe('an original from the counter to the office of a leg', () => {
  test('given for the code of the counter, taken for the code of the office, counted there, sent on by it', async () => {
    const one = await sentToRegistrar(), registrar = officeOf('civil-status');
    expect(await errand(postal.Errand.COLLECT, postOffice(hub))).toContain(one.number);
    expect(await errand(postal.Errand.OUTGOING, one.counter)).toContain(one.number);
    expect(await errand(postal.Errand.INCOMING, registrar)).toContain(one.number);
    expect(await originals(one)).toMatchObject([{ document, hand: postal.Hand.SENDER, handOffice: one.counter, consignment: one.consignment }]);
    await collect(one, { handoverCode: await codeFor(one, one.counter) });
    expect(await originals(one)).toMatchObject([{ hand: postal.Hand.POST, handOffice: postOffice(hub) }]);
    expect([(await errand(postal.Errand.COLLECT, postOffice(hub))).includes(one.number), (await errand(postal.Errand.DELIVER, postOffice(hub))).includes(one.number)]).toEqual([false, true]);
    await deliver(one, { handoverCode: await codeFor(one, registrar) });
    await copiesEqual(hub, one.folder);
    expect(await originals(one)).toMatchObject([{ hand: postal.Hand.RECEIVER, handOffice: registrar }]);
    const request = agency.ConfirmConsignmentRequest.create({ requestId: nextRequest(), code: one.code, leg: 'registration', consignment: one.consignment, received: [document] });
    expect((await list(hub, { code: one.code })).consignments).toEqual([]);
    const first = await desk('confirmConsignment', request);
    expect(agency.ConfirmConsignmentResponse.encode(await desk('confirmConsignment', request)).finish()).toEqual(agency.ConfirmConsignmentResponse.encode(first).finish());
    await copiesEqual(hub, one.folder);
    expect(await errand(postal.Errand.INCOMING, registrar)).not.toContain(one.number);
    await desk('sendOriginals', agency.SendOriginalsRequest.create({ requestId: nextRequest(), code: one.code, leg: 'registration', toOffice: one.counter, documents: [document] }));
    const back = await accepted(one);
    expect([back.consignment === one.consignment, (await originals(one))[0]]).toMatchObject([false, { hand: postal.Hand.SENDER, handOffice: registrar, consignment: back.consignment }]);
    await expect(desk('sendOriginals', agency.SendOriginalsRequest.create({ requestId: nextRequest(), code: one.code, leg: 'registration', toOffice: one.counter, documents: [document] }))).rejects.toMatchObject({ code: 'ORIGINAL_ELSEWHERE', field: 'documents' });
  });

  test('for nothing it changes hands; a wrong code is refused and slows whoever guesses; a signature does', async () => {
    const one = await sentToRegistrar(), right = await codeFor(one, one.counter), wrong = right === '000000' ? '000001' : '000000';
    await expect(collect(one)).rejects.toMatchObject({ code: 'HANDOVER_UNPROVED' });
    for (let n = 0; n < 5; n++) await expect(collect(one, { handoverCode: wrong })).rejects.toMatchObject({ code: 'HANDOVER_CODE_WRONG', field: 'handover_code' });
    await expect(collect(one, { handoverCode: right })).rejects.toMatchObject({ code: 'TOO_MANY_TRIES' });
    await collect(one, { signedBy: 'Lê Văn Tám' });
    expect(await originals(one)).toMatchObject([{ hand: postal.Hand.POST }]);
    const bytes = await hub.modules[1]!.participant.view(one.folder, (view) => view.state.dossier.entries.map((entry) => Buffer.from(entry.bytes).toString('utf8')).join('\n')) ?? '';
    expect(bytes).toContain('"proof":"signature"');
    expect(bytes).not.toContain('Lê Văn Tám');
  });

  test('the code of one end is not that of the other, and nobody else has either', async () => {
    const one = await sentToRegistrar(), ends = [await codeFor(one, one.counter), await codeFor(one, officeOf('civil-status'))];
    expect(ends).toEqual([expect.stringMatching(/^\d{6}$/), expect.stringMatching(/^\d{6}$/)]);
    await collect(one, { handoverCode: ends[0]! });
    if (ends[0] !== ends[1]) await expect(deliver(one, { handoverCode: ends[0]! })).rejects.toMatchObject({ code: 'HANDOVER_CODE_WRONG' });
    for (const office of [postOffice(hub), officeOf('counter', traMy)]) await expect(codeFor(one, office)).rejects.toMatchObject({ code: 'NOT_THE_ADDRESSEE' });
    await expect(post('getHandoverCode', { code: one.code, consignment: 'postal~0/1/1', office: '' }, one.counter)).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
  });

  test('what was not in it is lost with the post, and a person is told so by the list', async () => {
    const one = await sentToRegistrar();
    await collect(one, { signedBy: 'A' });
    await deliver(one, { signed: true });
    await copiesEqual(hub, one.folder);
    await desk('confirmConsignment', agency.ConfirmConsignmentRequest.create({ requestId: nextRequest(), code: one.code, leg: 'registration', consignment: one.consignment, received: [] }));
    await copiesEqual(hub, one.folder);
    expect(await originals(one)).toMatchObject([{ hand: postal.Hand.LOST, handOffice: postOffice(hub) }]);
  });

  test('offices outside the dossier do not hear of it', async () => {
    const one = await sentToRegistrar(), police = hub.environment.reference.offices.find((office) => office.roles.includes('police') && office.validTo === null)!.id;
    await expect(post('listOriginals', { code: one.code, office: '' }, police)).rejects.toMatchObject({ code: 'CALLER_NOT_ALLOWED' });
  });
});

describe('papers from home', () => {
  async function ordered(): Promise<Parcel & { readonly code6: string }> {
    const dossier = await receivePlainly(hub, { procedure: '1.001193', case: 'ordinary', area: hoiAn, particulars: { applicant: { citizen: { fullName: 'Hồ Thị Sáu' } }, 'pick-up': home }, optional: [] });
    // The papers of the procedure that nobody has shown are at home.
    const optional = hub.environment.reference.procedure('1.001193', '2026-06-01')!.documents.find((one) => one.optional === true)!.code;
    await askPlainly(hub, dossier, { kind: 'order-pick-up', to: dossier.counter, documents: [optional], collect: false });
    const one = await accepted(dossier);
    const intake = hub.modules.find((other) => other.name === 'intake')!.participant;
    const address = await intake.view(one.folder, ({ state }) => state.dossier.root!.particulars.get('pick-up'));
    const code6 = handoverCode(hub.world, (await doorSecret({ participant: intake, world: hub.world }, one.folder, address))!, one.consignment, 'given');
    return { ...one, code6 };
  }

  test('the counter says for the applicant that he brings them himself, until they are collected; no other does', async () => {
    const [one, given] = [await ordered(), await ordered()];
    const cancel = ({ code, consignment }: Parcel, office: string): Promise<unknown> => post('cancelConsignment', postal.CancelConsignmentRequest.create({ requestId: nextRequest(), code, consignment }), office);
    await expect(cancel(one, officeOf('counter', traMy))).rejects.toMatchObject({ code: 'NOT_A_POST_OFFICE' });
    await cancel(one, one.counter);
    expect((await list(hub, { code: one.code, states: [pb.ConsignmentState.CANCELLED] })).consignments).toHaveLength(1);
    await collect(given, { handoverCode: given.code6 });
    await expect(cancel(given, given.counter)).rejects.toMatchObject({ code: 'CONSIGNMENT_COLLECTED' });
  });

  test('the postman sees where to go, is given them for the citizen\'s own code, and the counter says what came', async () => {
    const one = await ordered(), [parcel] = (await list(hub, { code: one.code })).consignments;
    expect(parcel).toMatchObject({ fromOffice: '', senderName: home.receiver, senderAddress: home.address, senderPhone: home.phone, receiverAddress: '', toOffice: one.counter, consignment: { carries: pb.Carries.PAPERS, awaitsConfirmation: false, handoverCode: '' } });
    expect((await list(hub, { code: one.code }, one.counter)).consignments).toMatchObject([{ senderName: '', senderAddress: '' }]);
    await post('failConsignment', postal.FailConsignmentRequest.create({ requestId: nextRequest(), number: one.number, kind: postal.FailureKind.ATTEMPT, place: 'Trà My', reason: postal.FailureReason.ABSENT }));
    await expect(post('scanConsignment', postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number: one.number, state: OUT_FOR_DELIVERY, place: 'x' }))).rejects.toMatchObject({ code: 'CONSIGNMENT_OUT_OF_ORDER' });
    await collect(one, { handoverCode: one.code6 });
    await deliver(one, { handoverCode: await codeFor(one, one.counter) });
    await copiesEqual(hub, one.folder);
    expect(await errand(postal.Errand.INCOMING, one.counter)).toContain(one.number);
    await askPlainly(hub, one, { kind: 'confirm-consignment', consignment: one.consignment, received: parcel!.documents });
    expect(await originals(one)).toMatchObject([{ hand: postal.Hand.RECEIVER, handOffice: one.counter }]);
    expect(await errand(postal.Errand.INCOMING, one.counter)).not.toContain(one.number);
  });

  test('the code hangs on the salt of the address, which stands beside the entry; who has lost it signs', async () => {
    const one = await ordered(), { participant } = hub.modules.find((other) => other.name === 'postal')!;
    const address = await participant.view(one.folder, ({ state }) => state.dossier.root!.particulars.get('pick-up')!.commitment) ?? '';
    expect(await participant.asides(one.folder, [asideName(address)])).toMatchObject([{ bytes: expect.anything() as unknown }]);
    const other = commitTo('pick-up', home, hub.world);
    expect(handoverCode(hub.world, Buffer.from(other.aside.bytes!).toString('hex'), one.consignment, 'given') === one.code6).toBe(false);
    await collect(one, { signedBy: home.receiver });
  });
});

test('a result goes to another counter: it is not returned by arriving there, and what fails comes back to who sent it', async () => {
  const far = officeOf('counter', traMy);
  async function sentOn(): Promise<Parcel> {
    const dossier = await shown();
    await desk('completeLeg', agency.CompleteLegRequest.create({ requestId: nextRequest(), code: dossier.code, leg: 'registration', verdict: agency.Verdict.DONE, round: 1, results: [{ result: 'KQ.G15.000031', number: `01/${dossier.code}`, digest: '' }] }));
    await copiesEqual(hub, dossier.folder);
    await askPlainly(hub, dossier, { kind: 'send-result', to: far });
    return accepted(dossier);
  }
  const root = (one: Parcel): Promise<unknown> => hub.modules[0]!.participant.view(one.folder, ({ state: { dossier } }) => ({ returned: dossier.root!.returned.map((other) => other.way), office: dossier.root!.returnOffice, closed: dossier.root!.closed !== null }));
  const come = await sentOn();
  await collect(come, { handoverCode: await codeFor(come, come.counter) });
  await deliver(come, { handoverCode: await codeFor(come, far) });
  await copiesEqual(hub, come.folder);
  expect(await root(come)).toEqual({ returned: [], office: far, closed: false });
  await askPlainly(hub, { ...come, counter: far }, { kind: 'return-result', results: [], receiver: 'applicant' });
  expect(await root(come)).toEqual({ returned: ['counter'], office: far, closed: true });

  const gone = await sentOn();
  await collect(gone);
  await post('failConsignment', postal.FailConsignmentRequest.create({ requestId: nextRequest(), number: gone.number, kind: postal.FailureKind.RETURNED, place: 'Trà My', reason: postal.FailureReason.CLOSED }));
  await copiesEqual(hub, gone.folder);
  await askPlainly(hub, gone, { kind: 'return-result', results: [], receiver: 'applicant' });
  expect(await root(gone)).toMatchObject({ returned: ['counter'], closed: true });
});
