/** How bad a schedule is. Each draws its own mixture, so that every fault meets every other in some of them, and none drowns the rest. */
import type { KernelOptions, MarksFrom } from '@lienthong/kernel';
import { layouts } from './layouts.ts';
import type { Layout } from './layouts.ts';
import type { Random } from './random.ts';

/** Percent of the messages, calls, reads or flushes that it concerns. */
export type Weather = {
  readonly lossPercent: number; readonly twicePercent: number; readonly delayPercent: number; readonly maxDelayMs: number; readonly damagePercent: number;
  readonly brokerFailsPercent: number; readonly slowFlushPercent: number; readonly slowReadPercent: number;
};
export const clear: Weather = { lossPercent: 0, twicePercent: 0, delayPercent: 0, maxDelayMs: 0, damagePercent: 0, brokerFailsPercent: 0, slowFlushPercent: 0, slowReadPercent: 0 };

export type Disaster = 'crash' | 'crash-in-flush' | 'stop' | 'partition' | 'restore' | 'restore-silently' | 'lose-store' | 'renew' | 'forsake' | 'stray' | 'clock' | 'scale';

export type Plan = {
  readonly layout: Layout; readonly weather: Weather;
  readonly disasters: readonly Disaster[]; readonly disasterCount: number;
  readonly dossiers: number; readonly commands: number;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  /** The service that runs as two instances over one store; '' for none. */
  readonly doubled: string;
  /** Somebody writes under an outdated term. */
  readonly outdated: boolean;
  /** Services of the release before this one, which does not know `newKind`: they are upgraded one by one. */
  readonly outdatedServices: readonly string[]; readonly newKind: string;
  /** Times that finished work is taken up again, although nothing is wrong any more. */
  readonly secondThoughts: number;
  readonly options: KernelOptions;
  /** Each service's records are copied to another one. */
  readonly keptRecords: boolean;
};

const morning = Date.UTC(2026, 2, 2, 1), beforeReform = Date.UTC(2025, 5, 30, 16, 58, 30);

const common: readonly Disaster[] = ['crash', 'crash', 'crash-in-flush', 'crash-in-flush', 'stop', 'partition', 'partition'];
const scaling: readonly Disaster[] = ['scale', 'scale', 'scale'], clocks: readonly Disaster[] = ['clock', 'clock', 'clock', 'clock'];
const rewinds: readonly Disaster[] = ['restore', 'restore', 'restore-silently', 'lose-store', 'renew', 'forsake'], strays: readonly Disaster[] = ['stray', 'stray', 'stray', 'stray'];

const newKinds = ['charge-opened', 'leg-rerouted', 'withdrawal-requested', 'leg-completed', 'consignment-ordered', 'leg-taken-over'] as const;

export function drawPlan(random: Random): Plan {
  const layout = random.pick(layouts);
  const doubled = random.percent(20) ? random.pick(layout.services) : '';
  const rewound = random.percent(45);
  const disasters = [...common, ...(rewound ? [...rewinds, ...rewinds, ...(doubled === '' ? strays : [])] : []), ...(doubled === '' ? [] : scaling), ...(random.percent(20) ? clocks : [])];
  const outdatedServices = random.percent(15) ? layout.services.filter(() => random.percent(40)) : [];
  return {
    layout, weather: doubled === '' ? drawWeather(random) : contended(drawWeather(random)), disasters, disasterCount: random.percent(15) ? 0 : random.between(1, 5), dossiers: random.percent(65) ? 1 : 2, commands: random.between(8, 26),
    startsAt: random.percent(12) ? beforeReform : morning, doubled, outdated: doubled === '' && random.percent(30), outdatedServices, newKind: random.pick(newKinds), secondThoughts: random.percent(35) ? random.between(1, 3) : 0, options: drawOptions(random), keptRecords: random.percent(50),
  };
}

function drawWeather(random: Random): Weather {
  const some = (percent: number, most: number): number => (random.percent(percent) ? random.between(1, most) : 0);
  return {
    lossPercent: some(60, 30), twicePercent: some(60, 30), delayPercent: some(60, 40), maxDelayMs: random.pick([50, 1_000, 20_000]), damagePercent: some(25, 10),
    brokerFailsPercent: some(20, 20), slowFlushPercent: some(40, 40), slowReadPercent: some(40, 30),
  };
}

/** Two instances on one store get in each other's way. */
function contended(weather: Weather): Weather {
  return { ...weather, twicePercent: Math.max(weather.twicePercent, 25), slowFlushPercent: Math.max(weather.slowFlushPercent, 50) };
}

function drawOptions(random: Random): KernelOptions {
  const marksFrom: MarksFrom = random.pick(['all', 'all', 'majority']);
  return {
    marksFrom, sweepEveryMs: random.pick([20_000, 120_000, 300_000]), rememberMarksMs: random.pick([500, 3_000]), resendAfterMs: random.pick([500, 2_000]), settleAfterMs: random.pick([5, 50, 500]), maxOpenFolders: random.percent(10) ? 1 : 1_000,
    scanPage: random.percent(20) ? 1 : 500, maxSweepFolders: random.percent(20) ? 1 : 1_000, soonMs: random.percent(60) ? 50 : 0, laterMs: random.percent(60) ? 500 : 0,
  };
}
