/** Who is paid what in a commune in a month: worked out from the files, so that list and files cannot differ. */
import { social as pb } from '@lienthong/contract';
import { actingFor, areaGiven, areaWithPast, folderAfter, listToken, pageSizeOf, recordPage } from '@lienthong/dossier-service';
import type { StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { Area, AreaId, LocalDate } from '@lienthong/law';
import { kindMessages, payToMessage } from './beneficiary-message.ts';
import { heldOf, payingArea, placesOf } from './clashes.ts';
import { maySeeNames, missing, today } from './files.ts';
import type { Files } from './files.ts';
import { areaOf, listedIn } from './rules-facts.ts';
import type { Beneficiary, Rate } from './rules-facts.ts';
import { withheldIn } from './rules-clashes.ts';
import { isMonth, lastDayOf } from './rules-months.ts';
import { goesThere, isBankName, maxBankCharacters, totalsByWay } from './rules-payment-ways.ts';
import type { WantedWay } from './rules-payment-ways.ts';
import { noStandards, raised } from './rules-standards.ts';
import { byArea } from './rules.ts';

const linesPerPage = { standard: 100, max: 500 } as const;
/** Files of a commune that one list goes through, and how many of them are read at once. */
export const maxFilesPerList = 50_000;
const filesAtOnce = 500;
/** Sums that stand on each page of a list. */
export const maxTotalsPerList = 1_000;

const paymentsList = 'payments';

type Line = { readonly record: StoredRecord<Beneficiary>; readonly rate: Rate; readonly arrears: number; readonly withheld: number };

export async function listPayments(files: Files, request: pb.ListPaymentsRequest, call: Call): Promise<pb.ListPaymentsResponse> {
  const { office } = actingFor(call, request.office);
  if (request.area === '') throw missing('area');
  if (request.month === '') throw missing('month');
  if (!isMonth(request.month)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'month', problem: 'YYYY-MM' }, 'month'));
  const size = pageSizeOf(request, linesPerPage);
  const shown = folderAfter(paymentsList, request.pageToken), { reference } = files.host.environment, area = areaGiven(files.host, request.area, 'area'), areas = areaWithPast(reference, area);
  const makes = payingArea(reference, area, `${request.month}-01`);
  if (makes !== area && (reference.area(area)?.validTo ?? '9') < `${request.month}-01`) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'area', problem: `${request.month}: ${makes}` }, 'area'));
  const named = maySeeNames(files, office, area), wanted = wantedOf(request);
  // Asking for one bank after the other would tell who has an account where.
  if (wanted.bank !== undefined && !named) throw new HubError('CALLER_NOT_ALLOWED', { caller: office, method: call.method }, { field: 'office' });
  const all = await paidLines(files, area, request.month), lines = all.filter(({ rate }) => goesThere(rate.account, wanted));
  const start = shown === undefined ? 0 : lines.findIndex(({ record }) => record.folder > shown);
  const page = start < 0 ? [] : lines.slice(start, start + size);
  return {
    payments: page.map((line) => lineMessage(files, line, office)), totalAmount: lines.reduce((sum, line) => sum + paidOf(line), 0),
    nextPageToken: start >= 0 && start + size < lines.length ? listToken(paymentsList, page.at(-1)!.record.folder) : '', listTime: new Date(files.host.world.now()), rehearsal: files.register.side === 'rehearsal',
    listedBy: areas.filter((one) => isInForce(reference.area(one), `${request.month}-01`)), totals: totalsOf(all, named, area),
  };
}

const paidOf = ({ rate, arrears }: Line): number => rate.amount + arrears;

