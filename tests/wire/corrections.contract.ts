/** What was typed wrongly at the receipt is put right by a counter: what is named changes, everything else stays, and it is judged as it was at filing. */
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { businessHub, counter } from './business-hub.ts';

const citizen = (fullName: string): pb.Party => ({ party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName, identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001111' }) } });
const form = { businessName: 'Hoa Mai', address: '1 Lê Lợi', capital: '5', industryCodes: '4711' };
let hub: MemoryHub, requests = 0, code = '';

beforeAll(async () => {
  hub = await businessHub();
  const submission = intake.Submission.fromPartial({
    procedure: '1.001612', case: 'standard', channel: pb.Channel.COUNTER, applicant: citizen('Phạm Thị Lan'), areas: { subject: '20410@2025-07-01' } as intake.Areas, declaration: form,
    documents: [{ document: 'application-form', origin: { $case: 'presented', value: {} } }],
  });
  ({ code } = await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: 'submit', submission }), counter));
  await testDesk(hub, 'business-registration').received(code);
});
afterAll(() => hub.stop());

const correct = (more: object, requestId = `request-${++requests}`): Promise<intake.CorrectParticularsResponse> => hub.call('intake', 'correctParticulars', intake.CorrectParticularsRequest.fromPartial({ requestId, code, reason: 'gõ nhầm', ...more }), counter);
const refusal = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);
/** As the office that works on it reads it. */
async function onDesk(): Promise<unknown> {
  const { particulars }: agency.Work = await testDesk(hub, 'business-registration').work(code);
  return JSON.parse(particulars.find(({ part }) => part === 'declaration')?.json ?? '{}');
}

test('of the form only the fields that are named change; an empty value takes one out, and a repeat changes nothing', async () => {
  const first = await correct({ declaration: { capital: '50' } }, 'capital');
  await until('the office to have it', async () => (await onDesk() as typeof form).capital === '50');
  expect(await onDesk()).toEqual({ ...form, capital: '50' });
  await correct({ declaration: { address: '', phone: '0905' } });
  const { address: _gone, ...rest } = form, now = { ...rest, capital: '50', phone: '0905' };
  await until('the office to have it', async () => (await onDesk() as { phone?: string }).phone === '0905');
  expect([await onDesk(), (await correct({ declaration: { capital: '50' } }, 'capital')).receipt]).toEqual([now, first.receipt]);
  expect(await onDesk()).toEqual(now);
});

test('how somebody is reached, forgotten at the receipt, is added, and put right again later', async () => {
  for (const phone of ['0905123456', '0905123457']) await correct({ contact: { phone } });
  const notice = hub.modules.find((one) => one.name === 'intake')!.participant, folders = await notice.find('code', code, 1);
  const part = await notice.view(folders[0]!, ({ state }) => state.dossier.root!.particulars.get('contact')!.commitment);
  const [kept] = await notice.asides(folders[0]!, [`p:${part}`]);
  expect(Buffer.from(kept!.bytes!).toString('utf8')).toContain('0905123457');
});

test('two corrections of the form at one moment both hold', async () => {
  const sent = ['a', 'b', 'c'].map((name) => ({ name, request: `both-${name}` }));
  const again = async ({ name, request }: (typeof sent)[number]): Promise<unknown> => correct({ declaration: { [name]: name } }, request).catch((error: { code?: string }) => { if (error.code !== 'CONFLICT_PERSISTS') throw error; return again({ name, request }); });
  await Promise.all(sent.map(again));
  await until('the office to have it', async () => { const now = await onDesk() as Record<string, string>; return 'a' in now && 'b' in now && 'c' in now; });
  expect(await onDesk()).toMatchObject({ a: 'a', b: 'b', c: 'c', capital: '50' });
});

