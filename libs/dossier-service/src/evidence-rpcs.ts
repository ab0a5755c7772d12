/** `evidence.v1.Evidence` over the registers of this process: one in production, all of them in the embedded hub. The request names the service that it addresses. */
import { evidence } from '@lienthong/contract';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call, RpcService } from '@lienthong/kernel';
import { isCodeRefusal, parseCode, parseDay, refuse } from '@lienthong/law';
import type { Reference, ServiceName } from '@lienthong/law';
import { actingFor } from './command-call.ts';
import type { EvidenceSource, ReadFact, SubjectOfEvidence } from './evidence.ts';
import type { ReadShown } from './host.ts';
import type { LawEnvironment } from './rules.ts';
import { sideOf } from './side.ts';
import type { Side } from './side.ts';

export const subjectKinds: Readonly<Record<number, SubjectOfEvidence>> = { [evidence.SubjectKind.PARCEL]: 'parcel', [evidence.SubjectKind.PERSON]: 'person', [evidence.SubjectKind.BUSINESS]: 'business', [evidence.SubjectKind.RESULT]: 'result' };

type Environment = Pick<LawEnvironment, 'reference' | 'hosts'>;

export function evidenceService(sources: readonly EvidenceSource[], environment: Environment): RpcService<typeof evidence.EvidenceService> {
  const sourceOf = (service: string, field: string): EvidenceSource => {
    const source = sources.find((one) => one.service === service);
    if (service === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
    if (source === undefined) throw new HubError('UNKNOWN_SERVICE', { service }, { field });
    return source;
  };
  return {
    definition: evidence.EvidenceService,
    handlers: {
      findEvidence: async (request, call) => findEvidence(sourceOf(request.service, 'service'), environment, request, call),
      fetchEvidence: async (request, call) => fetchEvidence(sourceOf(request.evidence.split('/')[0]!, 'evidence'), environment, request, call),
      async listReads({ service, code, folder }) {
        const source = sourceOf(service, 'service');
        if (code === '' && folder === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'code' }, 'code'));
        return { reads: (await source.reads(folder, code)).map((one) => readMessage(one, environment.reference)) };
      },
    },
  };
}

async function findEvidence(source: EvidenceSource, environment: Environment, request: evidence.FindEvidenceRequest, call: Call): Promise<evidence.FindEvidenceResponse> {
  const by = actingFor(call, request.office);
  const subject = subjectKinds[request.subjectKind];
  if (subject === undefined) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'subject_kind' }, 'subject_kind'));
  const side = sideAsked(request);
  if (request.procedureDate !== '' && parseDay(request.procedureDate) === null) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'procedure_date', problem: 'YYYY-MM-DD' }, 'procedure_date'));
  const found = await source.find({
    side, service: request.service, fact: request.fact, subject, id: request.subject, person: request.person, dossier: request.code, purpose: request.purpose, ground: request.ground, from: hostOf(environment, by.office), by,
    procedure: request.procedure, ...(request.procedureDate === '' ? {} : { procedureDate: request.procedureDate }), folder: request.folder,
  });
  const facts = found.map((one) => factView(one, environment.reference));
  const said = { facts, subjectKind: request.subjectKind, subject: request.subject, person: request.person, purpose: request.purpose, ground: request.ground, code: request.code, rehearsal: side === 'rehearsal' };
  return { facts, rehearsal: side === 'rehearsal', signed: source.sign({ ...said, ...by }) };
}

async function fetchEvidence(source: EvidenceSource, environment: Environment, request: evidence.FetchEvidenceRequest, call: Call): Promise<evidence.FetchEvidenceResponse> {
  const by = actingFor(call, request.office);
  const found = await source.fetch({ evidence: request.evidence, dossier: request.code, purpose: request.purpose, ground: request.ground, from: hostOf(environment, by.office), by });
  const fact = factView(found, environment.reference);
  const said = { facts: [fact], subjectKind: evidence.SubjectKind.UNSPECIFIED, subject: '', person: '', purpose: request.purpose, ground: request.ground, code: request.code, rehearsal: found.side === 'rehearsal' };
  return { fact, signed: source.sign({ ...said, ...by }) };
}

/** The service that speaks for an office: before receipt only intake's offices, the counters, may ask. */
function hostOf({ reference }: Pick<LawEnvironment, 'reference'>, office: string): ServiceName {
  const found = reference.office(office);
  if (found === undefined) throw errorOfRefusal(refuse('UNKNOWN_OFFICE', { office }, 'office'));
  return found.service;
}

/** The code of a dossier tells; before receipt the caller does. Nobody reads real records for a rehearsal, or the other way: a code that cannot be read opens neither side. */
function sideAsked({ code, rehearsal }: Pick<evidence.FindEvidenceRequest, 'code' | 'rehearsal'>): Side {
  if (code === '') return sideOf(rehearsal);
  const read = parseCode(code);
  if (isCodeRefusal(read)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'code', problem: code }, 'code'));
  const side = sideOf(read.rehearsal);
  if (rehearsal && side === 'real') throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'rehearsal', problem: code }, 'rehearsal'));
  return side;
}

function factView(found: ReadFact, reference: Reference): evidence.EvidenceFact {
  return {
    evidence: found.evidenceId, service: found.service, office: found.office, officeName: reference.office(found.office)?.name, fact: found.fact, replaces: replacedBy(found, reference),
    readTime: new Date(found.readAt), values: { ...found.values }, summary: found.summary,
  };
}

export function readMessage({ at, service, fact, office, from, purpose, ground }: ReadShown, reference: Pick<Reference, 'office'>): evidence.EvidenceRead {
  return { readTime: new Date(at), service, fact, office, officeName: reference.office(office)?.name, byService: from, purpose, ground };
}

/** Codes of the required documents, of any procedure, for which the fact stands in. */
function replacedBy({ service, fact }: Pick<ReadFact, 'service' | 'fact'>, reference: Reference): string[] {
  const codes = reference.procedures.flatMap(({ documents }) => documents.filter((one) => one.evidence?.service === service && one.evidence.fact === fact).map((one) => one.code));
  return [...new Set(codes)].sort();
}
