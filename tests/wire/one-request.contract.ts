/** What is said of a dossier once: the papers that the citizen is asked for, the form as it is put right, who stands in for an officer. */
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import type { HubError } from '@lienthong/kernel';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const counter = 'counter-20410-202507', office = 'committee-20410-202507', leg = 'registration', ground = '309/2026/NĐ-CP, Điều 8';
let hub: MemoryHub;

beforeAll(async () => {
  hub = await memoryHub({ services: ['intake', 'general-agency'], compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(portsOf('general-agency'))] });
  hub.world.clock = Date.parse('2026-11-23T09:00:00+07:00');
});
afterAll(() => hub.stop());

let count = 0;
function submissionOf(more: Partial<intake.Submission> = {}): intake.SubmitDossierRequest {
  const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: `GCS-1${++count}` }) } };
  const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
  const submission = intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents, ...more });
  return intake.SubmitDossierRequest.fromPartial({ requestId: `s-${count}`, submission });
}
const submit = (request: intake.SubmitDossierRequest): Promise<intake.SubmitDossierResponse> => hub.call('intake', 'submitDossier', request, counter);
async function received(more: Partial<intake.Submission> = {}): Promise<string> {
  const { code } = await submit(submissionOf(more));
  await vi.waitFor(async () => expect((await work(code)).deskLeg!.leg!.state).toBe(pb.LegState.WORKING), { timeout: 10_000 });
  return code;
}
const work = async (code: string): Promise<agency.Work> => (await hub.call<agency.GetWorkResponse>('general-agency', 'getWork', agency.GetWorkRequest.fromPartial({ code, leg }), office)).work!;
const answer = (call: Promise<unknown>): Promise<string> => call.then(() => '', ({ code, field }: HubError) => `${code} ${field}`);

describe('the one supplement', () => {
  const ask = (code: string, documents: readonly string[]): Promise<string> => answer(hub.call('general-agency', 'requestSupplement', agency.RequestSupplementRequest.fromPartial({ requestId: `a-${++count}`, code, leg, documents: [...documents], ground }), office));

  test('is not spent on papers that nobody can bring, or that are named twice', async () => {
    const code = await received();
    expect(await ask(code, ['giay-chung-sinh'])).toBe('DOCUMENT_UNKNOWN documents');
    expect(await ask(code, ['authority', 'giay-chung-sinh'])).toBe('DOCUMENT_UNKNOWN documents');
    expect(await ask(code, ['authority', 'authority'])).toBe('FIELD_INVALID documents');
    expect(await ask(code, Array.from({ length: 51 }, (_one, n) => `giay-${n}`))).toBe('FIELD_INVALID documents');
    expect(await ask(code, ['authority'])).toBe('');
  });
});

describe('a field of the form that is put right', () => {
  const correct = (code: string, more: object): Promise<string> => answer(hub.call('intake', 'correctParticulars', intake.CorrectParticularsRequest.fromPartial({ requestId: `c-${++count}`, code, reason: 'gõ nhầm', ...more }), counter));
  const form = async (code: string): Promise<unknown> => JSON.parse((await work(code)).particulars.find((one) => one.part === 'declaration')!.json);

  test('leaves the others as they are; one that is given empty is taken out', async () => {
    const code = await received({ declaration: { childName: 'Trần Văn Bông', birthPlace: 'Hội An', note: 'nhầm' } });
    expect(await correct(code, { declaration: { childName: 'Trần Văn Bống', note: '' } })).toBe('');
    await vi.waitFor(async () => expect(await form(code)).toEqual({ childName: 'Trần Văn Bống', birthPlace: 'Hội An' }), { timeout: 10_000 });
    expect(await correct(code, { declaration: { ethnicity: 'Kinh' } })).toBe('');
    await vi.waitFor(async () => expect(await form(code)).toEqual({ childName: 'Trần Văn Bống', birthPlace: 'Hội An', ethnicity: 'Kinh' }), { timeout: 10_000 });
  });

  test('is bounded as in a submission', async () => {
    const code = await received({ declaration: { childName: 'Bông' } });
    expect(await correct(code, { declaration: { childName: 'x'.repeat(4_001) } })).toBe('FIELD_INVALID declaration.childName');
    expect(await correct(code, { declaration: Object.fromEntries(Array.from({ length: 200 }, (_one, n) => [`f${n}`, '1'])) })).toBe('FIELD_INVALID declaration');
    expect(await correct(code, { coApplicants: Array.from({ length: 21 }, () => ({ party: { $case: 'newborn', value: { birthDate: '2026-11-01', birthNoticeNumber: 'GCS-9' } } })) })).toBe('FIELD_INVALID co_applicants');
  });

  test('belongs to the dossier: what was forgotten is added where the form has a place for it; elsewhere what was not handed in is not corrected, and the field is named', async () => {
    const code = await received();
    expect(await correct(code, { coApplicants: [{ party: { $case: 'newborn', value: { birthDate: '2026-11-01', birthNoticeNumber: 'GCS-9' } } }] })).toBe('FIELD_INVALID co_applicants');
    expect(await correct(code, { declaration: { childName: 'Bông' } })).toBe('');
    expect(await correct(code, { contact: { phone: '0905111222' } })).toBe('');
    await vi.waitFor(async () => expect((await work(code)).particulars.map(({ part, json }) => [part, json])).toContainEqual(['declaration', '{"childName":"Bông"}']), { timeout: 10_000 });
  });
});

