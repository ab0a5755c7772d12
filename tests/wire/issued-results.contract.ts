/** A result that one office issued through the hub is evidence for the next dossier, at whatever office: by code or digest, for whom it was issued to, as long as it stands. */
import { agency, dossier as pb, evidence, intake, oversight } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { issuingHub } from './issuing-hub.ts';

const counter = 'counter-20410-202507', commune = 'committee-20410-202507', digest = 'ab'.repeat(32), day = Date.parse('2026-11-23T09:00:00+07:00');
const citizen = (fullName: string, identityNumber: string): pb.Party => ({ party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName, identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber }) } });
const owner = citizen('Trần Thị Bông', '049190001234'), stranger = citizen('Lê Văn Lạ', '049188009999');
let hub: MemoryHub, requests = 0;

beforeAll(async () => { hub = await issuingHub(day); });
afterAll(() => hub.stop());

type Given = { readonly procedure: string; readonly papers: readonly string[]; readonly result?: string; readonly applicant?: pb.Party; readonly rehearsal?: boolean };

function submit({ procedure, papers, result = '', applicant = owner, rehearsal = false }: Given): Promise<intake.SubmitDossierResponse> {
  const submission = intake.Submission.fromPartial({
    procedure, case: 'standard', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410@2025-07-01' } as intake.Areas, subject: { result } as intake.Subject,
    documents: papers.map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } })), ...(rehearsal ? { rehearsal: { startTime: new Date(day) } } : {}),
  });
  return hub.call('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission }), counter);
}
/** The commune extends a permit that is shown on paper. */
const extension = { procedure: '1.013227', papers: ['application-form', 'construction-permit'] } as const;
/** The department adjusts a permit that nobody brings. */
const adjustment = (result: string, more: Partial<Given> = {}): Given => ({ procedure: '1.013231', papers: ['application-form', 'adjusted-design', 'design-appraisal'], result, ...more });

const desk = () => testDesk(hub, 'general-agency');

async function issue(number: string, file = ''): Promise<{ code: string; leg: string }> {
  const { code } = await submit(extension);
  await desk().received(code);
  const { id: leg } = (await desk().leg(code))!;
  await hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: `issue-${++requests}`, code, leg, verdict: agency.Verdict.DONE, results: [{ result: 'KQ.G17.000315', number, digest: file }] } as agency.CompleteLegRequest), commune);
  return { code, leg };
}

async function permitOf(code: string): Promise<pb.DocumentRecord> {
  const { documents } = await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter);
  return documents.find((one) => one.document === 'construction-permit')!;
}
const evidenceOf = async (code: string): Promise<string> => { const { origin } = await permitOf(code); return origin?.$case === 'evidence' ? origin.value.evidence : ''; };
const find = (given: object, office = counter): Promise<evidence.FindEvidenceResponse> => hub.call('general-agency', 'findEvidence', evidence.FindEvidenceRequest.fromPartial({
  service: 'general-agency', subjectKind: evidence.SubjectKind.RESULT, fact: 'construction-permit', procedure: '1.013231', person: '049190001234', purpose: 'tiếp nhận hồ sơ', ground: '309/2026/NĐ-CP, Điều 2', ...given,
}), office);
const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);

test('the department reads what the commune issued: by dossier, by number, by the digest of the file; the applicant sees the read', async () => {
  const { code } = await issue('12/GPXD', digest);
  for (const named of [code, `${code}/12/GPXD`, digest, digest.toUpperCase()]) {
    const adjusted = await submit(adjustment(named));
    expect((await permitOf(adjusted.code)).origin).toMatchObject({ $case: 'evidence', value: { service: 'general-agency', office: commune, fact: 'construction-permit' } });
    const shown = await hub.call<intake.TrackDossierResponse>('intake', 'trackDossier', { code: adjusted.code, proof: { $case: 'secret', value: adjusted.receipt!.trackSecret } } satisfies intake.TrackDossierRequest);
    expect(shown.reads.map(({ service, fact, office }) => [service, fact, office])).toEqual([['general-agency', 'construction-permit', counter]]);
  }
  const { facts } = await find({ subject: code });
  expect(facts.map(({ office, replaces, values }) => ({ office, replaces, values }))).toEqual([
    { office: commune, replaces: ['construction-permit'], values: { dossier: code, result: 'KQ.G17.000315', resultNumber: '12/GPXD', digest, issuedOn: '2026-11-23' } },
  ]);
});

test('what is nobody\'s, somebody else\'s, not yet issued, or of the other side is no evidence: the paper is asked for', async () => {
  const { code } = await issue('13/GPXD', 'cd'.repeat(32));
  const pending = await submit(extension);
  await desk().received(pending.code);
  const given: readonly Given[] = [
    adjustment(''), adjustment(`${code}/14/GPXD`), adjustment('ef'.repeat(32)), adjustment('000.00.00.H17-261123-9999'), adjustment(pending.code), adjustment(code, { applicant: stranger }), adjustment(code, { rehearsal: true }),
  ];
  for (const one of given) expect(await reason(submit(one)), JSON.stringify([one.result, one.rehearsal])).toMatch(/^DOCUMENT_MISSING/);
  expect(await reason(submit(adjustment('x'.repeat(65))))).toBe('FIELD_INVALID submission.subject.result');
  expect(await evidenceOf((await submit(adjustment(code))).code)).not.toBe('');
});

