/** One service's part in the exchange of folders: its commands, its copies, its duties, its peers. */
import type { AuthorId, FolderId } from '@lienthong/folder';
import { copiesOf } from './compare-copies.ts';
import type { Copy } from './compare-copies.ts';
import { CopyCheck } from './copy-check.ts';
import { withDeadline } from './deadline.ts';
import { HubError } from './errors.ts';
import { folderFaultsOf } from './faults.ts';
import { FolderCache } from './folder-cache.ts';
import { FolderLocks } from './folder-locks.ts';
import { forceSuccession } from './force-succession.ts';
import type { ForceOrder } from './force-succession.ts';
import { handleCommand } from './handle-command.ts';
import { KernelRecord, kernelRecordId } from './kernel-record.ts';
import type { Force } from './kernel-record.ts';
import { authorOf, dutyContext, isMine } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { isDamage, isNothing, openFolder } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { Mender } from './mend-folder.ts';
import { limitsOf } from './options.ts';
import type { KernelOptions } from './options.ts';
import { PeerCopies } from './peer-copies.ts';
import { EffectRunner } from './perform-effects.ts';
import type { Directory } from './ports/directory.ts';
import type { EventBus, Subscription } from './ports/event-bus.ts';
import type { Aside, Commit, OwnedStore } from './ports/folder-store.ts';
import type { Peers, PeerService } from './ports/peer.ts';
import type { HighWaterMark, Keys, World } from './ports/world.ts';
import type { AtRisk } from './recover-folders.ts';
import { RestPuller } from './pull-rest.ts';
import { receiveUpdates } from './receive-entries.ts';
import { Relay } from './relay.ts';
import { silent } from './reports.ts';
import type { Reports } from './reports.ts';
import type { Command, DutyContext, Effect, Handled, Rules, ServiceName, View } from './rules.ts';
import { servePeers } from './serve-peers.ts';
import { Settler } from './settle.ts';
import { Succession } from './succession.ts';
import { Sweep } from './sweep.ts';
import { processEntries } from './verified-entries.ts';
import type { VerifiedEntries } from './verified-entries.ts';
import { touchFolder } from './touch-folder.ts';
import { UniqueValues } from './unique-values.ts';
import { viewOf } from './view.ts';
import { retryFolder, wakeFolder } from './wake-folder.ts';
import { ChangeWatch } from './watch-changes.ts';
import type { Change } from './watch-changes.ts';
import { TimeWatch } from './watch-time.ts';
import { WatchedStore } from './watched-store.ts';
import type { FolderUpdate } from './wire/folder-update.ts';
import { toHex } from './wire/hex.ts';

/** Damaged folders that are among the troubles, all of which are among those set aside; damaged parts that are told. */
const maxDamagedTold = 10;

export type ParticipantConfig<S> = {
  readonly service: ServiceName;
  readonly rules: Rules<S>;
  /** Effects by the name that duties give them. */
  readonly effects?: Readonly<Record<string, Effect<S>>>;
  readonly store: OwnedStore;
  readonly bus: EventBus;
  readonly peers: Peers;
  readonly directory: Directory;
  readonly world: World;
  readonly keys: Keys;
  /** Kept outside the store; the store raises it. */
  readonly mark: HighWaterMark;
  readonly reports?: Partial<Reports>;
  /** Absent: shared by all services of the process. */
  readonly entries?: VerifiedEntries;
  readonly options?: KernelOptions;
};

export type ParticipantStatus = {
  readonly service: ServiceName;
  readonly author: string;
  readonly state: 'created' | 'starting' | 'succeeding' | 'ready' | 'stopping' | 'stopped';
  /** Services whose seal is missing. */
  readonly waitsFor: readonly ServiceName[];
  /** How far this clock is behind the peers', in milliseconds. */
  readonly clockSkewMs: number;
  /** What the last succession could not recover; null when there was none. */
  readonly atRisk: AtRisk | null;
  readonly succession: SuccessionStatus;
  readonly commit: Commit;
  readonly openFolders: number;
  readonly setAside: readonly { readonly folder: FolderId; readonly error: string }[];
  readonly waitingUpdates: number; readonly outstandingUpdates: number; readonly unsettledMarks: number; readonly runningEffects: number;
  /** Passes over the copies, here and at peers, that are under way or wait: after a start, after an incarnation of a peer, and regularly. */
  readonly comparisons: number;
  /** What hinders the service at present, each with its remedy: a store that refuses, a clock that is off, a bus that exchanges nothing, a folder whose stored copy is damaged. */
  readonly troubles: readonly HubError[];
  /** Records that nobody could read, since the process began. */
  readonly deadRecords: number;
  /** What could be read and was not taken, since the process began: entries without a valid signature, bytes that are no entry, updates of senders whom nobody has certified. */
  readonly refused: number;
  /** Records of the bus that this process had not read when it read last. */
  readonly unreadRecords: number;
  /** Entries that came before those they hang on, and wait for them in memory. */
  readonly heldBack: number;
};

