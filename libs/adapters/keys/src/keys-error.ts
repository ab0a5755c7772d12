/** Why keys cannot be used, and what whoever runs the hub can do. */
const remedies = {
  KEYS_DAMAGED: {
    vi: 'Tệp khóa không đọc được hoặc chữ ký gốc không đúng. Khôi phục thư mục khóa từ bản sao an toàn.',
    en: 'A key file cannot be read or the root has not signed it. Restore the key directory from its safe copy.',
  },
  KEYS_MISSING: {
    vi: 'Không có khóa của danh tính này. Khôi phục thư mục khóa từ bản sao an toàn; không có thì khôi phục bản sao lưu có khóa (backup --with-keys): npm run --silent lienthong -- restore --from TỆP.',
    en: 'The keys of this incarnation are not here. Restore the key directory from its safe copy; where there is none, restore a backup with keys (backup --with-keys): npm run --silent lienthong -- restore --from FILE.',
  },
  KEYS_NO_ROOT: {
    vi: 'Không có khóa gốc riêng ở đây nên không thể cấp danh tính mới. Đưa khóa gốc vào thư mục khóa rồi thử lại.',
    en: 'The root\'s private key is not here, so no new incarnation can be made. Bring it into the key directory and try again.',
  },
  KEYS_BUSY: {
    vi: 'Tiến trình khác đang cấp danh tính cho dịch vụ này. Thử lại; nếu vẫn vậy, xóa tệp khóa tạm được nêu tên.',
    en: 'Another process is making an incarnation of this service. Try again; if it stays, delete the lock file that is named.',
  },
} as const;

export type KeysFault = keyof typeof remedies;

export class KeysError extends Error {
  readonly code: KeysFault;
  readonly file: string;
  readonly remedy: { readonly vi: string; readonly en: string };
  constructor(code: KeysFault, file: string, cause?: unknown) {
    super(`${code} ${file}: ${remedies[code].en}`, { cause });
    this.name = 'KeysError';
    this.code = code;
    this.file = file;
    this.remedy = remedies[code];
  }
}
