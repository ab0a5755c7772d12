/** An issued result is corrected, issued again after loss, or revoked once its dossier is closed: who looks it up reads so, who relied on it elsewhere is told until he has looked, and the citizen sees it. */
import { agency, dossier as pb, evidence, intake, oversight } from '@lienthong/contract';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuingHub } from './issuing-hub.ts';

const counter = 'counter-20410-202507', commune = 'committee-20410-202507', day = Date.parse('2026-11-23T09:00:00+07:00'), permit = 'KQ.G17.000315', ground = '175/2024/NĐ-CP, Điều 58';
const owner: pb.Party = { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' }) } };
let hub: MemoryHub, requests = 0;
const requestId = (): string => `request-${++requests}`;

beforeAll(async () => { hub = await issuingHub(day); });
afterAll(() => hub.stop());

const desk = () => testDesk(hub, 'general-agency');
const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);

async function submit(procedure: string, papers: readonly string[], result = ''): Promise<{ readonly code: string; readonly secret: string }> {
  const submission = intake.Submission.fromPartial({
    procedure, case: 'standard', channel: pb.Channel.COUNTER, applicant: owner, areas: { subject: '20410@2025-07-01' } as intake.Areas, subject: { result } as intake.Subject,
    documents: papers.map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } })),
  });
  const { code, receipt } = await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: requestId(), submission }), counter);
  return { code, secret: receipt!.trackSecret };
}

type Done = { readonly code: string; readonly secret: string; readonly leg: string; readonly office: string };
/** Decided, handed out, closed. */
async function closed(given: { readonly code: string; readonly secret: string }, number: string, digest = ''): Promise<Done> {
  return closedWith(given, (results) => results.slice(0, 1).map((result) => ({ result, number, digest })));
}
/** `issues`: of the codes that its leg may issue. */
async function closedWith(given: { readonly code: string; readonly secret: string }, issues: (results: readonly string[]) => readonly { readonly result: string; readonly number: string; readonly digest: string }[]): Promise<Done> {
  const { code } = given;
  await desk().received(code);
  const { id: leg, office } = (await desk().leg(code))!, results = issues((await desk().work(code)).resultCodes);
  await hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: requestId(), code, leg, verdict: agency.Verdict.DONE, results } as agency.CompleteLegRequest), office);
  await until('the result at the counter', async () => (await statusOf(code)).results.length > 0);
  await hub.call('intake', 'returnResult', intake.ReturnResultRequest.fromPartial({ requestId: requestId(), code }), counter);
  await until(`${code} to close`, async () => (await statusOf(code)).closed && await known(code));
  return { ...given, leg, office };
}
/** Intake has heard of the number. */
const heard = async ({ code }: Done, number: string): Promise<unknown> => until('the counter to hear', async () => (await statusOf(code)).results.some((one) => one.number === number));
const statusOf = async (code: string): Promise<pb.DossierStatus> => (await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter)).status!;
/** Its office has heard that it is closed. */
async function known(code: string): Promise<boolean> {
  const { participant } = hub.modules.find((one) => one.name === 'general-agency')!, [folder] = await participant.find('code', code, 1);
  return await participant.view(folder!, ({ state }) => state.dossier.root?.closed != null) === true;
}
const issued = async (number: string, digest = ''): Promise<Done> => closed(await submit('1.013227', ['application-form', 'construction-permit']), number, digest);
/** The department adjusts the permit, which nobody brings, and closes. */
const adjusted = async (on: Done, number: string): Promise<Done> => closed(await submit('1.013231', ['application-form', 'adjusted-design', 'design-appraisal'], on.code), number);

const amend = (method: 'correctResult' | 'reissueResult', { code, leg, office }: Done, number: string, newNumber: string, more: object = {}): Promise<agency.CorrectResultResponse> =>
  hub.call('general-agency', method, agency.CorrectResultRequest.fromPartial({ requestId: requestId(), code, leg, result: permit, number, newNumber, ground, reason: 'ghi sai diện tích', ...more }), office);