test.each<[string, object, string]>([
  ['a field of the form beyond its bound', { declaration: { capital: 'x'.repeat(4_001) } }, 'FIELD_INVALID declaration.capital'],
  ['a field of the form with what nobody sees', { declaration: { capital: '5\u200b0' } }, 'FIELD_INVALID declaration.capital'],
  ['more fields than a form has', { declaration: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`f${n}`, 'x'])) }, 'FIELD_INVALID declaration'],
  ['a co-applicant who is nobody', { coApplicants: [{}] }, 'FIELD_MISSING co_applicants[0]'],
  ['more co-applicants than there may be', { coApplicants: Array.from({ length: 21 }, () => citizen('Lê Văn A')) }, 'FIELD_INVALID co_applicants'],
  ['a proxy without authority', { submitter: { kind: pb.SubmitterKind.PROXY, party: citizen('Lê Văn A') } }, 'FIELD_MISSING submitter.authority'],
  ['a part that was not handed in, by its name in the request', { coApplicants: [citizen('Lê Văn A')] }, 'FIELD_INVALID co_applicants'],
  ['another such part', { submitter: { kind: pb.SubmitterKind.PROXY, party: citizen('Lê Văn A'), authority: { number: 'UQ-1', issuer: 'UBND', issueDate: '2026-01-05' } } }, 'FIELD_INVALID submitter'],
  ['a delivery that was not ordered', { delivery: { address: '3 Lê Lợi' } }, 'FIELD_INVALID delivery'],
  ['a delivery to nowhere', { delivery: { receiverName: 'A' } }, 'FIELD_MISSING delivery.address'],
  ['an address beyond its bound', { delivery: { address: 'x'.repeat(501) } }, 'FIELD_INVALID delivery.address'],
  ['an address with what nobody sees', { delivery: { address: '3 Lê\u202ELợi' } }, 'FIELD_INVALID delivery.address'],
  ['a receiver whose name is too long', { delivery: { address: '3 Lê Lợi', receiverName: 'x'.repeat(201) } }, 'FIELD_INVALID delivery.receiver_name'],
  ['a telephone beyond its bound', { delivery: { address: '3 Lê Lợi', phone: '0'.repeat(51) } }, 'FIELD_INVALID delivery.phone'],
  ['a reason of blanks', { applicant: citizen('Lê Văn A'), reason: ' \u00A0 ' }, 'REASON_MISSING reason'],
  ['nothing to correct', {}, 'FIELD_MISSING applicant'],
])('refuses %s', async (_what, more, said) => {
  expect(await refusal(correct(more))).toBe(said);
});

test.each([['address', { address: '3 Lê\u200BLợi' }], ['giver_name', { address: '3 Lê Lợi', giverName: 'Mai\u202EX' }], ['phone', { address: '3 Lê Lợi', phone: '0905\n1' }]])('a postman is sent to no %s that reads otherwise than it is', async (field, where) => {
  const order = intake.OrderPickUpRequest.fromPartial({ requestId: `pick-${++requests}`, code, documents: ['member-authority'], ...where });
  expect(await refusal(hub.call('intake', 'orderPickUp', order, counter))).toBe(`FIELD_INVALID ${field}`);
});

test('where somebody lives is a unit that exists, of the applicant and of whoever hands in; a foreigner has none', async () => {
  const at = (residence: string): pb.Party => ({ party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Phạm Thị Lan', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001111', residence }) } });
  const submission = (more: object): intake.Submission => intake.Submission.fromPartial({ procedure: '1.001612', case: 'standard', channel: pb.Channel.COUNTER, applicant: at('20410'), areas: { subject: '20410' }, declaration: form, documents: [{ document: 'application-form', origin: { $case: 'presented', value: {} } }], ...more });
  const submit = (more: object): Promise<string> => refusal(hub.call('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `lives-${++requests}`, submission: submission(more) }), counter));
  expect(await submit({ applicant: at('99999') })).toBe('UNKNOWN_AREA submission.applicant.citizen.residence');
  expect(await submit({ coApplicants: [at('20410'), at('99999')] })).toBe('UNKNOWN_AREA submission.co_applicants[1].citizen.residence');
  expect(await submit({ submitter: { kind: pb.SubmitterKind.SELF, party: at('99999') } })).toBe('UNKNOWN_AREA submission.submitter.party.citizen.residence');
  expect(await refusal(correct({ applicant: at('99999') }))).toBe('UNKNOWN_AREA applicant.citizen.residence');
  expect(await refusal(correct({ applicant: at('20410') }))).toBe('none');
});
