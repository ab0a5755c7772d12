/** A service answers its peers before it has started; people who are as early are told to ask again, and then get what they asked for. */
import { dossier as pb, intake } from '@lienthong/contract';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import type { ServiceModule } from '@lienthong/dossier-service';
import { memoryHub } from '@lienthong/testkit';
import { expect, test } from 'vitest';

const counter = 'counter-20410-202507', callMs = 30_000;

function submission(): intake.SubmitDossierRequest {
  const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: 'GCS-1' }) } };
  const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
  return intake.SubmitDossierRequest.fromPartial({ requestId: 'early', submission: intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents }) });
}

test('a submission before the start is refused as one that may be repeated, and then received', async () => {
  let early: Promise<unknown> = Promise.resolve();
  const ask = (module: ServiceModule): Promise<unknown> => {
    const rpc = module.rpcs.find((one) => 'submitDossier' in one.handlers)!;
    return (rpc.handlers['submitDossier'] as (request: object, call: object) => Promise<unknown>)(submission(), { caller: { office: counter, officer: 'cb-04', service: '', peer: '127.0.0.1' }, method: 'submitDossier', signal: AbortSignal.timeout(callMs) });
  };
  const hub = await memoryHub({
    services: ['intake', 'general-agency'],
    compose: (portsOf) => {
      const intakeModule = createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) });
      early = ask(intakeModule);
      early.catch(() => {});
      return [intakeModule, createGeneralAgency(portsOf('general-agency'))];
    },
  });
  try {
    await expect(early).rejects.toMatchObject({ code: 'NOT_STARTED', row: { next: 'retry' } });
    expect((await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', submission(), counter)).code).not.toBe('');
  } finally { await hub.stop(); }
});
