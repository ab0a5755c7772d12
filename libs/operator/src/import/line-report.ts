/** Lines of a table brought one call each, and what became of each line. */
import { setTimeout as pause } from 'node:timers/promises';
import { CallError } from '@lienthong/rpc-grpc';
import { print } from '../command.ts';
import type { RowProblem } from './row-problem.ts';

export type ImportAsked = { readonly kind: string; readonly file: string; readonly dryRun: boolean; readonly json: boolean; readonly address: string | undefined; readonly target: string | undefined };
/** `ready`, `known`: of a dry run; the hub has what is known already, with the same content. `code` and `due`: of a dossier, here; absent: none, or not written yet. */
export type LineReport = { readonly line: number; readonly key: string; readonly outcome: 'loaded' | 'ready' | 'known' | 'refused'; readonly code?: string; readonly due?: string } & Partial<RowProblem>;

/** Who brings, where an officer is named. */
export const importOfficer = 'nhap-du-lieu';

/** Calls side by side, and how long one is repeated while the hub is busy or restarting, in milliseconds. */
const sideBySide = 8, maxRetryMs = 180_000;

/** Reports of all records, in the order of their lines. */
export async function lineByLine<R, L extends { readonly line: number } = LineReport>(records: readonly R[], bring: (record: R) => Promise<readonly L[]>): Promise<L[]> {
  const reports: (readonly L[])[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: sideBySide }, async () => { while (next < records.length) { const n = next++; reports[n] = await bring(records[n]!); } }));
  return reports.flat().sort((a, b) => a.line - b.line);
}

/** Null: the hub took it. @throws where nobody answers: that is no fault of the line. */
export async function problemOf(call: () => Promise<unknown>): Promise<RowProblem | null> {
  try {
    await repeated(call);
    return null;
  } catch (error) {
    if (!(error instanceof CallError) || error.reason === '') throw error;
    return { field: error.field, problem: error.message, remedy: error.english };
  }
}

async function repeated(call: () => Promise<unknown>): Promise<void> {
  for (const end = Date.now() + maxRetryMs; ; await pause(500)) {
    try { await call(); return; } catch (error) { if (!(error instanceof CallError) || !error.retryable || error.reason === '' || Date.now() > end) throw error; }
  }
}

export function reportLines({ kind, dryRun, json }: ImportAsked, records: number, lines: readonly LineReport[]): number {
  const all = (outcome: LineReport['outcome']): readonly LineReport[] => lines.filter((one) => one.outcome === outcome), refused = all('refused'), known = all('known').length;
  if (json) print(JSON.stringify({ kind, dryRun, records, loaded: all('loaded').length, refused: refused.length, known, lines }));
  else print([
    `${dryRun ? 'Thử, chưa ghi / dry run, nothing written' : 'Đã nhập / imported'}: ${records} bản ghi / records, ${lines.length - refused.length} dòng được / lines taken,${known === 0 ? '' : ` trong đó đã có ${known} / of which there already ${known},`} ${refused.length} dòng không được / lines refused`,
    ...lines.flatMap((one) => (one.code === undefined ? [] : [`dòng / line ${one.line} ${one.key} → ${one.code}, hẹn trả / due ${one.due ?? ''}`])),
    ...refused.map((one) => `dòng / line ${one.line} ${one.key} ${one.field ?? ''}: ${one.problem ?? ''} → ${one.remedy ?? ''}`),
  ].join('\n'));
  return refused.length === 0 ? 0 : 1;
}
