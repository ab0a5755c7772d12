/**
 * What a register gives instead of a paper. Every read has a purpose, a ground and a dossier that names whom it is about and needs the fact; it is kept beside the record before it is
 * answered, and no more is answered than the documents of the dossier's procedure need.
 */
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import type { By, FolderId, OfficeId, ServiceName, Text } from '@lienthong/law';
import type { evidence as pb } from '@lienthong/contract';
import { dossierCheck } from './dossier-check.ts';
import { documentsOfProcedure, limited, needsOf } from './evidence-limits.ts';
import type { Needs } from './evidence-limits.ts';
import { readPages, recordRead } from './evidence-log.ts';
import { readsForDossier } from './evidence-reads.ts';
import { signedStatement } from './evidence-statement.ts';
import type { DossierStanding, EvidenceQuery, FoundEvidence, Host, ReadShown } from './host.ts';
import type { Register } from './register.ts';
import { textGiven } from './register-reading.ts';
import type { StoredRecord } from './register-rules.ts';
import { onSide, sideOfType } from './side.ts';
import type { Side } from './side.ts';

export type SubjectOfEvidence = EvidenceQuery['subject'];

/** What keeps facts, on one side: a register, or whatever else can show again what was read of it. */
export type Shelf<F> = { readonly name: string; version(folder: FolderId, version: number): Promise<StoredRecord<F> | undefined> };

/** One fact that a register can give. `F`: facts of its records; `R`: where they are looked for. */
export type EvidenceFact<F, R extends Shelf<F> = Register<F>> = {
  readonly fact: string; readonly subject: SubjectOfEvidence;
  /** The records about a subject that bear the fact; at most `maxFacts` are used. `person`: for whom a result must have been issued; '' for other subjects. */
  find(register: R, id: string, person: string): Promise<readonly StoredRecord<F>[]>;
  /** The office that answers for the record; '' when none is known. */
  officeOf(facts: F): OfficeId;
  /** The content by field name; personal data. */
  values(facts: F): Readonly<Record<string, string>>;
  /** Fields that are given for a document whose needs the catalogue does not tell. */
  readonly brief: readonly string[];
  /** In words, without personal data. */
  summary(facts: F): Text;
};

/** A fact as it stood when it was read. */
export type ReadFact = FoundEvidence & { readonly values: Readonly<Record<string, string>>; readonly summary: Text };
/** `evidence`: as it was given for the same dossier before. */
export type FetchQuery = { readonly evidence: string; readonly dossier: string; readonly purpose: string; readonly ground: string; readonly from: ServiceName; readonly by: By };
export type EvidenceSource = {
  readonly service: ServiceName;
  /** `fact` '': every fact about such a subject that the procedure needs. */
  find(query: EvidenceQuery): Promise<readonly ReadFact[]>;
  fetch(query: FetchQuery): Promise<ReadFact>;
  /** What was read here for a dossier, oldest first. */
  reads(folder: FolderId, code: string): Promise<readonly ReadShown[]>;
  /** Signs what is said, with service and time. */
  sign(said: Said): pb.SignedStatement;
};

/** A statement without what the register itself adds. */
export type Said = Omit<Parameters<typeof pb.Statement.encode>[0], 'service' | 'answerTime' | '$unknown'>;

/** Facts in one answer. */
export const maxFacts = 100;
export const maxPurposeCharacters = 200;
export const maxSubjectCharacters = 64;

type Sourced<F, R extends Shelf<F>> = { readonly host: Host; readonly registers: { of(side: Side): R }; readonly facts: readonly EvidenceFact<F, R>[] };

export function evidenceSource<F extends object, R extends Shelf<F>>(host: Host, registers: { of(side: Side): R }, facts: readonly EvidenceFact<F, R>[]): EvidenceSource {
  const sourced: Sourced<F, R> = { host, registers, facts };
  return {
    service: host.service,
    find: (query) => findFacts(sourced, query),
    fetch: (query) => fetchFact(sourced, query),
    reads: (folder, code) => readsForDossier(host, folder, code),
    sign: (said) => signedStatement(host.world, host.participant.context().author, { ...said, service: host.service, answerTime: new Date(host.world.now()) }),
  };
}

