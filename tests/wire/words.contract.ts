/** What people write stands beside the entries: read by those whom it is for, gone when it is erased, and the proof stays whole. */
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { emptyFolder, union } from '@lienthong/folder';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { decodeEntry, isMalformed } from '@lienthong/kernel';
import type { OwnedStore } from '@lienthong/kernel';
import { memoryHub, wholeEntries } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const counter = 'counter-20410-202507', office = 'committee-20410-202507', leg = 'registration';
const secret = 'Ông Nguyễn Văn Tư, tổ 5, chưa ký tờ khai';
const stores = new Map<string, OwnedStore>();
let hub: MemoryHub;

beforeAll(async () => {
  hub = await memoryHub({
    services: ['intake', 'general-agency'],
    compose: (portsOf) => {
      const [front, back] = [portsOf('intake'), portsOf('general-agency')];
      stores.set('intake', front.store).set('general-agency', back.store);
      return [createIntake(front, { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(back)];
    },
  });
  hub.world.clock = Date.parse('2026-11-23T09:00:00+07:00');
});
afterAll(() => hub.stop());

let count = 0;
async function received(): Promise<intake.SubmitDossierResponse> {
  const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: `GCS-${++count}` }) } };
  const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
  const submission = intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents });
  const answer = await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `s-${count}`, submission }), counter);
  await vi.waitFor(async () => expect((await work(answer.code)).deskLeg!.leg!.state).toBe(pb.LegState.WORKING), { timeout: 30_000 });
  return answer;
}
const work = async (code: string): Promise<agency.Work> => (await hub.call<agency.GetWorkResponse>('general-agency', 'getWork', agency.GetWorkRequest.fromPartial({ code, leg }), office)).work!;
const say = (method: string, request: object): Promise<unknown> => hub.call('general-agency', method, { requestId: `w-${++count}`, office: '', leg, ...request }, office);
const noticesFor = async ({ code, receipt }: intake.SubmitDossierResponse, proof?: intake.TrackDossierRequest['proof']): Promise<readonly pb.Notice[]> =>
  (await hub.call<intake.TrackDossierResponse>('intake', 'trackDossier', { code, proof: proof ?? { $case: 'secret', value: receipt!.trackSecret } })).status!.notices;

async function segments(service: string, folder: string): Promise<readonly Uint8Array[]> {
  return (await stores.get(service)!.load(folder))!.segments;
}

/** Folds what a store holds from nothing, with every hash and signature looked at. */
async function proven(service: string, folder: string): Promise<number> {
  const entries = wholeEntries(await segments(service, folder)).map(({ bytes, proof }) => decodeEntry(bytes, hub.world.hash(bytes), proof));
  if (entries.some(isMalformed)) throw new Error('an entry that cannot be read');
  const copy = emptyFolder(folder);
  const { rejected } = union(copy, entries, { verify: hub.world.verify, maySucceed: hub.world.maySucceed });
  expect([rejected, copy.buffered]).toEqual([[], []]);
  const held = [...copy.logs.values()].reduce((sum, log) => sum + log.entries.length, 0);
  expect(held).toBe(entries.length);
  return held;
}

test('a supplement is asked with a reason that the citizen reads, that no entry holds, and that can be erased', async () => {
  const answer = await received();
  await say('requestSupplement', agency.RequestSupplementRequest.fromPartial({ code: answer.code, documents: ['birth-notice'], ground: '309/2026/NĐ-CP, Điều 8', reason: secret, requestId: 'ask', leg }));
  await vi.waitFor(async () => expect((await noticesFor(answer)).map((one) => [one.kind, one.text])).toEqual([['supplement-asked', secret]]), { timeout: 30_000 });
  expect((await work(answer.code)).words.map((one) => [one.kind, one.officer, one.texts])).toEqual([['supplement-asked', 'cb-04', { reason: secret }]]);
  expect(await noticesFor(answer, { $case: 'identityLast4', value: 'CS-1' }).catch(() => 'refused')).toBe('refused');

  for (const service of stores.keys()) for (const bytes of await segments(service, answer.folder)) expect(Buffer.from(bytes).includes(Buffer.from(secret))).toBe(false);
  await hub.quiet();
  const own = await proven('general-agency', answer.folder), intakes = await proven('intake', answer.folder);
  await erase('general-agency', answer.folder);
  expect(await noticesFor(answer)).toEqual([]);
  expect((await work(answer.code)).words).toEqual([]);
  // Erasing takes no entry away; what was under way meanwhile may have come.
  expect(await proven('general-agency', answer.folder)).toBeGreaterThanOrEqual(own);
  expect(await proven('intake', answer.folder)).toBeGreaterThanOrEqual(intakes);
});

/** As an erasure does: the words go, with their salt. */
async function erase(service: string, folder: string): Promise<void> {
  const store = stores.get(service)!;
  const names = await hub.modules.find((one) => one.name === service)!.participant.view(folder, ({ state }) => state.dossier.entries.flatMap((one) => (one.body.words === undefined ? [] : [`p:${one.body.words.commitment}`])));
  expect(names).toHaveLength(1);
  // The service may be noting an acknowledgement at the same time.
  await vi.waitFor(async () => {
    const { version, wakeAt, unsettled } = (await store.load(folder))!;
    const done = await store.append({ id: folder, expectedVersion: version, incarnation: hub.world.keys.incarnationOf(service), wakeAt, unsettled, asides: names!.map((name) => ({ name, bytes: null })) });
    expect(done.ok).toBe(true);
  }, { timeout: 30_000 });
}

test.each<[string, string, object, string, string]>([
  ['a ground in prose', 'requestSupplement', { documents: ['birth-notice'], ground: 'thiếu chữ ký của ông Tư' }, 'GROUND_INVALID', 'ground'],
  ['a refusal without act', 'refuseLeg', { reason: 'không đủ', ground: 'theo quy định' }, 'GROUND_INVALID', 'ground'],
  ['an act in prose', 'insertLeg', { name: 'more', insertedOffice: office, role: 'civil-status', limit: '1wd', act: 'theo đề nghị của ông Tư', reason: 'x', reads: [] }, 'GROUND_INVALID', 'act'],
  ['a name where a code belongs', 'assignLeg', { officer: 'Nguyễn Văn Tư', untilDate: '', substituteFor: '', officerName: '', substituteName: '' }, 'FIELD_INVALID', 'officer'],
  ['too many words', 'returnLeg', { target: { $case: 'notOurs', value: {} }, reason: 'x'.repeat(2_001) }, 'FIELD_INVALID', 'reason'],
  ['a reason that is not read as it is printed', 'refuseLeg', { reason: 'thiếu \u202eabc', ground: '1/2026/NĐ-CP' }, 'FIELD_INVALID', 'reason'],
  ['a name with what nobody sees', 'assignLeg', { officer: 'cb-1', untilDate: '', substituteFor: '', officerName: 'Nguyễn\u200bVăn Tư', substituteName: '' }, 'FIELD_INVALID', 'officer_name'],
])('%s is refused, naming the field', async (_what, method, request, code, field) => {
  const { code: dossier } = await received();
  const types = { requestSupplement: agency.RequestSupplementRequest, refuseLeg: agency.RefuseLegRequest, insertLeg: agency.InsertLegRequest, assignLeg: agency.AssignLegRequest, returnLeg: agency.ReturnLegRequest } as const;
  const full = (types[method as keyof typeof types] as { fromPartial(given: object): object }).fromPartial({ ...request, code: dossier, leg, requestId: `bad-${++count}` });
  await expect(hub.call('general-agency', method, full, office)).rejects.toMatchObject({ code, field });
});
