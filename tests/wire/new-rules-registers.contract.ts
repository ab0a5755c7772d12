/** New rules require a paper that a register holds: it is read there, in the name of the choice, and nobody is asked for it. */
import { agency, dossier as pb, evidence, intake } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { HubError } from '@lienthong/kernel';
import { createLand } from '@lienthong/land';
import type { Reference } from '@lienthong/law';
import { loadReference } from '@lienthong/reference-data';
import { memoryHub, testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seedWholeParcel } from './whole-parcel.ts';

const counter = 'counter-20410-202507', branch = 'land-515-202501', parcel = '20900-12-1', before = '2026-11-23T09:00:00+07:00', after = '2026-11-25T09:00:00+07:00';
const owner = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' });
let hub: MemoryHub, silent = false, looked = 0, requests = 0;

/** As if the certificate were required since a day in November, and an extract no more. */
function changed(released: Reference): Reference {
  return { ...released, procedure: (code, on) => {
    const found = released.procedure(code, on);
    if (found === undefined || code !== '1.013831') return found;
    return on < '2026-11-24' ? { ...found, documents: found.documents.filter((one) => one.code !== 'land-certificate'), validTo: '2026-11-23' } : { ...found, documents: found.documents.filter((one) => one.code !== 'survey-extract'), validFrom: '2026-11-24' };
  } };
}

beforeAll(async () => {
  const registers = evidenceExchange();
  hub = await memoryHub({
    services: ['intake', 'land', 'general-agency'], reference: changed(loadReference()),
    evidence: async (query) => { looked++; if (silent) throw new HubError('PEER_UNREACHABLE', { service: query.service, problem: 'down' }); return registers.lookup(query); },
    compose(portsOf): ServiceModule[] {
      const service = createLand(portsOf('land'));
      registers.offer(service.evidence!);
      return [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), service, createGeneralAgency(portsOf('general-agency'))];
    },
  });
  hub.world.clock = Date.parse(before);
  await seedWholeParcel(hub, { parcel, owner, office: branch });
});
beforeEach(() => { silent = false; });
afterAll(() => hub.stop());

const shown = (document: string, more: Partial<pb.DocumentInput> = {}): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} }, ...more });

/** Received under the old rules; now the new ones are there. */
async function received(): Promise<{ readonly code: string; readonly secret: string }> {
  hub.world.clock = Date.parse(before);
  const { code, receipt } = await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission: submission() }), counter);
  hub.world.clock = Date.parse(after);
  return { code, secret: receipt!.trackSecret };
}

function submission(more: Partial<intake.Submission> = {}): intake.Submission {
  return intake.Submission.fromPartial({
    procedure: '1.013831', case: 'transfer', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'citizen', value: owner } }, areas: { subject: '20900@2025-07-01' } as intake.Areas, subject: { parcel } as intake.Subject,
    declaration: { transfereeName: 'Hồ Văn Bình', transfereeIdentityNumber: '049085004321' }, documents: [shown('application-form'), shown('transfer-contract')], ...more,
  });
}
const check = (code: string, documents: readonly pb.DocumentInput[] = []): Promise<intake.CheckRulesResponse> => hub.call('intake', 'checkRules', intake.CheckRulesRequest.fromPartial({ code, documents: [...documents] }), counter);
const adopt = (code: string, documents: readonly pb.DocumentInput[] = [], requestId = `request-${++requests}`): Promise<intake.AdoptRulesResponse> => hub.call('intake', 'adoptRules', intake.AdoptRulesRequest.fromPartial({ requestId, code, documents: [...documents] }), counter);
const originOf = async (code: string): Promise<string | undefined> => (await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter)).documents.find((one) => one.document === 'land-certificate')?.origin?.$case;

test('the register is read for what only the new rules require; the applicant sees the read', async () => {
  const { code, secret } = await received();
  expect([await originOf(code), (await check(code)).acceptable]).toEqual([undefined, true]);
  const { receipt } = await adopt(code, [], 'once');
  expect([receipt!.entries.map((one) => one.kind), await originOf(code)]).toEqual([['rules-adopted'], 'evidence']);
  const { reads } = await hub.call<intake.TrackDossierResponse>('intake', 'trackDossier', { code, proof: { $case: 'secret', value: secret } } satisfies intake.TrackDossierRequest);
  expect(new Set(reads.map(({ service, fact, purpose }) => `${service} ${fact} ${purpose}`))).toEqual(new Set(['land certificate áp dụng quy định mới']));
});

