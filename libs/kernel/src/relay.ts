/** Sends every participant what it lacks, after what is sent is durable here, until it has acknowledged it. */
import { covers, mergeHeads } from '@lienthong/folder';
import type { AuthorId, FolderId, Heads } from '@lienthong/folder';
import { dutyContext, isMine } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { guarded, missingDurably, openFolder } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { Outbox } from './outbox.ts';
import type { EventBus } from './ports/event-bus.ts';
import { serviceOf } from './ports/directory.ts';
import type { ServiceName, Urgency } from './rules.ts';
import { succeedBeforeSending } from './succeed-in-folder.ts';

const nothing: Heads = {};

export class Relay<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #bus: EventBus;
  readonly #outboxes = new Map<ServiceName, Outbox>();
  #cancelResend: (() => void) | null = null;
  #stopped = false;

  constructor(kernel: () => Kernel<S>, bus: EventBus) {
    this.#kernel = kernel;
    this.#bus = bus;
  }

  /** Updates that wait to be published, and folders sent and not acknowledged. */
  get status(): { readonly waiting: number; readonly outstanding: number } {
    let waiting = 0;
    let outstanding = 0;
    for (const box of this.#outboxes.values()) { waiting += box.waiting; outstanding += box.outstanding; }
    return { waiting, outstanding };
  }

  /**
   * After a durable write, or when somebody waits for an answer: each other participant that lacks something written here gets all that it is not known to have;
   * those in `answers` get at least the heads. Only under the folder's lock: everything in memory is durable then.
   */
  offer(open: OpenFolder<S>, answers: ReadonlySet<AuthorId>): void {
    const heads = open.durableHeads;
    const waiting = new Set<ServiceName>();
    for (const author of answers) waiting.add(serviceOf(author));
    for (const service of this.participants(open)) this.#offerTo(open, service, heads, waiting.delete(service));
    for (const service of waiting) this.#offerTo(open, service, heads, true);
  }

  /** What a participant durably holds. Acknowledgements of other incarnations than the present one count for nothing. */
  acknowledge(open: OpenFolder<S>, sender: AuthorId, heads: Heads): void {
    const { acked } = open.aux;
    const service = serviceOf(sender);
    if (this.#kernel().directory.authorOf(service) !== sender) return;
    const before = acked.get(sender);
    if (before === undefined) for (const old of acked.keys()) if (serviceOf(old) === service) acked.delete(old);
    acked.set(sender, mergeHeads(before ?? nothing, heads));
    this.#acknowledged(open, sender);
  }

  /** Services that keep a copy, without this one. */
  participants(open: OpenFolder<S>): readonly ServiceName[] {
    return open.others ??= this.#askParticipants(open);
  }

  #askParticipants(open: OpenFolder<S>): readonly ServiceName[] {
    const kernel = this.#kernel();
    return guarded(kernel, open, [], () => kernel.rules.participants(open.state)).filter((service) => service !== kernel.service);
  }

  /** True while some participant has not acknowledged all that this service wrote. */
  isUnsettled(open: OpenFolder<S>): boolean {
    // Who takes part in an unreadable folder is not known: what was unsettled stays so until it can be read.
    if (open.trouble?.code === 'FOLDER_UNREADABLE') return open.unsettled;
    return this.participants(open).some((service) => this.#lacksOwn(open, this.#ackedBy(open, service)));
  }

  /** True when whoever shows these heads lacks something that was written here. */
  lacksSomething(open: OpenFolder<S>, heads: Heads): boolean {
    return this.#lacksOwn(open, heads);
  }

  /** Sends again, with a wish for an answer, to participants whose acknowledgement is missing. Under the folder's lock. */
  probe(open: OpenFolder<S>): void {
    for (const service of this.participants(open)) {
      const acked = this.#ackedBy(open, service);
      if (this.#outboxes.get(service)?.sent(open.id) === undefined && this.#lacksOwn(open, acked)) this.#send(open, service, open.durableHeads, acked, true, false);
    }
  }

  /** Sends a service what it is not known to have, whoever wrote it, and asks what it has. Under the folder's lock. */
  compare(open: OpenFolder<S>, service: ServiceName): void {
    this.#send(open, service, open.durableHeads, this.#ackedBy(open, service), true, false);
  }

  /** Folders sent to a service and not yet acknowledged. */
  outstandingTo(service: ServiceName): number { return this.#outboxes.get(service)?.outstanding ?? 0; }

  /** Another incarnation stands behind a service. */
  forget(service: ServiceName): void { this.#outboxes.get(service)?.forget(); }

  async drained(): Promise<void> {
    await Promise.all([...this.#outboxes.values()].map((box) => box.drained()));
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelResend?.();
  }

  #offerTo(open: OpenFolder<S>, service: ServiceName, heads: Heads, mustAnswer: boolean): void {
    const acked = this.#ackedBy(open, service);
    const sent = this.#outboxes.get(service)?.sent(open.id)?.heads;
    const base = sent === undefined ? acked : mergeHeads(acked, sent);
    if (mustAnswer || this.#lacksOwn(open, base)) this.#send(open, service, heads, base, false, mustAnswer && !this.#lacksOwn(open, base));
  }

  #send(open: OpenFolder<S>, service: ServiceName, heads: Heads, base: Heads, again: boolean, isAnswer: boolean): void {
    const kernel = this.#kernel();
    const entries = missingDurably(open, base);
    const box = this.#outbox(service);
    const offered = box.offer({ folder: open.id, sender: kernel.author, heads, entries, wantsReply: entries.length > 0 || again, mark: kernel.succession.toldMark }, again ? 'now' : this.#urgency(open, service, entries.length));
    if (!offered) return;
    if (kernel.faults.has('lose-acknowledged-head')) return this.#treatAsAcknowledged(open, service, heads);
    if (entries.length > 0 || !isAnswer) box.expect(open.id, heads, again);
    this.#armResend();
  }

  /** A mere acknowledgement can wait. */
  #urgency(open: OpenFolder<S>, service: ServiceName, entries: number): Urgency {
    const kernel = this.#kernel();
    const { urgency } = kernel.rules;
    if (urgency === undefined) return 'now';
    return entries === 0 ? 'later' : guarded(kernel, open, 'now', () => urgency(open.state, service, dutyContext(kernel)));
  }

  #treatAsAcknowledged(open: OpenFolder<S>, service: ServiceName, heads: Heads): void {
    const author = this.#kernel().directory.authorOf(service);
    if (author !== undefined) this.acknowledge(open, author, heads);
  }

  #acknowledged(open: OpenFolder<S>, sender: AuthorId): void {
    const service = serviceOf(sender);
    const sent = this.#outboxes.get(service)?.sent(open.id);
    if (sent !== undefined && covers(open.aux.acked.get(sender)!, sent.heads)) this.#outboxes.get(service)?.settle(open.id);
    if (open.unsettled && !this.isUnsettled(open)) this.#kernel().settler.add(open.id);
  }

  #ackedBy(open: OpenFolder<S>, service: ServiceName): Heads {
    const author = this.#kernel().directory.authorOf(service);
    return (author === undefined ? undefined : open.aux.acked.get(author)) ?? nothing;
  }

  #lacksOwn(open: OpenFolder<S>, theirs: Heads): boolean {
    const kernel = this.#kernel();
    for (const [author, log] of open.folder.logs) {
      if (isMine(kernel, author) && log.entries.length > (theirs[author]?.seq ?? 0)) return true;
    }
    return false;
  }

  #outbox(service: ServiceName): Outbox {
    let box = this.#outboxes.get(service);
    if (box === undefined) {
      const { world, limits } = this.#kernel();
      const failed = (): void => this.#armResend();
      this.#outboxes.set(service, box = new Outbox(service, { bus: this.#bus, world, limits, commit: () => this.#kernel().commit, failed }));
    }
    return box;
  }

  #armResend(): void {
    const { world, limits } = this.#kernel();
    if (this.#cancelResend !== null || this.#stopped) return;
    this.#cancelResend = world.later(limits.resendAfterMs, () => { this.#cancelResend = null; void this.#resend(); });
  }

  /** What was sent and not acknowledged in time is sent again. */
  async #resend(): Promise<void> {
    const kernel = this.#kernel();
    const now = kernel.world.now();
    for (const [service, box] of this.#outboxes) {
      await Promise.allSettled(box.overdue(now, kernel.limits.maxSweepFolders).map((id) => this.#resendOne(box, service, id)));
    }
    if (this.status.outstanding > 0) this.#armResend();
  }

  async #resendOne(box: Outbox, service: ServiceName, id: FolderId): Promise<void> {
    const kernel = this.#kernel();
    await kernel.locks.run(id, async () => {
      const open = await openFolder(kernel, id);
      const acked = this.#ackedBy(open, service);
      if (box.sent(id) === undefined) return;
      if (!this.#lacksOwn(open, acked)) return box.settle(id);
      await succeedBeforeSending(kernel, open);
      this.#send(open, service, open.durableHeads, acked, true, false);
    }, true);
  }
}
