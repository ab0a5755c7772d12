/** Evidence from the registers of other processes, over the contract that every integrator uses. */
import { evidence as contract } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { EvidenceLookup, EvidenceSource } from '@lienthong/dossier-service';
import { HubError } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import { grpcClient, hubErrorOf } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';

/** A register that does not answer in this time is down: the law then lets the office ask. */
const lookupMs = 5_000;
const kinds = { parcel: contract.SubjectKind.PARCEL, person: contract.SubjectKind.PERSON, business: contract.SubjectKind.BUSINESS } as const;

export type RemoteEvidence = { readonly lookup: EvidenceLookup; offer(source: EvidenceSource): void; close(): void };

/** `addressOf`: where a register's process answers. `author`: who asks. */
export function remoteEvidence(addressOf: (service: ServiceName) => string | undefined, author: () => string): RemoteEvidence {
  const own = evidenceExchange(), clients = new Map<string, GrpcClient<typeof contract.EvidenceService>>();
  const clientOf = (service: ServiceName): GrpcClient<typeof contract.EvidenceService> => {
    const address = addressOf(service);
    if (address === undefined) throw new HubError('UNKNOWN_SERVICE', { service });
    let client = clients.get(address);
    if (client === undefined) clients.set(address, client = grpcClient(contract.EvidenceService, address));
    return client;
  };
  return {
    async lookup(query) {
      if (own.sources().some(({ service }) => service === query.service)) return own.lookup(query);
      const request = contract.FindEvidenceRequest.fromPartial({ service: query.service, fact: query.fact, subjectKind: kinds[query.subject], subject: query.id, code: query.dossier, purpose: query.purpose, ground: query.ground, rehearsal: query.side === 'rehearsal' });
      const { facts, rehearsal } = await clientOf(query.service).findEvidence(request, { office: query.by.office, officer: query.by.officer, service: author(), deadlineMs: lookupMs })
        .catch((error: unknown) => { throw hubErrorOf(error, query.service, lookupMs); });
      return facts.map(({ service, office, fact, evidence, readTime }) => ({ service, office, fact, evidenceId: evidence, readAt: readTime?.getTime() ?? 0, side: rehearsal ? 'rehearsal' : 'real' }));
    },
    offer: own.offer,
    close() { for (const client of clients.values()) client.close(); },
  };
}
