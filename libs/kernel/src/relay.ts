/** Sends every participant what it lacks, after what is sent is durable here, until it has acknowledged it. */
import { covers, headsOf, mergeHeads } from '@lienthong/folder';
import type { AuthorId, Entry, FolderId, Heads } from '@lienthong/folder';
import { isOf } from '@lienthong/law';
import { dutyContext, isMine } from './kernel.ts';
import type { LeftFolder } from './folder-cache.ts';
import type { Kernel } from './kernel.ts';
import { guarded, missingDurably, openFolder, peekFolder, toldPartial } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { Outbox } from './outbox.ts';
import { knowsMoreOfOwn } from './own-unknown.ts';
import type { EventBus } from './ports/event-bus.ts';
import { serviceOf } from './ports/directory.ts';
import type { ServiceName, Urgency } from './rules.ts';
import { succeedBeforeSending } from './succeed-in-folder.ts';
import type { FolderUpdate } from './wire/folder-update.ts';

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
    const others = this.participants(open);
    if (answers.size === 0) { for (const service of others) this.#offerTo(open, service, false); return; }
    const waiting = new Set<ServiceName>();
    for (const author of answers) waiting.add(serviceOf(author));
    for (const service of others) this.#offerTo(open, service, waiting.delete(service));
    for (const service of waiting) this.#offerTo(open, service, true);
  }

  /** What a participant durably holds. Acknowledgements of other incarnations than the present one count for nothing, nor does a copy that is only in part there. */
  acknowledge(open: OpenFolder<S>, { sender, heads, partial }: Pick<FolderUpdate, 'sender' | 'heads' | 'partial'>): void {
    if (partial === true) return;
    const { acked } = open.aux;
    const service = serviceOf(sender);
    if (this.#kernel().directory.authorOf(service) !== sender) return;
    const before = acked.get(sender);
    const inherits = this.#kernel().faults.has('count-old-acknowledgements');
    if (before === undefined && !inherits) for (const old of acked.keys()) if (serviceOf(old) === service) acked.delete(old);
    const known = before !== undefined && covers(before, heads);
    if (!known) acked.set(sender, before === undefined ? heads : mergeHeads(before, heads));
    // What is known already changes nothing, but answers whoever asked about it.
    this.#answered(open.id, sender, acked.get(sender)!);
    if (!known && open.unsettled && !this.isUnsettled(open)) this.#kernel().settler.add(open);
  }

  /** The acknowledgement of a folder that has left memory, by one who holds just what is held here: it is noted, and the folder need not be opened. False: it must be. */
  acknowledgeLeft({ folder, sender, heads, partial }: Pick<FolderUpdate, 'folder' | 'sender' | 'heads' | 'partial'>): boolean {
    const { cache, directory, settler } = this.#kernel(), left = cache.left(folder);
    if (left === undefined || left.heads === null || !covers(left.heads, heads) || !covers(heads, left.heads)) return false;
    if (partial === true || directory.authorOf(serviceOf(sender)) !== sender) return true;
    left.acked.set(sender, left.heads);
    this.#answered(folder, sender, left.heads);
    if (left.others.every((service) => this.#hasHeard(left, service))) settler.add(left);
    return true;
  }

  /** As far as what was written here goes, of which nobody may show more, and what the service itself has written: that alone keeps a folder unsettled. */
  #hasHeard({ acked, heads }: LeftFolder, service: ServiceName): boolean {
    const kernel = this.#kernel(), author = kernel.directory.authorOf(service), theirs = (author === undefined ? undefined : acked.get(author)) ?? nothing;
    return Object.entries(heads!).every(([one, { seq }]) => {
      const known = theirs[one]?.seq ?? 0;
      return isMine(kernel, one) ? known === seq : !isOf(one, service) || known >= seq;
    });
  }

  /** Services that keep a copy, without this one. */
  participants(open: OpenFolder<S>): readonly ServiceName[] {
    return open.others ??= this.#askParticipants(open);
  }

  #askParticipants(open: OpenFolder<S>): readonly ServiceName[] {
    const kernel = this.#kernel();
    return guarded(kernel, open, [], () => kernel.rules.participants(open.state)).filter((service) => service !== kernel.service);
  }

  /** True while some participant has not acknowledged all that this service wrote, or what itself is said to have written, or has shown more of this service's own log than is here. */
  isUnsettled(open: OpenFolder<S>): boolean {
    // Who takes part in a folder that this release cannot read, or not all of, is not known: what was unsettled, or was written here, is so until it can.
    if (open.trouble !== null && (open.unsettled || this.#lacksOwn(open, nothing))) return true;
    if (this.#kernel().faults.has('settle-unacknowledged')) return false;
    return this.participants(open).some((service) => this.#mustHear(open, service, this.#ackedBy(open, service)));
  }

  /** True when whoever shows these heads lacks something that was written here. */
  lacksSomething(open: OpenFolder<S>, heads: Heads): boolean {
    return this.#lacksOwn(open, heads);
  }

  /** Sends again, with a wish for an answer, to participants whose acknowledgement is missing. Under the folder's lock. */
  probe(open: OpenFolder<S>): void {
    // A service that had not been heard of when this was written had acknowledged it before.
    if (open.unsettled && !this.isUnsettled(open)) return this.#kernel().settler.add(open);
    for (const service of this.participants(open)) {
      const acked = this.#ackedBy(open, service);
      if (this.#outboxes.get(service)?.sent(open.id) === undefined && this.#mustHear(open, service, acked)) this.#send(open, service, acked, true, false);
    }
  }

  /** Sends a service what it is not known to have, whoever wrote it, and asks what it has. Under the folder's lock. */
  compare(open: OpenFolder<S>, service: ServiceName): void {
    this.#send(open, service, this.#ackedBy(open, service), true, false);
  }

  /** Asks a service in time what it holds, until it has answered: what it said it has of this service's own could not be pulled, and it tells no more of that, for it takes it as known. */
  askAgain(open: OpenFolder<S>, service: ServiceName): void {
    const box = this.#outbox(service);
    if (box.sent(open.id) === undefined) box.expect(open.id, open.durableHeads, false);
    this.#armResend();
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

  #offerTo(open: OpenFolder<S>, service: ServiceName, mustAnswer: boolean): void {
    const base = this.#knownOf(open, service);
    if (mustAnswer || this.#lacksOwn(open, base) || (open.folder.branches.size > 0 && this.#mustHear(open, service, base))) this.#send(open, service, base, false, mustAnswer);
  }

  /** What a service has acknowledged, or will once it has what is under way to it. */
  #knownOf(open: OpenFolder<S>, service: ServiceName): Heads {
    const acked = this.#ackedBy(open, service);
    const sent = this.#outboxes.get(service)?.sent(open.id)?.heads;
    return sent === undefined ? acked : mergeHeads(acked, sent);
  }

  #send(open: OpenFolder<S>, service: ServiceName, base: Heads, again: boolean, answer: boolean): void {
    const { faults } = this.#kernel();
    const box = this.#outbox(service);
    const loses = faults.has('lose-acknowledged-head');
    const made = again || loses ? this.#updateOf(open, service, missingDurably(open, base), again) : null;
    const make = made === null ? (asked: boolean) => this.#updateNow(open, service, asked) : () => made;
    if (!box.offer({ folder: open.id, again: made !== null, answer, make }, again ? 'now' : this.#urgency(open, service, base))) return;
    if (loses) return this.#treatAsAcknowledged(open, service, open.durableHeads);
    if (again) box.expect(open.id, open.durableHeads, true);
    this.#armResend();
  }

  #updateOf(open: OpenFolder<S>, service: ServiceName, entries: readonly Entry[], again: boolean): FolderUpdate {
    const kernel = this.#kernel();
    return { folder: open.id, sender: kernel.author, heads: open.durableHeads, entries, wantsReply: entries.length > 0 || again, mark: kernel.succession.toldMarkTo(service), ...toldPartial(kernel, open, service) };
  }

  /** At the moment of sending: what is durable by then. Needs no lock, for what is not durable yet is passed over. */
  #updateNow(open: OpenFolder<S>, service: ServiceName, answer: boolean): FolderUpdate | null {
    const entries = missingDurably(open, this.#knownOf(open, service));
    if (entries.length === 0 && !answer) return null;
    if (entries.length > 0) {
      this.#outbox(service).expect(open.id, open.durableHeads, false);
      this.#armResend();
    }
    return this.#updateOf(open, service, entries, false);
  }

  /** A mere acknowledgement can wait; between processes, where it costs no write, not until it is taken for lost. */
  #urgency(open: OpenFolder<S>, service: ServiceName, base: Heads): Urgency {
    const kernel = this.#kernel();
    const { urgency } = kernel.rules;
    if (urgency === undefined) return 'now';
    if (!lacksAny(open, base)) return kernel.sharedStore ? 'soon' : 'later';
    try {
      return guarded(kernel, open, 'now', () => urgency(open.state, service, dutyContext(kernel)));
    } catch {
      // A service that was never heard of must not keep from the others what is written.
      return 'now';
    }
  }

  #treatAsAcknowledged(open: OpenFolder<S>, service: ServiceName, heads: Heads): void {
    const author = this.#kernel().directory.authorOf(service);
    if (author !== undefined) this.acknowledge(open, { sender: author, heads });
  }

  #answered(id: FolderId, sender: AuthorId, theirs: Heads): void {
    const box = this.#outboxes.get(serviceOf(sender)), sent = box?.sent(id);
    if (sent !== undefined && covers(theirs, sent.heads)) box!.settle(id);
  }

  #ackedBy(open: OpenFolder<S>, service: ServiceName): Heads {
    const { directory, faults } = this.#kernel(), author = directory.authorOf(service);
    if (faults.has('count-old-acknowledgements')) return [...open.aux.acked].filter(([one]) => serviceOf(one) === service).reduce<Heads>((all, [, heads]) => mergeHeads(all, heads), nothing);
    return (author === undefined ? undefined : open.aux.acked.get(author)) ?? nothing;
  }

  #lacksOwn(open: OpenFolder<S>, theirs: Heads): boolean {
    const kernel = this.#kernel();
    for (const author of open.folder.logs.keys()) if (isMine(kernel, author) && lacks(open, author, theirs)) return true;
    return false;
  }

  /** Whoever does not know what stands in its own log was put back, or somebody else writes under its name: it must hear of it. So must this service, where others hold more of its own log. */
  #mustHear(open: OpenFolder<S>, service: ServiceName, theirs: Heads): boolean {
    if (this.#lacksOwn(open, theirs) || knowsMoreOfOwn(this.#kernel(), open, { heads: theirs })) return true;
    for (const author of open.folder.logs.keys()) if (isOf(author, service) && lacks(open, author, theirs)) return true;
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
    if (kernel.faults.has('no-anti-entropy')) return;
    const now = kernel.world.now();
    for (const [service, box] of this.#outboxes) {
      const overdue = box.overdue(now, kernel.limits.maxSweepFolders);
      if (kernel.sharedStore) await this.#askAll(service, overdue);
      await Promise.allSettled(overdue.map((id) => this.#resendOne(box, service, id)));
    }
    if (this.status.outstanding > 0) this.#armResend();
  }

  /** Acknowledgements come to one instance of a service, and are kept in its memory: another one that waits for them asks whoever gave them. Who does not answer is asked no more. */
  async #askAll(service: ServiceName, ids: readonly FolderId[]): Promise<void> {
    const { askAtOnce } = this.#kernel().limits;
    for (let at = 0; at < ids.length && !this.#stopped; at += askAtOnce) {
      const asked = await Promise.allSettled(ids.slice(at, at + askAtOnce).map((id) => this.#ask(service, id)));
      if (asked.some(({ status }) => status === 'rejected')) return;
    }
  }

  async #ask(service: ServiceName, id: FolderId): Promise<void> {
    const kernel = this.#kernel(), { peers, author, limits } = kernel;
    const { durableHeads } = await peekFolder(kernel, id);
    const pulled = await peers.to(service).pull(author, id, durableHeads, limits.peerDeadlineMs);
    await kernel.locks.run(id, async () => this.acknowledge(await openFolder(kernel, id), { ...pulled, sender: pulled.author }), true);
  }

  async #resendOne(box: Outbox, service: ServiceName, id: FolderId): Promise<void> {
    const kernel = this.#kernel();
    await kernel.locks.run(id, async () => {
      const open = await openFolder(kernel, id);
      const acked = this.#ackedBy(open, service);
      if (box.sent(id) === undefined) return;
      if (!this.#mustHear(open, service, acked)) return box.settle(id);
      await succeedBeforeSending(kernel, open);
      this.#send(open, service, acked, true, false);
    }, true);
  }
}

/** Of a forked log all branches must be known: their number does not show in the last seq. Asked before what is held is durable, too: what is about to be written counts. */
function lacks<S>({ folder }: OpenFolder<S>, author: AuthorId, theirs: Heads): boolean {
  if (folder.branches.has(author)) return headsOf(folder)[author]!.hash !== theirs[author]?.hash;
  return folder.logs.get(author)!.entries.length > (theirs[author]?.seq ?? 0);
}

/** Whether something is held of which `theirs` does not tell. */
function lacksAny<S>(open: OpenFolder<S>, theirs: Heads): boolean {
  for (const [author, log] of open.folder.logs) if (log.entries.length > (theirs[author]?.seq ?? 0)) return true;
  return false;
}
