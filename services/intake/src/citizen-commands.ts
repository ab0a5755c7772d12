/** What a counter does for the citizen on a dossier that intake holds. */
import { dossier as pb, intake } from '@lienthong/contract';
import { actingFor, commandDossier, commitTo, documentRecords, folderOf, markRequest, particularsNamed, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Aside, Call, Handlers } from '@lienthong/kernel';
import { asideName, decideRootCommand, localDate, refuse } from '@lienthong/law';
import type { By, DocumentRecord, RootCommand } from '@lienthong/law';
import { checkParty } from './parties.ts';
import { checkIndustries, checkSubjectBounds, latePaper, subjectsOf } from './submission.ts';

type Desk = Handlers<typeof intake.IntakeService>;
export type CitizenCommands = Pick<Desk, 'withdrawDossier' | 'deliverSupplement' | 'correctParticulars' | 'returnResult' | 'giveApology' | 'moveRehearsalClock'>;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Action = DistributiveOmit<RootCommand, 'by' | 'request'>;
type RootRequest = { readonly requestId: string; readonly office: string; readonly code: string };

/** `gather` runs before the law decides; what it gives is the action and the parts to keep beside the entries. */
async function command(host: Host, call: Call, request: RootRequest, content: Uint8Array, gather: () => Promise<{ action: Action; asides?: readonly Aside[] }>): Promise<pb.CommandReceipt> {
  const mark = markRequest(request.requestId, content, host.world);
  const by = actingFor(call, request.office);
  const folder = await folderOf(host, request.code);
  const { action, asides } = await gather();
  return commandDossier(host, folder, request.code, mark, (dossier, context) => {
    const outcome = decideRootCommand({ ...action, by, request: mark.mark } as RootCommand, dossier, context);
    return asides === undefined ? { outcome } : { outcome, asides };
  });
}

export function citizenCommands(host: Host): CitizenCommands {
  return {
    withdrawDossier: async (request, call) => ({ receipt: await command(host, call, request, intake.WithdrawDossierRequest.encode(request).finish(), async () => ({ action: { kind: 'withdraw', reason: request.reason } })) }),
    deliverSupplement: async (request, call) => ({ receipt: await command(host, call, request, intake.DeliverSupplementRequest.encode(request).finish(), async () => {
      const late = latePaper(request.lateRecord, 'late_record');
      return { action: { kind: 'deliver-supplement', documents: await delivered(host, request, actingFor(call, request.office)), ...(late === undefined ? {} : { late }) } };
    }) }),
    correctParticulars: async (request, call) => ({ receipt: await command(host, call, request, intake.CorrectParticularsRequest.encode(request).finish(), async () => corrected(host, request)) }),
    returnResult: async (request, call) => ({ receipt: await command(host, call, request, intake.ReturnResultRequest.encode(request).finish(), async () => ({
      action: { kind: 'return-result', results: request.results.map((one) => ({ author: one.author, seq: one.seq })), receiver: request.receiver === intake.Receiver.PROXY ? 'proxy' : 'applicant' },
    })) }),
    giveApology: async (request, call) => ({ receipt: await command(host, call, request, intake.GiveApologyRequest.encode(request).finish(), async () => ({ action: { kind: 'apologise', newDueAt: request.newDueTime?.getTime() ?? 0, reason: request.reason } })) }),
    moveRehearsalClock: async (request, call) => ({ receipt: await command(host, call, request, intake.MoveRehearsalClockRequest.encode(request).finish(), async () => ({ action: { kind: 'move-clock', to: request.newTime?.getTime() ?? 0 } })) }),
  };
}

/** Documents of a supplement, checked like those of a submission. */
async function delivered(host: Host, request: intake.DeliverSupplementRequest, by: By): Promise<DocumentRecord[]> {
  const read = await readDossier(host, request.code, (dossier, folder) => ({ folder, side: sideOfDossier(dossier), body: dossier.root!.body, subject: dossier.root!.particulars.get('subject'), applicant: dossier.root!.particulars.get('applicant') }));
  const procedure = host.environment.reference.procedure(read.body.procedure, read.body.procedureFrom);
  if (procedure === undefined) throw errorOfRefusal(refuse('UNKNOWN_PROCEDURE', { procedure: read.body.procedure, date: read.body.procedureFrom }));
  const stranger = request.documents.find((one) => !procedure.documents.some((known) => known.code === one.document));
  if (stranger !== undefined) throw errorOfRefusal(refuse('DOCUMENT_UNKNOWN', { document: stranger.document, procedure: procedure.code }, 'documents'));
  const values = await particularsNamed(host, read.folder, [read.subject, read.applicant].flatMap((one) => (one === undefined ? [] : [{ part: one.part, name: asideName(one.commitment) }])));
  const subjects = subjectsOf(intake.Submission.create({ applicant: pb.Party.fromJSON(values['applicant'] ?? {}), subject: intake.Subject.fromJSON(values['subject'] ?? {}) }));
  return documentRecords(host, request.documents, procedure, subjects, { side: read.side, dossier: request.code, purpose: 'bổ sung hồ sơ', ground: procedure.source.act, by });
}

/** A typed error is put right: each part that is given replaces the one before; its holders pull it anew. */
function corrected(host: Host, request: intake.CorrectParticularsRequest): { action: Action; asides: readonly Aside[] } {
  if (request.applicant !== undefined) checkParty(request.applicant, 'applicant');
  checkSubjectBounds(request.subject, 'subject');
  checkIndustries(host, request.declaration, localDate(host.world.now()), 'declaration');
  const parts: [string, unknown][] = [];
  if (request.applicant !== undefined) parts.push(['applicant', pb.Party.toJSON(request.applicant)]);
  if (request.submitter !== undefined) parts.push(['submitter', pb.Submitter.toJSON(request.submitter)]);
  if (request.coApplicants.length > 0) parts.push(['co-applicants', request.coApplicants.map((one) => pb.Party.toJSON(one))]);
  if (request.contact !== undefined) parts.push(['contact', pb.Contact.toJSON(request.contact)]);
  if (request.subject !== undefined) parts.push(['subject', intake.Subject.toJSON(request.subject)]);
  if (Object.keys(request.declaration).length > 0) parts.push(['declaration', request.declaration]);
  if (parts.length === 0) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'applicant' }, 'applicant'));
  const committed = parts.map(([part, value]) => commitTo(part, value, host.world));
  return { action: { kind: 'correct', particulars: committed.map((one) => one.commitment), reason: request.reason }, asides: committed.map((one) => one.aside) };
}
