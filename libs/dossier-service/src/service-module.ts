/** The shape that every service has, and what it is given. The composition of a process knows nothing else of a service. */
import type { AnyRpcService, HighWaterMark, Directory, Documents, EventBus, KernelOptions, Keys, OwnedStore, Participant, Peers, Reports, World } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import type { EvidenceSource } from './evidence.ts';
import type { DossierCheck, EvidenceBook, EvidenceLookup } from './host.ts';
import type { FolderState, LawEnvironment } from './rules.ts';

export type ServicePorts = {
  readonly store: OwnedStore; readonly bus: EventBus; readonly peers: Peers; readonly world: World; readonly keys: Keys; readonly directory: Directory; readonly documents: Documents;
  /** High-water mark of the service's store, outside it. */
  readonly mark: HighWaterMark;
  readonly environment: LawEnvironment; readonly evidence: EvidenceLookup; readonly evidenceBook?: EvidenceBook; readonly reports: Partial<Reports>; readonly options: KernelOptions;
  /** Whether the operator allows rehearsals. */
  readonly rehearsalsAllowed: boolean;
};

export type ServiceModule = {
  readonly name: ServiceName;
  readonly participant: Participant<FolderState>;
  readonly rpcs: readonly AnyRpcService[];
  /** What its register gives instead of papers; null: it keeps none. Behind one port the answers of all are one `evidenceService`. */
  readonly evidence?: EvidenceSource | null;
  /** How its own copies of dossiers answer a register that asks; absent: not this service's to say. */
  readonly dossierCheck?: DossierCheck;
  /** After it the service answers; the participant has compared its store with the world. */
  start(): Promise<void>;
  stop(): Promise<void>;
};
