/** What the services of one process stand on, and the services themselves. */
import { join } from 'node:path';
import { memoryBus } from '@lienthong/bus-memory';
import { directoryDocuments } from '@lienthong/documents';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { EvidenceExchange, LawEnvironment, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { knownServices } from '@lienthong/kernel';
import type { Documents } from '@lienthong/kernel';
import { openKeys, systemWorld } from '@lienthong/keys';
import type { LiveCalendar, LiveReference } from '@lienthong/reference-data';
import { memoryPeers } from '@lienthong/rpc-memory';
import { crashPointAt } from '@lienthong/runtime';
import type { Config, Logger } from '@lienthong/runtime';
import type { SqliteStore } from '@lienthong/store-sqlite';
import type { FormSigner } from '@lienthong/form-signatures';
import { feeReceiptPdf, formPdf } from '@lienthong/forms-pdf';
import { trackUrlOf } from '@lienthong/intake';
import type { IntakeSettings } from '@lienthong/intake';
import { receiptCheckOf } from './portal-ports.ts';
import { openGateways, openReference, reportsTo } from '@lienthong/service-process';
import { createServices, serviceNames } from './services.ts';

export type Composed = { readonly modules: readonly ServiceModule[]; readonly environment: LawEnvironment; readonly evidence: EvidenceExchange; readonly documents: Documents; readonly live: LiveReference; readonly calendar: LiveCalendar; /** Where it is kept what was applied of them. */ readonly own: string };

/** `publicUrl`: asked when a receipt is printed. Throws KeysError, and Errors that name a damaged file of reference data. */
export function composeServices(config: Config, log: Logger, store: SqliteStore, publicUrl: () => string): Composed {
  const crashPoint = crashPointAt(config.crashAt), keys = openKeys(join(config.dataDir, 'keys'), crashPoint), world = systemWorld(keys, crashPoint);
  const { reference, live, calendar, own } = openReference(config);
  const environment: LawEnvironment = { reference, work: calendar.work, hosts: { intake: 'intake', money: 'payments', post: 'postal', observers: ['oversight'] } };
  const bus = memoryBus(), peers = memoryPeers(), directory = knownServices(serviceNames, world.maySucceed), evidence = evidenceExchange();
  for (const service of serviceNames) directory.announce(keys.incarnationOf(service));
  const documents = directoryDocuments(join(config.dataDir, 'documents'), undefined, crashPoint);
  const portsOf = (service: string): ServicePorts => ({
    store: store.namespace(service), bus, peers: peers.of(service), world, keys, directory, documents, environment, evidence: evidence.lookup, evidenceBook: evidence.book, mark: store.highWaterMark(service), rehearsalsAllowed: config.rehearsals === 'allow',
    reports: reportsTo(log, service), options: {},
  });
  const modules: readonly ServiceModule[] = createServices(portsOf, { formPdf: formPdfOf(publicUrl), signForm: signFormIn(join(config.dataDir, 'keys', 'forms')) }, {
    receiptPdf: feeReceiptPdf, moneyBack: null, ...openGateways(config, () => world.now()), receiptCheck: (proof, peer) => receiptCheckOf(modules)(proof, peer),
  });
  for (const module of modules) {
    peers.register(module.name, module.participant.peerService);
    if (module.evidence != null) evidence.offer(module.evidence);
    if (module.name === environment.hosts.intake && module.dossierCheck !== undefined) evidence.answerFor(module.dossierCheck);
  }
  return { modules, environment, evidence, documents, live, calendar, own };
}

function formPdfOf(publicUrl: () => string): IntakeSettings['formPdf'] {
  return (form, language, signal) => formPdf(form, { language, trackUrl: trackUrlOf(form.track, publicUrl()) }, signal);
}

/** What signs takes longer to load than the hub has to be ready: it waits for the first signature. */
function signFormIn(directory: string): NonNullable<IntakeSettings['signForm']> {
  let signer: Promise<FormSigner> | undefined;
  return async (pdf, signing) => {
    signer ??= import('@lienthong/form-signatures').then(({ formSigner }) => formSigner(directory, 'Liên thông hub'));
    return (await signer).sign(pdf, signing);
  };
}
