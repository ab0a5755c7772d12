/** Why the lock of a store could not be had: somebody must not look for a process that is not there. */
import { expect, test } from 'vitest';
import { lockFault } from '../src/process-lock.ts';

/** SQLite's result codes, https://sqlite.org/rescode.html */
test.each([
  ['another process holds it', 5, 'STORE_BUSY', '/data/hub.db'], ['the disk is full', 13, 'STORE_FAILED', '/data/hub.db.lock'], ['the disk can only be read', 8, 'STORE_FAILED', '/data/hub.db.lock'],
  ['the disk is broken', 10, 'STORE_FAILED', '/data/hub.db.lock'], ['the file of the lock is none', 26, 'STORE_DAMAGED', '/data/hub.db.lock'],
] as const)('%s', (_why, errcode, code, file) => {
  expect(lockFault('/data/hub.db', Object.assign(new Error('sqlite'), { errcode }), '7')).toMatchObject({ code, file });
});
