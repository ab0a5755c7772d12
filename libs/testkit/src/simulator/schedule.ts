/** One schedule: a hub suffers, heals, works to the end, and is checked. All from one seed. */
import { HubError } from '@lienthong/kernel';
import type { KernelOptions } from '@lienthong/kernel';
import { checkHub } from './check/check-hub.ts';
import type { Evidence, ShownCopy, ShownRecord } from './check/evidence.ts';
import { stateText } from './check/judged-folder.ts';
import { historyLines } from './check/history-lines.ts';
import type { DeliberateFault } from './deliberate-faults.ts';
import { untilQuiet, workToTheEnd } from './diligence.ts';
import { strike, upgrade, wakeSleeper } from './disasters.ts';
import { Hub } from './hub.ts';
import { LateLoss } from './late-loss.ts';
import { parcels } from './parcel-register.ts';
import { unreservedIn } from './unreserved-changes.ts';
import { People } from './people.ts';
import { Random } from './random.ts';
import { replay } from './replay.ts';
import type { SimService } from './sim-service.ts';
import { Trace } from './trace.ts';
import { drawPlan } from './weather.ts';
import type { Plan } from './weather.ts';

export type ScheduleResult = {
  readonly violations: readonly string[];
  /** The same for each run of the same seed. */
  readonly trace: string;
  readonly counts: ReadonlyMap<string, number>; readonly plan: Plan; readonly lines: readonly string[];
};

export type ScheduleOptions = {
  readonly faults?: ReadonlySet<DeliberateFault>;
  /** Keep the lines of the trace. */
  readonly keepTrace?: boolean;
  /** Instead of what is drawn. */
  readonly kernel?: KernelOptions;
};

const healMs = 600_000, answerMs = 60_000;
/** Milliseconds between what people do: mostly at once, now and then after a while. */
const pausesMs = [0, 3, 20, 200, 1_500, 6_000, 60_000] as const;

/** Of a process that slept through a handoff, after each step, once there was one. */
const wakesPercent = 25;

export async function runSchedule(seed: number, options: ScheduleOptions = {}): Promise<ScheduleResult> {
  // Wherever it is called from, what follows runs among kept promises: in a callback of the platform the next tick would come before them, and the run be another.
  await null;
  const random = new Random(seed), trace = new Trace(options.keepTrace);
  const drawn = drawPlan(random), plan = { ...drawn, options: { ...drawn.options, ...options.kernel } };
  const hub = new Hub(random, plan, trace, options.faults ?? new Set());
  await hub.begin();
  await suffer(hub);
  heal(hub);
  const quietMs = healMsOf(plan), quiet = await untilQuiet(hub, quietMs);
  if (!quiet) hub.journal.problem(`not quiet ${quietMs} ms after healing: ${hub.services.map(restlessness).join('; ')}; ${hub.clients.waiting} commands and ${hub.network.underWay} messages under way`);
  const ended = quiet && await workToTheEnd(hub, new LateLoss(hub, seed));
  const evidence = await gather(hub);
  const violations = [...hub.journal.problems, ...checkHub(evidence)];
  if (!ended && violations.length === 0) violations.push('not all dossiers end');
  if (violations.length === 0) violations.push(...await replay(hub, [...hub.taken]));
  for (const copy of evidence.copies) trace.note(hub.queue.now, `${copy.service} ${copy.folder.slice(0, 8)} ${copy.entries.length} ${copy.state?.length ?? 0}`);
  for (const service of hub.services) for (const life of service.lives) life.kill();
  return { violations, trace: trace.hash, counts: hub.journal.counts, plan, lines: trace.keeps ? [...trace.lines, ...historyLines(evidence)] : [] };
}

/** Where each round of the sweep takes a folder only, the last dossier has its turn after so many rounds. */
function healMsOf({ dossiers, options: { maxSweepFolders = Infinity, sweepEveryMs = 0 } }: Plan): number {
  return healMs + (maxSweepFolders < dossiers ? sweepEveryMs * dossiers : 0);
}

async function suffer(hub: Hub): Promise<void> {
  const { random, plan, queue } = hub, people = new People(hub);
  const steps: (() => void)[] = [];
  for (let n = 0; n < plan.commands; n++) steps.push(() => { void people.act(); });
  const anywhere = (step: () => void): void => { steps.splice(random.below(steps.length + 1), 0, step); };
  for (let n = 0; n < plan.disasterCount; n++) { const disaster = random.pick(plan.disasters); anywhere(() => strike(hub, people, disaster)); }
  for (let n = 0; n < 3; n++) anywhere(() => { random.pick(hub.services).backUp(); });
  for (const name of plan.outdatedServices) if (random.percent(50)) anywhere(() => { void upgrade(hub, hub.at(name)); });
  people.submit();
  for (let n = 1; n < plan.dossiers; n++) anywhere(() => people.submit());
  let sleeps = plan.outdated;
  for (const step of steps) {
    await queue.run(queue.now + random.below(random.pick(pausesMs) + 1));
    step();
    if (sleeps && random.percent(wakesPercent)) sleeps = !wakeSleeper(hub);
  }
  if (sleeps) wakeSleeper(hub);
}

/** All faults are off, and everything that is down is started. */
function heal(hub: Hub): void {
  hub.note('heal');
  hub.healed = true;
  hub.network.heal();
  for (const service of hub.services) {
    service.endStray();
    service.spare();
    service.clockMs = 0;
    service.endOutdated();
    service.comeBack();
  }
}

