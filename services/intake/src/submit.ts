/** Receiving a dossier, and the dry run that says beforehand what would be missing, owed and due. */
import { dossier as pb, intake } from '@lienthong/contract';
import { actingFor, contextOf, markRequest, plannedCharge, sideOf } from '@lienthong/dossier-service';
import type { Host, RequestMark } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Call, FolderLocks } from '@lienthong/kernel';
import { agencyOf, assess, asideName, documentStandings, localDate, messageOf, missingRefusal, received, refuse, resultFee, silentFor } from '@lienthong/law';
import type { Assessment, BookLineNumber, EarlierLife, FolderId, Refusal, RequiredDocument, SilentRegister, Submission } from '@lienthong/law';
import type { CodeSeries } from './code-series.ts';
import type { Duplicates } from './duplicates.ts';
import { plannedLeg, receiptView } from './receipt-view.ts';
import { pathInRequest } from './submission-fields.ts';
import { accessPart, prepareSubmission } from './submission.ts';
import type { Prepared } from './submission.ts';
import { accessSecret } from './access.ts';
import { bookAt } from './tracking-book/book-rules.ts';
import { lendLine } from './tracking-book/books.ts';
import type { Books } from './tracking-book/books.ts';

export type SubmitPorts = { readonly host: Host; readonly codes: CodeSeries; readonly books: Books; readonly duplicates: Duplicates;
  /** A copy of a submission that is being received waits for it: else it would take a number that nobody ever bears. Other instances are not waited for. */
  readonly receiving: FolderLocks;
};
/** Copies of one submission that wait for it in this process; more are refused with FOLDER_BUSY. */
export const maxWaitingCopies = 64;

const utf8 = new TextEncoder();

/** The folder of a submission: one per client and request, for ever. */
function folderOfRequest(host: Host, client: string, request: string): FolderId {
  return host.world.hash(utf8.encode(`submission|${client}|${request}`));
}

export async function submitDossier(ports: SubmitPorts, request: intake.SubmitDossierRequest, call: Call): Promise<intake.SubmitDossierResponse> {
  const { host } = ports;
  const by = actingFor(call, request.office);
  const mark = markRequest(request.requestId, intake.SubmitDossierRequest.encode(request).finish(), host.world);
  const folder = folderOfRequest(host, by.office, mark.id);
  return ports.receiving.run(folder, async () => {
    const already = await host.participant.view(folder, (view) => view.state.dossier.root?.body.request);
    if (already === undefined) return answer(host, folder, await receive(ports, request.submission, folder, by, mark));
    if (already !== mark.mark) throw new HubError('REQUEST_ID_REUSED', { request: mark.id }, { field: 'request_id' });
    return answer(host, folder);
  });
}

/** Gives the secret of the receipt; '' when somebody else received the same request in the meantime. */
export async function receive(ports: SubmitPorts, given: intake.Submission | undefined, folder: FolderId, by: Submission['by'], mark: RequestMark, earlier?: EarlierLife): Promise<string> {
  const { host } = ports;
  const prepared = await prepareSubmission(host, given, by, mark, ports.duplicates.keyOf, folder, earlier);
  const assessment = assessed(host, prepared.submission);
  const possibleDuplicateOf = await ports.duplicates.openTwin(prepared.submission.duplicateKey!);
  const submission: Submission = possibleDuplicateOf === '' ? prepared.submission : { ...prepared.submission, possibleDuplicateOf };
  if (assessment.missing.length > 0) throw refusalOf(received(submission, assessment, '', contextOf(host)));
  const lent = await lendLine(ports.books, folder, bookAt(assessment.counter.id, sideOf(submission.rehearsal !== null), { receivedAt: assessment.receivedAt, recordedAt: host.world.now() }));
  let entered = false;
  try {
    const done = await receiveAs(ports, prepared, submission, assessment, folder, mark, earlier, lent?.line);
    entered = done.entered;
    return done.secret;
  } finally {
    lent?.done(entered);
  }
}

