/** Folders whose entries everybody has acknowledged are marked settled in the background, many at once, when there is time. */
import type { FolderId } from '@lienthong/folder';
import { asHubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { openFolder } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { maxRowsPerQuery } from './ports/folder-store.ts';
import type { FolderVersion } from './ports/folder-store.ts';

/** `version`: in which everybody had acknowledged it; null: that must be asked again. */
type Waiting = { readonly since: number; readonly version: number | null };

export class Settler<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #waiting = new Map<FolderId, Waiting>();
  #cancel: (() => void) | null = null;
  /** The store's last commit when the wait began. */
  #commit = 0;
  #running: Promise<void> | null = null;

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  get waiting(): number { return this.#waiting.size; }

  /** Each further acknowledgement puts the folder off again, up to `maxSettleWaitMs`: the mark may ride a write that comes anyway. */
  add({ id, version }: Pick<OpenFolder<S>, 'id' | 'version'>): void {
    this.#waiting.set(id, { since: this.#waiting.get(id)?.since ?? this.#kernel().world.now(), version });
    this.#arm();
  }

  /** True: everybody has acknowledged the folder as it stands, and the mark alone is to come. Reads nothing. */
  hasAcknowledged(id: FolderId): boolean {
    const version = this.#waiting.get(id)?.version ?? null, open = this.#kernel().cache.peek(id);
    // One that has left memory was not written since, or the store passes its mark over, and the next sweep finds it.
    return version !== null && (open === undefined || open.version === version);
  }

  /** Another incarnation stands behind a service: what was acknowledged before counts for nothing. */
  doubt(): void {
    for (const [id, { since }] of this.#waiting) this.#waiting.set(id, { since, version: null });
  }

  /** Marks everything that waits. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    await this.#running;
    while (this.#waiting.size > 0) await this.#settle([...this.#waiting.keys()].slice(0, this.#kernel().limits.maxSettleBatch));
  }

  #arm(): void {
    if (this.#cancel !== null || this.#running !== null) return;
    const { world, limits, commit } = this.#kernel();
    this.#commit = commit;
    this.#cancel = world.later(limits.settleAfterMs, () => { this.#cancel = null; this.#tick(); });
  }

  /** While the service writes, the mark waits: most folders will be written again, and a mark needs no haste. */
  #tick(): void {
    const { world, limits, commit } = this.#kernel();
    const oldest = this.#waiting.values().next().value?.since ?? world.now();
    const tooMany = Math.max(0, this.#waiting.size - limits.maxSettleWaiting);
    const waitedMs = world.now() - oldest;
    // A clock that was put back tells nothing of how long.
    if (commit !== this.#commit && waitedMs >= 0 && waitedMs < limits.maxSettleWaitMs && tooMany === 0) return this.#arm();
    this.#running = this.#settle([...this.#waiting.keys()].slice(0, Math.min(Math.max(tooMany, limits.maxSettleBatch), maxRowsPerQuery))).finally(() => {
      this.#running = null;
      if (this.#waiting.size > 0) this.#arm();
    });
  }

  /** Only a flag of the store changes: what was acknowledged is learned again, should it be needed, after a start. Needs no lock: a write that comes between counts, and a pending one shows. */
  async #settle(ids: readonly FolderId[]): Promise<void> {
    const kernel = this.#kernel(), { cache, relay, store, reports, world } = kernel;
    const settled: FolderVersion[] = [];
    for (const id of ids) {
      const version = this.#waiting.get(id)?.version ?? null;
      this.#waiting.delete(id);
      const kept = cache.peek(id);
      // One that has left memory was not written since, or the store passes it over.
      if (version !== null && kept === undefined) { settled.push({ id, version }); continue; }
      const open = kept ?? await this.#reopened(id);
      if (open !== undefined && open.unsettled && !relay.isUnsettled(open)) settled.push({ id, version: open.version });
    }
    if (settled.length > 0) world.crashPoint?.('folders-unsettled');
    try { await store.settle(settled); } catch (cause) { return reports.alarm(asHubError(cause), null); }
    if (settled.length > 0) world.crashPoint?.('folders-settled');
    for (const { id, version } of settled) {
      const open = cache.peek(id);
      if (open?.version === version) open.unsettled = false;
    }
  }

  /** A folder that has left memory meanwhile, with what was acknowledged of it. Undefined: it cannot be read now; the sweep finds it again. */
  #reopened(id: FolderId): Promise<OpenFolder<S> | undefined> {
    const kernel = this.#kernel();
    return kernel.locks.run(id, () => openFolder(kernel, id), true).catch(() => undefined);
  }
}
