/** `lienthong import …`: what an office had before the hub, from its tables. */
import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { targetOptions, targetUsage } from './hub-target.ts';
import { dossierKinds, importDossiers } from './import/import-dossiers.ts';
import { importPlaces, placeKinds } from './import/import-places.ts';
import { importRecords, recordKinds } from './import/import-records.ts';
import { defaultBank, importStatement, statementKinds } from './import/import-statement.ts';

const kinds = [...dossierKinds, ...recordKinds, ...placeKinds, ...statementKinds];

export const importCommand: Command = {
  name: 'import', usage: `${kinds.join('|')} --file F(.csv|.xlsx) [--dry-run] [--json] ${targetUsage}; statement: [--bank ${defaultBank}] [--office TREASURY]`,
  purpose: {
    vi: 'Nhập dữ liệu có trước từ CSV hoặc Excel: hồ sơ đang giải quyết ở hệ thống cũ hoặc nhận giấy khi có sự cố, thửa đất, hộ kinh doanh, đối tượng bảo trợ, cơ quan, ngày nghỉ; sao kê tài khoản của kho bạc. Báo cáo từng dòng; làm lại không đổi gì.',
    en: 'Brings what was there before, from CSV or Excel: open dossiers of another system or taken on paper in an outage, parcels, household businesses, beneficiaries, offices, days of the calendar; the bank statement of the treasury. A report per line; doing it again changes nothing.',
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { file: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, bank: { type: 'string', default: defaultBank }, office: { type: 'string' }, ...targetOptions } });
    const [kind = ''] = positionals;
    if (positionals.length !== 1 || !kinds.includes(kind)) throw new UsageError(`cần một trong / one is needed of: ${kinds.join(', ')}`);
    if (values.file === undefined) throw new UsageError('thiếu --file / --file is missing');
    const asked = { kind, file: values.file, dryRun: values['dry-run'], json: values.json, address: values.address, target: values.target };
    if (statementKinds.includes(kind)) return importStatement({ ...asked, bank: values.bank, office: values.office });
    if (dossierKinds.includes(kind)) return importDossiers(asked);
    return recordKinds.includes(kind) ? importRecords(asked) : importPlaces(asked);
  },
};
