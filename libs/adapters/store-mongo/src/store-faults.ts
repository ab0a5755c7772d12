/** What went wrong with a database, in words for whoever runs it. */
import { MongoBulkWriteError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import { StoreError } from '@lienthong/kernel/ports/folder-store';
import type { StoreFault } from '@lienthong/kernel/ports/folder-store';

type Words = { readonly vi: string; readonly en: string };

/** What a server may refuse, apart from the faults of the port. */
type Refusal = 'full' | 'read-only' | 'no-rights' | 'write-concern' | 'other';

const refusals: Readonly<Record<Refusal, Words>> = {
  full: { vi: 'Ổ đĩa của máy chủ cơ sở dữ liệu đã đầy. Giải phóng hoặc mở rộng dung lượng; dịch vụ tự ghi tiếp khi có chỗ.', en: 'The disk of the database server is full. Free or add space; the service goes on by itself when there is room.' },
  'read-only': { vi: 'Cơ sở dữ liệu đang ở chế độ chỉ đọc. Bỏ chế độ này trên máy chủ; dịch vụ tự ghi tiếp.', en: 'The database takes no writes. Lift the block on the server; the service goes on by itself.' },
  'no-rights': { vi: 'Tài khoản trong URI không có quyền readWrite trên cơ sở dữ liệu này. Cấp quyền hoặc sửa tài khoản trong URI rồi khởi động lại.', en: 'The account of the URI may not read and write this database. Grant it readWrite, or correct the account, and start again.' },
  'write-concern': { vi: 'Máy chủ không thể ghi bền vững ở đa số bản sao. Kiểm tra số bản sao đang chạy và nhật ký (journal).', en: 'The server cannot make a write durable on a majority. Check how many members run, and that they keep a journal.' },
  other: { vi: 'Máy chủ cơ sở dữ liệu từ chối thao tác. Xem nguyên nhân trong nhật ký của dịch vụ và của máy chủ.', en: 'The database server refused. See the cause in the log of the service and of the server.' },
};

const remedies: Readonly<Record<StoreFault, Words>> = {
  STORE_DAMAGED: {
    vi: 'Nội dung cơ sở dữ liệu không phải là những gì đã ghi. Dừng mọi tiến trình của dịch vụ này, giữ cơ sở dữ liệu để điều tra, khôi phục bản sao lưu của một thời điểm duy nhất; dịch vụ sẽ tự nhận danh tính mới và lấy lại phần còn thiếu.',
    en: 'The database does not hold what was written. Stop all instances of the service, keep the database for inspection, and restore a backup of one moment; the service then takes a new incarnation and fetches what is missing.',
  },
  STORE_NEWER: {
    vi: 'Cơ sở dữ liệu do phiên bản mới hơn ghi. Hãy chạy đúng phiên bản đó hoặc mới hơn.',
    en: 'The database was written by a newer version. Run that version or a later one.',
  },
  STORE_BUSY: { vi: 'Cơ sở dữ liệu đang bận. Thử lại.', en: 'The database is busy. Try again.' },
  STORE_FAILED: refusals.other,
  STORE_UNREACHABLE: {
    vi: 'Máy chủ cơ sở dữ liệu không trả lời kịp hoặc đang bầu lại máy chính. Kiểm tra mạng và các bản sao; dịch vụ tự nối lại.',
    en: 'The database server did not answer in time, or elects a primary. Check the network and the members; the service connects again by itself.',
  },
  STORE_OVERLOADED: { vi: 'Quá nhiều yêu cầu ghi đang chờ. Hãy gửi chậm lại rồi thử lại.', en: 'Too many writes are waiting. Slow down and try again.' },
  STORE_BEHIND: {
    vi: 'Cơ sở dữ liệu cũ hơn những gì đã trả lời ra ngoài (đã khôi phục từ bản sao lưu?). Danh tính cũ không được ghi tiếp; hãy dùng danh tính mới.',
    en: 'The database is older than what it has already answered (restored from a backup?). The old incarnation may not go on; take a new one.',
  },
  STORE_CLOSED: { vi: 'Kho đã đóng; hãy mở lại.', en: 'The store is closed; open it again.' },
};

/** `place`: server and database, without account and password. */
export function storeError(code: StoreFault, place: string, cause?: unknown): StoreError {
  return new StoreError(code, place, remedies[code], cause);
}

export const duplicateKey = 11000;

/** https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const refusalByCode: Readonly<Record<number, Refusal>> = { 14031: 'full', 20: 'read-only', 371: 'read-only', 10334: 'other', 13: 'no-rights', 18: 'no-rights', 8000: 'no-rights', 79: 'write-concern', 100: 'write-concern' };
const refusalByWords: readonly (readonly [RegExp, Refusal])[] = [[/no space left|disk.*full|out of disk/i, 'full'], [/read.?only/i, 'read-only'], [/not authorized|requires authentication/i, 'no-rights']];
/** Not primary, stepping down, shutting down, interrupted, too slow, too few members in time. */
const passingCodes = new Set([6, 7, 24, 50, 64, 89, 91, 112, 133, 189, 202, 262, 9001, 10058, 10107, 11600, 11602, 13388, 13435, 13436]);

/** What the error of a driver means. */
export function faultOf(place: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  if (!(cause instanceof Error)) return storeError('STORE_FAILED', place, cause);
  const inner = wrapped(cause);
  if (inner !== undefined) return faultOf(place, inner);
  const { code, message } = firstOf(cause);
  // Words before codes: a server whose disk is full says so under several codes.
  const refusal = refusalByWords.find(([words]) => words.test(message))?.[1] ?? refusalByCode[code ?? 0];
  const passes = cause instanceof MongoNetworkError || cause instanceof MongoServerSelectionError || passingCodes.has(code ?? 0) || driverGaveUp.test(cause.name);
  if (refusal === undefined && passes) return storeError('STORE_UNREACHABLE', place, cause);
  return new StoreError('STORE_FAILED', place, refusals[refusal ?? 'other'], cause);
}

/** The pool was cleared, the topology closed, or no connection came free in time. */
const driverGaveUp = /^Mongo(PoolCleared|PoolClosed|TopologyClosed|NotConnected|WaitQueueTimeout|ConnectionPool|ClientClosed|Timeout|OperationTimeout)/;

/** Where several writes broke off together, what broke them off. */
function wrapped(cause: Error): Error | undefined {
  if (!(cause instanceof MongoBulkWriteError) || [cause.writeErrors].flat().length > 0) return undefined;
  const inner: unknown = cause.cause ?? cause.errorResponse;
  return inner instanceof Error ? inner : undefined;
}

/** Of several refused writes the first that was no duplicate, else the reason that the whole failed. */
function firstOf(cause: Error): { readonly code: number | undefined; readonly message: string } {
  if (cause instanceof MongoBulkWriteError) {
    const errors = [cause.writeErrors].flat().filter((one) => one.code !== duplicateKey);
    const concern = cause.result.getWriteConcernError();
    const first = errors[0] ?? concern;
    if (first) return { code: first.code, message: first.errmsg ?? '' };
  }
  const code = cause instanceof MongoServerError && typeof cause.code === 'number' ? cause.code : undefined;
  return { code, message: cause.message };
}

/** Whether all that went wrong was that documents of these ids were there already. */
export function isDuplicateOnly(cause: unknown): boolean {
  if (cause instanceof MongoBulkWriteError) return cause.result.getWriteConcernError() == null && [cause.writeErrors].flat().length > 0 && [cause.writeErrors].flat().every((one) => one.code === duplicateKey);
  return cause instanceof MongoServerError && cause.code === duplicateKey;
}
