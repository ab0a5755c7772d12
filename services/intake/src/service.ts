/** Intake: any counter, online, post office or kiosk. It holds every dossier it received for life. */
import { intake } from '@lienthong/contract';
import { bookOf, dossierCheck, dossierRules, pulling, servicePepper } from '@lienthong/dossier-service';
import type { Host, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { createParticipant } from '@lienthong/kernel';
import type { AnyRpcService, RpcService } from '@lienthong/kernel';
import { guessLimit } from './access.ts';
import { citizenCommands } from './citizen-commands.ts';
import { codeSeries } from './code-series.ts';
import { duplicateIndex, duplicates } from './duplicates.ts';
import type { Duplicates } from './duplicates.ts';
import { listPlacements, placeLeg, placementIndex } from './placements.ts';
import { counterIndex, getDossier, listDossiers, trackDossier } from './reading.ts';
import { checkSubject } from './check-subject.ts';
import { getReceipt } from './receipt.ts';
import type { ReceiptPdf } from './receipt.ts';
import { checkSubmission, submitDossier } from './submit.ts';
import type { SubmitPorts } from './submit.ts';

export type IntakeSettings = { readonly receiptPdf: ReceiptPdf };

export function createIntake(ports: ServicePorts, settings: IntakeSettings): ServiceModule {
  const rules = dossierRules(ports.environment, (dossier) => ({ ...duplicateIndex(dossier), ...counterIndex(dossier), ...placementIndex(dossier) }));
  const participant = createParticipant({ ...ports, service: 'intake', rules });
  const host: Host = { service: 'intake', participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, ...bookOf(ports), rehearsalsAllowed: ports.rehearsalsAllowed, pull: pulling(ports, () => participant.context().author) };
  let twins: Duplicates | null = null;
  const submit: SubmitPorts = { host, codes: codeSeries(host, () => ports.keys.predecessorsOf(participant.context().author).length), get duplicates() { return twins!; } };
  return {
    name: 'intake', participant, dossierCheck: dossierCheck(host), rpcs: [intakeRpcs(host, submit, settings) as unknown as AnyRpcService],
    async start() {
      await participant.start();
      twins = duplicates(host, await servicePepper(host));
    },
    stop: () => participant.stop(),
  };
}

function intakeRpcs(host: Host, submit: SubmitPorts, settings: IntakeSettings): RpcService<typeof intake.IntakeService> {
  const limit = guessLimit(() => host.world.now());
  return {
    definition: intake.IntakeService,
    handlers: {
      submitDossier: (request, call) => submitDossier(submit, request, call),
      checkSubmission: (request, call) => checkSubmission(submit, request, call),
      getDossier: (request, call) => getDossier(host, request, call),
      checkSubject: (request) => checkSubject(host, request),
      trackDossier: (request, call) => trackDossier(host, limit, request, call),
      listDossiers: (request, call) => listDossiers(host, request, call),
      getReceipt: (request, call) => getReceipt(host, limit, settings.receiptPdf, request, call),
      listPlacements: (request, call) => listPlacements(host, request, call),
      placeLeg: (request, call) => placeLeg(host, request, call),
      ...citizenCommands(host),
    },
  };
}
