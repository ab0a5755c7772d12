/** Services of the toy law in one process: memory store, memory bus, memory peers, virtual time; each may crash, lose its store, or be cut off. */
import { createHash, randomBytes } from 'node:crypto';
import { memoryBus } from '@lienthong/bus-memory';
import type { Carry } from '@lienthong/bus-memory';
import { memoryPeers } from '@lienthong/rpc-memory';
import { memoryStore } from '@lienthong/store-memory';
import type { MemoryStore } from '@lienthong/store-memory';
import { createParticipant, HubError, knownServices, raisedMark, VerifiedEntries } from '../../src/index.ts';
import type { AuthorId, FolderId } from '@lienthong/folder';
import type { Directory, Effect, EventBus, KernelOptions, Mark, Participant, PeerService, Reports, World } from '../../src/index.ts';
import { ToyKeys } from './toy-keys.ts';
import { toyRules } from './toy-law.ts';
import type { Toy, ToyOptions } from './toy-law.ts';
import { VirtualTime } from './virtual-time.ts';

export type ToyService = {
  readonly name: string;
  participant: Participant<Toy>;
  store: MemoryStore;
  /** Kills the process. */
  end: () => void;
  readonly alarms: HubError[]; readonly deadLetters: string[]; readonly forks: string[];
};
export type ServiceSettings = { readonly law?: ToyOptions; readonly effects?: Readonly<Record<string, Effect<Toy>>>; readonly options?: KernelOptions };

type Call = { readonly from: string; readonly to: string; readonly method: keyof PeerService };