export type SuccessionStatus = {
  /** The incarnations before this one, newest first. */
  readonly predecessors: readonly AuthorId[];
  /** Since when this incarnation succeeds them, in milliseconds since the epoch; null: it never waited. */
  readonly begunAt: number | null;
  /** Services that an operator let it go on without and that have not come back. */
  readonly goesOnWithout: readonly ServiceName[];
  /** What operators forced, oldest first. */
  readonly forces: readonly Force[];
  /** Folders that hold entries of earlier incarnations which came after their succession, kept without effect; at most 1,000. */
  readonly voided: readonly FolderId[];
  /** Folders that somebody keeps for it are all back. */
  readonly whole: boolean;
};

export type Participant<S> = {
  readonly service: ServiceName;
  /** Whether other processes write the store of this service, too. */
  readonly sharedStore: boolean;
  /** One command on one folder; answered when durable. See `handleCommand` for errors. */
  handle<R>(folder: FolderId, command: Command<S, R>): Promise<Handled<R>>;
  /** Resolves when all is durable here. For buses and for Push. */
  receive(updates: readonly FolderUpdate[]): Promise<void>;
  /** Reads a folder; `read` runs at once and keeps nothing of the state. Undefined: not known here. */
  view<T>(folder: FolderId, read: (view: View<S>) => T): Promise<T | undefined>;
  /** Ids whose index has `value` under `field`, in the order of the store. */
  find(field: string, value: string, limit: number, after?: FolderId): Promise<readonly FolderId[]>;
  asides(folder: FolderId, names: readonly string[]): Promise<readonly Aside[]>;
  /** Of a folder something that stands beside the entries is not what they committed to: it is told, in the status, too, until the process ends. */
  noteDamagedPart(folder: FolderId, part: string): void;
  /** Folders of which it is not known that every copy equals the one here, counted up to `maxUnequalCounted`; null: the store does not tell in time. */
  unequalCopies(): Promise<number | null>;
  /** False while folders that others keep for this service are not all back after its store was lost: what is not found may be. */
  isWhole(): boolean;
  /** Who this service is now, as its law sees it. */
  context(): DutyContext;
  /** The highest durable commit of this store: a watcher that begins now begins here. */
  lastCommit(): Commit;
  /** Whether the store has come as far as a commit that somebody saw of it: one that was put back has not. */
  hasReached(commit: Commit): Promise<boolean>;
  /** Folders that change, by an index value; see `ChangeWatch`. */
  watch(field: string, value: string, cursor: Commit, signal: AbortSignal): AsyncIterable<Change | 'current'>;
  /** Fences what was decided on the absence of a folder: whoever did decides anew. False: it is there. Durable when it resolves. */
  touch(folder: FolderId): Promise<boolean>;
  /** What the law looks up has changed: performs what is owed now. Never rejects; what goes wrong is reported. */
  wake(folder: FolderId): Promise<void>;
  /** The cause of a given-up effect or a set-aside folder is gone: tries again, and compares the copy with all who take part. */
  retry(folder: FolderId): Promise<void>;
  /** Lets this incarnation go on without the seals of services that are away; see `forceSuccession` for errors. */
  forceSuccession(order: ForceOrder): Promise<Force>;
  /** Heads of every participant's copy. */
  copies(folder: FolderId): Promise<readonly Copy[]>;
  /** What others may ask; given to the RPC adapter before `start`. */
  readonly peerService: PeerService;
  /** Resolves when answering peers; receiving begins, and commands are taken, once the store has been compared with what peers have seen of it. Until then SUCCESSION_PENDING. */
  start(): Promise<void>;
  /** Resolves when nothing waits to be sent, settled or run. */
  drain(): Promise<void>;
  /** Stops accepting, lets handlers end, flushes; the store is closed by whoever opened it. */
  stop(): Promise<void>;
  status(): ParticipantStatus;
};

export function createParticipant<S>(config: ParticipantConfig<S>): Participant<S> {
  return new KernelParticipant(config);
}

class KernelParticipant<S> implements Participant<S> {
  readonly service: ServiceName;
  readonly peerService: PeerService;
  readonly #config: ParticipantConfig<S>;
  readonly #kernel: Kernel<S>;
  readonly #sweep: Sweep<S>;
  #opened!: () => void;
  #state: ParticipantStatus['state'] = 'created';
  #subscription: Subscription | undefined;
  #unwatch: (() => void) | undefined;
  readonly #damagedParts = new Map<string, HubError>();
  #commands = 0;
  #receiving = false;

