/** Copies are compared: regularly those that are not known to agree, and all of them after a peer has taken a new incarnation. In the background. */
import type { AuthorId, FolderId } from '@lienthong/folder';
import { kernelRecordId } from './kernel-record.ts';
import { saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { openFolder, unlessDamaged } from './open-folder.ts';
import { serviceOf } from './ports/directory.ts';
import { pause } from './recover-folders.ts';
import type { ServiceName } from './rules.ts';
import { succeedBeforeSending } from './succeed-in-folder.ts';

/** Works one after the other; `waiting`: with the one that runs. */
type Lane = { waiting: number; last: Promise<void> };

export class Sweep<S> {
  readonly #kernel: () => Kernel<S>;
  #cancel: (() => void) | null = null;
  readonly #lanes = new Map<string, Lane>();
  #after: FolderId | undefined;
  #stopped = false;

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** Passes over the copies that are under way or wait. */
  get pending(): number { return this.#lanes.values().reduce((sum, { waiting }) => sum + waiting, 0); }

  /** Goes over all that is unsettled at once, then regularly. */
  start(): void {
    const { directory, service } = this.#kernel();
    this.#queue('unsettled', () => this.#everything());
    this.#queue('keeper', () => this.#offerKeeper());
    for (const other of directory.services()) {
      const author = directory.authorOf(other);
      if (other !== service && author !== undefined) this.peerChanged(author);
    }
    this.#arm();
  }

  /** A peer's new incarnation has acknowledged nothing: every folder in which it takes part is offered to it, once. */
  peerChanged(author: AuthorId): void {
    const { record, keys, service } = this.#kernel();
    const other = serviceOf(author);
    const before = record.offeredTo.get(other);
    if (other === service || before === author) return;
    if (before === undefined && keys.predecessorsOf(author).length === 0) { record.offeredTo.set(other, author); return; }
    this.#kernel().relay.forget(other);
    this.#kernel().settler.doubt();
    this.#queue(`peer ${other}`, () => this.#offerAll(other, author));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await Promise.all(this.#lanes.values().map(({ last }) => last));
  }

  #arm(): void {
    const { world, limits, succession } = this.#kernel();
    this.#cancel = world.later(limits.sweepEveryMs, () => {
      this.#again('store', () => this.#tryStore());
      this.#again('greetings', () => succession.greetAgain());
      this.#again('unsettled', () => this.#some());
      this.#arm();
    });
  }

  /** What waits for one peer, or for the store, keeps nothing else waiting. */
  #queue(name: string, work: () => Promise<unknown>): void {
    const lane = this.#lanes.get(name) ?? { waiting: 0, last: Promise.resolve() };
    this.#lanes.set(name, lane);
    lane.waiting++;
    lane.last = lane.last.then(async () => { if (!this.#stopped) await work(); }).catch(() => {}).finally(() => { lane.waiting--; });
  }

  /** A round that the one before has not ended yet is left out. */
  #again(name: string, work: () => Promise<unknown>): void {
    if ((this.#lanes.get(name)?.waiting ?? 0) === 0) this.#queue(name, work);
  }

  /** A store that refused is asked whether it still does, also where nothing waits to be written. One that was put back is not written before it has been compared. */
  async #tryStore(): Promise<void> {
    const kernel = this.#kernel();
    if (kernel.store.trouble !== null && kernel.succession.compared) await saveRecord(kernel);
  }

  async #everything(): Promise<void> {
    do await this.#some(); while (this.#after !== undefined && !this.#stopped);
  }

  /** The next page of unsettled folders; starts over after the last. Those of which only the mark is to come need no look. */
  async #some(): Promise<void> {
    const { store, limits } = this.#kernel();
    const ids = await store.unsettled(limits.maxSweepFolders, this.#after);
    this.#after = ids.length < limits.maxSweepFolders ? undefined : ids.at(-1);
    const { settler, relay } = this.#kernel();
    await Promise.allSettled(ids.map((id) => (settler.hasAcknowledged(id) ? undefined : this.#probe(id))));
    await relay.drained();
  }

  async #probe(id: FolderId): Promise<void> {
    const kernel = this.#kernel();
    await kernel.locks.run(id, async () => {
      const open = await openFolder(kernel, id);
      await succeedBeforeSending(kernel, open);
      if (!kernel.faults.has('no-anti-entropy')) kernel.relay.probe(open);
    }, true);
  }

  /** No faster than the peer acknowledges. Noted when all of it is acknowledged; after a stop it starts over. */
  async #offerAll(service: ServiceName, author: AuthorId): Promise<void> {
    const kernel = this.#kernel();
    const { store, limits, relay, record } = kernel;
    const replaced = (): boolean => this.#stopped || kernel.directory.authorOf(service) !== author;
    while (!kernel.succession.compared && !replaced()) await pause(kernel);
    for (let cursor = 0, more = true; more && !replaced();) {
      const rows = await store.changedSince(cursor, limits.scanPage);
      for (const { id } of rows) if (id !== kernelRecordId) await this.#offerOne(id, service);
      await relay.drained();
      while (relay.outstandingTo(service) > limits.scanPage && !replaced()) await pause(kernel);
      more = rows.length === limits.scanPage;
      cursor = rows.at(-1)?.commit ?? cursor;
    }
    while (relay.outstandingTo(service) > 0 && !replaced()) await pause(kernel);
    if (replaced()) return;
    record.offeredTo.set(service, author);
    kernel.world.crashPoint?.('peer-offered');
    await saveRecord(kernel);
  }

  /** Whoever is to keep the folders that concern this service alone may have been named after they were written. Once. */
  async #offerKeeper(): Promise<void> {
    const kernel = this.#kernel(), { record, rules, service, directory } = kernel, keeper = rules.keptBy?.(service) ?? '';
    if (keeper === '' || keeper === record.keptBy) return;
    const author = directory.authorOf(keeper);
    if (kernel.commit > 0 && author === undefined) { kernel.world.later(kernel.limits.sweepEveryMs, () => this.#queue('keeper', () => this.#offerKeeper())); return; }
    if (author !== undefined) await this.#offerAll(keeper, author);
    if (this.#stopped || (author !== undefined && directory.authorOf(keeper) !== author)) return;
    record.keptBy = keeper;
    await saveRecord(kernel);
  }

  async #offerOne(id: FolderId, service: ServiceName): Promise<void> {
    const kernel = this.#kernel();
    await kernel.locks.run(id, async () => {
      const open = await openFolder(kernel, id);
      if (!kernel.relay.participants(open).includes(service)) return;
      await succeedBeforeSending(kernel, open);
      kernel.relay.compare(open, service);
    }, true).catch(unlessDamaged);
  }
}
