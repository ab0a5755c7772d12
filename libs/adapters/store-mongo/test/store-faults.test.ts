import { MongoBulkWriteError, MongoNetworkError, MongoServerError } from 'mongodb';
import { expect, test } from 'vitest';
import { faultOf, isDuplicateOnly, storeError } from '../src/store-faults.ts';

const server = (code: number, errmsg = 'refused'): MongoServerError => new MongoServerError({ message: errmsg, code, errmsg });
const bulk = (codes: readonly number[], errmsg = 'refused', concern: { code: number; errmsg: string } | null = null): MongoBulkWriteError => {
  const writeErrors = codes.map((code) => ({ code, errmsg }));
  return new MongoBulkWriteError({ message: errmsg, code: codes[0] ?? 0, writeErrors: writeErrors as never }, { getWriteConcernError: () => concern } as never);
};

// error, code, a word of its remedy
test.each([
  ['the network broke', new MongoNetworkError('connection reset'), 'STORE_UNREACHABLE', 'connects again'],
  ['no longer primary', server(10107, 'not primary'), 'STORE_UNREACHABLE', 'elects'],
  ['stepping down', server(189), 'STORE_UNREACHABLE', 'elects'],
  ['shutting down', server(91), 'STORE_UNREACHABLE', 'elects'],
  ['too slow', server(50), 'STORE_UNREACHABLE', 'in time'],
  ['no majority in time', server(64), 'STORE_UNREACHABLE', 'in time'],
  ['no majority in time, of several writes', bulk([], 'x', { code: 64, errmsg: 'waiting for replication timed out' }), 'STORE_UNREACHABLE', 'in time'],
  ['the network broke under several writes', new MongoBulkWriteError(new MongoNetworkError('connection 1 closed') as never, { getWriteConcernError: () => null } as never), 'STORE_UNREACHABLE', 'connects again'],
  ['full disk by code', server(14031), 'STORE_FAILED', 'disk'],
  ['full disk by words', server(8, 'write failed: No space left on device'), 'STORE_FAILED', 'disk'],
  ['full disk, of several writes', bulk([11000, 14031]), 'STORE_FAILED', 'disk'],
  ['writes blocked', server(371), 'STORE_FAILED', 'takes no writes'],
  ['read-only', server(72, 'database is in read-only mode'), 'STORE_FAILED', 'takes no writes'],
  ['no rights', server(13, 'not authorized on land'), 'STORE_FAILED', 'readWrite'],
  ['wrong password', server(18), 'STORE_FAILED', 'readWrite'],
  ['majority cannot be had', server(100), 'STORE_FAILED', 'majority'],
  ['anything else', server(2), 'STORE_FAILED', 'log'],
  ['no error of the driver', new TypeError('x'), 'STORE_FAILED', 'log'],
  ['a fault already named', storeError('STORE_NEWER', 'here'), 'STORE_NEWER', 'newer'],
])('%s: %#', (_, cause, code, word) => {
  const fault = faultOf('here', cause);
  expect(fault).toMatchObject({ code, file: 'here', remedy: { vi: expect.stringMatching(/[ạảãáàệộồậếữ]/), en: expect.stringContaining(word) } });
});

test.each([
  [server(11000), true],
  [server(50), false],
  [bulk([11000, 11000]), true],
  [bulk([11000, 14031]), false],
  [bulk([]), false],
  [bulk([11000], 'x', { code: 64, errmsg: 'x' }), false],
  [new Error('x'), false],
])('only duplicates: %#', (cause, only) => expect(isDuplicateOnly(cause)).toBe(only));
