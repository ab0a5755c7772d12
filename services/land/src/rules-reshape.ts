/** Splitting a parcel and merging several: which parcels there are before and after, and what passes on to the new ones. */
import { isKnownBy, samePlace } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import type { Problem } from '@lienthong/dossier-service';
import type { LandAction, LandChange, Mortgage, NewParcel, Numbers, Parcel, Right } from './rules-facts.ts';

export type Reshape = LandChange & { readonly action: 'split' | 'merge' };
type Action = Extract<LandAction, { action: 'split' | 'merge' }>;
type Places = Pick<Reference, 'areasNow'>;

/** Parcels that one split makes, or one merge takes. */
export const maxReshaped = 20;

const no = (problem: string): Problem => ({ problem });
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const stands = (one: Mortgage): boolean => one.deletedAt === null;

/** Why the parcels cannot be reshaped so at all, whoever holds a reservation; null: they can. Luật Đất đai 2024 điều 220: rights, blocks, and for a merge one holder of them all. */
export function reshapeProblem({ action, holder, consent, sources, makes }: Action, parcel: string): Problem | null {
  const wrongCount = action === 'split' ? sources.length !== 1 || makes.length < 2 : sources.length < 2 || makes.length !== 1;
  if (wrongCount) return no(action === 'split' ? 'tách thửa cần ít nhất 2 thửa mới' : 'hợp thửa cần ít nhất 2 thửa đất có trong cơ sở dữ liệu và đúng 1 thửa mới');
  if (sources.length > maxReshaped || makes.length > maxReshaped) return no(`mỗi hồ sơ tách, hợp tối đa ${maxReshaped} thửa`);
  if (sources[0]!.parcel !== parcel) return no(`hồ sơ về thửa đất ${parcel}, không phải ${sources[0]!.parcel}`);
  return numbersProblem(sources, makes) ?? holdersProblem(sources, holder) ?? mortgagesProblem(sources, consent);
}

function numbersProblem(sources: readonly Parcel[], makes: readonly NewParcel[]): Problem | null {
  const ids = [...sources, ...makes].map((one) => one.parcel);
  if (new Set(ids).size < ids.length) return no('mỗi thửa đất cũ, mới phải có mã riêng');
  if (makes.some((one) => one.certificateNumber === '')) return no('mỗi thửa đất mới phải có số phát hành Giấy chứng nhận');
  if (new Set(makes.map((one) => one.certificateNumber)).size < makes.length) return no('mỗi thửa đất mới phải có số phát hành Giấy chứng nhận riêng');
  if (makes.some((one) => !Number.isSafeInteger(one.sizeDm2) || one.sizeDm2 < 1)) return no('diện tích thửa đất mới phải là số nguyên dm² lớn hơn 0');
  const [before, after] = [sources, makes].map((all) => all.reduce((sum, one) => sum + one.sizeDm2, 0));
  return before === after ? null : no(`tổng diện tích thửa mới (${after} dm²) khác tổng diện tích thửa cũ (${before} dm²)`);
}

/** Kind, person and share of each right, whatever certificate it stands on. */
const sharesOf = ({ rights }: Parcel): readonly string[] => rights.map(({ kind, holder, shareMillionths }) => JSON.stringify([kind, holder, shareMillionths])).sort();

function holdersProblem([first, ...rest]: readonly Parcel[], holder: Numbers): Problem | null {
  if (!first!.rights.some((right) => holder.some((number) => isKnownBy(right.holder, number)))) return no(`người đề nghị không phải là người sử dụng thửa đất ${first!.parcel} theo cơ sở dữ liệu`);
  const other = rest.find((one) => !same(sharesOf(one), sharesOf(first!)));
  if (other !== undefined) return no(`thửa đất ${other.parcel} không cùng người sử dụng và cùng phần quyền với thửa đất ${first!.parcel}`);
  const purpose = rest.find((one) => one.purpose !== first!.purpose);
  return purpose === undefined ? null : no(`thửa đất ${purpose.parcel} khác mục đích sử dụng (${purpose.purpose}) với thửa đất ${first!.parcel} (${first!.purpose})`);
}

/** What is pledged changes only as its creditor agrees; several pledged parcels are not made one, for a mortgage would then lie on more than was pledged. */
function mortgagesProblem(sources: readonly Parcel[], consent: boolean): Problem | null {
  const pledged = sources.filter((one) => one.mortgages.some(stands));
  if (pledged.length === 0) return null;
  if (sources.length > 1) return no(`thửa đất ${pledged[0]!.parcel} đang thế chấp; xóa đăng ký thế chấp trước khi hợp thửa`);
  return consent ? null : no(`thửa đất đang thế chấp tại ${pledged[0]!.mortgages.find(stands)!.creditor}; chưa có văn bản đồng ý của bên nhận thế chấp`);
}

export function reshapeTouches({ sources, makes }: Reshape): readonly string[] {
  return [...sources, ...makes].map((one) => one.parcel);
}

/** What becomes of one of the parcels; null facts: it does not exist yet. */
export function reshaped(change: Reshape, key: string, parcel: Parcel | null, places: Places): Parcel | Problem {
  const made = change.makes.find((one) => one.parcel === key);
  if (made !== undefined) return parcel === null ? newParcel(change, made) : no(`mã thửa đất ${key} đã có trong cơ sở dữ liệu đất đai`);
  const was = change.sources.find((one) => one.parcel === key)!;
  if (parcel === null) return no(`không có thửa đất ${key} trong cơ sở dữ liệu đất đai`);
  if (!samePlace(places, parcel.area, change.area, change.today)) return no(`thửa đất ${key} không thuộc địa bàn của cơ quan đang giải quyết`);
  // The new parcels are made from what was seen; nothing that came since may be lost.
  if (!same(parcel, was)) return no(`thửa đất ${key} vừa được thay đổi bởi hồ sơ khác`);
  return { ...parcel, ended: { by: change.action, on: change.on, successors: change.makes.map((one) => one.parcel), code: change.code } };
}

/** The same people hold it by the same shares, under its own certificate; what stood on the old parcel stands on it. */
function newParcel({ sources, on, code }: Reshape, { certificateNumber, ...made }: NewParcel): Parcel {
  const { area, purpose, address, rights, mortgages } = sources[0]!;
  const held = rights.map((right): Right => ({ ...right, certificateNumber, since: on, code }));
  return { ...made, area, purpose, address, rights: held, mortgages: mortgages.filter(stands), blocks: [], origins: sources.map((one) => one.parcel) };
}

/** Putting it back: the new parcels go, the old ones stand again, as long as nothing was built on any of them. */
export function undoneReshape({ sources }: Reshape, key: string, after: Parcel, now: Parcel | null): { readonly facts: Parcel | null } | Problem {
  if (now === null || !same(now, after)) return no(`thửa đất ${key} đã có biến động tiếp theo`);
  const was = sources.find((one) => one.parcel === key);
  return { facts: was ?? null };
}