describe('a substitution', () => {
  const assign = (code: string, more: object): Promise<string> => answer(hub.call('general-agency', 'assignLeg', agency.AssignLegRequest.fromPartial({ requestId: `o-${++count}`, code, leg, officer: 'cb-2', ...more }), office));
  const onDeskOf = async (officer: string): Promise<string[]> => (await hub.call<agency.ListLegsResponse>('general-agency', 'listLegs', agency.ListLegsRequest.fromPartial({ officer }), office)).legs.map((one) => one.code);

  test('ends with its last day: then the leg is with whoever was stood in for', async () => {
    const code = await received();
    expect(await assign(code, { untilDate: '2026-11-22', substituteFor: 'cb-1' })).toBe('FIELD_INVALID until_date');
    expect(await assign(code, { untilDate: '2026-11-23', substituteFor: 'cb-1' })).toBe('');
    expect([await onDeskOf('cb-1'), await onDeskOf('cb-2'), (await work(code)).deskLeg!.leg!.officer]).toEqual([[], [code], 'cb-2']);
    hub.world.clock = Date.parse('2026-11-24T08:00:00+07:00');
    expect([await onDeskOf('cb-1'), await onDeskOf('cb-2'), (await work(code)).deskLeg!.leg!.officer]).toEqual([[code], [], 'cb-1']);
  });
});

test('a desk names what its office may say: whoever is consulted gives an opinion, nobody completes what waits for one, and what may be said once is named until it is said', async () => {
  const code = await received(), consulted = 'committee-20335-202507';
  await hub.call('general-agency', 'consult', agency.ConsultRequest.fromPartial({ requestId: `n-${++count}`, code, leg, consultedOffice: consulted, question: 'có ý kiến?', limit: '2wd' }), office);
  const task = async (): Promise<agency.Work> => (await hub.call<agency.GetWorkResponse>('general-agency', 'getWork', agency.GetWorkRequest.fromPartial({ code, leg: `${leg}.opinion` }), consulted)).work!;
  await vi.waitFor(async () => expect((await task()).deskLeg!.leg!.state).toBe(pb.LegState.WORKING), { timeout: 10_000 });
  expect((await task()).admitted.toSorted()).toEqual(['AssignLeg', 'AttachDocument', 'AttachEvidence', 'CompleteLeg', 'ExtendLimit', 'RefuseLeg', 'RerouteLeg']);
  const ends = async (): Promise<string[]> => (await work(code)).admitted.filter((one) => one === 'CompleteLeg' || one === 'RefuseLeg').toSorted();
  expect(await ends()).toEqual(['RefuseLeg']);
  const once = async (): Promise<string[]> => (await work(code)).admitted.filter((one) => one === 'RequestSupplement' || one === 'ExtendLimit').toSorted();
  expect(await once()).toEqual(['ExtendLimit', 'RequestSupplement']);
  await hub.call('general-agency', 'requestSupplement', agency.RequestSupplementRequest.fromPartial({ requestId: `n-${++count}`, code, leg, documents: ['authority'], ground }), office);
  await hub.call('general-agency', 'extendLimit', agency.ExtendLimitRequest.fromPartial({ requestId: `n-${++count}`, code, leg, dueTime: new Date('2027-01-04T09:00:00+07:00'), ground }), office);
  await vi.waitFor(async () => expect([...await once(), ...await ends()]).toEqual([]), { timeout: 10_000 });
});

