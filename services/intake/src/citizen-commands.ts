/** What a counter does for the citizen on a dossier that intake holds. */
import { dossier as pb, intake } from '@lienthong/contract';
import { actingFor, commitTo, documentRecords, particularsNamed, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { EvidenceSubjects, Host } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call, Handlers } from '@lienthong/kernel';
import { clockOf, deliveryAddress, localDate, namedParts, refuse, strangerRefusal, supplementRequest } from '@lienthong/law';
import type { By, DocumentRecord, Dossier, FolderId, Root } from '@lienthong/law';
import { checkContact, checkParty, checkSubmitter } from './parties.ts';
import { checkResidences } from './residences.ts';
import type { Named } from './residences.ts';
import { deliveryCorrected } from './post-commands.ts';
import { commandRoot } from './root-call.ts';
import type { Gathered, RootRequest } from './root-call.ts';
import { checkCoApplicants, checkDeclaration, checkDocuments, checkIndustries, checkSubjectBounds, latePaper, subjectsOf } from './submission.ts';

type Desk = Handlers<typeof intake.IntakeService>;
export type CitizenCommands = Pick<Desk, 'withdrawDossier' | 'deliverSupplement' | 'correctParticulars' | 'returnResult' | 'giveApology' | 'moveRehearsalClock'>;

function command(host: Host, call: Call, request: RootRequest, content: Uint8Array, gather: () => Promise<Gathered>): Promise<pb.CommandReceipt> {
  return commandRoot(host, request, content, () => actingFor(call, request.office), gather);
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
  checkDocuments(request.documents, 'documents');
  const read = await readDossier(host, request.code, (dossier, folder) => ({ folder, side: sideOfDossier(dossier), procedure: dossier.root!.body.procedure, from: dossier.root!.rules.procedureFrom, particulars: dossier.root!.particulars, asked: supplementRequest(dossier)?.plan.documents ?? [] }));
  const procedure = host.environment.reference.procedure(read.procedure, read.from);
  if (procedure === undefined) throw errorOfRefusal(refuse('UNKNOWN_PROCEDURE', { procedure: read.procedure, date: read.from }));
  // What was asked for under earlier rules may be brought, whatever the present ones name.
  const stranger = strangerRefusal(request.documents.filter(({ document }) => !read.asked.includes(document)), procedure);
  if (stranger !== null) throw errorOfRefusal(stranger);
  const subjects = await subjectsOfDossier(host, read.folder, read.particulars);
  return documentRecords(host, request.documents, procedure, subjects, { side: read.side, dossier: request.code, purpose: 'bổ sung hồ sơ', ground: procedure.source.act, by });
}

/** What evidence for the dossier may be about. */
export async function subjectsOfDossier(host: Host, folder: FolderId, particulars: Root['particulars']): Promise<EvidenceSubjects> {
  const values = await particularsNamed(host, folder, namedParts({ particulars }, ['subject', 'applicant']));
  return subjectsOf(intake.Submission.create({ applicant: pb.Party.fromJSON(values['applicant'] ?? {}), subject: intake.Subject.fromJSON(values['subject'] ?? {}) }));
}

/** A typed error is put right: each part that is given replaces the one before, of the form the fields that are named; its holders pull it anew. */
async function corrected(host: Host, request: intake.CorrectParticularsRequest): Promise<Gathered> {
  checkParts(host, request);
  await checkPlaces(host, request);
  const parts: [string, unknown][] = [];
  if (request.applicant !== undefined) parts.push(['applicant', pb.Party.toJSON(request.applicant)]);
  if (request.submitter !== undefined) parts.push(['submitter', pb.Submitter.toJSON(request.submitter)]);
  if (request.coApplicants.length > 0) parts.push(['co-applicants', request.coApplicants.map((one) => pb.Party.toJSON(one))]);
  if (request.contact !== undefined) parts.push(['contact', pb.Contact.toJSON(request.contact)]);
  if (request.subject !== undefined) parts.push(['subject', intake.Subject.toJSON(request.subject)]);
  if (request.delivery !== undefined) parts.push([deliveryAddress, deliveryCorrected(request.delivery)]);
  const form = Object.keys(request.declaration).length > 0 ? await formWith(host, request) : null;
  if (form !== null) parts.push([declarationPart, form.fields]);
  if (parts.length === 0) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'applicant' }, 'applicant'));
  const committed = parts.map(([part, value]) => commitTo(part, value, host.world)), action = { kind: 'correct', particulars: committed.map((one) => one.commitment), reason: request.reason } as const;
  return { action: form === null ? action : (dossier) => { form.check(dossier); return action; }, asides: committed.map((one) => one.aside) };
}

function checkParts(host: Host, { applicant, submitter, coApplicants, contact, subject, declaration }: intake.CorrectParticularsRequest): void {
  const kind = applicant === undefined ? 'citizen' : checkParty(applicant, 'applicant');
  if (submitter !== undefined) checkSubmitter(submitter, kind);
  checkCoApplicants(coApplicants, 'co_applicants');
  checkContact(contact, 'contact');
  checkSubjectBounds(subject, 'subject');
  checkIndustries(host, declaration, localDate(host.world.now()), 'declaration');
}

/** A unit of the day of receipt will do, and one of today. */
async function checkPlaces(host: Host, { code, applicant, submitter, coApplicants }: intake.CorrectParticularsRequest): Promise<void> {
  const days = await readDossier(host, code, (dossier) => [localDate(dossier.root!.receivedAt), localDate(clockOf(dossier, host.world.now()))] as const);
  checkResidences(host.environment.reference, [[applicant, 'applicant'], [submitter?.party, 'submitter.party'], ...coApplicants.map((one, n): Named => [one, `co_applicants[${n}]`])], days);
}

const declarationPart = 'declaration';
type Form = { readonly fields: Readonly<Record<string, string>>; /** @throws CONFLICT_PERSISTS when another correction came between. */ check(dossier: Dossier): void };

/** The form with the fields that change; an empty value takes one out. Where the form was lost with a store, what is given is all there is. */
async function formWith(host: Host, { code, declaration }: intake.CorrectParticularsRequest): Promise<Form> {
  const standingOf = (dossier: Dossier): string | undefined => dossier.root!.particulars.get(declarationPart)?.commitment;
  const { folder, named, standing } = await readDossier(host, code, (dossier, id) => ({ folder: id, named: namedParts(dossier.root!, [declarationPart]), standing: standingOf(dossier) }));
  const values = await particularsNamed(host, folder, named), before = (values[declarationPart] ?? {}) as Readonly<Record<string, string>>;
  const fields = Object.fromEntries(Object.entries({ ...before, ...declaration }).filter(([, value]) => value !== ''));
  checkDeclaration(fields, declarationPart);
  return { fields, check(dossier) { if (standingOf(dossier) !== standing) throw new HubError('CONFLICT_PERSISTS', { folder, attempts: '1' }); } };
}
