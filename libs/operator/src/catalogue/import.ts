import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composedText, csvColumns, csvList, importProcedures, importRules, nationalList, ruleColumns, writeOffice } from '@lienthong/reference-data';
import type { OfficeCatalogue, RowProblem } from '@lienthong/reference-data';
import { print, UsageError } from '../command.ts';
import { catalogueOfHub, catalogueWith, dayOf, referenceOf } from './catalogue-of-hub.ts';
import type { CatalogueOfHub } from './catalogue-of-hub.ts';

/** What an import comes to: codes by what became of them. */
type Outcome = { readonly office: OfficeCatalogue; readonly counts: Readonly<Record<string, readonly string[]>>; readonly problems: readonly RowProblem[] };

/** What becomes of the codes, in both languages, in the order in which they are told. */
const WORDS: Readonly<Record<string, string>> = { added: 'mới / added', changed: 'đổi / changed', unchanged: 'như cũ / unchanged', ended: 'hết hiệu lực / ended', released: 'đã có trong bản phát hành / released already' };

/** Brings an office's list, or with `--rules` what its province decided; a running hub takes it within seconds. Exit code 1 when rows were left out. */
export async function importCatalogue(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { file: { type: 'string' }, rules: { type: 'boolean', default: false }, from: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean' } } });
  if (values.file === undefined) throw new UsageError('thiếu --file / --file is missing');
  const catalogue = catalogueOfHub(), dryRun = values['dry-run'];
  const { office, counts, problems } = readable(values.file, (content) => (values.rules ? rulesIn(content, catalogue) : proceduresIn(content, catalogue, dayOf(values.from))));
  if (!dryRun && JSON.stringify(office) !== JSON.stringify(catalogue.office)) writeOffice(catalogue.folder, office);
  const rules = referenceOf(catalogueWith(catalogue.base, office)).digest;
  print(values.json === true ? JSON.stringify({ rules, dryRun, own: new Set(office.procedures.map((one) => one.code)).size, localRules: office.rules.length, ...counts, problems }) : textOf(counts, problems, rules, dryRun));
  return problems.length === 0 ? 0 : 1;
}

function proceduresIn(content: string, { base, office }: CatalogueOfHub, from: string): Outcome {
  const rows = /^\s*[[{]/.test(content) ? nationalList(content) : csvList(content);
  const { procedures, problems, ...counts } = importProcedures(rows, base, office.procedures, from);
  return { office: { ...office, procedures }, counts, problems };
}

function rulesIn(content: string, { base, office }: CatalogueOfHub): Outcome {
  const { taken, unchanged, problems, office: now } = importRules(content, base, office);
  return { office: now, counts: { changed: taken, unchanged }, problems };
}

/** @throws UsageError when the file as a whole is no list. */
function readable(file: string, read: (content: string) => Outcome): Outcome {
  const content = composedText(readFileSync(file, 'utf8'));
  try {
    return read(content);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    throw new UsageError([
      `${file}: không đọc được danh mục / no list can be read: ${error.message}`, 'JSON như LayDanhSachTTHC trả về / as LayDanhSachTTHC answers',
      `hoặc CSV / or CSV: ${csvColumns.join(',')}`, `--rules: CSV ${ruleColumns.join(',')}`,
    ].join('\n'));
  }
}

function textOf(counts: Outcome['counts'], problems: readonly RowProblem[], rules: string, dryRun: boolean): string {
  const told = Object.entries(WORDS).filter(([name]) => counts[name] !== undefined).map(([name, words]) => `${words} ${counts[name]!.length}`);
  return [
    `${dryRun ? 'Thử, chưa ghi / dry run, nothing written' : 'Đã nhập / imported'} → ${rules.slice(0, 16)}`, `  ${told.join(', ')}, lỗi / refused ${new Set(problems.map((one) => one.line)).size}`,
    ...problems.map((one) => `dòng / line ${one.line} ${one.code} ${one.field}: ${one.problem.vi} / ${one.problem.en} → ${one.remedy.vi} / ${one.remedy.en}`),
  ].join('\n');
}
