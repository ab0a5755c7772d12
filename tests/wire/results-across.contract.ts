/** What one agency issued through the hub stands in for the paper at another, of every procedure that the catalogue says so of; also of a service that keeps a register beside. */
import { agency, dossier as pb, evidence, intake } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import type { Reference } from '@lienthong/law';
import { loadReference } from '@lienthong/reference-data';
import { createSocialProtection } from '@lienthong/social-protection';
import { memoryHub, testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const counter = 'counter-20410-202507', hoiAn = '20410@2025-07-01';
const widow: pb.Party = { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' }) } };
const services = ['general-agency', 'social-protection'] as const;
let hub: MemoryHub, requests = 0;

/** Nothing hangs out for days. */
function withoutPosting(reference: Reference): Reference {
  return { ...reference, procedure: (code, on) => {
    const found = reference.procedure(code, on);
    return found === undefined ? undefined : { ...found, legs: found.legs.map(({ posting: _posting, ...leg }) => leg) };
  } };
}

beforeAll(async () => {
  const registers = evidenceExchange();
  hub = await memoryHub({
    services: ['intake', ...services], reference: withoutPosting(loadReference()), evidence: registers.lookup,
    compose(portsOf): ServiceModule[] {
      const [agencies, social] = [createGeneralAgency(portsOf('general-agency')), createSocialProtection(portsOf('social-protection'))];
      for (const one of [agencies, social]) registers.offer(one.evidence!);
      return [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), agencies, social];
    },
  });
});
afterAll(() => hub.stop());

type Given = { readonly procedure: string; readonly case: string; readonly papers: readonly string[]; readonly results?: readonly string[]; readonly declaration?: Record<string, string> };
async function submit({ procedure, papers, results = [], declaration = {}, ...given }: Given): Promise<string> {
  const submission = intake.Submission.fromPartial({
    procedure, case: given.case, channel: pb.Channel.COUNTER, applicant: widow, areas: { residence: hoiAn, subject: hoiAn } as intake.Areas, subject: { results: [...results] } as intake.Subject, declaration,
    documents: papers.map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } })),
  });
  return (await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission }), counter)).code;
}

async function issued(service: (typeof services)[number], given: Given, legs: readonly string[], number: string): Promise<string> {
  const code = await submit(given), desk = testDesk(hub, service);
  for (const leg of legs) {
    await desk.received(code, leg);
    const found = (await desk.leg(code, leg))!, { resultCodes } = await desk.work(code, leg);
    const done = agency.CompleteLegRequest.fromPartial({ requestId: `request-${++requests}`, code, leg: found.id, verdict: agency.Verdict.DONE, results: resultCodes.map((result) => ({ result, number, digest: '' })) } as agency.CompleteLegRequest);
    await hub.call(service, 'completeLeg', done, found.office);
  }
  return code;
}

async function originOf(code: string, document: string): Promise<object> {
  const { documents } = await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter), origin = documents.find((one) => one.document === document)?.origin;
  return origin?.$case === 'evidence' ? { service: origin.value.service, fact: origin.value.fact, office: origin.value.office } : { origin: origin?.$case };
}
/** A degree of disability is asked for; `decide` issues the certificate. */
async function disability(): Promise<{ readonly certificate: string; decide(number: string): Promise<void> }> {
  const certificate = await submit({ procedure: '1.001699', case: 'first', papers: ['application-form'] }), desk = testDesk(hub, 'social-protection');
  const complete = async (leg: string, results: readonly string[], number: string): Promise<string> => {
    await desk.received(certificate, leg);
    const found = (await desk.leg(certificate, leg))!;
    const done = agency.CompleteLegRequest.fromPartial({ requestId: `request-${++requests}`, code: certificate, leg: found.id, verdict: agency.Verdict.DONE, results: results.map((result) => ({ result, number, digest: '' })) } as agency.CompleteLegRequest);
    return reason(hub.call('social-protection', 'completeLeg', done, found.office));
  };
  await desk.received(certificate, 'verification');
  return { certificate, async decide(number) {
    expect(await complete('verification', [], '')).toBe('none');
    expect(await complete('decision', ['disability-certificate'], number)).toBe('none');
  } };
}

