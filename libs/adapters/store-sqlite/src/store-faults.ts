/** What went wrong with a store, in words for whoever runs it. */
import { StoreError } from '@lienthong/kernel/ports/folder-store';
import type { StoreFault } from '@lienthong/kernel/ports/folder-store';

type Words = { readonly vi: string; readonly en: string };

const damaged: Words = {
  vi: 'Tệp dữ liệu bị hỏng hoặc bị cắt ngắn. Dừng hệ thống, giữ lại tệp này để điều tra, khôi phục bản sao lưu gần nhất bằng lệnh `lienthong restore`; dịch vụ sẽ tự nhận danh tính mới và lấy lại phần còn thiếu từ các dịch vụ khác.',
  en: 'The store is damaged or truncated. Stop the hub, keep this file for inspection, and restore the latest backup with `lienthong restore`; services then take a new incarnation and fetch what is missing from their peers.',
};
const remedies: Readonly<Record<StoreFault, Words>> = {
  STORE_DAMAGED: damaged,
  STORE_NEWER: {
    vi: 'Tệp dữ liệu do phiên bản mới hơn ghi. Hãy chạy đúng phiên bản đó hoặc mới hơn, hoặc khôi phục bản sao lưu của phiên bản này.',
    en: 'The store was written by a newer version. Run that version or a later one, or restore a backup made by this version.',
  },
  STORE_BUSY: {
    vi: 'Một tiến trình khác đang mở thư mục dữ liệu này. Hãy dừng tiến trình đó, hoặc chọn thư mục khác bằng LIENTHONG_DATA_DIR.',
    en: 'Another process has this data directory open. Stop it, or choose another directory with LIENTHONG_DATA_DIR.',
  },
  STORE_FAILED: {
    vi: 'Đĩa từ chối ghi. Kiểm tra dung lượng trống, quyền ghi và tình trạng đĩa, rồi khởi động lại.',
    en: 'The disk refused a write. Check free space, permissions and the health of the disk, then start again.',
  },
  STORE_UNREACHABLE: {
    vi: 'Kho dữ liệu không trả lời kịp. Thử lại với cùng request_id.',
    en: 'The store did not answer in time. Repeat with the same request_id.',
  },
  STORE_OVERLOADED: {
    vi: 'Quá nhiều yêu cầu ghi đang chờ. Hãy gửi chậm lại rồi thử lại.',
    en: 'Too many writes are waiting. Slow down and try again.',
  },
  STORE_BEHIND: {
    vi: 'Kho dữ liệu cũ hơn những gì đã trả lời ra ngoài (đã khôi phục từ bản sao lưu?). Danh tính cũ không được ghi tiếp; hãy dùng danh tính mới.',
    en: 'The store is older than what it has already answered (restored from a backup?). The old incarnation may not go on; take a new one.',
  },
  STORE_CLOSED: { vi: 'Kho đã đóng; hãy mở lại.', en: 'The store is closed; open it again.' },
};

export function storeError(code: StoreFault, file: string, cause?: unknown): StoreError {
  return new StoreError(code, file, remedies[code], cause);
}

/** SQLite's primary result codes, https://sqlite.org/rescode.html */
const sqliteError = 1;
const sqliteBusy = 5;
const sqliteCorrupt = 11;
const sqliteFull = 13;
const sqliteNotADatabase = 26;

/** What the error of a driver or file system means. */
export function faultOf(file: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const primary = primaryCode(cause);
  // An SQL error means that tables are not as they were made: no statement here is put together from input.
  if (primary === sqliteCorrupt || primary === sqliteNotADatabase || primary === sqliteError) return storeError('STORE_DAMAGED', file, cause);
  return storeError(primary === sqliteBusy ? 'STORE_BUSY' : 'STORE_FAILED', file, cause);
}

/** Whether a failed write was rolled back cleanly, so that later writes may go on. After others the disk's content is unknown until it is read anew. */
export function passes(cause: unknown): boolean {
  const primary = primaryCode(cause);
  return primary === sqliteFull || primary === sqliteBusy;
}

function primaryCode(cause: unknown): number | undefined {
  const { errcode } = cause as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode % 256 : undefined;
}
