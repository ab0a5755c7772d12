/** All RPCs behind the one port of the process. */
import { documentsRpcs, evidenceService, operatorRpcs, referenceRpcs } from '@lienthong/dossier-service';
import type { EvidenceSource, LawEnvironment, MakeBackup, ServiceModule } from '@lienthong/dossier-service';
import type { AnyRpcService, Documents } from '@lienthong/kernel';
import { later, sha256 } from '@lienthong/keys';
import { folderExchangeService } from '@lienthong/rpc-grpc';
import type { Trust } from '@lienthong/rpc-grpc';
import { allRpcs } from './desk-router.ts';

/** The services of a process and what they share. */
export type ProcessParts = { readonly modules: readonly ServiceModule[]; readonly environment: LawEnvironment; readonly evidence: readonly EvidenceSource[]; readonly documents: Documents; /** Absent where all keys are in one directory. */ readonly trust?: Trust };
/** `backup`: absent where the store is backed up by its own means. */
export type ProcessFacts = { readonly version: string; readonly startedAt: number; readonly rehearsalsAllowed: boolean; readonly backup?: MakeBackup };

export function processRpcs({ modules, environment, evidence, documents, trust }: ProcessParts, facts: ProcessFacts): readonly AnyRpcService[] {
  const { reference } = environment;
  return [
    ...allRpcs(modules, reference),
    evidenceService(evidence, environment),
    documentsRpcs({ documents, modules, later }),
    referenceRpcs({ reference, now: () => Date.now() }),
    folderExchangeService(new Map(modules.map(({ name, participant }) => [name, participant])), trust),
    operatorRpcs({ modules, reference, hash: sha256, ...facts }),
  ] as unknown as readonly AnyRpcService[];
}
