/** A reform file beside the hub that it is meant for: its data before and after, or what is wrong with it, by line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyReform, closestLine, linesOfJson, readReforms, validateOffice } from '@lienthong/reference-data';
import type { Finding, Reform, ReferenceData } from '@lienthong/reference-data';
import { clusterDirectory } from '../cluster/cluster-state.ts';
import { catalogueIn, officeFolder } from '../catalogue/catalogue-of-hub.ts';
import type { CatalogueOfHub } from '../catalogue/catalogue-of-hub.ts';
import { print } from '../command.ts';

export type ReformAsked = { readonly file: string; readonly json: boolean; readonly wait: boolean; readonly address: string | undefined; readonly target: string | undefined };

/** Findings printed in full; the rest is counted. */
const findingsShown = 20;

export type LocatedReform = { readonly reform: Reform; readonly catalogue: CatalogueOfHub; readonly published: readonly Reform[]; readonly folder: string; /** Null: the same reform is published already, and `catalogue` has it. */ readonly after: ReferenceData | null };
type Told = Finding & { readonly line: number };

/** Null: it cannot be carried out; that has been told. */
export function reformOfFile(asked: ReformAsked): LocatedReform | null {
  const text = readFileSync(asked.file, 'utf8').replace(/^\uFEFF/, ''), folder = asked.target === 'cluster' ? join(clusterDirectory(), 'reference') : officeFolder();
  const read = parsed(text);
  if ('problem' in read) return told(asked, [{ ...read, record: '', field: '', file: asked.file }]);
  const { reform } = read, catalogue = catalogueIn(folder), published = readReforms(folder), lines = linesOfJson(text);
  const at = (findings: readonly Finding[]): null => told(asked, findings.map((one) => ({ ...one, file: asked.file, line: closestLine(lines, one.field) })));
  const known = published.find((one) => one.reform === reform?.reform);
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(reform)) return { reform, catalogue, published, folder, after: null };
  if (known !== undefined) return at([{ file: '', record: known.reform, field: 'reform', problem: `reform ${known.reform} is published with another content`, remedy: 'give what is to change on top of it an id of its own' }]);
  const applied = applyReform({ ...catalogue.base, sessions: catalogue.sessions }, reform);
  if ('findings' in applied) return at(applied.findings);
  const after = { ...applied.data, sessions: catalogue.base.sessions }, office = validateOffice(after, catalogue.office);
  return office.length > 0 ? at(office.map((one) => ({ ...one, field: '', problem: `${one.record} ${one.field}: ${one.problem}` }))) : { reform, catalogue, published, folder, after };
}

function parsed(text: string): { readonly reform: Reform } | { readonly line: number; readonly problem: string; readonly remedy: string } {
  try {
    return { reform: JSON.parse(text) as Reform };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { line: Number(/line (\d+)/.exec(problem)?.[1] ?? '1'), problem, remedy: 'correct the JSON at this line' };
  }
}

function told({ json }: ReformAsked, findings: readonly Told[]): null {
  if (json) print(JSON.stringify({ findings }));
  for (const one of findings.slice(0, findingsShown)) process.stderr.write(`${one.file}:${one.line} ${one.field}: ${one.problem} → ${one.remedy}\n`);
  if (findings.length > findingsShown) process.stderr.write(`… ${findings.length - findingsShown} lỗi nữa / more faults\n`);
  return null;
}
