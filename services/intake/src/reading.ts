/** Looking at dossiers: the counter with all it may see, the citizen with a receipt and a phone. */
import { dossier as pb, intake } from '@lienthong/contract';
import { actingFor, checkKnownValues, documentView, doorSecret, dossierStatus, folderAfter, folderOf, listToken, handoverCode, legView, noticesOf, particularsNamed, portalState, readDossier, readMessage, time } from '@lienthong/dossier-service';
import type { GuessLimit, HandoverEnd, Host } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError, unlessDamaged } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { addressOf, clockOf, documentsOf, dossierDue, namedParts, refuse, saidToCitizen, supplementRequest } from '@lienthong/law';
import type { Commitment, Dossier, FolderId, Root } from '@lienthong/law';
import { whereProved } from './access.ts';
import { receiptView } from './receipt-view.ts';
import { toPlace } from './placements.ts';
import { accessPart } from './submission.ts';

/** Parts that the counter sees. */
const shownParts = ['applicant', 'contact', accessPart] as const;

export async function getDossier(host: Host, request: intake.GetDossierRequest, call: Call): Promise<intake.GetDossierResponse> {
  actingFor(call, request.office);
  return wholeDossier(host, request.code);
}

/** All of a dossier that the counter and the applicant may see; whoever calls this has checked that they may. */
export async function wholeDossier(host: Host, code: string): Promise<intake.GetDossierResponse> {
  const read = await readDossier(host, code, (dossier, folder) => ({ view: dossierView(host, dossier, folder), names: partNames(dossier), root: dossier.root!.id, said: saidToCitizen(dossier) }));
  const values = await particularsNamed(host, read.view.folder, read.names);
  const secret = (values[accessPart] as { secret: string } | undefined)?.secret ?? '';
  const receipt = await readDossier(host, code, (dossier) => receiptView(dossier, host.environment, secret));
  const notices = await noticesOf(host, read.view.folder, read.root, read.said);
  return {
    ...read.view, status: { ...read.view.status!, notices }, receipt, applicant: values['applicant'] === undefined ? undefined : pb.Party.fromJSON(values['applicant']), contact: values['contact'] === undefined ? undefined : pb.Contact.fromJSON(values['contact']),
  };
}

function partNames(dossier: Dossier): { part: string; name: string }[] {
  return namedParts(dossier.root!, shownParts);
}

function dossierView(host: Host, dossier: Dossier, folder: FolderId): Omit<intake.GetDossierResponse, 'receipt' | 'applicant' | 'contact'> {
  const supplement = supplementRequest(dossier);
  return {
    status: dossierStatus(dossier, host.environment, host.world.now(), true), legs: [...dossier.legs.values()].map((leg) => legView(dossier, leg, host.environment, host.world.now())),
    documents: documentsOf(dossier).map((one) => documentView(one, dossier, host.environment.reference)), folder,
    supplementDocuments: supplement === undefined || supplement.ended !== null ? [] : [...supplement.plan.documents ?? []], clockTime: new Date(clockOf(dossier, host.world.now())),
  };
}

/** For anybody who can show that the dossier is theirs. A wrong proof and an unknown code look the same and cost the same. */
export async function trackDossier(host: Host, limit: GuessLimit, request: intake.TrackDossierRequest, call: Call): Promise<intake.TrackDossierResponse> {
  if (request.proof === undefined) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'proof' }, 'proof'));
  const proof = request.proof.$case === 'secret' ? { secret: request.proof.value } : { last4: request.proof.value };
  const proved = await whereProved(host, limit, { code: request.code, proof }, call.caller.peer, (dossier) => ({ said: saidToCitizen(dossier), status: dossierStatus(dossier, host.environment, host.world.now(), 'secret' in proof), doors: doorsOf(dossier) }));
  if (proved === undefined) throw new HubError('TRACK_REFUSED', { code: request.code }, { field: 'proof' });
  const { folder, root, shown: found } = proved;
  if (!('secret' in proof)) return { status: { ...found.status, notices: [] }, reads: [], readsUnavailable: [] };
  const consignments = found.doors.length === 0 ? found.status.consignments : await withCodes(host, folder, found.status.consignments, found.doors);
  const [notices, { reads, unavailable }] = await Promise.all([noticesOf(host, folder, root.id, found.said), host.evidenceBook?.reads(folder, request.code) ?? nothingRead]);
  return { status: { ...found.status, notices, consignments }, reads: reads.map((one) => readMessage(one, host.environment.reference)), readsUnavailable: [...unavailable] };
}

