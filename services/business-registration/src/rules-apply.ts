/** What a change makes of the records that it touches, or why the business register does not allow it. */
import { isKnownBy, numbersOf, samePlace } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import type { Problem } from '@lienthong/dossier-service';
import type { Business, BusinessAction, BusinessChange, BusinessRecord, Content, NameRecord, OwnerRecord } from './rules-facts.ts';
import { businessKey, hasSuspension, nameKey, ownerKey, personalTaxCode } from './rules-facts.ts';
import { comparable } from './rules-names.ts';

const no = (problem: string): Problem => ({ problem });

/** The id of the business that a dossier establishes: known before it exists, and never given twice. */
export const businessOf = (code: string): string => `HKD-${code}`;

// ---------------------------------------------------------------- which records

/** Names and owners that the change takes and frees. A name that differs in nothing that counts stays where it is. */
type Moves = { readonly takesName: string | null; readonly freesName: string | null; readonly looksAt: readonly string[]; readonly takesOwner: string | null; readonly freesOwner: string | null };

function movesOf(change: BusinessChange): Moves {
  const content: Content = 'content' in change ? change.content : {};
  const [ends, was] = [change.action === 'terminate', change.was];
  const oldName = was === null ? null : nameKey(was.name.area, was.name.comparable), oldOwner = was === null || was.owner === '' ? null : ownerKey(was.owner);
  const newName = content.name === undefined ? null : nameKey(content.name.area, content.name.comparable), newOwner = content.owner === undefined ? null : ownerKey(numbersOf(content.owner)[0]!);
  const renamed = newName !== null && newName !== oldName, resold = newOwner !== null && newOwner !== oldOwner;
  return {
    takesName: renamed ? newName : null, freesName: ends || renamed ? oldName : null, looksAt: renamed ? content.name!.past.map((area) => nameKey(area, content.name!.comparable)) : [],
    takesOwner: resold ? newOwner : null, freesOwner: ends || resold ? oldOwner : null,
  };
}

export function touchedBy(change: BusinessChange): readonly string[] {
  const { takesName, freesName, looksAt, takesOwner, freesOwner } = movesOf(change);
  return [...new Set([businessKey(change.business), takesName, freesName, ...looksAt, takesOwner, freesOwner].filter((key): key is string => key !== null))];
}

// ---------------------------------------------------------------- what becomes of each

export function nextRecord(change: BusinessChange, key: string, record: BusinessRecord | null, places: Pick<Reference, 'areasNow'>): BusinessRecord | Problem | null {
  if (key === businessKey(change.business)) return nextBusiness(change, record as Business | null, places);
  return key.startsWith('name|') ? nextName(change, key, record as NameRecord | null) : nextOwner(change, key, record as OwnerRecord | null);
}

function nextName(change: BusinessChange, key: string, record: NameRecord | null): NameRecord | Problem | null {
  const { takesName, freesName } = movesOf(change);
  const bearer = record?.business ?? '';
  if (key === freesName) return record === null || bearer !== change.business ? null : { ...record, business: '' };
  const name = 'content' in change ? change.content.name : undefined;
  if (bearer !== '' && bearer !== change.business) return no(`tên "${name?.name ?? ''}" trùng với tên hộ kinh doanh khác đã đăng ký trong xã, phường`);
  return key === takesName ? { type: 'name', area: name!.area, comparable: name!.comparable, business: change.business } : null;
}

function nextOwner(change: BusinessChange, key: string, record: OwnerRecord | null): OwnerRecord | Problem | null {
  const bearer = record?.business ?? '';
  if (key === movesOf(change).freesOwner) return record === null || bearer !== change.business ? null : { ...record, business: '' };
  if (bearer !== '' && bearer !== change.business) return no('người này đang là chủ một hộ kinh doanh khác; mỗi cá nhân chỉ được đăng ký một hộ kinh doanh');
  return { type: 'owner', number: key.slice(ownerKey('').length), business: change.business };
}

// ---------------------------------------------------------------- the business itself

