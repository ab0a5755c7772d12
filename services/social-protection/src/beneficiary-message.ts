/** A file between the contract and the register. */
import { dossier, social as pb } from '@lienthong/contract';
import { LoadedFields } from '@lienthong/dossier-service';
import { hasSoundNumbers } from '@lienthong/law';
import type { AreaId, CitizenPart, LocalDate } from '@lienthong/law';
import type { StoredRecord } from '@lienthong/dossier-service';
import { maxGroupCharacters } from './rules-announce.ts';
import { rateNow } from './rules-facts.ts';
import type { Beneficiary, ClashOrder, Kind } from './rules-facts.ts';
import { isMonth } from './rules-months.ts';
import { accountOf } from './rules-payment-ways.ts';
import type { Account } from './rules-payment-ways.ts';
import type { ClashGround } from './rules-clashes.ts';

export const maxIdCharacters = 64;
export const maxResidences = 50;
export const maxPersonCharacters = 300;
/** No support that is still paid began before. */
const firstMonth = '1945-01';

export const kindMessages: Readonly<Record<Kind, pb.BenefitKind>> = { 'monthly-allowance': pb.BenefitKind.MONTHLY_ALLOWANCE, 'social-pension': pb.BenefitKind.SOCIAL_PENSION, 'funeral-support': pb.BenefitKind.FUNERAL_SUPPORT };
export const stateMessages: Readonly<Record<Beneficiary['state'], pb.BeneficiaryState>> = { active: pb.BeneficiaryState.ACTIVE, moving: pb.BeneficiaryState.MOVING, stopped: pb.BeneficiaryState.STOPPED };

export const groundMessages: Readonly<Record<ClashGround, pb.ClashGround>> = { 'name-and-birth': pb.ClashGround.NAME_AND_BIRTH, name: pb.ClashGround.NAME };

const channelOf = (account: Account | undefined): pb.PaymentChannel => (account === undefined ? pb.PaymentChannel.POST : pb.PaymentChannel.BANK);
/** `named`: the caller may see who it is. */
export const payToMessage = (account: Account | undefined, named: boolean): Pick<pb.Beneficiary, 'channel' | 'account'> => ({ channel: channelOf(account), account: account !== undefined && named ? { ...account } : undefined });

export const decisionMessage = ({ of, keeps, ground, on }: ClashOrder): pb.ClashDecision => ({ beneficiaries: [...of], keeps: [...keeps], ground, decidedDate: on });

/** `named`: the caller may see who it is. */
export function beneficiaryMessage({ facts, version, side }: StoredRecord<Beneficiary>, shown: { readonly area: AreaId; readonly reservedBy: string; readonly named: boolean }): pb.Beneficiary {
  const rate = rateNow(facts);
  return {
    beneficiary: facts.beneficiary, person: shown.named ? dossier.Citizen.fromJSON(facts.person) : undefined, kind: kindMessages[facts.kind], group: rate.group, amount: rate.amount, area: shown.area, state: stateMessages[facts.state],
    startMonth: facts.startMonth, endMonth: facts.endMonth, decisionNumber: rate.decisionNumber, code: facts.code, version, reservedBy: shown.reservedBy, rehearsal: side === 'rehearsal', residences: facts.residences.map(({ area, startMonth, endMonth }) => ({ area, startMonth, endMonth })),
    clash: facts.clashOrder === undefined ? undefined : decisionMessage(facts.clashOrder), ...payToMessage(rate.account, shown.named),
  };
}

const fields: LoadedFields = new LoadedFields('beneficiary');

function month(value: string, field: string, last: string): string {
  if (value === '') fields.missing(field);
  return isMonth(value) && value >= firstMonth && value <= last ? value : fields.invalid(field, `YYYY-MM, ${firstMonth} – ${last}`);
}

function keyOf<K extends string>(messages: Readonly<Record<K, number>>, value: number, field: string): K {
  return (Object.keys(messages) as K[]).find((key) => messages[key] === value) ?? fields.missing(field);
}

/** An account beside another channel would be lost without a word, and paid elsewhere. Nothing that was given of it is told again. */
function accountGiven({ channel, account }: pb.Beneficiary): { readonly account?: Account } {
  if (channel !== pb.PaymentChannel.BANK) {
    if (channel !== pb.PaymentChannel.UNSPECIFIED && channel !== pb.PaymentChannel.POST) fields.invalid('channel', 'PAYMENT_CHANNEL_POST, PAYMENT_CHANNEL_BANK');
    return account === undefined ? {} : fields.invalid('account', 'PAYMENT_CHANNEL_BANK');
  }
  const read = accountOf(account ?? fields.missing('account'));
  if (!('fault' in read)) return { account: read };
  const field = `account.${read.fault}`;
  return read.bound === '' ? fields.missing(field) : fields.invalid(field, read.bound);
}

/** The facts of a file that is loaded; FIELD_MISSING and FIELD_INVALID name what is wrong. Who moved before the hub has moved. */
export function beneficiaryFacts(given: pb.Beneficiary, area: AreaId, today: LocalDate): Beneficiary {
  const person = given.person === undefined ? fields.missing('person') : dossier.Citizen.toJSON(given.person) as CitizenPart;
  if (person.identityNumber === undefined) fields.missing('person.identity_number');
  if (!hasSoundNumbers({ citizen: person })) fields.invalid('person.identity_number', '9 hoặc 12 chữ số');
  const state = keyOf(stateMessages, given.state, 'state');
  if (state === 'moving') fields.invalid('state', 'ACTIVE, STOPPED');
  fields.required(person.fullName ?? '', 'person.full_name', maxPersonCharacters);
  fields.party(person, 'person', today);
  if (given.residences.length > maxResidences) fields.invalid('residences', `≤ ${maxResidences}`);
  const last = `${Number(today.slice(0, 4)) + 1}-12`, startMonth = month(given.startMonth, 'start_month', last), endMonth = state === 'stopped' ? month(given.endMonth, 'end_month', last) : '';
  // Of a running file it would be lost without a word, and paid beyond.
  if (state !== 'stopped' && given.endMonth !== '') fields.invalid('end_month', 'BENEFICIARY_STATE_STOPPED');
  if (endMonth !== '' && endMonth < startMonth) fields.invalid('end_month', `≥ ${startMonth}`);
  const before = given.residences.filter((one) => one.endMonth !== '').map((one) => ({ area: fields.required(one.area, 'residences.area', maxIdCharacters), startMonth: month(one.startMonth, 'residences.start_month', last), endMonth: month(one.endMonth, 'residences.end_month', last) }));
  const since = month(given.residences.find((one) => one.endMonth === '')?.startMonth || startMonth, 'residences.start_month', last);
  // A month is on one list. Of a stopped file the last commune may be among them, for it has ended, too.
  for (const one of before) if (one.endMonth < one.startMonth || (state !== 'stopped' && one.endMonth >= since)) fields.invalid('residences.end_month', `≥ ${one.startMonth}, < ${since}`);
  const rate = { from: startMonth, group: fields.required(given.group, 'group', maxGroupCharacters), amount: fields.amount(given.amount, 'amount', 1), decisionNumber: fields.required(given.decisionNumber, 'decision_number', maxIdCharacters), ...accountGiven(given) };
  return {
    beneficiary: fields.required(given.beneficiary, 'beneficiary', maxIdCharacters), person, kind: keyOf(kindMessages, given.kind, 'kind'), state, startMonth, endMonth, rates: [rate],
    residences: [...before, { area, startMonth: since, endMonth }], movingTo: '', code: fields.text(given.code, 'code', maxIdCharacters),
  };
}
