/** Whether this incarnation may write: after every start its store is compared with what others have seen of it; a store that is behind gets a new incarnation. */
import { holds } from '@lienthong/folder';
import type { AuthorId, Entry, FolderId } from '@lienthong/folder';
import { asHubError, HubError, ownComparison } from './errors.ts';
import { SealGatherer } from './gather-seals.ts';
import { Inspection } from './inspect-folders.ts';
import { answersNeeded, PeerGreeter } from './greet-peers.ts';
import type { Greeting } from './greet-peers.ts';
import { noteStep } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import type { OpenFolder } from './open-folder.ts';
import type { MarksFrom } from './options.ts';
import { isOwnUnknown } from './own-unknown.ts';
import { PeerMarks } from './peer-marks.ts';
import { serviceOf } from './ports/directory.ts';
import type { Commit } from './ports/folder-store.ts';
import { furthest, isBehind } from './ports/world.ts';
import type { HighWaterMark, Mark } from './ports/world.ts';
import { LateSeals } from './late-seals.ts';
import { recoverFolders } from './recover-folders.ts';
import type { AtRisk } from './recover-folders.ts';
import type { ServiceName } from './rules.ts';
import { succeedInFolder } from './succeed-in-folder.ts';
import type { FolderWrite } from './write-folder.ts';
import type { FolderUpdate } from './wire/folder-update.ts';

