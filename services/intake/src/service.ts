/** Intake: any counter, online, post office or kiosk. It holds every dossier it received for life. */
import { intake } from '@lienthong/contract';
import { bookOf, dossierCheck, dossierRules, guessLimit, learnPepper, pulling } from '@lienthong/dossier-service';
import type { Host, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { createParticipant, FolderLocks, HubError } from '@lienthong/kernel';
import type { AnyRpcService, RpcService } from '@lienthong/kernel';
import { loadForms } from '@lienthong/reference-data';
import { citizenCommands } from './citizen-commands.ts';
import { postCommands } from './post-commands.ts';
import { codeSeries } from './code-series.ts';
import { duplicateIndex, duplicates } from './duplicates.ts';
import type { Duplicates } from './duplicates.ts';
import { listPlacements, placeLeg, placementIndex } from './placements.ts';
import { counterIndex, getDossier, listDossiers, trackDossier } from './reading.ts';
import { checkSubject } from './check-subject.ts';
import { getForm, getReceipt } from './forms.ts';
import type { FormPdf, Forms } from './forms.ts';
import type { SignForm } from './signed-form.ts';
import { importDossier } from './import-dossier.ts';
import { checkResult, resultFileIndex } from './check-result.ts';
import { countRefusals, getRefusalForm, listRefusals, receiptRefusals, refuseReceipt } from './receipt-refusals.ts';
import { rulesRpcs } from './choose-rules.ts';
import { partEffects, withParts } from './split-parts.ts';
import { namingPaths } from './submission-fields.ts';
import { checkSubmission, maxWaitingCopies, submitDossier } from './submit.ts';
import type { SubmitPorts } from './submit.ts';
import { bookRecords, lineIndex, withBooks } from './tracking-book/book-rules.ts';
import { bookEffects, books } from './tracking-book/books.ts';
import type { Books } from './tracking-book/books.ts';
import { getTrackingBook } from './tracking-book/print-book.ts';

/** `signForm` absent: no form is signed. */
export type IntakeSettings = { readonly formPdf: FormPdf; readonly signForm?: SignForm };

export function createIntake(ports: ServicePorts, settings: IntakeSettings): ServiceModule {
  const rules = withParts(withBooks(dossierRules(ports.environment, (dossier) => ({ ...duplicateIndex(dossier), ...counterIndex(dossier), ...placementIndex(dossier), ...lineIndex(dossier), ...resultFileIndex(dossier) }), bookRecords)), ports.environment);
  // The effects need the participant, which needs the effects: they meet when the first one runs.
  let kept: Books | null = null;
  const participant = createParticipant({ ...ports, service: 'intake', rules, effects: { ...bookEffects(() => kept!), ...partEffects(() => kept!.host) } });
  const host: Host = { service: 'intake', participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, ...bookOf(ports), rehearsalsAllowed: ports.rehearsalsAllowed, pull: pulling(ports, () => participant.context().author) };
  const tracked = kept = books(host);
  let twins: Duplicates | null = null;
  const submit: SubmitPorts = { host, codes: codeSeries(host, () => ports.keys.predecessorsOf(participant.context().author).length), books: tracked, receiving: new FolderLocks(maxWaitingCopies), get duplicates() { return started(twins); } };
  return {
    name: 'intake', participant, dossierCheck: dossierCheck(host), rpcs: [intakeRpcs(host, submit, tracked, settings) as unknown as AnyRpcService],
    async start() {
      await participant.start();
      // A service whose store was lost is started before its secret is back; people are told to ask again meanwhile.
      await learnPepper(host, (pepper) => { twins = duplicates(host, pepper); });
    },
    stop: () => participant.stop(),
  };
}

/** Calls are taken in before the service has started, for peers ask already: people are told to ask again. */
function started<T>(part: T | null): T {
  if (part === null) throw new HubError('NOT_STARTED', { service: 'intake' });
  return part;
}

function intakeRpcs(host: Host, submit: SubmitPorts, tracked: Books, settings: IntakeSettings): RpcService<typeof intake.IntakeService> {
  const limit = guessLimit(() => host.world.now());
  const forms: Forms = { host, limit, editions: loadForms(), pdf: settings.formPdf, sign: settings.signForm }, refusals = receiptRefusals(host);
  return {
    definition: intake.IntakeService,
    handlers: {
      submitDossier: (request, call) => namingPaths(() => submitDossier(submit, request, call)),
      importDossier: (request, call) => importDossier(submit, request, call),
      checkSubmission: (request, call) => namingPaths(() => checkSubmission(submit, request, call)),
      getDossier: (request, call) => getDossier(host, request, call),
      checkSubject: (request) => checkSubject(host, request),
      checkResult: (request, call) => checkResult(host, limit, request, call),
      trackDossier: (request, call) => trackDossier(host, limit, request, call),
      listDossiers: (request, call) => listDossiers(host, request, call),
      getReceipt: (request, call) => getReceipt(forms, request, call),
      getForm: (request, call) => getForm(forms, request, call),
      refuseReceipt: (request, call) => refuseReceipt(refusals, request, call),
      getRefusalForm: (request, call) => getRefusalForm(refusals, forms, request, call),
      listRefusals: (request, call) => listRefusals(refusals, request, call),
      countRefusals: (request) => countRefusals(refusals, request),
      getTrackingBook: (request, call) => getTrackingBook(forms, tracked, request, call),
      listPlacements: (request, call) => listPlacements(host, request, call),
      placeLeg: (request, call) => placeLeg(host, request, call),
      ...citizenCommands(host), ...rulesRpcs(host), ...postCommands(host, limit),
    },
  };
}
