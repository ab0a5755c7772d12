/** Records: what is written is read, and what is no record of this hub says why. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUpdate } from '@lienthong/kernel';
import type { FolderUpdate } from '@lienthong/kernel';
import { fromDeadMessage, toDeadMessage } from '../src/dead-record.ts';
import { decodeRecord, encodeRecord } from '../src/record.ts';
import { proved, stranger, testSignatures } from './signatures.ts';

const maxBytes = 1_000;
const folder = 'a'.repeat(64);
const update: FolderUpdate = { folder, sender: 'alpha~0123456789abcdef', heads: {}, entries: [], wantsReply: true, mark: 4 };
const value = Buffer.from(encodeUpdate(update));
const key = Buffer.from(folder);

describe('a record', () => {
  const { message, bytes } = encodeRecord('beta', update, maxBytes, testSignatures, '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01');
  const headers = message.headers!;

  test('has the folder as its key and the headers of a CloudEvent', () => {
    expect(message.key).toBe(folder);
    expect(headers).toMatchObject({
      ce_specversion: '1.0', ce_type: 'vn.lienthong.folder.update.v1', ce_source: '/lienthong/alpha/alpha~0123456789abcdef', ce_subject: folder, ce_destination: 'beta',
      'content-type': 'application/protobuf', traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01',
    });
    expect(headers.ce_id).not.toBe(encodeRecord('beta', update, maxBytes, testSignatures).message.headers!.ce_id);
    expect(new Date(headers.ce_time as string).toISOString()).toBe(headers.ce_time);
    expect(bytes).toBeGreaterThan(value.byteLength);
  });

  test('carries no trace when there is none', () => expect(encodeRecord('beta', update, maxBytes, testSignatures).message.headers).not.toHaveProperty('traceparent'));

  test('that is too large is not made', () => {
    expect(encodeRecord('beta', update, value.byteLength, testSignatures).message.value).toEqual(value);
    expect(() => encodeRecord('beta', update, value.byteLength - 1, testSignatures)).toThrow(expect.objectContaining({ code: 'MESSAGE_TOO_LARGE' }));
  });

  // what comes, and what is said of it; undefined: it is read
  test.each<[string, Parameters<typeof decodeRecord>[1], string | undefined]>([
    ['as written', { key, value, headers: headers as never }, undefined],
    ['with its proof alone', { key, ...proved('beta', update) }, undefined],
    ['with headers of others', { key, value, headers: { ...proved('beta', update).headers, other: Buffer.from('1') } }, undefined],
    ['proved for another', { key, ...proved('gamma', update) }, 'forged: alpha~0123456789abcdef has not signed it'],
    ['proved with other heads', { key, value: Buffer.from(encodeUpdate({ ...update, heads: { 'beta~0123456789abcdef': { seq: 250, hash: 'c'.repeat(64) } } })), headers: proved('beta', update).headers }, 'forged'],
    ['proved by another', { key, value, headers: proved('beta', { ...update, sender: 'gamma~0123456789abcdef' }).headers }, 'forged'],
    ['with a proof that is none', { key, value, headers: { sender_proof: 'x' } }, 'forged'],
    ['nothing', { key, value: null, headers: {} }, 'empty'],
    ['no bytes', { key, value: Buffer.alloc(0), headers: {} }, 'empty'],
    ['garbage', { key, value: Buffer.from('\xff\xfe garbage', 'latin1'), headers: {} }, 'garbage: '],
    ['text', { key, value: Buffer.from('{"folder": "x"}'), headers: {} }, 'garbage: '],
    ['an update of no folder', { key: Buffer.from('x'), value: Buffer.from(encodeUpdate({ ...update, folder: 'x' })), headers: {} }, 'garbage: '],
    ['another key', { key: Buffer.from('b'.repeat(64)), value, headers: {} }, 'wrong key'],
    ['no key', { key: null, value, headers: {} }, 'wrong key'],
    ['another topic\'s', { key, value, headers: { ce_destination: Buffer.from('gamma') } }, 'wrong topic: meant for gamma'],
    ['a future type', { key, value, headers: { ce_type: Buffer.from('vn.lienthong.folder.update.v2') } }, 'unknown type: vn.lienthong.folder.update.v2'],
    ['future events', { key, value, headers: { ce_specversion: Buffer.from('2.0') } }, 'unknown version of CloudEvents: 2.0'],
    ['what stands for records of a batch that was not unpacked', { key: null, value: null, headers: { not_unpacked: Buffer.from('a batch that unpacks to more than 9 bytes') } }, 'oversize: a batch that unpacks to more than 9 bytes'],
    ['too much', { key, value: Buffer.alloc(maxBytes + 1), headers: {} }, 'oversize: 1001 bytes, at most 1000'],
  ])('%s', (_what, record, cause) => {
    const decoded = decodeRecord('beta', record, maxBytes, testSignatures);
    if (cause === undefined) expect(decoded).toEqual(update);
    else expect('cause' in decoded ? decoded.cause : 'read').toContain(cause);
  });
});

describe('a record that nobody has proved', () => {
  const told: FolderUpdate = { ...update, heads: { 'beta~0123456789abcdef': { seq: 250, hash: 'c'.repeat(64) } }, entries: [{ bytes: new Uint8Array([1, 2]), proof: null }], more: true };

  // who tells, and with what
  test.each([
    ['of a known sender without a proof', told, {}],
    ['of a sender whose certificate has not come', { ...told, sender: stranger }, proved('beta', { ...told, sender: stranger }).headers],
  ])('%s brings its entries, acknowledges nothing and tells no mark', (_what, given, headers) => {
    const decoded = decodeRecord('beta', { key, value: Buffer.from(encodeUpdate(given)), headers }, maxBytes, testSignatures);
    expect(decoded).toMatchObject({ ...given, heads: {}, mark: 0, partial: true, entries: [{ proof: null }] });
  });
});

describe('a dead letter', () => {
  const place = { topic: 't.beta.v1', partition: 2, offset: '41' };
  const foundAt = '2026-01-02T03:04:05.000Z';
  const limits = { maxDeadBytes: maxBytes, maxDeadBesideBytes: 10_000 };
  const octets = fc.uint8Array({ maxLength: 60 }).map((some) => Buffer.from(some));

  test('keeps what came, bit by bit', () => {
    fc.assert(fc.property(fc.option(octets), fc.option(octets), fc.dictionary(fc.string({ minLength: 1 }), octets), (oldKey, oldValue, oldHeaders) => {
      const message = toDeadMessage(place, { key: oldKey, value: oldValue, headers: oldHeaders }, 'garbage', foundAt, limits).message;
      const headersBack = Object.fromEntries(Object.entries(message.headers!).map(([name, content]) => [name, Buffer.from(content as string)]));
      const letter = fromDeadMessage({ key: Buffer.from(message.key as string), value: message.value as Buffer, headers: headersBack })!;
      expect(letter).toMatchObject({ ...place, id: 't.beta.v1/2/41', cause: 'garbage', foundAt, bytes: oldValue?.byteLength ?? 0 });
      expect([letter.key, letter.value, { ...letter.headers }]).toEqual([oldKey, oldValue, { ...oldHeaders }]);
    }));
  });

  test('keeps the beginning of what is too long, and how long it was', () => {
    const message = toDeadMessage(place, { key, value: Buffer.alloc(50), headers: {} }, 'oversize', foundAt, { ...limits, maxDeadBytes: 20 }).message;
    expect((message.value as Buffer).byteLength).toBe(20);
    expect(message.headers!.dead_bytes).toBe('50');
  });

  // key, headers, and whether they are kept
  test.each([
    ['a key at the limit', Buffer.alloc(100, 'k'), {}, true],
    ['a key above it', Buffer.alloc(101, 'k'), {}, false],
    ['one long header', key, { pad: Buffer.alloc(2_000_000, 1) }, false],
    ['many headers', key, Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`h${n}`, Buffer.from('1')])), false],
  ])('of %s fits into one send', (_what, longKey, headers, isKept) => {
    const { message, bytes } = toDeadMessage(place, { key: longKey, value: Buffer.alloc(5), headers }, 'garbage', foundAt, { maxDeadBytes: maxBytes, maxDeadBesideBytes: 100 });
    const kept = Object.entries(message.headers!).reduce((sum, [name, content]) => sum + name.length + (content as string).length, 0);
    expect(kept + 5).toBeLessThan(bytes);
    expect(bytes).toBeLessThan(10_000);
    expect(Number(message.headers!.dead_bytes) > 5).toBe(!isKept);
  });

  test('that was removed is none', () => expect(fromDeadMessage({ key: Buffer.from('t/1/2'), value: null, headers: {} })).toBeUndefined());
});
