/** Copies are compared: regularly those that are not known to agree, all of them after a peer has taken a new incarnation, and one on demand. */
import type { FolderId, Heads } from '@lienthong/folder';
import { problemOf } from './errors.ts';
import { kernelRecordId } from './kernel-record.ts';
import type { Kernel } from './kernel.ts';
import { openFolder } from './open-folder.ts';
import type { ServiceName } from './rules.ts';

/** What one service durably holds of a folder, or why it could not be asked. */
export type Copy = { readonly service: ServiceName; readonly heads: Heads | null; readonly problem: string };

/** Heads per participant, this service first. */
export async function copiesOf<S>(kernel: Kernel<S>, id: FolderId): Promise<readonly Copy[]> {
  const { heads, others } = await kernel.locks.run(id, async () => {
    const open = await openFolder(kernel, id);
    return { heads: open.durableHeads, others: kernel.relay.participants(open) };
  }, true);
  const copies = await Promise.all(others.map(async (service): Promise<Copy> => {
    try {
      const answer = await kernel.peers.to(service).heads(kernel.author, [id], kernel.limits.peerDeadlineMs);
      return { service, heads: answer.folders[0]?.heads ?? {}, problem: '' };
    } catch (cause) {
      return { service, heads: null, problem: problemOf(cause) };
    }
  }));
  return [{ service: kernel.service, heads, problem: '' }, ...copies];
}

export class Sweep<S> {
  readonly #kernel: () => Kernel<S>;
  #cancel: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();
  #after: FolderId | undefined;
  #stopped = false;

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** Goes over all that is unsettled at once, then regularly. */
  start(): void {
    this.#queue(() => this.#everything());
    this.#arm();
  }

  /** A peer's new incarnation has acknowledged nothing: every folder it takes part in is offered to it. In the background. */
  resync(service: ServiceName): void {
    this.#queue(() => this.#offerAll(service));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#running;
  }

  #arm(): void {
    const { world, limits } = this.#kernel();
    this.#cancel = world.later(limits.sweepEveryMs, () => {
      this.#queue(() => this.#some());
      this.#arm();
    });
  }

  #queue(work: () => Promise<unknown>): void {
    this.#running = this.#running.then(async () => { if (!this.#stopped) await work(); }).catch(() => {});
  }

  async #everything(): Promise<void> {
    this.#after = undefined;
    while (!this.#stopped && (await this.#some()) > 0 && this.#after !== undefined);
  }

  /** The next page of unsettled folders; starts over after the last. */
  async #some(): Promise<number> {
    const { store, limits } = this.#kernel();
    const ids = await store.unsettled(limits.maxSweepFolders, this.#after);
    this.#after = ids.length < limits.maxSweepFolders ? undefined : ids.at(-1);
    await Promise.allSettled(ids.map((id) => this.#probe(id)));
    return ids.length;
  }

  async #probe(id: FolderId): Promise<void> {
    const kernel = this.#kernel();
    await kernel.locks.run(id, async () => kernel.relay.probe(await openFolder(kernel, id)), true);
  }

  async #offerAll(service: ServiceName): Promise<void> {
    const kernel = this.#kernel();
    let cursor = 0;
    while (!this.#stopped) {
      const rows = await kernel.store.changedSince(cursor, kernel.limits.scanPage);
      for (const { id } of rows) if (id !== kernelRecordId) await this.#offerOne(id, service);
      if (rows.length < kernel.limits.scanPage) return;
      cursor = rows.at(-1)!.commit;
    }
  }

  async #offerOne(id: FolderId, service: ServiceName): Promise<void> {
    const kernel = this.#kernel();
    await kernel.locks.run(id, async () => {
      const open = await openFolder(kernel, id);
      if (kernel.relay.participants(open).includes(service)) kernel.relay.compare(open, service);
    }, true);
  }
}