// ---------------------------------------------------------------- for whom, and how much

/** For which dossier is read, and what of each fact; null needs: the procedure is not told, so facts are found and no content is given. */
type Reading = { readonly code: string; readonly folder: FolderId | ''; readonly procedure: string; readonly needs: Needs | null; readonly purpose: string; readonly ground: string; readonly from: ServiceName; readonly by: By };

async function readingOf({ environment, service, world }: Host, query: Pick<EvidenceQuery, 'procedure' | 'procedureDate' | 'folder' | 'dossier' | 'purpose' | 'ground' | 'from' | 'by'>, standing: DossierStanding | null): Promise<Reading> {
  const procedure = standing?.procedure ?? query.procedure ?? '';
  const on = standing?.procedureFrom ?? query.procedureDate ?? localDate(world.now()), documents = procedure === '' ? undefined : documentsOfProcedure(environment.reference, procedure, on);
  if (procedure !== '' && documents === undefined) throw errorOfRefusal(refuse('UNKNOWN_PROCEDURE', { procedure, date: on }, 'procedure'));
  return { code: query.dossier, folder: standing?.folder ?? query.folder ?? '', procedure, needs: documents === undefined ? null : needsOf(documents, service), purpose: query.purpose, ground: query.ground, from: query.from, by: query.by };
}

/** The open dossier in whose name an office asks that takes part in it. Its own copy answers where it can; else the service that holds the dossier. */
async function standingOf(host: Host, { dossier: code, by: { office } }: Pick<EvidenceQuery, 'dossier' | 'by'>, subject: SubjectOfEvidence, id: string): Promise<DossierStanding> {
  const own = await dossierCheck(host)(code, subject, id, office);
  const standing = own?.named === true && !own.apart ? own : await host.evidenceBook?.check(code, subject, id, office) ?? own;
  if (standing === undefined) throw errorOfRefusal(refuse('UNKNOWN_DOSSIER', { code }, 'code'));
  if (standing.apart) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: 'evidence.v1.Evidence' }, { field: 'office' });
  if (standing.closed) throw errorOfRefusal(refuse('CLOSED', { code }, 'code'));
  return standing;
}

// ---------------------------------------------------------------- finding

async function findFacts<F extends object, R extends Shelf<F>>(sourced: Sourced<F, R>, query: EvidenceQuery): Promise<readonly ReadFact[]> {
  const { host, registers, facts } = sourced;
  checkQuery(query, facts.map((one) => one.fact), host.environment.hosts.intake);
  const standing = query.dossier === '' ? null : await standingOf(host, query, query.subject, query.id);
  const named = standing === null || (standing.named && (query.subject !== 'result' || (await standingOf(host, query, 'person', query.person ?? '')).named));
  if (!named) throw errorOfRefusal(refuse('SUBJECT_NOT_IN_DOSSIER', { code: query.dossier, subject: query.id }, 'subject'));
  const reading = await readingOf(host, query, standing);
  const asked = facts.filter((one) => one.subject === query.subject && (query.fact === '' || query.fact === one.fact));
  const needed = asked.filter(({ fact }) => reading.needs === null || reading.needs.has(fact));
  if (needed.length === 0 && asked.length > 0) throw errorOfRefusal(refuse('EVIDENCE_NOT_NEEDED', { procedure: reading.procedure, fact: query.fact }, 'fact'));
  const register = registers.of(query.side);
  const found = await Promise.all(needed.map(async (fact) => (await fact.find(register, query.id, query.person ?? '')).map((record) => ({ fact, record }))));
  return Promise.all(found.flat().slice(0, maxFacts).map(({ fact, record }) => read(host, register.name, fact, record, reading)));
}

