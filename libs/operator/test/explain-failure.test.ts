/** Whoever typed a command reads what is wrong, in both languages, and no stack. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explainFailure } from '../src/explain-failure.ts';

test.each([
  ['a file that is not there', () => readFile('nowhere/câu-hỏi.jsonl'), 'nowhere/câu-hỏi.jsonl: không có tệp hoặc thư mục này: kiểm tra đường dẫn\nnowhere/câu-hỏi.jsonl: there is no such file or folder: check the path'],
  ['a folder in the place of a file', () => readFile('/'), '/: là thư mục, không phải tệp: chỉ đúng tệp\n/: it is a folder, not a file: name a file'],
  ['a disk that is full, where no file is named', () => Promise.reject(Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' })), 'đĩa đã đầy: giải phóng dung lượng (thư mục dữ liệu: LIENTHONG_DATA_DIR), rồi làm lại\nthe disk is full: make room (the data directory is LIENTHONG_DATA_DIR), then try again\n(ENOSPC: write)'],
  ['a file of another account', () => Promise.reject(Object.assign(new Error('EPERM: chown'), { code: 'EPERM', path: 'keys' })), 'keys: không có quyền đọc, ghi: cấp quyền cho tài khoản chạy hub hoặc chạy lệnh\nkeys: it may not be read or written: let the account that runs the hub, or the command, do so'],
  ['what explains itself', () => Promise.reject(Object.assign(new Error('hỏng'), { code: 'X', file: 'a.json', remedy: { vi: 'sửa', en: 'mend it' } })), 'X a.json\nsửa\nmend it'],
  ['anything else', () => Promise.reject(new Error('hỏng')), 'hỏng'],
])('%s', async (_name, run, expected) => {
  const error: unknown = await run().then(() => null, (cause: unknown) => cause);
  expect(explainFailure(error)).toBe(expected);
});
