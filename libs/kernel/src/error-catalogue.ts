/** Every error that is not a refusal of the law: what happened, what to do, and whether to try again. */
import type { SpokenWords, Text } from '@lienthong/law';

/** Name of a gRPC status code. */
export type ErrorStatus =
  | 'INVALID_ARGUMENT' | 'NOT_FOUND' | 'ALREADY_EXISTS' | 'FAILED_PRECONDITION' | 'PERMISSION_DENIED' | 'OUT_OF_RANGE' | 'ABORTED'
  | 'RESOURCE_EXHAUSTED' | 'UNAVAILABLE' | 'DEADLINE_EXCEEDED' | 'UNAUTHENTICATED' | 'UNIMPLEMENTED' | 'INTERNAL' | 'DATA_LOSS' | 'CANCELLED';

/** The next move: `stop` – the same call will fail again; `retry` – the same call may succeed later; `park` – somebody must look at it first. */
export type NextMove = 'stop' | 'retry' | 'park';

export type ErrorRow = { readonly status: ErrorStatus; readonly next: NextMove; readonly message: Text; readonly remedy: Text; readonly words?: SpokenWords };

const row = (status: ErrorStatus, next: NextMove, vi: string, en: string, remedyVi: string, remedyEn: string, words?: SpokenWords): ErrorRow =>
  ({ status, next, message: { vi, en }, remedy: { vi: remedyVi, en: remedyEn }, ...(words === undefined ? {} : { words }) });

/** What a service waits for that lacks nobody's seal, in the hole of SUCCESSION_PENDING. */
export const ownComparison = 'the comparison of its store with theirs';