export class Succession<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #mark: HighWaterMark;
  readonly #setting: MarksFrom;
  readonly #seals: SealGatherer<S>;
  readonly #late: LateSeals<S>;
  readonly inspection: Inspection<S>;
  readonly greeter: PeerGreeter<S>;
  readonly marks: PeerMarks<S>;
  #ready = false;
  /** The store was compared with what peers have seen of it, or that does not matter any more. */
  #compared = false;
  #onCompared: (() => Promise<void>) | null = null;
  #stopped = false;
  #sealing: Promise<void> | null = null;
  /** Services that are asked how far they have seen this store come. */
  readonly #asking = new Set<ServiceName>();
  /** How far the store had come when this process began. */
  #openedAt: Commit = 0;
  /** The same, under its present incarnation: 0 where the store is of another one, without end for one made since, of which nobody had seen anything. */
  #ownedAt: Commit = 0;

  /** `setting`: whose marks must be heard before the first write. */
  constructor(kernel: () => Kernel<S>, mark: HighWaterMark, setting: MarksFrom) {
    this.#kernel = kernel;
    this.#mark = mark;
    this.#setting = setting;
    this.#seals = new SealGatherer(kernel);
    this.#late = new LateSeals(kernel, this.#seals);
    this.inspection = new Inspection(kernel);
    this.greeter = new PeerGreeter(kernel);
    this.marks = new PeerMarks(kernel);
  }

  get ready(): boolean { return this.#ready; }
  /** Until then nothing is written, not even a note. */
  get compared(): boolean { return this.#compared; }
  /** What the last succession could not recover; null when there was none. */
  get atRisk(): AtRisk | null { return this.#kernel().record.atRisk; }

  /**
   * How far this store has come, as it is told to a peer. Until it has been compared with what this one has seen, only how far it had come under this incarnation before this start:
   * what it writes meanwhile must not hide that it lacks something. Of several instances others write, too: what they told is no loss.
   */
  toldMarkTo(service: ServiceName): Commit {
    return this.#kernel().faults.has('raise-mark-late') ? 0 : this.#markFor(service);
  }

  /** What came with a commit is acknowledged to a peer with a mark that reaches it, and not before: were the store put back, nobody would know that it had been here. */
  mayAcknowledge(service: ServiceName, commit: Commit): boolean { return commit <= this.#markFor(service); }

  #markFor(service: ServiceName): Commit {
    const { commit, sharedStore } = this.#kernel();
    return this.#compared && (sharedStore || this.greeter.hasHeard(service)) ? commit : Math.min(this.#ownedAt, commit);
  }

  /** Services whose seal is missing. */
  get waitsFor(): readonly ServiceName[] {
    const { predecessors } = this.#kernel();
    return this.#ready || predecessors.length === 0 ? [] : this.#seals.lacking;
  }
  /** The same for whoever is refused meanwhile: what it waits for is never nothing. */
  get awaited(): string { return this.waitsFor.join(', ') || ownComparison; }

  /** Services without whose seal an operator let it go on, and that have not come back. What only they hold of the predecessors is not known. */
  get goesOnWithout(): readonly ServiceName[] {
    const { record, author } = this.#kernel();
    return record.goesOnWithout(author);
  }

  /** False while folders that somebody keeps for this service are not all back after its store was lost. */
  get whole(): boolean {
    const { predecessors, record, author, rules, service } = this.#kernel();
    return predecessors.length === 0 || rules.keptBy?.(service) === undefined || (record.recoveredAs === author && this.goesOnWithout.length === 0);
  }

  /** True until what peers have shown of its predecessors was gone through. */
  get recovering(): boolean {
    const { predecessors, record, author } = this.#kernel();
    return predecessors.length > 0 && record.recoveredAs !== author;
  }

  /** True when the present incarnation of a service has given its seal to this process. */
  hasSealed(service: ServiceName): boolean {
    const author = this.#kernel().directory.authorOf(service);
    return author !== undefined && this.#seals.isSealedBy(service, author);
  }

  /** Runs once: now, when the store has been compared already, or as soon as it has. */
  async whenCompared(run: () => Promise<void>): Promise<void> {
    if (this.#compared) await run();
    else this.#onCompared = run;
  }

  /** Seals and acknowledgements of a store that may have been put back are worth nothing. */
  assertCompared(): void {
    const { service } = this.#kernel();
    if (!this.#compared) throw new HubError('SUCCESSION_PENDING', { service, waitsFor: ownComparison });
  }

  assertReady(): void {
    if (!this.#ready) throw new HubError('SUCCESSION_PENDING', { service: this.#kernel().service, waitsFor: this.awaited });
    this.greeter.assertClock();
  }

  /** Writes the successions that this folder needs before anything else is written in it. */
  async prepare(write: FolderWrite<S>): Promise<void> { await succeedInFolder(this.#kernel(), write); }

  /** Takes the incarnation that stands outside the store. Before peers are answered. */
  async open(): Promise<void> {
    const kernel = this.#kernel();
    this.#become(kernel.keys.incarnationOf(kernel.service));
    kernel.commit = this.#openedAt = this.#ownedAt = await kernel.store.lastCommit();
  }

  /** Compares the store with the mark beside the keys and with what peers have seen of it. Resolves when this is under way; until it is done commands are refused. */
  async begin(): Promise<void> {
    const kernel = this.#kernel(), { record } = kernel;
    // What is noted is of a succession that has ended.
    if (this.recovering && (record.begun?.author ?? null) === record.recoveredAs) record.atRisk = null;
    // The mark first: another instance may go on writing, and raising it, while the store is asked.
    const mark = this.#mark.read();
    const commit = kernel.sharedStore ? await kernel.store.lastCommit() : kernel.commit;
    const incarnation = await kernel.store.incarnation();
    if (isBehind({ incarnation, commit }, mark) && !kernel.faults.has('trust-own-store')) await this.#renew();
    else {
      if (incarnation !== kernel.author) {
        // A new name and no loss of its own.
        if (this.recovering) record.atRisk ??= { fromCommit: this.#openedAt, toCommit: Math.max(this.#openedAt, this.#unended(incarnation, mark)), folders: [] };
        // Whoever has seen this incarnation come anywhere has seen another store.
        this.#ownedAt = 0;
        await this.#own();
      }
      await this.#compareMarks();
    }
    if (this.recovering) record.noteBehind(kernel.author, this.#openedAt);
    this.#proceed();
  }

  /** How far incarnations had come before one whose succession never ended: it died before it could note what it had lost. 0: there is none such. */
  #unended(incarnation: AuthorId | undefined, mark: Mark | undefined): Commit {
    const { keys, record } = this.#kernel();
    return incarnation === undefined || record.recoveredAs === incarnation || keys.predecessorsOf(incarnation).length === 0 ? 0 : mark?.before ?? 0;
  }

  /** Introduces itself again, so that peers remember how far this store has come, and hears whether they have seen more. */
  async greetAgain(others?: readonly ServiceName[]): Promise<void> {
    const greeting = await this.#greet(others);
    if (greeting === null) return;
    // Of the incarnation that was asked about another one may have been made meanwhile.
    if (await this.#isBehind(greeting) && greeting.author === this.#kernel().author) await this.#renew(greeting.seen);
    this.#proceed();
  }

  /** Whoever waits for an acknowledgement, and has not told yet how far it has seen this store come, is asked: until then there is none for it. */
  awaitedBy(service: ServiceName): void {
    const { sharedStore, service: own } = this.#kernel();
    if (service === own || sharedStore || this.#stopped || !this.#compared || this.greeter.hasHeard(service) || this.#asking.has(service)) return;
    this.#asking.add(service);
    void this.greetAgain([service]).catch(this.#failed).finally(() => this.#asking.delete(service));
  }

  /** Takes a new incarnation when others hold, under a valid signature, what this author never wrote in this store. */
  async checkOwn(open: OpenFolder<S>, entries: readonly Entry[], updates: readonly FolderUpdate[]): Promise<void> {
    if (!(await isOwnUnknown(this.#kernel(), open, entries, updates))) return;
    await this.#renew();
    this.#proceed();
  }

  /** The store took nothing of `author`: another instance has a new incarnation, which this one follows; or the store is behind its mark, which asks for one. */
  async refused(author: AuthorId): Promise<void> {
    const kernel = this.#kernel();
    if (author !== kernel.author) return;
    const present = kernel.keys.incarnationOf(kernel.service);
    if (present === author) await this.#renew();
    else this.#become(present);
    this.#proceed();
  }

  /** A seal counts only for the incarnation that gave it. */
  isSealedBy(service: ServiceName, author: AuthorId): boolean {
    const { record, author: own, faults } = this.#kernel();
    return record.recoveredAs === own || faults.has('write-unsealed') || this.#seals.isSealedBy(service, author);
  }

  /** A peer durably holds what it had not shown of a predecessor, where nothing is written here yet: its store was put back after it gave its seal. */
  noteShown({ folder }: OpenFolder<S>, { sender, heads }: FolderUpdate): void {
    const { author, predecessors, service } = this.#kernel();
    if (this.recovering || folder.logs.has(author) || serviceOf(sender) === service) return;
    if (predecessors.some((one) => heads[one] !== undefined && !holds(folder, one, heads[one]))) this.#late.showed(serviceOf(sender));
  }

  /** A service showed a new incarnation: what it is to seal is asked of it, too. */
  peerChanged(): void {
    if (this.recovering) this.#proceed();
  }

  /** Takes up nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#late.stop();
    this.inspection.stop();
  }

  /** Resolves when what was under way has ended and what was heard is written down. */
  async flush(): Promise<void> {
    await this.#sealing;
    await this.#late.ended();
    await this.inspection.ended();
    await this.marks.stop();
  }

  async #own(): Promise<void> {
    const { store, author, world } = this.#kernel();
    world.crashPoint?.('store-unowned');
    await store.setIncarnation(author);
    world.crashPoint?.('store-owned');
  }

  #become(author: AuthorId): void {
    const kernel = this.#kernel();
    this.#ready = false;
    kernel.author = author;
    kernel.predecessors = kernel.keys.predecessorsOf(author);
    kernel.directory.announce(author);
  }

  /** `seen`: how far others have seen this store come. */
  async #renew(seen: Commit = 0): Promise<void> {
    const kernel = this.#kernel(), unended = this.recovering ? kernel.record.atRisk : null;
    const lost = { fromCommit: this.#openedAt, toCommit: Math.max(furthest(this.#mark.read()), seen, kernel.commit) };
    this.#compared = true;
    this.#ownedAt = Infinity;
    this.#become(kernel.keys.newIncarnation(kernel.service));
    // What the succession before had not gone through yet is at risk as well.
    kernel.record.atRisk = unended === null ? { ...lost, folders: [] } : { fromCommit: Math.min(unended.fromCommit, lost.fromCommit), toCommit: Math.max(unended.toCommit, lost.toCommit), folders: unended.folders };
    kernel.record.noteBehind(kernel.author, this.#openedAt);
    kernel.world.crashPoint?.('incarnation-made');
    await kernel.store.setIncarnation(kernel.author);
    // Another process may have taken a newer one meanwhile, and the store remember this one: then nobody could write.
    const present = kernel.keys.incarnationOf(kernel.service);
    if (present !== kernel.author) {
      this.#become(present);
      await kernel.store.setIncarnation(present);
    }
    kernel.world.crashPoint?.('incarnation-set');
    kernel.reports.succession({ service: kernel.service, step: 'begun', author: kernel.author, predecessors: kernel.predecessors, waitsFor: this.waitsFor });
  }

  /** Ready at once without predecessors; else when all peers have sealed them, which is asked for in the background. */
  #proceed(): void {
    const kernel = this.#kernel();
    const { record, author } = kernel;
    if (!this.#compared) return;
    void this.#onCompared?.().catch(this.#failed);
    this.#onCompared = null;
    // Or another instance on the same store has recovered, and this one has read so.
    if (!this.recovering || record.succeededAs === author || kernel.faults.has('write-unsealed')) this.#ready = true;
    this.#late.begin();
    this.inspection.begin();
    if (!this.recovering) return;
    this.#sealing ??= this.#succeed().catch(this.#goOnAfter).finally(() => {
      this.#sealing = null;
      // It ended because another incarnation took its place.
      if (!this.#stopped && author !== kernel.author) this.#proceed();
    });
  }

  /** Instances on one store noted at once what they had heard, or the store refused for a while. */
  #goOnAfter = (cause: unknown): void => {
    const { world, limits } = this.#kernel();
    this.#failed(cause);
    world.later(asHubError(cause).retryable ? limits.peerRetryMs : limits.sweepEveryMs, () => { if (!this.#stopped) this.#proceed(); });
  };

  /** Until this incarnation has gone through all that was shown; a newer one that comes meanwhile starts over. */
  async #succeed(): Promise<void> {
    const kernel = this.#kernel();
    while (!this.#stopped && kernel.record.recoveredAs !== kernel.author) {
      const { author } = kernel;
      await this.#gather(author);
      if (this.#stopped || author !== kernel.author) continue;
      if (kernel.record.succeededAs !== author) {
        kernel.world.crashPoint?.('seals-gathered');
        await noteStep(kernel, 'succeededAs', author);
        kernel.world.crashPoint?.('succession-noted');
        kernel.reports.succession({ service: kernel.service, step: 'sealed', author, predecessors: kernel.predecessors, waitsFor: [] });
      }
      if (author === kernel.author) { this.#ready = true; await this.#recover(author); }
    }
    // Another instance on the same store may have gone through it meanwhile.
    if (!this.#stopped) this.#ready = true;
  }

  async #gather(author: AuthorId): Promise<void> {
    await this.#seals.gather(() => this.#stopped || author !== this.#kernel().author);
  }

  /** Goes through everything that peers have shown, so that nothing needs to be asked per folder any more. */
  async #recover(author: AuthorId): Promise<void> {
    const kernel = this.#kernel();
    const folders = kernel.faults.has('skip-recovery') ? [] : await recoverFolders(kernel, () => this.#stopped || author !== kernel.author, () => this.#gather(author));
    if (folders === null) return;
    kernel.record.atRisk = this.#lost(folders);
    kernel.world.crashPoint?.('recovery-ended');
    await noteStep(kernel, 'recoveredAs', author);
    kernel.reports.succession({ service: kernel.service, step: 'recovered', author, predecessors: kernel.predecessors, waitsFor: [] });
    this.#late.begin();
    this.inspection.begin();
  }

  /** Null: nothing. Whoever died before it could note its loss knows from the mark how far the incarnation before had come. */
  #lost(folders: readonly FolderId[]): AtRisk | null {
    const { fromCommit, toCommit } = this.#kernel().record.atRisk ?? { fromCommit: this.#openedAt, toCommit: this.#mark.read()?.before ?? 0 };
    return toCommit > fromCommit || folders.length > 0 ? { fromCommit, toCommit: Math.max(fromCommit, toCommit), folders } : null;
  }

  /** Peers that answer tell how far they have seen this store come. Enough must answer: see `marksFrom`. */
  async #compareMarks(): Promise<void> {
    const greeting = await this.#greet();
    if (greeting === null) return;
    if (await this.#isBehind(greeting)) return this.#renew(greeting.seen);
    this.#compared = greeting.answered >= answersNeeded(this.#setting, this.#mark.read() !== undefined || this.#kernel().commit === 0, greeting.asked);
    if (!this.#compared) this.#compareLater();
  }

  #compareLater(): void {
    const { world, limits } = this.#kernel();
    world.later(limits.peerRetryMs, () => {
      if (!this.#stopped && !this.#compared) void this.#compareMarks().then(() => this.#proceed()).catch(this.#failed);
    });
  }

  /** Whoever was not heard before has not been told of more than the store began with. Else the store itself is asked: another instance may have written to it. */
  async #isBehind({ seen, seenAtFirst }: Greeting): Promise<boolean> {
    const kernel = this.#kernel();
    if (kernel.faults.has('trust-own-store')) return false;
    if (!kernel.sharedStore && seenAtFirst > this.#ownedAt) return true;
    if (seen > kernel.commit) kernel.commit = Math.max(kernel.commit, await kernel.store.lastCommit());
    return seen > kernel.commit;
  }

  /** Null: this incarnation must not write; it stays refused. */
  async #greet(others?: readonly ServiceName[]): Promise<Greeting | null> {
    const { author } = this.#kernel();
    try {
      return await this.greeter.greet((peer, mark) => this.marks.heard(peer, mark), others);
    } catch (cause) {
      const kernel = this.#kernel();
      const present = kernel.keys.incarnationOf(kernel.service);
      // Another instance has taken a new incarnation: this one follows, or has done so while peers were asked.
      if (present !== author) {
        if (present !== kernel.author) this.#become(present);
        return this.#greet(others);
      }
      this.#ready = this.#compared = false;
      this.#failed(cause);
      return null;
    }
  }

  #failed = (cause: unknown): void => this.#kernel().reports.alarm(asHubError(cause), null);
}
