/** From rows of a table to the records of a register. Pure: what a row lacks is told, nothing is asked. */
import { createHash } from 'node:crypto';
import { business, dossier, land, social } from '@lienthong/contract';
import { partyFrom } from '@lienthong/law';
import type { TableRow } from './read-table.ts';
import { fault, namedBefore, repeatedLines } from './row-problem.ts';
import type { Fault, RowProblem } from './row-problem.ts';

/** One record with the lines that it was read from. */
export type Drawn<R> = { readonly key: string; readonly area: string; readonly lines: readonly number[] } & ({ readonly record: R } | { readonly problem: RowProblem });

export const numberRemedy = 'số định danh 9 hoặc 12 chữ số, mã số thuế 10 hoặc 13 chữ số (định dạng văn bản) / identity number of 9 or 12 digits, tax code of 10 or 13, as text';

export const partyOf = (number: string, name: string): dossier.Party | null => { const found = partyFrom(number.trim(), name); return found === null ? null : dossier.Party.fromJSON(found); };
const citizen = (number: string, name: string): dossier.Citizen | null => { const found = partyOf(number, name); return found?.party?.$case === 'citizen' ? found.party.value : null; };
const wholeNumber = (text: string): number | null => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : null);

const faultIn = (rows: readonly TableRow[]): Fault | undefined => rows.flatMap(({ problem }) => (problem === undefined ? [] : [{ problem }]))[0];

/** One line for each record, named by the column of that name. */
function oneEach<R>(rows: readonly TableRow[], name: string, read: (row: TableRow['row']) => { readonly record: R } | Fault): Drawn<R>[] {
  const again = repeatedLines(rows, ({ row }) => row[name]!);
  return rows.map((one) => {
    const { line, row } = one, before = again.get(line), key = row[name]!;
    return { key, area: row['area']!, lines: [line], ...(faultIn([one]) ?? (before === undefined ? read(row) : namedBefore(name, key, before))) };
  });
}

export const parcelColumns = ['parcel', 'area', 'map_sheet', 'number', 'size_m2', 'purpose', 'address', 'holder_number', 'holder_name', 'certificate_number', 'since_date'] as const;

/** One line for each holder; lines of one parcel stand anywhere. `share` as `1/2`; absent: all of it. */
export function parcelsOf(rows: readonly TableRow[]): Drawn<land.Parcel>[] {
  return [...Map.groupBy(rows, ({ row }) => row['parcel']!.trim())].map(([key, own]) => ({ key, area: own[0]!.row['area']!.trim(), lines: own.map((one) => one.line), ...(faultIn(own) ?? parcelOf(key, own)) }));
}

function parcelOf(key: string, own: readonly TableRow[]): { readonly record: land.Parcel } | { readonly problem: RowProblem } {
  const { row } = own[0]!, size = /^\d{1,10}([.,]\d{1,2})?$/.test(row['size_m2']!.trim()) ? Math.round(Number(row['size_m2']!.trim().replace(',', '.')) * 100) : 0;
  if (key === '') return fault('parcel', 'trống / empty', 'ghi mã thửa đất / give the id of the parcel');
  if (size < 1) return fault('size_m2', row['size_m2']!, 'diện tích m², tối đa hai số lẻ / square metres with at most two decimals');
  const rights: land.LandRight[] = [];
  for (const { row: one } of own) {
    const holder = partyOf(one['holder_number']!, one['holder_name']!), share = shareOf(one['share'] ?? '');
    if (holder === null) return fault('holder_number', `${one['holder_number']} ${one['holder_name']}`, numberRemedy);
    if (share === null) return fault('share', one['share']!, 'phần quyền, ví dụ 1/2 / a share, e.g. 1/2');
    rights.push(land.LandRight.fromPartial({ kind: land.RightKind.USE, holder, shareMillionths: share, certificateNumber: one['certificate_number']!.trim(), sinceDate: one['since_date']!.trim() }));
  }
  // Thirds do not add up in millionths: the last one gets what the others leave.
  const rest = 1_000_000 - rights.slice(0, -1).reduce((sum, one) => sum + one.shareMillionths, 0), last = rights.at(-1)!;
  if (Math.abs(rest - last.shareMillionths) < rights.length) last.shareMillionths = rest;
  return { record: land.Parcel.fromPartial({ parcel: key, mapSheet: row['map_sheet']!, number: row['number']!, sizeDm2: size, purpose: row['purpose']!, address: row['address']!, rights }) };
}

function shareOf(text: string): number | null {
  const [, part, whole] = /^\s*(\d{1,6})\s*\/\s*(\d{1,6})\s*$/.exec(text === '' ? '1/1' : text) ?? [];
  return part === undefined || Number(whole) === 0 || Number(part) > Number(whole) ? null : Math.round((Number(part) * 1_000_000) / Number(whole));
}

