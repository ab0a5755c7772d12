/** Faults of the published records and of our knowledge, as the catalogue marks them: the closed list, with what each means to a reader. */
import type { Text } from '@lienthong/law';

const text = (vi: string, en: string): Text => ({ vi, en });

export const catalogueFlagTexts = {
  'default-route': text('Chưa có quy trình riêng: tiếp nhận → cơ quan có thẩm quyền → trả kết quả', 'No route of its own: received → competent office → returned'),
  'to-confirm': text('Chưa đọc được nguồn quốc gia; cần xác nhận', 'The national record was not read; to be confirmed'),
  'limit-assumed': text('Không có thời hạn công bố; thời hạn là tạm định', 'No limit is published; the limit is assumed'),
  'documents-not-read': text('Chưa đọc được thành phần hồ sơ', 'The required documents were not read'),
  'office-inferred': text('Cơ quan giải quyết là suy ra', 'The competent office is inferred'),
  'register-by-hand': text('Cơ sở dữ liệu chuyên ngành do cán bộ cập nhật', 'The register is changed by its officers, not by the leg'),
  'earlier-version-not-read': text('Chưa đọc được bản trước 01/7/2025', 'The version before 1/7/2025 was not read'),
  'council-fee': text('Phí, lệ phí do Hội đồng nhân dân cấp tỉnh quyết định', 'The provincial council sets the fee'),
  'council-fee-not-loaded': text('Chưa nạp nghị quyết phí, lệ phí: chưa thu', "The council's resolution is not loaded: nothing is charged"),
  'imported': text('Do cơ quan nhập từ danh mục', 'Imported by the office from a list'),
  'absent-from-the-crawl': text('Không có trong bản thu thập Cổng quốc gia', 'Absent from the crawl of the national portal'),
  'competent-agency-empty': text('Bản ghi bỏ trống cơ quan có thẩm quyền', 'The record leaves the competent agency empty'),
  'executing-agency-empty': text('Bản ghi bỏ trống cơ quan thực hiện', 'The record leaves the executing agency empty'),
  'decree-118-2025-is-cut-short-in-the-source': text('Bản ghi cắt cụt số Nghị định 118/2025', 'Decree 118/2025 is cut short in the record'),
  'district-level-still-named': text('Bản ghi còn nêu cấp huyện', 'The record still names the district level'),
  'household-book-still-named': text('Bản ghi còn nêu sổ hộ khẩu', 'The record still names the household book'),
  'document-list-incomplete-in-the-crawl': text('Danh sách thành phần hồ sơ bị cắt', 'The list of documents is cut short'),
  'executing-field-names-a-ha-noi-body': text('Bản ghi nêu cơ quan của Hà Nội', 'The record names a body of Hà Nội'),
  'executing-field-names-a-steering-committee-office': text('Bản ghi nêu văn phòng ban chỉ đạo', "The record names a steering committee's office"),
  'executing-field-names-a-trade-union': text('Bản ghi nêu tổ chức công đoàn', 'The record names a trade union'),
  'fee-differs-by-channel': text('Phí khác nhau theo kênh', 'The fee differs by channel'),
  'form-cites-circular-53-2023-once': text('Biểu mẫu dẫn chiếu thông tư cũ', 'A form cites an older circular'),
  'name-approximate': text('Tên thủ tục là gần đúng', 'The name is approximate'),
  'result-code-outside-the-kq-grammar': text('Mã kết quả không theo cấu trúc KQ', 'A result code outside the KQ grammar'),
  'result-is-the-request-form': text('Bản ghi nêu phiếu yêu cầu làm kết quả', 'The request form is named as the result'),
  'time-differs-by-channel': text('Thời hạn công bố khác nhau theo kênh', 'The published time differs by channel'),
  'time-empty': text('Bản ghi bỏ trống thời hạn', 'The record leaves the time empty'),
  'unit-missing': text('Thời hạn công bố thiếu đơn vị', 'The published time has no unit'),
} as const satisfies Readonly<Record<string, Text>>;

export const catalogueFlags: readonly string[] = Object.keys(catalogueFlagTexts);
