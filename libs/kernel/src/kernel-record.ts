/** What a service must remember about its peers and itself: seals it gave, marks it saw, how far its own succession has come. One record in its own store. */
import { isSealed, noSeals, seal } from '@lienthong/folder';
import type { AuthorId, FolderId, Seals } from '@lienthong/folder';
import { HubError, problemOf } from './errors.ts';
import { serviceOf } from './ports/directory.ts';
import type { CrashPoint } from './ports/crash-points.ts';
import type { Commit, OwnedStore } from './ports/folder-store.ts';
import type { AtRisk } from './recover-folders.ts';
import type { ServiceName } from './rules.ts';
import { checkedJson, decodeCheckedJson, encodeCheckedJson } from './wire/checked-json.ts';

/** Id of the record; no submission can hash to it. */
export const kernelRecordId: FolderId = '0'.repeat(64);

/** Folders in one of the record's lists, at most. */
export const maxListed = 1_000;
/** Acts of force that it keeps, the newest. */
const maxForces = 64;
/** Lists of folders stand beside the record: they may be longer than it may. */
const listsName = 'folders';

/** An operator let an incarnation go on without the seals of services that were away. */
export type Force = {
  readonly author: AuthorId;
  readonly without: readonly ServiceName[];
  /** Those of them that came back, showed what they hold, and have been gone through. */
  readonly returned: readonly ServiceName[];
  readonly request: string; readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

type Written = {
  readonly seals: readonly (readonly [AuthorId, AuthorId])[]; readonly marks: Readonly<Record<AuthorId, Commit>>;
  readonly succeededAs: AuthorId | null; readonly recoveredAs: AuthorId | null; readonly offeredTo?: readonly AuthorId[];
  readonly atRisk?: AtRisk | null;
  readonly begun?: Begun | null; readonly forces?: readonly Force[];
  /** The lists stand beside; absent or false: there are none, or those of `atRisk` stand in it. */
  readonly listed?: boolean;
  readonly keptBy?: ServiceName; readonly cameBack?: CameBack | null; readonly inspectedAs?: AuthorId | null;
};
type Lists = { readonly atRisk: readonly FolderId[]; readonly voided: readonly FolderId[] };

/** What came back to an incarnation was written after `from`. */
type CameBack = { readonly author: AuthorId; readonly from: Commit };

/** Since when an incarnation succeeds another one; milliseconds since the epoch. */
type Begun = { readonly author: AuthorId; readonly at: number };

const maxSaveAttempts = 4;
const encoder = new TextEncoder(), decoder = new TextDecoder();

export class KernelRecord {
  readonly #store: OwnedStore;
  readonly #crashPoint: CrashPoint | undefined;
  /** Authors of which nothing more is taken in folders that do not hold their succession, and which incarnation of this service sealed them. */
  seals: Seals = noSeals;
  /** The highest mark heard of each incarnation. */
  readonly marks = new Map<AuthorId, Commit>();
  /** Incarnation of this service for which all peers have sealed its predecessors. */
  succeededAs: AuthorId | null = null;
  /** Incarnation of this service for which all that peers have shown was gone through. */
  recoveredAs: AuthorId | null = null;
  /** Per service, the incarnation to which everything that concerns it was offered. */
  readonly offeredTo = new Map<ServiceName, AuthorId>();
  /** Who was offered all folders that concern this service alone; '' for nobody. */
  keptBy: ServiceName = '';
  /** What the last succession could not recover; null: there was none. */
  atRisk: AtRisk | null = null;
  /** Where the store stood when it was found to be behind: what came back since is to be inspected. Null: it never was. */
  cameBack: CameBack | null = null;
  /** Incarnation of this service for which that was done. */
  inspectedAs: AuthorId | null = null;
  /** Since when the present succession waits; null: there was none. */
  begun: Begun | null = null;
  /** What operators forced, oldest first. */
  forces: readonly Force[] = [];
  /** Folders that hold entries of earlier incarnations which came after their succession: they are kept without effect. */
  readonly voided = new Set<FolderId>();
  #version = 0;
  /** The lists as written last. */
  #lists = '';
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: OwnedStore, crashPoint?: CrashPoint) {
    this.#store = store;
    this.#crashPoint = crashPoint;
  }

  /** Reads the record; what memory holds already is joined with it. Throws RECORD_DAMAGED: what was sealed is not to be guessed. */
  async open(): Promise<void> {
    const stored = await this.#store.load(kernelRecordId);
    if (stored === undefined) return;
    this.#version = stored.version;
    const written = readOf<Written>(stored.incarnation, stored.aux);
    for (const [author, giver] of written.seals) this.seals = seal(this.seals, author, giver);
    for (const [author, commit] of Object.entries(written.marks)) this.noteMark(author, commit);
    for (const author of written.offeredTo ?? []) if (!this.offeredTo.has(serviceOf(author))) this.offeredTo.set(serviceOf(author), author);
    this.succeededAs ??= written.succeededAs;
    this.recoveredAs ??= written.recoveredAs;
    const lists = written.listed === true ? await this.#readLists(stored.incarnation) : null;
    this.atRisk = joinedRisk(this.atRisk, written.atRisk == null ? null : { ...written.atRisk, folders: lists?.atRisk ?? written.atRisk.folders });
    this.begun ??= written.begun ?? null;
    if (this.keptBy === '') this.keptBy = written.keptBy ?? '';
    this.#joinCameBack(written.cameBack ?? null);
    this.inspectedAs ??= written.inspectedAs ?? null;
    this.forces = joined(written.forces ?? [], this.forces);
    for (const folder of lists?.voided ?? []) this.noteVoided(folder);
  }

  async #readLists(author: AuthorId): Promise<Lists> {
    const [lists] = await this.#store.asides(kernelRecordId, [listsName]), bytes = lists?.bytes ?? new Uint8Array(0);
    this.#lists = decoder.decode(bytes);
    return readOf<Lists>(author, bytes);
  }

  /** Services without whose seal `author` was let go on, and that have not come back since. */
  goesOnWithout(author: AuthorId): readonly ServiceName[] {
    if (this.forces.length === 0) return [];
    return [...new Set(this.forces.filter((one) => one.author === author).flatMap(({ without, returned }) => without.filter((service) => !returned.includes(service))))];
  }

  noteForce(force: Force): void { this.forces = joined(this.forces, [force]); }

  /** A service without whose seal `author` went on has come back and was gone through. */
  noteReturned(author: AuthorId, service: ServiceName): void {
    this.forces = this.forces.map((one) => (one.author === author && one.without.includes(service) ? withReturned(one, [service]) : one));
  }

  /** True when it is news; without room it is told and not listed. */
  noteVoided(folder: FolderId): boolean {
    if (this.voided.has(folder)) return false;
    if (this.voided.size < maxListed) this.voided.add(folder);
    return true;
  }

  /** Something is lost in a folder that came back after the succession had ended. `commit`: where the store stands, for a list that begins with it. True when it is listed anew; without room it is not. */
  noteLost(folder: FolderId, commit: Commit): boolean {
    const { fromCommit, toCommit, folders } = this.atRisk ?? { fromCommit: commit, toCommit: commit, folders: [] };
    if (folders.includes(folder) || folders.length >= maxListed) return false;
    this.atRisk = { fromCommit, toCommit, folders: [...folders, folder] };
    return true;
  }

  /** What comes back from now on is to be inspected, and what came back before and was not; `commit`: where the store stands. */
  noteBehind(author: AuthorId, commit: Commit): void {
    const before = this.cameBack, isDone = before === null || (before.author !== author && before.author === this.inspectedAs);
    this.cameBack = { author, from: isDone ? commit : Math.min(before.from, commit) };
  }

  #joinCameBack(stored: CameBack | null): void {
    if (this.cameBack === null) this.cameBack = stored;
    else if (stored?.author === this.cameBack.author) this.noteBehind(stored.author, stored.from);
  }

  /** True when it is news. */
  noteMark(author: AuthorId, commit: Commit): boolean {
    if (commit <= (this.marks.get(author) ?? 0)) return false;
    this.marks.set(author, commit);
    return true;
  }

  isSealed(author: AuthorId): boolean { return isSealed(this.seals, author); }

  /** Makes the present memory durable and answers its commit. Calls follow each other. `refused`: the store takes nothing of this incarnation. */
  save(incarnation: AuthorId): Promise<Commit | 'refused'> {
    const next = this.#writing.then(() => this.#write(incarnation));
    this.#writing = next.catch(() => {});
    return next;
  }

  async #write(incarnation: AuthorId): Promise<Commit | 'refused'> {
    for (let attempt = 0; attempt < maxSaveAttempts; attempt++) {
      const lists = this.#listsNow(), asides = lists === this.#lists ? [] : [{ name: listsName, bytes: encoder.encode(lists) }];
      const aux = encodeCheckedJson(this.#present(lists !== ''));
      this.#crashPoint?.('notes-unsaved');
      const appended = await this.#store.append({ id: kernelRecordId, expectedVersion: this.#version, incarnation, aux, wakeAt: null, unsettled: false, ...(asides.length > 0 ? { asides } : {}) });
      this.#crashPoint?.('notes-saved');
      if (appended.ok) { this.#version = appended.version; this.#lists = lists; return appended.commit; }
      await this.open();
      if (appended.conflict === 'incarnation') return 'refused';
    }
    throw new HubError('CONFLICT_PERSISTS', { folder: kernelRecordId, attempts: String(maxSaveAttempts) });
  }

  #present(listed: boolean): Written {
    return {
      seals: [...this.seals], marks: Object.fromEntries(this.marks), succeededAs: this.succeededAs, recoveredAs: this.recoveredAs, offeredTo: [...this.offeredTo.values()],
      atRisk: this.atRisk === null ? null : { ...this.atRisk, folders: [] }, begun: this.begun, ...(this.forces.length > 0 ? { forces: this.forces } : {}), ...(listed ? { listed } : {}), ...(this.keptBy === '' ? {} : { keptBy: this.keptBy }), ...(this.cameBack === null ? {} : { cameBack: this.cameBack, inspectedAs: this.inspectedAs }),
    };
  }

  /** '' where there never was one: most services have none. */
  #listsNow(): string {
    const lists: Lists = { atRisk: this.atRisk?.folders ?? [], voided: [...this.voided] };
    return lists.atRisk.length + lists.voided.length === 0 && this.#lists === '' ? '' : checkedJson(lists);
  }
}

