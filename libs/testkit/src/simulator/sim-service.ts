/** A service over all its lives: its disk, the mark beside its keys, its backups. */
import type { AuthorId } from '@lienthong/folder';
import { raisedMark } from '@lienthong/kernel';
import type { Commit, HighWaterMark, Mark, PeerService, Reports } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import { memoryStore } from '@lienthong/store-memory';
import type { MemorySnapshot, MemoryStore } from '@lienthong/store-memory';
import { faultyStore } from './faulty-store.ts';
import type { Journal } from './journal.ts';
import { Life, unreachable } from './life.ts';
import type { Surroundings } from './life.ts';
import { durableEntries } from './durable-entries.ts';
import { durableMarks } from './durable-marks.ts';
import { recordsAreAt } from './record-copies.ts';

type Backup = { readonly snapshot: MemorySnapshot; readonly mark: Mark | undefined };

const flushMs = 3, slowFlushMs = 1_500, lateMarkMs = 3_600_000;

export type ServiceSettings = {
  readonly instances: number;
  /** A kind of entry that it does not know before it is upgraded; '' for none. */
  readonly unknownKind: string;
  /** A deliberate fault: the mark beside the keys is raised an hour later. */
  readonly lateMark: boolean;
  /** Deliberate faults of the store. */
  readonly faults: ReadonlySet<string>;
};

export class SimService {
  readonly name: ServiceName;
  readonly #around: Surroundings;
  readonly #journal: Journal;
  readonly #settings: ServiceSettings;
  readonly #backups: Backup[] = [];
  #mark: Mark | undefined;
  #store: MemoryStore;
  #lives: Life[] = [];
  /** A process on a copy of the store, of which nobody knows. */
  #stray: Life | null = null;
  #doomed: (() => void) | null = null;
  #instances: number;
  /** Nobody starts it before it comes back. */
  #away = false;
  #unknownKind: string;
  /** How far its clock is ahead, in milliseconds. */
  clockMs = 0;

  constructor(name: ServiceName, around: Surroundings, journal: Journal, settings: ServiceSettings) {
    this.name = name;
    this.#around = around;
    this.#journal = journal;
    this.#settings = settings;
    this.#instances = settings.instances;
    this.#unknownKind = settings.unknownKind;
    this.#store = memoryStore({ mark: this.#highWaterMark(), flushDelay: this.#flush });
  }