async function read<F extends object, R extends Shelf<F>>(host: Host, register: string, fact: EvidenceFact<F, R>, record: StoredRecord<F>, { needs, code, folder, purpose, ground, from, by }: Reading): Promise<ReadFact> {
  await recordRead(host, onSide(record.side, register), record.folder, { fact: fact.fact, version: record.version, by, service: from, code, ...(folder === '' ? {} : { for: folder }), why: { purpose, ground } });
  const fields = needs?.get(fact.fact) ?? [];
  return {
    service: host.service, office: fact.officeOf(record.facts), fact: fact.fact, evidenceId: evidenceId(host.service, record), readAt: record.readAt, side: record.side,
    values: limited(fact.values(record.facts), fields === 'brief' ? fact.brief : fields), summary: fact.summary(record.facts),
  };
}

/** Names the record and the version that was read. The folder is keyed, so the id may stand in entries. */
export function evidenceId(service: ServiceName, { folder, version }: Pick<StoredRecord<unknown>, 'folder' | 'version'>): string {
  return `${service}/${folder}/${version}`;
}

// ---------------------------------------------------------------- fetching

/** What was found for the dossier, and nothing else: the log of the record tells. */
async function fetchFact<F extends object, R extends Shelf<F>>({ host, registers, facts }: Sourced<F, R>, query: FetchQuery): Promise<ReadFact> {
  textGiven(query.purpose, 'purpose', maxPurposeCharacters);
  textGiven(query.ground, 'ground', maxPurposeCharacters);
  if (query.dossier === '') throw new HubError('EVIDENCE_NEEDS_DOSSIER', { caller: query.by.office }, { field: 'code' });
  const standing = await standingOf(host, query, 'parcel', '');
  const unknown = errorOfRefusal(refuse('UNKNOWN_ITEM', { item: query.evidence }, 'evidence'));
  const [, folder, number] = /^[^/]+\/([0-9a-f]{64})\/(\d{1,6})$/.exec(query.evidence) ?? [];
  if (folder === undefined) throw unknown;
  const version = Number(number), earlier = await readBefore(host, folder, version, standing.folder, query.dossier);
  if (earlier === undefined) throw errorOfRefusal(refuse('SUBJECT_NOT_IN_DOSSIER', { code: query.dossier, subject: query.evidence }, 'evidence'));
  const register = registers.of(earlier.side), fact = facts.find((one) => one.fact === earlier.fact), record = await register.version(folder, version);
  if (fact === undefined || record === undefined) throw unknown;
  return read(host, register.name, fact, record, await readingOf(host, query, standing));
}

async function readBefore(host: Host, record: FolderId, version: number, folder: FolderId, code: string): Promise<{ readonly fact: string; readonly side: Side } | undefined> {
  for (const page of await readPages(host, record)) {
    const found = await host.participant.view(page, ({ state }) => {
      const one = state.record?.reads.find(({ body }) => body.version === version && (body.for === folder || body.code === code));
      return one === undefined ? undefined : { fact: one.body.fact, side: sideOfType(state.record!.type) };
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

// ---------------------------------------------------------------- what must be said

function checkQuery(query: EvidenceQuery, known: readonly string[], intake: ServiceName): void {
  textGiven(query.purpose, 'purpose', maxPurposeCharacters);
  textGiven(query.ground, 'ground', maxPurposeCharacters);
  textGiven(query.id, 'subject', maxSubjectCharacters);
  if (query.subject === 'result') textGiven(query.person ?? '', 'person', maxSubjectCharacters);
  if (query.fact !== '' && !known.includes(query.fact)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'fact', problem: known.join(', ') }, 'fact'));
  if (query.dossier === '' && query.from !== intake) throw new HubError('EVIDENCE_NEEDS_DOSSIER', { caller: query.by.office === '' ? query.from : query.by.office }, { field: 'code' });
}
