/** What stands in a store as JSON says so itself when a byte of it has turned. */
import { expect, test } from 'vitest';
import { decodeCheckedJson, encodeCheckedJson } from '../src/wire/checked-json.ts';

const value = { l: ['land~b77c679d2f516df2', 'Hội An'], a: { 'intake~6126af37d9ffa56f': [12, 8, 5] }, p: null };
const written = encodeCheckedJson(value);

test('it is read as it was written, also by whoever knows of no checksum, and as it was written before there was one', () => {
  expect(decodeCheckedJson(written)).toMatchObject(value);
  expect(JSON.parse(Buffer.from(written).toString())).toMatchObject(value);
  expect(decodeCheckedJson(Buffer.from(JSON.stringify(value)))).toEqual(value);
});

test('no byte turns unseen, but in the name of the checksum, where the value is what it was', () => {
  for (let at = 0; at < written.byteLength; at++) {
    for (const bit of [0x01, 0x02, 0x10, 0x80]) {
      const turned = Uint8Array.from(written, (byte, place) => (place === at ? byte ^ bit : byte));
      let read: unknown = 'refused';
      try { read = decodeCheckedJson(turned); } catch { /* as it should be */ }
      if (read !== 'refused') expect(read).toMatchObject(value);
    }
  }
});

test('what is cut short is refused', () => {
  for (let length = 0; length < written.byteLength; length++) expect(() => decodeCheckedJson(written.subarray(0, length))).toThrow();
});
