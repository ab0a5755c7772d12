/** `lienthong reform …`: a dated change of areas and offices, seen before it is made, and made on a running hub. */
import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { targetOptions, targetUsage } from './hub-target.ts';
import { applyReformFile } from './reform/apply.ts';
import { planReformFile } from './reform/plan.ts';
import type { ReformAsked } from './reform/reform-of-file.ts';

const verbs: Readonly<Record<string, (asked: ReformAsked) => Promise<number>>> = { plan: planReformFile, apply: (asked) => applyReformFile(asked) };

export const reformCommand: Command = {
  name: 'reform', usage: `plan|apply --file F [--no-wait] [--json] ${targetUsage}`,
  purpose: {
    vi: 'Sắp xếp đơn vị hành chính và cơ quan từ một ngày (tệp JSON): xem trước mọi hồ sơ, bước, bàn việc, lịch, khoản thu, dòng dữ liệu, địa chỉ bị ảnh hưởng; công bố vào hub đang chạy và chờ đến khi mọi hồ sơ có nơi kế thừa.',
    en: 'A change of areas and offices from a day on (JSON file): shows every dossier, leg, desk, calendar, charge, register row and address touched; publishes it into the running hub and waits until every dossier is with its successor.',
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { file: { type: 'string' }, json: { type: 'boolean', default: false }, 'no-wait': { type: 'boolean', default: false }, ...targetOptions } });
    const [verb = ''] = positionals, run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (run === undefined || positionals.length > 1) throw new UsageError(`cần một trong / one is needed of: ${Object.keys(verbs).join(', ')}`);
    if (values.file === undefined) throw new UsageError('thiếu --file / --file is missing');
    return run({ file: values.file, json: values.json, wait: !values['no-wait'], address: values.address, target: values.target });
  },
};