/** `author`: who wrote it. */
function readOf<T>(author: AuthorId, bytes: Uint8Array): T {
  try {
    return decodeCheckedJson(bytes) as T;
  } catch (cause) {
    throw new HubError('RECORD_DAMAGED', { service: serviceOf(author), problem: problemOf(cause) }, { cause });
  }
}

const withReturned = (force: Force, services: readonly ServiceName[]): Force => ({ ...force, returned: [...new Set([...force.returned, ...services])] });

/** Another instance may have listed more of the same loss. */
function joinedRisk(own: AtRisk | null, stored: AtRisk | null): AtRisk | null {
  if (own === null || stored === null) return own ?? stored;
  if (own.fromCommit !== stored.fromCommit || own.toCommit !== stored.toCommit) return own;
  return { ...own, folders: [...new Set([...own.folders, ...stored.folders])].slice(0, maxListed) };
}

/** Each act once, with everybody who is known to have come back. */
function joined(some: readonly Force[], others: readonly Force[]): readonly Force[] {
  const byRequest = new Map(some.map((one) => [`${one.author} ${one.request}`, one]));
  for (const one of others) {
    const key = `${one.author} ${one.request}`, known = byRequest.get(key);
    byRequest.set(key, known === undefined ? one : withReturned(known, one.returned));
  }
  return [...byRequest.values()].sort((a, b) => a.at - b.at).slice(-maxForces);
}
