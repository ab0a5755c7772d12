/** Who is paid what in a commune in a month: worked out from the files, so that list and files cannot differ. */
import { social as pb } from '@lienthong/contract';
import { actingFor, areaGiven, areaWithPast, pageSizeOf, recordPage, servesArea } from '@lienthong/dossier-service';
import type { StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Area, AreaId, LocalDate } from '@lienthong/law';
import { kindMessages } from './beneficiary-message.ts';
import { heldOf, payingArea, placesOf } from './clashes.ts';
import { missing, today } from './files.ts';
import type { Files } from './files.ts';
import { areaOf, arrearsIn, paidIn, payerIn } from './rules-facts.ts';
import type { Beneficiary, Rate } from './rules-facts.ts';
import { withheldIn } from './rules-clashes.ts';
import { isMonth, lastDayOf } from './rules-months.ts';
import { noStandards, raised } from './rules-standards.ts';
import { byArea } from './rules.ts';

const linesPerPage = { standard: 100, max: 500 } as const;
/** Files of a commune that one list goes through, and how many of them are read at once. */
export const maxFilesPerList = 50_000;
const filesAtOnce = 500;

type Line = { readonly record: StoredRecord<Beneficiary>; readonly rate: Rate; readonly arrears: number; readonly withheld: number };

export async function listPayments(files: Files, request: pb.ListPaymentsRequest, call: Call): Promise<pb.ListPaymentsResponse> {
  const { office } = actingFor(call, request.office);
  if (request.area === '') throw missing('area');
  if (request.month === '') throw missing('month');
  if (!isMonth(request.month)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'month', problem: 'YYYY-MM' }, 'month'));
  const size = pageSizeOf(request, linesPerPage);
  if (!/^([0-9a-f]{64})?$/.test(request.pageToken)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'page_token', problem: request.pageToken }, 'page_token'));
  const { reference } = files.host.environment, area = areaGiven(files.host, request.area, 'area'), areas = areaWithPast(reference, area);
  const makes = payingArea(reference, area, `${request.month}-01`);
  if (makes !== area && (reference.area(area)?.validTo ?? '9') < `${request.month}-01`) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'area', problem: `${request.month}: ${makes}` }, 'area'));
  const lines = await paidLines(files, area, request.month);
  const start = request.pageToken === '' ? 0 : lines.findIndex(({ record }) => record.folder > request.pageToken);
  const page = start < 0 ? [] : lines.slice(start, start + size);
  return {
    payments: page.map((line) => lineMessage(files, line, office)), totalAmount: lines.reduce((sum, { rate, arrears }) => sum + rate.amount + arrears, 0),
    nextPageToken: start >= 0 && start + size < lines.length ? page.at(-1)!.record.folder : '', listTime: new Date(files.host.world.now()), rehearsal: files.register.side === 'rehearsal',
    listedBy: areas.filter((one) => isInForce(reference.area(one), `${request.month}-01`)),
  };
}

const isInForce = (area: Area | undefined, on: LocalDate): boolean => area !== undefined && area.validFrom <= on && (area.validTo === null || on <= area.validTo);

/** All lines, in order of folder; a file that the commune holds under an old and a new name stands once. Of files that seem one person's one is paid, also where they are on the lists of communes that become one in that month. */
async function paidLines(files: Files, area: AreaId, month: string): Promise<readonly Line[]> {
  const { reference } = files.host.environment, standards = reference.support ?? noStandards, areas = areaWithPast(reference, area);
  const found = await listedFiles(files, areaWithPast(reference, payingArea(reference, area, lastDayOf(month))), month), placeOf = placesOf(files);
  const held = withheldIn(found.map((record) => heldOf(files, record)), month, placeOf);
  return found.flatMap((record): Line[] => {
    const facts = raised(record.facts, standards), rate = paidIn(facts, month, areas);
    if (rate === null) return [];
    // Of a commune that was split, one part pays.
    const place = placeOf(payerIn(facts, month)!, month);
    if (place !== placeOf(area, month) && !areas.includes(place)) return [];
    const arrears = arrearsIn(facts, month, areas);
    return [held.has(facts.beneficiary) ? { record, rate: { ...rate, amount: 0 }, arrears: 0, withheld: rate.amount + arrears } : { record, rate, arrears, withheld: 0 }];
  });
}

async function listedFiles({ register }: Files, areas: readonly AreaId[], month: string): Promise<readonly StoredRecord<Beneficiary>[]> {
  const found = new Map<string, StoredRecord<Beneficiary>>();
  let token = '', seen = 0;
  do {
    const page = await recordPage(register, { field: byArea, values: areas, keep: (file) => paidIn(file, month, areas) !== null }, filesAtOnce, token);
    for (const record of page.records) found.set(record.folder, record);
    token = page.next;
    seen += page.records.length;
    if (seen > maxFilesPerList) throw new HubError('FOLDER_FULL', { folder: areas.join(', '), limit: String(maxFilesPerList) });
  } while (token !== '');
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function lineMessage(files: Files, { record: { facts }, rate, arrears, withheld }: Line, office: string): pb.PaymentLine {
  const named = servesArea(files.host.environment.reference, office, areaOf(facts), today(files));
  return { beneficiary: facts.beneficiary, fullName: named ? facts.person.fullName ?? '' : '', kind: kindMessages[facts.kind], amount: rate.amount, arrears, withheld, decisionNumber: rate.decisionNumber };
}
