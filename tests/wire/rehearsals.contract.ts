/** At the counter a rehearsal and a real dossier about the same thing do not notice each other. */
import { createGeneralAgency } from '@lienthong/general-agency';
import { dossier as pb, intake } from '@lienthong/contract';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIntake } from '@lienthong/intake';

const counter = 'counter-20410-202507';
const day = Date.parse('2026-11-23T09:00:00+07:00');
let hub: MemoryHub, asked: { readonly side: string; readonly dossier: string }[] = [];

beforeAll(async () => {
  hub = await memoryHub({
    services: ['intake', 'general-agency'], evidence: async ({ side, dossier }) => { asked.push({ side, dossier }); return []; },
    compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(portsOf('general-agency'))],
  });
  hub.world.clock = day;
});
afterAll(() => hub.stop());

const shown = (document: string): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } });
const child: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({
  birthDate: '2026-11-02', birthNoticeNumber: 'GCS-77', mother: pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' }),
}) } };

let requests = 0;
function submit(rehearsal: boolean): Promise<intake.SubmitDossierResponse> {
  const submission = intake.Submission.fromPartial({
    procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: child, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents: [shown('application-form'), shown('birth-notice')],
    ...(rehearsal ? { rehearsal: { startTime: new Date(day) } } : {}),
  });
  return hub.call('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `request-${++requests}`, submission }), counter);
}
const twin = ({ warnings }: intake.SubmitDossierResponse): string => warnings.find((one) => one.kind === intake.WarningKind.POSSIBLE_DUPLICATE)?.about ?? '';

test('each is told of the twin on its own side only, and lists show one side', async () => {
  const rehearsed = await submit(true), real = await submit(false);
  expect([rehearsed.code.includes('-R'), real.code.includes('-R'), twin(rehearsed), twin(real)]).toEqual([true, false, '', '']);
  expect([twin(await submit(true)), twin(await submit(false))]).toEqual([rehearsed.code, real.code]);
  const list = async (rehearsals: boolean): Promise<boolean[]> => (await hub.call<intake.ListDossiersResponse>('intake', 'listDossiers', intake.ListDossiersRequest.fromPartial({ rehearsals }), counter)).dossiers.map((one) => one.rehearsal);
  expect([await list(false), await list(true)]).toEqual([[false, false], [true, true]]);
});

test('evidence is looked up on the side of the submission', async () => {
  asked = [];
  const submission = (rehearsal: object): intake.Submission => intake.Submission.fromPartial({
    procedure: '1.013831', case: 'transfer', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' }) } },
    areas: { subject: '20900@2025-07-01' } as intake.Areas, subject: { parcel: '20900-12-1' } as intake.Subject, documents: [shown('application-form')], ...rehearsal,
  });
  for (const rehearsal of [{}, { rehearsal: { startTime: new Date(day) } }]) await hub.call('intake', 'checkSubmission', intake.CheckSubmissionRequest.fromPartial({ submission: submission(rehearsal) }), counter);
  expect(asked).toEqual([{ side: 'real', dossier: '' }, { side: 'rehearsal', dossier: '' }]);
});