export class ToyHub {
  readonly time = new VirtualTime(1_780_000_000_000);
  readonly keys = new ToyKeys();
  readonly services = new Map<string, ToyService>();
  readonly directory: Directory;
  readonly marks = new Map<string, Mark>();
  readonly #settings: Record<string, ServiceSettings>;
  readonly #bus;
  readonly #peers = memoryPeers({
    later: this.time.later,
    hook: async (call, run) => {
      const { from, to, method } = call;
      this.onCall(call);
      if (this.cutOff.has(to)) throw new HubError('PEER_UNREACHABLE', { service: to, problem: 'cut off' });
      if (method === 'hello') this.strangers.delete(from);
      if (method === 'seal' && this.strangers.has(from)) throw new HubError('CALLER_NOT_ALLOWED', { caller: from, method });
      if (this.callMs > 0) await new Promise<void>((arrived) => { this.time.later(this.callMs, arrived); });
      return run().finally(() => this.onAnswer(call));
    },
  });
  readonly world: World;
  /** Told of each call of one service to another, and when it is over. */
  onCall: (call: Call) => void = () => {};
  onAnswer: (call: Call) => void = () => {};
  /** How long a call is on its way, in milliseconds. */
  callMs = 0;
  /** Decides how updates travel. */
  carry: Carry = ({ deliver }) => deliver();
  /** How far the clocks of all services are ahead, in milliseconds. */
  clockMs = 0;
  /** What the bus says of itself. */
  readonly busFacts = { problem: null as string | null, deadRecords: 0, unreadRecords: 0 };
  /** Services that cannot be called. */
  readonly cutOff = new Set<string>();
  /** Services whose present incarnation nobody knows until it introduces itself. */
  readonly strangers = new Set<string>();

  /** `flushMs`: how long a disk takes to flush what waits; 0: no time. */
  constructor(settings: Readonly<Record<string, ServiceSettings>>, flushMs = 0) {
    this.#settings = { ...settings };
    const flushDelay = flushMs === 0 ? {} : { flushDelay: (run: () => void): void => { this.time.later(flushMs, run); } };
    this.directory = knownServices(Object.keys(settings), this.keys.maySucceed);
    this.#bus = memoryBus({ carry: (travel) => this.carry(travel), defer: (run) => { this.time.later(0, run); }, later: this.time.later });
    this.world = {
      now: () => this.time.now + this.clockMs, randomBytes, hash: (bytes) => createHash('sha256').update(bytes).digest('hex'), later: this.time.later,
      sign: (author, hash) => this.keys.sign(author, hash), signTogether: (author, hash) => this.keys.signTogether(author, hash), verify: this.keys.verify, maySucceed: this.keys.maySucceed,
    };
    for (const name of Object.keys(settings)) {
      const store = memoryStore({ mark: this.#markOf(name), ...flushDelay });
      const service: ToyService = { name, store, participant: undefined as never, end: () => {}, alarms: [], deadLetters: [], forks: [] };
      this.services.set(name, service);
      this.#build(service);
    }
  }

  at(name: string): Participant<Toy> { return this.services.get(name)!.participant; }
  author(name: string): AuthorId { return this.keys.incarnationOf(name); }

  async start(...names: string[]): Promise<void> {
    const starting = (names.length > 0 ? names : [...this.services.keys()]).map((name) => this.at(name).start());
    await this.time.pass(0);
    await Promise.all([this.time.pass(6_000), ...starting]);
  }

  /** The process dies at once; of the writes not yet flushed the first `durable` reach the disk, unanswered. The next one is started over the same disk. */
  crash(name: string, durable = 0): void {
    const service = this.services.get(name)!;
    service.store = service.store.crash(durable);
    this.#build(service);
  }

  /** The process dies; one of another release is started over the same disk. */
  upgrade(name: string, settings: ServiceSettings): void {
    this.#settings[name] = settings;
    this.crash(name);
  }

  /** The process dies and an old copy of its disk takes the place. */
  restore(name: string, backup: ReturnType<MemoryStore['backup']> | null): void {
    const service = this.services.get(name)!;
    service.store = service.store.restore(backup);
    this.#build(service);
  }

  /** Waits for work that needs no time. */
  async run<T>(work: Promise<T>, ms = 0): Promise<T> {
    work.catch(() => {});
    await this.time.pass(ms);
    return work;
  }

  async state(name: string, folder: FolderId): Promise<Toy | undefined> {
    return this.run(this.at(name).view(folder, (view) => structuredClone(view.state)));
  }

  /** Heads of a folder at every service that runs. */
  async heads(folder: FolderId, ...names: string[]): Promise<readonly string[]> {
    const asked = await Promise.all(names.map((name) => this.at(name).peerService.heads(this.author(name), [folder])));
    return asked.map((answer) => JSON.stringify(Object.entries(answer.folders[0]!.heads).sort()));
  }

  #markOf(name: string) {
    return { read: () => this.marks.get(name), raise: (mark: Mark) => { this.marks.set(name, raisedMark(this.marks.get(name), mark)); } };
  }

  #build(service: ToyService): void {
    const reports: Partial<Reports> = {
      alarm: (error) => { service.alarms.push(error); }, deadLetter: (letter) => { service.deadLetters.push(letter.cause); }, fork: (_folder, fork) => { service.forks.push(`${fork.author}/${fork.seq}`); },
    };
    const life = { over: false };
    service.end();
    service.end = () => { life.over = true; };
    // A dead process runs no timers and sends nothing.
    const later: World['later'] = (ms, run) => this.time.later(ms, () => { if (!life.over) run(); });
    const bus: EventBus = { ...this.#bus, problem: () => this.busFacts.problem, deadRecords: () => this.busFacts.deadRecords, unreadRecords: () => this.busFacts.unreadRecords, publish: (destination, batch) => (life.over ? new Promise(() => {}) : this.#bus.publish(destination, batch)) };
    service.participant = this.#participant(service, bus, later, reports);
    this.#peers.register(service.name, service.participant.peerService);
  }

  /** One more process over the store of a service, which nothing is delivered to. */
  another(name: string): Participant<Toy> {
    return this.#participant(this.services.get(name)!, { ...this.#bus, subscribe: async () => ({ stop: async () => {} }) }, this.time.later, {});
  }

  #participant({ name, store }: ToyService, bus: EventBus, later: World['later'], reports: Partial<Reports>): Participant<Toy> {
    const { law, effects, options } = this.#settings[name]!;
    return createParticipant<Toy>({
      service: name, rules: toyRules(law), effects: effects ?? {}, store, bus, peers: this.#peers.of(name),
      directory: this.directory, world: { ...this.world, later }, keys: this.keys, mark: this.#markOf(name), reports, entries: new VerifiedEntries(1 << 20), options: options ?? {},
    });
  }
}

export const folderOf = (name: string): FolderId => createHash('sha256').update(name).digest('hex');
