/**
 * Nobody is asked for what an office holds (NĐ 309/2026 art. 2): a required document is satisfied by what the applicant brought or by what a register says,
 * and a paper that a register holds may not be asked for again.
 */
import { documentsIn } from './documents-given.ts';
import type { Dossier } from './dossier.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import { localDate } from './time/index.ts';
import type { DocumentRecord, Instant, LocalDate, OfficeId, RegisterFailure, RequiredDocument, ServiceName } from './types.ts';

/** A fact that a register gave: which, who holds it, when it was read. */
export type RegisterFact = { readonly service: ServiceName; readonly office: OfficeId; readonly fact: string; readonly evidenceId: string; readonly readAt: Instant };

export type Satisfied = { readonly document: RequiredDocument; readonly by: 'upload' | 'presented' | 'evidence'; readonly record: DocumentRecord };
/** `optional`: the applicant may leave it out. */
export type Missing = { readonly document: RequiredDocument; readonly by: 'missing'; readonly optional: boolean };
export type DocumentStanding = Satisfied | Missing;

/** A document that may not be asked for, and where it is held. */
export type Held = { readonly document: string; readonly office: OfficeId; readonly evidenceId: string; readonly fact: string; readonly readAt: Instant };

/** The required documents of one case of a procedure. */
export function documentsOfCase(required: readonly RequiredDocument[], chosenCase: string): readonly RequiredDocument[] {
  return required.filter((document) => document.cases === undefined || document.cases.includes(chosenCase));
}

/** The latest fact that stands in for a document; undefined when no register gave one. */
function factFor(document: RequiredDocument, facts: readonly RegisterFact[]): RegisterFact | undefined {
  const wanted = document.evidence;
  if (wanted === undefined) return undefined;
  return facts.filter((one) => one.service === wanted.service && one.fact === wanted.fact).reduce<RegisterFact | undefined>((latest, one) => (latest === undefined || one.readAt > latest.readAt ? one : latest), undefined);
}

/** The record of a fact that stands in for a document, as an entry keeps it. */
export function evidenceRecord(document: string, { service, office, fact, evidenceId, readAt }: RegisterFact): DocumentRecord {
  return { document, origin: { type: 'evidence', service, office, fact, evidenceId, readAt } };
}

/** How each required document of the case stands, in the order of the procedure. What the applicant brought comes first, then what registers gave. */
export function documentStandings(required: readonly RequiredDocument[], chosenCase: string, given: readonly DocumentRecord[], facts: readonly RegisterFact[]): readonly DocumentStanding[] {
  return documentsOfCase(required, chosenCase).map((document): DocumentStanding => {
    const brought = given.find((one) => one.document === document.code);
    if (brought !== undefined) return { document, by: brought.origin.type, record: brought };
    const fact = factFor(document, facts);
    return fact === undefined ? { document, by: 'missing', optional: document.optional === true } : { document, by: 'evidence', record: evidenceRecord(document.code, fact) };
  });
}

/** What stands between the applicant and the receipt: missing and not optional. */
export function missingOf(standings: readonly DocumentStanding[]): readonly RequiredDocument[] {
  return standings.flatMap((one) => (one.by === 'missing' && !one.optional ? [one.document] : []));
}

/** Documents of the case that nobody brought and a register may hold: to be looked up before anybody is asked. */
export function evidenceToRead(required: readonly RequiredDocument[], chosenCase: string, given: readonly DocumentRecord[]): readonly RequiredDocument[] {
  const brought = new Set(given.map((one) => one.document));
  return documentsOfCase(required, chosenCase).filter((document) => document.evidence !== undefined && !brought.has(document.code));
}

/** Which of the documents that an officer wants from the applicant a register holds: for these the request is refused. Empty: it may be asked. */
export function alreadyHeld(wanted: readonly string[], required: readonly RequiredDocument[], facts: readonly RegisterFact[]): readonly Held[] {
  return required.flatMap((document) => {
    const found = wanted.includes(document.code) ? factFor(document, facts) : undefined;
    return found === undefined ? [] : [{ document: document.code, office: found.office, evidenceId: found.evidenceId, fact: found.fact, readAt: found.readAt }];
  });
}

// ---------------------------------------------------------------- a register that is silent

/** NĐ 309/2026/NĐ-CP điều 2: a paper is asked for where data cannot be had; the place in the article was not read. */
export const silentRegisterGround = '309/2026/NĐ-CP, Điều 2';

export type SilentRegister = RegisterFailure & { readonly document: string };

/** Why nothing goes on while documents are missing: a register is silent, or they must be given. Null: none is missing. */
export function missingRefusal(missing: readonly RequiredDocument[], silent: readonly SilentRegister[]): Refusal | null {
  const awaited = silentFor(missing, silent);
  if (awaited.length > 0) return refuse('REGISTER_SILENT', { documents: [...new Set(awaited.map((one) => one.document))].join(', '), services: [...new Set(awaited.map((one) => one.service))].join(', ') }, 'documents');
  return missing.length === 0 ? null : refuse('DOCUMENT_MISSING', { documents: missing.map((one) => `${one.code} (${one.name.vi})`).join('; ') }, 'documents');
}

/** Missing documents for which nothing but a silent register stands in the way. */
export function silentFor(missing: readonly RequiredDocument[], silent: readonly SilentRegister[]): readonly SilentRegister[] {
  return silent.filter(({ document }) => missing.some((one) => one.code === document));
}

// ---------------------------------------------------------------- what was not asked for again

/** A document that a register gave instead of the citizen: on which day, at which office. */
export type NotAsked = { readonly document: string; readonly date: LocalDate; readonly office: OfficeId };

/** Each document of a dossier once, where a register gave it first: at receipt or with a supplement at the counter, later at the office that attached it. What the citizen had brought before was asked for. */
export function notAskedAgain({ root, entries }: Dossier): readonly NotAsked[] {
  if (root === null) return [];
  const given = new Map<string, NotAsked | null>();
  const note = ({ document, origin }: DocumentRecord, at: Instant, office: OfficeId): void => {
    if (!given.has(document)) given.set(document, origin.type === 'evidence' ? { document, date: localDate(at), office } : null);
  };
  for (const one of root.body.documents) note(one, root.receivedAt, root.body.counter);
  for (const entry of entries) {
    for (const one of documentsIn(entry)) note(one, entry.effectiveAt, entry.body.by?.office ?? '');
  }
  return [...given.values()].filter((one) => one !== null);
}
