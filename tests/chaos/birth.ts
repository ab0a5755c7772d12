/** A birth, registered: the shortest dossier there is, real or as a rehearsal. */
import { documents, dossier as pb, intake } from '@lienthong/contract';
import { Walk } from '@lienthong/journeys';
import type { HubClient, Unique } from '@lienthong/journeys';
import { grpcClient } from '@lienthong/rpc-grpc';

export const counter = 'counter-20410-202507';
const officer = 'cb-tiep-nhan';
const dayMs = 86_400_000;

export type Submitted = { readonly walk: Walk; readonly answer: intake.SubmitDossierResponse; /** Sent again, the answer is the same. */ readonly request: intake.SubmitDossierRequest };

/** `paper`: the birth notice as an upload; absent: it is shown at the counter. */
export async function submitBirth(hub: HubClient, unique: Unique, options: { readonly rehearsal: boolean; readonly paper?: pb.Upload } = { rehearsal: false }): Promise<Submitted> {
  const start = options.rehearsal ? new Date('2026-10-05T08:10:00+07:00') : new Date();
  const mother = pb.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hoài', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: unique.personalNumber(), address: 'Hội An, Đà Nẵng' });
  const child = pb.Newborn.fromPartial({ birthDate: new Date(start.getTime() - 4 * dayMs).toISOString().slice(0, 10), sex: pb.Sex.FEMALE, birthNoticeNumber: unique.request('GCS'), birthPlace: 'Bệnh viện Đa khoa Hội An', mother });
  const origin: pb.DocumentInput['origin'] = options.paper === undefined ? { $case: 'presented', value: {} } : { $case: 'upload', value: options.paper };
  const request = intake.SubmitDossierRequest.fromPartial({
    requestId: unique.request('birth'),
    submission: {
      procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'newborn', value: child } }, areas: { subject: '20410', residence: '20410' },
      documents: [{ document: 'application-form', origin: { $case: 'presented', value: {} } }, { document: 'birth-notice', origin }], ...(options.rehearsal ? { rehearsal: { startTime: start } } : {}),
    } as intake.Submission,
  });
  const walk = new Walk('birth', hub, unique, () => {});
  const answer = await walk.call(() => hub.intake.submitDossier(request, { office: counter, officer }));
  Object.assign(walk, { code: answer.code, folder: answer.folder, counter });
  return { walk, answer, request };
}

export function repeat(hub: HubClient, request: intake.SubmitDossierRequest): Promise<intake.SubmitDossierResponse> {
  return hub.intake.submitDossier(request, { office: counter, officer });
}

/** From wherever it stands to its end. */
export async function finishBirth(walk: Walk): Promise<pb.DossierState> {
  const leg = walk.leg('registration', await walk.look());
  if (leg?.state !== pb.LegState.DONE) await walk.complete('registration');
  await walk.returnResult(counter);
  return (await walk.closed()).status!.state;
}

/** Puts a paper; `address` of the hub. */
export async function upload(address: string, text: string, unique: Unique): Promise<pb.Upload> {
  const client = grpcClient(documents.DocumentsService, address, { office: counter, officer });
  const header = documents.DocumentHeader.fromPartial({ requestId: unique.request('paper'), mediaType: 'text/plain' });
  const parts: documents.PutDocumentRequest[] = [{ part: { $case: 'header', value: header } }, { part: { $case: 'chunk', value: Buffer.from(text) } }];
  try { return (await client.putDocument(parts)).document!; } finally { client.close(); }
}

/** The text of a paper as the counter of its dossier reads it. */
export async function download(address: string, code: string, digest: string): Promise<string> {
  const client = grpcClient(documents.DocumentsService, address, { office: counter, officer });
  const pieces: Uint8Array[] = [];
  try {
    for await (const { part } of client.getDocument(documents.GetDocumentRequest.fromPartial({ digest, code }))) if (part?.$case === 'chunk') pieces.push(part.value);
  } finally { client.close(); }
  return Buffer.concat(pieces).toString('utf8');
}
