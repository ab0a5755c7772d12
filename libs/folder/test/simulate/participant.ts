/** One service: durable store, volatile folders, and how it starts, writes, tells and takes. */
import { adoptSeals, appendOwn, chooseHead, effective, emptyFolder, headsOf, holds, isSealed, missing, seal, sealOf, tipsOf, union, waitsFor } from '../../src/index.ts';
import type { AuthorId, Entry, Folder, FolderId, Heads, Succeeds, UnionChecks } from '../../src/index.ts';
import { verify } from '../support/seal-entry.ts';
import { draft } from '../support/copy.ts';
import type { Act } from '../support/copy.ts';
import type { AtRisk, Store } from './durable.ts';
import { copyStore } from './durable.ts';
import { Keeper } from './keeper.ts';
import type { Content, Message, ServiceName, Shown } from './messages.ts';
import type { Setting } from './setting.ts';
import { succeedIn } from './succeed-in.ts';

export type Phase = 'down' | 'greeting' | 'sealing' | 'running';

export const serviceOf = (author: AuthorId): ServiceName => author.split('~')[0]!;
const generation = (service: ServiceName, number: number): AuthorId => `${service}~${String(number).padStart(4, '0')}`;
const maySucceed = (successor: AuthorId, predecessor: AuthorId): boolean => serviceOf(successor) === serviceOf(predecessor) && successor > predecessor;

export class Participant extends Keeper {
  readonly name: ServiceName;
  readonly setting: Setting;
  readonly backups: Store[] = [];
  readonly atRisk: AtRisk[] = [];
  phase: Phase = 'down';
  readonly folders = new Map<FolderId, Folder<string>>();
  /** The present incarnation of each service, as far as heard. */
  readonly peers = new Map<ServiceName, AuthorId>();
  /** What a service is believed to hold, by service and folder: what it said, and what was sent since. */
  readonly told = new Map<string, Heads>();
  #starts = 0;
  #greeted = new Set<ServiceName>();

  constructor(name: ServiceName, setting: Setting) {
    super(generation(name, 1));
    this.name = name;
    this.setting = setting;
  }

  get others(): readonly ServiceName[] { return this.setting.services.filter((one) => one !== this.name); }

  // ---------------------------------------------------------------- start, crash, restore

  start(): void {
    this.crash();
    this.#starts++;
    const { mark } = this.outside;
    this.#open();
    if (this.store.incarnation !== this.author || mark.incarnation !== this.store.incarnation || this.store.commit < mark.commit) return this.renew();
    this.phase = 'greeting';
    this.nudge();
  }

  /** Loses what was not durable, and what was not said. */
  crash(): void {
    this.phase = 'down';
    this.folders.clear();
    this.peers.clear();
    this.told.clear();
    this.#greeted.clear();
    this.forget();
  }

  backUp(): void { this.backups.push(copyStore(this.store)); }

  /** `withOutside`: the mark falls back, too, so that only peers can know. */
  restore(backup: Store, withOutside: boolean): void {
    this.crash();
    this.store = copyStore(backup);
    if (withOutside) this.outside.mark = { incarnation: this.author, commit: backup.commit };
  }

  /** A new incarnation on the store as it is. */
  renew(): void {
    const old = this.store.incarnation;
    this.crash();
    this.outside.generations.unshift(generation(this.name, this.outside.generations.length + 1));
    this.store.incarnation = this.author;
    this.store.received = [];
    this.store.commit++;
    for (const predecessor of this.predecessors) this.store.seals = seal(this.store.seals, predecessor, this.author);
    this.outside.mark = { incarnation: this.author, commit: this.store.commit };
    for (const author of this.predecessors.filter((one) => one >= old)) this.atRisk.push({ author, afterCommit: author === old ? this.store.commit - 1 : 0, named: new Set() });
    this.#open();
    this.phase = 'sealing';
    this.nudge();
  }

