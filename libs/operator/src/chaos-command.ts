/** The production shape under load and faults from a seed, and one checker over all of it. */
import { parseArgs } from 'node:util';
import { highestSeed } from '@lienthong/testkit/simulator';
import { faultKinds } from './chaos/faults/plan.ts';
import type { FaultKind } from './chaos/faults/plan.ts';
import { mixes } from './chaos/load/cases.ts';
import type { Mix } from './chaos/load/cases.ts';
import type { ChaosReport } from './chaos/report.ts';
import { runChaos } from './chaos/run-chaos.ts';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';

export const maxChaosSeconds = 86_400;
/** As a shell tells it of SIGINT. */
const interruptedCode = 130;

export const chaosCommand: Command = {
  name: 'chaos', usage: '[--seconds 60] [--seed 1] [--only FAULT,FAULT] [--mix many|deep] [--json]',
  purpose: { vi: 'Một cụm riêng chịu tải và sự cố thật (broker, cơ sở dữ liệu, dịch vụ, mạng) theo hạt giống, rồi kiểm tra không mất, không lặp, không kẹt.', en: 'A cluster of its own under load and real faults (brokers, database, services, network) from a seed, then checked: nothing lost, doubled or stuck.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' }, only: { type: 'string' }, mix: { type: 'string', default: 'many' }, json: { type: 'boolean' } } });
    const seconds = Number(values.seconds), seed = Number(values.seed);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxChaosSeconds) throw new UsageError(`--seconds: 1–${maxChaosSeconds}`);
    if (!Number.isInteger(seed) || seed < 0 || seed > highestSeed) throw new UsageError(`--seed: 0–${highestSeed}`);
    const kinds = values.only?.split(',').map(kindOf) ?? faultKinds;
    const mix = mixOf(values.mix);
    const interrupt = new AbortController();
    const onSignal = (): void => interrupt.abort();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
    try {
      const report = await runChaos({ seconds, seed, kinds, mix, interrupted: interrupt.signal, note: (line) => { process.stderr.write(`${line}\n`); } });
      print(values.json === true ? JSON.stringify(report) : asText(report));
      return report.ok ? 0 : 1;
    } catch (error) {
      // What was under way may still start something: it dies with this process.
      if (interrupt.signal.aborted) process.exit(interruptedCode);
      throw error;
    } finally {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
    }
  },
};

function mixOf(name: string): Mix {
  if (!Object.hasOwn(mixes, name)) throw new UsageError(`--mix: ${Object.keys(mixes).join(' | ')}`);
  return name as Mix;
}

function kindOf(name: string): FaultKind {
  const kind = faultKinds.find((one) => one === name);
  if (kind === undefined) throw new UsageError(`--only: ${faultKinds.join(' | ')}`);
  return kind;
}

function asText({ violations, ...figures }: ChaosReport): string {
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(16)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return [...lines, ...violations.map((what) => `✗ ${what}`)].join('\n');
}
