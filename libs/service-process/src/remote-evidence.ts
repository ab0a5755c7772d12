/** Evidence from the registers of other processes, over the contract that every integrator uses. */
import { evidence as contract, intake } from '@lienthong/contract';
import { evidenceExchange, gatherReads, statementOf } from '@lienthong/dossier-service';
import type { DossierCheck, EvidenceBook, EvidenceLookup, EvidenceSource, ReadShown } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { World } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import { grpcClient, hubErrorOf } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';

/** A register that does not answer in this time is down: the law then lets the office ask. */
const lookupMs = 5_000;
/** Reads are shown beside much else: who does not answer in this time is named, and the page goes out. */
const readsMs = 1_500;
const kinds = { parcel: contract.SubjectKind.PARCEL, person: contract.SubjectKind.PERSON, business: contract.SubjectKind.BUSINESS, result: contract.SubjectKind.RESULT } as const;

export type RemoteEvidence = { readonly lookup: EvidenceLookup; readonly book: EvidenceBook; offer(source: EvidenceSource): void; answerFor(check: DossierCheck): void; close(): void };

export type RemoteSettings = {
  /** Where a service's process answers. */
  readonly addressOf: (service: ServiceName) => string | undefined;
  /** Who asks. */
  readonly author: () => string;
  readonly world: Pick<World, 'hash' | 'verify'>;
  /** The service that holds all dossiers, and those that keep registers. */
  readonly intake: ServiceName; readonly registers: readonly ServiceName[];
};

/** One client per address, opened when it is first needed. */
function clients<S extends Parameters<typeof grpcClient>[0]>(definition: S, addressOf: RemoteSettings['addressOf']): { of(service: ServiceName): GrpcClient<S>; close(): void } {
  const opened = new Map<string, GrpcClient<S>>();
  return {
    of(service) {
      const address = addressOf(service);
      if (address === undefined) throw new HubError('UNKNOWN_SERVICE', { service });
      let client = opened.get(address);
      if (client === undefined) opened.set(address, client = grpcClient(definition, address));
      return client;
    },
    close() { for (const client of opened.values()) client.close(); },
  };
}

export function remoteEvidence(settings: RemoteSettings): RemoteEvidence {
  const own = evidenceExchange(), registers = clients(contract.EvidenceService, settings.addressOf), holders = clients(intake.IntakeService, settings.addressOf);
  const isOwn = (service: ServiceName): boolean => own.sources().some((one) => one.service === service);
  let ownCheck: DossierCheck | null = null;
  const lookup: EvidenceLookup = async (query) => {
    if (isOwn(query.service)) return own.lookup(query);
    const request = contract.FindEvidenceRequest.fromPartial({
      service: query.service, fact: query.fact, subjectKind: kinds[query.subject], subject: query.id, code: query.dossier, purpose: query.purpose, ground: query.ground, rehearsal: query.side === 'rehearsal',
      procedure: query.procedure ?? '', procedureDate: query.procedureDate ?? '', folder: query.folder ?? '', person: query.person ?? '',
    });
    const { signed } = await registers.of(query.service).findEvidence(request, { office: query.by.office, officer: query.by.officer, service: settings.author(), deadlineMs: lookupMs })
      .catch((error: unknown) => { throw hubErrorOf(error, query.service, lookupMs); });
    const statement = statementOf(settings.world, query.service, signed);
    if (statement === null) throw new HubError('EVIDENCE_UNSIGNED', { service: query.service });
    return statement.facts.map(({ service, office, fact, evidence, readTime }) => ({ service, office, fact, evidenceId: evidence, readAt: readTime?.getTime() ?? 0, side: statement.rehearsal ? 'rehearsal' : 'real' }));
  };
  const check: DossierCheck = async (code, subject, id, office) => {
    if (ownCheck !== null) return ownCheck(code, subject, id, office);
    const asked = intake.CheckSubjectRequest.fromPartial({ code, subjectKind: kinds[subject], subject: id, office });
    const found = await holders.of(settings.intake).checkSubject(asked, { service: settings.author(), deadlineMs: lookupMs }).catch((error: unknown) => {
      const known: unknown = hubErrorOf(error, settings.intake, lookupMs);
      if (known instanceof HubError && known.code === 'UNKNOWN_DOSSIER') return null;
      throw known;
    });
    return found === null ? undefined : { named: found.named, closed: found.closed, folder: found.folder, procedure: found.procedure, procedureFrom: found.procedureDate, apart: found.officeApart };
  };
  const reads = (folder: string, code: string): ReturnType<EvidenceBook['reads']> => gatherReads(settings.registers.map((service) => ({ service, reads: () => readsAt(service, folder, code) })));
  const readsAt = async (service: ServiceName, folder: string, code: string): Promise<readonly ReadShown[]> => {
    const held = own.sources().find((one) => one.service === service);
    if (held !== undefined) return held.reads(folder, code);
    const answer = await registers.of(service).listReads(contract.ListReadsRequest.fromPartial({ service, code, folder }), { service: settings.author(), deadlineMs: readsMs });
    return answer.reads.map((one) => ({ at: one.readTime?.getTime() ?? 0, service: one.service, fact: one.fact, office: one.office, from: one.byService, purpose: one.purpose, ground: one.ground }));
  };
  return { lookup, book: { check, reads }, offer: own.offer, answerFor: (answering) => { ownCheck = answering; }, close() { registers.close(); holders.close(); } };
}
