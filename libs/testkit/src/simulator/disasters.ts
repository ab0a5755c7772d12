/** What befalls the hub. */
import type { Hub } from './hub.ts';
import type { People } from './people.ts';
import type { SimService } from './sim-service.ts';
import { forsake } from './forsake.ts';
import { writeOutdated } from './outdated-write.ts';
import type { Disaster } from './weather.ts';

/** How far a clock is ahead: a little, so that nobody minds, or much. */
const clocksMs = [-3_600_000, -120_000, -15_000, 15_000, 300_000] as const, maxClockMs = 40_000;
const maxInstances = 3;

const maxDownMs = 8_000, maxCutMs = 25_000, minStrayMs = 3_000, maxStrayMs = 25_000, actsDuringStray = 10;

export function strike(hub: Hub, people: People, disaster: Disaster): void {
  const { random, journal } = hub;
  const up = hub.services.filter((one) => one.up);
  if (up.length === 0) return;
  const service = random.pick(up);
  journal.count(disaster);
  hub.note(`${disaster} ${service.name}`);
  switch (disaster) {
    case 'crash': crash(hub, service); return;
    case 'crash-in-flush': service.crashInNextFlush(() => startLater(hub, service)); return;
    case 'stop': void stop(hub, service); return;
    case 'partition': return cut(hub, service);
    case 'clock': return setClock(hub, service);
    case 'scale': return scale(hub, hub.at(hub.plan.doubled));
    case 'stray': return stray(hub, people, service);
    case 'forsake': {
      const absent = random.pick(others(hub, service));
      return absent.up ? forsake(hub, people, service, absent) : undefined;
    }
    case 'renew': service.renew(); break;
    case 'restore': service.restore('any', false, others(hub, service)); break;
    case 'restore-silently': service.restore('any', true, others(hub, service)); break;
    case 'lose-store': service.restore('empty', false, others(hub, service)); break;
  }
  startLater(hub, service);
}

/** Somebody who slept through a handoff wakes up. False: nobody has handed anything on yet. */
export function wakeSleeper(hub: Hub): boolean {
  const sleeper = hub.services.find((one) => one.up && writeOutdated(hub, one));
  if (sleeper === undefined) return false;
  hub.journal.count('write-outdated');
  hub.note(`write-outdated ${sleeper.name}`);
  return true;
}

const others = (hub: Hub, service: SimService): readonly SimService[] => hub.services.filter((one) => one !== service);

/** One process of several, or all of them with what waits to be flushed. */
function crash(hub: Hub, service: SimService): void {
  const { random } = hub;
  if (service.lives.length > 1 && random.percent(70)) service.killOne();
  else service.crash(random.below(service.store.waiting() + 1));
  startLater(hub, service);
}

export function startLater(hub: Hub, service: SimService): void {
  hub.queue.later(hub.random.below(hub.random.pick([20, maxDownMs])), () => { hub.note(`start ${service.name}`); service.start(); });
}

async function stop(hub: Hub, service: SimService): Promise<void> {
  await service.stop();
  startLater(hub, service);
}

function setClock({ random, queue }: Hub, service: SimService): void {
  service.clockMs = random.pick(clocksMs);
  queue.later(random.below(maxClockMs), () => { service.clockMs = 0; });
}

/** More or fewer processes run on one store. */
function scale(hub: Hub, service: SimService): void {
  service.scale(hub.random.between(1, maxInstances));
  startLater(hub, service);
}

/** It ends as it should; what is started next is the new release. */
export async function upgrade(hub: Hub, service: SimService): Promise<void> {
  hub.journal.count('upgrade');
  service.upgrade();
  await stop(hub, service);
}

/** Some on one side, the rest on the other. */
function cut(hub: Hub, service: SimService): void {
  const { random, network } = hub;
  const names = hub.services.map((one) => one.name);
  const side = random.percent(60) ? [service.name] : names.filter(() => random.percent(50));
  network.cut(side, names.filter((one) => !side.includes(one)), random.below(maxCutMs));
}

/** Both the service and its copy are kept busy, so that their logs part. */
function stray(hub: Hub, people: People, service: SimService): void {
  if (service.stray !== null) return;
  service.beginStray();
  const ms = hub.random.between(minStrayMs, maxStrayMs);
  hub.queue.later(ms, () => service.endStray());
  for (let n = 0; n < actsDuringStray; n++) hub.queue.later(hub.random.below(ms), () => { void people.act(service); });
}
