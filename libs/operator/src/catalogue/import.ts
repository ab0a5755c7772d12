import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { csvList, importProcedures, nationalList, writeOfficeProcedures } from '@lienthong/reference-data';
import type { Import, ImportRow } from '@lienthong/reference-data';
import { print, UsageError } from '../command.ts';
import { catalogueOfHub, dayOf, referenceOf, withOwn } from './catalogue-of-hub.ts';

/** Brings an office's list; a running hub takes it within seconds. Exit code 1 when rows were left out. */
export async function importCatalogue(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { file: { type: 'string' }, from: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean' } } });
  if (values.file === undefined) throw new UsageError('thiếu --file / --file is missing');
  const catalogue = catalogueOfHub();
  const result = importProcedures(rowsOf(values.file), catalogue.base, catalogue.own, dayOf(values.from));
  const changed = result.added.length + result.changed.length + result.ended.length > 0;
  if (changed && !values['dry-run']) writeOfficeProcedures(catalogue.folder, result.procedures);
  const rules = referenceOf(withOwn(catalogue.folder, catalogue.base, result.procedures)).digest;
  print(values.json === true ? JSON.stringify(jsonOf(result, rules, values['dry-run'])) : textOf(result, rules, values['dry-run']));
  return result.problems.length === 0 ? 0 : 1;
}

function rowsOf(file: string): ImportRow[] {
  const content = readFileSync(file, 'utf8');
  try {
    return /^[\uFEFF\s]*[[{]/.test(content) ? nationalList(content.replace(/^\uFEFF/, '')) : csvList(content);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    throw new UsageError(`${file}: không đọc được danh mục; cần JSON dạng LayDanhSachTTHC hoặc CSV / no list can be read; JSON as LayDanhSachTTHC answers, or CSV: ${error.message}`);
  }
}

function jsonOf({ procedures, ...result }: Import, rules: string, dryRun: boolean): unknown {
  return { rules, dryRun, own: new Set(procedures.map((one) => one.code)).size, ...result };
}

function textOf(result: Import, rules: string, dryRun: boolean): string {
  return [
    `${dryRun ? 'Thử, chưa ghi / dry run, nothing written' : 'Đã nhập / imported'} → ${rules.slice(0, 16)}`,
    `  mới / added ${result.added.length}, đổi / changed ${result.changed.length}, như cũ / unchanged ${result.unchanged.length}, hết hiệu lực / ended ${result.ended.length}, đã có trong bản phát hành / released already ${result.released.length}, lỗi / refused ${new Set(result.problems.map((one) => one.line)).size}`,
    ...result.problems.map((one) => `dòng / line ${one.line} ${one.code} ${one.field}: ${one.problem.vi} / ${one.problem.en} → ${one.remedy.vi} / ${one.remedy.en}`),
  ].join('\n');
}
