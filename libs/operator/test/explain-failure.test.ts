/** Whoever typed a command reads what is wrong, in both languages, and no stack. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explainFailure } from '../src/explain-failure.ts';

test.each([
  ['a file that is not there', () => readFile('nowhere/câu-hỏi.jsonl'), 'nowhere/câu-hỏi.jsonl: không có tệp hoặc thư mục này\nnowhere/câu-hỏi.jsonl: there is no such file or folder'],
  ['a folder in the place of a file', () => readFile('/'), '/: là thư mục, không phải tệp\n/: it is a folder, not a file'],
  ['a disk that is full, where no file is named', () => Promise.reject(Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' })), 'đĩa đã đầy\nthe disk is full\n(ENOSPC: write)'],
  ['what explains itself', () => Promise.reject(Object.assign(new Error('hỏng'), { code: 'X', file: 'a.json', remedy: { vi: 'sửa', en: 'mend it' } })), 'X a.json\nsửa\nmend it'],
  ['anything else', () => Promise.reject(new Error('hỏng')), 'hỏng'],
])('%s', async (_name, run, expected) => {
  const error: unknown = await run().then(() => null, (cause: unknown) => cause);
  expect(explainFailure(error)).toBe(expected);
});