type Change<A extends BusinessAction['action']> = BusinessChange & { readonly action: A };

function nextBusiness(change: BusinessChange, business: Business | null, places: Pick<Reference, 'areasNow'>): Business | Problem {
  if (business === null && change.action === 'establish') return established(change);
  if (business === null) return no(`không có hộ kinh doanh ${change.business} trong cơ sở dữ liệu`);
  const problem = refusalOf(change, business, places);
  if (problem !== null) return problem;
  const next = changed(change, business);
  return 'problem' in next ? next : { ...next, code: change.code };
}

/** What must be so for every change of a business that exists. */
function refusalOf(change: BusinessChange, business: Business, places: Pick<Reference, 'areasNow'>): Problem | null {
  if (business.state === 'terminated') return no('hộ kinh doanh đã chấm dứt hoạt động');
  if (!samePlace(places, business.area, change.area, change.today)) return no('hộ kinh doanh không thuộc địa bàn của cơ quan đang giải quyết');
  if (!change.by.some((number) => isKnownBy(business.owner, number))) return no('người đề nghị không phải là chủ hộ kinh doanh theo cơ sở dữ liệu');
  const { was } = change;
  return was !== null && (comparable(business.name) !== was.name.comparable || !isKnownBy(business.owner, was.owner)) ? no('tên hoặc chủ hộ kinh doanh vừa được thay đổi bởi hồ sơ khác') : null;
}

function changed(change: BusinessChange, business: Business): Business | Problem {
  const suspended = hasSuspension(business, change.on);
  switch (change.action) {
    case 'establish': return corrected(change, business);
    case 'certificate': return certified(change, business);
    case 'change': return { ...business, ...plain(change.content), taxCode: taxCodeAfter(business, change.content), certificateNumber: change.certificateNumber || business.certificateNumber };
    case 'suspend': return suspended ? no(`hộ kinh doanh ${change.on < business.suspendedFrom ? 'đã đăng ký' : 'đang'} tạm ngừng từ ${business.suspendedFrom}`) : { ...business, state: 'suspended', suspendedFrom: change.from, suspendedUntil: change.until };
    case 'resume': return suspended ? { ...business, state: 'active', suspendedFrom: '', suspendedUntil: '' } : no('hộ kinh doanh không tạm ngừng');
    case 'terminate': return { ...business, state: 'terminated', suspendedFrom: '', suspendedUntil: '', endedOn: change.on };
  }
}

/** A personal number that is the tax code goes with its person (TT 86/2024/TT-BTC điều 5). */
function taxCodeAfter({ owner, taxCode }: Business, { owner: next }: Content): string {
  return next === undefined || !isKnownBy(owner, taxCode) ? taxCode : personalTaxCode(next);
}

/** The registration was sent back before the certificate: its own dossier may put it right. */
function corrected(change: Change<'establish'>, business: Business): Business | Problem {
  return business.code === change.code && business.certificateNumber === '' ? { ...business, ...plain(change.content) } : no(`đã có hộ kinh doanh ${business.business} trong cơ sở dữ liệu`);
}

function certified(change: Change<'certificate'>, business: Business): Business | Problem {
  if (change.certificateNumber === '') return no('chưa có số Giấy chứng nhận đăng ký hộ kinh doanh');
  if (business.certificateNumber !== '' && business.code !== change.code) return no(`hộ kinh doanh đã có Giấy chứng nhận số ${business.certificateNumber}`);
  return { ...business, taxCode: change.taxCode, certificateNumber: change.certificateNumber };
}

function plain({ name, ...rest }: Content): Partial<Business> {
  return name === undefined ? rest : { ...rest, name: name.name, area: name.area };
}

function established({ business, content, on, code }: Change<'establish'>): Business {
  const { name, owner, address, lines, capital } = content;
  return {
    type: 'business', business, taxCode: '', name: name.name, owner, area: name.area, address, lines, capital, state: 'active', suspendedFrom: '', suspendedUntil: '', certificateNumber: '', registeredOn: on, endedOn: '', code,
  };
}
