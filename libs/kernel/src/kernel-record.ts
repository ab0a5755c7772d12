/** What a service must remember about its peers and itself: seals it gave, marks it saw, how far its own succession has come. One record in its own store. */
import { isSealed, noSeals, seal } from '@lienthong/folder';
import type { AuthorId, FolderId, Seals } from '@lienthong/folder';
import { HubError } from './errors.ts';
import { serviceOf } from './ports/directory.ts';
import type { CrashPoint } from './ports/crash-points.ts';
import type { Commit, OwnedStore } from './ports/folder-store.ts';
import type { AtRisk } from './recover-folders.ts';
import type { ServiceName } from './rules.ts';

/** Id of the record; no submission can hash to it. */
export const kernelRecordId: FolderId = '0'.repeat(64);

type Written = {
  readonly seals: readonly (readonly [AuthorId, AuthorId])[]; readonly marks: Readonly<Record<AuthorId, Commit>>;
  readonly succeededAs: AuthorId | null; readonly recoveredAs: AuthorId | null; readonly offeredTo?: readonly AuthorId[];
  readonly atRisk?: AtRisk | null;
};

const maxSaveAttempts = 4;

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
  /** What the last succession could not recover; null: there was none. */
  atRisk: AtRisk | null = null;
  #version = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: OwnedStore, crashPoint?: CrashPoint) {
    this.#store = store;
    this.#crashPoint = crashPoint;
  }

  /** Reads the record; what memory holds already is joined with it. */
  async open(): Promise<void> {
    const stored = await this.#store.load(kernelRecordId);
    if (stored === undefined) return;
    this.#version = stored.version;
    const written = JSON.parse(new TextDecoder().decode(stored.aux)) as Written;
    for (const [author, giver] of written.seals) this.seals = seal(this.seals, author, giver);
    for (const [author, commit] of Object.entries(written.marks)) this.noteMark(author, commit);
    for (const author of written.offeredTo ?? []) if (!this.offeredTo.has(serviceOf(author))) this.offeredTo.set(serviceOf(author), author);
    this.succeededAs ??= written.succeededAs;
    this.recoveredAs ??= written.recoveredAs;
    this.atRisk ??= written.atRisk ?? null;
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
      const written: Written = { seals: [...this.seals], marks: Object.fromEntries(this.marks), succeededAs: this.succeededAs, recoveredAs: this.recoveredAs, offeredTo: [...this.offeredTo.values()], atRisk: this.atRisk };
      const aux = new TextEncoder().encode(JSON.stringify(written));
      this.#crashPoint?.('notes-unsaved');
      const appended = await this.#store.append({ id: kernelRecordId, expectedVersion: this.#version, incarnation, aux, wakeAt: null, unsettled: false });
      this.#crashPoint?.('notes-saved');
      if (appended.ok) { this.#version = appended.version; return appended.commit; }
      await this.open();
      if (appended.conflict === 'incarnation') return 'refused';
    }
    throw new HubError('CONFLICT_PERSISTS', { folder: kernelRecordId, attempts: String(maxSaveAttempts) });
  }
}
