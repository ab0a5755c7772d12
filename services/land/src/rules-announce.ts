/** From a dossier to the change of the land register that its completion announces. */
import { clockOf, documentsOf, localDate, numbersOf, partyFrom } from '@lienthong/law';
import type { Instant, PartyPart, SubjectPart } from '@lienthong/law';
import type { PrepareChange, Problem } from '@lienthong/dossier-service';
import { hasEnded } from './rules-apply.ts';
import { hasPlace, placeOf } from './rules-clashes.ts';
import type { Place } from './rules-clashes.ts';
import { maxParcelCharacters } from './rules-facts.ts';
import type { LandAction, LandChange, NewParcel, Numbers, Parcel } from './rules-facts.ts';

/** What an officer may give beside the declaration, per action; what is given wins over what was declared. */
export const landFields: Readonly<Record<string, readonly string[]>> = {
  // ownerIdentityNumber: under which the seller stands in the register when it is not the applicant's own (an old card; the deceased of an inheritance).
  // otherSellers: identity numbers of further sellers, separated by commas.
  transfer: ['transfereeIdentityNumber', 'transfereeName', 'ownerIdentityNumber', 'otherSellers'],
  exchange: ['ownerIdentityNumber'],
  mortgage: ['mortgageeName', 'contractNumber', 'amount', 'ownerIdentityNumber'],
  'mortgage-release': ['mortgage', 'contractNumber'],
  // newParcels: `id|number|size in dm²|certificate number` of each new parcel, separated by semicolons; of a merge the certificate is the issued result where it is left out.
  split: ['newParcels', 'ownerIdentityNumber'],
  // otherParcels: ids of the parcels that are merged with the dossier's own, separated by commas.
  merge: ['newParcels', 'otherParcels', 'ownerIdentityNumber'],
};

/** Part in which the service puts what stands in the register: the parcels that a dossier names, which of the new numbers stand on a certificate already, and which sheet and number another parcel of the commune bears. */
export const standingPart = 'standing';
export type Standing = { readonly sources: readonly Parcel[]; readonly numbersInUse: readonly { readonly number: string; readonly parcel: string }[]; readonly placesTaken: readonly (Place & { readonly parcel: string })[] };

type Given = { readonly applicant: PartyPart | undefined; value(name: string): string; readonly number: string; readonly case: string; readonly consent: boolean; readonly receivedAt: Instant | null };
const no = (problem: string): Problem => ({ problem });

export function landChangeOf(prepare: PrepareChange): LandChange | Problem {
  const { particulars, dossier, leg, now } = prepare;
  const parcel = (particulars['subject'] as SubjectPart | undefined)?.parcel ?? '';
  if (parcel === '') return no('hồ sơ chưa nêu mã thửa đất');
  const standing = particulars[standingPart] as Standing | undefined;
  const action = actionOf(prepare.action, given(prepare), standing);
  if ('problem' in action) return action;
  const used = usedNumber(action, standing) ?? usedPlace(action, standing);
  if (used !== null) return used;
  const at = clockOf(dossier, now);
  return { ...action, parcel, code: dossier.root!.body.code, at, on: localDate(at), area: leg.area, today: localDate(now) };
}

function given({ particulars, values, results, dossier, leg }: PrepareChange): Given {
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>;
  return {
    applicant: particulars['applicant'] as PartyPart | undefined, value: (name) => (values[name] ?? declared[name] ?? '').trim(), number: results[0]?.number ?? '', case: dossier.root!.body.case,
    consent: documentsOf(dossier).some((one) => one.document === 'mortgagee-consent'), receivedAt: leg.round === 1 ? leg.takenOver?.at ?? null : leg.firstStartsAt ?? null,
  };
}