const revoke = ({ code, leg, office }: Done, more: object = {}): Promise<agency.RevokeCompletionResponse> =>
  hub.call('general-agency', 'revokeCompletion', agency.RevokeCompletionRequest.fromPartial({ requestId: requestId(), code, leg, ground, reason: 'cấp sai', ...more }), office);
const lookUp = (given: object): Promise<intake.CheckResultResponse> => hub.call('intake', 'checkResult', intake.CheckResultRequest.fromPartial(given));
const { STANDS, CORRECTED, REISSUED, REVOKED } = pb.ResultStanding;

describe('a result of a closed dossier', () => {
  test('is looked up by code and number or by its file, and says what has become of it; the person is not told', async () => {
    const [first, second, third] = ['a1', 'a2', 'a3'].map((one) => one.repeat(32)) as [string, string, string];
    const done = await issued('21/GPXD', first);
    expect(await lookUp({ code: done.code.toLowerCase(), number: ' 21/GPXD ' })).toMatchObject({ standing: STANDS, result: permit, number: '21/GPXD', office: commune, issueTime: new Date(day), sinceTime: new Date(day), ground: '', rehearsal: false });
    hub.world.clock = day + 3_600_000;
    expect((await amend('correctResult', done, '21/GPXD', '22/GPXD', { digest: second })).receipt!.entries.map(({ kind }) => kind)).toEqual(['result-amended']);
    await amend('reissueResult', done, '22/GPXD', '23/GPXD', { digest: third });
    const standing = async (given: object): Promise<unknown> => { const { standing: it, number, sinceTime, ground: why } = await lookUp(given); return [number, it, sinceTime!.getTime() - day, why]; };
    await heard(done, '23/GPXD');
    expect([await standing({ digest: first.toUpperCase() }), await standing({ code: done.code, number: '22/GPXD' }), await standing({ digest: third })]).toEqual([
      ['21/GPXD', CORRECTED, 3_600_000, ground], ['22/GPXD', REISSUED, 3_600_000, ground], ['23/GPXD', STANDS, 3_600_000, ''],
    ]);
    await revoke(done);
    await until('the counter to hear', async () => (await lookUp({ digest: third })).standing === REVOKED);
    // Nothing counts in place of those before it either.
    expect([await standing({ digest: first }), await standing({ code: done.code, number: '22/GPXD' })]).toEqual([['21/GPXD', REVOKED, 3_600_000, ground], ['22/GPXD', REVOKED, 3_600_000, ground]]);
    expect(Object.values(await lookUp({ digest: third })).join()).not.toContain('049190001234');
    hub.world.clock = day;
  });

  test('is revoked alone where the decision had several: the other still counts, and the decision with it', async () => {
    const both = ['71/BB', '72/QD'], done = await closedWith(await submit('1.012812', ['application-form']), (results) => results.map((result, n) => ({ result, number: both[n]!, digest: '' })));
    const { result } = await lookUp({ code: done.code, number: '72/QD' }), standings = (): Promise<unknown> => Promise.all(both.map(async (number) => (await lookUp({ code: done.code, number })).standing));
    expect([await reason(revoke(done, { result })), await reason(revoke(done, { result, number: '73/QD' })), await reason(revoke(done, { result, number: '72/QD', ground: '' }))]).toEqual(['FIELD_MISSING number', 'RESULT_NOT_STANDING number', 'REASON_MISSING ground']);
    expect((await revoke(done, { result, number: '72/QD' })).receipt!.entries.map(({ kind }) => kind)).toEqual(['result-revoked']);
    await until('the counter to hear', async () => (await lookUp({ code: done.code, number: '72/QD' })).standing === REVOKED);
    expect(await standings()).toEqual([STANDS, REVOKED]);
    expect((await statusOf(done.code)).history.map((one) => one.text!.vi)).toContain('Thu hồi một kết quả');
    expect(await reason(revoke(done, { result: (await lookUp({ code: done.code, number: '71/BB' })).result, number: '71/BB' }))).toBe('FIELD_INVALID number');
    await revoke(done);
    await until('the counter to hear', async () => (await lookUp({ code: done.code, number: '71/BB' })).standing === REVOKED);
  });

  test('shows on the page of its dossier what the citizen holds that counts no more', async () => {
    const done = await issued('24/GPXD');
    await amend('correctResult', done, '24/GPXD', '25/GPXD');
    const page = async (): Promise<pb.DossierStatus> => (await hub.call<intake.TrackDossierResponse>('intake', 'trackDossier', { code: done.code, proof: { $case: 'secret', value: done.secret } } satisfies intake.TrackDossierRequest)).status!;
    const status = await until('the page', async () => { const shown = await page(); return shown.results.length === 2 && shown; });
    expect(status.results.map(({ number, standing, standingGround, returnTime }) => [number, standing, standingGround, returnTime !== undefined])).toEqual([['25/GPXD', pb.ResultStanding.UNSPECIFIED, '', false], ['24/GPXD', CORRECTED, ground, true]]);
    expect([status.closed, status.state, status.history.at(-1)!.text!.vi]).toEqual([true, pb.DossierState.RETURNED, 'Đính chính kết quả']);
  });

  test('is evidence in its present form, by its present number and file', async () => {
    const done = await issued('26/GPXD', 'b1'.repeat(32));
    await amend('reissueResult', done, '26/GPXD', '27/GPXD', { digest: 'b2'.repeat(32) });
    const find = async (subject: string): Promise<unknown> => (await hub.call<evidence.FindEvidenceResponse>('general-agency', 'findEvidence', evidence.FindEvidenceRequest.fromPartial({
      service: 'general-agency', subjectKind: evidence.SubjectKind.RESULT, fact: 'construction-permit', procedure: '1.013231', person: '049190001234', purpose: 'tiếp nhận hồ sơ', ground: '309/2026/NĐ-CP, Điều 2', subject,
    }), counter)).facts.map(({ values }) => values['resultNumber']);
    expect([await find(`${done.code}/26/GPXD`), await find('b1'.repeat(32)), await find(`${done.code}/27/GPXD`), await find('b2'.repeat(32))]).toEqual([[], [], ['27/GPXD'], ['27/GPXD']]);
  });

  test('each want has its own refusal', async () => {
    const done = await issued('28/GPXD'), other = { ...done, office: 'department-construction-202503' };
    expect([
      await reason(lookUp({})), await reason(lookUp({ code: done.code })), await reason(lookUp({ digest: 'xyz' })), await reason(lookUp({ code: done.code, number: '29/GPXD' })), await reason(lookUp({ code: '000.00.00.H17-261123-9999', number: '28/GPXD' })), await reason(lookUp({ digest: 'c1'.repeat(32) })),
      await reason(amend('correctResult', done, '28/GPXD', '29/GPXD', { ground: 'vì sai' })), await reason(amend('correctResult', done, '28/GPXD', '29/GPXD', { reason: '' })), await reason(amend('correctResult', done, '30/GPXD', '29/GPXD')), await reason(amend('correctResult', done, '28/GPXD', '')),
      await reason(amend('reissueResult', done, '', '29/GPXD')), await reason(amend('reissueResult', done, '28/GPXD', 'x'.repeat(101))), await reason(amend('reissueResult', done, '28/GPXD', '', { digest: 'x' })), await reason(revoke(done, { ground: '' })), await reason(amend('correctResult', other, '28/GPXD', '29/GPXD')),
    ]).toEqual([
      'FIELD_MISSING code', 'FIELD_MISSING number', 'FIELD_INVALID digest', 'RESULT_NOT_FOUND ', 'RESULT_NOT_FOUND ', 'RESULT_NOT_FOUND ',
      'GROUND_INVALID ground', 'REASON_MISSING reason', 'RESULT_NOT_STANDING number', 'FIELD_INVALID new_number', 'FIELD_MISSING number', 'FIELD_INVALID new_number', 'FIELD_INVALID digest', 'REASON_MISSING ground', expect.stringMatching(/^(NOT_HOLDER|UNKNOWN_OFFICE|CALLER_NOT_ALLOWED)/),
    ]);
    expect((await lookUp({ code: done.code, number: '28/GPXD' })).standing).toBe(STANDS);
  });

  test('a repeated request amends once', async () => {
    const done = await issued('31/GPXD'), once = { requestId: requestId() };
    const first = await amend('reissueResult', done, '31/GPXD', '32/GPXD', once);
    expect(await amend('reissueResult', done, '31/GPXD', '32/GPXD', once)).toEqual(first);
  });
});

