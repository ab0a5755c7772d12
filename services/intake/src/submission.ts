/** A submission as it is handed in becomes what the law judges, and particulars that stand beside the entries. */
import { dossier as pb, intake } from '@lienthong/contract';
import { commitTo, documentRecords, evidenceRecord, lookedUp, maxSubjectCharacters, onSide, sideOf } from '@lienthong/dossier-service';
import type { EvidenceAsk, EvidenceSubjects, Host, RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal, toHex } from '@lienthong/kernel';
import type { Aside } from '@lienthong/kernel';
import { evidenceToRead, industryField, industryRefusal, localDate, refuse, resultsNamed } from '@lienthong/law';
import type { AreaId, By, Channel, Commitment, DocumentRecord, EarlierLife, FolderId, Instant, LatePaper, LocalDate, Locality, Procedure, SilentRegister, Submission } from '@lienthong/law';
import { givenInstant } from './given-time.ts';
import { checkContact, checkLengths, checkParty, checkRead, checkSubmitter, identityNumbers, maxNameCharacters, maxPlaceCharacters } from './parties.ts';
import { checkResidences } from './residences.ts';
import type { Named } from './residences.ts';

/** Parts of the particulars, as legs list them; `access` and `delivery` are intake's and the post's. */
export const accessPart = 'access';
export const deliveryPart = 'delivery';

export const maxDeclarationFields = 200;
export const maxDeclarationNameCharacters = 64;
export const maxDeclarationCharacters = 4_000;
export const maxCoApplicants = 20;
export const maxDocuments = 100;
/** Bytes of the secret in the receipt's QR. */
export const secretBytes = 16;

export type Prepared = { readonly submission: Submission; readonly asides: readonly Aside[]; readonly procedure: Procedure | undefined; /** What the receipt's QR bears. */ readonly secret: string };

const channels: Readonly<Record<number, Channel>> = { [pb.Channel.COUNTER]: 'counter', [pb.Channel.ONLINE]: 'online', [pb.Channel.POST]: 'post' };
const ways = { [pb.ReturnWay.COUNTER]: 'counter', [pb.ReturnWay.POST]: 'post', [pb.ReturnWay.ONLINE]: 'online' } as const;

function invalid(field: string, problem: string): never {
  throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem }, field));
}

function missing(field: string): never {
  throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
}

/** Checks the fields, looks up what registers hold, commits to the particulars. Nothing is written. `folder`: of the dossier to be; absent: a dry run. `earlier`: its life in another system; absent: none. */
export async function prepareSubmission(host: Host, given: intake.Submission | undefined, by: By, request: RequestMark, duplicateKeyOf: (text: string) => string, folder?: FolderId, earlier?: EarlierLife): Promise<Prepared> {
  if (given === undefined) missing('submission');
  if (given.procedure === '') missing('submission.procedure');
  const rehearsal = rehearsalStart(host, given), side = sideOf(rehearsal !== null), late = latePaper(given.lateRecord, 'submission.late_record');
  const now = host.world.now(), on = localDate(rehearsal ?? late?.receivedAt ?? earlier?.receivedAt ?? now);
  const applicantKind = checkParty(given.applicant, 'submission.applicant');
  checkContact(given.contact, 'submission.contact');
  checkBounds(given);
  checkResidences(host.environment.reference, [[given.applicant, 'submission.applicant'], [given.submitter?.party, 'submission.submitter.party'], ...given.coApplicants.map((one, n): Named => [one, `submission.co_applicants[${n}]`])], [on]);
  const procedure = host.environment.reference.procedure(given.procedure, on);
  checkIndustries(host, given.declaration, on, 'submission.declaration');
  const subjects = subjectsOf(given);
  const channel = channels[given.channel] ?? missing('submission.channel');
  const { documents, silent } = procedure === undefined ? noDocuments : await gatherDocuments(host, given, procedure, subjects, { unseen: channel === 'online', side, dossier: '', purpose: 'tiếp nhận hồ sơ', ground: procedure.source.act, by, ...(folder === undefined ? {} : { folder }) });
  const secret = toHex(host.world.randomBytes(secretBytes));
  const { particulars, asides } = commitParticulars(host, given, secret);
  const submission: Submission = {
    by, request: request.mark, procedure: given.procedure, case: given.case, channel, areas: areasOf(host, given, earlier === undefined ? on : localDate(now)), applicantKind, submittedBy: checkSubmitter(given.submitter, applicantKind),
    documents, ...(silent.length === 0 ? {} : { silent }), particulars, return: returnOf(given, by), rehearsal, duplicateKey: duplicateKeyOf(duplicateText(given, side)),
    ...(late === undefined ? {} : { late }), ...(earlier === undefined ? {} : { earlier }),
  };
  return { submission, asides, procedure, secret };
}