/** FIELD_INVALID: a channel that there is not, or a bank of another one. */
function wantedOf({ channel, bank }: pb.ListPaymentsRequest): WantedWay {
  const invalid = (field: string, problem: string): HubError => errorOfRefusal(refuse('FIELD_INVALID', { field, problem }, field));
  if (bank !== '' && channel !== pb.PaymentChannel.BANK) throw invalid('bank', 'PAYMENT_CHANNEL_BANK');
  if (bank !== '' && !isBankName(bank)) throw invalid('bank', `≤ ${maxBankCharacters}`);
  switch (channel) {
    case pb.PaymentChannel.UNSPECIFIED: return {};
    case pb.PaymentChannel.POST: return { way: 'post' };
    case pb.PaymentChannel.BANK: return { way: 'bank', ...(bank === '' ? {} : { bank }) };
    default: throw invalid('channel', 'PAYMENT_CHANNEL_POST, PAYMENT_CHANNEL_BANK');
  }
}

/** What is held back goes nowhere. */
function totalsOf(lines: readonly Line[], named: boolean, area: AreaId): pb.ChannelTotal[] {
  const totals = totalsByWay(lines.filter(({ withheld }) => withheld === 0).map((line) => ({ account: line.rate.account, amount: paidOf(line) })), named);
  if (totals.length > maxTotalsPerList) throw new HubError('FOLDER_FULL', { folder: area, limit: String(maxTotalsPerList) });
  return totals.map(({ way, ...total }) => ({ channel: way === 'post' ? pb.PaymentChannel.POST : pb.PaymentChannel.BANK, ...total }));
}

const isInForce = (area: Area | undefined, on: LocalDate): boolean => area !== undefined && area.validFrom <= on && (area.validTo === null || on <= area.validTo);

/** All lines, in order of folder; a file that the commune holds under an old and a new name stands once. Of files that seem one person's one is paid, also where they are on the lists of communes that become one in that month. */
async function paidLines(files: Files, area: AreaId, month: string): Promise<readonly Line[]> {
  const { reference } = files.host.environment, standards = reference.support ?? noStandards, areas = areaWithPast(reference, area);
  const found = await listedFiles(files, areaWithPast(reference, payingArea(reference, area, lastDayOf(month))), month), placeOf = placesOf(files);
  const held = withheldIn(found.map((record) => heldOf(files, record)), month, placeOf);
  return found.flatMap((record): Line[] => {
    const facts = raised(record.facts, standards), listed = listedIn(facts, month, areas);
    if (listed === null) return [];
    // Of a commune that was split, one part pays.
    const { rate, arrears } = listed, place = placeOf(listed.area, month);
    if (place !== placeOf(area, month) && !areas.includes(place)) return [];
    return [held.has(facts.beneficiary) ? { record, rate: { ...rate, amount: 0 }, arrears: 0, withheld: rate.amount + arrears } : { record, rate, arrears, withheld: 0 }];
  });
}

async function listedFiles({ register, host }: Files, areas: readonly AreaId[], month: string): Promise<readonly StoredRecord<Beneficiary>[]> {
  const standards = host.environment.reference.support ?? noStandards, keep = (file: Beneficiary): boolean => listedIn(raised(file, standards), month, areas) !== null;
  const found = new Map<string, StoredRecord<Beneficiary>>();
  let token = '', seen = 0;
  do {
    const page = await recordPage(register, { field: byArea, values: areas, keep }, filesAtOnce, token);
    for (const record of page.records) found.set(record.folder, record);
    token = page.next;
    seen += page.records.length;
    if (seen > maxFilesPerList) throw new HubError('FOLDER_FULL', { folder: areas.join(', '), limit: String(maxFilesPerList) });
  } while (token !== '');
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function lineMessage(files: Files, { record: { facts }, rate, arrears, withheld }: Line, office: string): pb.PaymentLine {
  const named = maySeeNames(files, office, areaOf(facts));
  return { beneficiary: facts.beneficiary, fullName: named ? facts.person.fullName ?? '' : '', kind: kindMessages[facts.kind], amount: rate.amount, arrears, withheld, decisionNumber: rate.decisionNumber, ...payToMessage(rate.account, named) };
}