describe('whoever relied on it in a dossier that is closed as well', () => {
  const { LOST_EVIDENCE, CHANGED_EVIDENCE } = oversight.AlertKind;
  const alerts = async (given: object): Promise<string[]> => (await hub.call<oversight.ListAlertsResponse>('oversight', 'listAlerts', oversight.ListAlertsRequest.fromPartial(given), counter)).alerts
    .filter(({ kind }) => kind === LOST_EVIDENCE || kind === CHANGED_EVIDENCE).map(({ code, kind, office }) => `${code} ${kind === LOST_EVIDENCE ? 'lost' : 'changed'} ${office}`);

  /** Before it has them it knows neither. */
  const atOversight = async (...dossiers: readonly { readonly code: string }[]): Promise<void> => {
    for (const { code } of dossiers) await until('oversight to have it', async () => await reason(alerts({ code })) === 'none');
  };

  test('is told until he has said that his decision stands all the same, and of each further change again', async () => {
    const done = await issued('41/GPXD'), relying = await adjusted(done, '42/GPXD');
    const told = (what: string) => async (): Promise<boolean> => (await alerts({ code: relying.code })).includes(`${relying.code} ${what} ${relying.office}`);
    await atOversight(done, relying);
    await amend('correctResult', done, '41/GPXD', '43/GPXD');
    await until('the correction to be told', told('changed'));
    expect((await alerts({ office: relying.office })).filter((one) => one.startsWith(relying.code))).toHaveLength(1);
    const { documents } = await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code: relying.code }), counter);
    const origin = documents.find((one) => one.document === 'construction-permit')!.origin, evidenceId = origin?.$case === 'evidence' ? origin.value.evidence : '';
    const confirm = (more: object): Promise<unknown> => hub.call('general-agency', 'confirmCompletion', agency.ConfirmCompletionRequest.fromPartial({ requestId: requestId(), code: relying.code, leg: relying.leg, evidence: [evidenceId], ground, reason: 'không ảnh hưởng', ...more }), relying.office);
    expect([await reason(confirm({ evidence: [`general-agency/${'0'.repeat(64)}/1`] })), await reason(confirm({ ground: '' })), await reason(confirm({ evidence: [] }))]).toEqual(['UNKNOWN_ITEM evidence', 'REASON_MISSING ground', 'STALE_INPUT ']);
    await confirm({});
    await until('the alert to end', async () => (await alerts({ code: relying.code })).length === 0);
    expect(await alerts({ office: relying.office })).not.toContain(`${relying.code} changed ${relying.office}`);
  });

  test('is told of a revocation until he has revoked what he issued on it', async () => {
    const done = await issued('44/GPXD'), relying = await adjusted(done, '45/GPXD');
    await atOversight(done, relying);
    await revoke(done);
    await until('the revocation to be told', async () => (await alerts({ code: relying.code })).includes(`${relying.code} lost ${relying.office}`));
    await revoke(relying);
    await until('the alert to end', async () => (await alerts({ code: relying.code })).length === 0);
    await until('the counter to know', async () => (await lookUp({ code: relying.code, number: '45/GPXD' })).standing === REVOKED);
  });
});