export const businessColumns = ['business', 'tax_code', 'name', 'owner_number', 'owner_name', 'area', 'address', 'lines', 'capital', 'state', 'certificate_number', 'register_date'] as const;
const businessStates: Readonly<Record<string, business.BusinessState>> = { active: business.BusinessState.ACTIVE, suspended: business.BusinessState.SUSPENDED, terminated: business.BusinessState.TERMINATED };

export const businessesOf = (rows: readonly TableRow[]): Drawn<business.Business>[] => oneEach(rows, 'business', businessOf);

function businessOf(row: TableRow['row']): { readonly record: business.Business } | { readonly problem: RowProblem } {
  const owner = citizen(row['owner_number']!, row['owner_name']!), state = businessStates[row['state']!.trim()], capital = wholeNumber(row['capital'] || '0');
  if (owner === null) return fault('owner_number', `${row['owner_number']} ${row['owner_name']}`, numberRemedy);
  if (state === undefined) return fault('state', row['state']!, `một trong / one of: ${Object.keys(businessStates).join(', ')}`);
  if (capital === null) return fault('capital', row['capital']!, 'số nguyên đồng / whole đồng');
  const given = row['lines']!.split(';').filter((one) => one.trim() !== ''), read = given.map((one) => /^\s*(\d{4,5})(?!\d)\s*(.*)$/u.exec(one)), odd = given.find((_, n) => read[n] === null);
  if (odd !== undefined) return fault('lines', odd.trim(), 'mã ngành 4–5 chữ số rồi tên, ví dụ 4711 Bán lẻ; 5610 / codes of 4–5 digits with names');
  const lines = read.map((one) => ({ code: one![1]!, name: one![2]!.trim() }));
  return { record: business.Business.fromPartial({
    business: row['business']!.trim(), taxCode: row['tax_code']!.trim(), name: row['name']!, owner, address: row['address']!, lines, capital, state, certificateNumber: row['certificate_number']!.trim(), registerDate: row['register_date']!.trim(),
    suspendedFrom: row['suspended_from'] ?? '', suspendedUntil: row['suspended_until'] ?? '', endDate: row['end_date'] ?? '',
  }) };
}

export const beneficiaryColumns = ['beneficiary', 'person_number', 'person_name', 'kind', 'group', 'amount', 'area', 'state', 'start_month', 'decision_number'] as const;
const kinds: Readonly<Record<string, social.BenefitKind>> = { 'monthly-allowance': social.BenefitKind.MONTHLY_ALLOWANCE, 'social-pension': social.BenefitKind.SOCIAL_PENSION, 'funeral-support': social.BenefitKind.FUNERAL_SUPPORT };
const channels: Readonly<Record<string, social.PaymentChannel>> = { '': social.PaymentChannel.UNSPECIFIED, post: social.PaymentChannel.POST, bank: social.PaymentChannel.BANK };
const beneficiaryStates: Readonly<Record<string, social.BeneficiaryState>> = { active: social.BeneficiaryState.ACTIVE, stopped: social.BeneficiaryState.STOPPED };

export const beneficiariesOf = (rows: readonly TableRow[]): Drawn<social.Beneficiary>[] => oneEach(rows, 'beneficiary', beneficiaryOf);

function beneficiaryOf(row: TableRow['row']): { readonly record: social.Beneficiary } | { readonly problem: RowProblem } {
  const person = citizen(row['person_number']!, row['person_name']!), kind = kinds[row['kind']!.trim()], state = beneficiaryStates[row['state']!.trim()], amount = wholeNumber(row['amount']!);
  const channel = channels[(row['channel'] ?? '').trim()], account = { bank: row['bank'] ?? '', number: row['account_number'] ?? '', holder: row['account_holder'] ?? '' };
  if (person === null) return fault('person_number', `${row['person_number']} ${row['person_name']}`, numberRemedy);
  if (kind === undefined) return fault('kind', row['kind']!, `một trong / one of: ${Object.keys(kinds).join(', ')}`);
  if (state === undefined) return fault('state', row['state']!, `một trong / one of: ${Object.keys(beneficiaryStates).join(', ')}`);
  if (amount === null) return fault('amount', row['amount']!, 'số nguyên đồng / whole đồng');
  if (channel === undefined) return fault('channel', row['channel']!, 'post, bank; trống là bưu điện / empty: by the post');
  return { record: social.Beneficiary.fromPartial({ beneficiary: row['beneficiary']!.trim(), person, kind, group: row['group']!.trim(), amount, state, startMonth: row['start_month']!.trim(), endMonth: row['end_month'] ?? '', decisionNumber: row['decision_number']!.trim(), channel, account: Object.values(account).join('').trim() === '' ? undefined : account }) };
}

/** The same content is the same request: a file that is brought again changes nothing. */
export function requestOf(kind: string, content: Uint8Array): string {
  return `import-${createHash('sha256').update(kind).update(content).digest('hex').slice(0, 40)}`;
}