function restlessness({ name, lives, up, store }: SimService): string {
  if (!up) return `${name} is down`;
  const unsettled = [...store.backup().rows.values()].filter((row) => row.unsettled).map((row) => row.id.slice(0, 8));
  return lives.map(({ participant }) => {
    const { state, waitsFor, waitingUpdates, outstandingUpdates, unsettledMarks, runningEffects, succession } = participant.status();
    return `${name} ${state} ${participant.isWhole() ? '' : 'not whole '}${waitsFor.join(',')} ${succession.goesOnWithout.join(',')} ${waitingUpdates}/${outstandingUpdates}/${unsettledMarks}/${runningEffects}`;
  }).concat(unsettled, store.waiting() > 0 ? [`${store.waiting()} writes`] : []).join(', ');
}

async function gather(hub: Hub): Promise<Evidence> {
  const copies: ShownCopy[] = [], records: ShownRecord[] = [], voided = new Map<string, ReadonlySet<string>>();
  for (const service of hub.services) {
    for (const folder of hub.journal.folders) {
      const life = service.anyLife();
      const pulled = life && await hub.outcome(life.participant.peerService.pull(service.author, folder, {}), answerMs);
      const state = await hub.outcome(hub.read(service, folder, stateText), answerMs);
      copies.push({ service: service.name, folder, entries: pulled?.entries ?? [], state: state ?? null });
    }
    // Whoever died when it had noted it, and before it had told it, tells it still.
    const last = service.anyLife()?.participant.status().atRisk ?? null;
    if (last !== null) hub.journal.atRisk.push({ service: service.name, ...last });
    voided.set(service.name, new Set(service.lives.flatMap(({ participant }) => participant.status().succession.voided)));
    records.push(...await (recordsStand(hub, service) ? recordsOf(hub, service) : partsOf(hub, service)));
  }
  const { journal, keys, environment, outside } = hub;
  return {
    environment, services: hub.plan.layout.services, copies, records, verify: keys.verify, maySucceed: keys.maySucceed, presentOf: (service) => keys.presentOf(service), now: hub.queue.now,
    acknowledged: [...journal.acknowledged.values()].flat(), rewinds: journal.rewinds, atRisk: journal.atRisk, forks: journal.forks, strayed: journal.strayed, voided, outside: outside.done,
  };
}

/** Registers of services whose store never lost anything, or whose records their keeper had, and did not lose. */
function recordsStand({ journal, environment: { keepers } }: Hub, { name }: SimService): boolean {
  const { rewinds } = journal, own = rewinds.filter(({ service }) => service === name), keeper = keepers?.[name];
  if (own.length === 0) return true;
  const stand = own.every(({ recordsKept }) => recordsKept === true) && !rewinds.some(({ service }) => service === keeper);
  if (stand) journal.count('registers that came back');
  return stand;
}

/** What a register has that its store lost in part. */
async function partsOf(hub: Hub, service: SimService): Promise<ShownRecord[]> {
  const found: ShownRecord[] = [];
  for (const side of ['real', 'rehearsal'] as const) for (const parcel of parcels) {
    const life = service.anyLife();
    if (life === undefined) continue;
    const folder = await life.registers.of(side).folderOf(parcel);
    const record = await hub.outcome(life.participant.view(folder, ({ state }) => ({ applied: [...state.record?.applied ?? []], undone: (state.record?.undone ?? []).map(({ decision }) => decision) })), answerMs);
    found.push({ service: service.name, folder, side, applied: record?.applied ?? [], undone: record?.undone ?? [], changes: 0, partly: true });
  }
  return found;
}

async function recordsOf(hub: Hub, service: SimService): Promise<ShownRecord[]> {
  const found: ShownRecord[] = [];
  for (const side of ['real', 'rehearsal'] as const) for (const parcel of parcels) {
    const life = service.anyLife();
    if (life === undefined) continue;
    const failed = (cause: unknown): 'lost' | undefined => {
      if (cause instanceof HubError && life.lacksFacts(cause, hub.journal)) return 'lost';
      hub.journal.problem(`${service.name} cannot read ${parcel}: ${String(cause)}`);
      return undefined;
    };
    const record = await hub.outcome(life.registers.of(side).get(parcel).catch(failed), answerMs);
    if (record === 'lost') { hub.journal.count('facts that one store alone had'); continue; }
    const folder = record?.folder ?? await life.registers.of(side).folderOf(parcel);
    const undone = await hub.outcome(life.participant.view(folder, ({ state }) => (state.record?.undone ?? []).map(({ decision }) => decision)), answerMs) ?? [];
    // A record that is not there bears no decision.
    if (record === undefined) { found.push({ service: service.name, folder, side, applied: [], undone, changes: 0 }); continue; }
    const applied = await hub.outcome(life.participant.view(folder, ({ state }) => [...state.record!.applied]), answerMs);
    const pulled = await hub.outcome(life.participant.peerService.pull(service.author, folder, {}), answerMs);
    found.push({ service: service.name, folder, side, applied: applied ?? [], undone, changes: record.facts.transfers.length, unreserved: unreservedIn(pulled?.entries ?? [], hub.journal.strayed) });
  }
  return found;
}
