/** What a register gives instead of a paper. Every read has a purpose, a ground and a dossier, and is kept beside the record before it is answered. */
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { OfficeId, ServiceName, Text } from '@lienthong/law';
import { recordRead } from './evidence-log.ts';
import type { EvidenceQuery, FoundEvidence, Host } from './host.ts';
import type { Register, Registers } from './register.ts';
import type { StoredRecord } from './register-rules.ts';
import { onSide } from './side.ts';

export type SubjectOfEvidence = EvidenceQuery['subject'];

/** One fact that a register can give. `F`: facts of its records. */
export type EvidenceFact<F> = {
  readonly fact: string; readonly subject: SubjectOfEvidence;
  /** The records about a subject that bear the fact; at most `maxFacts` are used. */
  find(register: Register<F>, id: string): Promise<readonly StoredRecord<F>[]>;
  /** The office that answers for the record; '' when none is known. */
  officeOf(facts: F): OfficeId;
  /** The content by field name; personal data. */
  values(facts: F): Readonly<Record<string, string>>;
  /** In words, without personal data. */
  summary(facts: F): Text;
};

/** A fact as it stood when it was read. */
export type ReadFact = FoundEvidence & { readonly values: Readonly<Record<string, string>>; readonly summary: Text };
/** `fact` '': every fact that is about such a subject. */
export type EvidenceSource = { readonly service: ServiceName; find(query: EvidenceQuery): Promise<readonly ReadFact[]> };

/** Facts in one answer. */
export const maxFacts = 100;
export const maxPurposeCharacters = 200;
export const maxSubjectCharacters = 64;

export function evidenceSource<F extends object>(host: Host, registers: Registers<F>, facts: readonly EvidenceFact<F>[]): EvidenceSource {
  return {
    service: host.service,
    async find(query) {
      checkQuery(query, facts.map((one) => one.fact), host.environment.hosts.intake);
      const register = registers.of(query.side);
      const wanted = facts.filter((one) => one.subject === query.subject && (query.fact === '' || query.fact === one.fact));
      const found = await Promise.all(wanted.map(async (fact) => (await fact.find(register, query.id)).map((record) => ({ fact, record }))));
      return Promise.all(found.flat().slice(0, maxFacts).map(({ fact, record }) => read(host, register, fact, record, query)));
    },
  };
}

async function read<F extends object>(host: Host, register: Register<F>, fact: EvidenceFact<F>, record: StoredRecord<F>, query: EvidenceQuery): Promise<ReadFact> {
  await recordRead(host, onSide(record.side, register.name), record.folder, { fact: fact.fact, version: record.version, by: query.by, service: query.from, code: query.dossier, why: { purpose: query.purpose, ground: query.ground } });
  return {
    service: host.service, office: fact.officeOf(record.facts), fact: fact.fact, evidenceId: evidenceId(host.service, record), readAt: record.readAt, side: record.side, values: fact.values(record.facts), summary: fact.summary(record.facts),
  };
}

/** Names the record and the version that was read. The folder is keyed, so the id may stand in entries. */
export function evidenceId(service: ServiceName, { folder, version }: Pick<StoredRecord<unknown>, 'folder' | 'version'>): string {
  return `${service}/${folder}/${version}`;
}

function checkQuery(query: EvidenceQuery, known: readonly string[], intake: ServiceName): void {
  text(query.purpose, 'purpose', maxPurposeCharacters);
  text(query.ground, 'ground', maxPurposeCharacters);
  text(query.id, 'subject', maxSubjectCharacters);
  if (query.fact !== '' && !known.includes(query.fact)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'fact', problem: known.join(', ') }, 'fact'));
  if (query.dossier === '' && query.from !== intake) throw new HubError('EVIDENCE_NEEDS_DOSSIER', { caller: query.by.office === '' ? query.from : query.by.office }, { field: 'code' });
}

function text(value: string, field: string, limit: number): void {
  if (value.trim() === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
  if (value.length > limit) throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem: `≤ ${limit}` }, field));
}
