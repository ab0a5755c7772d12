/** `lienthong import …`: what an office had before the hub, from its tables. */
import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { targetOptions, targetUsage } from './hub-target.ts';
import { importPlaces, placeKinds } from './import/import-places.ts';
import { importRecords, recordKinds } from './import/import-records.ts';

export const importCommand: Command = {
  name: 'import', usage: `${[...recordKinds, ...placeKinds].join('|')} --file F(.csv|.xlsx) [--dry-run] [--json] ${targetUsage}`,
  purpose: {
    vi: 'Nhập dữ liệu có trước từ CSV hoặc Excel: thửa đất, hộ kinh doanh, đối tượng bảo trợ, cơ quan, ngày nghỉ. Báo cáo từng dòng; làm lại không đổi gì.',
    en: 'Brings what was there before, from CSV or Excel: parcels, household businesses, beneficiaries, offices, days of the calendar. A report per line; doing it again changes nothing.',
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { file: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, ...targetOptions } });
    const [kind = ''] = positionals;
    if (positionals.length !== 1 || ![...recordKinds, ...placeKinds].includes(kind)) throw new UsageError(`cần một trong / one is needed of: ${[...recordKinds, ...placeKinds].join(', ')}`);
    if (values.file === undefined) throw new UsageError('thiếu --file / --file is missing');
    const asked = { kind, file: values.file, dryRun: values['dry-run'], json: values.json, address: values.address, target: values.target };
    return recordKinds.includes(kind) ? importRecords(asked) : importPlaces(asked);
  },
};
