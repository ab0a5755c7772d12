/** How updates get to other services quickly. At least once, in any order; the folder makes it exact. */
import type { ServiceName } from '@lienthong/law';
import type { FolderUpdate } from '../wire/folder-update.ts';

/** Resolves when everything in the batch is durable at the receiver: only then may the bus forget it. Rejects: deliver again. */
export type UpdateHandler = (batch: readonly FolderUpdate[]) => Promise<void>;

export type Subscription = {
  /** Takes no more; resolves when running handlers have ended. */
  stop(): Promise<void>;
};

export type EventBus = {
  /** Resolves when the bus has the batch (a broker: durably). Keyed by folder id. Rejects when it could not be given; nothing is kept then. */
  publish(destination: ServiceName, batch: readonly FolderUpdate[]): Promise<void>;
  subscribe(service: ServiceName, handler: UpdateHandler): Promise<Subscription>;
  /** Why this process cannot exchange updates at present, or null; never waits. Absent: the bus has nothing that could fail. */
  problem?(): string | null;
  /** Records to a service that were none and were put aside, since the process began. Absent: the bus carries nothing else. */
  deadRecords?(service: ServiceName): number;
  /** Records to a service that this process had not read when it read last. Absent: what is published is handed over at once. */
  unreadRecords?(service: ServiceName): number;
};
