/**
 * Messages of the platform, version 1.0.6, by its own names. Each is authenticated by MaXacThuc: HMAC-SHA256 in hexadecimal over its fields joined with `|`, in the
 * order in which they stand here. Times are `yyyyMMddHHmmss` in Vietnamese time, 24 hours.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const version = '1.0.6';
export const okCode = '00';

/** Fields under the mark, by kind of message (LoaiBanTin). */
export const fields = {
  INIT: ['LoaiBanTin', 'PhienBan', 'MaDoiTac', 'MaThamChieu', 'SoTien', 'LoaiHinhThanhToan', 'MaTienTe', 'ThongTinGiaoDich', 'ThoiGianGD', 'MaTTHC', 'MaDonVi', 'MaHoSo'],
  CONFIRM: ['LoaiBanTin', 'MaLoi', 'MaDoiTac', 'MaThamChieu', 'SoTien', 'MaTienTe', 'MaGiaoDich', 'MaNganHang', 'ThoiGianGD', 'ThongTinGiaoDich'],
  QUERY: ['LoaiBanTin', 'PhienBan', 'MaDoiTac', 'MaThamChieu', 'ThoiGianGD'],
  GET_BILL: ['LoaiBanTin', 'PhienBan', 'MaDoiTac', 'MaThamChieu', 'ThoiGianGD'],
  REFUND: ['LoaiBanTin', 'PhienBan', 'MaDoiTac', 'MaThamChieu', 'MaGiaoDich', 'MaYeuCau', 'SoTien', 'MaTienTe', 'ThoiGianGD'],
  FILE: ['LoaiBanTin', 'PhienBan', 'MaDoiTac', 'Ngay', 'ThoiGianGD'],
} as const;
export type Kind = keyof typeof fields;
export type Message = Readonly<Record<string, string>>;
export const isKind = (text: string | undefined): text is Kind => text !== undefined && Object.hasOwn(fields, text);

/** Longest text of a field. */
const maxFieldCharacters = 500;

function markOf(message: Message, kind: Kind, secret: string): Buffer {
  return createHmac('sha256', secret).update(fields[kind].map((field) => message[field] ?? '').join('|')).digest();
}

export function signed(kind: Kind, message: Message, secret: string): Message {
  const whole = { ...message, LoaiBanTin: kind };
  return { ...whole, MaXacThuc: markOf(whole, kind, secret).toString('hex') };
}

/** Whether a message bears the mark of this secret. A field that holds `|` could be read in two ways and is refused. */
export function isAuthentic(message: Message, secret: string): boolean {
  const kind = message['LoaiBanTin'], given = message['MaXacThuc'] ?? '';
  if (!isKind(kind) || !/^[0-9a-f]{64}$/i.test(given)) return false;
  if (fields[kind].some((field) => (message[field] ?? '').includes('|') || (message[field] ?? '').length > maxFieldCharacters)) return false;
  return timingSafeEqual(markOf(message, kind, secret), Buffer.from(given, 'hex'));
}

const vietnamMs = 7 * 3_600_000;

/** `20261128153000`. */
export function printTime(at: number): string {
  return new Date(at + vietnamMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

/** Null: no time. */
export function parseTime(text: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number];
  const at = Date.UTC(year, month - 1, day, hour, minute, second) - vietnamMs;
  return printTime(at) === text ? at : null;
}
