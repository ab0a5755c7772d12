/** `evidence.v1.Evidence` over the registers of this process: one in production, all of them in the embedded hub. The request names the service that it addresses. */
import { evidence } from '@lienthong/contract';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { RpcService } from '@lienthong/kernel';
import { isCodeRefusal, parseCode, refuse } from '@lienthong/law';
import type { Reference, ServiceName } from '@lienthong/law';
import { actingFor } from './command-call.ts';
import type { EvidenceSource, ReadFact, SubjectOfEvidence } from './evidence.ts';
import type { LawEnvironment } from './rules.ts';
import { sideOf } from './side.ts';
import type { Side } from './side.ts';

const subjects: Readonly<Record<number, SubjectOfEvidence>> = { [evidence.SubjectKind.PARCEL]: 'parcel', [evidence.SubjectKind.PERSON]: 'person', [evidence.SubjectKind.BUSINESS]: 'business' };

export function evidenceService(sources: readonly EvidenceSource[], environment: Pick<LawEnvironment, 'reference' | 'hosts'>): RpcService<typeof evidence.EvidenceService> {
  return {
    definition: evidence.EvidenceService,
    handlers: {
      async findEvidence(request, call) {
        const source = sources.find((one) => one.service === request.service);
        if (request.service === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'service' }, 'service'));
        if (source === undefined) throw new HubError('UNKNOWN_SERVICE', { service: request.service }, { field: 'service' });
        const by = actingFor(call, request.office);
        const subject = subjects[request.subjectKind];
        if (subject === undefined) throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'subject_kind' }, 'subject_kind'));
        const side = sideAsked(request);
        const found = await source.find({
          side, service: request.service, fact: request.fact, subject, id: request.subject, dossier: request.code, purpose: request.purpose, ground: request.ground, from: hostOf(environment, by.office), by,
        });
        return { facts: found.map((one) => factView(one, environment.reference)), rehearsal: side === 'rehearsal' };
      },
    },
  };
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

/** Codes of the required documents, of any procedure, for which the fact stands in. */
function replacedBy({ service, fact }: Pick<ReadFact, 'service' | 'fact'>, reference: Reference): string[] {
  const codes = reference.procedures.flatMap(({ documents }) => documents.filter((one) => one.evidence?.service === service && one.evidence.fact === fact).map((one) => one.code));
  return [...new Set(codes)].sort();
}
