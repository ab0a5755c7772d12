/** From a dossier to the change of the business register that its completion announces. */
import { clockOf, declaredLines, industryField, industryRefusal, localDate, numbersOf, parseDay, partyFrom, unseenProblem } from '@lienthong/law';
import type { AreaId, Industry, PartyPart, SubjectPart } from '@lienthong/law';
import type { PrepareChange, Problem } from '@lienthong/dossier-service';
import { businessOf } from './rules-apply.ts';
import { personalTaxCode } from './rules-facts.ts';
import type { Business, BusinessAction, BusinessChange, Content, Line, Name } from './rules-facts.ts';
import { comparable } from './rules-names.ts';

/** What an officer may give beside the declaration, per action; what is given wins over what was declared. */
export const businessFields: Readonly<Record<string, readonly string[]>> = {
  establish: ['businessName', 'address', 'industryCodes', 'capital'],
  // taxCode: as the link of the tax office gave it; absent: the owner's personal number.
  certificate: ['taxCode'],
  // ownerIdentityNumber: under which the owner stands in the register when the applicant is somebody else (an heir, an old card).
  change: ['businessName', 'address', 'industryCodes', 'capital', 'newOwnerName', 'newOwnerIdentityNumber', 'ownerIdentityNumber'],
  suspend: ['fromDate', 'untilDate', 'ownerIdentityNumber'],
  resume: ['ownerIdentityNumber'],
  terminate: ['ownerIdentityNumber'],
};

/** Part in which the service puts what stands in the register about the subject, and where names are compared: the commune of today and what it took over from. `taxCodeBearer`: another business that stands under the tax code which would be given; '': none. */
export const standingPart = 'standing';
export type Standing = { readonly business: Business | null; readonly area: AreaId; readonly past: readonly AreaId[]; readonly taxCodeBearer: string };

/** From this day the personal number is the tax code (TT 86/2024/TT-BTC điều 5). */
export const personalNumberIsTaxCodeFrom = '2025-07-01';
export const maxNameCharacters = 200;
export const maxAddressCharacters = 500;
export const maxLines = 50;

const no = (problem: string): Problem => ({ problem });
const isProblem = (one: object): one is Problem => 'problem' in one;

type Given = PrepareChange & { readonly applicant: PartyPart | undefined; readonly standing: Standing; readonly day: string; readonly industries: readonly Industry[]; value(name: string): string };

export function businessChangeOf(prepare: PrepareChange, industries: readonly Industry[]): BusinessChange | Problem {
  const from = given(prepare, industries);
  const { dossier, leg, now, standing: { business } } = from;
  const code = dossier.root!.body.code;
  const action = actionOf(from);
  if (isProblem(action)) return action;
  if (business === null && action.action !== 'establish') return no('không tìm thấy hộ kinh doanh nêu trong hồ sơ');
  const other = from.value('ownerIdentityNumber');
  return {
    ...action, business: business?.business ?? businessOf(code), code, on: from.day, area: leg.area, today: localDate(now), by: other === '' ? numbersOf(from.applicant) : [other],
    was: business === null ? null : { name: { name: business.name, comparable: comparable(business.name), area: business.area }, owner: numbersOf(business.owner)[0] ?? '' },
  };
}

function given(prepare: PrepareChange, industries: readonly Industry[]): Given {
  const { particulars, values, dossier, now } = prepare;
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>;
  return {
    ...prepare, industries, applicant: particulars['applicant'] as PartyPart | undefined, standing: particulars[standingPart] as Standing, day: localDate(clockOf(dossier, now)), value: (name) => (values[name] ?? declared[name] ?? '').trim(),
  };
}

/** The id or tax code of the business that a dossier is about; of its own, when it establishes one. */
export function subjectOf(prepare: PrepareChange): string {
  return (prepare.particulars['subject'] as SubjectPart | undefined)?.business ?? businessOf(prepare.dossier.root!.body.code);
}

function actionOf(from: Given): BusinessAction | Problem {
  const number = from.results[0]?.number ?? '';
  switch (from.action) {
    case 'establish': return establish(from);
    case 'certificate': return certificate(from, number);
    case 'change': return change(from, number);
    case 'suspend': return suspend(from);
    case 'resume': return { action: 'resume' };
    case 'terminate': return { action: 'terminate' };
    default: return no(`không có việc "${from.action}" trong đăng ký hộ kinh doanh`);
  }
}

function establish(from: Given): BusinessAction | Problem {
  const content = contentOf(from);
  if (isProblem(content)) return content;
  const { name, address, lines, capital } = content;
  if (from.applicant?.citizen === undefined || numbersOf(from.applicant).length === 0) return no('chủ hộ kinh doanh phải là công dân Việt Nam có số định danh');
  if (name === undefined) return no('chưa nêu tên hộ kinh doanh');
  if (address === undefined) return no('chưa nêu địa chỉ trụ sở hộ kinh doanh');
  if (lines === undefined) return no('chưa nêu ngành, nghề kinh doanh');
  return { action: 'establish', content: { name, address, lines, capital: capital ?? 0, owner: from.applicant } };
}

/** As the officer or the declaration says, else the applicant's own number. */
export function taxCodeGiven({ particulars, values, dossier, now }: Pick<PrepareChange, 'particulars' | 'values' | 'dossier' | 'now'>): string {
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>, said = (values['taxCode'] ?? declared['taxCode'] ?? '').trim();
  return said !== '' || localDate(clockOf(dossier, now)) < personalNumberIsTaxCodeFrom ? said : personalTaxCode((particulars['applicant'] ?? {}) as PartyPart);
}

