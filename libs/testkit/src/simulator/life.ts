/** One life of a process of a service: a participant of the kernel with everything that it is given from outside. Once killed it does and says nothing any more. */
import { hash as digest } from 'node:crypto';
import { memoryBus } from '@lienthong/bus-memory';
import type { MemoryBus } from '@lienthong/bus-memory';
import { createParticipant, HubError, knownServices } from '@lienthong/kernel';
import type { EffectCall, EventBus, FolderUpdate, KernelOptions, Keys, OwnedStore, Participant, Peers, PeerService, Reports, Rules, VerifiedEntries, World } from '@lienthong/kernel';
import type { HighWaterMark } from '@lienthong/kernel';
import { registerEffects, registers } from '@lienthong/dossier-service';
import type { FolderState, Host, LawEnvironment, Registers } from '@lienthong/dossier-service';
import { memoryPeers } from '@lienthong/rpc-memory';
import type { FolderId, ServiceName } from '@lienthong/law';
import { ObservedStore } from './observed-store.ts';
import { outsideEffects } from './outside-world.ts';
import type { OutsideWorld } from './outside-world.ts';
import { parcelRules } from './parcel-register.ts';
import type { Parcel } from './parcel-register.ts';
import type { EventQueue } from './event-queue.ts';
import type { Journal } from './journal.ts';
import type { Network } from './network.ts';
import type { Random } from './random.ts';
import type { SimKeys } from './sim-keys.ts';

/** What all lives of a schedule share. */
export type Surroundings = {
  readonly services: readonly ServiceName[]; readonly environment: LawEnvironment; readonly rules: Rules<FolderState>; readonly options: KernelOptions;
  readonly queue: EventQueue; readonly random: Random; readonly network: Network; readonly keys: SimKeys; readonly entries: VerifiedEntries; readonly outside: OutsideWorld;
  /** The effects of registers as this schedule has them. */
  readonly registerEffects: (effects: Registers<object>['effects']) => Registers<object>['effects'];
  /** What registers stand on. */
  readonly registerHost: (host: Host) => Host;
  /** A service has marked these folders settled. */
  readonly settled: (service: ServiceName, folders: readonly FolderId[]) => void;
  /** A service has taken these messages. */
  readonly taken: (service: ServiceName, batch: readonly FolderUpdate[]) => void;
  /** Whoever answers for a service now; throws PEER_UNREACHABLE when nobody does. */
  readonly answering: (service: ServiceName) => PeerService;
};

export type LifeOptions = {
  readonly service: ServiceName; readonly store: OwnedStore; readonly keys: Keys; readonly mark: HighWaterMark; readonly reports: Partial<Reports>;
  readonly sharedStore: boolean;
  /** How far its clock is ahead, in milliseconds. */
  readonly clockMs: () => number;
  /** A kind of entry that its release does not know yet; '' for none. */
  readonly unknownKind: string;
  /** It calls nobody, and trusts itself: only its messages get out. */
  readonly isolated?: boolean;
};

const slowReadMs = 30, handOverMs = 3, brokerMs = 2;

export class Life {
  readonly service: ServiceName;
  readonly store: ObservedStore;
  readonly participant: Participant<FolderState>;
  readonly registers: Registers<Parcel>;
  readonly host: Host;
  /** Entries of a kind that its release does not know are kept and passed on; it writes nothing beside them. */
  readonly isOutdated: boolean;
  readonly #around: Surroundings;
  readonly #inbox: MemoryBus;
  #alive = true;

  constructor(around: Surroundings, options: LifeOptions) {
    this.#around = around;
    this.service = options.service;
    this.isOutdated = options.unknownKind !== '';
    const { random, environment } = around;
    this.store = new ObservedStore(options.store, {
      alive: () => this.#alive, later: this.later, settled: (folders) => around.settled(options.service, folders), readDelayMs: () => (random.percent(around.network.weather.slowReadPercent) ? random.between(1, slowReadMs) : 0),
    });
    this.#inbox = memoryBus({ defer: (run) => { this.later(random.below(handOverMs), run); }, later: this.later, concurrency: random.between(1, 4), maxBatch: random.between(1, 20) });
    const world = this.#world(options.keys, options.clockMs);
    const directory = knownServices(around.services, options.keys.maySucceed);
    this.participant = createParticipant<FolderState>({
      service: options.service, rules: releasedBefore(around.rules, options.unknownKind), store: this.store, bus: this.#bus(), peers: options.isolated === true ? nobody : this.#peers(), directory, world, keys: options.keys, mark: options.mark,
      reports: this.#whileAlive(options.reports), entries: around.entries, options: { ...around.options, sharedStore: options.sharedStore, ...(options.isolated === true ? { marksFrom: 'reachable' as const } : {}) },
      effects: { ...around.registerEffects(Object.fromEntries(registerEffects.map((name) => [name, { run: (call: EffectCall<FolderState>) => this.registers.effects[name].run(call) }])) as unknown as Registers<Parcel>['effects']), ...outsideEffects(around.outside, this.later) },
    });
    this.host = { service: options.service, participant: this.participant, environment, world, documents: noDocuments, evidence: async () => [], rehearsalsAllowed: true };
    this.registers = registers(around.registerHost(this.host), parcelRules, async () => `pepper of ${options.service}`);
  }

