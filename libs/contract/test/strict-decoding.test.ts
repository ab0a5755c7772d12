import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agency, folder, intake } from '../src/index.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

describe('a decoder refuses', () => {
  test.each([
    ['an impossible tag', '00'],
    ['a group that ends without a beginning', '0c'],
    ['field number 0 of another wire type', '02'],
    ['a length beyond the end', '0a05'],
    ['a cut varint', '18ff'],
    ['a wire type that does not exist', '0f'],
    ['text that is no UTF-8', '0a02c328'],
    ['a nested message with an impossible tag', '2a020000'],
    ['a nested message whose field overruns it', '2a030a0541414141414141'],
  ])('%s', (_, hex) => {
    expect(() => folder.Entry.decode(bytes(hex))).toThrow();
  });

  test('a number that JavaScript cannot hold exactly', () => {
    expect(() => folder.Entry.decode(bytes('70ffffffffffffffff7f'))).toThrow(/MAX_SAFE_INTEGER/);
  });
});

describe('garbage', () => {
  const decoders = [folder.PushRequest, folder.FolderUpdate, intake.SubmitDossierRequest, agency.CompleteLegRequest];

  test('is refused with an error or read and written back without loss of meaning, never anything else', () => {
    fc.assert(fc.property(fc.constantFrom(...decoders), fc.uint8Array({ maxLength: 120 }), (codec, garbage) => {
      let message;
      try {
        message = codec.decode(garbage);
      } catch (error) {
        return error instanceof Error;
      }
      const again = codec.encode(message as never).finish();
      return Buffer.from(codec.encode(codec.decode(again) as never).finish()).equals(Buffer.from(again));
    }), { numRuns: 5000 });
  });
});

test('what a newer peer added is kept and forwarded', () => {
  const known = intake.GetDossierRequest.encode({ code: 'H47.1', office: '' }).finish();
  const newer = Buffer.concat([known, Buffer.from([0xf2, 0x07, 0x02, 0x68, 0x69])]);
  expect(Buffer.from(intake.GetDossierRequest.encode(intake.GetDossierRequest.decode(newer)).finish()).equals(newer)).toBe(true);
});
