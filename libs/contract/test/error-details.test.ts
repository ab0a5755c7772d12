import { Metadata } from '@grpc/grpc-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeErrorDetails, encodeErrorDetails, errorDetailsOf, maxStatusDetailsBytes, statusDetailsKey } from '../src/index.ts';
import type { ErrorDetails } from '../src/index.ts';

const alreadyHeld: ErrorDetails = {
  code: 9, reason: 'ALREADY_HELD', domain: 'lienthong.vn', message: 'Giấy tờ này đã có tại Văn phòng ĐKĐĐ; gắn dữ liệu thay vì yêu cầu bổ sung.',
  metadata: { document: 'land-certificate', heldBy: 'Văn phòng ĐKĐĐ' }, violations: [{ field: 'documents', description: 'land-certificate đã có' }], english: 'This paper is held by the land registration office.',
};

describe('error details', () => {
  test('come back as they were sent', () => {
    expect(decodeErrorDetails(encodeErrorDetails(alreadyHeld))).toEqual(alreadyHeld);
  });

  test('are read from what a client throws', () => {
    const metadata = new Metadata();
    metadata.set(statusDetailsKey, Buffer.from(encodeErrorDetails(alreadyHeld)));
    expect(errorDetailsOf(Object.assign(new Error('9 FAILED_PRECONDITION'), { code: 9, metadata }))).toEqual(alreadyHeld);
  });

  test('are undefined where the trailer is missing or garbage', () => {
    const garbage = new Metadata();
    garbage.set(statusDetailsKey, Buffer.from([0]));
    expect([new Error('x'), undefined, { metadata: null }, { metadata: new Metadata() }, { metadata: garbage }].map(errorDetailsOf)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  test('leave out details of a type that is not known here', () => {
    const status = Buffer.from(encodeErrorDetails({ ...alreadyHeld, english: '', violations: [] }));
    const text = status.toString('latin1').replace('google.rpc.ErrorInfo', 'google.rpc.ErrorXxxx');
    expect(decodeErrorDetails(Buffer.from(text, 'latin1'))).toMatchObject({ code: 9, reason: '', metadata: {} });
  });

  test('are read by their published field numbers', () => {
    const bytes = Buffer.from(encodeErrorDetails({ ...alreadyHeld, message: 'm', metadata: {}, violations: [], english: '', reason: 'R', domain: 'd' }));
    const typeUrl = Buffer.from('type.googleapis.com/google.rpc.ErrorInfo').toString('hex');
    expect(bytes.toString('hex')).toBe(`0809${'12016d'}1a32${'0a28'}${typeUrl}1206${'0a0152'}${'120164'}`);
  });
});

describe('a trailer', () => {
  const longText = fc.string({ unit: 'grapheme', maxLength: 5000, size: 'max' });

  test('never grows beyond what clients accept, and always says the reason', () => {
    fc.assert(fc.property(longText, longText, fc.array(longText, { maxLength: 5 }), fc.dictionary(fc.string({ maxLength: 80 }), longText, { maxKeys: 12 }), (message, english, descriptions, metadata) => {
      const bytes = encodeErrorDetails({ code: 3, reason: 'FIELD_INVALID', domain: 'lienthong.vn', message, english, metadata, violations: descriptions.map((description, n) => ({ field: `f${n}`, description })) });
      const read = decodeErrorDetails(bytes);
      return bytes.length <= maxStatusDetailsBytes && read.reason === 'FIELD_INVALID' && read.domain === 'lienthong.vn' && read.code === 3;
    }), { numRuns: 200 });
  });

  test.each([
    ['at the limit: all of it', 0, true],
    ['one byte above: without the English message', 1, false],
  ])('%s', (_, above, whole) => {
    const short = { ...alreadyHeld, message: '' };
    const room = maxStatusDetailsBytes - encodeErrorDetails({ ...short, message: 'x'.repeat(2000) }).length;
    const read = decodeErrorDetails(encodeErrorDetails({ ...short, message: 'x'.repeat(2000 + room + above) }));
    expect(read.english !== '').toBe(whole);
  });
});
