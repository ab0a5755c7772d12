/** The whole hub of one schedule: its services, the network between them, the people around it. */
import { VerifiedEntries } from '@lienthong/kernel';
import type { KernelOptions, Rules, View } from '@lienthong/kernel';
import type { FolderState, Keepers, LawEnvironment } from '@lienthong/dossier-service';
import type { Dossier, FolderId, ServiceName } from '@lienthong/law';
import { Clients } from './clients.ts';
import type { DeliberateFault } from './deliberate-faults.ts';
import { lawFaultsOf, kernelFaultsOf, faultyRules, rehearsingForReal } from './deliberate-faults.ts';
import { EventQueue } from './event-queue.ts';
import { forgetfulHost } from './faulty-register.ts';
import { Journal } from './journal.ts';
import type { Life, Surroundings } from './life.ts';
import { Network } from './network.ts';
import { OutsideWorld } from './outside-world.ts';
import { Random } from './random.ts';
import type { Taken } from './replay.ts';
import { SimKeys } from './sim-keys.ts';
import { settledEarly } from './settled-early.ts';
import { SimService } from './sim-service.ts';
import { smallProvince } from './small-province.ts';
import type { Trace } from './trace.ts';
import type { Plan } from './weather.ts';

/** Each keeps the records of the one before it. */
function keepersOf(services: readonly ServiceName[]): Keepers {
  return Object.fromEntries(services.map((name, n) => [name, services[(n + 1) % services.length]!]));
}

/** Bytes of decoded entries that all services of a schedule share. */
const sharedEntryBytes = 8 * 1024 * 1024;
const startMs = 60_000;

export class Hub {
  readonly random: Random;
  readonly queue: EventQueue;
  readonly journal = new Journal();
  readonly network: Network;
  readonly keys: SimKeys;
  readonly outside: OutsideWorld;
  readonly environment: LawEnvironment;
  readonly clients: Clients;
  readonly trace: Trace;
  readonly plan: Plan;
  /** What services have taken from the bus, oldest first. */
  readonly taken: Taken[] = [];
  /** All faults are off: nothing new may befall anybody. */
  healed = false;
  readonly #services = new Map<ServiceName, SimService>();

  constructor(random: Random, plan: Plan, trace: Trace, faults: ReadonlySet<DeliberateFault>) {
    this.random = random;
    this.plan = plan;
    this.trace = trace;
    this.queue = new EventQueue(random, plan.startsAt);
    this.keys = new SimKeys(random, this.queue, this.journal);
    this.environment = plan.keptRecords ? { ...smallProvince(plan.layout), keepers: keepersOf(plan.layout.services) } : smallProvince(plan.layout);
    this.network = new Network(this.queue, random, trace, plan.weather, (to, update) => {
      const life = this.at(to).anyLife();
      life?.take(update);
      return life !== undefined;
    });
    this.outside = new OutsideWorld(random, () => this.network.weather);
    this.clients = new Clients(this.queue, random, this.journal, trace);
    const around = this.#surroundings(faultyRules(this.environment, lawFaultsOf(faults)), { ...plan.options, faults: kernelFaultsOf(faults) }, faults);
    for (const name of plan.layout.services) {
      this.#services.set(name, new SimService(name, around, this.journal, { instances: name === plan.doubled ? 2 : 1, unknownKind: plan.outdatedServices.includes(name) ? plan.newKind : '', lateMark: faults.has('raise-mark-late'), faults }));
    }
  }

  get services(): readonly SimService[] { return [...this.#services.values()]; }
  at(service: ServiceName): SimService { return this.#services.get(service)!; }

  /** Everything runs before the weather turns bad. */
  async begin(): Promise<void> {
    for (const service of this.services) service.start();
    await this.queue.run(this.queue.now + startMs, () => this.services.every((one) => one.lives.every((life) => life.ready)));
  }

  note(what: string): void { this.trace.note(this.queue.now, what); }

  /** Runs until a promise is kept; undefined when it is not within `ms` milliseconds. */
  async outcome<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
    let done = false, result: T | undefined;
    work.then((value) => { done = true; result = value; }, () => { done = true; });
    await this.queue.run(this.queue.now + ms, () => done);
    return result;
  }

  /** What some process of a service makes of its copy of a dossier; undefined: it has none, or dies meanwhile. */
  async read<T>(service: SimService, folder: FolderId, look: (dossier: Dossier, life: Life, view: View<FolderState>) => T): Promise<T | undefined> {
    const life = service.anyLife();
    return life?.participant.view(folder, (view) => (view.state.dossier.root === null ? undefined : look(view.state.dossier, life, view))).catch(() => undefined);
  }

  /** Left out: others that have lost since what they had acknowledged, and what somebody wrote beside a store, for until such a fork is known a number stands for two entries. */
  #checkSettled(name: ServiceName, folders: readonly FolderId[], rules: Rules<FolderState>): void {
    const { journal, keys } = this, lost = new Set(journal.rewinds.map(({ service }) => service));
    if (journal.strayed.size > 0 || journal.counts.has('write-outdated')) return;
    const others = this.services.filter((one) => one.name !== name && !lost.has(one.name));
    for (const id of folders) {
      const lacking = settledEarly(id, this.at(name), others, rules, keys.maySucceed);
      if (lacking !== undefined) journal.problem(`${name} marks ${id.slice(0, 8)} settled before ${lacking} has all that it wrote`);
    }
  }

  #surroundings(rules: Rules<FolderState>, options: KernelOptions, faults: ReadonlySet<DeliberateFault>): Surroundings {
    const { plan, environment, queue, random, network, keys, outside } = this;
    return { services: plan.layout.services, environment, rules, options, registerEffects: faults.has('rehearse-for-real') ? rehearsingForReal : (effects) => effects, registerHost: (host) => forgetfulHost(host, faults), queue, random, network, keys, outside, settled: (service, folders) => this.#checkSettled(service, folders, rules), entries: new VerifiedEntries(sharedEntryBytes), answering: (service) => this.at(service).answers, taken: (by, batch) => { for (const update of batch) this.taken.push({ by, update }); } };
  }
}
