/** What happened in one schedule, for the checker: what was told to people, what was done outside, what was lost. */
import type { AuthorId, EntryRef, FolderId, Hash } from '@lienthong/folder';
import { serviceOf } from '@lienthong/kernel';
import type { Commit } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';

/** An entry that a command was answered with. */
export type ToldEntry = EntryRef & { readonly hash: Hash };

/** A command that was answered: from then on it has had its effect. */
export type Acknowledged = {
  readonly request: string; readonly folder: FolderId; readonly service: ServiceName; readonly author: AuthorId; readonly entries: readonly ToldEntry[];
  /** Commit of the store in which it became durable. */
  readonly commit: Commit;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Answered by a stray copy of the store, of which nobody knows. */
  readonly stray: boolean;
};

/** A store that was put back at a moment: what was written before it, after `kept`, is lost. */
export type Rewind = {
  readonly service: ServiceName; readonly at: number; readonly kept: Commit;
  /** The mark beside the keys went back with it: only others can know. */
  readonly silently: boolean;
  /** How far it is durably known outside the store that it had come; what lies beyond, nobody can tell. */
  readonly witnessed: Commit;
  /** Entries that others durably held at that moment: none of them may be lost by it. Absent: nobody looked. */
  readonly heldByOthers?: ReadonlySet<Hash>;
  /** Its records stood at their keeper as they were. Absent: nobody kept them, or nobody looked. */
  readonly recordsKept?: boolean;
};

/** What a service listed as perhaps lost after a succession. */
export type ListedAtRisk = {
  readonly service: ServiceName; readonly fromCommit: Commit;
  /** 0: the service does not know. */
  readonly toCommit: Commit;
  readonly folders: readonly FolderId[];
};

/** Whether the service said that this answer of it may be lost. */
export function isListed({ service, commit, folder }: Acknowledged, atRisk: readonly ListedAtRisk[]): boolean {
  return atRisk.some((one) => one.service === service && ((commit > one.fromCommit && (commit <= one.toCommit || one.toCommit === 0)) || one.folders.includes(folder)));
}

export class Journal {
  /** By request: each different answer that was given; more than one only where the first was lost. */
  readonly acknowledged = new Map<string, Acknowledged[]>();
  readonly rewinds: Rewind[] = [];
  readonly atRisk: ListedAtRisk[] = [];
  /** Forks that services reported, as `<folder>/<author>`. */
  readonly forks = new Set<string>();
  /** Authors under whose name a stray copy of their store wrote, too. */
  readonly strayed = new Set<AuthorId>();
  /** Ids of folders that somebody may have begun. */
  readonly folders = new Set<FolderId>();
  readonly problems: string[] = [];
  readonly counts = new Map<string, number>();

  /** Whether what stood beside a folder may be gone: a stray copy has written under this service's name, so that it was on no other disk, or the service has listed it after a succession. */
  mayLack(service: ServiceName, folder: FolderId): boolean {
    return [...this.strayed].some((author) => serviceOf(author) === service) || this.atRisk.some((one) => one.service === service && one.folders.includes(folder));
  }

  acknowledge(one: Acknowledged): void {
    const before = this.acknowledged.get(one.request);
    this.count(before === undefined ? 'acknowledged' : 'acknowledged again');
    if (before === undefined) this.acknowledged.set(one.request, [one]);
    else if (!before.some((other) => sameEntries(other.entries, one.entries))) before.push(one);
  }

  /** Names at most `maxProblems` things that went wrong while it ran. */
  problem(what: string): void {
    if (this.problems.length < maxProblems && !this.problems.includes(what)) this.problems.push(what);
  }

  count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }
}

const maxProblems = 20;

function sameEntries(a: readonly ToldEntry[], b: readonly ToldEntry[]): boolean {
  return a.length === b.length && a.every((one, n) => one.hash === b[n]!.hash);
}
