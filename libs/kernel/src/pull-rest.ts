/**
 * What an update could not carry is pulled from its sender: beside the handler of the bus, which must not wait for a call. A pull that fails is not repeated here:
 * the sender has no acknowledgement and tells again.
 */
import type { AuthorId, FolderId } from '@lienthong/folder';
import type { Kernel } from './kernel.ts';
import { peekFolder } from './open-folder.ts';
import { serviceOf } from './ports/directory.ts';
import { receiveUpdates } from './receive-entries.ts';

type Wanted = { readonly folder: FolderId; readonly sender: AuthorId };

export class RestPuller<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #waiting = new Map<string, Wanted>();
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** Folders that wait for the rest of their history, or get it now. */
  get waiting(): number { return this.#waiting.size + this.#running.size; }

  /** Asks the sender for all that is missing here. What finds no room is told again by its sender. */
  want(folder: FolderId, sender: AuthorId): void {
    const key = `${folder} ${sender}`;
    if (this.#stopped || this.#waiting.size >= this.#kernel().limits.maxWaitingPulls) return;
    this.#waiting.set(key, { folder, sender });
    this.#next();
  }

  /** Resolves when nothing waits to be pulled. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Begins no more pulls; resolves when those under way have ended, within their deadline. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    await this.idle();
  }

  #next(): void {
    for (const [key, wanted] of this.#waiting) {
      if (this.#running.size >= this.#kernel().limits.maxPulls) return;
      // The folder may have grown since that pull began: one more comes after it.
      if (this.#running.has(key)) continue;
      this.#waiting.delete(key);
      const run = this.#pull(wanted).catch(() => {}).then(() => { this.#running.delete(key); this.#next(); });
      this.#running.set(key, run);
    }
  }

  async #pull({ folder, sender }: Wanted): Promise<void> {
    const kernel = this.#kernel();
    const have = (await peekFolder(kernel, folder)).durableHeads;
    const pulled = await kernel.peers.to(serviceOf(sender)).pull(kernel.author, folder, have, kernel.limits.peerDeadlineMs);
    await receiveUpdates(kernel, [{ folder, sender: pulled.author, heads: pulled.heads, entries: pulled.entries, wantsReply: true, mark: pulled.mark, ...(pulled.partial ? { partial: true } : {}) }]);
  }
}