describe('who is consulted', () => {
  const consulted = 'committee-20335-202507', task = `${leg}.opinion`;
  const say = (code: string, more: object): Promise<string> => answer(hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: `p-${++count}`, code, leg: task, ...more }), consulted));

  test('says yes or no: an answer that says neither is no consent, and the asker sees who gave it', async () => {
    const code = await received();
    await hub.call('general-agency', 'consult', agency.ConsultRequest.fromPartial({ requestId: `p-${++count}`, code, leg, consultedOffice: consulted, question: 'có ý kiến?', limit: '2wd' }), office);
    await vi.waitFor(async () => expect(await say(code, {})).toBe('FIELD_MISSING opinion'), { timeout: 10_000 });
    expect(await say(code, { opinion: agency.Opinion.DISAGREE })).toBe('REASON_MISSING reason');
    expect(await say(code, { opinion: agency.Opinion.DISAGREE, reason: 'còn tranh chấp' })).toBe('');
    await vi.waitFor(async () => expect((await work(code)).outcomes.map((one) => [one.outcome, one.office])).toEqual([['disagree', consulted]]), { timeout: 10_000 });
  });
});

test('facts that are to be attached with a completion are looked at, and a wrong one completes nothing', async () => {
  const code = await received(), results = (await work(code)).resultCodes.map((result) => ({ result, number: '12/2026' }));
  const complete = (evidence: agency.EvidenceAttachment[]): Promise<string> => answer(hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: `e-${++count}`, code, leg, results, evidence }), office));
  const fact = (document: string): agency.EvidenceAttachment => ({ document, evidence: { service: 'land', evidence: 'land/0/1' } });
  expect(await complete([fact('giay-chung-sinh')])).toBe('DOCUMENT_UNKNOWN evidence.document');
  expect(await complete([fact('authority')])).toBe('UNKNOWN_ITEM evidence.evidence');
  expect(await complete(Array.from({ length: 21 }, () => fact('authority')))).toBe('FIELD_INVALID evidence');
  expect((await work(code)).deskLeg!.leg!.state).toBe(pb.LegState.WORKING);
  expect(await complete([])).toBe('');
});

test('a document or a fact that is not taken is named by its path in the request', async () => {
  const code = await received(), about = { code, leg };
  const fact = (evidence: object): Promise<string> => answer(hub.call('general-agency', 'attachEvidence', agency.AttachEvidenceRequest.fromPartial({ requestId: `f-${++count}`, ...about, ...evidence }), office));
  const paper = (document: object): Promise<string> => answer(hub.call('general-agency', 'attachDocument', agency.AttachDocumentRequest.fromPartial({ requestId: `f-${++count}`, ...about, ...document }), office));
  const upload = { $case: 'upload', value: { digest: 'a'.repeat(64), size: 3, mediaType: 'application/pdf' } } as const;
  expect([
    await fact({}), await fact({ evidence: { document: '' } }), await fact({ evidence: { document: 'giay-chung-sinh' } }), await fact({ evidence: { document: 'authority', evidence: { service: 'land', evidence: 'land/0/1' } } }),
    await paper({}), await paper({ document: { document: '' } }), await paper({ document: { document: 'giay-chung-sinh', origin: upload } }), await paper({ document: { document: 'authority' } }), await paper({ document: { document: 'authority', origin: upload } }),
  ]).toEqual([
    'FIELD_MISSING evidence', 'FIELD_MISSING evidence.document', 'DOCUMENT_UNKNOWN evidence.document', 'UNKNOWN_ITEM evidence.evidence',
    'FIELD_MISSING document', 'FIELD_MISSING document.document', 'DOCUMENT_UNKNOWN document.document', 'FIELD_MISSING document.origin', 'UNKNOWN_DOCUMENT document.upload.digest',
  ]);
});

