/** What is wrong is refused by name, with the field and a remedy, and nothing is written. */
import { createGeneralAgency } from '@lienthong/general-agency';
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { HubError, textOf } from '@lienthong/kernel';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createIntake } from '@lienthong/intake';

const counter = 'counter-20410-202507';
const day = Date.parse('2026-11-23T09:00:00+07:00');
let hub: MemoryHub;

beforeAll(async () => {
  hub = await memoryHub({
    services: ['intake', 'general-agency'], rehearsalsAllowed: false,
    compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(portsOf('general-agency'))],
  });
  hub.world.clock = day;
});
afterAll(() => hub.stop());

const shown = (document: string): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } });
const upload = (digest: string): pb.DocumentInput => ({ document: 'application-form', origin: { $case: 'upload', value: { digest, size: 3, mediaType: 'application/pdf' } } });
const mother = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' });
const child: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', mother }) } };

function submission(change: Partial<intake.Submission> = {}): intake.Submission {
  return { ...intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: child, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents: [shown('application-form'), shown('birth-notice')] }), ...change };
}
const submit = (requestId: string, change: Partial<intake.Submission> = {}, office = counter): Promise<intake.SubmitDossierResponse> => hub.call('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId, submission: submission(change) }), office);

async function refusal(run: Promise<unknown>): Promise<HubError> {
  const error = await run.then(() => undefined, (caught: unknown) => caught);
  if (!(error instanceof HubError)) throw error ?? new Error('it was accepted');
  return error;
}
const written = (): number => hub.modules.reduce((sum, one) => sum + one.participant.lastCommit(), 0);
const citizen = (value: Partial<pb.Citizen>): pb.Party => ({ party: { $case: 'citizen', value: { ...mother, ...value } } });

describe('a submission', () => {
  test.each<[string, Partial<intake.Submission>, string, string]>([
    ['of an unknown procedure', { procedure: '9.999999' }, 'UNKNOWN_PROCEDURE', 'submission.procedure'],
    ['without a procedure', { procedure: '' }, 'FIELD_MISSING', 'submission.procedure'],
    ['of a case that the procedure lacks', { case: 'nowhere' }, 'UNKNOWN_CASE', 'submission.case'],
    ['through no channel', { channel: pb.Channel.UNSPECIFIED }, 'FIELD_MISSING', 'submission.channel'],
    ['for an area that does not exist', { areas: intake.Areas.fromPartial({ subject: '99999' }) }, 'UNKNOWN_AREA', 'submission.areas.subject'],
    ['for an area that has ended', { areas: intake.Areas.fromPartial({ subject: '20410@2025-01-01', residence: '20410@2025-01-01' }) }, 'UNKNOWN_AREA', ''],
    ['without the area that the procedure needs', { areas: intake.Areas.fromPartial({}) }, 'AREA_MISSING', 'submission.areas.residence'],
    ['without a required document', { documents: [shown('application-form')] }, 'DOCUMENT_MISSING', 'submission.documents'],
    ['with a document of another procedure', { documents: [shown('application-form'), shown('birth-notice'), shown('land-certificate')] }, 'DOCUMENT_UNKNOWN', 'submission.documents'],
    ['with an upload that is not there', { documents: [upload('a'.repeat(64)), shown('birth-notice')] }, 'UNKNOWN_DOCUMENT', 'submission.documents.upload.digest'],
    ['with an upload whose digest is in capitals', { documents: [upload('A'.repeat(64)), shown('birth-notice')] }, 'FIELD_INVALID', 'submission.documents.upload.digest'],
    ['with a document of no origin', { documents: [{ document: 'application-form' } as pb.DocumentInput, shown('birth-notice')] }, 'FIELD_MISSING', 'submission.documents.origin'],
    ['with one document twice', { documents: [shown('application-form'), shown('application-form'), shown('birth-notice')] }, 'FIELD_INVALID', 'submission.documents'],
    ['without an applicant', { applicant: undefined } as Partial<intake.Submission>, 'FIELD_MISSING', 'submission.applicant'],
    ['of a citizen whose number is too short', { applicant: citizen({ identityNumber: '123' }) }, 'FIELD_INVALID', 'submission.applicant.citizen.identity_number'],
    ['of a citizen without a number', { applicant: citizen({ identityNumber: '' }) }, 'FIELD_MISSING', 'submission.applicant.citizen.identity_number'],
    ['with a telephone number that is none', { contact: { phone: 'không có' } as pb.Contact }, 'FIELD_INVALID', 'submission.contact.phone'],
    ['with a telephone number that lacks digits', { contact: { phone: '0905 123' } as pb.Contact }, 'FIELD_INVALID', 'submission.contact.phone'],
    ['of a newborn without a date of birth', { applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: 'hôm qua', mother }) } } }, 'FIELD_INVALID', 'submission.applicant.newborn.birth_date'],
    ['of a newborn of a leap day that there was not', { applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-02-29', mother }) } } }, 'FIELD_INVALID', 'submission.applicant.newborn.birth_date'],
    ['by a proxy without authority', { submitter: pb.Submitter.fromPartial({ kind: pb.SubmitterKind.PROXY, party: citizen({}) }) }, 'FIELD_MISSING', 'submission.submitter.authority'],
    ['to be returned by post to nowhere', { returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.POST }) }, 'FIELD_MISSING', 'submission.return_to.delivery_address'],
    ['to be returned at an office that is no counter', { returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.COUNTER, office: 'committee-20410-202507' }) }, 'NOT_A_COUNTER', 'submission.return_to.office'],
    ['as a rehearsal where none are allowed', { rehearsal: { startTime: new Date(day) } }, 'REHEARSAL_REFUSED', 'submission.rehearsal'],
    ['with a declaration beyond its bound', { declaration: { reason: 'x'.repeat(5_000) } }, 'FIELD_INVALID', 'submission.declaration.reason'],
  ])('%s is refused', async (_what, change, code, field) => {
    const before = written();
    const error = await refusal(submit(`bad-${code}-${Math.abs(hash(JSON.stringify(change)))}`, change));
    expect(error.code).toBe(code);
    if (field !== '') expect(error.field).toBe(field);
    expect(error.row.remedy.vi).not.toBe('');
    expect(written()).toBe(before);
  });

  test('that would be a rehearsal where none are allowed is refused in the dry run, too', async () => {
    const check = hub.call('intake', 'checkSubmission', intake.CheckSubmissionRequest.fromPartial({ submission: submission({ rehearsal: { startTime: new Date(day) } }) }), counter);
    expect((await refusal(check)).code).toBe('REHEARSAL_REFUSED');
  });

  test.each([
    ['an unknown office', 'nowhere', 'UNKNOWN_OFFICE'], ['an office that has ended', 'counter-20410-202501', 'OFFICE_NOT_IN_FORCE'], ['an office that is no counter', 'committee-20410-202507', 'NOT_A_COUNTER'], ['nobody', '', 'CALLER_UNKNOWN'],
  ])('from %s is refused', async (_what, office, code) => {
    expect((await refusal(submit(`office-${code}`, {}, office))).code).toBe(code);
  });

  test.each([['empty', ''], ['too long', 'x'.repeat(65)], ['with a mark that separates', 'a#b']])('with a request id that is %s is refused', async (_what, id) => {
    expect((await refusal(submit(id))).field).toBe('request_id');
  });

  test('of a day before the catalogue begins is refused, naming the day', async () => {
    hub.world.clock = Date.parse('2021-06-01T09:00:00+07:00');
    const error = await refusal(submit('too-early')).finally(() => { hub.world.clock = day; });
    expect([error.code, error.meta['date']]).toEqual(['UNKNOWN_AREA', '2021-06-01']);
  });

  test('repeated with the same content is answered identically, with other content refused', async () => {
    const first = await submit('twice');
    expect(JSON.stringify(await submit('twice'))).toBe(JSON.stringify(first));
    expect((await refusal(submit('twice', { documents: [shown('application-form'), shown('birth-notice')], contact: pb.Contact.fromPartial({ phone: '0905000111' }) }))).code).toBe('REQUEST_ID_REUSED');
  });

  test('of the same thing by the same person is received with a warning that names the first', async () => {
    const first = await submit('duplicate-1', { applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-02', birthNoticeNumber: 'GCS-77' }) } } });
    const second = await submit('duplicate-2', { applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-02', birthNoticeNumber: 'GCS-77' }) } } });
    expect(second.warnings.find((one) => one.kind === intake.WarningKind.POSSIBLE_DUPLICATE)?.about).toBe(first.code);
  });
});

describe('a command on a leg', () => {
  const leg = 'registration', office = 'committee-20410-202507';
  let code = '';
  beforeAll(async () => {
    code = (await submit('for-legs', { contact: pb.Contact.fromPartial({ phone: '0905222333' }), applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-03', birthNoticeNumber: 'GCS-78' }) } } })).code;
    await vi.waitFor(async () => { const { legs } = await hub.call<agency.ListLegsResponse>('general-agency', 'listLegs', agency.ListLegsRequest.fromPartial({ pageSize: 200 }), office); expect(legs.map((one) => one.code)).toContain(code); }, { timeout: 30_000 });
  });
  const complete = (change: Partial<agency.CompleteLegRequest>, by = office): Promise<unknown> => hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: 'c-1', code, leg, verdict: agency.Verdict.DONE, results: [{ result: 'KQ.G15.000031', number: '12/2026' }], ...change } as agency.CompleteLegRequest), by);

  test.each<[string, Partial<agency.CompleteLegRequest>, string]>([
    ['of an unknown dossier', { code: 'H17.1-261123-9999' }, 'UNKNOWN_DOSSIER'], ['on no leg', { leg: '' }, 'FIELD_MISSING'], ['on an unknown leg', { leg: 'nowhere' }, 'UNKNOWN_LEG'], ['with a verdict that there is none of', { verdict: 7 as agency.Verdict }, 'FIELD_INVALID'], ['without a verdict and without the result', { verdict: agency.Verdict.UNSPECIFIED, results: [] }, 'RESULT_MISSING'],
    ['without the result that the leg issues', { results: [] }, 'RESULT_MISSING'], ['with a result of another leg', { results: [{ result: 'KQ.X', number: '1', digest: '' }] }, 'RESULT_UNKNOWN'], ['of a round that is not the present one', { round: 7 }, 'NOT_THIS_ROUND'],
    ['that refuses without reason', { verdict: agency.Verdict.REFUSED, results: [] }, 'REASON_MISSING'],
  ])('%s is refused', async (_what, change, expected) => {
    const before = written();
    expect((await refusal(complete(change))).code).toBe(expected);
    expect(written()).toBe(before);
  });

  test('names the field in which no leg is given', async () => {
    const back = (target: agency.ReturnLegRequest['target'], of = leg): Promise<unknown> => hub.call('general-agency', 'returnLeg', agency.ReturnLegRequest.fromPartial({ requestId: 'b-1', code, leg: of, reason: 'sai', target } as agency.ReturnLegRequest), office);
    const skip = (legs: string[]): Promise<unknown> => hub.call('general-agency', 'skipLegs', agency.SkipLegsRequest.fromPartial({ requestId: 's-1', code, leg, legs, reason: 'thừa' }), office);
    const work = hub.call('general-agency', 'getWork', agency.GetWorkRequest.fromPartial({ code, leg: ' ' }), office);
    const errors = await Promise.all([work, complete({ leg: '' }), back({ $case: 'toLeg', value: '' }), back({ $case: 'toLeg', value: leg }, ''), skip([''])].map(refusal));
    expect(errors.map(({ code: reason, field }) => `${reason} ${field}`)).toEqual(['FIELD_MISSING leg', 'FIELD_MISSING leg', 'FIELD_MISSING to_leg', 'FIELD_MISSING leg', 'FIELD_MISSING legs']);
  });

  test('from an office that does not hold it is refused, naming who does', async () => {
    const error = await refusal(complete({}, 'committee-20335-202507'));
    expect([error.code, error.meta['holder']]).toEqual(['NOT_HOLDER', 'Ủy ban nhân dân phường Hội An']);
  });

  test('in the name of another office than the calling one is refused', async () => {
    const error = await refusal(complete({ office: 'committee-20335-202507' }));
    expect([error.code, error.field]).toEqual(['ACTS_FOR_ANOTHER_OFFICE', 'office']);
    expect(textOf(error, 'vi')).toBe('Bên gọi là committee-20410-202507, không được thực hiện thay committee-20335-202507. Để trống office hoặc ghi committee-20410-202507; việc của committee-20335-202507 thì gọi với lienthong-office của cơ quan đó.');
  });

  test('out of order is refused: what is complete is not completed again under another request', async () => {
    await complete({ requestId: 'c-2' });
    expect((await refusal(complete({ requestId: 'c-3' }))).code).toBe('OUT_OF_ORDER');
  });
});

describe('a typed error', () => {
  test('put right after receipt reaches the officer who already works on it', async () => {
    const { code } = await submit('for-correction', { applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-05', birthNoticeNumber: 'GCS-80', mother }) } } });
    const seenName = async (): Promise<string | undefined> => {
      const { work } = await hub.call<agency.GetWorkResponse>('general-agency', 'getWork', agency.GetWorkRequest.fromPartial({ code, leg: 'registration' }), 'committee-20410-202507');
      const json = work!.particulars.find((one) => one.part === 'applicant')?.json;
      return json === undefined ? undefined : (JSON.parse(json) as { newborn: { mother: { fullName: string } } }).newborn.mother.fullName;
    };
    await vi.waitFor(async () => expect(await seenName()).toBe('Trần Thị Bông'), { timeout: 30_000 });
    const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-05', birthNoticeNumber: 'GCS-80', mother: { ...mother, fullName: 'Trần Thị Bống' } }) } };
    await hub.call('intake', 'correctParticulars', intake.CorrectParticularsRequest.fromPartial({ requestId: 'correct-1', code, reason: 'gõ sai dấu', applicant }), counter);
    await vi.waitFor(async () => expect(await seenName()).toBe('Trần Thị Bống'), { timeout: 30_000 });
  });
});

describe('looking at a dossier', () => {
  test('with a wrong proof and with an unknown code looks the same, and is slowed down', async () => {
    const { code } = await submit('for-looking', { applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-04', birthNoticeNumber: 'GCS-79', mother }) } } });
    const look = (of: string, last4: string): Promise<HubError> => refusal(hub.call('intake', 'trackDossier', { code: of, proof: { $case: 'identityLast4', value: last4 } }));
    expect([(await look(code, '0000')).code, (await look('H17.125.02-261123-9998', '0000')).code]).toEqual(['TRACK_REFUSED', 'TRACK_REFUSED']);
    for (let n = 0; n < 6; n++) await look(code, '0000');
    expect((await look(code, '1234')).code).toBe('TOO_MANY_TRIES');
  });
  test('stays open to whoever has the receipt, however many others have guessed', async () => {
    const { code, receipt } = await submit('for-guessing', { applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-06', birthNoticeNumber: 'GCS-81', mother }) } } });
    const look = (proof: intake.TrackDossierRequest['proof']): Promise<intake.TrackDossierResponse> => hub.call('intake', 'trackDossier', { code, proof });
    for (let n = 0; n < 8; n++) await refusal(look({ $case: 'identityLast4', value: '0000' }));
    expect((await refusal(look({ $case: 'secret', value: '0'.repeat(32) }))).code).toBe('TOO_MANY_TRIES');
    expect((await look({ $case: 'secret', value: receipt!.trackSecret })).status?.code).toBe(code);
  });
});

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) | 0;
  return value;
}