  constructor(config: ParticipantConfig<S>) {
    this.service = config.service;
    this.#config = config;
    this.#kernel = buildKernel(config);
    this.#sweep = new Sweep(() => this.#kernel);
    this.peerService = servePeers(this.#kernel, new Promise<void>((opened) => { this.#opened = opened; }));
  }

  get sharedStore(): boolean { return this.#kernel.sharedStore; }

  async handle<R>(folder: FolderId, command: Command<S, R>): Promise<Handled<R>> {
    this.#assertAccepting();
    if (this.#commands >= this.#kernel.limits.maxCommands) throw new HubError('OVERLOADED', { service: this.service });
    this.#commands++;
    try { return await handleCommand(this.#kernel, folder, command); } finally { this.#commands--; }
  }

  async receive(updates: readonly FolderUpdate[]): Promise<void> {
    this.#assertAccepting();
    if (!this.#receiving) throw new HubError('NOT_STARTED', { service: this.service });
    await receiveUpdates(this.#kernel, updates);
  }

  /** The kernel's own record is no folder that anybody looks at. */
  async view<T>(folder: FolderId, read: (view: View<S>) => T): Promise<T | undefined> {
    if (folder === kernelRecordId) return undefined;
    const { locks, cache, sharedStore } = this.#kernel;
    // Nobody is at work on it: what memory holds is durable, and can be read at once.
    const idle = sharedStore || locks.isHeld(folder) ? undefined : cache.get(folder);
    return idle !== undefined ? this.#shown(idle, read) : locks.run(folder, async () => this.#shown(await openFolder(this.#kernel, folder), read), true);
  }

  #shown<T>(open: OpenFolder<S>, read: (view: View<S>) => T): T | undefined {
    return isNothing(open) ? undefined : read(viewOf(this.#kernel, open));
  }

  async find(field: string, value: string, limit: number, after?: FolderId): Promise<readonly FolderId[]> {
    const known = after !== undefined || limit < 1 ? undefined : this.#kernel.unique.find(field, value);
    return known === undefined ? this.#kernel.store.find(field, value, limit, after) : [known];
  }

  asides(folder: FolderId, names: readonly string[]): Promise<readonly Aside[]> { return this.#kernel.store.asides(folder, names); }

  noteDamagedPart(folder: FolderId, part: string): void {
    const key = `${folder} ${part}`, parts = this.#damagedParts;
    if (parts.has(key) || parts.size >= maxDamagedTold) return;
    const error = new HubError('PART_DAMAGED', { folder, part, service: this.service });
    parts.set(key, error);
    this.#kernel.reports.alarm(error, folder);
  }

  unequalCopies(): Promise<number | null> {
    const { store, world, limits } = this.#kernel;
    return withDeadline(world.later, limits.countWithinMs, store.unsettled(limits.maxUnequalCounted)).then(({ length }) => length, () => null);
  }

  isWhole(): boolean { return this.#kernel.succession.whole; }
  context(): DutyContext { return dutyContext(this.#kernel); }
  lastCommit(): Commit { return this.#kernel.commit; }
  // Another instance may have written what this one has not seen yet.
  async hasReached(commit: Commit): Promise<boolean> { return commit <= this.#kernel.commit || commit <= await this.#kernel.store.lastCommit(); }
  watch(field: string, value: string, cursor: Commit, signal: AbortSignal): AsyncIterable<Change | 'current'> { return this.#kernel.changes.watch(field, value, cursor, signal); }
  async touch(folder: FolderId): Promise<boolean> {
    this.#assertAccepting();
    return touchFolder(this.#kernel, folder);
  }

  wake(folder: FolderId): Promise<void> { return wakeFolder(this.#kernel, folder); }
  retry(folder: FolderId): Promise<void> { return retryFolder(this.#kernel, folder); }
  forceSuccession(order: ForceOrder): Promise<Force> { return forceSuccession(this.#kernel, order); }
  copies(folder: FolderId): Promise<readonly Copy[]> { return copiesOf(this.#kernel, folder); }

  async start(): Promise<void> {
    if (this.#state !== 'created') throw new RangeError('a participant starts once');
    this.#state = 'starting';
    const { record, succession, directory } = this.#kernel;
    await record.open();
    await succession.open();
    this.#opened();
    await succession.begin();
    this.#unwatch = directory.watch((author) => { succession.peerChanged(); this.#sweep.peerChanged(author); });
    this.#state = 'ready';
    // What a store that may have been put back acknowledges is worth nothing: until it has been compared, the bus keeps what comes.
    await succession.whenCompared(() => this.#beginReceiving());
    const { effectLeaseMs, troubledWakeMs } = this.#kernel.limits;
    await this.#kernel.time.start(Math.max(effectLeaseMs, troubledWakeMs));
    this.#sweep.start();
  }

  async #beginReceiving(): Promise<void> {
    if (this.#state !== 'ready') return;
    this.#receiving = true;
    this.#subscription = await this.#config.bus.subscribe(this.service, (batch) => this.receive(batch));
  }

  async drain(): Promise<void> {
    const { locks, relay, rest, settler } = this.#kernel;
    await rest.idle();
    await locks.idle();
    await relay.drained();
    await settler.flush();
  }

  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#state = 'stopping';
    const { time, effects, relay, rest, changes, succession } = this.#kernel;
    await this.#subscription?.stop();
    await rest.stop();
    this.#unwatch?.();
    succession.stop();
    changes.close();
    await time.stop();
    await this.#sweep.stop();
    await effects.stop();
    await this.drain();
    relay.stop();
    await succession.flush();
    this.#state = 'stopped';
  }

  status(): ParticipantStatus {
    const { author, commit, cache, relay, settler, effects, succession, predecessors, record } = this.#kernel;
    const { waiting, outstanding } = relay.status;
    return {
      service: this.service, author, state: this.#state === 'ready' && !succession.ready ? 'succeeding' : this.#state, waitsFor: succession.waitsFor,
      clockSkewMs: succession.greeter.skewMs, atRisk: succession.atRisk,
      succession: { predecessors, begunAt: record.begun?.author === author ? record.begun.at : null, goesOnWithout: succession.goesOnWithout, forces: record.forces, voided: [...record.voided], whole: succession.whole },
      commit, openFolders: cache.size,
      setAside: [...cache.setAsideFolders].map(([folder, error]) => ({ folder, error: error.message })),
      waitingUpdates: waiting, outstandingUpdates: outstanding, unsettledMarks: settler.waiting, runningEffects: effects.running + (succession.inspection.running ? 1 : 0),
      comparisons: this.#sweep.pending + (succession.recovering ? 1 : 0), troubles: this.#troubles(), deadRecords: this.#config.bus.deadRecords?.(this.service) ?? 0, refused: this.#kernel.refused.count,
      unreadRecords: this.#config.bus.unreadRecords?.(this.service) ?? 0, heldBack: cache.heldBack,
    };
  }

  #troubles(): readonly HubError[] {
    const { store, succession, cache } = this.#kernel, damaged = [...cache.setAsideFolders.values()].filter(isDamage).slice(0, maxDamagedTold), bus = this.#config.bus.problem?.() ?? null;
    return [store.trouble, succession.greeter.trouble, bus === null ? null : new HubError('BUS_TROUBLED', { problem: bus }), ...damaged, ...this.#damagedParts.values()].filter((one) => one !== null);
  }

  #assertAccepting(): void {
    if (this.#state === 'ready') return;
    throw new HubError(this.#state === 'stopping' || this.#state === 'stopped' ? 'STOPPING' : 'NOT_STARTED', { service: this.service });
  }
}

function buildKernel<S>(config: ParticipantConfig<S>): Kernel<S> {
  const options = config.options ?? {};
  const limits = limitsOf(options);
  const { service, world, keys } = config, store = new WatchedStore(config.store);
  const entries = config.entries ?? processEntries;
  const faults = options.faults ?? new Set();
  const cache = new FolderCache<S>(limits.maxOpenFolders);
  const kernel: Kernel<S> = {
    asks: { authorOf: (one) => authorOf(kernel, one), isMine: (one) => isMine(kernel, one) },
    service, world, keys, store, rules: config.rules, directory: config.directory, peers: config.peers, limits, entries, instance: toHex(world.randomBytes(6)),
    faults, folderFaults: folderFaultsOf(faults), sharedStore: options.sharedStore ?? false, reports: { ...silent, ...config.reports }, refused: { count: 0 }, verify: entries.verifying(keys.verify),
    record: new KernelRecord(store, world.crashPoint), locks: new FolderLocks(limits.maxWaitingPerFolder), arriving: new Map(), sealing: new Map(), cache, unique: new UniqueValues(config.rules.unique ?? [], cache), copies: new CopyCheck(store),
    changes: new ChangeWatch(store, limits.watchPage, kernelRecordId, options.sharedStore ?? false), peerCopies: new PeerCopies(() => kernel), relay: new Relay(() => kernel, config.bus), rest: new RestPuller(() => kernel), mender: new Mender(() => kernel), settler: new Settler(() => kernel),
    effects: new EffectRunner(() => kernel, config.effects ?? {}), time: new TimeWatch(store, world, limits, options.sharedStore ?? false, async (id) => { if (!faults.has('never-wake')) await wakeFolder(kernel, id); }),
    succession: new Succession(() => kernel, config.mark, options.marksFrom ?? 'reachable'), author: '', predecessors: [], commit: 0,
  };
  return kernel;
}
