/** The public post: accepts what is ordered, numbers it, records its way, tells when it is delivered. */
import { postal } from '@lienthong/contract';
import { dossierRules, guessLimit, learnPepper } from '@lienthong/dossier-service';
import type { Host, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { createParticipant } from '@lienthong/kernel';
import type { AnyRpcService, RpcService } from '@lienthong/kernel';
import { acceptConsignment } from './accept-consignment.ts';
import { acceptEffect } from './accept-effect.ts';
import type { Accepting } from './accept-effect.ts';
import { cancelConsignment } from './cancel-consignment.ts';
import { consignmentIndex, numberField } from './consignment-index.ts';
import { consignmentNumbers } from './consignment-numbers.ts';
import { listConsignments, listOriginals, trackConsignment } from './consignment-reading.ts';
import { getHandoverCode } from './handover-proof.ts';
import { scanCommands } from './scan-commands.ts';
import { listStrayScans, resolveStrayScan } from './stray-scans.ts';
import { watchConsignments } from './watch-consignments.ts';

export function createPostal(ports: ServicePorts): ServiceModule {
  // The effect needs the participant, which needs the effect: they meet when the first effect runs.
  let kept: Accepting | null = null;
  const effects = { 'accept-consignment': acceptEffect(() => kept!) };
  const participant = createParticipant({ ...ports, service: 'postal', rules: dossierRules(ports.environment, consignmentIndex, undefined, [numberField]), effects });
  const host: Host = { service: 'postal', participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, rehearsalsAllowed: ports.rehearsalsAllowed };
  const accepting: Accepting = kept = { host, peers: ports.peers, numbers: consignmentNumbers(host) };
  return {
    name: 'postal', participant, rpcs: [postalRpcs(accepting) as unknown as AnyRpcService],
    async start() {
      await participant.start();
      await learnPepper(host, () => {});
    },
    stop: () => participant.stop(),
  };
}

function postalRpcs(accepting: Accepting): RpcService<typeof postal.PostalService> {
  const { host } = accepting;
  return {
    definition: postal.PostalService,
    handlers: {
      listConsignments: (request, call) => listConsignments(host, request, call),
      acceptConsignment: (request, call) => acceptConsignment(accepting, request, call),
      trackConsignment: (request) => trackConsignment(host, request),
      getHandoverCode: (request, call) => getHandoverCode(host, request, call),
      listOriginals: (request, call) => listOriginals(host, request, call),
      ...scanCommands({ host, limit: guessLimit(() => host.world.now()) }),
      cancelConsignment: (request, call) => cancelConsignment(host, request, call),
      listStrayScans: (request, call) => listStrayScans(host, request, call),
      resolveStrayScan: (request, call) => resolveStrayScan(host, request, postal.ResolveStrayScanRequest.encode(request).finish(), call),
      watchConsignments: (request, call) => watchConsignments(host, request, call),
    },
  };
}
