import { parseArgs } from 'node:util';
import { calendarInForce, catalogueFlagTexts, catalogueSummary, loadActs, locateFindings, locateOffice, readDataFiles, releasedData, validate, validateOffice } from '@lienthong/reference-data';
import type { CatalogueSummary, Finding } from '@lienthong/reference-data';
import { print } from '../command.ts';
import { calendarFolderOf, catalogueOfHub, catalogueWith, dayOf, referenceOf } from './catalogue-of-hub.ts';

type Told = Finding & { readonly line?: number };

/** Proves the catalogue, and tells in figures what it holds. Exit code 1 when anything is wrong. */
export async function checkCatalogue(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, data: { type: 'string' }, on: { type: 'string' } } });
  const catalogue = values.data === undefined ? catalogueOfHub() : catalogueWith(readDataFiles(values.data));
  const released = locateFindings(validate(catalogue.base), values.data ?? releasedData);
  // A calendar of this hub stands in place of the released one, and is no part of what was imported.
  const calendar = values.data === undefined ? calendarInForce(calendarFolderOf(catalogue.folder), catalogue.base).findings : [];
  const findings: Told[] = [...released, ...calendar, ...(released.length === 0 ? locateOffice(validateOffice(catalogue.base, catalogue.office), catalogue.office, catalogue.folder) : [])];
  const summary = catalogueSummary(catalogue.data.procedures, dayOf(values.on));
  const facts = { rules: referenceOf(catalogue).digest, own: new Set(catalogue.office.procedures.map((one) => one.code)).size, localRules: catalogue.office.rules.length, acts: loadActs().length };
  print(values.json === true ? JSON.stringify({ ...facts, findings, ...summary }) : textOf(summary, facts, findings));
  return findings.length === 0 ? 0 : 1;
}

function textOf(summary: CatalogueSummary, { rules, own, localRules, acts }: { rules: string; own: number; localRules: number; acts: number }, findings: readonly Told[]): string {
  const flags = Object.entries(summary.flags).map(([flag, codes]) => {
    const meaning = (catalogueFlagTexts as Readonly<Record<string, { vi: string }>>)[flag];
    return `  ${String(codes.length).padStart(4)}  ${flag.padEnd(44)} ${meaning?.vi ?? ''}`;
  });
  return [
    `Danh mục / catalogue ${rules.slice(0, 16)}`,
    `  ${summary.procedures} thủ tục / procedures (${summary.inForce} còn hiệu lực / in force, ${own} do cơ quan nhập / of the office), ${summary.versions} bản / versions`,
    `  ${summary.typed} có quy trình riêng / typed, ${summary.default} theo quy trình mặc định / default route; ${localRules} quyết định của tỉnh / local rules; ${acts} văn bản / acts`,
    'Đánh dấu / flags:', ...flags, `Quyết định về mâu thuẫn của nguồn / decisions on contradictions: ${summary.decisions.length} (catalogue show MÃ)`,
    ...findings.map((one) => `LỖI / FAULT ${one.file}${one.line === undefined ? '' : `:${one.line}`} ${one.record} ${one.field}: ${one.problem} → ${one.remedy}`),
    findings.length === 0 ? 'Không có lỗi / no faults' : `${findings.length} lỗi / faults`,
  ].join('\n');
}