  get alive(): boolean { return this.#alive; }
  get ready(): boolean { return this.#alive && this.participant.status().state === 'ready'; }

  /** What stood beside this folder may have been on no other disk than one that is lost, or that a stray copy wrote to. */
  mayLack(folder: FolderId, journal: Pick<Journal, 'mayLack'>): boolean {
    return journal.mayLack(this.service, folder) || this.participant.status().atRisk?.folders.includes(folder) === true;
  }

  /** Facts of a record were there alone. */
  lacksFacts({ code, meta: { folder = '' } }: HubError, journal: Pick<Journal, 'mayLack'>): boolean { return code === 'FACTS_LOST' && this.mayLack(folder, journal); }

  kill(): void { this.#alive = false; }

  /** A message for this process. */
  take(update: FolderUpdate): void { void this.#inbox.publish(this.service, [update]); }

  /** A timer that dies with the process. */
  readonly later = (ms: number, run: () => void): (() => void) => this.#around.queue.later(ms, () => { if (this.#alive) run(); });

  #world(keys: Keys, clockMs: () => number): World {
    const { queue, random } = this.#around;
    return {
      now: () => queue.now + clockMs(), randomBytes: (n) => random.bytes(n), hash: (bytes) => digest('sha256', bytes, 'hex'), later: this.later, sign: keys.sign, signTogether: keys.signTogether, verify: keys.verify, maySucceed: keys.maySucceed,
    };
  }

  #bus(): EventBus {
    const { network, random } = this.#around;
    return {
      publish: async (destination, batch) => {
        await new Promise<void>((done) => { this.later(random.below(brokerMs), done); });
        if (network.brokerFails()) throw new Error('the broker does not answer');
        for (const update of batch) network.carry(this.service, destination, update);
      },
      subscribe: (service, handler) => this.#inbox.subscribe(service, async (batch) => { await handler(batch); if (this.#alive) this.#around.taken(service, batch); }),
    };
  }

  #peers(): Peers {
    const { network, services, answering } = this.#around;
    const peers = memoryPeers({
      later: this.later,
      hook: async (route, run) => {
        try {
          await network.pass(route.from, route.to);
          if (network.repeats()) void run().catch(() => {});
          const answer = await run();
          await network.pass(route.to, route.from);
          if (this.#alive) return answer;
        } catch (cause) {
          if (this.#alive) throw cause;
        }
        // Nobody hears anything after death, a failure no more than an answer: it would go on, and take a new incarnation.
        return new Promise(() => {});
      },
    });
    for (const service of services) if (service !== this.service) peers.register(service, forwarding(() => answering(service)));
    return peers.of(this.service);
  }

  #whileAlive(reports: Partial<Reports>): Partial<Reports> {
    return {
      alarm: (error, folder) => { if (this.#alive) reports.alarm?.(error, folder); }, fork: (folder, fork) => { if (this.#alive) reports.fork?.(folder, fork); },
      succession: (event) => { if (this.#alive) reports.succession?.(event); },
    };
  }
}

/** Rules of the release before this one: one kind of entry was not known then. */
function releasedBefore(rules: Rules<FolderState>, kind: string): Rules<FolderState> {
  return kind === '' ? rules : { ...rules, knows: (one) => one !== kind };
}

const refuse = (): Promise<never> => Promise.reject(unreachable('peer'));
const nobody: Peers = { to: () => ({ hello: refuse, heads: refuse, pull: refuse, pullAsides: refuse, seal: refuse }) };

const noDocuments: Host['documents'] = { put: async () => ({ ok: false, refusal: 'empty' }), get: async () => undefined, stat: async () => undefined };

function forwarding(to: () => PeerService): PeerService {
  return {
    hello: async (hello) => to().hello(hello), heads: async (from, folders) => to().heads(from, folders), pull: async (from, folder, have) => to().pull(from, folder, have),
    pullAsides: async (from, folder, item, names) => to().pullAsides(from, folder, item, names), seal: async (from, author, page) => to().seal(from, author, page),
  };
}

export function unreachable(service: ServiceName): HubError {
  return new HubError('PEER_UNREACHABLE', { service, problem: 'not running' });
}
