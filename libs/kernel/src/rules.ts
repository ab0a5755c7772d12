/** What a service's law looks like to the kernel. All of it is pure; the kernel alone awaits. */
import type { AuthorId, Entry, EntryRef, FolderId, ItemId } from '@lienthong/folder';
import type { ServiceName } from '@lienthong/law';
import type { Aside, IndexFields } from './ports/folder-store.ts';

export type { ServiceName };

/** An entry as law and services give it: the kernel adds author, sequence, hashes, term and times. */
export type Draft = {
  /** The item it acts on; '' for the origin of a folder. */
  readonly item: ItemId;
  readonly kind: string;
  readonly body: object;
  readonly creates?: readonly AuthorId[];
  readonly handsTo?: AuthorId;
  readonly ends?: boolean;
  readonly cites?: readonly EntryRef[];
  /** Milliseconds since the epoch; absent: the time of writing. */
  readonly effectiveAt?: number;
};

/** What a service's law may know besides entries. */
export type DutyContext = {
  readonly service: ServiceName;
  readonly author: AuthorId;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly authorOf: (service: ServiceName) => AuthorId;
  /** True for the present incarnation of this service and those before it. */
  readonly isMine: (author: AuthorId) => boolean;
};

export type Needs = { readonly from: AuthorId | ServiceName; readonly names: readonly string[]; readonly as: ItemId };

/** Something that a service owes in a folder. Exactly one of `drafts` and `perform` is present. */
export type Duty = {
  /** Stable: derived from the entry that caused it. Idempotency key of an effect. */
  readonly key: string;
  readonly kind: string;
  /** The entries that fulfil it, decided from state alone. */
  readonly drafts?: readonly Draft[];
  /** Parts that must be durable here before `drafts` are written. */
  readonly needs?: Needs;
  /** Name of an effect that the service registered; run under a claim. */
  readonly perform?: string;
  readonly input?: unknown;
};

/** `now`: it has something to do. `soon`: somebody looks there. `later`: it only keeps a copy. */
export type Urgency = 'now' | 'soon' | 'later';

export type Rules<S> = {
  empty(id: FolderId): S;
  /** Folds one effective entry, in causal order; mutates. */
  fold(state: S, entry: Entry): void;
  /** Services that keep a copy of this folder. */
  participants(state: S): readonly ServiceName[];
  /** What this service owes now; empty when nothing. Order = priority. */
  duties(state: S, context: DutyContext): readonly Duty[];
  /** Earliest later moment at which duties may change; null: only entries change them. */
  wakeAt(state: S, context: DutyContext): number | null;
  /** How soon another service must hear of this state; what it need not act on may wait and travel together. Absent: now. */
  urgency?(state: S, service: ServiceName, context: DutyContext): Urgency;
  index(state: S, context: DutyContext): IndexFields;
  /** Fields of the index of which no two folders have the same value. Absent: none are. */
  readonly unique?: readonly string[];
  /** False for a kind that this version does not know: the folder is then read-only here. Absent: all are known. */
  knows?(kind: string): boolean;
  /** Whether `service` may have these parts for this item. Absent: every participant may. */
  mayPull?(state: S, service: ServiceName, item: ItemId, names: readonly string[]): boolean;
  /** Parts that this service gathered for an item and still needs, by name; null: none. After its store was lost, those who have them are asked. Absent: none. */
  keeps?(state: S, context: DutyContext): { readonly as: ItemId; readonly names: readonly string[] } | null;
  /** Entries of this service in other folders upon which it wrote this state: where one of them is lost with a store, or loses its effect, the folder is listed. Absent: none. */
  restsOn?(state: S, context: DutyContext): readonly { readonly folder: FolderId; readonly entry: EntryRef }[];
  /** The effect that looks whether what this service wrote elsewhere upon this state is still there; null: it wrote nothing elsewhere. Asked of what came back after its store was lost. Absent: none is. */
  inspects?(state: S, context: DutyContext): Pick<Duty, 'perform' | 'input'> | null;
  /** Who keeps a copy of the folders that concern a service alone; undefined: nobody. Absent: nobody does for any. */
  keptBy?(service: ServiceName): ServiceName | undefined;
  /** Parts that this service keeps a copy of for another one, by name; null: none. Absent: none. */
  copies?(state: S, context: DutyContext): Needs | null;
  /** Whether a pulled part is what the entries committed to. Absent: not checked. */
  isCommitted?(state: S, aside: Aside): boolean;
};

/** What a command may look at. Not to be kept: the state goes on changing. */
export type View<S> = {
  readonly id: FolderId;
  /** False: nobody has written here yet. */
  readonly exists: boolean;
  readonly state: S;
  readonly now: number;
  readonly author: AuthorId;
  /** Sequence number of the next entry; with `itemId` it names the items that it will create. */
  readonly nextSeq: number;
  readonly version: number;
  readonly commit: number;
  /** Whether all who keep a copy are known to have what was written here, with what stands beside it. */
  readonly settled: boolean;
};

/** A value, not a throw: the law says no. `code` stands in the error catalogue. */
export type Refused = { readonly code: string; readonly field: string; readonly meta: Readonly<Record<string, string>> };
export type Decision = { readonly drafts: readonly Draft[]; readonly asides?: readonly Aside[]; /** Of an inspection: something that was written elsewhere is lost, and the folder is listed. Absent: all is there. */ readonly lost?: boolean };

export type Command<S, R> = {
  /** `digest`: lowercase hex over the content of the request; its first 16 characters are kept in the entries. */
  readonly request: { readonly id: string; readonly digest: string };
  /** Synchronous; facts are gathered before. May run again after a conflict. */
  decide(view: View<S>): Decision | { readonly refusal: Refused };
  /** The answer, from the effective entries that carry the request id and nothing else, so that a repeat gets the same. */
  reply(entries: readonly Entry[]): R;
};

export type Handled<R> = { readonly ok: true; readonly reply: R; readonly repeated: boolean } | { readonly ok: false; readonly refusal: Refused };

export type EffectCall<S> = {
  readonly folder: FolderId;
  /** Folder and duty: the same over all attempts, another in every other folder. What the effect reaches must use it as idempotency key. */
  readonly idempotencyKey: string;
  readonly input: unknown;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** True when an earlier attempt may have had its effect, also one that a store put back, or a branch of a forked log, knows nothing of: ask before repeating. */
  readonly askFirst: boolean;
  /** The folder when the claim was made; durable. */
  readonly view: View<S>;
  readonly deadlineMs: number;
};

/** An effect reaches outside the folder. It ends in drafts, or throws and is tried again. */
export type Effect<S> = {
  run(call: EffectCall<S>): Promise<Decision>;
  /** What is written when all attempts are used up, e.g. the case onto a desk. Absent: an alert, and it stays owed. */
  failed?(call: EffectCall<S>, problem: string): Decision;
};