  get author(): AuthorId { return this.#around.keys.presentOf(this.name); }
  get up(): boolean { return this.#lives.length > 0; }
  get mark(): Mark | undefined { return this.#mark; }
  get store(): MemoryStore { return this.#store; }
  get lives(): readonly Life[] { return this.#lives; }
  get stray(): Life | null { return this.#stray; }

  /** Some process that runs; undefined: none does. */
  anyLife(): Life | undefined { return this.#lives.length === 0 ? undefined : this.#around.random.pick(this.#lives); }

  get answers(): PeerService {
    const life = this.anyLife();
    if (life === undefined) throw unreachable(this.name);
    return life.participant.peerService;
  }

  start(): void {
    while (!this.#away && this.#lives.length < this.#instances) this.#lives.push(this.#begin(this.#store, null));
  }

  /** Dies, and stays away. False: it is down already. */
  leave(): boolean {
    if (!this.up || this.#away) return false;
    this.crash(0);
    return this.#away = true;
  }

  comeBack(): void {
    this.#away = false;
    this.start();
  }

  /** All processes die at once with what was not flushed; of what waits, the first `durable` writes reach the disk, and nobody is told. */
  crash(durable: number): void {
    this.#killAll();
    this.#store = this.#store.crash(durable);
  }

  /** One process of several dies; the store goes on. */
  killOne(): void {
    const at = this.#around.random.below(this.#lives.length);
    for (const life of this.#lives.splice(at, 1)) life.kill();
  }

  /** Ends as it should, then is gone. */
  async stop(): Promise<void> {
    await Promise.all(this.#lives.map((life) => this.#endOne(life)));
  }

  /** Never resolves for one that is killed meanwhile; the others end without it. */
  async #endOne(life: Life): Promise<void> {
    await life.participant.stop();
    life.kill();
    this.#lives = this.#lives.filter((other) => other.alive);
  }

  /** From now on so many processes are to run; of those that are too many, some die. */
  scale(instances: number): void {
    this.#instances = instances;
    while (this.#lives.length > instances) this.killOne();
  }

  /** Whatever process is started next knows all kinds of entries. */
  upgrade(): void { this.#unknownKind = ''; }

  /** Processes of the release before end now, with all that they wrote. */
  endOutdated(): void {
    this.upgrade();
    if (this.#lives.some((life) => life.isOutdated)) this.crash(this.#store.waiting());
  }

  backUp(): void { this.#backups.push({ snapshot: this.#store.backup(), mark: this.#mark }); }

  /** An old copy takes the place of the disk. `silently`: the mark beside the keys goes back with it. `peers`: who may know better. */
  restore(which: 'newest' | 'any' | 'empty', silently: boolean, peers: readonly SimService[]): void {
    const backup = which === 'empty' ? null : (which === 'newest' ? this.#backups.at(-1) : this.#around.random.pick([...this.#backups, null])) ?? null;
    const { commit } = this.#store.backup(), author = this.author, kept = backup?.snapshot.commit ?? 0;
    this.#killAll();
    const witnessed = silently ? Math.max(kept, ...peers.map((peer) => durableMarks(peer.store).get(author) ?? 0)) : commit;
    this.#journal.rewinds.push({ service: this.name, at: this.#around.queue.now, kept, silently, witnessed, heldByOthers: durableEntries(peers.map((peer) => peer.store)), recordsKept: this.#recordsAreKept(peers) });
    if (silently) this.#mark = backup?.mark;
    this.#store = this.#store.restore(backup?.snapshot ?? null);
    if (backup !== null) this.#backups.length = this.#backups.indexOf(backup) + 1;
    else this.#backups.length = 0;
  }

  #recordsAreKept(peers: readonly SimService[]): boolean {
    const { environment, rules } = this.#around, keeper = peers.find(({ name }) => name === environment.keepers?.[this.name]);
    return keeper !== undefined && recordsAreAt(keeper.store, this.#store, this.name, rules);
  }

  /** Its key is thought to be in other hands: the next life is a new incarnation. */
  renew(): void {
    this.crash(0);
    this.#around.keys.renew(this.name);
  }

  /** A copy of the store as it is now begins to live beside the service, under the same author. */
  beginStray(): void {
    this.#journal.strayed.add(this.author);
    let mark = this.#mark;
    const apart: HighWaterMark = { read: () => mark, raise: (next) => { mark = raisedMark(mark, next); } };
    const store = memoryStore({ mark: apart, flushDelay: this.#flushLater }).restore(this.#store.backup());
    const life = new Life(this.#around, { service: this.name, store, keys: this.#around.keys.of(this.name, this.author), mark: apart, reports: {}, sharedStore: false, clockMs: () => this.clockMs, unknownKind: this.#unknownKind, isolated: this.#around.random.percent(60) });
    void life.participant.start().catch(() => {});
    this.#stray = life;
  }

  endStray(): void {
    this.#stray?.kill();
    this.#stray = null;
  }

  #killAll(): void {
    for (const life of this.#lives.splice(0)) life.kill();
  }

  #begin(store: MemoryStore, frozen: AuthorId | null): Life {
    const life = new Life(this.#around, {
      service: this.name, store: faultyStore(store, this.#settings.faults), keys: this.#around.keys.of(this.name, frozen), mark: this.#highWaterMark(), reports: this.#reports(() => life), sharedStore: this.#settings.instances > 1,
      clockMs: () => this.clockMs, unknownKind: this.#unknownKind,
    });
    void life.participant.start().catch((cause: unknown) => { if (life.alive) this.#journal.problem(`${this.name} does not start: ${String(cause)}`); });
    return life;
  }

  #reports(life: () => Life): Partial<Reports> {
    return {
      alarm: (error, folder) => {
        this.#journal.count(`alarm ${error.code}`);
        if (error.row.next !== 'retry' && !expectedAlarms.has(error.code) && !(life().isOutdated && outdatedAlarms.has(error.code))) this.#journal.problem(`${this.name} alarms: ${error.message} ${folder ?? ''}`);
      },
      fork: (folder, fork) => { this.#journal.forks.add(`${folder}/${fork.author}`); this.#journal.count('forks'); },
      succession: ({ step }) => {
        this.#journal.count(`succession ${step}`);
        const listed = step !== 'recovered' && step !== 'returned' && step !== 'inspected' ? null : life().participant.status().atRisk;
        if (listed !== null) this.#journal.atRisk.push({ service: this.name, ...listed });
      },
    };
  }

  /** The next writes wait long for their flush, and before it comes the service crashes. */
  crashInNextFlush(then: () => void): void { this.#doomed = then; }

  /** No crash is prepared any more. */
  spare(): void { this.#doomed = null; }

  readonly #flush = (run: () => void): void => {
    const then = this.#doomed;
    if (then === null) return this.#flushLater(run);
    this.#doomed = null;
    const store = this.#store;
    this.#around.queue.later(this.#around.random.between(1, slowFlushMs), () => {
      if (this.#store !== store) return;
      this.crash(this.#around.random.below(store.waiting() + 1));
      then();
    });
  };

  readonly #flushLater = (run: () => void): void => {
    const { random, queue, network } = this.#around;
    queue.later(random.percent(network.weather.slowFlushPercent) ? random.below(slowFlushMs) : random.below(flushMs), run);
  };

  #highWaterMark(): HighWaterMark {
    return {
      read: () => this.#mark,
      raise: (mark) => {
        if (!this.#settings.lateMark) this.#raise(mark);
        else this.#around.queue.later(lateMarkMs, () => this.#raise(mark));
      },
    };
  }

  #raise(mark: Mark): void {
    this.#mark = raisedMark(this.#mark, mark);
  }
}

/** What may go wrong for a while and is told to whoever runs the service, as it should be. */
const expectedAlarms: ReadonlySet<string> = new Set(['EFFECT_FAILED', 'PEER_UNREACHABLE', 'INCARNATION_OUTDATED', 'ENTRIES_VOIDED']);
/** What a release says of folders with entries of a kind that it does not know. */
export const outdatedAlarms: ReadonlySet<string> = new Set(['FOLDER_READ_ONLY', 'FOLDER_UNREADABLE']);