type Door = { readonly consignment: string; readonly end: HandoverEnd; readonly address: Commitment };

/** Consignments that are given or taken at the applicant's door and have not ended. */
function doorsOf(dossier: Dossier): readonly Door[] {
  return [...dossier.consignments.values()].flatMap((one): Door[] => {
    const address = one.ended === null ? addressOf(dossier, one) : undefined;
    return address === undefined ? [] : [{ consignment: one.id, end: one.plan.from === 'home' ? 'given' : 'taken', address }];
  });
}

function withCodes(host: Host, folder: FolderId, consignments: readonly pb.ConsignmentView[], doors: readonly Door[]): Promise<pb.ConsignmentView[]> {
  return Promise.all(consignments.map(async (one) => {
    const door = doors.find(({ consignment }) => consignment === one.consignment), secret = door === undefined ? undefined : await doorSecret(host, folder, door.address);
    return secret === undefined ? one : { ...one, handoverCode: handoverCode(host.world, secret, one.consignment, door!.end) };
  }));
}

const nothingRead = { reads: [], unavailable: [] } as const;

export const defaultPageSize = 50;
export const maxPageSize = 200;
const dossiersList = 'dossiers';

/** Dossiers that a counter received or returns, newest folder id last; open ones only unless states are asked for. */
export async function listDossiers(host: Host, request: intake.ListDossiersRequest, call: Call): Promise<intake.ListDossiersResponse> {
  const { office } = actingFor(call, request.office);
  const size = request.pageSize === 0 ? defaultPageSize : request.pageSize;
  if (size < 1 || size > maxPageSize) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'page_size', problem: `1–${maxPageSize}` }, 'page_size'));
  checkKnownValues('states', request.states, pb.DossierState);
  const dossiers: intake.DossierSummary[] = [];
  let after = folderAfter(dossiersList, request.pageToken);
  for (;;) {
    const found = await (request.earlierCode === '' ? host.participant.find('counter', office, size, after) : host.participant.find('earlier', request.earlierCode, size, after));
    for (const folder of found) {
      after = folder;
      const summary = await host.participant.view(folder, ({ state: { dossier } }) => (isAt(dossier, office) ? summaryOf(host, dossier) : null)).catch(unlessDamaged);
      if (summary != null && wanted(summary, request)) dossiers.push(summary);
      if (dossiers.length === size) return { dossiers, nextPageToken: listToken(dossiersList, folder) };
    }
    if (found.length < size) return { dossiers, nextPageToken: '' };
  }
}

const isAt = ({ root }: Dossier, office: string): boolean => root !== null && countersOf(root).includes(office);

/** States in which nothing more is to come. */
const ended: ReadonlySet<pb.DossierState> = new Set([pb.DossierState.RETURNED, pb.DossierState.REFUSED, pb.DossierState.WITHDRAWN, pb.DossierState.STOPPED]);

function wanted(summary: intake.DossierSummary, request: intake.ListDossiersRequest): boolean {
  const states = request.states.length === 0 ? !ended.has(summary.state) : request.states.includes(summary.state);
  return states && (request.procedure === '' || summary.procedure === request.procedure) && request.rehearsals === summary.rehearsal;
}

function summaryOf(host: Host, dossier: Dossier): intake.DossierSummary | null {
  const root = dossier.root;
  if (root === null) return null;
  return {
    code: root.body.code, procedure: root.body.procedure, procedureName: root.body.name, state: portalState(dossier, host.environment), receivedTime: new Date(root.receivedAt),
    dueTime: time(dossierDue(dossier, host.environment).due), rehearsal: root.body.rehearsal, counter: root.counter, returnOffice: root.returnOffice, legsToPlace: toPlace(dossier).length, earlierCode: root.body.earlier?.code ?? '',
  };
}

/** Where it was received, for whom, and where it is collected. */
const countersOf = ({ counter, returnOffice, body }: Root): readonly string[] => [counter, returnOffice, body.by?.office ?? counter];

/** Counters find what they received and what is returned there. */
export function counterIndex(dossier: Dossier): { counter?: string[] } {
  return dossier.root === null ? {} : { counter: [...new Set(countersOf(dossier.root))] };
}
