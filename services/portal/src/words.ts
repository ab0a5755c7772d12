/** What people read on the pages. Vietnamese first, English by switch. */
export type Language = 'vi' | 'en';

const vi = {
  title: 'Tra cứu hồ sơ liên thông', lead: 'Xem hồ sơ của bạn đang ở đâu, ai đang xử lý, khi nào có kết quả.', code: 'Mã hồ sơ', codeHint: 'In trên giấy tiếp nhận, ví dụ H17.125.02-261124-0001',
  last4: '4 số cuối giấy tờ tùy thân của người nộp', last4Hint: 'Số định danh cá nhân, CCCD hoặc hộ chiếu; khai sinh: của cha hoặc mẹ', orQr: 'Hoặc quét mã QR trên giấy tiếp nhận, không cần nhập gì thêm.', look: 'Tra cứu', received: 'Tiếp nhận lúc', due: 'Hẹn trả kết quả', provisional: 'tạm tính', suspended: 'Thời hạn đang tạm dừng từ',
  now: 'Hồ sơ đang ở đâu', since: 'từ', dueAt: 'hạn', nobody: 'Không còn cơ quan nào phải xử lý.', next: 'Việc tiếp theo', nothingNext: 'Không còn việc nào.', applicant: 'Người nộp', notices: 'Cơ quan nhắn người nộp', history: 'Quá trình giải quyết', time: 'Thời gian', what: 'Việc', office: 'Cơ quan',
  charges: 'Phí, lệ phí, thuế', post: 'Bưu gửi', handover: 'Mã giao nhận', suspensions: 'Thời gian tạm dừng', results: 'Kết quả', returned: 'đã trả', ready: 'chờ trả', rehearsal: 'Hồ sơ diễn tập: không có giá trị pháp lý, chạy theo đồng hồ riêng.', noForm: 'Hồ sơ không có giấy tờ này.', controlSlip: 'Phiếu kiểm soát (PDF)', letters: { supplement: 'Phiếu yêu cầu bổ sung (PDF)', apology: 'Văn bản xin lỗi, hẹn lại (PDF)', refusal: 'Phiếu từ chối (PDF)', stop: 'Thông báo dừng giải quyết (PDF)' }, receipt: 'Tải giấy tiếp nhận (PDF)', another: 'Tra hồ sơ khác',
  refused: 'Mã hồ sơ hoặc thông tin xác nhận không đúng. Kiểm tra lại giấy tiếp nhận.', wait: 'Thử sai quá nhiều lần. Vui lòng thử lại sau ít phút.', broken: 'Hệ thống đang bận. Vui lòng thử lại sau.', notFound: 'Không có trang này.', unreadable: 'Không đọc được nội dung gửi đến.', still: 'chưa kết thúc',
  collectAt: 'Nhận kết quả tại', byPost: 'Qua bưu chính', online: 'Trực tuyến', resultBy: 'Trả kết quả', late: 'đã quá hạn', number: 'số', asOf: 'Xem lúc', reads: 'Ai đã đọc dữ liệu của bạn', register: 'Cơ sở dữ liệu', readBy: 'Người đọc', why: 'Mục đích, căn cứ', notAsked: 'Chưa hỏi được', skip: 'Đến nội dung chính', english: 'English', hub: 'Liên thông hub',
  resultTitle: 'Kiểm tra kết quả đã cấp', resultLead: 'Giấy tờ đang cầm trên tay còn hiệu lực, đã được đính chính, cấp lại hay bị thu hồi.', paperNumber: 'Số ghi trên giấy', orFile: 'Hoặc mã SHA-256 của tệp kết quả', fileHint: '64 ký tự; khi có mã này thì không cần mã hồ sơ và số', check: 'Kiểm tra', checkResult: 'Kiểm tra một giấy tờ đã cấp',
  result: 'Kết quả', issuedBy: 'Cơ quan cấp', issuedAt: 'Cấp lúc', standingSince: 'Từ', ground: 'Căn cứ', noResult: 'Không có kết quả nào như vậy được cấp qua hệ thống này. Kiểm tra lại mã hồ sơ và số ghi trên giấy.', resultAsk: 'Nhập mã hồ sơ và số ghi trên giấy, hoặc mã của tệp.', collectAtIssuer: 'nhận tại cơ quan cấp',
  payOnline: 'Nộp trực tuyến', payTitle: 'Nộp tiền trực tuyến', payFor: 'Khoản nộp', amount: 'Số tiền', payReference: 'Mã tham chiếu', payLeave: 'Bạn sẽ sang trang của nền tảng thanh toán:', payGo: 'Đến trang thanh toán', payBack: 'Quay lại hồ sơ', payNowhere: 'Hồ sơ này chưa nộp trực tuyến được. Hãy nộp tại quầy.',
};
type Words = typeof vi;

