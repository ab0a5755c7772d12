/** Findings about what an office brought, with the line of its file. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closestLine, linesOfJson } from './line-of-field.ts';
import type { LocatedFinding } from './locate-findings.ts';
import type { OfficeCatalogue } from './office-catalogue.ts';
import { OFFICE_FILE } from './office-files.ts';
import type { Finding } from './validate/finding.ts';

/** The file must hold `office`, in the form in which it is written. */
export function locateOffice(findings: readonly Finding[], office: OfficeCatalogue, folder: string, name: string = OFFICE_FILE): LocatedFinding[] {
  if (findings.length === 0) return [];
  const path = join(folder, name);
  const lines = existsSync(path) ? linesOfJson(readFileSync(path, 'utf8')) : new Map<string, number>();
  return findings.map((one) => ({ ...one, file: name, line: closestLine(lines, pathOf(one, office)) }));
}

const LOCAL = /^local\[(\d+)\]\.?(.*)$/;

/** A local rule is judged inside its procedure; in the file it stands in a list of its own. */
function pathOf({ record, field }: Finding, { procedures, rules }: OfficeCatalogue): string {
  const [code] = record.split('@');
  const at = procedures.findIndex((one) => `${one.code}@${one.validFrom}` === record);
  const [, n, rest] = LOCAL.exec(field) ?? [];
  if (at !== -1 && n === undefined) return `procedures[${at}].${field}`;
  const own = rules.filter((one) => String(one.procedure) === code);
  return `rules[${rules.indexOf(own[Number(n ?? 0)] ?? own[0]!)}].${rest ?? field}`;
}
