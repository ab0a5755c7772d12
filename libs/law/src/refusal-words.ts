/** What a machine calls by a word of its own in the holes of refusals, as a clerk or a postman reads it. English keeps the word. */

/** Vietnamese by hole and value; what is not in it stands for itself. */
export type SpokenWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const legWords: SpokenWords = {
  status: { addressed: 'chờ tiếp nhận', open: 'đang xử lý', deciding: 'đang quyết định', complete: 'đã hoàn thành', refused: 'đã từ chối', stopped: 'đã dừng', revoked: 'đã thu hồi', withdrawn: 'đã rút hồ sơ', stale: 'phải xem lại', skipped: 'được bỏ qua', consultation: 'chỉ cho ý kiến' },
  command: {
    assign: 'phân công', complete: 'hoàn thành', refuse: 'từ chối', confirm: 'xác nhận giữ kết quả', revoke: 'thu hồi kết quả', 'amend-result': 'đính chính, cấp lại', 'revoke-result': 'thu hồi một kết quả', reopen: 'mở lại', decline: 'trả lại vì không thuộc thẩm quyền', reroute: 'chuyển cơ quan khác',
    stop: 'dừng giải quyết', insert: 'thêm bước', skip: 'bỏ bước', 'ask-supplement': 'yêu cầu bổ sung', consult: 'lấy ý kiến', 'waive-opinion': 'thôi chờ ý kiến', 'tell-part': 'xác định địa bàn', 'ask-redo': 'đề nghị làm lại', 'open-charge': 'thông báo nghĩa vụ tài chính',
    'start-posting': 'niêm yết', 'start-wait': 'tạm dừng chờ', 'end-wait': 'kết thúc chờ', 'attach-evidence': 'gắn dữ liệu', 'attach-document': 'gắn tài liệu', extend: 'gia hạn', intend: 'hoàn thành', 'intend-amendment': 'đính chính, cấp lại', 'resolve-register': 'chỉnh lý cơ sở dữ liệu', 'send-originals': 'gửi bản gốc', 'confirm-consignment': 'xác nhận bưu gửi',
  },
};

export const chargeWords: SpokenWords = {
  chargeStatus: { open: 'chưa nộp', paid: 'đã nộp', cancelled: 'không phải nộp nữa', exempted: 'được miễn', refunded: 'đã hoàn trả', settled: 'đã kết thúc' },
};

export const postWords: SpokenWords = {
  state: { ordered: 'chờ bưu điện nhận', accepted: 'chờ thu gom', collected: 'đã thu gom', 'in-transit': 'đang vận chuyển', 'out-for-delivery': 'đang đi phát', failed: 'phát không thành', delivered: 'đã phát', returned: 'đã chuyển hoàn', lost: 'thất lạc', cancelled: 'đã hủy' },
  command: { collected: 'thu gom', 'in-transit': 'vận chuyển', 'out-for-delivery': 'đi phát', attempt: 'phát không thành', delivered: 'phát', returned: 'chuyển hoàn', lost: 'thất lạc' },
};

export const registerWords: SpokenWords = {
  register: { land: 'đất đai', business: 'đăng ký hộ kinh doanh', social: 'bảo trợ xã hội' },
};

/** What a leg may wait for; a charge and a step are called by their own names. */
export const waitWords: SpokenWords = {
  blockedBy: {
    'supplement': 'người dân bổ sung hồ sơ', 'consultation': 'ý kiến cơ quan liên quan', 'redo': 'cơ quan trước làm lại', 'posting': 'niêm yết công khai', 'consent': 'người dân xác nhận, đồng ý', 'verification-abroad': 'xác minh ở nước ngoài',
    ...Object.fromEntries(Object.entries(registerWords['register']!).map(([register, name]) => [register, `cơ sở dữ liệu ${name}`])),
  },
};

/** In the place of an office that follows another one. */
export const noSuccessor = 'there is none; ListOffices names who is competent on that day';
export const officeWords: SpokenWords = { successor: { [noSuccessor]: 'không có; tra cơ quan có thẩm quyền ngày đó bằng ListOffices' } };

/** What fills the holes for whoever reads Vietnamese; of a list, each. */
export function inVietnamese(meta: Readonly<Record<string, string>>, words: SpokenWords = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(meta).map(([hole, value]) => [hole, words[hole] === undefined ? value : value.split(', ').map((one) => words[hole]![one] ?? one).join(', ')]));
}