const en: Words = {
  title: 'Track a dossier', lead: 'See where your dossier is, who is working on it, and when the result is due.', code: 'Dossier code', codeHint: 'Printed on the receipt, e.g. H17.125.02-261124-0001',
  last4: 'Last 4 digits of the applicant\'s identity number', last4Hint: 'Personal number, identity card or passport; for a birth: a parent\'s', orQr: 'Or scan the QR code on the receipt; nothing else is needed.', look: 'Track', received: 'Received', due: 'Result due', provisional: 'provisional', suspended: 'The clock stands still since',
  now: 'Where it is', since: 'since', dueAt: 'due', nobody: 'No office has anything left to do.', next: 'What comes next', nothingNext: 'Nothing.', applicant: 'Applicant', notices: 'From the offices to the applicant', history: 'History', time: 'Time', what: 'What', office: 'Office',
  charges: 'Fees, charges, taxes', post: 'Post', handover: 'Hand-over code', suspensions: 'Time not counted', results: 'Results', returned: 'returned', ready: 'waiting to be returned', rehearsal: 'Rehearsal: without legal effect, on a clock of its own.', noForm: 'The dossier has no such paper.', controlSlip: 'Control slip (PDF)', letters: { supplement: 'What is to be added (PDF)', apology: 'Apology and new date (PDF)', refusal: 'Refusal (PDF)', stop: 'Why it was stopped (PDF)' }, receipt: 'Download the receipt (PDF)', another: 'Track another dossier',
  refused: 'The code or its proof is not right. Please check the receipt.', wait: 'Too many wrong tries. Please try again in some minutes.', broken: 'The system is busy. Please try again later.', notFound: 'There is no such page.', unreadable: 'What was sent cannot be read.', still: 'open',
  collectAt: 'Collect the result at', byPost: 'By post', online: 'Online', resultBy: 'Result comes', late: 'overdue', number: 'no.', asOf: 'Seen at', reads: 'Who read your data', register: 'Register', readBy: 'Read by', why: 'Why, on what ground', notAsked: 'Could not be asked', skip: 'Skip to content', english: 'Tiếng Việt', hub: 'Liên thông hub',
  resultTitle: 'Check an issued result', resultLead: 'Whether the paper in hand counts, or was corrected, issued again or revoked.', paperNumber: 'Number on the paper', orFile: 'Or the SHA-256 of the file', fileHint: '64 characters; with it neither code nor number is needed', check: 'Check', checkResult: 'Check an issued paper',
  result: 'Result', issuedBy: 'Issued by', issuedAt: 'Issued at', standingSince: 'Since', ground: 'Ground', noResult: 'No such result was issued through this hub. Please check code and number on the paper.', resultAsk: 'Give the dossier code and the number on the paper, or the digest of the file.', collectAtIssuer: 'to be had from the office that issued it',
  payOnline: 'Pay online', payTitle: 'Pay online', payFor: 'For', amount: 'Amount', payReference: 'Reference', payLeave: 'You go on to the pages of the payment platform:', payGo: 'Go to the payment page', payBack: 'Back to the dossier', payNowhere: 'This dossier cannot be paid online yet. Please pay at a counter.',
};

export const words: Readonly<Record<Language, Words>> = { vi, en };

const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });

/** `17:00 25/02/2026`, +07:00. */
export const shownTime = (time: Date | undefined): string => (time === undefined ? '' : clock.format(time));
export const shownDong = (amount: number): string => `${new Intl.NumberFormat('vi-VN').format(amount)} đ`;
