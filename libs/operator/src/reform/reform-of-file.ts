/** A reform file beside the hub that it is meant for: its data before and after, or what is wrong with it, by line. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { applyReform, closestLine, composedText, jsonFault, linesOfJson, readReforms, repeatedFields, validateOffice } from '@lienthong/reference-data';
import type { Finding, Reform, ReferenceData } from '@lienthong/reference-data';
import { clusterDirectory } from '../cluster/cluster-state.ts';
import { catalogueIn, officeFolder } from '../catalogue/catalogue-of-hub.ts';
import type { CatalogueOfHub } from '../catalogue/catalogue-of-hub.ts';
import { print } from '../command.ts';

export type ReformAsked = { readonly file: string; readonly json: boolean; readonly wait: boolean; readonly address: string | undefined; readonly target: string | undefined };

/** Longest file of a reform, in bytes: the change of a whole province has a tenth of it. */
const maxFileBytes = 16 * 1024 * 1024;
/** Findings printed in full; the rest is counted. */
const findingsShown = 20;

export type LocatedReform = { readonly reform: Reform; readonly catalogue: CatalogueOfHub; readonly published: readonly Reform[]; readonly folder: string; /** Null: the same reform is published already, and `catalogue` has it. */ readonly after: ReferenceData | null };
type Told = Finding & { readonly line: number };

/** Null: it cannot be carried out; that has been told. */
export function reformOfFile(asked: ReformAsked): LocatedReform | null {
  const folder = asked.target === 'cluster' ? join(clusterDirectory(), 'reference') : officeFolder(), read = readIn(asked.file);
  if ('problem' in read) return told(asked, [{ field: '', ...read, record: '', file: asked.file }]);
  const { reform, text } = read, catalogue = catalogueIn(folder), published = readReforms(folder), lines = linesOfJson(text);
  const at = (findings: readonly Finding[]): null => told(asked, findings.map((one) => ({ ...one, file: asked.file, line: closestLine(lines, one.field) })));
  const known = published.find((one) => one.reform === reform?.reform);
  if (known !== undefined && isDeepStrictEqual(JSON.parse(composedText(JSON.stringify(known))), reform)) return { reform, catalogue, published, folder, after: null };
  if (known !== undefined) return at([{ file: '', record: known.reform, field: 'reform', problem: `reform ${known.reform} is published with another content`, remedy: 'give what is to change on top of it an id of its own' }]);
  const applied = applyReform({ ...catalogue.base, sessions: catalogue.sessions }, reform);
  if ('findings' in applied) return at(applied.findings);
  const after = { ...applied.data, sessions: catalogue.base.sessions }, office = validateOffice(after, catalogue.office);
  return office.length > 0 ? at(office.map((one) => ({ ...one, field: '', problem: `${one.record} ${one.field}: ${one.problem}` }))) : { reform, catalogue, published, folder, after };
}

/** As it is written: with or without the mark that Windows puts before a text. */
function readIn(file: string): { readonly reform: Reform; readonly text: string } | { readonly line: number; readonly field?: string; readonly problem: string; readonly remedy: string } {
  if (!statSync(file).isFile()) return { line: 1, problem: 'it is no file', remedy: 'name the file of the reform' };
  if (statSync(file).size > maxFileBytes) return { line: 1, problem: `the file has more than ${maxFileBytes} bytes`, remedy: 'write the changes alone, or several reforms' };
  const text = composedText(readFileSync(file, 'utf8'));
  // UTF-16 has a zero beside each letter of the markup.
  if (text.includes('\u0000')) return { line: 1, problem: 'the file is not UTF-8', remedy: 'save it as UTF-8' };
  const fault = jsonFault(text);
  if (fault !== null) return { line: fault.line, problem: `no JSON from ${fault.found} on`, remedy: 'correct the JSON at this line' };
  const [twice] = repeatedFields(text);
  return twice === undefined ? { reform: JSON.parse(text) as Reform, text } : { line: twice.line, field: twice.path, problem: `${twice.path} stands twice in one record`, remedy: 'keep one of them: only the last would hold' };
}

function told({ json }: ReformAsked, findings: readonly Told[]): null {
  if (json) print(JSON.stringify({ findings }));
  for (const one of findings.slice(0, findingsShown)) process.stderr.write(`${one.file}:${one.line} ${one.field}: ${one.problem} → ${one.remedy}\n`);
  if (findings.length > findingsShown) process.stderr.write(`… ${findings.length - findingsShown} lỗi nữa / more faults\n`);
  return null;
}