test('no register is read where nothing is to be chosen, nor again for a choice that is repeated', async () => {
  const { code } = await received();
  await adopt(code, [], 'twice');
  const count = looked;
  expect([await adopt(code, [], 'twice').then((one) => one.receipt!.entries.length), (await check(code)).problems.map((one) => one.reason), looked]).toEqual([1, ['RULES_CURRENT'], count]);
  await expect(adopt(code)).rejects.toMatchObject({ code: 'RULES_CURRENT' });
  expect(looked).toBe(count);
});

test('while the register is silent its silence is told, and the paper is taken only with it', async () => {
  const { code } = await received();
  silent = true;
  expect((await check(code)).problems.map(({ reason, field }) => [reason, field])).toEqual([['REGISTER_SILENT', 'documents']]);
  await expect(adopt(code)).rejects.toMatchObject({ code: 'REGISTER_SILENT', meta: { documents: 'land-certificate', services: 'land' } });
  await adopt(code, [shown('land-certificate', { registerSilent: true })]);
  expect(await originOf(code)).toBe('presented');
});

test.each([
  ['the rules of its day, be it another than today', '2026-11-25T09:00:00+07:00', before, 'DOCUMENT_MISSING'], ['them also where they ask for less than those of today', before, after, null],
])('a rehearsal is read for by %s', async (_what, start, now, refused) => {
  hub.world.clock = Date.parse(now);
  const given = submission({ rehearsal: { startTime: new Date(start) } as intake.Submission['rehearsal'] });
  const answer = hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission: given }), counter);
  await (refused === null ? expect(answer).resolves.toBeDefined() : expect(answer).rejects.toMatchObject({ code: refused, meta: { documents: expect.stringContaining('land-certificate') } }));
});

test('papers that were asked for under the old rules may be brought though the new ones do not name them', async () => {
  const { code } = await received(), desk = testDesk(hub, 'land');
  hub.world.clock = Date.parse(before);
  await desk.received(code);
  const { id: leg, office } = (await desk.leg(code))!;
  await hub.call('land', 'requestSupplement', agency.RequestSupplementRequest.fromPartial({ requestId: 'ask', code, leg, documents: ['survey-extract'], ground: '309/2026/NĐ-CP, Điều 8', reason: 'thiếu' }), office);
  const deliver = (document: string): Promise<unknown> => hub.call('intake', 'deliverSupplement', intake.DeliverSupplementRequest.fromPartial({ requestId: `request-${++requests}`, code, documents: [shown(document)] }), counter);
  await expect.poll(() => deliver('authority').catch((error: { code: string }) => error.code), { timeout: 30_000 }).toBe('SUPPLEMENT_INCOMPLETE');
  hub.world.clock = Date.parse(after);
  await adopt(code);
  await expect(deliver('strange')).rejects.toMatchObject({ code: 'DOCUMENT_UNKNOWN' });
  await deliver('survey-extract');
  await expect(deliver('survey-extract')).rejects.toMatchObject({ code: 'SUPPLEMENT_NOT_OPEN' });
});

test('a day that is none is refused', async () => {
  const asked = evidence.FindEvidenceRequest.fromPartial({ service: 'land', subjectKind: evidence.SubjectKind.PARCEL, subject: parcel, fact: 'certificate', purpose: 'tiếp nhận hồ sơ', ground: '309/2026/NĐ-CP', procedure: '1.013831' });
  await expect(hub.call('land', 'findEvidence', { ...asked, procedureDate: '2026-11-31' }, counter)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'procedure_date' });
  await expect(hub.call('land', 'findEvidence', { ...asked, procedureDate: '2026-11-23' }, counter)).rejects.toMatchObject({ code: 'EVIDENCE_NOT_NEEDED' });
  await expect(hub.call('land', 'findEvidence', { ...asked, procedureDate: '2026-11-24' }, counter)).resolves.toMatchObject({ facts: [{ fact: 'certificate' }] });
});

test.each([
  ['more documents than a dossier takes', Array.from({ length: 101 }, (_, n) => shown(`paper-${n}`))], ['the same document twice', [shown('land-certificate'), shown('land-certificate')]],
])('refuses %s', async (_what, documents) => {
  const { code } = await received();
  await expect(adopt(code, documents)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'documents' });
  await expect(check(code, documents)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'documents' });
});