function actionOf(action: string, from: Given, standing: Standing | undefined): LandAction | Problem {
  switch (action) {
    case 'transfer': return transfer(from);
    case 'exchange': return { action, holder: owner(from), certificateNumber: from.number };
    case 'mortgage': return mortgage(from);
    case 'mortgage-release': return { action, mortgage: from.value('mortgage'), contractNumber: from.value('contractNumber') };
    case 'split': case 'merge': return reshape(action, from, standing);
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
  return { action: 'mortgage', mortgagor: owner(from), mortgage: from.number, creditor, amount: Number(amount), contractNumber, ...(from.receivedAt === null ? {} : { receivedAt: from.receivedAt }) };
}

// ---------------------------------------------------------------- splitting and merging

/** Ids and numbers by which a dossier names other parcels and new certificates, as text of the officer or the applicant. */
export function namedIn({ particulars, values, results, action }: Pick<PrepareChange, 'particulars' | 'values' | 'results' | 'action'>): { readonly parcels: readonly string[]; readonly certificates: readonly string[] } {
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>;
  const value = (name: string): string => values[name] ?? declared[name] ?? '';
  const own = (particulars['subject'] as SubjectPart | undefined)?.parcel ?? '';
  const reshapes = action === 'split' || action === 'merge';
  const parts = reshapes ? newParcels(value('newParcels'), results[0]?.number ?? '', '') : [];
  return {
    parcels: [own, ...(action === 'merge' ? listed(value('otherParcels')) : [])].filter((one) => one !== ''),
    certificates: reshapes ? ('problem' in parts ? [] : parts.map((one) => one.certificateNumber)) : action === 'transfer' || action === 'exchange' ? [results[0]?.number ?? ''] : [],
  };
}

/** The parcels that a split or merge would make, on the sheet of what they are made of; none: nothing is made, or what is named cannot be read. */
export function madeFrom({ particulars, values, action }: Pick<PrepareChange, 'particulars' | 'values' | 'action'>, mapSheet: string): readonly NewParcel[] {
  const declared = (particulars['declaration'] ?? {}) as Readonly<Record<string, string>>, text = values['newParcels'] ?? declared['newParcels'] ?? '';
  const parts = action === 'split' || action === 'merge' ? newParcels(text, '', mapSheet) : [];
  return 'problem' in parts ? [] : parts;
}

const listed = (text: string): readonly string[] => text.split(',').map((one) => one.trim()).filter((one) => one !== '');

function newParcels(text: string, issued: string, mapSheet: string): readonly NewParcel[] | Problem {
  const parts = text.split(';').map((one) => one.trim()).filter((one) => one !== '');
  const made: NewParcel[] = [];
  for (const part of parts) {
    const [parcel, number, size, certificate, ...more] = part.split('|').map((one) => one.trim());
    if (parcel === undefined || parcel === '' || parcel.length > maxParcelCharacters || number === undefined || size === undefined || !/^\d{1,12}$/.test(size) || more.length > 0) return no(`không đọc được thửa mới "${part}"; ghi "mã|số thửa|diện tích dm²|số phát hành"`);
    made.push({ parcel, mapSheet, number, sizeDm2: Number(size), certificateNumber: certificate || (parts.length === 1 ? issued : '') });
  }
  return made;
}

function reshape(action: 'split' | 'merge', from: Given, standing: Standing | undefined): LandAction | Problem {
  const sources = standing?.sources ?? [];
  const makes = newParcels(from.value('newParcels'), from.number, sources[0]?.mapSheet ?? '');
  if ('problem' in makes) return makes;
  const unknown = action === 'merge' ? listed(from.value('otherParcels')).find((id) => !sources.some((one) => one.parcel === id)) : undefined;
  if (unknown !== undefined) return no(`không có thửa đất ${unknown} trong cơ sở dữ liệu đất đai`);
  const gone = sources.find((one) => one.ended !== undefined);
  if (gone?.ended !== undefined) return hasEnded(gone, gone.ended);
  return { action, holder: owner(from), consent: from.consent, sources, makes };
}

/** A number that stands on a certificate of the books before the hub is no number for a new one. */
function usedNumber(action: LandAction, standing: Standing | undefined): Problem | null {
  const wanted = 'makes' in action ? action.makes.map((one) => one.certificateNumber) : 'certificateNumber' in action ? [action.certificateNumber] : [];
  const used = standing?.numbersInUse.find(({ number }) => wanted.includes(number));
  return used === undefined ? null : no(`số phát hành Giấy chứng nhận ${used.number} đã dùng cho thửa đất ${used.parcel}`);
}

/** A parcel is named by commune, sheet and number (Luật Đất đai 2024): two that would bear one name are not made. What the change ends gives its number free. */
function usedPlace(action: LandAction, standing: Standing | undefined): Problem | null {
  if (!('makes' in action)) return null;
  const places = action.makes.filter(hasPlace).map(placeOf), taken = standing?.placesTaken.find((one) => places.includes(placeOf(one)));
  if (new Set(places).size < places.length) return no('mỗi thửa đất mới phải có số thửa riêng');
  return taken === undefined ? null : no(`tờ ${taken.mapSheet}, thửa ${taken.number} đã là của thửa đất ${taken.parcel}`);
}
