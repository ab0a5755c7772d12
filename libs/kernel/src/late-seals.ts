/** After a forced succession: the services without whose seal it went on are asked for it until they are back, and then gone through. What they hold is never silently void. */
import type { AuthorId } from '@lienthong/folder';
import { asHubError } from './errors.ts';
import type { SealGatherer } from './gather-seals.ts';
import { saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { recoverFrom } from './recover-folders.ts';
import type { ServiceName } from './rules.ts';

export class LateSeals<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #seals: SealGatherer<S>;
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(kernel: () => Kernel<S>, seals: SealGatherer<S>) {
    this.#kernel = kernel;
    this.#seals = seals;
  }

  /** Begins, or goes on, where a succession was forced and went through all others; else nothing. */
  begin(): void {
    const { world, limits, record, author } = this.#kernel();
    if (this.#stopped || this.#running !== null || this.#cancel !== null || record.recoveredAs !== author || record.goesOnWithout(author).length === 0) return;
    this.#cancel = world.later(limits.lateSealMs, () => {
      this.#cancel = null;
      this.#running = this.#round(author).catch((cause: unknown) => this.#kernel().reports.alarm(asHubError(cause), null)).finally(() => { this.#running = null; this.begin(); });
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  async ended(): Promise<void> { await this.#running; }

  async #round(author: AuthorId): Promise<void> {
    const kernel = this.#kernel();
    for (const service of kernel.record.goesOnWithout(author)) await this.#goThrough(author, service);
  }

  async #goThrough(author: AuthorId, service: ServiceName): Promise<void> {
    const kernel = this.#kernel();
    const ended = (): boolean => this.#stopped || author !== kernel.author;
    await this.#seals.ask(service);
    if (ended() || !kernel.succession.hasSealed(service) || !(await recoverFrom(kernel, service, ended))) return;
    kernel.record.noteReturned(author, service);
    await saveRecord(kernel);
    kernel.reports.succession({ service: kernel.service, step: 'returned', author, predecessors: kernel.predecessors, waitsFor: [service] });
  }
}