const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);
const death: Given = { procedure: '1.000656', case: 'recent', papers: ['application-form', 'death-notice'] };
const funeral: Given = { procedure: '1.001731', case: 'standard', papers: ['application-form', 'beneficiary-file'] };

test('the registrar\'s extract stands in for the paper at social protection, whichever of the results that the dossier names it is', async () => {
  const extract = await issued('general-agency', death, ['registration'], '12/TLKT');
  expect(await reason(submit(funeral))).toMatch(/^DOCUMENT_MISSING/);
  const code = await submit({ ...funeral, results: ['000.00.00.H17-261123-9999', `${extract}/12/TLKT`] });
  expect(await originOf(code, 'death-extract')).toEqual({ service: 'general-agency', fact: 'death-extract', office: 'committee-20410-202507' });
});

test('a service that keeps a register answers for what it issued, too, and shows again what was read', async () => {
  const { certificate, decide } = await disability();
  // Nothing is issued yet: the form names it and the paper is left out.
  const pending = await submit({ procedure: '1.001776', case: 'start', papers: ['application-form'], results: [certificate] });
  expect(await originOf(pending, 'disability-certificate')).toEqual({ origin: undefined });
  const find = (subject: string): Promise<evidence.FindEvidenceResponse> => hub.call('social-protection', 'findEvidence', evidence.FindEvidenceRequest.fromPartial({
    service: 'social-protection', subjectKind: evidence.SubjectKind.RESULT, fact: 'disability-certificate', procedure: '1.001776', person: '049190001234', purpose: 'tiếp nhận hồ sơ', ground: '309/2026/NĐ-CP, Điều 2', subject,
  }), counter);
  expect((await find(certificate)).facts).toEqual([]);
  await decide('34/KT');
  const code = await submit({ procedure: '1.001776', case: 'start', papers: ['application-form'], results: [certificate] });
  expect(await originOf(code, 'disability-certificate')).toEqual({ service: 'social-protection', fact: 'disability-certificate', office: 'social-20410-202507' });
  const [fact] = (await find(`${certificate}/34/KT`)).facts;
  expect(fact!.values).toMatchObject({ dossier: certificate, resultNumber: '34/KT' });
  const { documents } = await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter), origin = documents.find((one) => one.document === 'disability-certificate')!.origin;
  const again = await hub.call<evidence.FetchEvidenceResponse>('social-protection', 'fetchEvidence', evidence.FetchEvidenceRequest.fromPartial({ evidence: origin?.$case === 'evidence' ? origin.value.evidence : '', code, purpose: 'kiểm tra', ground: '309/2026/NĐ-CP' }), counter);
  expect(again.fact!.values['resultNumber']).toBe('34/KT');
  const person = evidence.FindEvidenceRequest.fromPartial({ service: 'social-protection', subjectKind: evidence.SubjectKind.PERSON, fact: 'beneficiary', procedure: '1.001731', subject: '049190001234', purpose: 'tiếp nhận hồ sơ', ground: '309/2026/NĐ-CP, Điều 2' });
  expect((await hub.call<evidence.FindEvidenceResponse>('social-protection', 'findEvidence', person, counter)).facts).toEqual([]);
  expect([await reason(find('x'.repeat(65))), await reason(submit({ ...funeral, results: Array.from({ length: 11 }, (_, n) => `x${n}`) })), await reason(submit({ ...funeral, results: ['y'.repeat(65)] }))]).toEqual(['FIELD_INVALID subject', 'FIELD_INVALID submission.subject.results', 'FIELD_INVALID submission.subject.results[0]']);
});
