/** What all services of one schedule share. */
import type { Entry, Faults, FolderId, Succeeds } from '../../src/index.ts';
import type { Message, ServiceName } from './messages.ts';
import type { Participant } from './participant.ts';

/** What happened, for the checker. */
export type Journal = {
  /** Hashes of all entries ever written by an author. */
  readonly written: Map<string, Entry<string>>;
  /** By request: the entry that the requester was told of. */
  readonly acknowledged: Map<string, Entry<string>>;
  /** The author's commit at which an entry became durable, by hash. */
  readonly commits: Map<string, number>;
  /** What gave its author the item, by hash of the entry: hashes of a handoff or creation, and of a succession. */
  readonly hangsOn: Map<string, readonly string[]>;
  readonly problems: string[];
};

export type Setting = {
  readonly services: readonly ServiceName[];
  readonly network: { send(message: Message): void };
  readonly journal: Journal;
  readonly faults?: Faults | undefined;
  /** Told whenever a successor chooses a branch. */
  readonly choosing: (by: Participant, folder: FolderId, claim: Succeeds) => void;
};
