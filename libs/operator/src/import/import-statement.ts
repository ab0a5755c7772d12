/** The treasury's bank statement: a line is one call, and each line says what became of it. The hub judges the dry run, too. */
import { randomUUID } from 'node:crypto';
import { payments } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { print } from '../command.ts';
import { hubOf } from '../hub-target.ts';
import { treasuryOffice } from '../treasury-office.ts';
import { importOfficer, lineByLine, problemOf } from './line-report.ts';
import type { ImportAsked } from './line-report.ts';
import { readTable } from './read-table.ts';
import type { RowProblem } from './row-problem.ts';
import { statementColumns, statementOf } from './statement-rows.ts';
import type { StatementRow } from './statement-rows.ts';

export const statementKinds = ['statement'];
/** Where none is named. */
export const defaultBank = 'KBNN';

export type StatementAsked = ImportAsked & { readonly bank: string; readonly office: string | undefined };
/** `refused`: nothing was written; all others are in the books. */
type Outcome = 'paid' | 'known' | 'set-aside' | 'kept' | 'refused';
type Report = { readonly line: number; readonly key: string; readonly outcome: Outcome; readonly reason?: string; readonly code?: string; readonly receipt?: string; readonly aside?: number } & Partial<RowProblem>;

export async function importStatement(asked: StatementAsked): Promise<number> {
  const rows = statementOf(await readTable(asked.file, statementColumns)), hub = hubOf(asked);
  try {
    const office = asked.office ?? await treasuryOffice(hub), run = randomUUID().slice(0, runCharacters);
    return tell(asked, await lineByLine<StatementRow, Report>(rows, async (row) => [await brought(row, hub, { asked, office, run })]));
  } finally {
    hub.close();
  }
}

/** A call that is repeated is the same request; a file that is brought again is another, and hears what was known. */
const runCharacters = 18;
type Bringing = { readonly asked: StatementAsked; readonly office: string; readonly run: string };

async function brought(row: StatementRow, hub: HubClient, { asked: { bank, dryRun }, office, run }: Bringing): Promise<Report> {
  const { line, key } = row;
  if ('problem' in row) return { line, key, outcome: 'refused', ...row.problem };
  const { date, amount, currency, description } = row;
  let answer = payments.RecordTransferResponse.create();
  const request = payments.RecordTransferRequest.fromPartial({ requestId: `statement-${run}-${line}`, office, bank, reference: key, date, amount, currency, description, validateOnly: dryRun });
  const problem = await problemOf(async () => { answer = await hub.payments.recordTransfer(request, { office, officer: importOfficer }); });
  return problem === null ? { line, key, ...became(answer) } : { line, key, outcome: 'refused', ...problem };
}

function became({ outcome, reason, message, code, receiptNumber, aside }: payments.RecordTransferResponse): Omit<Report, 'line' | 'key'> {
  const { PAID, KNOWN, SET_ASIDE } = payments.TransferOutcome, named: Outcome = outcome === PAID ? 'paid' : outcome === KNOWN ? 'known' : outcome === SET_ASIDE ? 'set-aside' : 'kept';
  const why = reason === '' ? {} : { reason, problem: message?.vi ?? '', remedy: 'lienthong reconcile; SettleMoney: return, to-charge' };
  return { outcome: named, ...why, ...(code === '' ? {} : { code }), ...(receiptNumber === '' ? {} : { receipt: receiptNumber }), ...(aside === 0 ? {} : { aside }) };
}

const outcomes: readonly (readonly [Outcome, string])[] = [['paid', 'đã nộp / paid'], ['known', 'đã biết / known'], ['set-aside', 'chờ xử lý / set aside'], ['kept', 'đang ghi / kept'], ['refused', 'không nhận / refused']];

function tell({ kind, dryRun, json }: StatementAsked, lines: readonly Report[]): number {
  const count = (outcome: Outcome): number => lines.filter((one) => one.outcome === outcome).length, counts = Object.fromEntries(outcomes.map(([outcome]) => [outcome, count(outcome)]));
  if (json) print(JSON.stringify({ kind, dryRun, records: lines.length, ...counts, lines }));
  else print([
    `${dryRun ? 'Thử, chưa ghi / dry run, nothing written' : 'Đã nhập / imported'}: ${lines.length} dòng / lines; ${outcomes.map(([outcome, name]) => `${name} ${count(outcome)}`).join(', ')}`,
    ...lines.map((one) => `dòng / line ${one.line} ${one.key}: ${one.outcome}${one.code === undefined ? '' : ` ${one.code}`}${one.receipt === undefined ? '' : ` ${one.receipt}`}${one.problem === undefined ? '' : ` – ${one.field ?? one.reason ?? ''}: ${one.problem} → ${one.remedy ?? ''}`}`),
  ].join('\n'));
  return count('refused') === 0 ? 0 : 1;
}
