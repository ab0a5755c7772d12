/** Where the owner hands the certificate in on paper, it follows the dossier by itself to the office that takes it in, whose clock begins when it comes; where the register has told what it says, nothing travels. */
import { agency, dossier as pb, intake, land, oversight, postal } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { createIntake } from '@lienthong/intake';
import { createLand } from '@lienthong/land';
import { createOversight } from '@lienthong/oversight';
import { createPostal } from '@lienthong/postal';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const counter = 'counter-20410-202507', branch = 'land-515-202501', hoiAn = 'post-503-202501', traMy = 'post-515-202501', heardMs = 60_000;
const owner = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' });
let hub: MemoryHub, requests = 0;

beforeAll(async () => {
  const registers = evidenceExchange();
  hub = await memoryHub({
    services: ['intake', 'land', 'postal', 'oversight'], evidence: registers.lookup,
    compose(portsOf): ServiceModule[] {
      const service = createLand(portsOf('land'));
      registers.offer(service.evidence!);
      return [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), service, createPostal(portsOf('postal')), createOversight(portsOf('oversight'))];
    },
  });
});
afterAll(() => hub.stop());

const next = (): string => `follows-${++requests}`;
const clock = (time: string): void => { hub.world.clock = Date.parse(`2026-11-${time}+07:00`); };
const look = (code: string): Promise<intake.GetDossierResponse> => hub.call('intake', 'getDossier', intake.GetDossierRequest.fromPartial({ code }), counter);
const legOf = async (code: string, name: string): Promise<pb.LegView> => (await look(code)).legs.find((one) => one.name === name)!;
const heard = (run: () => Promise<unknown>): Promise<void> => expect.poll(() => run().then(() => 'done', (error: { code: string }) => error.code), { timeout: heardMs }).toBe('done');

/** An exchange of the certificate of a parcel in Trà My, asked for in Hội An, with what is on paper; checked by the branch. */
async function checked(...papers: readonly string[]): Promise<string> {
  clock('23T09:00:00');
  const parcel = `20900-12-${++requests}`;
  await hub.call('land', 'seedParcel', land.SeedParcelRequest.fromPartial({ requestId: next(), parcel: {
    parcel, area: '20900@2025-07-01', mapSheet: '12', number: String(requests), sizeDm2: 10_000, purpose: 'ONT', address: 'thôn 1',
    rights: [{ kind: land.RightKind.USE, holder: { party: { $case: 'citizen', value: owner } }, shareMillionths: 1_000_000, certificateNumber: `AA ${requests}`, sinceDate: '2015-03-02' }],
  } } as land.SeedParcelRequest), branch);
  const submission = intake.Submission.fromPartial({
    procedure: '1.012783', case: 'standard', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'citizen', value: owner } }, areas: { subject: '20900@2025-07-01' } as intake.Areas, subject: { parcel } as intake.Subject,
    documents: papers.map((document) => ({ document, origin: { $case: 'presented', value: {} } })),
  } as never);
  const { code } = await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: next(), submission }), counter);
  await complete(code, 'land-check');
  await expect.poll(async () => (await legOf(code, 'exchange')).state, { timeout: heardMs }).toBe(pb.LegState.WORKING);
  return code;
}

async function complete(code: string, leg: string, ...results: readonly string[]): Promise<void> {
  const request = agency.CompleteLegRequest.create({ requestId: next(), code, leg, verdict: agency.Verdict.DONE, results: results.map((result) => ({ result, number: `CN ${requests}`, digest: '' })) });
  await heard(() => hub.call('land', 'completeLeg', request, branch));
}

test('handed in on paper: ordered by itself, the post\'s time while it travels, and three working days from when it comes', async () => {
  const code = await checked('application-form', 'land-certificate');
  await expect.poll(async () => (await look(code)).status!.consignments[0]?.number ?? '', { timeout: heardMs }).not.toBe('');
  const { number, consignment, documents, carries } = (await look(code)).status!.consignments[0]!;
  expect([carries, documents, (await legOf(code, 'exchange')).dueTime]).toEqual([pb.Carries.ORIGINALS, ['land-certificate'], undefined]);
  await hub.call('postal', 'scanConsignment', postal.ScanConsignmentRequest.create({ requestId: next(), number, state: postal.ScanState.COLLECTED, place: 'Hội An', signedBy: 'Giao dịch viên' }), hoiAn);
  clock('25T09:00:00');
  await hub.call('postal', 'deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId: next(), number, place: 'Trà My', signed: true }), traMy);
  await expect.poll(async () => (await legOf(code, 'exchange')).dueTime, { timeout: heardMs }).toEqual(new Date('2026-11-30T09:00:00+07:00'));
  await heard(() => hub.call('land', 'confirmConsignment', agency.ConfirmConsignmentRequest.create({ requestId: next(), code, leg: 'exchange', consignment, received: ['land-certificate'] }), branch));
  await complete(code, 'exchange', 'KQ.G10.001147');
  await expect.poll(async () => (await look(code)).status!.state, { timeout: heardMs }).toBe(pb.DossierState.RESULT_READY);
  await hub.call('intake', 'returnResult', intake.ReturnResultRequest.create({ requestId: next(), code }), counter);
  await expect.poll(async () => (await look(code)).status!.closed, { timeout: heardMs }).toBe(true);
  const timeline = async (): Promise<readonly oversight.TimelineInterval[]> => (await hub.call<oversight.GetTimelineResponse>('oversight', 'getTimeline', oversight.GetTimelineRequest.fromPartial({ code }), counter)).intervals;
  await expect.poll(async () => (await timeline()).filter((one) => one.accountable === oversight.Accountable.POST).map(({ startTime, endTime }) => [startTime, endTime]), { timeout: heardMs }).toEqual([[new Date('2026-11-23T09:00:00+07:00'), new Date('2026-11-25T09:00:00+07:00')]]);
});

// The day after is the culture day.
test('read from the register: nothing travels, and the clock runs from the takeover', async () => {
  const code = await checked('application-form');
  const { documents, status } = await look(code);
  expect(documents.find((one) => one.document === 'land-certificate')?.origin?.$case).toBe('evidence');
  expect([status!.consignments, (await legOf(code, 'exchange')).dueTime]).toEqual([[], new Date('2026-11-27T09:00:00+07:00')]);
});