export const kernelErrors = {
  // -- commands
  REQUEST_ID_MISSING: row('INVALID_ARGUMENT', 'stop', 'Thiếu request_id.', 'request_id is missing.', 'Đặt request_id, giữ nguyên khi gửi lại.', 'Give a request_id and keep it when repeating.'),
  REQUEST_ID_INVALID: row('INVALID_ARGUMENT', 'stop', 'request_id không hợp lệ: {problem}.', 'request_id is not valid: {problem}.', 'Dùng 1–64 ký tự trong A–Z a–z 0–9 . _ : -.', 'Use 1–64 characters of A–Z a–z 0–9 . _ : -.'),
  REQUEST_ID_REUSED: row('ALREADY_EXISTS', 'stop', 'request_id {request} đã được dùng cho một yêu cầu khác.', 'request_id {request} was used for a different request.', 'Dùng request_id mới cho nội dung mới.', 'Use a new request_id for new content.'),
  CONFLICT_PERSISTS: row('ABORTED', 'retry', 'Hồ sơ {folder} đang được thay đổi liên tục; đã thử {attempts} lần.', 'Folder {folder} keeps changing; tried {attempts} times.', 'Gửi lại với cùng request_id.', 'Repeat with the same request_id.'),
  FOLDER_BUSY: row('RESOURCE_EXHAUSTED', 'retry', 'Hồ sơ {folder} đang có {waiting} yêu cầu chờ.', 'Folder {folder} has {waiting} requests waiting.', 'Gửi lại sau với cùng request_id.', 'Repeat later with the same request_id.'),
  OVERLOADED: row('RESOURCE_EXHAUSTED', 'retry', 'Dịch vụ {service} đang quá tải.', 'Service {service} is overloaded.', 'Gửi lại sau với cùng request_id.', 'Repeat later with the same request_id.'),
  STOPPING: row('UNAVAILABLE', 'retry', 'Dịch vụ {service} đang dừng.', 'Service {service} is stopping.', 'Gửi lại sau với cùng request_id.', 'Repeat later with the same request_id.'),
  NOT_STARTED: row('UNAVAILABLE', 'retry', 'Dịch vụ {service} chưa sẵn sàng.', 'Service {service} is not ready yet.', 'Gửi lại sau với cùng request_id.', 'Repeat later with the same request_id.'),
  SUCCESSION_PENDING: row('UNAVAILABLE', 'retry', 'Dịch vụ {service} vừa khởi động hoặc được khôi phục, đang chờ các bên: {waitsFor}.', 'Service {service} was started or restored and waits for its peers: {waitsFor}.', 'Gửi lại sau; nếu một bên không trở lại, người vận hành quyết định.', 'Repeat later; if a peer does not return, the operator decides.', { waitsFor: { [ownComparison]: 'so kho dữ liệu với các bên' } }),
  FORCE_NOTHING: row('FAILED_PRECONDITION', 'stop', '{service} không chờ bên nào xác nhận.', '{service} waits for nobody\'s seal.', 'Xem lienthong succession show.', 'See lienthong succession show.'),
  FORCE_NOT_WAITED: row('FAILED_PRECONDITION', 'stop', '{service} không chờ {other}; đang chờ: {waitsFor}.', '{service} does not wait for {other}; it waits for: {waitsFor}.', 'Chỉ nêu các dịch vụ đang được chờ.', 'Name only services that it waits for.'),
  FORCE_ANSWERS: row('FAILED_PRECONDITION', 'stop', '{other} vẫn trả lời {service}: không được bỏ qua một dịch vụ đang chạy.', '{other} answers {service}: a service that lives cannot be passed over.', 'Chờ dịch vụ đó xác nhận; nếu không xong, xem nhật ký của nó.', 'Wait for its seal; if it does not come, see the log of that service.'),
  REGISTER_NOT_WHOLE: row('UNAVAILABLE', 'retry', 'Cơ sở dữ liệu của {service} đang được dựng lại sau khi mất kho; chưa trả lời được.', 'The registers of {service} are being rebuilt after its store was lost; they cannot answer yet.', 'Gửi lại sau với cùng request_id; xem lienthong succession show.', 'Repeat later with the same request_id; see lienthong succession show.'),
  SECRET_NOT_KEPT: row('UNAVAILABLE', 'retry', 'Khóa tra cứu của {service} vừa được tạo và chưa có bản sao ở {keeper}; chưa mở được cơ sở dữ liệu.', 'The look-up secret of {service} is new and has no copy at {keeper} yet; its registers are not open.', 'Gửi lại sau với cùng request_id; kiểm tra {keeper} đang chạy.', 'Repeat later with the same request_id; check that {keeper} runs.'),
  SECRET_LOST: row('DATA_LOSS', 'park', 'Khóa tra cứu của {service} đã mất cùng kho dữ liệu và không còn ở {keeper}.', 'The look-up secret of {service} was lost with its store, and {keeper} has it no more.', 'Khôi phục kho của {service} hoặc của {keeper} từ bản sao lưu còn khóa này.', 'Restore the store of {service} or of {keeper} from a backup that has it.'),
  FACTS_LOST: row('DATA_LOSS', 'park', 'Bản ghi {folder} của {service} còn lịch sử nhưng nội dung đã mất cùng kho dữ liệu.', 'Of record {folder} of {service} the history is there; its facts were lost with the store.', 'Nhập lại bản ghi từ sổ gốc.', 'Load the record again from the books.'),
  ENTRIES_VOIDED: row('FAILED_PRECONDITION', 'park', 'Hồ sơ {folder} tại {service} có nội dung của {author} đến sau khi định danh mới thay thế: được giữ lại, không còn hiệu lực.', 'Folder {folder} at {service} got entries of {author} after its succession: they are kept without effect.', 'Xem lienthong folder show; việc nào đã làm theo nội dung đó thì quyết định lại.', 'See lienthong folder show; decide again what had been done upon them.'),
  CLOCK_OFF: row('FAILED_PRECONDITION', 'retry', 'Đồng hồ của {service} lệch {skewMs} ms so với các bên.', 'The clock of {service} is {skewMs} ms off its peers\'.', 'Chỉnh đồng hồ máy chủ (NTP).', 'Set the clock of the machine (NTP).'),
  FOLDER_UNREADABLE: row('FAILED_PRECONDITION', 'park', 'Dịch vụ {service} không đọc được hồ sơ {folder}: {problem}.', 'Service {service} cannot read folder {folder}: {problem}.', 'Báo người vận hành; các hồ sơ khác không bị ảnh hưởng.', 'Tell the operator; other folders are not affected.'),
  FOLDER_DAMAGED: row('DATA_LOSS', 'park', 'Bản lưu hồ sơ {folder} trong kho dữ liệu của {service} bị hỏng: {problem}.', 'The copy of folder {folder} in the store of {service} is damaged: {problem}.', 'Tự lấy lại từ các bên còn giữ; muốn làm ngay: lienthong folder pull {folder} --service {service}; nếu không bên nào giữ đủ, khôi phục bản sao lưu: lienthong restore. Hồ sơ khác không bị ảnh hưởng.', 'It comes back by itself from the others that hold it; at once with: lienthong folder pull {folder} --service {service}; where nobody holds all of it, restore a backup: lienthong restore. Other folders are not affected.'),
  FOLDER_READ_ONLY: row('FAILED_PRECONDITION', 'park', 'Hồ sơ {folder} có nội dung loại {kind} mà {service} chưa biết.', 'Folder {folder} holds an entry of kind {kind} that {service} does not know.', 'Nâng cấp dịch vụ.', 'Upgrade the service.'),
  ENTRY_TOO_LARGE: row('OUT_OF_RANGE', 'stop', 'Nội dung {kind} dài {bytes} byte, tối đa {limit}.', 'An entry {kind} takes {bytes} bytes, at most {limit}.', 'Rút gọn nội dung; đưa tài liệu vào kho tài liệu.', 'Shorten it; put documents into the document store.'),
  LOG_FULL: row('RESOURCE_EXHAUSTED', 'stop', 'Hồ sơ {folder} đã có {entries} mục của {service}, tối đa {limit}.', 'Folder {folder} holds {entries} entries of {service}, at most {limit}.', 'Kết thúc hồ sơ và nộp hồ sơ mới.', 'Close it and submit a new one.'),
  FOLDER_FULL: row('RESOURCE_EXHAUSTED', 'park', 'Hồ sơ {folder} đã đạt giới hạn {limit}.', 'Folder {folder} has reached its limit {limit}.', 'Báo người vận hành.', 'Tell the operator.'),
  ASIDE_MISSING: row('UNAVAILABLE', 'retry', 'Chưa lấy được dữ liệu {names} của hồ sơ {folder} từ {from}.', 'Parts {names} of folder {folder} could not be had from {from}.', 'Tự động thử lại.', 'It is tried again by itself.'),
  NOT_PERMITTED_TO_PULL: row('PERMISSION_DENIED', 'stop', '{service} không được đọc {names} của hồ sơ {folder}.', '{service} may not read {names} of folder {folder}.', 'Chỉ bước được giao phần đó mới được đọc.', 'Only the leg that lists the part may read it.'),
  // -- peers and messages
  PEER_UNREACHABLE: row('UNAVAILABLE', 'retry', 'Không gọi được {service}: {problem}.', '{service} cannot be reached: {problem}.', 'Tự động thử lại.', 'It is tried again by itself.'),
  BUS_TROUBLED: row('UNAVAILABLE', 'retry', 'Kênh sự kiện không trao đổi được: {problem}.', 'The event bus exchanges nothing: {problem}.', 'Kiểm tra các máy Kafka; không mất gì, tự động gửi lại.', 'Look at the Kafka brokers; nothing is lost, and it is tried again by itself.'),
  UNKNOWN_SERVICE: row('NOT_FOUND', 'stop', 'Không có dịch vụ {service}.', 'There is no service {service}.', 'Kiểm tra cấu hình.', 'Check the configuration.'),
  DEADLINE_EXCEEDED: row('DEADLINE_EXCEEDED', 'retry', 'Quá {deadlineMs} ms mà chưa xong.', 'Not done within {deadlineMs} ms.', 'Gửi lại với cùng request_id.', 'Repeat with the same request_id.'),
  CANCELLED: row('CANCELLED', 'retry', 'Bên gọi đã hủy yêu cầu.', 'The caller cancelled the request.', 'Gửi lại với cùng request_id.', 'Repeat with the same request_id.'),
  MALFORMED_MESSAGE: row('INVALID_ARGUMENT', 'stop', 'Thông điệp không giải mã được: {problem}.', 'The message cannot be decoded: {problem}.', 'Gửi đúng định dạng protobuf của hợp đồng.', 'Send the protobuf message of the contract.'),
  MESSAGE_TOO_LARGE: row('OUT_OF_RANGE', 'stop', 'Thông điệp dài {bytes} byte, tối đa {limit}.', 'The message takes {bytes} bytes, at most {limit}.', 'Chia nhỏ; gửi tài liệu theo luồng.', 'Split it; stream documents.'),
  UNKNOWN_METHOD: row('UNIMPLEMENTED', 'stop', 'Không có phương thức {method}.', 'There is no method {method}.', 'Xem danh sách phương thức bằng reflection.', 'See the methods by server reflection.'),
  UNKNOWN_PATH: row('NOT_FOUND', 'stop', 'Không có {path}.', 'There is no {path}.', 'Xem các đường dẫn tại /openapi.json.', 'See the paths in /openapi.json.'),
  CALLER_UNKNOWN: row('UNAUTHENTICATED', 'stop', 'Chưa biết bên gọi: thiếu {field} hoặc không đọc được.', 'The caller is not known: {field} is missing or cannot be read.', 'Gửi siêu dữ liệu {field}.', 'Send the metadata {field}.'),
  CALLER_NOT_ALLOWED: row('PERMISSION_DENIED', 'stop', '{caller} không được gọi {method}.', '{caller} may not call {method}.', 'Xem mục “Who may call” của docs/INTEGRATION.md.', 'See “Who may call” in docs/INTEGRATION.md.'),
  ACTS_FOR_ANOTHER_OFFICE: row('PERMISSION_DENIED', 'stop', 'Bên gọi là {caller}, không được thực hiện thay {office}.', 'The caller is {caller} and may not act for {office}.', 'Để trống office hoặc ghi {caller}; việc của {office} thì gọi với lienthong-office của cơ quan đó.', 'Leave office empty or give {caller}; what is for {office} is called with its own lienthong-office.'),
  EVIDENCE_UNSIGNED: row('UNAVAILABLE', 'retry', 'Trả lời của {service} không mang chữ ký hợp lệ của dịch vụ đó.', 'The answer of {service} does not bear a valid signature of that service.', 'Kiểm tra khóa và chứng thư của dịch vụ.', 'Check keys and certificates of the service.'),
  EVIDENCE_NEEDS_DOSSIER: row('PERMISSION_DENIED', 'stop', '{caller} chưa nêu mã hồ sơ; trước khi tiếp nhận chỉ bộ phận một cửa được tra cứu.', '{caller} names no dossier; before receipt only counters may look facts up.', 'Nêu mã hồ sơ đang giải quyết.', 'Give the code of the dossier at work.'),
  // -- watching and looking
  CURSOR_UNKNOWN: row('FAILED_PRECONDITION', 'stop', 'Con trỏ {cursor} không thuộc kho dữ liệu hiện tại.', 'The cursor {cursor} is not of the present store.', 'Bắt đầu lại với con trỏ rỗng.', 'Begin anew with an empty cursor.'),
  TRACK_REFUSED: row('PERMISSION_DENIED', 'stop', 'Mã hồ sơ hoặc thông tin xác nhận không đúng.', 'The code or its proof is not right.', 'Dùng mã QR trên giấy tiếp nhận, hoặc 4 số cuối giấy tờ tùy thân.', 'Use the QR of the receipt or the last four digits of the identity number.'),
  RESULT_NOT_FOUND: row('NOT_FOUND', 'stop', 'Không có kết quả nào như vậy được cấp qua hệ thống này.', 'No such result was issued through this hub.', 'Kiểm tra mã hồ sơ và số ghi trên giấy; giấy cấp trước khi có hệ thống thì hỏi cơ quan cấp.', 'Check code and number on the paper; what is older than the hub its office knows.'),
  TOO_MANY_TRIES: row('RESOURCE_EXHAUSTED', 'retry', 'Thử sai quá nhiều lần.', 'Too many wrong tries.', 'Thử lại sau {seconds} giây.', 'Try again in {seconds} seconds.'),
  TOO_MANY_STREAMS: row('RESOURCE_EXHAUSTED', 'retry', 'Bên gọi đã mở {limit} luồng, tối đa cho một cán bộ hoặc một cơ quan.', 'The caller has {limit} streams open, the most that one officer or one office may have.', 'Đóng các luồng không dùng nữa; một luồng là đủ cho một bàn làm việc.', 'End the streams that are not needed any more; one is enough for a desk.'),
  CODES_EXHAUSTED: row('RESOURCE_EXHAUSTED', 'park', 'Cơ quan {agency} đã dùng hết số hồ sơ của ngày {date}.', 'Agency {agency} has used all dossier numbers of {date}.', 'Tiếp nhận tại bộ phận một cửa khác trong ngày.', 'Receive at another counter today.'),
  FORM_KEY_UNUSABLE: row('FAILED_PRECONDITION', 'park', 'Khóa ký biểu mẫu tại {directory} không dùng được: {problem}.', 'The key for forms in {directory} cannot be used: {problem}.', 'Đặt key.pem (P-256, PKCS #8) và certificate.pem của khóa đó.', 'Put key.pem (P-256, PKCS #8) and the certificate.pem of that key there.'),
  BOOK_NOT_OPENED: row('NOT_FOUND', 'stop', 'Chưa có sổ theo dõi năm {year} của {office}.', 'There is no tracking book {year} of {office}.', 'Kiểm tra năm và cơ quan.', 'Check year and office.'),
  SERIES_CLOSED: row('FAILED_PRECONDITION', 'stop', 'Dãy số {series} đã khóa.', 'The numbers of {series} are closed.', 'Dùng dãy số năm sau.', 'Use the series of the next year.'),
  NUMBERS_EXHAUSTED: row('RESOURCE_EXHAUSTED', 'park', 'Dải số {series} đã dùng hết.', 'The numbers of {series} are used up.', 'Cấp dải số mới.', 'Provide another range.'),
  NUMBERS_PENDING: row('RESOURCE_EXHAUSTED', 'retry', 'Dải số {series} còn {pending} số chưa dùng xong.', '{pending} numbers of {series} have been taken and not used yet.', 'Gửi lại với cùng request_id.', 'Repeat with the same request_id.'),
  INCARNATION_OUTDATED: row('FAILED_PRECONDITION', 'park', 'Khóa của {service} đã cũ: các bên đã biết {successor}.', 'The keys of {service} are outdated: its peers know {successor}.', 'Khôi phục thư mục khóa mới nhất.', 'Restore the latest key directory.'),
  // -- documents
  DOCUMENT_TYPE_NOT_ACCEPTED: row('INVALID_ARGUMENT', 'stop', 'Loại tệp {mediaType} không được nhận.', 'Files of type {mediaType} are not taken.', 'Dùng PDF, PNG, JPEG, XML, DOCX, ZIP hoặc văn bản.', 'Use PDF, PNG, JPEG, XML, DOCX, ZIP or text.'),
  DOCUMENT_TYPE_MISMATCH: row('INVALID_ARGUMENT', 'stop', 'Nội dung tệp không phải {mediaType}.', 'The bytes are not {mediaType}.', 'Khai đúng loại tệp.', 'Declare the type that it is.'),
  DOCUMENT_DIGEST_MISMATCH: row('INVALID_ARGUMENT', 'stop', 'Tệp không khớp với mã băm đã khai.', 'The bytes do not match their digest.', 'Tính lại SHA-256 và gửi lại.', 'Compute the SHA-256 again and send again.'),
  DOCUMENT_TOO_LARGE: row('OUT_OF_RANGE', 'stop', 'Tệp vượt quá {limit} byte.', 'The document exceeds {limit} bytes.', 'Giảm dung lượng hoặc chia tệp.', 'Make it smaller or split it.'),
  DOCUMENT_EMPTY: row('INVALID_ARGUMENT', 'stop', 'Tệp rỗng.', 'The document is empty.', 'Chọn lại tệp.', 'Choose the file again.'),
  UNKNOWN_DOCUMENT: row('NOT_FOUND', 'stop', 'Không có tài liệu {digest}.', 'There is no document {digest}.', 'Tải tài liệu lên trước.', 'Upload it first.'),
  // -- stores and effects
  STORE_DAMAGED: row('DATA_LOSS', 'park', 'Kho dữ liệu {file} bị hỏng.', 'The store {file} is damaged.', 'Khôi phục bản sao lưu: lienthong restore.', 'Restore a backup: lienthong restore.'),
  STORE_NEWER: row('FAILED_PRECONDITION', 'park', 'Kho dữ liệu {file} do phiên bản mới hơn ghi.', 'The store {file} was written by a newer version.', 'Chạy phiên bản mới hơn.', 'Run the newer version.'),
  STORE_BUSY: row('UNAVAILABLE', 'retry', 'Kho dữ liệu {file} đang được tiến trình khác mở.', 'Another process has the store {file} open.', 'Dừng tiến trình kia.', 'Stop the other process.'),
  STORE_FAILED: row('UNAVAILABLE', 'park', 'Không ghi được vào kho dữ liệu {file}.', 'The store {file} cannot be written.', 'Kiểm tra dung lượng và quyền ghi của đĩa.', 'Check space and permissions of the disk.'),
  STORE_UNREACHABLE: row('UNAVAILABLE', 'retry', 'Máy chủ của kho dữ liệu {file} không trả lời kịp.', 'The server of the store {file} did not answer in time.', 'Gửi lại sau với cùng request_id.', 'Repeat later with the same request_id.'),
  STORE_OVERLOADED: row('RESOURCE_EXHAUSTED', 'retry', 'Kho dữ liệu {file} đang quá tải.', 'The store {file} is overloaded.', 'Gửi lại sau với cùng request_id.', 'Repeat later with the same request_id.'),
  STORE_BEHIND: row('FAILED_PRECONDITION', 'park', 'Kho dữ liệu {file} cũ hơn những gì đã công bố.', 'The store {file} is older than what it has told others.', 'Khởi động lại; dịch vụ sẽ nhận định danh mới.', 'Start again; the service takes a new incarnation.'),
  STORE_CLOSED: row('UNAVAILABLE', 'retry', 'Kho dữ liệu {file} đã đóng.', 'The store {file} is closed.', 'Gửi lại sau.', 'Repeat later.'),
  EFFECT_UNKNOWN: row('INTERNAL', 'park', 'Dịch vụ {service} không có việc "{effect}".', 'Service {service} has no effect "{effect}".', 'Báo nhà phát triển.', 'Tell the developers.'),
  REFUND_AT_TILL: row('FAILED_PRECONDITION', 'park', '{amount} đồng của hồ sơ {code} phải được hoàn trả tại quầy.', '{amount} đồng of dossier {code} must be given back at a till.', 'Trả lại tiền rồi gọi RefundCharge.', 'Give the money back, then call RefundCharge.'),
  TILL_BUSY: row('UNAVAILABLE', 'retry', 'Ca thu {till} còn {payments} khoản chưa ghi xong.', 'Till {till} has {payments} payments that are not decided yet.', 'Gửi lại với cùng request_id.', 'Repeat with the same request_id.'),
  MONEY_SET_ASIDE: row('FAILED_PRECONDITION', 'park', '{amount} {currency} của {reference} đang chờ xử lý: {reason}.', '{amount} {currency} of {reference} are set aside: {reason}.', 'Xem bằng ListMoney, rồi ghi kết quả bằng SettleMoney.', 'See it with ListMoney, then record what becomes of it with SettleMoney.'),
  GATEWAY_ABSENT: row('FAILED_PRECONDITION', 'park', 'Không có nền tảng thanh toán cho hồ sơ này.', 'There is no payment gateway for this dossier.', 'Đặt LIENTHONG_GATEWAY_URL và LIENTHONG_GATEWAY_SECRET_FILE; hồ sơ diễn tập: LIENTHONG_REHEARSAL_GATEWAY_URL, hoặc nộp tiền mặt tại quầy.', 'Set LIENTHONG_GATEWAY_URL and LIENTHONG_GATEWAY_SECRET_FILE; for rehearsals LIENTHONG_REHEARSAL_GATEWAY_URL, or pay in cash at a counter.'),
  GATEWAY_FAILED: row('UNAVAILABLE', 'retry', 'Nền tảng thanh toán {gateway} không trả lời: {problem}.', 'The payment gateway {gateway} does not answer: {problem}.', 'Gửi lại với cùng request_id.', 'Repeat with the same request_id.'),
  EFFECT_FAILED: row('UNAVAILABLE', 'park', 'Việc "{effect}" của hồ sơ {folder} không thành sau {attempts} lần: {problem}.', 'Effect "{effect}" of folder {folder} failed {attempts} times: {problem}.', 'Xem nguyên nhân rồi yêu cầu làm lại.', 'See the cause, then ask for it again.'),
  DUTIES_UNENDING: row('INTERNAL', 'park', 'Hồ sơ {folder} còn nghĩa vụ "{duty}" sau khi đã thực hiện.', 'Folder {folder} still owes "{duty}" after it was done.', 'Báo nhà phát triển; hồ sơ khác không bị ảnh hưởng.', 'Tell the developers; other folders are not affected.'),
  INTERNAL: row('INTERNAL', 'park', 'Lỗi bên trong: {problem}.', 'Internal error: {problem}.', 'Báo người vận hành kèm mã {id}.', 'Tell the operator with the id {id}.'),
} as const satisfies Record<string, ErrorRow>;

export type KernelErrorCode = keyof typeof kernelErrors;