describe('what the citizen reads', () => {
  const look = (code: string): Promise<intake.GetDossierResponse> => hub.call('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter);

  test('of a supplement: which papers, and until when they are waited for', async () => {
    const code = await received();
    await hub.call('general-agency', 'requestSupplement', agency.RequestSupplementRequest.fromPartial({ requestId: `w-${++count}`, code, leg, documents: ['authority'], ground }), office);
    await vi.waitFor(async () => expect((await look(code)).status!.next[0]!.text).toEqual({ vi: 'Người nộp bổ sung hồ sơ: Văn bản ủy quyền', en: 'The applicant completes the papers: Document of authority' }), { timeout: 10_000 });
    const { next, receivedTime } = (await look(code)).status!;
    expect(next[0]!.dueTime!.getTime()).toBeGreaterThan(receivedTime!.getTime());
  });

  test('of an office that is not competent: that the counter looks for the one that is, until it has placed the leg', async () => {
    const code = await received(), declined = agency.ReturnLegRequest.fromPartial({ requestId: `w-${++count}`, code, leg, reason: 'không thuộc thẩm quyền', target: { $case: 'notOurs', value: {} } });
    const { status, legs } = await look(code), { next: before } = status!, { title } = legs[0]!;
    await hub.call('general-agency', 'returnLeg', declined, office);
    await vi.waitFor(async () => expect((await look(code)).status!.next.map((one) => [one.text, one.office])).toEqual([
      [{ vi: `Bộ phận một cửa tìm cơ quan có thẩm quyền cho bước: ${title!.vi}`, en: `The counter looks for the competent office for: ${title!.en}` }, counter], ...before.map((one) => [one.text, one.office]),
    ]), { timeout: 10_000 });
    await hub.call('intake', 'placeLeg', intake.PlaceLegRequest.fromPartial({ requestId: `w-${++count}`, code, leg, toOffice: office, reason: 'đúng thẩm quyền' }), counter);
    await vi.waitFor(async () => expect((await look(code)).status!.next).toEqual(before), { timeout: 10_000 });
  });

  test('of a refusal: that it was refused, nowhere that something was completed', async () => {
    const code = await received();
    await hub.call('general-agency', 'refuseLeg', agency.RefuseLegRequest.fromPartial({ requestId: `w-${++count}`, code, leg, reason: 'không đủ điều kiện', ground }), office);
    await vi.waitFor(async () => expect((await look(code)).status!.closed).toBe(true), { timeout: 10_000 });
    const { history, notices } = (await look(code)).status!;
    expect(history.filter((one) => one.kind === 'leg-completed').map((one) => one.text!.vi)).toEqual(['Từ chối giải quyết: Đăng ký khai sinh']);
    expect(notices.map((one) => [one.title!.vi, one.text])).toEqual([['Từ chối giải quyết', 'không đủ điều kiện']]);
  });
});

describe('a submission', () => {
  const numberOf = (code: string): number => Number(/-0*(\d+)$/.exec(code)![1]);

  test('that comes several times at once takes one number, and each copy is answered the same', async () => {
    const before = numberOf(await received()), request = submissionOf();
    const answers = await Promise.all(Array.from({ length: 8 }, () => submit(request)));
    expect(new Set(answers.map((one) => Buffer.from(intake.SubmitDossierResponse.encode(one).finish()).toString('hex'))).size).toBe(1);
    expect([numberOf(answers[0]!.code) - before, numberOf(await received()) - before]).toEqual([1, 2]);
  });

  test('with other content under the same request at the same time is refused', async () => {
    const request = submissionOf(), other = { ...submissionOf(), requestId: request.requestId };
    expect(await Promise.all([submit(request).then(() => ''), answer(submit(other))])).toEqual(['', 'REQUEST_ID_REUSED request_id']);
  });
});
