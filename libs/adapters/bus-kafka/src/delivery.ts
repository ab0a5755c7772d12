/** Hands updates to the handler until they are durable; finds out what alone is rejected, so that it holds up nothing else. */
import type { FolderUpdate, UpdateHandler } from '@lienthong/kernel';
import { problemOf } from '@lienthong/kernel';
import type { BusLog } from './bus-log.ts';
import type { KafkaBusLimits } from './limits.ts';

type FolderId = FolderUpdate['folder'];
export type DeliverySettings = { readonly handler: UpdateHandler; readonly limits: KafkaBusLimits; readonly log: BusLog; readonly now: () => number };

/** `refused`: nothing of it may be forgotten, it is to be delivered again. */
export type Delivered = { readonly ok: true } | { readonly ok: false; readonly cause: string };

export class Delivery {
  readonly #settings: DeliverySettings;
  /** Partition → how often its next batch was refused. */
  readonly #refusals = new Map<number, number>();
  /** Folders whose updates alone were refused → until when they are handed over by themselves. */
  readonly #apart = new Map<FolderId, number>();
  #leftToSender = 0;

  constructor(settings: DeliverySettings) {
    this.#settings = settings;
  }

  /** Updates that alone were refused: their senders have no acknowledgement of them and send again. */
  get leftToSender(): number { return this.#leftToSender; }

  refusals(partition: number): number { return this.#refusals.get(partition) ?? 0; }
  forget(partition: number): void { this.#refusals.delete(partition); }

  /** A batch of one partition, in order. */
  async deliver(partition: number, updates: readonly FolderUpdate[]): Promise<Delivered> {
    const [apart, together] = this.#divided(updates);
    const delivered = this.refusals(partition) < this.#settings.limits.isolateAfter ? await this.#together(together) : await this.#oneByOne(together);
    if (!delivered.ok) {
      this.#refusals.set(partition, this.refusals(partition) + 1);
      return delivered;
    }
    this.#refusals.delete(partition);
    await this.#apartFrom(apart);
    return delivered;
  }

  #divided(updates: readonly FolderUpdate[]): [Map<FolderId, FolderUpdate[]>, FolderUpdate[]] {
    if (this.#apart.size === 0) return [new Map(), [...updates]];
    const now = this.#settings.now();
    const isApart = ({ folder }: FolderUpdate): boolean => (this.#apart.get(folder) ?? 0) > now;
    return [byFolder(updates.filter(isApart)), updates.filter((update) => !isApart(update))];
  }

  async #together(updates: readonly FolderUpdate[]): Promise<Delivered> {
    const { maxHandlerUpdates } = this.#settings.limits;
    for (let at = 0; at < updates.length; at += maxHandlerUpdates) {
      const delivered = await this.#hand(updates.slice(at, at + maxHandlerUpdates));
      if (!delivered.ok) return delivered;
    }
    return { ok: true };
  }

  /** When some folders are taken and others are not, it is not the store that refuses. */
  async #oneByOne(updates: readonly FolderUpdate[]): Promise<Delivered> {
    const refused: [FolderId, readonly FolderUpdate[], string][] = [];
    const folders = byFolder(updates);
    for (const [folder, some] of folders) {
      const delivered = await this.#hand(some);
      if (!delivered.ok) refused.push([folder, some, delivered.cause]);
    }
    const first = refused[0];
    if (first !== undefined && refused.length === folders.size) return { ok: false, cause: first[2] };
    for (const [folder, some, cause] of refused) this.#leave(folder, some, cause);
    return { ok: true };
  }

  async #apartFrom(folders: ReadonlyMap<FolderId, readonly FolderUpdate[]>): Promise<void> {
    for (const [folder, updates] of folders) {
      const delivered = await this.#hand(updates);
      if (delivered.ok) this.#apart.delete(folder);
      else this.#leave(folder, updates, delivered.cause);
    }
  }

  async #hand(updates: readonly FolderUpdate[]): Promise<Delivered> {
    if (updates.length === 0) return { ok: true };
    try {
      await this.#settings.handler(updates);
      return { ok: true };
    } catch (cause) {
      return { ok: false, cause: problemOf(cause) };
    }
  }

  #leave(folder: FolderId, updates: readonly FolderUpdate[], cause: string): void {
    const { limits, log, now } = this.#settings;
    this.#leftToSender += updates.length;
    this.#apart.delete(folder);
    this.#apart.set(folder, now() + limits.apartForMs);
    if (this.#apart.size > limits.maxApart) this.#apart.delete(this.#apart.keys().next().value!);
    log.error({ folder, updates: updates.length, cause }, 'updates of this folder alone are refused: left to their senders, who send again');
  }
}

function byFolder(updates: readonly FolderUpdate[]): Map<FolderId, FolderUpdate[]> {
  const found = new Map<FolderId, FolderUpdate[]>();
  for (const update of updates) {
    const before = found.get(update.folder);
    if (before === undefined) found.set(update.folder, [update]);
    else before.push(update);
  }
  return found;
}
