/** Findings with the line of the file on which each stands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './validate.ts';
import { CALENDAR_FILE, INDUSTRIES_FILE, OFFICES_FILE, SUPPORT_FILE } from './data-files.ts';
import { closestLine, linesOfJson } from './line-of-field.ts';

export type LocatedFinding = Finding & { /** From 1. */ readonly line: number };

/** Reads each file once. A finding about something that no record stands for (a role that nobody bears) is shown at line 1. */
export function locateFindings(findings: readonly Finding[], folder: string): LocatedFinding[] {
  return locateIn(findings, (file) => readFileSync(join(folder, file), 'utf8'));
}

/** `textOf`: the JSON text of a file. */
export function locateIn(findings: readonly Finding[], textOf: (file: string) => string): LocatedFinding[] {
  const files = new Map<string, FileLines>();
  return findings.map((one) => {
    const file = files.get(one.file) ?? linesOfText(textOf(one.file));
    files.set(one.file, file);
    return { ...one, line: lineOf(one, file) };
  });
}

type FileLines = { readonly lines: ReadonlyMap<string, number>; readonly content: unknown };

function linesOfText(text: string): FileLines {
  return { lines: linesOfJson(text), content: JSON.parse(text) };
}

function lineOf({ file, record, field }: Finding, { lines, content }: FileLines): number {
  for (const list of listsOf(file)) {
    const records = list === '' ? content : (content as Readonly<Record<string, unknown>>)[list];
    const at = Array.isArray(records) ? records.findIndex((one) => namesOf(one).includes(record)) : -1;
    if (at !== -1) return closestLine(lines, `${list}[${at}].${field}`);
  }
  return 1;
}

const listsOf = (file: string): readonly string[] => (file === OFFICES_FILE ? ['offices'] : file === SUPPORT_FILE ? ['bases', 'groups'] : file === INDUSTRIES_FILE ? ['industries'] : file === CALENDAR_FILE ? ['days', 'sessions', 'outages'] : ['']);

/** What findings call a record: an id, a date, a procedure with its first day. */
function namesOf(record: unknown): readonly unknown[] {
  const { id, date, code, validFrom, fact, group } = (record ?? {}) as Readonly<Record<string, unknown>>;
  return [id, date, fact, `${String(code)}@${String(validFrom)}`, ...(code === undefined ? [`${String(group ?? 'base')}@${String(validFrom)}`] : [])];
}