test('the officer who asks for it hears where it is held', async () => {
  const { code } = await issue('15/GPXD');
  const adjusted = await submit(adjustment(code));
  await desk().received(adjusted.code);
  const { id: leg, office } = (await desk().leg(adjusted.code))!;
  expect(office).not.toBe(commune);
  const ask = hub.call('general-agency', 'requestSupplement', agency.RequestSupplementRequest.fromPartial({ requestId: 'ask-15', code: adjusted.code, leg, documents: ['construction-permit'], ground: '309/2026/NĐ-CP, Điều 8', reason: 'thiếu' }), office);
  await expect(ask).rejects.toMatchObject({ code: 'ALREADY_HELD', meta: { evidenceId: await evidenceOf(adjusted.code) } });
});

describe('once it is revoked', () => {
  test('it is evidence for nobody; who relied on it can still see what he read', async () => {
    const { code, leg } = await issue('16/GPXD', '01'.repeat(32));
    const before = await submit(adjustment(code));
    await hub.call('general-agency', 'revokeCompletion', agency.RevokeCompletionRequest.fromPartial({ requestId: 'revoke-16', code, leg, reason: 'cấp sai' }), commune);
    expect([await reason(submit(adjustment(code))), await reason(submit(adjustment('01'.repeat(32))))].map((one) => one.split(' ')[0])).toEqual(['DOCUMENT_MISSING', 'DOCUMENT_MISSING']);
    const { fact, signed } = await hub.call<evidence.FetchEvidenceResponse>('general-agency', 'fetchEvidence', evidence.FetchEvidenceRequest.fromPartial({ evidence: await evidenceOf(before.code), code: before.code, purpose: 'kiểm tra', ground: '309/2026/NĐ-CP' }), counter);
    expect([fact!.values['resultNumber'], evidence.Statement.decode(signed!.statement).code]).toEqual(['16/GPXD', before.code]);
  });

  test('each office that relies on it is told, until something else stands for the document', async () => {
    const { code, leg } = await issue('18/GPXD');
    const relying = await submit(adjustment(code)), paper = await submit({ ...adjustment(code), papers: [...adjustment(code).papers, 'construction-permit'] });
    await desk().received(relying.code);
    const { office, id } = (await desk().leg(relying.code))!;
    const alerts = async (given: object): Promise<string[]> => (await hub.call<oversight.ListAlertsResponse>('oversight', 'listAlerts', oversight.ListAlertsRequest.fromPartial(given), office)).alerts
      .filter(({ kind }) => kind === oversight.AlertKind.LOST_EVIDENCE).map((one) => [one.code, one.legName, one.office, one.startTime?.getTime()].join(' '));
    for (const one of [relying, paper]) await vi.waitFor(async () => expect(await alerts({ code: one.code })).toEqual([]), { timeout: 30_000 });
    const later = hub.world.clock = day + 3_600_000;
    await hub.call('general-agency', 'revokeCompletion', agency.RevokeCompletionRequest.fromPartial({ requestId: 'revoke-18', code, leg, reason: 'cấp sai' }), commune);
    const told = [relying.code, 'permit', office, later].join(' ');
    await vi.waitFor(async () => expect(await alerts({ code: relying.code })).toEqual([told]), { timeout: 30_000 });
    expect([(await alerts({ office })).filter((one) => one.includes(relying.code) || one.includes(paper.code)), await alerts({ office: commune }), await alerts({ code: paper.code })]).toEqual([[told], [], []]);
    const brought = agency.AttachDocumentRequest.fromPartial({ requestId: 'attach-18', code: relying.code, leg: id, document: { document: 'construction-permit', origin: { $case: 'presented', value: {} } } });
    await hub.call('general-agency', 'attachDocument', brought, office);
    await vi.waitFor(async () => expect(await alerts({ code: relying.code })).toEqual([]), { timeout: 30_000 });
  });
});

test('each want has its own refusal', async () => {
  const { code } = await issue('17/GPXD');
  const adjusted = await submit(adjustment(code)), other = await submit(extension);
  await desk().received(adjusted.code);
  const { office } = (await desk().leg(adjusted.code))!;
  expect([
    await reason(find({ subject: code, person: '' })), await reason(find({ subject: code, person: 'x'.repeat(65) })), await reason(find({ subject: '' })), await reason(find({ subject: code, fact: 'certificate' })), await reason(find({ subject: code }, office)),
    await reason(find({ subject: code, code: other.code })), await reason(find({ subject: code, code: adjusted.code }, 'land-490-202501')), await reason(find({ subject: code, code: adjusted.code, person: '049188009999' }, office)), await reason(find({ subject: code, code: adjusted.code }, office)),
  ]).toEqual([
    'FIELD_MISSING person', 'FIELD_INVALID person', 'FIELD_MISSING subject', 'FIELD_INVALID fact', 'EVIDENCE_NEEDS_DOSSIER code', 'SUBJECT_NOT_IN_DOSSIER subject', 'CALLER_NOT_ALLOWED office', 'SUBJECT_NOT_IN_DOSSIER subject', 'none',
  ]);
  const corrected = intake.CorrectParticularsRequest.fromPartial({ requestId: 'correct-17', code: adjusted.code, subject: { result: 'x'.repeat(65) } as intake.Subject, reason: 'gõ nhầm' });
  expect(await reason(hub.call('intake', 'correctParticulars', corrected, counter))).toBe('FIELD_INVALID subject.result');
  const { signed } = await find({ subject: code, code: adjusted.code }, office);
  expect(evidence.Statement.decode(signed!.statement)).toMatchObject({ subjectKind: evidence.SubjectKind.RESULT, subject: code, person: '049190001234', code: adjusted.code });
});
