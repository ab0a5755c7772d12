/** From a dossier to the change of the beneficiary register that its completion announces. */
import { clockOf, isBlank, localDate, numbersOf, parseDay, unseenIn } from '@lienthong/law';
import type { CitizenPart, PartyPart, SubjectPart, SupportStandards } from '@lienthong/law';
import type { PrepareChange, Problem } from '@lienthong/dossier-service';
import type { Beneficiary, Kind, Rate, SocialAction, SocialChange } from './rules-facts.ts';
import { lastListed, rateNow } from './rules-facts.ts';
import { isFarAhead, isMonth, later, maxMonthsAhead, monthOf } from './rules-months.ts';
import { accountOf } from './rules-payment-ways.ts';
import type { Account, PayTo } from './rules-payment-ways.ts';
import { standardOf } from './rules-standards.ts';

/** How it is paid: paymentChannel `post` or `bank`, the others of a bank alone. */
const wayFields = ['paymentChannel', 'paymentBank', 'paymentAccount', 'paymentHolder'] as const;

/** What an officer may give beside the declaration, per action; what is given wins over what was declared. Months are `YYYY-MM`. */
export const socialFields: Readonly<Record<string, readonly string[]>> = {
  // beneficiaryName, beneficiaryIdentityNumber: who is paid when it is not the applicant (a child, somebody in care).
  start: ['subjectGroup', 'monthlyAmount', 'fromMonth', 'beneficiaryName', 'beneficiaryIdentityNumber', ...wayFields],
  adjust: ['subjectGroup', 'monthlyAmount', 'fromMonth', ...wayFields],
  stop: ['lastMonth'],
  // deathDate: `YYYY-MM-DD`, where the declaration does not give it or the register of deaths says otherwise.
  'stop-on-death': ['deceasedIdentityNumber', 'deathDate'],
  'move-out': ['lastMonth'],
  'move-in': wayFields,
};

/** What each procedure grants. */
const kinds: Readonly<Record<string, Kind>> = { '1.001776': 'monthly-allowance', '1.014027': 'social-pension', '1.001731': 'funeral-support' };

/** Part in which the service puts the files of a dead person that are paid. */
export const paidPart = 'paid-files';
/** Part in which the service puts the file that stands in the register about the subject. */
export const standingPart = 'standing';
export const maxGroupCharacters = 64;

const no = (problem: string): Problem => ({ problem });
const isProblem = (one: object): one is Problem => 'problem' in one;

export function kindOf({ dossier }: Pick<PrepareChange, 'dossier'>): Kind | undefined {
  return kinds[dossier.root!.body.procedure];
}

type Given = PrepareChange & { readonly applicant: PartyPart | undefined; readonly standing: Beneficiary | null; readonly month: string; readonly standards: SupportStandards; value(name: string): string };

export function socialChangeOf(prepare: PrepareChange, standards: SupportStandards): SocialChange | Problem {
  const from = given(prepare, standards);
  if (prepare.action === 'stop-on-death') return stopOnDeath(from);
  const kind = kindOf(prepare);
  if (kind === undefined) return no(`thủ tục ${prepare.dossier.root!.body.procedure} không có trong cơ sở dữ liệu bảo trợ xã hội`);
  const action = actionOf(from);
  if (isProblem(action)) return action;
  const number = action.action === 'start' ? action.person.identityNumber ?? '' : from.standing?.person.identityNumber ?? '';
  if (number === '') return no('không tìm thấy hồ sơ hưởng của người nêu trong hồ sơ');
  return { ...action, kind, number, code: from.dossier.root!.body.code, area: from.leg.area, today: localDate(from.now) };
}

/** NĐ 20/2021/NĐ-CP điều 8: support ends from the month after the one in which the person died. */
function stopOnDeath(from: Given): SocialChange | Problem {
  const died = from.value('deathDate'), files = from.particulars[paidPart] as readonly Beneficiary[] | undefined ?? [];
  if (parseDay(died) === null) return no('chưa nêu đúng ngày chết (YYYY-MM-DD)');
  const today = localDate(from.now);
  if (died > localDate(clockOf(from.dossier, from.now))) return no(`ngày chết ${died} ở tương lai`);
  const [first] = files;
  if (first === undefined) return no('người đã mất không có hồ sơ đang hưởng trong cơ sở dữ liệu bảo trợ xã hội');
  const kinds = files.map((one) => one.kind).sort();
  return { action: 'stop-on-death', lastMonth: monthOf(died), kinds, kind: kinds[0]!, number: first.person.identityNumber ?? '', code: from.dossier.root!.body.code, area: from.leg.area, today };
}

function given(prepare: PrepareChange, standards: SupportStandards): Given {
  const { particulars, values, dossier, now } = prepare;
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>;
  return {
    ...prepare, standards, applicant: particulars['applicant'] as PartyPart | undefined, standing: (particulars[standingPart] as Beneficiary | undefined) ?? null, month: monthOf(localDate(clockOf(dossier, now))),
    value: (name) => (values[name] ?? declared[name] ?? '').trim(),
  };
}

/** Id of the file or number of the person that a dossier is about; of the death chain, of the dead person and never of the relative who applies. */
export function subjectOf({ particulars, values, action }: PrepareChange): string {
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>;
  if (action === 'stop-on-death') return values['deceasedIdentityNumber'] || declared['deceasedIdentityNumber'] || ((particulars['subject'] as SubjectPart | undefined)?.beneficiary ?? '');
  const named = values['beneficiaryIdentityNumber'] ?? declared['beneficiaryIdentityNumber'] ?? '';
  return named || ((particulars['subject'] as SubjectPart | undefined)?.beneficiary ?? '') || (numbersOf(particulars['applicant'] as PartyPart | undefined)[0] ?? '');
}

