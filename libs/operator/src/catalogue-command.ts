/** `lienthong catalogue …`: what may be asked for, by which rules, and who answers. */
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { checkCatalogue } from './catalogue/check.ts';
import { diffCatalogues } from './catalogue/diff.ts';
import { importCatalogue } from './catalogue/import.ts';
import { printMap } from './catalogue/map.ts';
import { showProcedure } from './catalogue/show.ts';

const subcommands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { check: checkCatalogue, show: showProcedure, import: importCatalogue, diff: diffCatalogues, map: printMap };

export const catalogueCommand: Command = {
  name: 'catalogue', usage: 'check [--data FOLDER] | show CODE [--on DATE] | import --file F [--rules] [--from DATE] [--dry-run] | diff A B | map [--procedure CODE] [--area AREA] [--on DATE]; [--json]',
  purpose: {
    vi: 'Danh mục thủ tục: kiểm tra; xem một thủ tục; nhập danh mục của cơ quan (JSON LayDanhSachTTHC hoặc CSV), với --rules: phí và thời hạn do tỉnh quyết định (CSV); so sánh hai trạng thái (released, current, mã băm, thư mục, tệp); bản đồ thể chế.',
    en: 'The catalogue of procedures: prove it; show one; bring the list of an office (JSON as LayDanhSachTTHC answers, or CSV), with --rules what the province decided on fees and limits (CSV); compare two states (released, current, digest, folder, file); the institution map.',
  },
  async run([name = '', ...args]) {
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (subcommand === undefined) throw new UsageError(`cần một trong / one is needed of: ${Object.keys(subcommands).join(', ')}`);
    return subcommand(args);
  },
};
