/** What a counter says when it does not receive: checked, and read as what is kept. Nothing is written. */
import { dossier as pb } from '@lienthong/contract';
import type { intake } from '@lienthong/contract';
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import { groundRefusal, localDate, refuse, wordsRefusal } from '@lienthong/law';
import type { CounterRefusal, Instant, PartyPart } from '@lienthong/law';
import { givenInstant } from './given-time.ts';
import { checkContact, checkParty } from './parties.ts';
import { checkResidences } from './residences.ts';
import { maxDocuments } from './submission.ts';

export type AskedRefusal = Omit<CounterRefusal, 'number' | 'year' | 'office' | 'officer'>;

function invalid(field: string, problem: string): never {
  throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem }, field));
}

export function refusalAsked(host: Host, request: intake.RefuseReceiptRequest): AskedRefusal {
  const at = refusedAt(host, request), on = localDate(at), { procedure: code, applicant, contact, reason, ground } = request;
  if (code === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'procedure' }, 'procedure'));
  const procedure = host.environment.reference.procedure(code, on);
  if (procedure === undefined) throw errorOfRefusal(refuse('UNKNOWN_PROCEDURE', { procedure: code, date: on }, 'procedure'));
  checkParty(applicant, 'applicant');
  checkResidences(host.environment.reference, [[applicant, 'applicant']], [on]);
  checkContact(contact, 'contact');
  const refusal = groundRefusal(ground);
  if (refusal !== null) throw errorOfRefusal(refusal);
  checkMissing(request, procedure.documents.map((one) => one.code));
  return {
    at, procedure: code, procedureFrom: on, applicant: pb.Party.toJSON(applicant!) as PartyPart, ...(contact === undefined ? {} : { contact: contactOf(contact) }), ground, reason: reason.trim(), missing: [...request.missing],
    rehearsal: request.rehearsal !== undefined,
  };
}

/** Refused before anything is looked up where the operator allows none. */
function refusedAt({ world, rehearsalsAllowed }: Host, { rehearsal }: intake.RefuseReceiptRequest): Instant {
  if (rehearsal === undefined) return world.now();
  if (!rehearsalsAllowed) throw errorOfRefusal(refuse('REHEARSAL_REFUSED', {}, 'rehearsal'));
  return givenInstant(rehearsal.startTime, 'rehearsal.start_time');
}

/** Whoever is sent away is told what to bring, or why not (NĐ 61/2018/NĐ-CP điều 17). */
function checkMissing({ missing, reason }: intake.RefuseReceiptRequest, known: readonly string[]): void {
  if (missing.length > maxDocuments) invalid('missing', `≤ ${maxDocuments}`);
  missing.forEach((code, n) => { if (!known.includes(code) || missing.indexOf(code) < n) invalid(`missing[${n}]`, known.join(' | ')); });
  const unreadable = wordsRefusal({ reason });
  if (unreadable !== null) throw errorOfRefusal(unreadable);
  if (missing.length === 0 && reason.trim() === '') throw errorOfRefusal(refuse('REASON_MISSING', {}, 'reason'));
}

const contactOf = ({ phone, email, postalAddress }: pb.Contact): NonNullable<CounterRefusal['contact']> => ({ phone, email, postalAddress });
