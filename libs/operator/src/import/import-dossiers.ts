/** Open dossiers of another system with their codes and clocks, and papers that were taken in an announced outage. A line is one call; the hub judges the dry run, too. */
import { intake } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { printInstant } from '@lienthong/law';
import { catalogueOfHub, referenceOf } from '../catalogue/catalogue-of-hub.ts';
import { hubOf } from '../hub-target.ts';
import { dossierColumns, dossiersOf } from './dossier-rows.ts';
import type { DossierRow } from './dossier-rows.ts';
import { importOfficer, lineByLine, problemOf, reportLines } from './line-report.ts';
import type { ImportAsked, LineReport } from './line-report.ts';
import { readTable } from './read-table.ts';
import { requestOf } from './record-rows.ts';
import type { RowProblem } from './row-problem.ts';

export const dossierKinds = ['dossiers'];

export async function importDossiers(asked: ImportAsked): Promise<number> {
  const rows = dossiersOf(await readTable(asked.file, dossierColumns), referenceOf(catalogueOfHub())), hub = hubOf(asked);
  try {
    return reportLines(asked, rows.length, await lineByLine(rows, async (row) => [await brought(row, hub, asked.dryRun)]));
  } finally {
    hub.close();
  }
}

type Answer = { readonly code: string; readonly dueTime?: Date | undefined; readonly problem?: RowProblem };

async function brought(row: DossierRow, hub: HubClient, dryRun: boolean): Promise<LineReport> {
  const { line, key } = row;
  if ('problem' in row) return { line, key, outcome: 'refused', ...row.problem };
  let answer: Answer = { code: '' };
  const problem = await problemOf(async () => { answer = await (row.earlier === undefined ? late(row, hub, dryRun) : earlier(row, hub, dryRun)); }) ?? answer.problem;
  if (problem !== undefined) return { line, key, outcome: 'refused', ...problem };
  return { line, key, outcome: dryRun ? 'ready' : 'loaded', ...(answer.code === '' ? {} : { code: answer.code }), ...(answer.dueTime === undefined ? {} : { due: printInstant(answer.dueTime.getTime()) }) };
}

type Sound = Extract<DossierRow, { readonly counter: string }>;

/** Named by the code there, so that a line that was changed is told and never makes a second dossier. */
const requestIdOf = (system: string, code: string): string => requestOf('dossier', new TextEncoder().encode(JSON.stringify([system, code])));

/** As whoever runs the hub: no counter may date back. */
function earlier({ counter, submission, earlier: life, key }: Sound, hub: HubClient, validateOnly: boolean): Promise<Answer> {
  return hub.intake.importDossier(intake.ImportDossierRequest.fromPartial({ requestId: requestIdOf(life!.system, key), office: counter, submission, earlier: life!, validateOnly }));
}

async function late({ counter, submission, key }: Sound, hub: HubClient, dryRun: boolean): Promise<Answer> {
  const as = { office: counter, officer: importOfficer };
  if (dryRun) {
    const { problems, dueTime } = await hub.intake.checkSubmission(intake.CheckSubmissionRequest.fromPartial({ office: counter, submission }), as), [first] = problems;
    return { code: '', dueTime, ...(first === undefined ? {} : { problem: { field: first.field, problem: first.text?.vi ?? '', remedy: first.text?.en ?? '' } }) };
  }
  const { code, receipt } = await hub.intake.submitDossier(intake.SubmitDossierRequest.fromPartial({ requestId: requestIdOf(submission.lateRecord!.outage, key), office: counter, submission }), as);
  return { code, dueTime: receipt?.dueTime };
}