/** `entered`: the first entry bears the line of the book. */
async function receiveAs({ host, codes }: SubmitPorts, prepared: Prepared, submission: Submission, assessment: Assessment, folder: FolderId, mark: RequestMark, earlier: EarlierLife | undefined, line: BookLineNumber | undefined): Promise<{ readonly secret: string; readonly entered: boolean }> {
  const code = await codes.next({ agency: agencyOf(assessment), // The day's numbers of another system are its own: what comes from there is numbered on the day on which it comes.
    date: localDate(earlier === undefined ? assessment.receivedAt : host.world.now()), side: sideOf(submission.rehearsal !== null) });
  let entered = false;
  host.world.crashPoint?.('dossier-coded');
  const handled = await host.participant.handle(folder, {
    request: { id: mark.id, digest: mark.digest },
    decide: ({ version }) => {
      // A folder that was touched meanwhile has lost its number: see `number-series`.
      entered = version === 0 && line !== undefined;
      const outcome = received(submission, assessment, code, contextOf(host), entered ? line : undefined);
      return 'refusal' in outcome ? outcome : { drafts: outcome.drafts, asides: prepared.asides };
    },
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal as Refusal);
  host.world.crashPoint?.('dossier-received');
  return handled.repeated ? { secret: '', entered: false } : { secret: prepared.secret, entered };
}

export function assessed(host: Host, submission: Submission): Assessment {
  const assessment = assess(submission, contextOf(host));
  if ('refusal' in assessment) throw errorOfRefusal(assessment.refusal);
  return assessment;
}

export function refusalOf(outcome: ReturnType<typeof received>): HubError {
  return errorOfRefusal('refusal' in outcome ? outcome.refusal : refuse('DOCUMENT_MISSING', {}, 'documents'));
}

/** From the folder alone, so that a repeat is answered identically. */
async function answer(host: Host, folder: FolderId, known = ''): Promise<intake.SubmitDossierResponse> {
  const read = await host.participant.view(folder, ({ state: { dossier } }) => ({ dossier, access: dossier.root?.particulars.get(accessPart) }));
  if (read === undefined) throw new RangeError(`dossier ${folder} was received and is not there`);
  const secret = known !== '' ? known : read.access === undefined ? '' : await accessSecret(host, folder, asideName(read.access.commitment));
  const receipt = receiptView(read.dossier, host.environment, secret);
  const body = read.dossier.root!.body;
  return { code: body.code, folder, receipt, warnings: warningsOf(body.possibleDuplicateOf ?? '', receipt) };
}

function warningsOf(duplicate: string, receipt: intake.IntakeReceipt): intake.Warning[] {
  const warnings: intake.Warning[] = [];
  if (duplicate !== '') warnings.push({ kind: intake.WarningKind.POSSIBLE_DUPLICATE, about: duplicate, text: { vi: `Người này đã nộp hồ sơ ${duplicate} cùng thủ tục, chưa kết thúc.`, en: `The same applicant has an open dossier ${duplicate} under this procedure.` } });
  if (receipt.provisional) warnings.push({ kind: intake.WarningKind.PROVISIONAL_DUE_TIME, about: '', text: { vi: 'Hạn trả tạm tính: lịch nghỉ chưa công bố.', en: 'The due time is provisional: the calendar has not been announced.' } });
  return warnings;
}

// ---------------------------------------------------------------- dry run

const dryRun: RequestMark = { id: 'check', digest: '', mark: 'check' };

/** What is missing, what is owed, who must act until when; writes nothing. */
export async function checkSubmission(ports: SubmitPorts, request: intake.CheckSubmissionRequest, call: Call): Promise<intake.CheckSubmissionResponse> {
  const { host } = ports;
  const by = actingFor(call, request.office);
  const prepared = await prepareSubmission(host, request.submission, by, dryRun, ports.duplicates.keyOf);
  const assessment = assess(prepared.submission, contextOf(host));
  if ('refusal' in assessment) return refusedCheck(assessment.refusal);
  const twin = await ports.duplicates.openTwin(prepared.submission.duplicateKey!);
  const problems = missingProblems(assessment.missing, prepared.submission.silent ?? []).map(inRequest);
  const standings = documentStandings(assessment.procedure.documents, prepared.submission.case, prepared.submission.documents, []);
  return {
    acceptable: problems.length === 0, problems, warnings: twin === '' ? [] : warningsOf(twin, intake.IntakeReceipt.create()),
    documents: standings.map((one) => ({
      document: one.document.code, name: one.document.name, required: one.document.optional !== true, satisfied: one.by !== 'missing',
      evidence: one.by === 'evidence' && one.record.origin.type === 'evidence' ? { service: one.record.origin.service, evidence: one.record.origin.evidenceId } : undefined,
      heldBy: one.by === 'evidence' && one.record.origin.type === 'evidence' ? host.environment.reference.office(one.record.origin.office)?.name : undefined,
    })),
    charges: assessment.fees.map((fee): pb.ChargeView => plannedCharge({ type: 'charge', code: fee.code, name: fee.name, kind: fee.kind, amount: fee.amount[prepared.submission.channel], refundable: fee.refundable, blocks: '', ground: fee.source.act })),
    resultCharges: assessment.resultFees.map((fee): pb.ChargeView => plannedCharge({ type: 'charge', ...resultFee(fee, prepared.submission.channel), blocks: '' })),
    legs: assessment.legs.map((plan) => plannedLeg(plan, '', plan.after.map((n) => assessment.legs[n]?.name ?? ''), host.environment)),
    startTime: new Date(assessment.startsAt), dueTime: new Date(assessment.dueAt), provisional: assessment.provisional,
  };
}

/** One for all that silent registers keep, one for each document that must be given. */
export function missingProblems(missing: readonly RequiredDocument[], silent: readonly SilentRegister[]): intake.Problem[] {
  const awaited = silentFor(missing, silent), refusal = awaited.length === 0 ? null : missingRefusal(missing, silent);
  const asked = missing.filter(({ code }) => !awaited.some((one) => one.document === code));
  return [...refusal === null ? [] : [problemOf(refusal)], ...asked.map((one) => problemOf(refuse('DOCUMENT_MISSING', { documents: one.name.vi }, `documents.${one.code}`)))];
}

export function problemOf(refusal: Refusal): intake.Problem {
  return { reason: refusal.code, field: refusal.field, text: { vi: messageOf(refusal, 'vi'), en: messageOf(refusal, 'en') } };
}

const inRequest = (problem: intake.Problem): intake.Problem => ({ ...problem, field: pathInRequest(problem.field) });

function refusedCheck(refusal: Refusal): intake.CheckSubmissionResponse {
  return { acceptable: false, problems: [inRequest(problemOf(refusal))], warnings: [], documents: [], charges: [], resultCharges: [], legs: [], startTime: undefined, dueTime: undefined, provisional: false };
}

