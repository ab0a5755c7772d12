/** A cluster of its own suffers under load, heals, works to the end, and is checked; then nothing of it is left. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listDead, silentLog, Topics } from '@lienthong/bus-kafka';
import { land } from '@lienthong/contract';
import { clusterClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import type { ServersSetting } from '@lienthong/testkit/servers/choose-servers';
import { asFindings, Random } from '@lienthong/testkit/simulator';
import type { Finding } from '@lienthong/testkit/simulator';
import { clusterServices, partName } from '../cluster/cluster-layout.ts';
import type { ClusterService } from '../cluster/cluster-layout.ts';
import { startCluster } from '../cluster/cluster.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Reviver } from '../cluster/reviver.ts';
import type { Arena, LostStore } from './arena.ts';
import { gatherEvidence } from './check/gather-evidence.ts';
import { replay } from './check/replay.ts';
import { showStore } from './check/shown-store.ts';
import { StatusWatch } from './check/watch-status.ts';
import { provisioned } from './faults/faults.ts';
import type { FaultKind } from './faults/plan.ts';
import { storm } from './faults/storm.ts';
import type { Storm } from './faults/storm.ts';
import { Journal } from './journal.ts';
import { landOffice } from './load/cases.ts';
import type { Mix } from './load/cases.ts';
import type { Followed } from './load/follow-case.ts';
import { Load } from './load/load.ts';
import { Network } from './network.ts';
import { Patience, quietDeadlines, workOffDeadlines } from './patience.ts';
import { reportOf } from './report.ts';
import type { ChaosReport } from './report.ts';

export type ChaosOptions = {
  readonly seconds: number; readonly seed: number;
  /** Absent: all. */
  readonly kinds?: readonly FaultKind[];
  /** Absent: `many`. */
  readonly mix?: Mix;
  readonly servers?: ServersSetting;
  /** One line for each thing that happens. */
  readonly note?: (line: string) => void;
  /** Ends the run early: it rejects when everything that it started has ended. */
  readonly interrupted?: AbortSignal;
};

const brokers = 3;
/** Between two lines about the load, in milliseconds. */
const tellEveryMs = 10_000;
const maxDeadShown = 20;

