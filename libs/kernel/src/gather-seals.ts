/** Asks every registered service to seal the predecessors of this incarnation. A seal counts only for the incarnation that gave it. */
import { adoptSeals, seal, waitsFor } from '@lienthong/folder';
import type { AuthorId, Seal } from '@lienthong/folder';
import { asHubError } from './errors.ts';
import { saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { serviceOf } from './ports/directory.ts';
import type { Commit } from './ports/folder-store.ts';
import { pause } from './recover-folders.ts';
import type { ServiceName } from './rules.ts';

export class SealGatherer<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #given = new Map<ServiceName, Seal>();

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** Services whose seal is missing; one that was never heard of is among them, one without which an operator let it go on is not. */
  get lacking(): readonly ServiceName[] {
    const { author, predecessors, directory, service, record } = this.#kernel();
    const without = record.goesOnWithout(author);
    const others = directory.services().filter((one) => one !== service && !without.includes(one));
    const unknown = others.filter((one) => directory.authorOf(one) === undefined);
    const known = others.map((one) => directory.authorOf(one)).filter((one) => one !== undefined);
    return [...unknown, ...waitsFor({ successor: author, predecessors }, known, [...this.#given.values()]).map(serviceOf)];
  }

  /** True when `author`, an incarnation of `service`, has sealed all predecessors. */
  isSealedBy(service: ServiceName, author: AuthorId): boolean {
    const given = this.#given.get(service);
    return given !== undefined && given.giver === author && this.#kernel().predecessors.every((one) => given.sealed.includes(one));
  }

  /** Seals the predecessors here, then asks until nobody is missing or `ended` says so. */
  async gather(ended: () => boolean): Promise<void> {
    await this.#sealHere();
    while (!ended() && this.lacking.length > 0) {
      await Promise.all(this.lacking.map((service) => this.ask(service)));
      if (this.lacking.length > 0) await pause(this.#kernel());
      // An operator may have told another instance to go on.
      if (this.#kernel().sharedStore) await this.#kernel().record.open();
    }
  }

  /** In memory at once. */
  async #sealHere(): Promise<void> {
    const { record, predecessors, author, world } = this.#kernel();
    const before = record.seals;
    for (const predecessor of predecessors) record.seals = seal(record.seals, predecessor, author);
    if (record.begun?.author !== author) record.begun = { author, at: world.now() };
    if (record.seals !== before) await saveRecord(this.#kernel());
  }

  /** How far a peer has seen a predecessor come, beyond what is in the store: lost as well. A predecessor that was lost itself may have died before it could note what it had lost. */
  async #noteSeen(mark: Commit): Promise<void> {
    const { record, sharedStore, store } = this.#kernel(), { atRisk } = record;
    // Instances on one store go on writing meanwhile.
    if (atRisk === null || mark <= atRisk.toCommit || (sharedStore && mark <= await store.lastCommit())) return;
    record.atRisk = { ...atRisk, toCommit: mark };
  }

  /** What a seal lists is sealed here, too, durably before it counts. A peer that fails is asked again. */
  async ask(service: ServiceName): Promise<void> {
    const { peers, author, predecessors, limits, directory, record } = this.#kernel();
    try {
      for (const predecessor of predecessors) {
        const answer = await peers.to(service).seal(author, predecessor, '', limits.peerDeadlineMs);
        directory.announce(answer.author);
        const given = { giver: answer.author, sealed: answer.sealed };
        const before = record.seals;
        record.seals = adoptSeals(before, given, author);
        if (record.seals !== before) await saveRecord(this.#kernel());
        this.#kernel().world.crashPoint?.('seal-taken');
        await this.#noteSeen(answer.mark);
        this.#given.set(service, given);
      }
    } catch (cause) { // Asked again after `peerRetryMs`. A peer elsewhere knows a new incarnation from its introduction.
      if (asHubError(cause).code === 'CALLER_NOT_ALLOWED' && author === this.#kernel().author) await this.#kernel().succession.greetAgain([service]).catch(() => {});
    }
  }
}