function actionOf(from: Given): SocialAction | Problem {
  switch (from.action) {
    case 'start': return start(from);
    case 'adjust': return adjust(from);
    case 'stop': return ending(from, (lastMonth) => ({ action: 'stop', lastMonth }));
    case 'move-out': return moveOut(from);
    case 'move-in': return moveIn(from);
    default: return no(`không có việc "${from.action}" trong cơ sở dữ liệu bảo trợ xã hội`);
  }
}

const farAhead = (month: string): Problem => no(`tháng ${month} cách tháng quyết định quá ${maxMonthsAhead} tháng`);

const decisionOf = ({ results }: Given): string => results[0]?.number ?? '';

function start(from: Given): SocialAction | Problem {
  const person = personOf(from);
  if (isProblem(person)) return person;
  const rate = rateOf(from);
  if (isProblem(rate)) return rate;
  if (rate.group === undefined) return no('chưa nêu nhóm đối tượng hưởng');
  const way = wayOf(from);
  if (isProblem(way)) return way;
  const { payTo = 'post' } = way;
  return { action: 'start', person, rate: { ...rate, group: rate.group, ...(payTo === 'post' ? {} : { account: payTo }) } };
}

function adjust(from: Given): SocialAction | Problem {
  const rate = rateOf(from);
  if (isProblem(rate)) return rate;
  if (isFarAhead(rate.from, from.month)) return farAhead(rate.from);
  const way = wayOf(from);
  return isProblem(way) ? way : { action: 'adjust', rate, ...way };
}

function moveIn(from: Given): SocialAction | Problem {
  const way = wayOf(from);
  return isProblem(way) ? way : { action: 'move-in', decisionNumber: decisionOf(from), month: from.month, ...way };
}

const accountWords: Readonly<Record<keyof Account, string>> = { bank: 'tên ngân hàng', number: 'số tài khoản', holder: 'tên chủ tài khoản' };

/** How it shall be paid; empty: nothing is said of it. The problem never tells the account: it is written where none may stand. */
function wayOf({ value }: Given): { readonly payTo?: PayTo } | Problem {
  const [channel, bank, number, holder] = wayFields.map(value) as [string, string, string, string];
  if (channel === 'post') return { payTo: 'post' };
  if (channel === '' && bank + number + holder === '') return {};
  if (channel !== 'bank') return no('hình thức chi trả phải là post (bưu điện) hoặc bank (ngân hàng)');
  const account = accountOf({ bank, number, holder });
  return 'fault' in account ? no(`chưa nêu đúng ${accountWords[account.fault]}${account.bound === '' ? '' : ` (${account.bound})`}`) : { payTo: account };
}

/** The applicant, or whom the dossier names beside. */
function personOf(from: Given): CitizenPart | Problem {
  const number = subjectOf(from), { citizen } = from.applicant ?? {};
  if (citizen?.identityNumber === number && number !== '') return citizen;
  const fullName = from.value('beneficiaryName');
  if (!/^(\d{9}|\d{12})$/.test(number) || isBlank(fullName) || unseenIn(fullName) !== null) return no('chưa nêu đúng người hưởng: cần số định danh (9 hoặc 12 chữ số) và họ tên');
  return { fullName, identityKind: number.length === 12 ? 'IDENTITY_KIND_PERSONAL_NUMBER' : 'IDENTITY_KIND_OLD_CARD', identityNumber: number };
}

function rateOf(from: Given): (Omit<Rate, 'group' | 'account'> & { readonly group?: string }) | Problem {
  const [group, amount, month] = [from.value('subjectGroup'), from.value('monthlyAmount'), from.value('fromMonth') || from.month];
  if (!isMonth(month)) return no('tháng hưởng phải có dạng YYYY-MM');
  const standard = kindOf(from) === 'monthly-allowance' ? standardOf(from.standards, group || (from.standing === null ? '' : rateNow(from.standing).group), month, later(month, from.month)) : null;
  if (!/^[1-9]\d{0,9}$/.test(amount) && (standard === null || amount !== '')) return no('chưa nêu đúng mức hưởng (số nguyên đồng)');
  if (standard !== null && amount !== '' && Number(amount) !== standard.amount) return no(`mức hưởng từ tháng ${month} theo quy định là ${standard.amount} đồng (${standard.ground}), không phải ${amount}`);
  if (group.length > maxGroupCharacters) return no(`nhóm đối tượng dài quá ${maxGroupCharacters} ký tự`);
  const late = month < from.month ? { decidedIn: from.month } : {};
  return { from: month, amount: standard?.amount ?? Number(amount), decisionNumber: decisionOf(from), ...late, ...(standard === null ? {} : { byStandard: true as const }), ...(group === '' ? {} : { group }) };
}

function ending(from: Given, action: (lastMonth: string) => SocialAction | Problem): SocialAction | Problem {
  const month = from.value('lastMonth') || from.month;
  if (!isMonth(month)) return no('tháng cuối phải có dạng YYYY-MM');
  return isFarAhead(month, from.month) ? farAhead(month) : action(month);
}

function moveOut(from: Given): SocialAction | Problem {
  const to = from.dossier.root!.body.areas.target;
  if (to === undefined) return no('hồ sơ chưa nêu xã, phường nơi chuyển đến');
  const { standing } = from, paid = standing === null ? '' : lastListed(standing, from.month);
  // The new commune pays from the next month on, those before this one as arrears: what is on a list that was made would be paid twice.
  return ending(from, (lastMonth) => (lastMonth < paid ? no(`nơi đang chi trả đã lập danh sách đến hết tháng ${paid}; tháng cuối không được sớm hơn`) : { action: 'move-out', lastMonth, to }));
}
