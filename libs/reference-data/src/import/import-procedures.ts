/** Brings the list of an office into its own part of the catalogue. Bad rows are told and left out; what is there already stays; twice is once. Pure. */
import { addDays } from '@lienthong/law';
import type { LocalDate, Procedure } from '@lienthong/law';
import type { ReferenceData } from '../data-files.ts';
import type { ImportRow, RowProblem } from './import-row.ts';
import { text } from './import-row.ts';
import { procedureOfRow } from './procedure-of-row.ts';
import { validateAddition } from '../validate-addition.ts';

export type Import = {
  /** The office's own procedures afterwards, in order of code and time. */
  readonly procedures: readonly Procedure[];
  readonly added: readonly string[]; readonly changed: readonly string[]; readonly unchanged: readonly string[]; readonly ended: readonly string[];
  /** Procedures of the released catalogue: theirs stays. */
  readonly released: readonly string[];
  readonly problems: readonly RowProblem[];
};

type Kind = 'added' | 'changed' | 'unchanged' | 'ended' | 'absent';
type Change = { readonly kind: Kind; readonly row: ImportRow; readonly versions: readonly Procedure[] };

/** `own`: what the office imported before. `from`: first day in force of what is new or changed. */
export function importProcedures(rows: readonly ImportRow[], base: ReferenceData, own: readonly Procedure[], from: LocalDate): Import {
  const { changes, released, problems } = changesOf(rows, base, own, from);
  const sound = soundChanges(changes, base, problems);
  const versions = Map.groupBy(own, (one) => one.code);
  for (const change of sound) versions.set(change.row.code, [...change.versions]);
  const codes = (kind: Kind): string[] => sound.filter((one) => one.kind === kind).map((one) => one.row.code);
  return {
    procedures: [...versions.keys()].sort().flatMap((code) => versions.get(code)!), added: codes('added'), changed: codes('changed'), unchanged: codes('unchanged'), ended: codes('ended'), released,
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

function changesOf(rows: readonly ImportRow[], base: ReferenceData, own: readonly Procedure[], from: LocalDate): { readonly changes: Change[]; readonly released: string[]; readonly problems: RowProblem[] } {
  const roles = new Set(base.offices.flatMap((one) => one.roles)), known = new Set(base.procedures.map((one) => one.code)), versions = Map.groupBy(own, (one) => one.code);
  const changes: Change[] = [], released: string[] = [], problems: RowProblem[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const before = seen.get(row.code);
    seen.set(row.code, before ?? row.line);
    if (before !== undefined) problems.push(twice(row, before));
    else if (known.has(row.code)) released.push(row.code);
    else {
      const change = changeOf(row, versions.get(row.code) ?? [], { from, roles });
      if ('problems' in change) problems.push(...change.problems);
      else changes.push(change);
    }
  }
  return { changes, released, problems };
}

/** Those that the validator takes; each of its three stages may find others, so it is asked until it finds nothing. */
function soundChanges(changes: readonly Change[], base: ReferenceData, problems: RowProblem[]): readonly Change[] {
  const findings = Map.groupBy(validateAddition(base, changes.flatMap((one) => one.versions)), (one) => one.record.slice(0, one.record.indexOf('@')));
  if (findings.size === 0) return changes;
  const strangers = [...findings.keys()].filter((code) => !changes.some((one) => one.row.code === code));
  if (strangers.length > 0) throw new RangeError(`the released catalogue is not sound: ${strangers.join(', ')}`);
  for (const { row } of changes) {
    for (const one of findings.get(row.code) ?? []) problems.push({ line: row.line, code: row.code, field: one.field, problem: text(one.problem, one.problem), remedy: text(one.remedy, one.remedy) });
  }
  return soundChanges(changes.filter((one) => !findings.has(one.row.code)), base, problems);
}

const twice = (row: ImportRow, line: number): RowProblem => ({
  line: row.line, code: row.code, field: 'MaTTHC', problem: text(`mã đã có ở dòng ${line}`, `the code stands in line ${line} already`), remedy: text('giữ một dòng cho mỗi thủ tục', 'keep one row for each procedure'),
});

function changeOf(row: ImportRow, before: readonly Procedure[], context: { readonly from: LocalDate; readonly roles: ReadonlySet<string> }): Change | { readonly problems: readonly RowProblem[] } {
  if (!row.active) return ended(row, before, context.from);
  const made = procedureOfRow(row, context);
  if ('problems' in made) return made;
  const last = before.at(-1);
  if (last?.validTo === null && rulesOf(last) === rulesOf(made.procedure)) return { kind: 'unchanged', row, versions: before };
  const kept = last === undefined || last.validFrom < context.from ? closed(before, context.from) : before.slice(0, -1);
  return { kind: last === undefined ? 'added' : 'changed', row, versions: [...kept, made.procedure] };
}

/** A list may say that a procedure is no longer in force. */
function ended(row: ImportRow, before: readonly Procedure[], from: LocalDate): Change {
  const last = before.at(-1);
  if (last?.validTo !== null) return { kind: 'absent', row, versions: before };
  return { kind: 'ended', row, versions: last.validFrom < from ? closed(before, from) : before.slice(0, -1) };
}

const closed = (versions: readonly Procedure[], from: LocalDate): Procedure[] => versions.map((one, n) => (n === versions.length - 1 && one.validTo === null ? { ...one, validTo: addDays(from, -1) } : one));

/** What makes a version another one: everything but its days, and the day of its decisions. */
function rulesOf({ validFrom: _from, validTo: _to, facts, ...rules }: Procedure): string {
  return JSON.stringify({ ...rules, facts: { ...facts, decisions: facts?.decisions.map(({ on: _on, ...one }) => one) } });
}
