/**
 * After a succession: services without whose seal a forced one went on are asked for it until they are back, and then gone through; so is one that shows more of the predecessors
 * than it had shown, for its store was put back since. What they hold is never silently void.
 */
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
  /** Services that show what they had not. */
  readonly #showing = new Set<ServiceName>();
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(kernel: () => Kernel<S>, seals: SealGatherer<S>) {
    this.#kernel = kernel;
    this.#seals = seals;
  }

  /** A service holds what a predecessor wrote in a folder where this incarnation has not succeeded it. */
  showed(service: ServiceName): void {
    this.#showing.add(service);
    this.begin();
  }

  /** Begins, or goes on, where a succession went through all others and somebody is owed a question; else nothing. */
  begin(): void {
    const { world, limits, record, author } = this.#kernel();
    if (this.#stopped || this.#running !== null || this.#cancel !== null || record.recoveredAs !== author || this.#owed.length === 0) return;
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

  get #owed(): readonly ServiceName[] {
    const { record, author } = this.#kernel();
    return [...new Set([...record.goesOnWithout(author), ...this.#showing])];
  }

  async #round(author: AuthorId): Promise<void> {
    for (const service of this.#owed) await this.#goThrough(author, service);
  }

  async #goThrough(author: AuthorId, service: ServiceName): Promise<void> {
    const kernel = this.#kernel();
    const ended = (): boolean => this.#stopped || author !== kernel.author;
    await this.#seals.ask(service);
    const from = kernel.commit;
    if (ended() || !kernel.succession.hasSealed(service) || !(await recoverFrom(kernel, service, ended))) return;
    this.#showing.delete(service);
    kernel.record.noteBehind(author, from);
    const isBack = kernel.record.goesOnWithout(author).includes(service);
    if (isBack) kernel.record.noteReturned(author, service);
    await saveRecord(kernel);
    kernel.succession.inspection.again();
    if (!isBack) return;
    kernel.reports.succession({ service: kernel.service, step: 'returned', author, predecessors: kernel.predecessors, waitsFor: [service] });
  }
}
