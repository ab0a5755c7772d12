/**
 * What the checker is given, from a simulated hub or a real one: every service's copy of every folder as bytes, what people were told, what was lost, what
 * was done outside. Nothing in it comes from the memory of a service, but the state that it claims.
 */
import type { AuthorId, FolderId, MaySucceed, Verify } from '@lienthong/folder';
import type { SealedEntry } from '@lienthong/kernel';
import type { LawEnvironment, Side } from '@lienthong/dossier-service';
import type { ServiceName } from '@lienthong/law';
import type { Acknowledged, ListedAtRisk, Rewind } from '../journal.ts';

export type ShownCopy = {
  readonly service: ServiceName; readonly folder: FolderId; readonly entries: readonly SealedEntry[];
  /** The state in the service's memory, by `stateText`; null: it has none; absent: it was not asked. */
  readonly state?: string | null;
};

/** A record of a register: decisions applied to it, oldest first. `undone`: those whose change was put back. `unreserved`: those among them that found it reserved by another dossier, or by none, and were not a copy's of the store; absent: not looked at. */
export type ShownRecord = { readonly service: ServiceName; readonly folder: FolderId; readonly side: Side; readonly applied: readonly string[]; readonly undone: readonly string[]; readonly changes: number; readonly unreserved?: readonly string[]; /** Its store lost what its keeper had not got: only what lacks is looked at. */ readonly partly?: boolean };

export type Evidence = {
  readonly environment: LawEnvironment; readonly services: readonly ServiceName[];
  readonly copies: readonly ShownCopy[];
  readonly verify: Verify; readonly maySucceed: MaySucceed; readonly presentOf: (service: ServiceName) => AuthorId;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly acknowledged: readonly Acknowledged[]; readonly rewinds: readonly Rewind[]; readonly atRisk: readonly ListedAtRisk[];
  /** Forks that were reported, as `<folder>/<author>`. */
  readonly forks: ReadonlySet<string>;
  /** Authors under whose name a stray copy of their store wrote, too. Absent: none. */
  readonly strayed?: ReadonlySet<AuthorId>;
  /** Folders in which each service lists entries of its earlier incarnations that came after their succession. Absent: nobody was asked. */
  readonly voided?: ReadonlyMap<ServiceName, ReadonlySet<FolderId>>;
  /** Orders carried out outside, by idempotency key. */
  readonly outside: ReadonlyMap<string, readonly string[]>;
  /** Dossiers whose particulars a lost store alone had, as their service says: they do not end before somebody gives them anew. Absent: none. */
  readonly bereft?: ReadonlySet<FolderId>;
  /** Registers of services whose store never lost anything, or nothing of them; of others `partly`. */
  readonly records: readonly ShownRecord[];
};
