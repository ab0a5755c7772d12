/** Which role of the catalogue an agency named in a list bears: the first words that fit. */
import type { Locality, Role } from '@lienthong/law';

export type Accountable = { readonly role: Role; readonly locality: Locality };
type Words = readonly [words: string, role: Role, locality: Locality];

/** More telling names first: a chair's committee is also a committee. */
const AGENCIES: readonly Words[] = [
  ['đăng ký đất đai', 'land-registration', 'subject'], ['công an', 'police', 'residence'], ['bảo hiểm xã hội', 'social-insurance', 'residence'], ['đăng ký kinh doanh', 'business-registration', 'subject'],
  ['sở nông nghiệp và môi trường', 'department-agriculture-environment', 'subject'], ['sở xây dựng', 'department-construction', 'subject'], ['sở tài chính', 'department-finance', 'subject'], ['sở nội vụ', 'department-home-affairs', 'residence'],
  ['sở y tế', 'department-health', 'subject'], ['sở giáo dục', 'department-education', 'subject'], ['sở công thương', 'department-industry-trade', 'subject'], ['sở văn hóa', 'department-culture', 'subject'],
  ['sở khoa học', 'department-science', 'subject'], ['sở tư pháp', 'department-justice', 'subject'], ['sở dân tộc', 'department-ethnic-religion', 'subject'], ['thanh tra', 'inspectorate', 'subject'], ['khu công nghiệp', 'zone-board', 'subject'],
  ['khu công nghệ cao', 'zone-board', 'subject'], ['cơ quan thuế', 'tax', 'subject'], ['thuế cơ sở', 'tax', 'subject'], ['chi cục thuế', 'tax', 'subject'], ['bảo trợ xã hội', 'social-protection', 'residence'],
  ['ủy ban nhân dân cấp tỉnh', 'province-committee', 'subject'], ['ủy ban nhân dân tỉnh', 'province-committee', 'subject'], ['ủy ban nhân dân thành phố', 'province-committee', 'subject'],
  ['ủy ban nhân dân cấp huyện', 'local-committee', 'subject'], ['ủy ban nhân dân cấp xã', 'peoples-committee', 'subject'], ['ủy ban nhân dân xã', 'peoples-committee', 'subject'],
];

/** A list may name a level only; the commune level has one committee that answers. */
const LEVELS: readonly Words[] = [['xã', 'peoples-committee', 'subject']];

/** Spelling of tone marks differs between lists: `Uỷ`, `Ủy`. */
const plain = (name: string): string => name.normalize('NFC').toLowerCase().replaceAll('uỷ', 'ủy').replaceAll('hoá', 'hóa').replaceAll('ubnd', 'ủy ban nhân dân');
const find = (words: readonly Words[], name: string): Accountable | null => {
  const found = words.find(([word]) => plain(name).includes(plain(word)));
  return found === undefined ? null : { role: found[1], locality: found[2] };
};

/** `inferred`: only the level says so. Null: nobody can be named. */
export function accountableOf(agency: string, level: string): (Accountable & { readonly inferred: boolean }) | null {
  const named = find(AGENCIES, agency);
  if (named !== null) return { ...named, inferred: false };
  const byLevel = agency === '' ? find(LEVELS, level) : null;
  return byLevel === null ? null : { ...byLevel, inferred: true };
}
