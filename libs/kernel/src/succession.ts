/** Whether this incarnation may write: after every start its store is compared with what others have seen of it; a store that is behind gets a new incarnation. */
import { adoptSeals, seal, waitsFor } from '@lienthong/folder';
import type { AuthorId, Entry, Seal } from '@lienthong/folder';
import { asHubError, HubError } from './errors.ts';
import { openEntry, saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import type { OpenFolder } from './open-folder.ts';
import { serviceOf } from './ports/directory.ts';
import type { Commit } from './ports/folder-store.ts';
import { PeerGreeter } from './greet-peers.ts';
import type { Greeting } from './greet-peers.ts';
import type { MarksFrom } from './options.ts';
import { isBehind } from './ports/world.ts';
import type { HighWaterMark } from './ports/world.ts';
import { pause, recoverFolders } from './recover-folders.ts';
import type { AtRisk } from './recover-folders.ts';
import type { ServiceName } from './rules.ts';
import { isForeignToStore, succeedInFolder } from './succeed-in-folder.ts';
import type { FolderWrite } from './write-folder.ts';
import type { FolderUpdate } from './wire/folder-update.ts';

export class Succession<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #mark: HighWaterMark;
  readonly #seals = new Map<ServiceName, Seal>();
  readonly #setting: MarksFrom;
  readonly greeter: PeerGreeter<S>;
  #ready = false;
  /** The store was compared with what peers have seen of it, or that does not matter any more. */
  #compared = false;
  #stopped = false;
  #sealing: Promise<void> | null = null;
  #saveMarks: (() => void) | null = null;
  #atRisk: AtRisk | null = null;

  /** `setting`: whose marks must be heard before the first write. */
  constructor(kernel: () => Kernel<S>, mark: HighWaterMark, setting: MarksFrom) {
    this.#kernel = kernel;
    this.#mark = mark;
    this.#setting = setting;
    this.greeter = new PeerGreeter(kernel);
  }

  get ready(): boolean { return this.#ready; }
  /** What the last succession could not recover; null when there was none since the start. */
  get atRisk(): AtRisk | null { return this.#atRisk; }

  /** Services whose seal is missing. */
  get waitsFor(): readonly ServiceName[] {
    const { predecessors } = this.#kernel();
    return this.#ready || predecessors.length === 0 ? [] : this.#lacking();
  }

  #lacking(): readonly ServiceName[] {
    const { author, predecessors, directory, service } = this.#kernel();
    const others = directory.services().filter((one) => one !== service);
    const unknown = others.filter((one) => directory.authorOf(one) === undefined);
    const known = others.map((one) => directory.authorOf(one)).filter((one) => one !== undefined);
    return [...unknown, ...waitsFor({ successor: author, predecessors }, known, [...this.#seals.values()]).map(serviceOf)];
  }

  assertReady(): void {
    if (!this.#ready) throw new HubError('SUCCESSION_PENDING', { service: this.#kernel().service, waitsFor: this.waitsFor.join(', ') });
    this.greeter.assertClock();
  }

  /** Writes the successions that this folder needs before anything else is written in it. */
  async prepare(write: FolderWrite<S>): Promise<void> { await succeedInFolder(this.#kernel(), write); }

  /** Takes the incarnation that stands outside the store. Before peers are answered. */
  async open(): Promise<void> {
    const kernel = this.#kernel();
    this.#become(kernel.keys.incarnationOf(kernel.service));
    kernel.commit = await kernel.store.lastCommit();
  }

  /** Compares the store with the mark beside the keys and with what peers have seen of it. Resolves when this is under way; until it is done commands are refused. */
  async begin(): Promise<void> {
    const kernel = this.#kernel();
    const incarnation = await kernel.store.incarnation();
    if (isBehind({ incarnation, commit: kernel.commit }, this.#mark.read())) await this.#renew();
    else {
      if (incarnation !== kernel.author) await kernel.store.setIncarnation(kernel.author);
      await this.#compareMarks();
    }
    this.#proceed();
  }

  /** Introduces itself again, so that peers remember how far this store has come, and hears whether they have seen more. */
  async greetAgain(): Promise<void> {
    const greeting = await this.#greet();
    if (greeting === null || !(await this.#isBehind(greeting))) return;
    await this.#renew();
    this.#proceed();
  }

  /** The highest mark of a service that was heard here, of its latest incarnation. */
  seenOf(service: ServiceName): { readonly author: AuthorId; readonly commit: Commit } | undefined {
    const { record, keys } = this.#kernel();
    let latest: AuthorId | undefined;
    for (const author of record.marks.keys()) {
      if (serviceOf(author) === service && (latest === undefined || keys.maySucceed(author, latest))) latest = author;
    }
    return latest === undefined ? undefined : { author: latest, commit: record.marks.get(latest)! };
  }

  /** Somebody showed itself: who it is now, and how far its store has come. */
  heard(author: AuthorId, mark: Commit): void {
    const { directory, record, world, limits } = this.#kernel();
    directory.announce(author);
    if (!record.noteMark(author, mark) || this.#saveMarks !== null || this.#stopped) return;
    this.#saveMarks = world.later(limits.rememberMarksMs, () => { this.#saveMarks = null; void this.#save(); });
  }

  /** True when the sender knows more of this author than this store does. */
  concerns(open: OpenFolder<S>, update: FolderUpdate): boolean {
    const { author } = this.#kernel();
    const head = update.heads[author];
    return head !== undefined && isForeignToStore(open, author, head.seq, head.hash);
  }

  /** Takes a new incarnation when others hold, under a valid signature, what this author never wrote in this store. */
  async checkOwn(open: OpenFolder<S>, entries: readonly Entry[], updates: readonly FolderUpdate[]): Promise<void> {
    const { author, verify } = this.#kernel();
    const shown = [...entries];
    for (const update of updates) if (this.concerns(open, update) && !entries.some((entry) => entry.author === author)) shown.push(...await this.#pull(open, update));
    const foreign = shown.some((entry) => entry.author === author && entry.proof !== null && isForeignToStore(open, author, entry.seq, entry.hash) && verify(author, entry.hash, entry.proof));
    if (!foreign || author !== this.#kernel().author) return;
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
    const { predecessors, record, author: own } = this.#kernel();
    if (record.recoveredAs === own) return true;
    const given = this.#seals.get(service);
    return given !== undefined && given.giver === author && predecessors.every((one) => given.sealed.includes(one));
  }

  /** A service showed a new incarnation: what it is to seal is asked of it, too. */
  peerChanged(): void {
    const { predecessors, record, author } = this.#kernel();
    if (predecessors.length > 0 && record.recoveredAs !== author) this.#proceed();
  }

  stop(): void {
    this.#stopped = true;
    this.#saveMarks?.();
  }

  async flush(): Promise<void> {
    await this.#sealing;
    if (this.#saveMarks !== null) await this.#save();
  }

  #become(author: AuthorId): void {
    const kernel = this.#kernel();
    this.#ready = false;
    kernel.author = author;
    kernel.predecessors = kernel.keys.predecessorsOf(author);
    kernel.directory.announce(author);
  }

  async #renew(): Promise<void> {
    const kernel = this.#kernel();
    this.#atRisk = { fromCommit: kernel.commit, toCommit: this.#mark.read()?.commit ?? kernel.commit, folders: [] };
    this.#seals.clear();
    this.#compared = true;
    this.#become(kernel.keys.newIncarnation(kernel.service));
    for (const predecessor of kernel.predecessors) kernel.record.seals = seal(kernel.record.seals, predecessor, kernel.author);
    await kernel.store.setIncarnation(kernel.author);
    kernel.reports.succession({ service: kernel.service, step: 'begun', author: kernel.author, predecessors: kernel.predecessors, waitsFor: this.waitsFor });
  }

  /** Ready at once without predecessors; else when all peers have sealed them, which is asked for in the background. */
  #proceed(): void {
    const kernel = this.#kernel();
    const { record, author } = kernel;
    if (!this.#compared) return;
    if (kernel.predecessors.length === 0 || record.succeededAs === author) this.#ready = true;
    if (kernel.predecessors.length === 0 || record.recoveredAs === author) return;
    this.#sealing ??= this.#succeed().catch(this.#failed).finally(() => { this.#sealing = null; });
  }

  /** Until this incarnation has gone through all that was shown; a newer one that comes meanwhile starts over. */
  async #succeed(): Promise<void> {
    const kernel = this.#kernel();
    while (!this.#stopped && kernel.record.recoveredAs !== kernel.author) {
      const { author } = kernel;
      while (!this.#stopped && this.#lacking().length > 0) {
        await Promise.all(this.#lacking().map((service) => this.#askSeal(service)));
        if (this.#lacking().length > 0) await pause(kernel);
      }
      if (this.#stopped || author !== kernel.author) continue;
      if (kernel.record.succeededAs !== author) {
        kernel.record.succeededAs = author;
        await saveRecord(kernel);
        kernel.reports.succession({ service: kernel.service, step: 'sealed', author, predecessors: kernel.predecessors, waitsFor: [] });
      }
      if (author === kernel.author) { this.#ready = true; await this.#recover(author); }
    }
  }

  /** Errors are waited out: the peer is asked again. */
  async #askSeal(service: ServiceName): Promise<void> {
    const { peers, author, predecessors, limits, directory, record } = this.#kernel();
    try {
      for (const predecessor of predecessors) {
        const answer = await peers.to(service).seal(author, predecessor, '', limits.peerDeadlineMs);
        directory.announce(answer.author);
        const given = { giver: answer.author, sealed: answer.sealed };
        const before = record.seals;
        record.seals = adoptSeals(before, given, author);
        if (record.seals !== before) await saveRecord(this.#kernel());
        this.#seals.set(service, given);
      }
    } catch { /* asked again after peerRetryMs */ }
  }

  /** Goes through everything that peers have shown, so that nothing needs to be asked per folder any more. */
  async #recover(author: AuthorId): Promise<void> {
    const kernel = this.#kernel();
    const folders = await recoverFolders(kernel, () => this.#stopped || author !== kernel.author);
    if (folders === null) return;
    this.#atRisk = { fromCommit: 0, toCommit: 0, ...this.#atRisk, folders };
    kernel.record.recoveredAs = author;
    await saveRecord(kernel);
    kernel.reports.succession({ service: kernel.service, step: 'recovered', author, predecessors: kernel.predecessors, waitsFor: [] });
  }

  /** Peers that answer tell how far they have seen this store come. Enough must answer: see `marksFrom`. */
  async #compareMarks(): Promise<void> {
    const greeting = await this.#greet();
    if (greeting === null) return;
    if (await this.#isBehind(greeting)) return this.#renew();
    const { marksFrom, kernel } = { marksFrom: this.#marksFrom(), kernel: this.#kernel() };
    const needed = marksFrom === 'all' ? greeting.asked : marksFrom === 'majority' ? Math.floor(greeting.asked / 2) + 1 : 0;
    this.#compared = greeting.answered >= Math.min(needed, greeting.asked);
    if (!this.#compared) kernel.world.later(kernel.limits.peerRetryMs, () => { if (!this.#stopped && !this.#compared) void this.#compareMarks().then(() => this.#proceed()).catch(this.#failed); });
  }

  /** Asks the store itself: another instance may have written to it. */
  async #isBehind({ seen }: Greeting): Promise<boolean> {
    const kernel = this.#kernel();
    if (seen > kernel.commit) kernel.commit = Math.max(kernel.commit, await kernel.store.lastCommit());
    return seen > kernel.commit;
  }

  /** A store that has written, with no mark beside its keys, must not trust itself. */
  #marksFrom(): MarksFrom {
    const unmarked = this.#mark.read() === undefined && this.#kernel().commit > 0;
    return unmarked && this.#setting === 'reachable' ? 'majority' : this.#setting;
  }

  /** Null: this incarnation must not write; it stays refused. */
  async #greet(): Promise<Greeting | null> {
    try {
      return await this.greeter.greet((author, mark) => this.heard(author, mark));
    } catch (cause) {
      this.#ready = this.#compared = false;
      this.#failed(cause);
      return null;
    }
  }

  #failed = (cause: unknown): void => this.#kernel().reports.alarm(asHubError(cause), null);

  async #pull(open: OpenFolder<S>, update: FolderUpdate): Promise<readonly Entry[]> {
    const kernel = this.#kernel();
    try {
      const pulled = await kernel.peers.to(serviceOf(update.sender)).pull(kernel.author, open.id, open.durableHeads, kernel.limits.peerDeadlineMs);
      return pulled.entries.map((one) => openEntry(kernel, one));
    } catch {
      return [];
    }
  }

  async #save(): Promise<void> {
    const kernel = this.#kernel();
    await saveRecord(kernel).catch((cause: unknown) => kernel.reports.alarm(asHubError(cause), null));
  }
}