/** Tax codes are given by the link with the tax office after the registration; the certificate bears them. */
function certificate(from: Given, certificateNumber: string): BusinessAction | Problem {
  const taxCode = taxCodeGiven(from), { taxCodeBearer } = from.standing;
  if (!/^(\d{10}(-\d{3})?|\d{12}|\d{13})$/.test(taxCode)) return no('chưa có mã số thuế do cơ quan thuế cấp (10, 12 hoặc 13 chữ số)');
  if (taxCodeBearer !== '') return no(`mã số thuế ${taxCode} đã cấp cho hộ kinh doanh ${taxCodeBearer}`);
  return { action: 'certificate', taxCode, certificateNumber };
}

function change(from: Given, certificateNumber: string): BusinessAction | Problem {
  const content = contentOf(from);
  if (isProblem(content)) return content;
  const [number, name] = [from.value('newOwnerIdentityNumber'), from.value('newOwnerName')], odd = oddIn({ 'tên chủ hộ mới': name });
  if (odd !== null) return odd;
  const owner = number === '' && name === '' ? undefined : partyFrom(number, name);
  if (owner === null || (owner !== undefined && owner.citizen === undefined)) return no('chưa nêu đúng chủ hộ mới: cần số định danh (9 hoặc 12 chữ số) và họ tên');
  const all: Content = { ...content, ...(owner === undefined ? {} : { owner }) };
  return Object.keys(all).length === 0 ? no('hồ sơ không nêu nội dung thay đổi') : { action: 'change', content: all, certificateNumber };
}

const isDay = (text: string): boolean => parseDay(text) !== null;

/** NĐ 168/2025/NĐ-CP: it is told before it begins; a day before it was told would take back taxes of that time. */
function suspend(from: Given): BusinessAction | Problem {
  const [first, until] = [from.value('fromDate') || from.day, from.value('untilDate')];
  if (!isDay(first) || (until !== '' && !isDay(until))) return no('ngày tạm ngừng phải có dạng YYYY-MM-DD');
  const handedIn = localDate(from.dossier.root!.receivedAt);
  if (first < handedIn) return no(`ngày tạm ngừng ${first} trước ngày nộp hồ sơ ${handedIn}`);
  if (until !== '' && until < from.day) return no(`ngày kết thúc tạm ngừng ${until} đã qua`);
  return until !== '' && until < first ? no('ngày kết thúc tạm ngừng phải sau ngày bắt đầu') : { action: 'suspend', from: first, until };
}

// ---------------------------------------------------------------- contents

function contentOf(from: Given): Content | Problem {
  const name = nameOf(from);
  const lines = linesOf(from);
  const [address, capital] = [from.value('address').replace(/\s+/gu, ' '), from.value('capital')];
  if (name !== null && isProblem(name)) return name;
  if (lines !== null && isProblem(lines)) return lines;
  const odd = oddIn({ 'địa chỉ': address, 'ngành, nghề': lines?.map((one) => one.name).join(' ') ?? '' });
  if (odd !== null) return odd;
  if (address.length > maxAddressCharacters) return no(`địa chỉ dài quá ${maxAddressCharacters} ký tự`);
  if (!/^\d{0,13}$/.test(capital)) return no('vốn kinh doanh phải là số nguyên đồng');
  return { ...(name === null ? {} : { name }), ...(address === '' ? {} : { address }), ...(lines === null ? {} : { lines }), ...(capital === '' ? {} : { capital: Number(capital) }) };
}

/** What nobody sees would stand in the register and on the certificate, and read otherwise than it is. */
function oddIn(texts: Readonly<Record<string, string>>): Problem | null {
  for (const [what, text] of Object.entries(texts)) {
    const odd = unseenProblem(text);
    if (odd !== null) return no(`${what} có ký tự không nhìn thấy: ${odd}`);
  }
  return null;
}

function nameOf(from: Given): Name | Problem | null {
  const text = from.value('businessName').normalize('NFC').replace(/\s+/gu, ' ');
  if (text === '') return null;
  if (text.length > maxNameCharacters) return no(`tên dài quá ${maxNameCharacters} ký tự`);
  const odd = oddIn({ 'tên hộ kinh doanh': text }), own = comparable(text);
  if (odd !== null) return odd;
  return own === '' ? no('tên hộ kinh doanh phải có tên riêng') : { name: text, comparable: own, area: from.standing.area, past: from.standing.past };
}

/** `4711 Bán lẻ tạp hóa; 5610`: VSIC code of each line on the day of the decision, and its name where the applicant gave one. */
function linesOf(from: Given): readonly Line[] | Problem | null {
  const text = from.value(industryField), lines = declaredLines(text);
  if (text === '') return null;
  const refusal = industryRefusal({ industries: from.industries }, text, from.day, `register_values.${industryField}`);
  if (refusal !== null || typeof lines === 'string') return { problem: `ngành, nghề "${refusal?.meta['code'] ?? text}" không có mã trong hệ thống ngành kinh tế`, ...(refusal === null ? {} : { refusal }) };
  return lines.length === 0 || lines.length > maxLines ? no(`cần từ 1 đến ${maxLines} ngành, nghề`) : lines;
}
