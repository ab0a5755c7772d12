/** Each guard of the hub is taken away alone, and the proof must go red. */
import { parseArgs } from 'node:util';
import { highestSeed, huntMutant, maxSchedules, mutantNames } from '@lienthong/testkit/simulator';
import type { MutantName, MutantVerdict } from '@lienthong/testkit/simulator';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';

export const mutantsCommand: Command = {
  name: 'mutants', usage: '[--only NAME] [--schedules 2000] [--seed 1] [--json]',
  purpose: { vi: 'Bỏ lần lượt từng chốt an toàn của hub và cho thấy bộ kiểm chứng phát hiện ra.', en: 'Takes away each guard of the hub in turn and shows that the proof notices.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { only: { type: 'string' }, schedules: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' }, json: { type: 'boolean' } } });
    const schedules = whole(values.schedules, '--schedules', 1, maxSchedules), seed = whole(values.seed, '--seed', 0, highestSeed);
    const mutants: MutantVerdict[] = [];
    for (const name of chosen(values.only)) {
      const verdict = await huntMutant(name, schedules, seed);
      mutants.push(verdict);
      process.stderr.write(`${lineOf(verdict)}\n`);
    }
    const found = mutants.filter((one) => one.found).length, survived = mutants.length - found;
    print(values.json === true ? JSON.stringify({ mutants, found, survived }) : `${found} bị phát hiện / found, ${survived} lọt / survived`);
    return survived === 0 ? 0 : 1;
  },
};

function chosen(only: string | undefined): readonly MutantName[] {
  if (only === undefined) return mutantNames;
  const name = mutantNames.find((one) => one === only);
  if (name === undefined) throw new UsageError(`--only: ${mutantNames.join(' | ')}`);
  return [name];
}

function whole(text: string, name: string, from: number, to: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to) throw new UsageError(`${name}: ${from}–${to}`);
  return value;
}

function lineOf({ name, guard, found, by, schedules, seed }: MutantVerdict): string {
  return `${found ? '✓' : '✗'} ${name.padEnd(28)} ${found ? `${schedules} lịch trình / schedules, hạt giống / seed ${seed}: ${by}` : `không bị phát hiện trong / not found in ${schedules}: ${guard}`}`;
}
