/** Who is paid what in a commune in a month: worked out from the files, so that list and files cannot differ. */
import { social as pb } from '@lienthong/contract';
import { actingFor, areaGiven, areaWithPast, pageSizeOf, recordPage, servesArea } from '@lienthong/dossier-service';
import type { StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import { kindMessages } from './beneficiary-message.ts';
import { missing, today } from './files.ts';
import type { Files } from './files.ts';
import { areaOf, arrearsIn, paidIn } from './rules-facts.ts';
import type { Beneficiary, Rate } from './rules-facts.ts';
import { isMonth } from './rules-months.ts';
import { noStandards, raised } from './rules-standards.ts';
import { byArea } from './rules.ts';

const linesPerPage = { standard: 100, max: 500 } as const;
/** Files of a commune that one list goes through, and how many of them are read at once. */
export const maxFilesPerList = 50_000;
const filesAtOnce = 500;

type Line = { readonly record: StoredRecord<Beneficiary>; readonly rate: Rate; readonly arrears: number };

export async function listPayments(files: Files, request: pb.ListPaymentsRequest, call: Call): Promise<pb.ListPaymentsResponse> {
  const { office } = actingFor(call, request.office);
  if (request.area === '') throw missing('area');
  if (request.month === '') throw missing('month');
  if (!isMonth(request.month)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'month', problem: 'YYYY-MM' }, 'month'));
  const size = pageSizeOf(request, linesPerPage);
  if (!/^([0-9a-f]{64})?$/.test(request.pageToken)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'page_token', problem: request.pageToken }, 'page_token'));
  const areas = areaWithPast(files.host.environment.reference, areaGiven(files.host, request.area, 'area'));
  const lines = await paidLines(files, areas, request.month);
  const start = request.pageToken === '' ? 0 : lines.findIndex(({ record }) => record.folder > request.pageToken);
  const page = start < 0 ? [] : lines.slice(start, start + size);
  return {
    payments: page.map((line) => lineMessage(files, line, office)), totalAmount: lines.reduce((sum, { rate, arrears }) => sum + rate.amount + arrears, 0),
    nextPageToken: start >= 0 && start + size < lines.length ? page.at(-1)!.record.folder : '', listTime: new Date(files.host.world.now()), rehearsal: files.register.side === 'rehearsal',
  };
}

/** All lines, in order of folder; a file that the commune holds under an old and a new name stands once. */
async function paidLines({ register, host }: Files, areas: readonly string[], month: string): Promise<readonly Line[]> {
  const found = new Map<string, Line>();
  const standards = host.environment.reference.support ?? noStandards;
  let token = '', seen = 0;
  do {
    const page = await recordPage(register, { field: byArea, values: areas, keep: (file) => paidIn(file, month, areas) !== null }, filesAtOnce, token);
    for (const record of page.records) {
      const facts = raised(record.facts, standards);
      found.set(record.folder, { record, rate: paidIn(facts, month, areas)!, arrears: arrearsIn(facts, month, areas) });
    }
    token = page.next;
    seen += page.records.length;
    if (seen > maxFilesPerList) throw new HubError('FOLDER_FULL', { folder: areas.join(', '), limit: String(maxFilesPerList) });
  } while (token !== '');
  return [...found.values()].sort((a, b) => (a.record.folder < b.record.folder ? -1 : 1));
}

function lineMessage(files: Files, { record: { facts }, rate, arrears }: Line, office: string): pb.PaymentLine {
  const named = servesArea(files.host.environment.reference, office, areaOf(facts), today(files));
  return { beneficiary: facts.beneficiary, fullName: named ? facts.person.fullName ?? '' : '', kind: kindMessages[facts.kind], amount: rate.amount, arrears, decisionNumber: rate.decisionNumber };
}
