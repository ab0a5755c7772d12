/** Figures of the hub beside the raw limits of the same machine in the same run. The load comes from this process, the hub runs in its own. */
import { parseArgs } from 'node:util';
import { clusterClient, hubClient } from '@lienthong/journeys';
import { dueSuite } from './bench/due-suite.ts';
import { handoffSuite } from './bench/handoff-suite.ts';
import { intakeSuite } from './bench/intake-suite.ts';
import { journeySuite } from './bench/journey-suite.ts';
import { round } from './bench/load.ts';
import type { Benched } from './bench/load.ts';
import { usageOf } from './bench/process-usage.ts';
import type { Usage } from './bench/process-usage.ts';
import { readState } from './cluster/cluster-state.ts';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { embeddedHub } from './embedded-hub.ts';

const suites = { intake: intakeSuite, journey: journeySuite, handoff: handoffSuite } as const;
export const maxSeconds = 3_600;
export const maxInFlight = 1_024;

export const benchCommand: Command = {
  name: 'bench', usage: '--suite intake|journey|handoff|due [--seconds 10] [--in-flight 64] [--target cluster] [--json]',
  purpose: { vi: 'Đo hub (chạy riêng, một lần) bên cạnh giới hạn thô của máy.', en: 'Measures an own hub beside the raw limits of the machine.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { suite: { type: 'string' }, seconds: { type: 'string', default: '10' }, 'in-flight': { type: 'string', default: '64' }, target: { type: 'string' }, json: { type: 'boolean' } } });
    const suite = suites[values.suite as keyof typeof suites];
    const seconds = Number(values.seconds), inFlight = Number(values['in-flight']);
    if (suite === undefined && values.suite !== 'due') throw new UsageError(`--suite: ${Object.keys(suites).join(' | ')} | due`);
    if (!(seconds > 0 && seconds <= maxSeconds)) throw new UsageError(`--seconds: 1–${maxSeconds}`);
    if (!(Number.isInteger(inFlight) && inFlight > 0 && inFlight <= maxInFlight)) throw new UsageError(`--in-flight: 1–${maxInFlight}`);
    if (suite === undefined) { show(dueSuite(seconds), values.json === true); return 0; }
    const bench = values.target === undefined ? await ownHub() : cluster(values.target);
    try {
      const { figures, raw, cpuSeconds } = await suite(bench, seconds, inFlight);
      const { rssMb } = await bench.usage();
      const result = {
        suite: values.suite, per_s: figures.per_s, p50_ms: figures.p50_ms, p99_ms: figures.p99_ms, raw: { what: raw.what, per_s: round(raw.per_s), p50_ms: round(raw.p50_ms) },
        ratio: round(values.suite === 'handoff' ? raw.p50_ms / figures.p50_ms : figures.per_s / raw.per_s), cpu_s_per_1000: round(cpuSeconds / figures.count * 1_000), rss_mb: rssMb,
      };
      show(result, values.json === true);
      return 0;
    } finally {
      bench.hub.close();
      await bench.stop();
    }
  },
};

type Stoppable = Benched & { stop(): Promise<void> };

async function ownHub(): Promise<Stoppable> {
  const own = await embeddedHub();
  return { hub: hubClient(own.address), intakeAddress: own.address, usage: () => usageOf(own.pid), stop: () => own.stop() };
}

/** The services' processes together; brokers and database are not in it. */
function cluster(target: string): Stoppable {
  const state = target === 'cluster' ? readState() : undefined;
  if (state === undefined) throw new UsageError('--target: cluster, after `cluster up`');
  const usage = async (): Promise<Usage> => {
    const each = await Promise.all(state.processes.map(({ pid }) => usageOf(pid)));
    return { cpuSeconds: each.reduce((sum, one) => sum + one.cpuSeconds, 0), rssMb: each.reduce((sum, one) => sum + one.rssMb, 0) };
  };
  return { hub: clusterClient(state.addresses), intakeAddress: state.addresses['intake']!, usage, stop: async () => {} };
}

function show(result: object, json: boolean): void {
  print(json ? JSON.stringify(result) : Object.entries(result).map(([name, value]) => `${name.padEnd(16)} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join('\n'));
}
