/**
 * A ground in law as people give it: the number of an act and the place in it, e.g. `118/2025/NĐ-CP, Điều 8 khoản 2`. It is a code: it stands in the entry and says
 * nothing of a person. Whatever else is to be said belongs to the reason, which stands beside the entry.
 */
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** Characters of a ground, and acts in it. */
export const maxGroundCharacters = 200;
export const maxCitedActs = 5;

/** Kinds of acts, written out or short, that may stand before a number. */
const kinds = [
  'Hiến pháp', 'Bộ luật', 'Luật', 'Pháp lệnh', 'Nghị quyết', 'Nghị định', 'Thông tư liên tịch', 'Thông tư', 'Quyết định', 'Chỉ thị', 'Thông báo', 'Công văn', 'Giấy', 'Bản án', 'BLDS',
  'NQ', 'NĐ', 'TTLT', 'TT', 'QĐ', 'CT', 'TB', 'CV',
].join('|');
/** Laws that are cited by name and year. A closed list: a free title could say anything. */
const namedLaws = [
  'Đất đai', 'Nhà ở', 'Xây dựng', 'Hộ tịch', 'Cư trú', 'Căn cước', 'Trẻ em', 'Người cao tuổi', 'Người khuyết tật', 'Bảo hiểm xã hội', 'Bảo hiểm y tế', 'Doanh nghiệp', 'Đầu tư', 'Hợp tác xã', 'Quản lý thuế',
  'Thuế thu nhập cá nhân', 'Phí và lệ phí', 'Công chứng', 'Khiếu nại', 'Tố cáo', 'Tiếp công dân', 'Dân sự', 'Tố tụng dân sự', 'Tố tụng hành chính', 'Thi hành án dân sự', 'Hôn nhân và gia đình',
].join('|');
/** Provinces since 1 July 2025 (202/2025/QH15): numbers of their decisions are told apart by them only, e.g. `2851/QĐ-UBND (Hải Phòng)`. */
const provinces = [
  'Hà Nội', 'Huế', 'Lai Châu', 'Điện Biên', 'Sơn La', 'Lạng Sơn', 'Quảng Ninh', 'Thanh Hóa', 'Nghệ An', 'Hà Tĩnh', 'Cao Bằng', 'Tuyên Quang', 'Lào Cai', 'Thái Nguyên', 'Phú Thọ', 'Bắc Ninh', 'Hưng Yên',
  'Hải Phòng', 'Ninh Bình', 'Quảng Trị', 'Đà Nẵng', 'Quảng Ngãi', 'Gia Lai', 'Khánh Hòa', 'Lâm Đồng', 'Đắk Lắk', 'Thành phố Hồ Chí Minh', 'Đồng Nai', 'Tây Ninh', 'Cần Thơ', 'Vĩnh Long', 'Đồng Tháp', 'Cà Mau', 'An Giang',
].join('|');
/** `118/2025/NĐ-CP`, `31/2024/QH15`, `381/QĐ-BTC`, `45/2016/QĐ-TTg`: signs of issuing bodies, in capitals, so that no name fits. */
const sign = String.raw`[A-ZĐ][A-ZĐ\d]{0,11}g?`;
/** The national list also numbers decisions the other way round: `QĐ/0001-BTP`. */
const number = String.raw`(?:\d{1,6}(?:/\d{4})?/${sign}(?:-${sign}){0,3}|QĐ/\d{1,6}-${sign})(?: \((?:${provinces})\))?`;
const act = String.raw`(?:(?:(?:${kinds}) )?(?:số )?${number}|(?:Luật|Bộ luật) (?:${namedLaws}) (?:(?:năm )?\d{4}|${number}))`;
const place = String.raw`(?:[đĐ]iểm|[kK]hoản|[đĐ]iều|[mM]ục|[cC]hương|[pP]hụ lục|[mM]ẫu) (?:\d{1,4}[a-zđ]?|[a-zđ]|[IVXLC]{1,6})`;
const cited = String.raw`${act}(?:,? ${place}){0,4}`;
const ground = new RegExp(String.raw`^${cited}(?:; ${cited}){0,${maxCitedActs - 1}}$`, 'u');

export function isLegalGround(text: string): boolean {
  return text.length <= maxGroundCharacters && ground.test(text.normalize('NFC'));
}

/** Null: a ground that may stand in an entry. `field`: of the request. */
export function groundRefusal(text: string, field = 'ground'): Refusal | null {
  if (text === '') return refuse('REASON_MISSING', {}, field);
  return isLegalGround(text) ? null : refuse('GROUND_INVALID', { field }, field);
}
