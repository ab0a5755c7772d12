/** What the file system answers, in words: what is wrong, and what to do. For whoever starts the hub and whoever types a command. */

type Words = { readonly vi: string; readonly en: string };

const noPermission: Words = { vi: 'không có quyền đọc, ghi: cấp quyền cho tài khoản chạy hub hoặc chạy lệnh', en: 'it may not be read or written: let the account that runs the hub, or the command, do so' };

const fileFaults: Readonly<Record<string, Words>> = {
  ENOENT: { vi: 'không có tệp hoặc thư mục này: kiểm tra đường dẫn', en: 'there is no such file or folder: check the path' },
  EISDIR: { vi: 'là thư mục, không phải tệp: chỉ đúng tệp', en: 'it is a folder, not a file: name a file' },
  ENOSPC: { vi: 'đĩa đã đầy: giải phóng dung lượng (thư mục dữ liệu: LIENTHONG_DATA_DIR), rồi làm lại', en: 'the disk is full: make room (the data directory is LIENTHONG_DATA_DIR), then try again' },
  EROFS: { vi: 'chỉ đọc được: gắn lại đĩa ở chế độ ghi', en: 'it can only be read: mount its disk for writing' },
  EACCES: noPermission, EPERM: noPermission,
};

/** By the code that an error of the file system bears; undefined: nothing is known of it. */
export function fileFaultOf(error: unknown): Words | undefined {
  const code = String((error as { readonly code?: unknown } | null)?.code);
  return Object.hasOwn(fileFaults, code) ? fileFaults[code] : undefined;
}
