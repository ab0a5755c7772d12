/** A paper that a register holds: read at the counter instead of asked for, seen by the applicant, counted; and what happens while the register is silent. */
import { dossier as pb, intake, oversight } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { HubError } from '@lienthong/kernel';
import { createLand } from '@lienthong/land';
import { createOversight } from '@lienthong/oversight';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { seedWholeParcel } from './whole-parcel.ts';

const counter = 'counter-20410-202507', branch = 'land-515-202501', parcel = '20900-12-1';
const owner = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' });
let hub: MemoryHub, silent = false, requests = 0;

beforeAll(async () => {
  const registers = evidenceExchange();
  hub = await memoryHub({
    services: ['intake', 'land', 'general-agency', 'oversight'],
    evidence: async (query) => { if (silent) throw new HubError('PEER_UNREACHABLE', { service: query.service, problem: 'down' }); return registers.lookup(query); },
    compose(portsOf): ServiceModule[] {
      const service = createLand(portsOf('land'));
      registers.offer(service.evidence!);
      return [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), service, createGeneralAgency(portsOf('general-agency')), createOversight(portsOf('oversight'))];
    },
  });
  hub.world.clock = Date.parse('2026-11-23T09:00:00+07:00');
  await seedWholeParcel(hub, { parcel, owner, office: branch });
});
beforeEach(() => { silent = false; });
afterAll(() => hub.stop());

const shown = (document: string, more: Partial<pb.DocumentInput> = {}): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} }, ...more });

function submission(documents: readonly pb.DocumentInput[], channel: pb.Channel = pb.Channel.COUNTER): intake.Submission {
  return intake.Submission.fromPartial({
    procedure: '1.013831', case: 'transfer', channel, applicant: { party: { $case: 'citizen', value: owner } }, areas: { subject: '20900@2025-07-01' } as intake.Areas, subject: { parcel } as intake.Subject,
    declaration: { transfereeName: 'Hồ Văn Bình', transfereeIdentityNumber: '049085004321' }, documents: [...documents],
  });
}
const submit = (documents: readonly pb.DocumentInput[], channel?: pb.Channel): Promise<intake.SubmitDossierResponse> => hub.call('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission: submission(documents, channel) }), counter);
const papers = [shown('application-form'), shown('transfer-contract')];
const documentsOf = async (code: string): Promise<readonly pb.DocumentRecord[]> => (await hub.call<intake.GetDossierResponse>('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter)).documents;
const told = ({ document, origin, verified, failure }: pb.DocumentRecord): string => [document, origin?.$case, verified === undefined ? 'unseen' : `seen by ${verified.office} ${verified.officer}`, ...(failure === undefined ? [] : [`${failure.service} silent`])].join(' ');

test('the register is read at the counter; who had it read and who looked at the papers stands with each document', async () => {
  const { code } = await submit(papers);
  expect((await documentsOf(code)).map(told)).toEqual([`application-form presented seen by ${counter} cb-04`, `transfer-contract presented seen by ${counter} cb-04`, `land-certificate evidence seen by ${counter} cb-04`]);
});

test('what comes from home has been seen by nobody yet, but for what a register said', async () => {
  const { code } = await submit(papers, pb.Channel.ONLINE);
  expect((await documentsOf(code)).map((one) => `${one.document} ${one.verified === undefined ? 'unseen' : 'seen'}`)).toEqual(['application-form unseen', 'transfer-contract unseen', 'land-certificate seen']);
});

test('the applicant sees the read with the secret of the receipt, and not with four digits', async () => {
  const { code, receipt } = await submit(papers);
  const track = (proof: intake.TrackDossierRequest['proof']): Promise<intake.TrackDossierResponse> => hub.call('intake', 'trackDossier', { code, proof } satisfies intake.TrackDossierRequest);
  const { reads, readsUnavailable } = await track({ $case: 'secret', value: receipt!.trackSecret });
  expect(reads.map(({ service, fact, office, purpose }) => [service, fact, office, purpose])).toEqual([['land', 'certificate', counter, 'tiếp nhận hồ sơ']]);
  expect([reads[0]!.ground !== '', readsUnavailable]).toEqual([true, []]);
  expect((await track({ $case: 'identityLast4', value: '1234' })).reads).toEqual([]);
});

test('while the register is silent the paper may be asked for, and its silence is recorded with the paper', async () => {
  silent = true;
  const dry = await hub.call<intake.CheckSubmissionResponse>('intake', 'checkSubmission', intake.CheckSubmissionRequest.fromPartial({ submission: submission([papers[0]!]) }), counter);
  expect(dry.problems.map(({ reason, field }) => `${reason} ${field}`)).toEqual(['REGISTER_SILENT submission.documents', 'DOCUMENT_MISSING submission.documents.transfer-contract']);
  await expect(submit(papers)).rejects.toMatchObject({ code: 'REGISTER_SILENT', meta: { documents: 'land-certificate', services: 'land' } });
  const { code } = await submit([...papers, shown('land-certificate', { registerSilent: true })]);
  const certificate = (await documentsOf(code)).find((one) => one.document === 'land-certificate')!;
  expect(told(certificate)).toBe(`land-certificate presented seen by ${counter} cb-04 land silent`);
  expect(certificate.failure!.ground).toBe('309/2026/NĐ-CP, Điều 2');
  await expect(submit([papers[0]!])).rejects.toMatchObject({ code: 'REGISTER_SILENT' });
});

test('who says that it is silent while it answers is told where the paper is held', async () => {
  await expect(submit([...papers, shown('land-certificate', { registerSilent: true })])).rejects.toMatchObject({ code: 'ALREADY_HELD', field: 'submission.documents.register_silent' });
});

test('documents that nobody was asked for again are counted by procedure, office and day', async () => {
  const count = (more: object = {}): Promise<oversight.CountNotAskedResponse> => hub.call('oversight', 'countNotAsked', oversight.CountNotAskedRequest.fromPartial({ fromDate: '2026-11-01', toDate: '2026-11-30', ...more }), counter);
  await vi.waitFor(async () => {
    const { counts, total } = await count();
    expect([total, counts.map(({ date, procedure, office, documents, dossiers }) => [date, procedure, office, documents, dossiers])]).toEqual([3, [['2026-11-23', '1.013831', counter, 3, 3]]]);
  }, { timeout: 30_000 });
  expect([(await count({ procedure: '1.001193' })).total, (await count({ office: branch })).total, (await count({ fromDate: '2026-11-24' })).total]).toEqual([0, 0, 0]);
  await expect(count({ fromDate: 'yesterday' })).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'from_date' });
});
