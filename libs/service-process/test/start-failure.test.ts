/** What whoever starts the hub reads when it does not start: also where only the file system has spoken. */
import { HubError } from '@lienthong/kernel';
import { expect, test } from 'vitest';
import { explained } from '../src/start-failure.ts';

test.each([
  ['ENOSPC', 'make room (the data directory is LIENTHONG_DATA_DIR)'], ['EROFS', 'mount its disk for writing'], ['EACCES', 'let the account that runs the hub'], ['EPERM', 'let the account that runs the hub'], ['ENOENT', 'check the path'], ['EISDIR', 'name a file'],
])('%s comes with what to do', (code, remedy) => {
  const [what, vi, en] = explained(Object.assign(new Error(`${code}: write`), { code })).split('\n');
  expect([what, en]).toEqual([`${code}: write`, expect.stringContaining(remedy)]);
  expect(vi).toMatch(/[àáảãạăâđêôơư]/);
});

test('an error that says what to do is told as it is, and one of which nothing is known by its words', () => {
  expect(explained(Object.assign(new Error('x'), { code: 'STORE_FAILED', file: 'hub.db', remedy: { vi: 'a', en: 'b' } }))).toBe('STORE_FAILED hub.db\na\nb');
  expect(explained(new Error('else'))).toBe('else');
});

test('an error of the catalogue is told in both languages with what to do', () => {
  const [code, vi, en] = explained(new HubError('RECORD_DAMAGED', { service: 'land', problem: 'x' })).split('\n');
  expect([code, vi, en]).toEqual(['RECORD_DAMAGED', expect.stringMatching(/land.*lienthong restore/), expect.stringMatching(/land.*hub\.db.*lienthong restore/)]);
});