/** When paper was taken in an outage; undefined: it is received now. */
export function latePaper(given: intake.LateRecord | undefined, field: string): LatePaper | undefined {
  if (given === undefined) return undefined;
  if (given.outage === '') missing(`${field}.outage`);
  return { receivedAt: givenInstant(given.receivedTime, `${field}.received_time`), outage: given.outage };
}

/** Refused before anything is looked up where the operator allows none. */
function rehearsalStart({ rehearsalsAllowed }: Host, given: intake.Submission): Instant | null {
  if (given.rehearsal === undefined) return null;
  if (!rehearsalsAllowed) throw errorOfRefusal(refuse('REHEARSAL_REFUSED', {}, 'submission.rehearsal'));
  return givenInstant(given.rehearsal.startTime, 'submission.rehearsal.start_time');
}

function checkBounds(given: intake.Submission): void {
  checkDeclaration(given.declaration, 'submission.declaration');
  checkSubjectBounds(given.subject, 'submission.subject');
  checkCoApplicants(given.coApplicants, 'submission.co_applicants');
  checkDocuments(given.documents, 'submission.documents');
  if (given.returnTo === undefined) return;
  checkLengths(maxPlaceCharacters, 'submission.return_to', { delivery_address: given.returnTo.deliveryAddress });
  checkLengths(maxNameCharacters, 'submission.return_to', { receiver_name: given.returnTo.receiverName });
}

/** FIELD_INVALID: more fields than a form has, or one that is too long or holds what nobody sees; `field` names where they stand in the request. */
export function checkDeclaration(declaration: Readonly<Record<string, string>>, field: string): void {
  const fields = Object.entries(declaration);
  if (fields.length > maxDeclarationFields) invalid(field, `≤ ${maxDeclarationFields}`);
  for (const [name, value] of fields) {
    if (name.length > maxDeclarationNameCharacters) invalid(`${field}.${name}`, `tên / name ≤ ${maxDeclarationNameCharacters}`);
    if (value.length > maxDeclarationCharacters) invalid(`${field}.${name}`, `≤ ${maxDeclarationCharacters}`);
    checkRead(value, `${field}.${name}`);
  }
}

export function checkCoApplicants(parties: readonly pb.Party[], field: string): void {
  if (parties.length > maxCoApplicants) invalid(field, `≤ ${maxCoApplicants}`);
  parties.forEach((one, n) => checkParty(one, `${field}[${n}]`));
}

/** FIELD_INVALID: more documents than one call may bring, or one of them twice. */
export function checkDocuments(documents: readonly pb.DocumentInput[], field: string): void {
  if (documents.length > maxDocuments) invalid(field, `≤ ${maxDocuments}`);
  if (new Set(documents.map((one) => one.document)).size < documents.length) invalid(field, 'trùng thành phần hồ sơ');
}

/** Results that one dossier names beside the first. */
export const maxNamedResults = 10;

/** Lines of business must be of the list in force on the day: INDUSTRY_UNKNOWN names the first that is not. */
export function checkIndustries({ environment }: Host, declaration: Readonly<Record<string, string>>, on: LocalDate, field: string): void {
  const refusal = industryRefusal(environment.reference, declaration[industryField] ?? '', on, `${field}.${industryField}`);
  if (refusal !== null) throw errorOfRefusal(refusal);
}

/** FIELD_INVALID names the field below `field`. */
export function checkSubjectBounds(subject: intake.Subject | undefined, field: string): void {
  if (subject !== undefined) checkLengths(maxSubjectCharacters, field, { parcel: subject.parcel, business: subject.business, beneficiary: subject.beneficiary, result: subject.result });
  const results = subject?.results ?? [];
  if (results.length > maxNamedResults) invalid(`${field}.results`, `≤ ${maxNamedResults}`);
  results.forEach((one, n) => { if (one.length > maxSubjectCharacters) invalid(`${field}.results[${n}]`, `≤ ${maxSubjectCharacters}`); });
}

export function subjectsOf(given: intake.Submission): EvidenceSubjects {
  const applicant = given.applicant === undefined ? '' : identityNumbers(given.applicant)[0] ?? '';
  return { parcel: given.subject?.parcel ?? '', person: given.subject?.beneficiary || applicant, business: given.subject?.business ?? '', applicant, results: resultsNamed(given.subject ?? {}) };
}

