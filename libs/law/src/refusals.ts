/** Every reason for which the law says no. A closed union; each has a message with holes and a remedy, in Vietnamese first. */
import type { Text } from './types.ts';

/** gRPC status name; what the caller may do next follows from it. */
export type RefusalStatus = 'INVALID_ARGUMENT' | 'NOT_FOUND' | 'ALREADY_EXISTS' | 'FAILED_PRECONDITION' | 'PERMISSION_DENIED' | 'OUT_OF_RANGE' | 'ABORTED' | 'RESOURCE_EXHAUSTED';
type Row = { readonly status: RefusalStatus; readonly message: Text; readonly remedy: Text };

const row = (status: RefusalStatus, vi: string, en: string, remedyVi: string, remedyEn: string): Row => ({ status, message: { vi, en }, remedy: { vi: remedyVi, en: remedyEn } });

export const refusals = {
  UNKNOWN_PROCEDURE: row('NOT_FOUND', 'Không có thủ tục {procedure} có hiệu lực ngày {date}.', 'No procedure {procedure} is in force on {date}.', 'Tra mã thủ tục trong danh mục.', 'Look the code up in the catalogue.'),
  UNKNOWN_CASE: row('INVALID_ARGUMENT', 'Thủ tục {procedure} không có trường hợp "{case}"; có: {cases}.', 'Procedure {procedure} has no case "{case}"; it has: {cases}.', 'Chọn một trường hợp của thủ tục.', 'Choose one of the cases.'),
  UNKNOWN_OFFICE: row('NOT_FOUND', 'Không có cơ quan {office}.', 'There is no office {office}.', 'Tra mã cơ quan trong danh mục.', 'Look the office up in the catalogue.'),
  OFFICE_NOT_IN_FORCE: row('FAILED_PRECONDITION', 'Cơ quan {office} không hoạt động ngày {date}.', 'Office {office} does not exist on {date}.', 'Dùng cơ quan kế thừa: {successor}.', 'Use its successor: {successor}.'),
  UNKNOWN_AREA: row('NOT_FOUND', 'Không có đơn vị hành chính {area} ngày {date}.', 'No area {area} exists on {date}.', 'Dùng mã đơn vị hành chính có hiệu lực ngày đó.', 'Use the code in force on that date.'),
  AREA_MISSING: row('INVALID_ARGUMENT', 'Thiếu đơn vị hành chính "{locality}" mà thủ tục cần.', 'The area "{locality}", which the procedure needs, is missing.', 'Bổ sung trường areas.{locality}.', 'Give areas.{locality}.'),
  NO_COMPETENT_OFFICE: row('FAILED_PRECONDITION', 'Không có cơ quan nào giữ vai trò {role} cho {area} ngày {date}.', 'No office bears the role {role} for {area} on {date}.', 'Báo người quản trị danh mục.', 'Tell who keeps the catalogue.'),
  CHANNEL_NOT_OFFERED: row('FAILED_PRECONDITION', 'Thủ tục {procedure} không nhận qua kênh {channel}.', 'Procedure {procedure} is not offered through {channel}.', 'Nộp qua: {channels}.', 'Submit through: {channels}.'),
  NOT_A_COUNTER: row('FAILED_PRECONDITION', 'Cơ quan {office} không phải bộ phận một cửa.', 'Office {office} is not a counter.', 'Nộp tại bộ phận một cửa hoặc bưu điện.', 'Submit at a counter or post office.'),
  DATE_OUTSIDE_VALIDITY: row('OUT_OF_RANGE', 'Ngày {date} nằm ngoài thời gian dữ liệu có hiệu lực.', 'The date {date} lies outside the validity of the data.', 'Chọn ngày từ {from}.', 'Choose a date from {from}.'),
  NO_CALENDAR: row('FAILED_PRECONDITION', 'Chưa có lịch làm việc năm {year}.', 'There is no working calendar for {year}.', 'Nạp lịch năm {year} trước khi tính hạn.', 'Load the calendar of {year} first.'),
  NO_SESSIONS: row('FAILED_PRECONDITION', 'Không có giờ làm việc "{sessions}" ngày {date}.', 'There are no sessions "{sessions}" on {date}.', 'Nạp giờ làm việc của cơ quan.', 'Load the sessions of the office.'),
  BAD_SPAN: row('INVALID_ARGUMENT', 'Thời hạn "{span}" không hợp lệ.', 'The span "{span}" is not valid.', 'Dùng dạng 3wd, 20wh, 15d hoặc 10min.', 'Use 3wd, 20wh, 15d or 10min.'),
  FIELD_MISSING: row('INVALID_ARGUMENT', 'Thiếu trường {field}.', 'The field {field} is missing.', 'Bổ sung {field}.', 'Give {field}.'),
  FIELD_INVALID: row('INVALID_ARGUMENT', 'Trường {field} không hợp lệ: {problem}.', 'The field {field} is not valid: {problem}.', 'Sửa {field} rồi gửi lại.', 'Correct {field} and send again.'),
  DOCUMENT_MISSING: row('FAILED_PRECONDITION', 'Thiếu thành phần hồ sơ: {documents}.', 'Required documents are missing: {documents}.', 'Tải lên, hoặc gắn dữ liệu từ cơ sở dữ liệu.', 'Upload them or attach evidence.'),
  REGISTER_SILENT: row('FAILED_PRECONDITION', 'Cơ sở dữ liệu {services} không trả lời nên chưa lấy được thành phần {documents}.', 'The register {services} does not answer, so {documents} could not be read.', 'Thử lại sau; nếu người dân nộp giấy tờ ngay, gửi kèm register_silent.', 'Try again later; if the citizen hands the paper in now, send it with register_silent.'),
  DOCUMENT_UNKNOWN: row('INVALID_ARGUMENT', 'Thành phần {document} không thuộc thủ tục {procedure}.', 'Document {document} does not belong to procedure {procedure}.', 'Tra thành phần hồ sơ của thủ tục.', 'See the documents of the procedure.'),
  ALREADY_HELD: row('FAILED_PRECONDITION', 'Giấy tờ {document} đã có tại {heldBy}; gắn dữ liệu thay vì yêu cầu người dân bổ sung.', 'Document {document} is already held by {heldBy}; attach the evidence instead of asking the citizen.', 'Gọi AttachEvidence với {evidenceId}.', 'Call AttachEvidence with {evidenceId}.'),
  SUPPLEMENT_ONCE: row('FAILED_PRECONDITION', 'Hồ sơ đã được yêu cầu bổ sung lúc {requestedAt}; chỉ được yêu cầu một lần.', 'A supplement was requested at {requestedAt}; it may be requested once.', 'Giải quyết theo hồ sơ hiện có hoặc từ chối có lý do.', 'Decide on what there is, or refuse with reasons.'),
  SUPPLEMENT_TOO_LATE: row('FAILED_PRECONDITION', 'Chỉ được yêu cầu bổ sung trong 3 ngày làm việc từ khi nhận; hạn là {due}.', 'A supplement may be requested within 3 working days of receipt; that was until {due}.', 'Giải quyết theo hồ sơ hiện có hoặc từ chối có lý do.', 'Decide on what there is, or refuse with reasons.'),
  SUPPLEMENT_NOT_OPEN: row('FAILED_PRECONDITION', 'Hồ sơ {code} không có yêu cầu bổ sung đang mở.', 'Dossier {code} has no open supplement request.', 'Kiểm tra tình trạng hồ sơ.', 'Look at the state of the dossier.'),
  SUPPLEMENT_INCOMPLETE: row('FAILED_PRECONDITION', 'Bổ sung còn thiếu: {documents}.', 'The supplement still lacks: {documents}.', 'Nộp đủ trong một lần.', 'Deliver all of it at once.'),
  FORM_NOT_ISSUED: row('FAILED_PRECONDITION', 'Hồ sơ {code} không có mẫu {form} ({title}): chưa phát sinh.', 'Dossier {code} has no form {form} ({title}): nothing has called for it.', 'Xem tình trạng hồ sơ.', 'Look at the state of the dossier.'),
  FORM_NOT_SIGNED: row('FAILED_PRECONDITION', 'Mẫu {form} của hồ sơ {code} không được ký số: {problem}.', 'Form {form} of dossier {code} is not signed: {problem}.', 'Lấy bản không ký.', 'Take it without a signature.'),
  FORM_NOT_IN_EDITION: row('FAILED_PRECONDITION', 'Bộ biểu mẫu áp dụng cho hồ sơ nhận ngày {date} không có mẫu "{form}".', 'The forms in force for a dossier received on {date} have no "{form}".', 'Dùng một mẫu của bộ biểu mẫu ngày đó.', 'Use a form of that edition.'),
  UNKNOWN_DOSSIER: row('NOT_FOUND', 'Không có hồ sơ {code}.', 'There is no dossier {code}.', 'Kiểm tra mã hồ sơ.', 'Check the code.'),
  UNKNOWN_LEG: row('NOT_FOUND', 'Hồ sơ {code} không có bước {leg}.', 'Dossier {code} has no leg {leg}.', 'Xem các bước bằng GetWork.', 'See the legs with GetWork.'),
  UNKNOWN_ITEM: row('NOT_FOUND', 'Không có {item}.', 'There is no {item}.', 'Kiểm tra mã.', 'Check the id.'),
  SUBJECT_NOT_IN_DOSSIER: row('PERMISSION_DENIED', 'Hồ sơ {code} không nêu {subject}.', 'Dossier {code} does not name {subject}.', 'Chỉ tra cứu về người, thửa đất, hộ kinh doanh có trong hồ sơ.', 'Look up only persons, parcels and businesses that the dossier names.'),
  EVIDENCE_NOT_NEEDED: row('PERMISSION_DENIED', 'Thủ tục {procedure} không có thành phần nào cần dữ liệu "{fact}".', 'No document of procedure {procedure} needs the fact "{fact}".', 'Chỉ tra cứu dữ liệu thay cho thành phần hồ sơ của thủ tục.', 'Look up only what stands in for a document of the procedure.'),
  SUBJECT_ENDED: row('FAILED_PRECONDITION', '{subject} không còn trong cơ sở dữ liệu từ ngày {date}; nay là {successors}.', '{subject} has not existed since {date}; now there is {successors}.', 'Nêu {successors} trong hồ sơ.', 'Name {successors} instead.'),
  NOT_HOLDER: row('PERMISSION_DENIED', 'Cơ quan {office} không giữ bước {leg}; bước này do {holder} giữ.', 'Office {office} does not hold leg {leg}; {holder} does.', 'Gửi yêu cầu tới cơ quan đang giữ.', 'Ask the office that holds it.'),
  PLACED_FINALLY: row('FAILED_PRECONDITION', 'Bước {leg} đã bị trả lại {times} lần và đã được xếp lần cuối.', 'Leg {leg} was declined {times} times and has been placed for good.', 'Giải quyết, chuyển cơ quan cùng thẩm quyền, hoặc từ chối có lý do.', 'Decide it, reroute it to an office of the same role, or refuse with reasons.'),
  OUT_OF_ORDER: row('FAILED_PRECONDITION', 'Bước {leg} đang ở trạng thái {status}, không thực hiện được "{command}".', 'Leg {leg} is {status}; "{command}" is not possible.', 'Chờ đến lượt, hoặc tải lại tình trạng.', 'Wait for its turn, or reload its state.'),
  NOT_READY: row('FAILED_PRECONDITION', 'Bước {leg} còn chờ: {waitsFor}.', 'Leg {leg} still waits for: {waitsFor}.', 'Chờ các bước trước hoàn thành.', 'Wait until they complete.'),
  BLOCKED: row('FAILED_PRECONDITION', 'Bước {leg} đang chờ: {blockedBy}.', 'Leg {leg} is blocked by: {blockedBy}.', 'Chờ việc đó kết thúc.', 'Wait until it ends.'),
  STALE_INPUT: row('FAILED_PRECONDITION', 'Bước {leg} không ở trạng thái cần xác nhận lại.', 'Leg {leg} is not stale.', 'Không cần xác nhận, làm lại hay thu hồi.', 'Nothing to confirm, redo or revoke.'),
  OPINION_NOT_OVERDUE: row('FAILED_PRECONDITION', 'Ý kiến này chưa quá hạn ({due}) hoặc đã có trả lời.', 'This opinion is not overdue ({due}), or has been answered.', 'Chờ đến hạn, hoặc xem trả lời bằng GetWork.', 'Wait until it is due, or see the answer with GetWork.'),
  NOTHING_TO_PUT_BACK: row('FAILED_PRECONDITION', 'Bước {leg} không có thay đổi nào mà cơ sở dữ liệu từ chối hủy.', 'Leg {leg} has no change that its register refused to put back.', 'Xem tình trạng bằng GetWork.', 'See its state with GetWork.'),
  CHARGE_MISSING: row('FAILED_PRECONDITION', 'Bước {leg} phải lập nghĩa vụ tài chính {charge} trước khi hoàn thành.', 'Leg {leg} must open the charge {charge} before it completes.', 'Gọi OpenCharge; nếu được miễn, ghi miễn có căn cứ.', 'Call OpenCharge; when exempt, record the exemption with its ground.'),
  POSTING_MISSING: row('FAILED_PRECONDITION', 'Bước {leg} phải niêm yết công khai trước khi hoàn thành.', 'Leg {leg} must be posted publicly before it completes.', 'Gọi StartPosting.', 'Call StartPosting.'),
  WAIT_NOT_OPEN: row('FAILED_PRECONDITION', 'Bước {leg} không chờ xác nhận hay xác minh nào.', 'Leg {leg} waits for no consent or verification.', 'Gọi StartWait trước, hoặc tải lại tình trạng.', 'Call StartWait first, or reload its state.'),
  RESULT_MISSING: row('INVALID_ARGUMENT', 'Bước {leg} phải cấp kết quả: {results}.', 'Leg {leg} must issue: {results}.', 'Ghi số kết quả.', 'Give the numbers of the results.'),
  INDUSTRY_UNKNOWN: row('INVALID_ARGUMENT', 'Ngành, nghề "{code}" không có mã trong hệ thống ngành kinh tế Việt Nam ngày {date}.', 'The line of business "{code}" has no code in the list of industries (VSIC) on {date}.', 'Ghi mã 4 hoặc 5 chữ số của hệ thống ngành, ví dụ "4711 Bán lẻ tạp hóa; 5610".', 'Give a code of 4 or 5 digits of that list, e.g. "4711 Grocery; 5610".'),
  RESULT_NOT_STANDING: row('FAILED_PRECONDITION', 'Bước {leg} không có kết quả {result} số "{number}" đang có hiệu lực.', 'Leg {leg} has no result {result} with number "{number}" that stands.', 'Xem kết quả hiện có bằng GetWork; kết quả đã thu hồi không đính chính, cấp lại.', 'See its results with GetWork; what was revoked is neither corrected nor reissued.'),
  RESULT_UNKNOWN: row('INVALID_ARGUMENT', 'Kết quả {result} không thuộc bước {leg}.', 'Result {result} does not belong to leg {leg}.', 'Chỉ cấp kết quả của bước này.', 'Issue only results of this leg.'),
  REASON_MISSING: row('INVALID_ARGUMENT', 'Phải nêu lý do và căn cứ.', 'A reason and its ground are required.', 'Bổ sung reason và ground.', 'Give reason and ground.'),
  GROUND_INVALID: row('INVALID_ARGUMENT', 'Căn cứ {field} phải là số hiệu văn bản và điều khoản, tối đa 200 ký tự.', 'The ground {field} must be the number of an act and the place in it, at most 200 characters.', 'Ghi như "118/2025/NĐ-CP, Điều 8 khoản 2"; lời giải thích ghi vào reason.', 'Write it like "118/2025/NĐ-CP, Điều 8 khoản 2"; what explains it belongs to reason.'),
  OUTSIDE_BRANCH: row('FAILED_PRECONDITION', 'Bước {target} nằm ngoài nhánh của bước {leg}.', 'Leg {target} lies outside the branch of leg {leg}.', 'Chỉ sửa các bước trong nhánh của mình, đến điểm hợp nhánh kế tiếp.', 'Edit only your own branch, up to the next join.'),
  NOT_UPSTREAM: row('INVALID_ARGUMENT', 'Bước {target} không nằm trước bước {leg}.', 'Leg {target} does not lie before leg {leg}.', 'Chỉ trả lại bước đã hoàn thành trước đó.', 'Send back only to a completed earlier leg.'),
  SETTLED: row('FAILED_PRECONDITION', 'Hồ sơ {code} đang kết thúc; bước {leg} đã chốt.', 'Dossier {code} is closing; leg {leg} is settled.', 'Không mở lại bước đã chốt.', 'A settled leg is not reopened.'),
  CLOSED: row('FAILED_PRECONDITION', 'Hồ sơ {code} đã kết thúc.', 'Dossier {code} is closed.', 'Nộp hồ sơ mới nếu cần.', 'Submit a new dossier if needed.'),
  WITHDRAWAL_TOO_LATE: row('FAILED_PRECONDITION', 'Hồ sơ {code} đã có quyết định, không rút được.', 'Dossier {code} has been decided; it cannot be withdrawn.', 'Nhận kết quả; có thể nộp thủ tục khác.', 'Collect the result; another procedure may apply.'),
  WITHDRAWAL_PENDING: row('FAILED_PRECONDITION', 'Hồ sơ {code} đang được rút.', 'Dossier {code} is being withdrawn.', 'Chờ các cơ quan trả lời.', 'Wait for the answers.'),
  NOTHING_TO_RETURN: row('FAILED_PRECONDITION', 'Hồ sơ {code} chưa có kết quả để trả.', 'Dossier {code} has no result to return.', 'Chờ cơ quan cấp kết quả.', 'Wait for the result.'),
  RESULT_UNPAID: row('FAILED_PRECONDITION', 'Hồ sơ {code} chưa nộp {charges}; kết quả được trả sau khi nộp.', 'Dossier {code} has not paid {charges}; the result is handed out once that is paid.', 'Gọi PayCharge; nếu được miễn, ExemptCharge có căn cứ.', 'Call PayCharge; when exempt, ExemptCharge with its ground.'),
  APOLOGY_ONCE: row('FAILED_PRECONDITION', 'Đã xin lỗi và hẹn lại một lần.', 'An apology with a new date was given already.', 'Chỉ được hẹn lại một lần.', 'A new date may be given once.'),
  APOLOGY_TOO_LATE: row('FAILED_PRECONDITION', 'Phải xin lỗi và hẹn lại chậm nhất một ngày trước hạn {due}.', 'An apology with a new date is given at the latest one day before the due time {due}.', 'Trả kết quả sớm nhất có thể; hồ sơ được tính là quá hạn.', 'Return the result as soon as possible; the dossier counts as late.'),
  OUTAGE_UNKNOWN: row('NOT_FOUND', 'Không có sự cố {outage} được thông báo.', 'No outage {outage} was announced.', 'Thông báo sự cố trong lịch trước khi nhập hồ sơ giấy.', 'Announce the outage in the calendar before paper is entered under it.'),
  OUTSIDE_OUTAGE: row('OUT_OF_RANGE', 'Thời điểm nhận nằm ngoài sự cố {outage} của {office} ({from} – {to}).', 'The time of receipt lies outside outage {outage} of {office} ({from} – {to}).', 'Ghi thời điểm nhận hồ sơ giấy trong thời gian sự cố.', 'Give the time within the outage at which the paper was taken.'),
  REHEARSAL_REFUSED: row('FAILED_PRECONDITION', 'Người vận hành không cho phép hồ sơ diễn tập.', 'The operator does not allow rehearsals.', 'Bật LIENTHONG_REHEARSALS=allow.', 'Set LIENTHONG_REHEARSALS=allow.'),
  NOT_A_REHEARSAL: row('FAILED_PRECONDITION', 'Hồ sơ {code} không phải hồ sơ diễn tập.', 'Dossier {code} is not a rehearsal.', 'Chỉ hồ sơ diễn tập có đồng hồ riêng.', 'Only a rehearsal has its own clock.'),
  CLOCK_BACKWARDS: row('INVALID_ARGUMENT', 'Đồng hồ diễn tập chỉ đi tới; hiện là {clock}.', 'The clock of a rehearsal only goes forward; it stands at {clock}.', 'Chọn thời điểm sau đó.', 'Choose a later moment.'),
  AMOUNT_INVALID: row('INVALID_ARGUMENT', 'Số tiền {amount} không hợp lệ.', 'The amount {amount} is not valid.', 'Số nguyên đồng, từ 1 đến 10.000.000.000.000.', 'Whole đồng from 1 to 10,000,000,000,000.'),
  AMOUNT_NEGATIVE: row('INVALID_ARGUMENT', 'Số tiền {amount} nhỏ hơn 0.', 'The amount {amount} is below zero.', 'Số nguyên đồng, từ 1 đến 10.000.000.000.000; tiền hoàn trả ghi riêng.', 'Whole đồng from 1 to 10,000,000,000,000; money that goes back is recorded as such.'),
  AMOUNT_FRACTIONAL: row('INVALID_ARGUMENT', 'Số tiền {amount} không tròn đồng.', 'The amount {amount} is no whole number of đồng.', 'Không có đơn vị nhỏ hơn đồng.', 'There is nothing smaller than a đồng.'),
  AMOUNT_TOO_LARGE: row('OUT_OF_RANGE', 'Số tiền {amount} vượt quá 10.000.000.000.000 đồng.', 'The amount {amount} exceeds 10,000,000,000,000 đồng.', 'Kiểm tra số tiền; chia thành nhiều nghĩa vụ nếu đúng.', 'Check the amount; open several charges if it is right.'),
  AMOUNT_PARTIAL: row('FAILED_PRECONDITION', 'Chỉ nộp {amount} đồng cho nghĩa vụ {due} đồng; tiền đang chờ xử lý.', 'Only {amount} đồng came for a charge of {due}; the money is set aside.', 'Hoàn trả, rồi nộp đủ một lần.', 'Give it back, then let the whole be paid at once.'),
  AMOUNT_OVER: row('FAILED_PRECONDITION', 'Nộp {amount} đồng cho nghĩa vụ {due} đồng; phần thừa đang chờ xử lý.', '{amount} đồng came for a charge of {due}; what is over is set aside.', 'Hoàn trả phần thừa.', 'Give back what is over.'),
  CURRENCY_OTHER: row('INVALID_ARGUMENT', 'Đồng tiền {currency} không được thu.', 'The currency {currency} is not taken.', 'Thu bằng VND.', 'Collect in VND.'),
  SIGNATURE_WRONG: row('PERMISSION_DENIED', 'Mã xác thực của bản tin không đúng.', 'The message is not authenticated.', 'Tính lại MaXacThuc bằng khóa đã cấp cho đối tác.', 'Compute MaXacThuc again with the secret of the partner.'),
  REFERENCE_UNKNOWN: row('NOT_FOUND', 'Không có lệnh thanh toán {reference}; tiền đang chờ xử lý.', 'No payment was ordered as {reference}; the money is set aside.', 'Tìm người nộp, rồi ghi vào nghĩa vụ hoặc hoàn trả.', 'Find the payer; then put it to a charge or give it back.'),
  DOSSIER_DIFFERS: row('FAILED_PRECONDITION', 'Tiền được nộp cho hồ sơ khác với lệnh {reference}; tiền đang chờ xử lý.', 'The money is for another dossier than {reference} was ordered for; it is set aside.', 'Đối chiếu với nền tảng thanh toán.', 'Check with the gateway.'),
  REFUND_NOT_MADE: row('FAILED_PRECONDITION', 'Nền tảng thanh toán chưa hoàn trả khoản của {reference}; tiền đang chờ xử lý.', 'The platform has not given back the money of {reference}; it is set aside.', 'Hoàn trả lại lần nữa.', 'Give it back once more.'),
  PAID_TWICE: row('FAILED_PRECONDITION', 'Lệnh {reference} đã được nộp; lần nộp thứ hai đang chờ xử lý.', '{reference} has been paid; what came again is set aside.', 'Hoàn trả lần nộp thứ hai.', 'Give the second payment back.'),
  CONTRADICTED: row('FAILED_PRECONDITION', 'Nền tảng thanh toán báo hai lần khác nhau về giao dịch {reference}.', 'The gateway has said two different things about {reference}.', 'Đối chiếu với tệp đối soát rồi ghi kết quả.', 'Check with its file, then record what is right.'),
  TILL_OPEN: row('FAILED_PRECONDITION', 'Ca thu {till} đã mở.', 'Till {till} is open.', 'Kiểm quỹ và đóng ca trước.', 'Count and close it first.'),
  TILL_CLOSED: row('FAILED_PRECONDITION', 'Ca thu {till} đã đóng.', 'Till {till} is closed.', 'Mở ca mới.', 'Open another.'),
  TILL_BEING_COUNTED: row('FAILED_PRECONDITION', 'Ca thu {till} đang kiểm quỹ.', 'Till {till} is being counted.', 'Đóng ca rồi thu ở ca sau.', 'Close it, then collect in the next.'),
  TILL_NOT_COUNTED: row('FAILED_PRECONDITION', 'Ca thu {till} chưa kiểm quỹ.', 'Till {till} has not been counted.', 'Gọi CountTill trước.', 'Call CountTill first.'),
  UNKNOWN_TILL: row('NOT_FOUND', 'Không có ca thu {till}.', 'There is no till {till}.', 'Xem các ca bằng ListTills.', 'See the tills with ListTills.'),
  SHIFTS_EXHAUSTED: row('RESOURCE_EXHAUSTED', 'Cán bộ {officer} đã có đủ {shifts} ca trong ngày {date}.', 'Officer {officer} has had all {shifts} shifts of {date}.', 'Thu tại quầy khác trong ngày.', 'Collect at another counter today.'),
  UNKNOWN_MONEY: row('NOT_FOUND', 'Không có khoản tiền {money}.', 'There is no money {money}.', 'Xem các khoản bằng ListMoney.', 'See what there is with ListMoney.'),
  NO_DIFFERENCE: row('FAILED_PRECONDITION', 'Không có chênh lệch {difference}, hoặc đã được xử lý.', 'There is no difference {difference}, or it has been resolved.', 'Đối soát lại ngày đó.', 'Reconcile that day again.'),
  WAY_NOT_POSSIBLE: row('INVALID_ARGUMENT', 'Không xử lý được chênh lệch {difference} bằng cách "{way}".', 'A difference of {difference} cannot be resolved by "{way}".', 'Thiếu: miscounted, made-good, written-off; thừa: miscounted, given-back, kept; tiền chờ: return, to-charge, noted; hoàn trả: put-back, adopted, claimed, written-off; khoản đòi: made-good, written-off; bưu điện: written-off, repaid.', 'Short: miscounted, made-good, written-off; over: miscounted, given-back, kept; money set aside: return, to-charge, noted; refunds: put-back, adopted, claimed, written-off; claims: made-good, written-off; post: written-off, repaid.'),
  AMOUNT_DIFFERS: row('FAILED_PRECONDITION', 'Số tiền {amount} khác nghĩa vụ {due}.', 'The amount {amount} differs from the charge {due}.', 'Thu đúng số tiền của nghĩa vụ.', 'Collect the amount of the charge.'),
  CHARGE_NOT_OPEN: row('FAILED_PRECONDITION', 'Nghĩa vụ {charge} đã {status}.', 'Charge {charge} is already {status}.', 'Không thu lần hai.', 'It is not collected twice.'),
  CHARGE_NOT_PAID: row('FAILED_PRECONDITION', 'Nghĩa vụ {charge} chưa nộp; hiện là {status}.', 'Charge {charge} has not been paid; it is {status}.', 'Chỉ hoàn trả và cấp biên lai cho khoản đã nộp.', 'Only what was paid is given back or receipted.'),
  NOT_REFUNDABLE: row('FAILED_PRECONDITION', 'Khoản {charge} không được hoàn trả theo {ground}.', 'Charge {charge} is not given back under {ground}.', 'Giải thích căn cứ cho người nộp.', 'Explain the ground to the payer.'),
  MAY_NOT_COLLECT: row('PERMISSION_DENIED', 'Cơ quan {office} không thu tiền cho hồ sơ {code}.', 'Office {office} does not collect money for dossier {code}.', 'Nộp tại bộ phận một cửa, bưu điện, kho bạc hoặc cơ quan ra thông báo.', 'Pay at a counter, a post office, the treasury or the office that issued the notice.'),
  REFERENCE_USED: row('ALREADY_EXISTS', 'Mã giao dịch {reference} đã dùng cho một nghĩa vụ khác.', 'The reference {reference} has settled another charge.', 'Đối chiếu với ngân hàng hoặc cổng thanh toán.', 'Check with the bank or gateway.'),
  NOT_A_POST_OFFICE: row('FAILED_PRECONDITION', 'Cơ quan {office} không phải bưu điện.', 'Office {office} is not a post office.', 'Thực hiện tại bưu điện.', 'Do it at a post office.'),
  CONSIGNMENT_ACCEPTED: row('FAILED_PRECONDITION', 'Bưu gửi đã được nhận với số {number}.', 'The consignment has been accepted as {number}.', 'Dùng số đó để theo dõi.', 'Use that number.'),
  CONSIGNMENT_OUT_OF_ORDER: row('FAILED_PRECONDITION', 'Bưu gửi {number} đang ở trạng thái {state}, không ghi được "{command}".', 'Consignment {number} is {state}; "{command}" is not possible.', 'Ghi theo thứ tự: nhận, thu gom, vận chuyển, phát.', 'Record in order: accepted, collected, under way, out for delivery.'),
  CONSIGNMENT_UNKNOWN: row('NOT_FOUND', 'Không có bưu gửi số {number}.', 'There is no consignment {number}.', 'Quét lại số; nếu đúng, giữ bưu gửi tại bưu cục và báo người phụ trách.', 'Scan the number again; if it is right, keep the consignment at the post office and tell whoever is in charge.'),
  CONSIGNMENT_ELSEWHERE: row('FAILED_PRECONDITION', 'Bưu gửi {number} đang do bưu tá của {holder} giữ, {office} không thể cùng lúc ghi "{command}".', 'Consignment {number} is with the postman of {holder}; {office} cannot record "{command}" at the same time.', 'Liên hệ {holder}: ghi ở đó phát không thành hoặc đưa về bưu cục, rồi ghi lại.', 'Ask {holder} to record a failed attempt or its return to the office first.'),
  CONSIGNMENT_COLLECTED: row('FAILED_PRECONDITION', 'Bưu gửi {number} đã được thu gom, không hủy được.', 'Consignment {number} has been collected and cannot be cancelled.', 'Yêu cầu bưu điện chuyển hoàn.', 'Ask the post to return it.'),
  ORIGINAL_ELSEWHERE: row('FAILED_PRECONDITION', 'Bản gốc {document} đang ở {holder}, không gửi được từ {office}.', 'The original {document} is at {holder} and cannot be sent from {office}.', 'Chờ bưu gửi đến và xác nhận đã nhận, rồi gửi tiếp.', 'Wait until it has come and confirm it; then send it on.'),
  NOT_THE_ADDRESSEE: row('FAILED_PRECONDITION', 'Bưu gửi {number} gửi đến {addressee}, không phải {office}.', 'Consignment {number} goes to {addressee}, not to {office}.', 'Cơ quan nhận xác nhận.', 'The addressee confirms it.'),
  CONSIGNMENT_NOT_DELIVERED: row('FAILED_PRECONDITION', 'Bưu gửi {number} chưa được phát.', 'Consignment {number} has not been delivered.', 'Xác nhận sau khi bưu điện phát.', 'Confirm once the post has delivered it.'),
  CONSIGNMENT_CONFIRMED: row('FAILED_PRECONDITION', 'Bưu gửi {number} đã được xác nhận.', 'Consignment {number} has been confirmed.', 'Xem xác nhận đã ghi.', 'See what was confirmed.'),
  NOT_IN_DOSSIER: row('FAILED_PRECONDITION', 'Cơ quan {office} không tham gia hồ sơ {code}.', 'Office {office} takes no part in dossier {code}.', 'Gửi đến cơ quan của một bước hoặc bộ phận một cửa.', 'Send to the office of a leg or to a counter.'),
  HANDOVER_UNPROVED: row('FAILED_PRECONDITION', 'Giao nhận bưu gửi {number} cần mã giao nhận hoặc chữ ký.', 'Handing over consignment {number} needs the code or a signature.', 'Nhập mã của bên giao hoặc bên nhận, hoặc ghi tên người ký.', 'Type the code of whoever gives or takes it, or the name of whoever signed.'),
  HANDOVER_CODE_WRONG: row('PERMISSION_DENIED', 'Mã giao nhận của bưu gửi {number} không đúng.', 'The hand-over code of consignment {number} is not right.', 'Hỏi lại bên giao hoặc bên nhận; hoặc lấy chữ ký.', 'Ask whoever gives or takes it again; or take a signature.'),
  NUMBER_USED: row('ALREADY_EXISTS', 'Số bưu gửi {number} đã được dùng.', 'The consignment number {number} has been used.', 'Mỗi số dùng một lần; để trống để hệ thống cấp số.', 'A number is used once; leave it empty to be given one.'),
  CONSIGNMENT_ENDED: row('FAILED_PRECONDITION', 'Bưu gửi {number} đã kết thúc.', 'Consignment {number} has ended.', 'Kiểm tra số bưu gửi.', 'Check the number.'),
  CONSIGNMENT_NOT_ACCEPTED: row('FAILED_PRECONDITION', 'Bưu gửi chưa được nhận.', 'The consignment has not been accepted.', 'Nhận bưu gửi trước.', 'Accept it first.'),
  REGISTER_CONFLICT: row('FAILED_PRECONDITION', 'Cơ sở dữ liệu {register} không cho phép: {problem}.', 'The register {register} does not allow it: {problem}.', 'Xử lý {problem} trước.', 'Resolve {problem} first.'),
  LIMIT_REACHED: row('RESOURCE_EXHAUSTED', 'Hồ sơ đã đạt giới hạn {limit}.', 'The dossier has reached its limit: {limit}.', 'Kết thúc hồ sơ và nộp hồ sơ mới.', 'Close it and submit a new one.'),
  DUE_ALREADY: row('FAILED_PRECONDITION', 'Thời hạn mới phải sau {due}.', 'The new due time must lie after {due}.', 'Chọn thời điểm sau đó.', 'Choose a later time.'),
} as const satisfies Record<string, Row>;

export type RefusalCode = keyof typeof refusals;
/** `field`: the request field at fault, where there is one. `meta` fills the holes. */
export type Refusal = { readonly code: RefusalCode; readonly field: string; readonly meta: Readonly<Record<string, string>> };

export function refuse(code: RefusalCode, meta: Readonly<Record<string, string>> = {}, field = ''): Refusal {
  return { code, field, meta };
}

/** Fills the holes of a message. */
export function fill(template: string, meta: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => meta[name] ?? hole);
}

export function messageOf(refusal: Refusal, language: 'vi' | 'en'): string {
  const { message, remedy } = refusals[refusal.code];
  return `${fill(message[language], refusal.meta)} ${fill(remedy[language], refusal.meta)}`;
}
