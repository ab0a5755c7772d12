/** All RPCs behind the one port of the process. */
import { documentsRpcs, evidenceService, operatorRpcs, referenceRpcs } from '@lienthong/dossier-service';
import type { AnyRpcService } from '@lienthong/kernel';
import { sha256 } from '@lienthong/keys';
import { folderExchangeService } from '@lienthong/rpc-grpc';
import type { Composed } from './compose-services.ts';
import { allRpcs } from './desk-router.ts';

export type ProcessFacts = { readonly version: string; readonly startedAt: number; readonly rehearsalsAllowed: boolean; readonly backup: (withKeys: boolean) => AsyncIterable<Uint8Array> };

export function processRpcs({ modules, environment, evidence, documents }: Composed, facts: ProcessFacts): readonly AnyRpcService[] {
  const { reference } = environment;
  return [
    ...allRpcs(modules, reference),
    evidenceService(evidence.sources(), environment),
    documentsRpcs({ documents, modules }),
    referenceRpcs({ reference, now: () => Date.now() }),
    folderExchangeService(new Map(modules.map(({ name, participant }) => [name, participant]))),
    operatorRpcs({ modules, reference, hash: sha256, ...facts }),
  ] as unknown as readonly AnyRpcService[];
}