/** Rejects where no cluster can be started, or when it is interrupted. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const directory = await mkdtemp(join(tmpdir(), 'lienthong-chaos-'));
  mkdirSync(join(directory, 'logs'));
  const note = noting(join(directory, 'chaos.log'), options.note);
  const random = new Random(options.seed), doubled = random.pick(clusterServices);
  const network = await Network.open(brokers, [...clusterServices.map((service) => partName({ service, instance: 1 })), partName({ service: doubled, instance: 2 })]);
  let cluster: Cluster | undefined, report: ChaosReport | undefined;
  try {
    cluster = await startCluster({ directory, brokers, instances: 1, spare: [doubled], pages: false, detours: network, ...(options.servers === undefined ? {} : { servers: options.servers }) });
    note(`started; two instances of ${doubled}`);
    report = await orInterrupted(new Run(options, { cluster, network, doubled, directory, random, note }).report(), options.interrupted);
    return report;
  } finally {
    await cluster?.stop();
    await network.close();
    if (report?.ok === true || options.interrupted?.aborted === true) await rm(directory, { recursive: true, force: true });
    else note(`logs are kept in ${directory}`);
  }
}

function noting(file: string, tell: (line: string) => void = () => {}): (what: string) => void {
  const begun = performance.now();
  return (what) => {
    const line = `${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} ${what}`;
    appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
    tell(line);
  };
}

function orInterrupted<T>(work: Promise<T>, interrupted: AbortSignal | undefined): Promise<T> {
  if (interrupted === undefined) return work;
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(new Error('interrupted'));
    if (interrupted.aborted) stop();
    else interrupted.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => {});
  return Promise.race([work, stopped]);
}

const describe = ({ one, code, problem, stands }: Followed): string => `${one.name} (${one.kind}) ${code} does not end: ${stands}; last: ${problem}`;

const told = ({ waited: { givenUp } }: Patience): string => (givenUp === '' ? '' : `; given up: ${givenUp}`);

type Place = { readonly cluster: Cluster; readonly network: Network; readonly doubled: ClusterService; readonly directory: string; readonly random: Random; readonly note: (what: string) => void };

class Run {
  readonly #options: ChaosOptions;
  readonly #place: Place;
  readonly #journal = new Journal();
  readonly #lostStores: LostStore[] = [];
  readonly #heldDown = new Set<string>();
  readonly #workOff = new Patience(workOffDeadlines);
  readonly #quiet = new Patience(quietDeadlines);
  readonly #hub: HubClient;
  readonly #load: Load;
  readonly #status: StatusWatch;
  readonly #reviver: Reviver;
  #stopping = false;

  constructor(options: ChaosOptions, place: Place) {
    const { cluster, doubled, random, note } = this.#place = place;
    this.#options = options;
    this.#hub = clusterClient(Object.fromEntries(cluster.addresses));
    this.#load = new Load(this.#hub, this.#journal, random, `c${options.seed}`, options.mix);
    this.#status = new StatusWatch(cluster);
    const spare = partName({ service: doubled, instance: 2 });
    this.#reviver = new Reviver([...cluster.children.values()], {
      wanted: ({ name }) => !this.#stopping && name !== spare && !this.#heldDown.has(name), revived: ({ name }) => note(`${name} runs again`), failed: ({ name }, error) => note(`${name} does not start: ${String(error)}`),
    });
    options.interrupted?.addEventListener('abort', () => { this.#stopping = true; this.#load.giveUp(); }, { once: true });
  }

  async report(): Promise<ChaosReport> {
    const telling = setInterval(() => this.#place.note(`${this.#journal.acknowledged} of ${this.#journal.commands} commands answered, ${this.#load.open} of ${this.#load.followed.length} dossiers open`), tellEveryMs);
    try {
      const past = await this.#suffer();
      const seen = await this.#recover();
      return await this.#judge(past, seen);
    } finally {
      this.#stopping = true;
      clearInterval(telling);
      this.#reviver.stop();
      this.#load.giveUp();
      await this.#status.stop();
      this.#hub.close();
    }
  }

  async #suffer(): Promise<Storm> {
    const { random, cluster, network, directory, doubled, note } = this.#place, over = new AbortController();
    const timer = setTimeout(() => over.abort(), this.#options.seconds * 1_000);
    this.#options.interrupted?.addEventListener('abort', () => over.abort(), { once: true });
    const arena: Arena = { cluster, network, brokers, directory, doubled, heldDown: this.#heldDown, lostStores: this.#lostStores, over: over.signal, note, people: { come: (count) => this.#load.comeAtOnce(count), answeredBy: (service) => this.#journal.told.filter((one) => one.service === service).length } };
    const coming = this.#load.come();
    // Faults and people draw from numbers of their own: how fast the machine is changes neither.
    const past = await storm(arena, new Random(random.next()), this.#options.kinds);
    clearTimeout(timer);
    this.#load.stopComing();
    await coming;
    return past;
  }

  /** What does not come to its end, with everything whole again. */
  async #recover(): Promise<readonly Finding[]> {
    const { cluster, network, note } = this.#place;
    network.heal();
    await provisioned(cluster.kafka.bootstrap, brokers);
    note(`faults are over; ${this.#load.open} of ${this.#load.followed.length} dossiers are open`);
    await this.#load.workedOff(this.#workOff, () => ({ recovering: this.#status.recovering, listed: this.#allListed() }));
    const open = this.#unended().map(describe);
    note(`worked off; ${open.length} dossiers do not end${told(this.#workOff)}`);
    for (const one of open) note(one);
    const restless = await this.#status.quiet(this.#quiet);
    note(restless.length === 0 ? 'at rest' : `not at rest: ${restless.join('; ')}${told(this.#quiet)}`);
    const dead = await listDead({ brokers: [...cluster.kafka.bootstrap], clientId: 'lienthong-chaos', log: silentLog }, new Topics(), maxDeadShown);
    const heldBack = dead.map(({ id, cause }) => `the record ${id} was held back: ${cause}`);
    return [...asFindings('stuck', [...restless, ...heldBack]), ...await this.#booksAsDecided()];
  }

  /** Whether services list all dossiers that are left: a lost store alone had their particulars, and they will hardly end. */
  #allListed(): boolean {
    const listed = new Set(this.#status.atRisk.flatMap(({ folders }) => folders));
    return this.#unended().every(({ folder, lacks }) => listed.has(folder) || listed.has(lacks));
  }

  #unended(): readonly Followed[] { return this.#load.followed.filter(({ closed }) => !closed); }

  /** The books as an office reads them: each parcel belongs to its buyer. Books of a store that was put back are not asked. */
  async #booksAsDecided(): Promise<readonly Finding[]> {
    if (this.#lostStores.some(({ rewind }) => rewind.service === 'land')) return [];
    const transfers = this.#load.followed.filter(({ one, closed }) => one.parcel !== null && closed);
    const found = await Promise.all(transfers.map(async ({ one: { parcel, buyer, name } }) => {
      const { parcel: now } = await this.#hub.land.getParcel(land.GetParcelRequest.fromPartial({ parcel: parcel!.parcel!.parcel }), { office: landOffice });
      const holder = now?.rights[0]?.holder?.party;
      return holder?.$case === 'citizen' && holder.value.identityNumber === buyer ? [] : [{ kind: 'lost' as const, what: `the parcel of ${name} does not belong to its buyer` }];
    }));
    return found.flat();
  }

  async #judge(past: Storm, seen: readonly Finding[]): Promise<ChaosReport> {
    const { cluster, directory, note } = this.#place, { uri } = cluster.mongo;
    this.#stopping = true;
    this.#reviver.stop();
    await Promise.all([...cluster.children.values()].map((child) => child.stop()));
    const stores = await Promise.all(clusterServices.map((service) => showStore(uri, service)));
    const evidence = gatherEvidence({ directory, stores, lostStores: this.#lostStores, journal: this.#journal, atRisk: this.#status.atRisk, lacking: new Map(this.#unended().map(({ folder, lacks }) => [folder, lacks])) });
    note('checked');
    const { changes, restless, waited } = await replay(cluster, this.#status, evidence.bereft ?? new Set());
    note('replayed');
    const again = asFindings('stuck', [...restless.map((what) => `after the replay ${what}`), ...this.#unended().filter(({ folder }) => evidence.bereft?.has(folder) !== true).map(describe)]);
    return reportOf({ seed: this.#options.seed, journal: this.#journal, dossiers: this.#load.followed.filter(({ code }) => code !== '').length, bereft: this.#unended().filter(({ folder }) => evidence.bereft?.has(folder)).length, storm: past, evidence, stores, lostStores: this.#lostStores, seen: [...seen, ...again], replayChanges: changes, waits: { workOff: this.#workOff.waited, quiet: this.#quiet.waited, replay: waited } });
  }
}
