/**
 * Writes `data/procedures` and `data/acts` from the rows in `procedures/` and the national lists in `data/national`: `node scripts/generate-procedures.ts [target]`.
 * A test compares: whoever corrects a procedure corrects its row, whoever brings newer lists sees in the diff what they change.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Procedure } from '@lienthong/law';
import { ACTS_FILE, NATIONAL_FOLDER, PROCEDURES_FOLDER } from '../src/data-files.ts';
import { readResultFacts, releasedData } from '../src/read-data-files.ts';
import { actsNamed } from '../src/acts.ts';
import { actsFrom } from './acts.ts';
import { parseCsv } from '../src/csv.ts';
import { procedureFile } from '../src/procedure-file.ts';
import { allProcedures } from './procedures/all.ts';

/** Paths under the data folder, with the text of each file. */
export function generatedFiles(national: string = join(releasedData, NATIONAL_FOLDER)): Map<string, string> {
  const csv = (name: string) => parseCsv(readFileSync(join(national, name), 'utf8'));
  const procedures = allProcedures({ procedures: csv('procedures.csv'), documents: csv('procedure-documents.csv') }, readResultFacts());
  const files = new Map<string, string>();
  for (const [code, versions] of Map.groupBy(procedures, (one: Procedure) => one.code)) files.set(join(PROCEDURES_FOLDER, `${code}.json`), procedureFile(versions));
  const named = [...new Set(procedures.flatMap((one) => [...one.legalBasis, one.source.act, ...one.legs.map((leg) => leg.source.act), ...one.fees.map((fee) => fee.source.act)]).flatMap(actsNamed))];
  files.set(ACTS_FILE, `[\n${actsFrom(named).map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
  return files;
}

export function writeGenerated(target: string): void {
  for (const folder of [PROCEDURES_FOLDER, 'acts']) mkdirSync(join(target, folder), { recursive: true });
  for (const [path, body] of generatedFiles()) writeFileSync(join(target, path), body);
}

if (import.meta.main) writeGenerated(process.argv[2] ?? releasedData);
