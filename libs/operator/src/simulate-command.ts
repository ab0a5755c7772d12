/** The whole hub under a seeded world: crashes, lost messages, restored stores; every schedule is checked. */
import { parseArgs } from 'node:util';
import { highestSeed, maxSchedules } from '@lienthong/testkit/simulator';
import type { SimulationReport } from '@lienthong/testkit/simulator';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { simulateOnThreads } from './simulate/simulate-on-threads.ts';

const reportEvery = 100;

export const simulateCommand: Command = {
  name: 'simulate', usage: '[--schedules 500] [--seed 1] [--json]',
  purpose: { vi: 'Chạy cả hub với sự cố giả lập theo hạt giống, kiểm tra không mất, không lặp, không kẹt hồ sơ.', en: 'Runs the whole hub under simulated faults from a seed and checks that nothing is lost, doubled or stuck.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { schedules: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' }, json: { type: 'boolean' } } });
    const schedules = whole(values.schedules, '--schedules', 1, maxSchedules), seed = whole(values.seed, '--seed', 0, highestSeed);
    const begun = performance.now();
    const progress = (done: number): void => { if (values.json !== true && (done % reportEvery === 0 || done === schedules)) process.stderr.write(`${done}/${schedules}\n`); };
    const report = await simulateOnThreads({ schedules, seed, progress });
    print(values.json === true ? JSON.stringify(report) : asText(report, performance.now() - begun));
    return report.violations.length === 0 ? 0 : 1;
  },
};

function whole(text: string, name: string, from: number, to: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to) throw new UsageError(`${name}: ${from}–${to}`);
  return value;
}

function asText({ schedules, seed, violations }: SimulationReport, ms: number): string {
  const lines = violations.map(({ schedule, what, replay }) => `✗ ${schedule}: ${what}\n  ${replay}`);
  return [...lines, `${schedules} lịch trình / schedules, hạt giống / seed ${seed}, ${violations.length} vi phạm / violations, ${(ms / 1_000).toFixed(1)} s`].join('\n');
}