export type GatheredDocuments = { readonly documents: readonly DocumentRecord[]; readonly silent: readonly SilentRegister[] };
const noDocuments: GatheredDocuments = { documents: [], silent: [] };

/** What was handed in, and evidence for what registers hold: nobody is asked for it. */
export async function gatherDocuments(host: Host, given: { readonly documents: readonly pb.DocumentInput[]; readonly case: string; /** In the dossier already. */ readonly known?: readonly DocumentRecord[] }, procedure: Procedure, subjects: EvidenceSubjects, ask: EvidenceAsk): Promise<GatheredDocuments> {
  const records = await documentRecords(host, given.documents, procedure, subjects, ask);
  const looked = await Promise.all(evidenceToRead(procedure.documents, given.case, [...given.known ?? [], ...records]).map(async ({ code }) => ({ document: code, ...await lookedUp(host, code, procedure, subjects, ask) })));
  return {
    documents: [...records, ...looked.flatMap(({ document, found: [one] }) => (one === undefined ? [] : [evidenceRecord(document, one, ask.by)]))],
    silent: looked.flatMap(({ document, failure }) => (failure === null ? [] : [{ document, ...failure }])),
  };
}

/** `submission.areas` holds ids or codes; a code means the unit that bears it on the day of receipt, for `target` the one that bears it last. */
function areasOf(host: Host, given: intake.Submission, on: LocalDate): Partial<Record<Locality, AreaId>> {
  const found: Partial<Record<Locality, AreaId>> = {};
  for (const locality of ['subject', 'residence', 'target'] as const) {
    const text = given.areas?.[locality] ?? '';
    if (text === '') continue;
    const id = text.includes('@') ? text : host.environment.reference.areaByCode(text, on)?.id;
    if (id === undefined) throw errorOfRefusal(refuse('UNKNOWN_AREA', { area: text, date: on }, `submission.areas.${locality}`));
    found[locality] = id;
  }
  return found;
}

function returnOf(given: intake.Submission, by: By): Submission['return'] {
  const way = given.returnTo?.way ?? pb.ReturnWay.UNSPECIFIED;
  const office = given.returnTo === undefined || given.returnTo.office === '' ? by.office : given.returnTo.office;
  if (way === pb.ReturnWay.UNSPECIFIED) return { way: 'counter', office };
  const known = ways[way as keyof typeof ways] ?? invalid('submission.return_to.way', String(way));
  if (known === 'post' && (given.returnTo?.deliveryAddress ?? '') === '' && (given.contact?.postalAddress ?? '') === '') missing('submission.return_to.delivery_address');
  return known === 'post' && given.returnTo?.collectOnDelivery === true ? { way: known, office, cod: true } : { way: known, office };
}

/** What two submissions must share to be taken for the same one. */
function duplicateText(given: intake.Submission, side: Side): string {
  const who = given.applicant === undefined ? [] : identityNumbers(given.applicant);
  return JSON.stringify([onSide(side, given.procedure), given.case, who, given.subject?.parcel ?? '', given.subject?.business ?? '', given.subject?.beneficiary ?? '', ...resultsNamed(given.subject ?? {})]);
}

function commitParticulars(host: Host, given: intake.Submission, secret: string): { particulars: Commitment[]; asides: Aside[] } {
  const parts: [string, unknown][] = [['applicant', pb.Party.toJSON(given.applicant!)], [accessPart, { secret }]];
  if (given.submitter !== undefined) parts.push(['submitter', pb.Submitter.toJSON(given.submitter)]);
  if (given.coApplicants.length > 0) parts.push(['co-applicants', given.coApplicants.map((one) => pb.Party.toJSON(one))]);
  if (given.contact !== undefined) parts.push(['contact', pb.Contact.toJSON(given.contact)]);
  if (given.subject !== undefined) parts.push(['subject', intake.Subject.toJSON(given.subject)]);
  if (Object.keys(given.declaration).length > 0) parts.push(['declaration', given.declaration]);
  if (given.returnTo?.way === pb.ReturnWay.POST) parts.push([deliveryPart, deliveryOf(given)]);
  const committed = parts.map(([part, value]) => commitTo(part, value, host.world));
  return { particulars: committed.map((one) => one.commitment), asides: committed.map((one) => one.aside) };
}

/** Where the post delivers to: no district in it, so that it is right in both eras. */
function deliveryOf(given: intake.Submission): { address: string; receiver: string; phone: string } {
  return { address: given.returnTo?.deliveryAddress || (given.contact?.postalAddress ?? ''), receiver: given.returnTo?.receiverName ?? '', phone: given.contact?.phone ?? '' };
}