  /** What the store holds was checked when it was taken. */
  #open(): void {
    for (const [id, entries] of this.store.folders) union(this.folder(id), entries, { ...this.checks(), sealed: () => false });
    for (const service of this.others) this.peers.set(service, generation(service, 1));
  }

  /** Repeats what waits for an answer. */
  nudge(): void {
    if (this.phase === 'greeting') for (const service of this.others) if (!this.#greeted.has(service)) this.say(service, { kind: 'hello', start: this.#starts });
    if (this.phase !== 'sealing' && this.phase !== 'running') return;
    if (this.lacking.length === 0) this.phase = 'running';
    for (const giver of this.lacking) this.say(serviceOf(giver), { kind: 'seal', predecessors: this.predecessors });
  }

  // ---------------------------------------------------------------- writing

  folder(id: FolderId): Folder<string> {
    const known = this.folders.get(id) ?? emptyFolder<string>(id);
    this.folders.set(id, known);
    return known;
  }

  /** Writes own entries as one write. The answer goes out once it is durable and marked. */
  write(id: FolderId, acts: readonly Act[], request = ''): void {
    const folder = this.folder(id);
    const { journal, faults } = this.setting;
    const entries = acts.map((act, at) => {
      const entry = draft(folder, this.author, { body: request, ...act }, at === acts.length - 1);
      const tenure = folder.items.get(entry.item)?.tenures[entry.term - 1];
      if (tenure !== undefined) journal.hangsOn.set(entry.hash, [tenure.since.hash, ...(tenure.via === null ? [] : [tenure.via.hash])]);
      appendOwn(folder, [entry], faults);
      journal.written.set(entry.hash, entry);
      return entry;
    });
    const commit = this.#keep(id, entries, (now) => { for (const entry of entries) journal.commits.set(entry.hash, now); });
    if (request !== '') this.acknowledge(request, entries[entries.length - 1]!, commit);
  }

  acknowledge(request: string, entry: Entry<string>, commit: number): void {
    this.later(commit, () => this.setting.journal.acknowledged.set(request, entry));
  }

  /** The effective entry that carries the request. */
  answered(id: FolderId, request: string): Entry<string> | undefined {
    for (const entry of effective(this.folder(id))) if (entry.body === request) return entry;
    return undefined;
  }

  #keep(id: FolderId, entries: readonly Entry<string>[], also?: (commit: number) => void): number {
    return this.change((store) => {
      store.folders.set(id, [...store.folders.get(id) ?? [], ...entries]);
      also?.(store.commit);
    });
  }

  // ---------------------------------------------------------------- telling and taking

  say(to: ServiceName, content: Content): void {
    this.setting.network.send({ to, from: this.author, mark: this.outside.mark.commit, content });
  }

  /** Sends what lies beyond `theirs`, once everything held is durable. */
  tell(to: ServiceName, id: FolderId, theirs: Heads | null, wantsReply: boolean): void {
    const folder = this.folder(id);
    const [heads, entries] = [headsOf(folder), theirs === null ? [] : missing(folder, theirs)];
    this.later(this.nextCommit, () => this.say(to, { kind: 'update', folder: id, heads, entries, wantsReply }));
  }

  /** Sends what was not sent yet, believing that all of that arrived. */
  relay(to: ServiceName, id: FolderId): void {
    const key = `${to} ${id}`;
    this.tell(to, id, this.told.get(key) ?? {}, false);
    this.told.set(key, headsOf(this.folder(id)));
  }

  take(message: Message): void {
    if (this.phase === 'down') return;
    const service = serviceOf(message.from);
    const { content } = message;
    const outdated = message.from < (this.peers.get(service) ?? '');
    if (outdated && content.kind !== 'update') return;
    if (!outdated) this.peers.set(service, message.from);
    this.#noteMark(message.from, message.mark);
    switch (content.kind) {
      case 'hello': return this.#answerHello(message.from, content.start);
      case 'hello-answer': if (content.to === this.author && content.start === this.#starts) this.#greet(service, content.seen); return;
      case 'seal': if (this.phase !== 'greeting') this.#giveSeal(message.from, content.predecessors); return;
      case 'sealed': return this.#takeSeal(content);
      case 'update': if (this.phase === 'running') this.#takeUpdate(service, content); return;
    }
  }

  checks(choosing: readonly Succeeds[] = []): UnionChecks {
    return { verify, maySucceed, sealed: (author) => isSealed(this.store.seals, author), choosing, ...(this.setting.faults === undefined ? {} : { faults: this.setting.faults }) };
  }

  #noteMark(author: AuthorId, mark: number): void {
    // Until peers have told how far they saw this store come, it may not come further: else it would hide that it fell back.
    if (this.phase === 'greeting') return;
    if ((this.store.marks.get(author) ?? -1) < mark) this.change((store) => { store.marks.set(author, Math.max(mark, store.marks.get(author) ?? 0)); });
  }

  #answerHello(from: AuthorId, start: number): void {
    const seen = this.store.marks.get(from) ?? 0;
    this.later(this.nextCommit, () => this.say(serviceOf(from), { kind: 'hello-answer', to: from, start, seen }));
  }

  #greet(service: ServiceName, seen: number): void {
    if (this.phase !== 'greeting') return;
    if (seen > this.store.commit) return this.renew();
    this.#greeted.add(service);
    if (this.#greeted.size === this.others.length) this.phase = this.predecessors.length === 0 ? 'running' : 'sealing';
    this.nudge();
  }

  #giveSeal(successor: AuthorId, predecessors: readonly AuthorId[]): void {
    if (!predecessors.every((predecessor) => maySucceed(successor, predecessor))) return;
    this.flush();
    this.change((store) => { for (const predecessor of predecessors) store.seals = seal(store.seals, predecessor, this.author); });
    this.flush();
    const shown: Shown[] = [];
    for (const [id, folder] of this.folders) for (const author of predecessors) shown.push({ folder: id, author, tips: tipsOf(folder, author) });
    const given = sealOf(this.store.seals, this.author);
    this.later(this.store.commit, () => this.say(serviceOf(successor), { kind: 'sealed', to: successor, seal: given, shown }));
  }

  #takeSeal({ to, seal: received, shown }: Extract<Content, { kind: 'sealed' }>): void {
    if ((this.phase !== 'sealing' && this.phase !== 'running') || to !== this.author) return;
    this.flush();
    this.store.seals = adoptSeals(this.store.seals, received, this.author);
    this.store.received = [...this.store.received.filter((one) => one.seal.giver !== received.giver), { seal: received, shown }];
    this.store.commit++;
    this.raiseMark();
    if (this.lacking.length === 0) this.phase = 'running';
  }

  /** Incarnations that have not sealed the predecessors yet; one that came since the seals were given, too: what it shows may be less. */
  get lacking(): readonly AuthorId[] {
    return this.predecessors.length === 0 ? [] : waitsFor({ successor: this.author, predecessors: this.predecessors }, [...this.peers.values()], this.store.received.map((one) => one.seal));
  }

  #takeUpdate(from: ServiceName, { folder: id, heads, entries, wantsReply }: Extract<Content, { kind: 'update' }>): void {
    const folder = this.folder(id);
    const foreign = entries.some((entry) => entry.author === this.author && entry.proof !== null && verify(entry.author, entry.hash, entry.proof) && !holds(folder, this.author, entry));
    if (foreign || (heads[this.author] !== undefined && !holds(folder, this.author, heads[this.author]!))) return this.renew();
    this.takeEntries(id, entries);
    this.told.set(`${from} ${id}`, heads);
    if (wantsReply) this.tell(from, id, heads, false);
  }

  /** Takes entries, and lets a new incarnation write its successions where it can by now. */
  takeEntries(id: FolderId, entries: readonly Entry<string>[]): void {
    const result = union(this.folder(id), entries, this.checks(this.claims(id)));
    if (result.stored.length > 0) this.#keep(id, result.stored);
    this.ready(id, false);
  }

  /** True when this incarnation may write in the folder: its successions stand there. */
  ready(id: FolderId, ask = true): boolean { return this.phase === 'running' && succeedIn(this, id, ask); }

  /** The branches that this incarnation will choose: the longest that was shown, or that it holds itself. */
  claims(id: FolderId): readonly Succeeds[] {
    return this.folder(id).logs.has(this.author) ? [] : this.predecessors.map((predecessor) => ({ predecessor, head: this.longest(id, predecessor) }));
  }

  /** What an incarnation showed that is no more counts no more: it may be lost with its store. */
  longest(id: FolderId, predecessor: AuthorId): Succeeds['head'] {
    const standing = this.store.received.filter(({ seal: { giver } }) => this.peers.get(serviceOf(giver)) === giver);
    const shown = standing.flatMap((one) => one.shown).filter((one) => one.folder === id && one.author === predecessor);
    return chooseHead([...shown.flatMap((one) => one.tips), ...tipsOf(this.folder(id), predecessor)]);
  }
}
