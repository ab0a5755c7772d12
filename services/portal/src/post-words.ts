/** What a postman reads. Vietnamese first, English by switch. */
import { postal } from '@lienthong/contract';
import type { Language } from './words.ts';

const vi = {
  title: 'Bưu tá', office: 'Mã bưu cục', officer: 'Mã bưu tá', key: 'Khóa của bưu cục', place: 'Địa bàn hôm nay', placeHint: 'Ghi vào mỗi lần quét, ví dụ Hội An', enter: 'Vào', leave: 'Ra', wrong: 'Mã bưu cục hoặc khóa không đúng.',
  toCollect: 'Cần thu gom', toDeliver: 'Cần phát', nothing: 'Không có bưu gửi nào.', more: 'Còn nữa; làm xong các bưu gửi trên rồi mở lại trang này.', back: 'Danh sách', from: 'Nhận tại', to: 'Phát tới', what: 'Trong bưu gửi', due: 'Phải thu', phone: 'Điện thoại', rehearsal: 'diễn tập, không đi phát',
  code: 'Mã giao nhận 6 số', codeGive: 'Hỏi người giao; có trên trang tra cứu hoặc màn hình của cơ quan.', codeTake: 'Hỏi người nhận; có trên trang tra cứu hoặc màn hình của cơ quan.', signedBy: 'Hoặc tên người ký giao', takenBy: 'Tên người nhận (bỏ trống: đúng người nhận)', signed: 'Người nhận đã ký vào phiếu', taken: 'Đã thu đủ', collect: 'Đã thu gom', out: 'Đi phát', deliver: 'Đã phát', failed: 'Không thành', reason: 'Lý do', returned: 'Chuyển hoàn', gone: 'Không tìm thấy bưu gửi này trong việc của bưu cục.',
  done: 'Đã ghi.',
};
type PostWords = typeof vi;

const en: PostWords = {
  title: 'Postman', office: 'Post office', officer: 'Your code', key: 'Key of the post office', place: 'Where you are today', placeHint: 'Written with every scan, e.g. Hội An', enter: 'Enter', leave: 'Leave', wrong: 'The post office or its key is not right.',
  toCollect: 'To collect', toDeliver: 'To deliver', nothing: 'Nothing.', more: 'There is more; open this page again when these are done.', back: 'List', from: 'Collect at', to: 'Deliver to', what: 'Contents', due: 'To be paid', phone: 'Telephone', rehearsal: 'rehearsal, nothing travels',
  code: 'Hand-over code, 6 digits', codeGive: 'Ask whoever gives it; it is on the tracking page or on the screen of the office.', codeTake: 'Ask whoever takes it; it is on the tracking page or on the screen of the office.', signedBy: 'Or the name of whoever signed', takenBy: 'Name of whoever took it (empty: the addressee)', signed: 'They signed the slip', taken: 'Paid in full', collect: 'Collected', out: 'On the round', deliver: 'Delivered', failed: 'Failed', reason: 'Why', returned: 'Return to the sender', gone: 'This consignment is not among the errands of the post office.',
  done: 'Recorded.',
};

export const postWords: Readonly<Record<Language, PostWords>> = { vi, en };

type Named = readonly (readonly [postal.FailureReason, Readonly<Record<Language, string>>])[];
/** In the order in which they are offered. */
export const failureReasons: Named = [
  [postal.FailureReason.ABSENT, { vi: 'Không có người', en: 'Nobody was there' }], [postal.FailureReason.REFUSED, { vi: 'Không nhận', en: 'Not wanted' }], [postal.FailureReason.ADDRESS, { vi: 'Sai địa chỉ', en: 'Wrong address' }],
  [postal.FailureReason.UNPAID, { vi: 'Không trả tiền', en: 'Not paid' }], [postal.FailureReason.CLOSED, { vi: 'Cơ quan đóng cửa', en: 'The office was closed' }],
];
