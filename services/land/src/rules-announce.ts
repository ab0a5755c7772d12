/** From a dossier to the change of the land register that its completion announces. */
import { clockOf, localDate, numbersOf, partyFrom } from '@lienthong/law';
import type { Dossier, PartyPart, SubjectPart } from '@lienthong/law';
import type { PrepareChange, Problem } from '@lienthong/dossier-service';
import type { LandAction, LandChange, Numbers } from './rules-facts.ts';

/** What an officer may give beside the declaration, per action; what is given wins over what was declared. */
export const landFields: Readonly<Record<string, readonly string[]>> = {
  // ownerIdentityNumber: under which the seller stands in the register when it is not the applicant's own (an old card; the deceased of an inheritance).
  // otherSellers: identity numbers of further sellers, separated by commas.
  transfer: ['transfereeIdentityNumber', 'transfereeName', 'ownerIdentityNumber', 'otherSellers'],
  exchange: ['ownerIdentityNumber'],
  mortgage: ['mortgageeName', 'contractNumber', 'amount', 'ownerIdentityNumber'],
  'mortgage-release': ['mortgage', 'contractNumber'],
};

type Given = { readonly applicant: PartyPart | undefined; value(name: string): string; readonly number: string; readonly case: string; readonly consent: boolean };
const no = (problem: string): Problem => ({ problem });

export function landChangeOf(prepare: PrepareChange): LandChange | Problem {
  const { particulars, dossier, leg, now } = prepare;
  const parcel = (particulars['subject'] as SubjectPart | undefined)?.parcel ?? '';
  if (parcel === '') return no('hồ sơ chưa nêu mã thửa đất');
  const action = actionOf(prepare.action, given(prepare));
  if ('problem' in action) return action;
  const at = clockOf(dossier, now);
  return { ...action, parcel, code: dossier.root!.body.code, at, on: localDate(at), area: leg.area, today: localDate(now) };
}

function given({ particulars, values, results, dossier }: PrepareChange): Given {
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>;
  return {
    applicant: particulars['applicant'] as PartyPart | undefined, value: (name) => (values[name] ?? declared[name] ?? '').trim(), number: results[0]?.number ?? '', case: dossier.root!.body.case,
    consent: hasDocument(dossier, 'mortgagee-consent'),
  };
}

/** As received, delivered as supplement, or attached by a leg. */
function hasDocument({ root, requests, legs }: Dossier, code: string): boolean {
  const all = [root!.documents, ...[...requests.values()].map((one) => one.ended?.documents ?? []), ...[...legs.values()].map((one) => one.documents)];
  return all.some((documents) => documents.some((one) => one.document === code));
}

function actionOf(action: string, from: Given): LandAction | Problem {
  switch (action) {
    case 'transfer': return transfer(from);
    case 'exchange': return { action, holder: owner(from), certificateNumber: from.number };
    case 'mortgage': return mortgage(from);
    case 'mortgage-release': return { action, mortgage: from.value('mortgage'), contractNumber: from.value('contractNumber') };
    default: return no(`không có biến động "${action}"`);
  }
}

/** The applicant, or who stands in the register in the applicant's place. */
function owner(from: Given): Numbers {
  const other = from.value('ownerIdentityNumber');
  return other === '' ? numbersOf(from.applicant) : [other];
}

function transfer(from: Given): LandAction | Problem {
  const [number, name] = [from.value('transfereeIdentityNumber'), from.value('transfereeName')];
  // Người thừa kế là người nộp hồ sơ, trừ khi tờ khai nêu người khác.
  const heir = from.case === 'inheritance' && number === '' ? from.applicant : undefined;
  const to = heir ?? partyFrom(number, name);
  if (to === null) return no('chưa nêu đúng người nhận chuyển quyền: cần số định danh (9, 12 chữ số) hoặc mã số thuế (10, 13 chữ số) và tên');
  if (from.case === 'inheritance' && from.value('ownerIdentityNumber') === '') return no('chưa nêu số định danh của người để lại di sản');
  const others = from.value('otherSellers').split(',').map((one) => one.trim()).filter((one) => one !== '');
  return { action: 'transfer', sellers: [owner(from), ...others.map((one) => [one])], to, certificateNumber: from.number, consent: from.consent };
}

function mortgage(from: Given): LandAction | Problem {
  const [creditor, contractNumber, amount] = [from.value('mortgageeName'), from.value('contractNumber'), from.value('amount')];
  if (creditor === '') return no('chưa nêu tên bên nhận thế chấp');
  if (contractNumber === '') return no('chưa nêu số hợp đồng thế chấp');
  if (!/^\d{0,13}$/.test(amount)) return no('số tiền bảo đảm phải là số nguyên đồng');
  return { action: 'mortgage', mortgagor: owner(from), mortgage: from.number, creditor, amount: Number(amount), contractNumber };
}
